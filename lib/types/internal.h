/* Shared by the printers of declarations. Only lib/types includes this. */
#ifndef ATTIO_TYPES_INTERNAL_H
#define ATTIO_TYPES_INTERNAL_H

#include "base/buf.h"

/* Two spaces a level. */
static inline void put_indent(struct buf *out, int depth)
{
	for (int i = 0; i < depth; i++)
		buf_puts(out, "  ");
}

#endif
