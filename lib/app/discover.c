/* What the files of an app define, by the platform's rules (lib/app/README.md): the
 * older entry file, extensions, pages, settings, webhooks, events and server functions. */
#include <stdlib.h>
#include <string.h>

#include "app/internal.h"
#include "app/problems.h"
#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/path.h"

static const char *const extension_types[] = {
	"record-action",
	"bulk-record-action",
	"record-widget",
	"record-tab",
	"object-action",
	"call-recording-insight-text-action",
	"call-recording-summary-text-action",
	"call-recording-transcript-text-action",
	NULL,
};

/* Tabs that every record page has already. */
static const char *const native_tabs[] = {
	"overview",
	"activity",
	"calls",
	"notes",
	"tasks",
	"emails",
	"files",
	"team",
	"company",
	"companies",
	"associated_people",
	"associated_users",
	NULL,
};

static bool is_one_of(const char *word, const char *const *list)
{
	for (size_t i = 0; list[i] != NULL; i++) {
		if (strcmp(word, list[i]) == 0)
			return true;
	}
	return false;
}

static const char *joined(struct arena *arena, const char *const *list)
{
	const char *text = "";

	for (size_t i = 0; list[i] != NULL; i++)
		text = arena_printf(arena, "%s%s`%s`", text, i == 0 ? "" : ", ", list[i]);
	return text;
}

/* The files of `folder` (any depth) whose base name is one of `names`, sorted by path. */
static const char **files_named(struct app *app, const struct tree *tree, const char *folder,
				const char *const *names, size_t *count)
{
	const char **found = NULL;

	*count = 0;
	for (size_t i = 0; i < tree->file_count; i++) {
		const char *path = tree->files[i];

		if (path_is_under(path, folder) && is_one_of(path_base(path), names)) {
			const char **slot = arena_push(app->arena, &found, count, sizeof(*slot));
			*slot = path;
		}
	}
	return found;
}

static int compare_paths(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The module at `path` when the file is there; complains when a folder stands in its place. */
static struct module *definition_file(struct app *app, const struct tree *tree, const char *path)
{
	enum fs_type type = tree_type(tree, app, path);

	if (type == FS_FILE)
		return modules_get(app, path);
	if (type == FS_DIR)
		diag_add(&app->problems, &problem_file_unreadable, (struct place){.file = path},
			 "`%s` is a folder where a source file is expected", path)
			->help = "rename the folder";
	return NULL;
}

/* --- src/app.ts ----------------------------------------------------------------------------- */

/* Whether another module takes the export `name` of `module`, perhaps as a part of all. */
static bool is_imported(const struct app *app, const struct module *module, const char *name)
{
	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *other = app->modules[i];

		for (size_t k = 0; other->edges != NULL && k < other->facts.import_count; k++) {
			const struct import *import = &other->facts.imports[k];

			if (other->edges[k].module != module)
				continue;
			for (size_t n = 0; n < import->name_count; n++) {
				if (str_equal(import->names[n].imported, name) ||
				    str_equal(import->names[n].imported, "*"))
					return true;
			}
		}
	}
	return false;
}

/* Where the words `export default` end. */
static size_t default_end(const struct module *module, const struct export *item)
{
	const struct syntax *syntax = &module->syntax;
	struct node word = node_down(syntax_node_at(syntax, item->place.start, item->place.end));

	while (!node_is_null(word) && !node_text_is(syntax, word, "default"))
		word = node_next(word);
	return node_is_null(word) ? node_start(item->value) : node_end(word);
}

