/* Comparing text without its case. */
#ifndef ATTIO_LOCAL_WORLD_FOLD_H
#define ATTIO_LOCAL_WORLD_FOLD_H

#include <stddef.h>

struct buf;

/* Appends `text` in lower case: Latin, Greek, Cyrillic and Armenian letters; what is not UTF-8
 * stays as it is. */
void fold_text(struct buf *out, const char *text, size_t len);

#endif
