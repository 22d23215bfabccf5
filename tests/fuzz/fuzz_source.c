/* One module of arbitrary bytes in both dialects: parse, facts, first error, strings, control flow.
 * Reading it twice must give the same facts. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "source/facts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct reading {
	struct buf out;
	const struct syntax *syntax;
	const struct facts *facts;
	struct arena *arena;
};

static void check_place(const struct syntax *syntax, struct place place)
{
	if (place.start > place.end || place.end > syntax->len)
		abort();
}

static bool visit(struct node node, void *payload)
{
	struct reading *reading = payload;
	struct declared declared;
	const char *text = node_string(reading->syntax, reading->arena, node);

	if (text != NULL)
		buf_puts(&reading->out, text);
	if (node_is(node, NODE_IDENTIFIER)) {
		const char *name = node_text(reading->syntax, reading->arena, node);

		if (facts_local(reading->facts, name, node_start(node), &declared))
			buf_printf(&reading->out, "%s@%zu ", name, declared.start);
	}
	if (node_is_function(node) && node_is_async(node))
		buf_putc(&reading->out, 'a');
	return true;
}

/* Everything that is read from the source, as one text. */
static char *read_all(const char *bytes, size_t len, const char *path, enum dialect dialect)
{
	struct arena *arena = arena_new();
	struct reading reading = {.arena = arena};
	struct syntax syntax;
	struct facts facts;
	struct place place;
	const char *what = NULL;

	syntax_parse(&syntax, path, dialect, bytes, len);
	facts_read(&facts, &syntax, arena);
	reading.syntax = &syntax;
	reading.facts = &facts;
	if (syntax_first_error(&syntax, &place, &what)) {
		check_place(&syntax, place);
		buf_printf(&reading.out, "error %zu %s\n", place.start, what == NULL ? "" : what);
	}
	for (size_t i = 0; i < facts.import_count; i++) {
		const struct import *import = &facts.imports[i];

		check_place(&syntax, import->place);
		check_place(&syntax, import->specifier_place);
		buf_printf(&reading.out, "import %d %s %d %zu\n", (int)import->kind,
			   import->specifier, import->type_only, import->name_count);
	}
	for (size_t i = 0; i < facts.export_count; i++) {
		const struct export *item = &facts.exports[i];

		check_place(&syntax, item->place);
		if (item->import >= (int)facts.import_count ||
		    facts_export(&facts, item->name) == NULL)
			abort();
		buf_printf(&reading.out, "export %s %d %d\n", item->name, item->type_only,
			   item->import);
	}
	for (size_t i = 0; i < facts.binding_count; i++) {
		if (facts_binding(&facts, facts.bindings[i].name) == NULL)
			abort();
		buf_printf(&reading.out, "binding %s\n", facts.bindings[i].name);
	}
	node_walk(syntax_root(&syntax), visit, &reading);
	syntax_dispose(&syntax);
	arena_free(arena);
	return buf_take(&reading.out);
}

static void read_twice(const char *bytes, size_t len, const char *path, enum dialect dialect)
{
	char *first = read_all(bytes, len, path, dialect);
	char *second = read_all(bytes, len, path, dialect);

	if (strcmp(first, second) != 0)
		abort();
	free(first);
	free(second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* Sources are NUL-terminated in the store of texts. */
	char *bytes = malloc(size + 1);

	memcpy(bytes, data, size);
	bytes[size] = '\0';
	read_twice(bytes, size, "src/a.ts", DIALECT_TS);
	read_twice(bytes, size, "src/a.tsx", DIALECT_TSX);
	read_twice(bytes, size, "src/a.js", DIALECT_TSX);
	free(bytes);
	return 0;
}