/* app.ts must have a named export `app` that a parser finds in this file alone. */
void check_entry(struct app *app)
{
	const struct module *entry = app->entry;
	const struct export *named, *plain;
	const struct binding *imported; /* perhaps by `import type` */
	struct diag *diag;

	if (entry == NULL || report_syntax(app, entry))
		return;
	named = facts_export(&entry->facts, "app");
	plain = facts_export(&entry->facts, "default");
	imported = named == NULL || named->local == NULL
			   ? NULL
			   : facts_binding(&entry->facts, named->local);
	if (named != NULL && !named->type_only && (imported == NULL || !imported->type_only))
		return;
	if (named != NULL) {
		diag = diag_add(&app->problems, &problem_app_export, named->place,
				"`app` is exported as a type only");
		diag->help = "export the value: `export const app: App = {...}`";
		return;
	}
	if (plain == NULL) {
		diag = diag_add(&app->problems, &problem_app_export, whole_file(entry),
				"`%s` does not export `app`", entry->path);
		diag->help = "add `export const app: App = {...}`, written in this file or "
			     "re-exported by name";
		return;
	}
	diag = diag_add(&app->problems, &problem_app_export, plain->place,
			"`%s` exports its app as `default` instead of by the name `app`",
			entry->path);
	diag->help = "write `export const app = ...`";
	if (is_imported(app, entry, "default"))
		return; /* by the name that the repair would take away */
	if (!node_is_null(plain->value) && !node_is_function(plain->value) &&
	    !node_is(plain->value, "class_declaration") &&
	    facts_binding(&entry->facts, "app") == NULL) {
		struct place place = {.file = entry->path,
				      .start = plain->place.start,
				      .end = default_end(entry, plain)};
		diag_edit(&app->problems, diag, place, "export const app =");
	} else if (plain->local != NULL && strcmp(plain->local, "app") == 0 &&
		   node_is(node_unwrap(plain->value), "identifier")) {
		diag_edit(&app->problems, diag, plain->place, "export {app}");
	}
}

void discover_entry(struct app *app, const struct tree *tree)
{
	struct module *ts = definition_file(app, tree, "src/app.ts");
	struct module *tsx = definition_file(app, tree, "src/app.tsx");

	app->has_folder_layout = tree_type(tree, app, "src/app") == FS_DIR;
	app->entry = ts != NULL ? ts : tsx;
	app->exists = app->entry != NULL || app->has_folder_layout;
	if (!app->exists) {
		struct diag *diag =
			diag_add(&app->problems, &problem_app_missing, (struct place){0},
				 "there is no Attio app in this folder");
		diag->help =
			"an app has `src/app/` with its extensions (or the older `src/app.ts`); "
			"run `attio init DIR` to start one, or name the app's folder";
		return;
	}
	if (ts != NULL && tsx != NULL) {
		app->unread_entry = tsx->path;
		report_pair(app, &problem_layout_conflict, whole_file(ts), whole_file(tsx),
			    "this one is used",
			    "`src/app.tsx` stands beside `src/app.ts` and is never read")
			->help = "keep one of the two files";
	}
	if (app->entry != NULL)
		add_definition(app, DEF_APP, app->entry, NULL);
}

/* --- extensions ------------------------------------------------------------------------------ */

static const char *const define_extension[] = {"defineExtension", NULL};

static void literal_needed(struct app *app, const struct rule_info *rule, struct place place,
			   const char *what, const char *key)
{
	struct diag *diag =
		diag_add(&app->problems, rule, place, "the %s has no literal `%s`", what, key);

	diag->label = arena_printf(app->arena, "`%s` must be a plain string here", key);
	diag->help = arena_printf(app->arena,
				  "write `%s: \"...\"` in the object itself: the platform reads it "
				  "without running the code, so constants, spreads and computed "
				  "values are not seen",
				  key);
}

static void check_extension_type(struct app *app, const char *type, struct place place)
{
	const char *near = str_nearest(type, extension_types);
	struct diag *diag;

	if (is_one_of(type, extension_types))
		return;
	diag = diag_add(&app->problems, &problem_extension, place,
			"`%s` is not a type of extension", type);
	diag->help = near != NULL ? arena_printf(app->arena, "did you mean `%s`?", near)
				  : arena_printf(app->arena, "the types are %s",
						 joined(app->arena, extension_types));
}

