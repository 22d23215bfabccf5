/* The older entry file: src/app.ts or src/app.tsx. */
#include <string.h>

#include "app/internal.h"
#include "app/problems.h"
#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"

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
	    !node_is(plain->value, NODE_CLASS_DECLARATION) &&
	    facts_binding(&entry->facts, "app") == NULL) {
		struct place place = {.file = entry->path,
				      .start = plain->place.start,
				      .end = default_end(entry, plain)};
		diag_edit(&app->problems, diag, place, "export const app =");
	} else if (plain->local != NULL && strcmp(plain->local, "app") == 0 &&
		   node_is(node_unwrap(plain->value), NODE_IDENTIFIER)) {
		diag_edit(&app->problems, diag, plain->place, "export {app}");
	}
}

/* Where an app was begun in a place or under a name that nobody looks at; NULL: nothing is there.
 */
static const char *misnamed(const struct app *app, const struct tree *tree)
{
	static const struct {
		const char *path, *help;
	} all[] = {
		{"src/app.js", "rename `src/app.js` to `src/app.ts`: no other ending is read"},
		{"src/app.jsx", "rename `src/app.jsx` to `src/app.tsx`: no other ending is read"},
		{"src/app.mjs", "rename `src/app.mjs` to `src/app.ts`: no other ending is read"},
		{"src/app.cjs", "rename `src/app.cjs` to `src/app.ts`: no other ending is read"},
		{"src/app.mts", "rename `src/app.mts` to `src/app.ts`: no other ending is read"},
		{"src/app.cts", "rename `src/app.cts` to `src/app.ts`: no other ending is read"},
		{"src/App.ts", "rename `src/App.ts` to `src/app.ts`, in lower case"},
		{"src/App.tsx", "rename `src/App.tsx` to `src/app.tsx`, in lower case"},
		{"app.ts", "move `app.ts` to `src/app.ts`"},
		{"app.tsx", "move `app.tsx` to `src/app.tsx`"},
	};
	static const struct {
		const char *path, *help;
	} folders[] = {
		{"src/App", "rename the folder `src/App` to `src/app`, in lower case"},
		{"app/extensions", "move the folder `app` into `src`"},
		{"src/extensions", "move the folder `src/extensions` to `src/app/extensions`"},
		{"extensions", "move the folder `extensions` to `src/app/extensions`"},
	};

	if (tree_type(tree, app, FOLDER_APP) == FS_FILE)
		return "`src/app` is a file, and has to be a folder";
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (tree_type(tree, app, all[i].path) == FS_FILE)
			return all[i].help;
	for (size_t i = 0; i < ARRAY_LEN(folders); i++)
		if (tree_type(tree, app, folders[i].path) == FS_DIR)
			return folders[i].help;
	return NULL;
}

void discover_entry(struct app *app, const struct tree *tree)
{
	struct module *ts = definition_file(app, tree, FILE_ENTRY);
	struct module *tsx = definition_file(app, tree, FILE_ENTRY_TSX);

	app->has_folder_layout = tree_type(tree, app, FOLDER_APP) == FS_DIR;
	app->entry = ts != NULL ? ts : tsx;
	app->exists = app->entry != NULL || app->has_folder_layout;
	if (!app->exists) {
		struct diag *diag =
			diag_add(&app->problems, &problem_app_missing, (struct place){0},
				 "there is no Attio app in this folder");
		const char *below = app_names_below(app->arena, app->root);
		diag->help =
			"an app has `src/app/` with its extensions (or the older `src/app.ts`); "
			"run `attio init DIR` to start one, or name the app's folder";
		if (below != NULL)
			diag->help = arena_printf(app->arena,
						  "name one or more of the apps below: %s", below);
		else if (misnamed(app, tree) != NULL)
			diag->help = misnamed(app, tree);
		if (tell_older_surfaces(app, tree, diag)) {
			diag->message = "this app has the layout before `src/app.ts`, which the "
					"platform no longer reads";
			diag->help =
				"write `src/app.ts` with `import type {App} from \"attio\"` and "
				"`export const app: App = {...}`, whose lists hold what is named "
				"above; or give each a folder: "
				"`src/app/extensions/NAME/extension.tsx` with `export default "
				"Extensions.defineExtension({type: \"record-action\", ...})`";
		}
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
