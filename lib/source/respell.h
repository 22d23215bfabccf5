/* Spellings that TypeScript allows and the grammar does not know. */
#ifndef ATTIO_SOURCE_RESPELL_H
#define ATTIO_SOURCE_RESPELL_H

#include <stddef.h>

#include "source/syntax.h"

/* Rewrites, in place and without changing the length, what the grammar of tree-sitter-typescript
 * refuses although it is valid. Only for a text that did not parse; the tree of the rewritten text
 * then stands for the original. */
void respell(char *text, size_t len, enum dialect dialect);

#endif