static void read_extension(struct app *app, struct module *module)
{
	struct node call = default_call(module, define_extension);
	struct definition *definition;
	struct place id_place, type_place;
	const char *id, *type;

	if (report_syntax(app, module))
		return;
	if (node_is_null(call)) {
		const struct export *item = facts_export(&module->facts, "default");
		struct diag *diag = diag_add(&app->problems, &problem_extension,
					     item != NULL ? item->place : whole_file(module),
					     "an extension file must default-export a call of "
					     "`defineExtension` directly");
		diag->help = "write `export default Extensions.defineExtension({id: \"...\", type: "
			     "\"...\", ...})`, not through a variable";
		return;
	}
	if (!node_is(call_object(call), "object")) {
		object_needed(app, &problem_extension, module, call, "defineExtension");
		return;
	}
	id = call_property(app, module, call, "id", &id_place);
	type = call_property(app, module, call, "type", &type_place);
	if (id == NULL)
		literal_needed(app, &problem_extension, id_place, "extension", "id");
	else
		check_id(app, "extension id", id, id_place);
	if (type == NULL)
		literal_needed(app, &problem_extension, type_place, "extension", "type");
	else
		check_extension_type(app, type, type_place);
	if (id == NULL || type == NULL)
		return;
	if (str_is(type, "record-tab") && is_one_of(id, native_tabs) &&
	    app_id_problem(app->arena, id) == NULL) {
		struct diag *diag =
			diag_add(&app->problems, &problem_id_invalid, id_place,
				 "`%s` is the name of a tab that record pages have already", id);
		diag->help = arena_printf(app->arena, "choose another id; taken are %s",
					  joined(app->arena, native_tabs));
	}
	definition = add_definition(app, DEF_EXTENSION, module, id);
	definition->type = type;
	definition->id_place = id_place;
}

/* Complains about ids that two definitions of a kind share. */
static void check_duplicates(struct app *app, enum definition_kind kind, const char *what)
{
	struct map seen = {0};

	for (size_t i = 0; i < app->definition_count; i++) {
		struct definition *definition = app->definitions[i], *first;

		if (definition->kind != kind)
			continue;
		first = map_get(&seen, definition->id);
		if (first == NULL)
			map_set(&seen, definition->id, definition);
		else
			report_pair(app, &problem_id_duplicate, first->id_place,
				    definition->id_place, "the other one",
				    arena_printf(app->arena, "two %s have the id `%s`", what,
						 definition->id))
				->help = "give each its own id";
	}
	map_dispose(&seen);
}

/* Reads each `BASE.ts` or `BASE.tsx` below `folder`, in the order of their paths; of two in one
 * folder the second is a finding. */
static void read_each(struct app *app, const struct tree *tree, const char *folder,
		      const char *base, const struct rule_info *rule,
		      void (*read)(struct app *app, struct module *module))
{
	const char *const names[] = {arena_printf(app->arena, "%s.ts", base),
				     arena_printf(app->arena, "%s.tsx", base), NULL};
	size_t count;
	const char **files = files_named(app, tree, folder, names, &count);

	if (count > 1)
		qsort(files, count, sizeof(*files), compare_paths);
	for (size_t i = 0; i < count; i++) {
		struct module *module = modules_get(app, files[i]);

		if (module == NULL)
			continue;
		/* "x.ts" sorts right before "x.tsx". */
		if (i > 0 && strcmp(path_ext(files[i]), ".tsx") == 0 &&
		    strncmp(files[i - 1], files[i], strlen(files[i]) - 1) == 0)
			report_pair(app, rule, (struct place){.file = files[i - 1]},
				    whole_file(module), "the other one",
				    arena_printf(app->arena, "this folder has both `%s` and `%s`",
						 names[0], names[1]))
				->help = "keep one of the two files";
		else
			read(app, module);
	}
}

void discover_extensions(struct app *app, const struct tree *tree)
{
	read_each(app, tree, "src/app/extensions", "extension", &problem_extension, read_extension);
	check_duplicates(app, DEF_EXTENSION, "extensions");
}

/* --- pages (experimental) --------------------------------------------------------------------- */

