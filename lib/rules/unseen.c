/* ATT1003, ATT1020 and ATT1030: entry files, extensions and pages that stand where the platform
 * does not look for them. */
#include <string.h>

#include "app/places.h"
#include "base/arena.h"
#include "base/str.h"
#include "rules/internal.h"
#include "rules/values.h"
#include "sys/path.h"

bool is_imported(const struct app *app, const struct module *module, const char *but)
{
	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *other = app->modules[i];
		bool counts = but == NULL || !str_equal(path_dir(app->arena, other->path), but) ||
			      strstr(other->path, ".test.") != NULL;

		for (size_t k = 0; counts && k < other->facts.import_count; k++) {
			if (other->edges[k].module == module && !other->edges[k].type_only)
				return true;
		}
	}
	return false;
}

/* What the module exports under that name is a call of one of the functions (ends with NULL), or of
 * `X.` one of them, and stands in the module. */
static bool defines(const struct app *app, const struct module *module, const char *export,
		    const char *const *functions)
{
	struct resolved resolved = app_resolve_export(app, module, export);
	struct value value;
	struct node callee;

	if (!resolved.found || resolved.opaque || resolved.module != module)
		return false;
	value = value_of(app, module, resolved.node);
	if (value.kind != VALUE_CALL || value.module != module)
		return false;
	callee = node_unwrap(node_field(value.node, FIELD_FUNCTION));
	if (node_is(callee, NODE_MEMBER_EXPRESSION))
		callee = node_field(callee, FIELD_PROPERTY);
	for (size_t i = 0; functions[i] != NULL; i++)
		if (node_text_is(&module->syntax, callee, functions[i]))
			return true;
	return false;
}

static const char *const define_extension[] = {"defineExtension", NULL};
static const char *const define_page[] = {"experimental_definePage", "definePage", NULL};

static bool is_called(const struct module *module, const char *name)
{
	const char *base = path_base(module->path), *ext = path_ext(base);

	return strncmp(base, name, strlen(name)) == 0 && strcmp(base + strlen(name), ext) == 0 &&
	       (strcmp(ext, ".ts") == 0 || strcmp(ext, ".tsx") == 0);
}

/* Of an extension's file the platform takes the default export. */
static void tell_others(const struct rule *rule, const struct app *app, const struct module *module,
			struct diags *diags)
{
	for (size_t i = 0; i < module->facts.export_count; i++) {
		const struct export *item = &module->facts.exports[i];

		if (item->name == NULL || strcmp(item->name, "default") == 0 ||
		    !defines(app, module, item->name, define_extension))
			continue;
		diag_add(diags, &rule->info, item->place,
			 "this extension is never seen: only the default export of its file is")
			->help = "move it to an `extension.ts` in a folder of its own";
	}
}

/* What to do with an extension that has the wrong name or place. */
static const char *where_to(const struct app *app, const struct module *module, bool placed)
{
	const char *folder = path_dir(app->arena, module->path);
	const char *base = path_base(module->path), *ext = strstr(base, ".tsx") ? "tsx" : "ts";

	if (!placed)
		return "move its folder to `" FOLDER_EXTENSIONS "`";
	/* Beside others one folder cannot hold them all under the one name. */
	if (str_equal(folder, FOLDER_EXTENSIONS))
		return arena_printf(app->arena,
				    "move it to `" FOLDER_EXTENSIONS "/%s/extension.%s`",
				    arena_strndup(app->arena, base, strcspn(base, ".")), ext);
	if (app_module(app, path_join(app->arena, folder, "extension.ts")) != NULL ||
	    app_module(app, path_join(app->arena, folder, "extension.tsx")) != NULL)
		return arena_printf(app->arena,
				    "remove it, or move it to a folder of its own as "
				    "`extension.%s`: this one has its extension",
				    ext);
	return "rename the file to `extension.ts` (or `extension.tsx`)";
}

void check_extension_unseen(const struct rule *rule, const struct app *app, struct diags *diags)
{
	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];
		bool named = is_called(module, "extension");
		bool placed = path_is_under(module->path, FOLDER_EXTENSIONS);
		struct diag *diag;

		if (syntax_is_broken(&module->syntax) || !path_is_under(module->path, FOLDER_SRC) ||
		    !defines(app, module, "default", define_extension))
			continue;
		if (named && placed) {
			if (!node_is_null(facts_export(&module->facts, "default")->value))
				tell_others(rule, app, module, diags);
			continue;
		}
		/* ATT1030 tells about what stands in a page's place. */
		if ((is_called(module, "page") && path_is_under(module->path, FOLDER_PAGES)) ||
		    is_imported(app, module, NULL))
			continue;
		diag = diag_add(diags, &rule->info, facts_export(&module->facts, "default")->place,
				"this extension is never seen: only `extension.ts` and "
				"`extension.tsx` below `" FOLDER_EXTENSIONS "` are");
		diag->help = where_to(app, module, placed);
	}
}

/* `src/app.js`, `src/app/app.ts`: an older entry that nobody reads. */
static bool is_like_entry(const struct module *module)
{
	const char *base = path_base(module->path);

	if (strncmp(base, "app", 3) != 0 || strcmp(base + 3, path_ext(base)) != 0)
		return false;
	if (str_starts(module->path, FOLDER_APP "/app."))
		return facts_export(&module->facts, "app") != NULL;
	return str_starts(module->path, FOLDER_SRC "/app.") && strcmp(base, "app.ts") != 0 &&
	       strcmp(base, "app.tsx") != 0;
}

void check_entry_unseen(const struct rule *rule, const struct app *app, struct diags *diags)
{
	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];
		struct diag *diag;

		if (!is_like_entry(module) || is_imported(app, module, NULL))
			continue;
		diag = diag_add(diags, &rule->info, (struct place){.file = module->path},
				"nobody reads `%s`", module->path);
		diag->severity = SEVERITY_WARNING;
		diag->help = app->entry != NULL ? "`src/app.ts` is what counts: remove this file"
						: "an app's entry is `src/app.ts`, and one with "
						  "extensions in `src/app/` needs none: rename it, "
						  "or remove it";
	}
}

void check_page_unseen(const struct rule *rule, const struct app *app, struct diags *diags)
{
	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];
		bool placed = path_is_under(module->path, FOLDER_PAGES);

		if ((placed && is_called(module, "page")) || syntax_is_broken(&module->syntax) ||
		    !path_is_under(module->path, FOLDER_SRC) ||
		    !defines(app, module, "default", define_page) || is_imported(app, module, NULL))
			continue;
		diag_add(diags, &rule->info, facts_export(&module->facts, "default")->place,
			 "this page is never seen: only `" FOLDER_PAGES "/SLUG/page.tsx` is")
			->help = "name the file so; the folder's name is the page's slug";
	}
}
