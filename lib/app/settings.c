/* Workspace settings: their schema and their page. */
#include <string.h>

#include "app/internal.h"
#include "app/problems.h"
#include "base/arena.h"
#include "base/str.h"
#include "sys/path.h"

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

	if (!value.found || value.module != app->entry || !node_is(object, NODE_OBJECT))
		return (struct node){0};
	for (struct node item = node_down_named(object); !node_is_null(item);
	     item = node_next_named(item)) {
		struct node key = node_field(item, FIELD_KEY);

		if (node_is(item, NODE_METHOD_DEFINITION)) /* `get settings()` */
			key = node_field(item, FIELD_NAME);
		if (node_is(key, NODE_COMPUTED_PROPERTY_NAME)) /* `["settings"]` */
			key = node_unwrap(node_first(key));
		if ((!node_is(key, NODE_IDENTIFIER) &&
		     node_text_is(&app->entry->syntax, key, "settings")) ||
		    str_equal(node_string(&app->entry->syntax, app->arena, key), "settings"))
			return item;
		if (node_is(item, NODE_SHORTHAND_PROPERTY_IDENTIFIER) &&
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

static bool may_hold_settings(const char *path, const void *none)
{
	(void)none;
	return str_ends(path, ".tsx") || (str_ends(path, ".ts") && !str_ends(path, ".d.ts"));
}

/* A default export that is nearly the call of `name`: what is wrong with it is told there. */
static bool is_slip_of(const struct app *app, const struct module *module, const char *name)
{
	const struct export *item = facts_export(&module->facts, "default");
	struct node function;

	if (item == NULL || item->import >= 0)
		return false;
	function = node_unwrap(node_field(node_unwrap(item->value), FIELD_FUNCTION));
	if (node_is(function, NODE_MEMBER_EXPRESSION))
		function = node_field(function, FIELD_PROPERTY);
	return !node_is_null(function) &&
	       str_distance(node_text(&module->syntax, app->arena, function), name, 2) <= 2;
}

void discover_settings(struct app *app, const struct tree *tree)
{
	static const char *const schema_call[] = {"defineWorkspaceSchema", NULL};
	static const char *const page_call[] = {"defineWorkspacePage", NULL};
	const struct definition *page;
	const char **files;
	size_t count;
	bool broken = false;

	app->legacy_settings = definition_file(app, tree, FILE_OLD_SETTINGS);
	files = files_below(app, tree, FOLDER_SETTINGS, may_hold_settings, NULL, &count);
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
		else
			broken = broken || is_slip_of(app, module, schema_call[0]);
	}
	page = app_definition(app, DEF_SETTINGS_PAGE, 0);
	if (page != NULL && app_definition(app, DEF_SETTINGS_SCHEMA, 0) == NULL && !broken)
		diag_add(&app->problems, &problem_settings_schema, whole_file(page->module),
			 "the settings page has no schema")
			->help = "add a file under `src/app/settings/` that default-exports "
				 "`Settings.defineWorkspaceSchema({...})`";
	check_settings_conflict(app);
}