static void read_page(struct app *app, struct module *module)
{
	static const char *const define_page[] = {"definePage", "experimental_definePage", NULL};
	static const char root[] = "src/app/pages";
	const char *folder = path_relative(app->arena, root, path_dir(app->arena, module->path));

	if (strcmp(folder, ".") == 0 || strchr(folder, '/') != NULL) {
		diag_add(&app->problems, &problem_page, whole_file(module),
			 "a page must be in a folder directly inside `%s`", root)
			->help =
			"move it to `src/app/pages/SLUG/page.tsx`; the folder's name is the "
			"page's slug";
		return;
	}
	if (app_id_problem(app->arena, folder) != NULL) {
		check_id(app, "page slug (the folder's name)", folder, whole_file(module));
		return;
	}
	if (report_syntax(app, module))
		return;
	if (node_is_null(default_call(module, define_page))) {
		const struct export *item = facts_export(&module->facts, "default");
		diag_add(&app->problems, &problem_page,
			 item != NULL ? item->place : whole_file(module),
			 "a page file must default-export a call of `experimental_definePage` "
			 "directly")
			->help = "write `export default Extensions.experimental_definePage({...})`";
		return;
	}
	add_definition(app, DEF_PAGE, module, folder);
}

void discover_pages(struct app *app, const struct tree *tree)
{
	read_each(app, tree, "src/app/pages", "page", &problem_page, read_page);
}

/* --- settings ----------------------------------------------------------------------------------
 */

/* Adds one of the two settings definitions; a second one of its kind is a finding. */
static struct definition *add_settings(struct app *app, enum definition_kind kind,
				       struct module *module, const char *what)
{
	const struct definition *first = app_definition(app, kind, 0);

	if (first != NULL) {
		report_pair(app, &problem_settings_duplicate, whole_file(first->module),
			    whole_file(module), "the other one",
			    arena_printf(app->arena, "the app has two settings %ss", what))
			->help =
			"keep one; an app has one schema and one page for its workspace settings";
		return NULL;
	}
	return add_definition(app, kind, module, NULL);
}

/* The property `settings` of the object literal of `app` in src/app.ts, or null. */
static struct node entry_settings(struct app *app)
{
	struct resolved value = app_resolve_export(app, app->entry, "app");
	struct node object = node_unwrap(value.node);

	if (!value.found || value.module != app->entry || !node_is(object, "object"))
		return (struct node){0};
	for (uint32_t i = 0; i < node_count(object); i++) {
		struct node item = node_child(object, i), key = node_field(item, "key");

		if (node_is(item, "method_definition")) /* `get settings()` */
			key = node_field(item, "name");
		if (node_is(key, "computed_property_name")) /* `["settings"]` */
			key = node_unwrap(node_first(key));
		if ((!node_is(key, "identifier") &&
		     node_text_is(&app->entry->syntax, key, "settings")) ||
		    str_equal(node_string(&app->entry->syntax, app->arena, key), "settings"))
			return item;
		if (node_is(item, "shorthand_property_identifier") &&
		    node_text_is(&app->entry->syntax, item, "settings"))
			return item;
	}
	return (struct node){0};
}

static void check_settings_conflict(struct app *app)
{
	const struct definition *folder = app_definition(app, DEF_SETTINGS_SCHEMA, 0);
	struct node node;

	if (folder == NULL)
		folder = app_definition(app, DEF_SETTINGS_PAGE, 0);
	if (folder == NULL)
		return;
	if (app->legacy_settings != NULL)
		report_pair(
			app, &problem_layout_conflict, whole_file(folder->module),
			whole_file(app->legacy_settings), "defined here as well",
			"settings are defined in `src/app.settings.ts` and in `src/app/settings/`")
			->help = "remove `src/app.settings.ts`";
	if (app->entry == NULL)
		return;
	node = entry_settings(app);
	if (!node_is_null(node))
		report_pair(app, &problem_layout_conflict, whole_file(folder->module),
			    node_place(&app->entry->syntax, node), "defined here as well",
			    "settings are defined in `src/app.ts` and in `src/app/settings/`")
			->help = "remove the property `settings` from `app`";
}

