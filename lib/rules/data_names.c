/* Imported files that are no sources: what can be taken from them, and JSON that is none. */
#include <string.h>

#include "app/problems.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "rules/names.h"
#include "sys/files.h"
#include "sys/path.h"
#include "json/json.h"
#include "json/scan.h"

static bool is_json(const char *path)
{
	/* These two may hold comments. */
	return str_ends(path, ".json") && !str_equal(path_base(path), "tsconfig.json") &&
	       !str_equal(path_base(path), "jsconfig.json");
}

bool import_has_attributes(const struct module *module, const struct import *import)
{
	struct node at = node_down_named(import_node(module, import));

	for (; !node_is_null(at); at = node_next_named(at))
		if (node_is(at, NODE_IMPORT_ATTRIBUTE))
			return true;
	return false;
}

static bool read_file(const struct app *app, const char *path, const char **text, size_t *len)
{
	struct error error;

	return files_read(&app->texts.files, path_join(app->arena, app->root, path), TEXT_LIMIT,
			  text, len, &error) == 0;
}

/* --- names --------------------------------------------------------------------------------------
 */

/* A file that was read. */
struct data {
	bool known;       /* it is JSON */
	struct map names; /* of its members */
};

static void read_names(struct data *data, const struct app *app, const char *path)
{
	const cJSON *member;
	struct error error;
	const char *text;
	cJSON *document;
	size_t len;

	if (!read_file(app, path, &text, &len))
		return;
	document = json_parse(text, len, path, NULL, &error);
	data->known = document != NULL;
	cJSON_ArrayForEach(member, document)
	{
		if (member->string != NULL)
			map_set(&data->names, arena_strdup(app->arena, member->string), data);
	}
	cJSON_Delete(document);
}

static const struct data *data_of(struct map *files, const struct app *app, const char *path)
{
	struct data *data = map_get(files, path);

	if (data == NULL) {
		data = arena_alloc(app->arena, sizeof(*data));
		*data = (struct data){0};
		map_set(files, path, data);
		read_names(data, app, path);
	}
	return data;
}

bool data_lacks(struct names *names, const struct app *app, const struct edge *edge,
		const char *name)
{
	static const char *const plain[] = {".graphql", ".gql", ".txt", ".png"};
	const struct data *data;

	if (str_equal(name, "default") || str_equal(name, "*"))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(plain); i++)
		if (str_ends(edge->file, plain[i]))
			return true;
	if (!is_json(edge->file))
		return false;
	data = data_of(&names->files, app, edge->file);
	return data->known && map_get(&data->names, name) == NULL;
}

void data_files_dispose(struct map *files)
{
	for (size_t i = 0; i < files->count; i++)
		map_dispose(&((struct data *)files->entries[i].value)->names);
	map_dispose(files);
}

/* --- JSON that is none --------------------------------------------------------------------------
 */

/* What the bundler takes all the same. */
static bool is_harmless(const char *reason)
{
	return strstr(reason, "nested") != NULL || strstr(reason, "UTF-8") != NULL ||
	       strstr(reason, "surrogate") != NULL || strstr(reason, "NUL") != NULL ||
	       strstr(reason, "digits") != NULL;
}

static void tell_json(const struct rule *rule, const struct app *app, const char *path,
		      struct diags *diags)
{
	static const char bom[] = "\xef\xbb\xbf";
	const char *reason, *text;
	size_t at = 0, len, skip;
	struct diag *diag;
	char *copy;

	if (!read_file(app, path, &text, &len))
		return;
	skip = len >= strlen(bom) && memcmp(text, bom, strlen(bom)) == 0 ? strlen(bom) : 0;
	reason = json_scan(text + skip, len - skip, &at);
	if (reason == NULL || is_harmless(reason))
		return;
	at += skip;
	diag = diag_add(diags, &rule->info,
			(struct place){.file = path, .start = at, .end = at < len ? at + 1 : at},
			"this file is not JSON: %s", reason);
	copy = mem_strndup(text + skip, len - skip);
	json_blank_comments(copy, len - skip);
	if (json_scan(copy, len - skip, &at) == NULL)
		diag->help = "JSON has no comments and no comma behind the last member; a `.ts` "
			     "file that exports the value may have both";
	else
		diag->help = "correct it: the bundler reads it as JSON";
	mem_free(copy);
}

void check_json_syntax(const struct rule *rule, const struct app *app, struct diags *diags)
{
	struct map seen = {0};

	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];

		if (module->runtimes == 0 || syntax_is_broken(&module->syntax))
			continue;
		for (size_t k = 0; k < module->facts.import_count; k++) {
			const struct edge *edge = &module->edges[k];

			if (edge->kind != TARGET_FILE || edge->type_only || !is_json(edge->file) ||
			    map_get(&seen, edge->file) != NULL ||
			    import_has_attributes(module, &module->facts.imports[k]))
				continue;
			map_set(&seen, edge->file, edge);
			tell_json(rule, app, edge->file, diags);
		}
	}
	map_dispose(&seen);
}
