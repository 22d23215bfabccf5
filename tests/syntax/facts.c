/* What our parser makes of files: for each path on standard input (one a line) a line of JSON with
 * whether its tree is whole, the imports and exports that were found, and where names stand that
 * the module does not bind. For tests/syntax/run.mjs. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/error.h"
#include "diag/text.h"
#include "rules/client.h"
#include "source/facts.h"
#include "sys/fs.h"
#include "json/json.h"

static void add_imports(cJSON *line, const struct facts *facts)
{
	cJSON *list = cJSON_AddArrayToObject(line, "imports");

	for (size_t i = 0; i < facts->import_count; i++) {
		const struct import *import = &facts->imports[i];
		cJSON *item = cJSON_CreateObject();

		cJSON_AddNumberToObject(item, "kind", import->kind);
		cJSON_AddStringToObject(item, "path", import->specifier);
		cJSON_AddBoolToObject(item, "type", import->type_only);
		cJSON_AddItemToArray(list, item);
	}
}

static void add_exports(cJSON *line, const struct facts *facts)
{
	cJSON *list = cJSON_AddArrayToObject(line, "exports");

	for (size_t i = 0; i < facts->export_count; i++) {
		const struct export *item = &facts->exports[i];

		if (!item->type_only)
			cJSON_AddItemToArray(list, cJSON_CreateString(item->name));
	}
}

struct free_names {
	const struct module *module;
	struct arena *arena;
	cJSON *places;
};

static bool see_name(struct node node, void *payload)
{
	const struct free_names *names = payload;

	if (!node_is(node, NODE_IDENTIFIER) && !node_is(node, NODE_SHORTHAND_PROPERTY_IDENTIFIER) &&
	    !node_is(node, NODE_SHORTHAND_PROPERTY_IDENTIFIER_PATTERN))
		return true;
	if (is_runtime_global(names->module, node_text(&names->module->syntax, names->arena, node),
			      node_start(node)))
		cJSON_AddItemToArray(names->places, cJSON_CreateNumber((double)node_start(node)));
	return true;
}

static void add_free_names(cJSON *line, const struct module *module, struct arena *arena)
{
	struct free_names names = {module, arena, cJSON_AddArrayToObject(line, "free")};

	node_walk(syntax_root(&module->syntax), see_name, &names);
}

static void tell(const char *path)
{
	struct arena *arena = arena_new();
	struct error error = {0};
	struct module module = {0};
	struct syntax *syntax = &module.syntax;
	struct facts *facts = &module.facts;
	enum dialect dialect;
	struct place place;
	const char *what;
	char *bytes, *text;
	size_t len;
	cJSON *line = cJSON_CreateObject();

	if (!dialect_of(path, &dialect) ||
	    fs_read(arena, path, TEXT_LIMIT, &bytes, &len, &error) != 0) {
		fprintf(stderr, "cannot read %s\n", path);
	} else {
		syntax_parse(syntax, path, dialect, bytes, len);
		facts_read(facts, syntax, arena);
		if (syntax_first_error(syntax, &place, &what))
			cJSON_AddNumberToObject(line, "broken", (double)place.start);
		cJSON_AddBoolToObject(line, "doubtful", syntax->doubtful);
		add_imports(line, facts);
		add_exports(line, facts);
		add_free_names(line, &module, arena);
		syntax_dispose(syntax);
	}
	text = cJSON_PrintUnformatted(line);
	puts(text);
	cJSON_free(text);
	cJSON_Delete(line);
	arena_free(arena);
}

int main(void)
{
	char path[4096];

	while (fgets(path, sizeof(path), stdin) != NULL) {
		path[strcspn(path, "\n")] = '\0';
		tell(path);
	}
	return 0;
}
