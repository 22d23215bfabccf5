/* Names are tree-sitter's, so that the program knows no numbers of a certain grammar version. */
#include "source/grammar.h"

#include <tree_sitter/api.h>

#include "base/mem.h"

const TSLanguage *tree_sitter_typescript(void);
const TSLanguage *tree_sitter_tsx(void);

void grammar_use_mem(void)
{
	ts_set_allocator(mem_alloc, mem_zalloc, mem_realloc, mem_free);
}

const TSLanguage *grammar(enum dialect dialect)
{
	return dialect == DIALECT_TSX ? tree_sitter_tsx() : tree_sitter_typescript();
}

const char *grammar_type(enum dialect dialect, uint16_t type)
{
	const char *name = ts_language_symbol_name(grammar(dialect), type);

	return name != NULL ? name : "";
}

const char *grammar_field(enum dialect dialect, uint8_t field)
{
	return ts_language_field_name_for_id(grammar(dialect), field);
}
