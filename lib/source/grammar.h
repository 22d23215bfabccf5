/* The two grammars of tree-sitter-typescript: what their numbers are called. */
#ifndef ATTIO_SOURCE_GRAMMAR_H
#define ATTIO_SOURCE_GRAMMAR_H

#include <stdint.h>

#include "source/syntax.h"

struct TSLanguage;

const struct TSLanguage *grammar(enum dialect dialect);

/* The name of a node type, "" for a number that the grammar does not have. */
const char *grammar_type(enum dialect dialect, uint16_t type);
/* A field's number by its name, 255 when the grammar has no such field; and back. */
uint8_t grammar_field(enum dialect dialect, const char *name);
const char *grammar_field_name(enum dialect dialect, uint8_t field);

#endif
