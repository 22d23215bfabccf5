/* The two grammars of tree-sitter-typescript: what their numbers mean to us. */
#ifndef ATTIO_SOURCE_GRAMMAR_H
#define ATTIO_SOURCE_GRAMMAR_H

#include <stdint.h>

#include "source/syntax.h"

struct TSLanguage;

/* From here on tree-sitter takes its memory through base/mem.h: by itself it aborts where there is
 * none. Once, when the program begins. */
void grammar_use_mem(void);

const struct TSLanguage *grammar(enum dialect dialect);

/* Our numbers for those of a grammar. May be asked for in several threads at once. */
struct grammar_kinds {
	const uint16_t *kinds; /* enum node_kind, by symbol */
	const uint8_t *fields; /* enum node_field, by field */
	uint32_t kind_count, field_count;
};
struct grammar_kinds grammar_kinds(enum dialect dialect);

#endif
