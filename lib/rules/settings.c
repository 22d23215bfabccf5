/* ATT6003: settings that the platform's tools look past. They read the files below
 * src/app/settings alone and want the call itself behind `export default`, so a schema under a
 * name, or in another folder, leaves the app without settings and nobody says so. */
#include <string.h>

#include "base/str.h"
#include "rules/internal.h"
#include "rules/values.h"
#include "sys/path.h"

static const struct settings_kind {
	const char *define;
	const char *what;
	enum definition_kind kind;
} kinds[] = {
	{"Settings.defineWorkspaceSchema", "schema", DEF_SETTINGS_SCHEMA},
	{"Settings.defineWorkspacePage", "page", DEF_SETTINGS_PAGE},
};

/* What the module exports under that name, directly, by a name or from another module; NULL when it
 * is no settings definition of the SDK. */
static const struct settings_kind *kind_of_export(const struct app *app,
						  const struct module *module, const char *export)
{
	struct resolved resolved = app_resolve_export(app, module, export);
	const char *package, *path;
	struct value value;

	if (!resolved.found || resolved.opaque || node_is_null(resolved.node))
		return NULL;
	value = value_of(app, resolved.module, resolved.node);
	if (value.kind != VALUE_CALL ||
	    !package_path(app, value.module, node_field(value.node, FIELD_FUNCTION), &package,
			  &path))
		return NULL;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (str_equal(path, kinds[i].define))
			return &kinds[i];
	}
	return NULL;
}

static bool is_definition(const struct app *app, const struct module *module)
{
	const struct definition *schema = app_definition(app, DEF_SETTINGS_SCHEMA, 0);
	const struct definition *page = app_definition(app, DEF_SETTINGS_PAGE, 0);

	return (schema != NULL && schema->module == module) ||
	       (page != NULL && page->module == module);
}

/* The older layout reads the schema from `src/app.settings.ts` alone. */
static void check_legacy_name(const struct rule *rule, const struct app *app, struct diags *diags)
{
	static const char *const names[] = {"src/app.settings.tsx", "src/app.settings.js",
					    "src/app.settings.jsx", "src/app.settings.mts"};

	if (app->legacy_settings != NULL || app_definition(app, DEF_SETTINGS_SCHEMA, 0) != NULL)
		return;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct module *module = app_module(app, names[i]);
		const struct export *item =
			module == NULL ? NULL : facts_export(&module->facts, "default");

		if (item != NULL)
			diag_add(diags, &rule->info, item->place,
				 "this settings schema is never seen")
				->help = "rename the file to `app.settings.ts`";
	}
}

/* The default export, or where it was left out the definition that stands under a name. */
static const struct export *settings_export(const struct app *app, const struct module *module)
{
	const struct export *item = facts_export(&module->facts, "default");

	if (item != NULL || !path_is_under(module->path, FOLDER_SETTINGS) ||
	    is_imported(app, module, NULL))
		return item;
	for (size_t i = 0; i < module->facts.export_count; i++) {
		item = &module->facts.exports[i];
		if (item->name != NULL && kind_of_export(app, module, item->name) != NULL)
			return item;
	}
	return NULL;
}

/* A file of the right place takes it up, and it is told there. */
static bool is_passed_on(const struct app *app, const struct module *module)
{
	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *other = app->modules[i];

		for (size_t k = 0;
		     path_is_under(other->path, FOLDER_SETTINGS) && k < other->facts.import_count;
		     k++)
			if (other->edges[k].module == module)
				return true;
	}
	return false;
}

static void check_settings_ignored(const struct rule *rule, const struct app *app,
				   struct diags *diags)
{
	check_legacy_name(rule, app, diags);
	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];
		const struct export *item = settings_export(app, module);
		bool placed = path_is_under(module->path, FOLDER_SETTINGS);
		bool source = strcmp(path_ext(module->path), ".ts") == 0 ||
			      strcmp(path_ext(module->path), ".tsx") == 0;
		const struct settings_kind *kind;
		struct diag *diag;

		/* Once one of a kind is there, others are helpers or ATT6001. A page without its
		 * schema is ATT6002. What does not parse would be seen, were it right. */
		if (item == NULL || syntax_is_broken(&module->syntax) ||
		    !path_is_under(module->path, FOLDER_SRC) ||
		    strstr(module->path, ".test.") != NULL || is_definition(app, module) ||
		    (kind = kind_of_export(app, module, item->name)) == NULL ||
		    app_definition(app, kind->kind, 0) != NULL ||
		    (kind->kind == DEF_SETTINGS_SCHEMA &&
		     app_definition(app, DEF_SETTINGS_PAGE, 0) != NULL) ||
		    (!placed && is_imported(app, module, NULL) &&
		     (kind->kind != DEF_SETTINGS_SCHEMA || app->legacy_settings != NULL ||
		      is_passed_on(app, module))))
			continue;
		diag = diag_add(diags, &rule->info, item->place, "this settings %s is never seen",
				kind->what);
		if (!placed)
			diag->help = "move the file to `" FOLDER_SETTINGS "`";
		else if (!source)
			diag->help = "rename it: settings are read from `.ts` and `.tsx` files";
		else
			diag->help =
				kind->kind == DEF_SETTINGS_SCHEMA
					? "write `export default "
					  "Settings.defineWorkspaceSchema({...})`, not through a "
					  "name"
					: "write `export default "
					  "Settings.defineWorkspacePage(schema, ...)`, not "
					  "through a name";
	}
}

const struct rule rule_settings_ignored = {
	.info = {"ATT6003", "settings-ignored", SEVERITY_WARNING},
	.summary = "A settings schema or page in a form or place where it is not seen",
	.explanation =
		"Settings are read from `.ts` and `.tsx` files below `src/app/settings/` (in the "
		"older layout from `src/app.settings.ts`), and only "
		"where the call of `defineWorkspaceSchema` or `defineWorkspacePage` itself stands "
		"behind `export default`. Anything else leaves the app without these settings, and "
		"no tool says so.",
	.bad = "// src/app/settings/schema.ts\nconst schema = "
	       "Settings.defineWorkspaceSchema({...})\nexport default schema",
	.good = "// src/app/settings/schema.ts\nexport default "
		"Settings.defineWorkspaceSchema({...})",
	.check = check_settings_ignored,
};
