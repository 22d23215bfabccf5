/* Texts in XML 1.0. */
#ifndef ATTIO_DIAG_XML_H
#define ATTIO_DIAG_XML_H

#include <stdbool.h>

struct buf;

/* Adds a text, NUL-terminated, in whatever state: what XML cannot hold is spelled out. */
void xml_put(struct buf *out, const char *text, bool attribute);
/* ` name="value"` */
void xml_put_attribute(struct buf *out, const char *name, const char *value);

#endif
