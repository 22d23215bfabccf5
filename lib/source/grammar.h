/* The two grammars of tree-sitter-typescript: what their numbers are called. */
#ifndef ATTIO_SOURCE_GRAMMAR_H
#define ATTIO_SOURCE_GRAMMAR_H

#include <stdint.h>

#include "source/syntax.h"

struct TSLanguage;

/* From here on tree-sitter takes its memory through base/mem.h: by itself it aborts where there is
 * none. Once, when the program begins. */
void grammar_use_mem(void);

const struct TSLanguage *grammar(enum dialect dialect);

/* The name of a node type, "" for a number that the grammar does not have. */
const char *grammar_type(enum dialect dialect, uint16_t type);
/* The name of a field, NULL for a number that the grammar does not have. */
const char *grammar_field(enum dialect dialect, uint8_t field);

#endif
