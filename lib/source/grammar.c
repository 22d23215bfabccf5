/* The numbers of a grammar change with its version, so they are looked up by name: once in a
 * process, when it parses its first module. */
#include "source/grammar.h"

#include <pthread.h>

#include <tree_sitter/api.h>

#include "base/mem.h"

/* The grammars have 387 symbols and 43 fields. */
#define SYMBOL_ROOM 512
#define FIELD_ROOM 64

const TSLanguage *tree_sitter_typescript(void);
const TSLanguage *tree_sitter_tsx(void);

void grammar_use_mem(void)
{
	ts_set_allocator(mem_alloc, mem_zalloc, mem_realloc, mem_free);
}

/* Written once, by `resolve`; a number that is not here is NODE_NONE or FIELD_NONE. */
static struct {
	uint16_t kinds[SYMBOL_ROOM];
	uint8_t fields[FIELD_ROOM];
} resolved[DIALECT_TSX + 1];
static pthread_once_t resolved_once = PTHREAD_ONCE_INIT;

const TSLanguage *grammar(enum dialect dialect)
{
	return dialect == DIALECT_TSX ? tree_sitter_tsx() : tree_sitter_typescript();
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static uint32_t symbol_count(enum dialect dialect)
{
	return smaller(ts_language_symbol_count(grammar(dialect)), SYMBOL_ROOM);
}

static uint32_t field_count(enum dialect dialect) /* with number 0: no field */
{
	return smaller(ts_language_field_count(grammar(dialect)) + 1, FIELD_ROOM);
}

static void resolve_dialect(enum dialect dialect)
{
	const TSLanguage *language = grammar(dialect);

	for (uint32_t i = 0; i < symbol_count(dialect); i++) {
		TSSymbolType type = ts_language_symbol_type(language, (TSSymbol)i);

		/* The others never are nodes. */
		if (type == TSSymbolTypeRegular || type == TSSymbolTypeAnonymous)
			resolved[dialect].kinds[i] =
				(uint16_t)kind_named(ts_language_symbol_name(language, (TSSymbol)i),
						     type == TSSymbolTypeRegular);
	}
	for (uint32_t i = 1; i < field_count(dialect); i++)
		resolved[dialect].fields[i] =
			(uint8_t)field_named(ts_language_field_name_for_id(language, (TSFieldId)i));
}

static void resolve(void)
{
	resolve_dialect(DIALECT_TS);
	resolve_dialect(DIALECT_TSX);
}

struct grammar_kinds grammar_kinds(enum dialect dialect)
{
	pthread_once(&resolved_once, resolve);
	return (struct grammar_kinds){
		.kinds = resolved[dialect].kinds,
		.fields = resolved[dialect].fields,
		.kind_count = symbol_count(dialect),
		.field_count = field_count(dialect),
	};
}