void discover_settings(struct app *app, const struct tree *tree)
{
	static const char *const schema_call[] = {"defineWorkspaceSchema", NULL};
	static const char *const page_call[] = {"defineWorkspacePage", NULL};
	const struct definition *page;
	const char **files = NULL;
	size_t count = 0;
	bool broken = false;

	app->legacy_settings = definition_file(app, tree, "src/app.settings.ts");
	for (size_t i = 0; i < tree->file_count; i++) {
		const char *path = tree->files[i];

		if (path_is_under(path, "src/app/settings") &&
		    (str_ends(path, ".tsx") ||
		     (str_ends(path, ".ts") && !str_ends(path, ".d.ts")))) {
			const char **slot = arena_push(app->arena, &files, &count, sizeof(*slot));
			*slot = path;
		}
	}
	if (count > 1)
		qsort(files, count, sizeof(*files), compare_paths);
	for (size_t i = 0; i < count; i++) {
		struct module *module = modules_get(app, files[i]);

		if (module == NULL || report_syntax(app, module)) {
			broken = true; /* the schema may be in there */
			continue;
		}
		if (!node_is_null(default_call(module, schema_call)))
			add_settings(app, DEF_SETTINGS_SCHEMA, module, "schema");
		else if (!node_is_null(default_call(module, page_call)))
			add_settings(app, DEF_SETTINGS_PAGE, module, "page");
	}
	page = app_definition(app, DEF_SETTINGS_PAGE, 0);
	if (page != NULL && app_definition(app, DEF_SETTINGS_SCHEMA, 0) == NULL && !broken)
		diag_add(&app->problems, &problem_settings_schema, whole_file(page->module),
			 "the settings page has no schema")
			->help = "add a file under `src/app/settings/` that default-exports "
				 "`Settings.defineWorkspaceSchema({...})`";
	check_settings_conflict(app);
}

/* --- webhooks, events, server functions ---------------------------------------------------------
 */

struct handler_rule {
	enum definition_kind kind;
	enum module_role role;
	const char *suffix;   /* before .ts or .js */
	const char *roots[3]; /* NULL-terminated */
	const char *what;
};

static const struct handler_rule handler_rules[] = {
	{DEF_WEBHOOK,
	 ROLE_WEBHOOK,
	 ".webhook",
	 {"src/webhooks", "src/app/webhooks", NULL},
	 "webhook"},
	{DEF_EVENT, ROLE_EVENT, ".event", {"src/events", "src/app/events", NULL}, "event"},
	/* A server function keeps its suffix in its id: `send-to-alc.server`. */
	{DEF_SERVER, ROLE_SERVER, "", {"src", NULL, NULL}, "server function"},
};

/* Server functions are last in the table. */
#define SERVER_RULE (&handler_rules[ARRAY_LEN(handler_rules) - 1])

static void add_handler(struct app *app, const struct handler_rule *rule, const char *root,
			struct module *module)
{
	const char *relative = path_relative(app->arena, root, module->path);
	size_t cut = strlen(path_ext(relative)) + strlen(rule->suffix);
	const char *id = arena_strndup(app->arena, relative, strlen(relative) - cut);
	const struct definition *first = app_definition_by_id(app, rule->kind, id);

	if (first != NULL) {
		report_pair(
			app, &problem_handler_duplicate, whole_file(first->module),
			whole_file(module), "the other one",
			arena_printf(app->arena, "two files define the %s `%s`", rule->what, id))
			->help = "rename or remove one of them: the path below the folder, without "
				 "the suffix, is what names it";
		return;
	}
	add_definition(app, rule->kind, module, id);
}

void adopt_server(struct app *app, struct module *module)
{
	const struct definition *definition;

	for (size_t i = 0; (definition = app_definition(app, DEF_SERVER, i)) != NULL; i++) {
		if (definition->module == module)
			return;
	}
	add_handler(app, SERVER_RULE, SERVER_RULE->roots[0], module);
}

void discover_handlers(struct app *app, const struct tree *tree)
{
	for (size_t r = 0; r < ARRAY_LEN(handler_rules); r++) {
		const struct handler_rule *rule = &handler_rules[r];

		for (size_t k = 0; rule->roots[k] != NULL; k++) {
			for (size_t i = 0; i < tree->file_count; i++) {
				struct module *module = app_module(app, tree->files[i]);

				if (module != NULL && module->role == rule->role &&
				    !module->odd_suffix &&
				    path_is_under(module->path, rule->roots[k]))
					add_handler(app, rule, rule->roots[k], module);
			}
		}
	}
}
