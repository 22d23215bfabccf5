/* ATT6xxx and ATT8xxx: settings and configuration files. Most are found while the app model is
 * read.
 */
#include "app/installer.h"
#include "app/problems.h"
#include "base/arena.h"
#include "rules/internal.h"

const struct rule rule_settings_duplicate = {
	.info = {"ATT6001", "settings-duplicate", SEVERITY_ERROR},
	.summary = "The app has two settings schemas or two settings pages",
	.explanation =
		"`src/app/settings/` holds at most one file that default-exports "
		"`defineWorkspaceSchema` and one that default-exports `defineWorkspacePage`, "
		"whatever they are called.",
	.bad = "src/app/settings/schema.ts\nsrc/app/settings/schema-old.ts",
	.good = "src/app/settings/schema.ts",
};

const struct rule rule_settings_schema_missing = {
	.info = {"ATT6002", "settings-schema-missing", SEVERITY_ERROR},
	.summary = "There is a settings page but no settings schema",
	.explanation = "A settings page edits the values that a schema declares: add a file that "
		       "default-exports `Settings.defineWorkspaceSchema({...})`.",
	.bad = "src/app/settings/page.tsx",
	.good = "src/app/settings/page.tsx\nsrc/app/settings/schema.ts",
};

const struct rule rule_manifest_invalid = {
	.info = {"ATT8004", "manifest-invalid", SEVERITY_ERROR},
	.summary = "package.json is broken, missing or has no usable name",
	.explanation =
		"`package.json` must be a JSON object: npm and the bundler refuse anything else. A "
		"missing file or a missing `name` is a warning, since an app can be built without; "
		"but `name` is the app's slug, and `attio deploy` then needs `--app SLUG`. "
		"Warnings, "
		"too, are a member in a form that npm or Node does not take, one that is "
		"misspelt, and a name that stands twice in one object, of which the last counts.",
	.bad = "{ name: \"my-app\" }",
	.good = "{ \"name\": \"my-app\" }",
};

const struct rule rule_tsconfig_invalid = {
	.info = {"ATT8006", "tsconfig-invalid", SEVERITY_ERROR},
	.summary = "tsconfig.json is not valid JSON",
	.explanation = "Comments and trailing commas are allowed in `tsconfig.json`; anything else "
		       "must be "
		       "JSON. Path aliases and the JSX mode are read from it.\n\n"
		       "A file that extends itself, directly or through others, is a warning: its "
		       "options are read, but the build then does not check types. So is a name "
		       "that stands twice in one object, of which the last counts.",
	.bad = "{ \"compilerOptions\": { \"strict\": true ",
	.good = "{ \"compilerOptions\": { \"strict\": true } }",
};

static void check_packages(const struct rule *rule, const struct app *app, struct diags *diags)
{
	const char *command, *lost = "attio";

	if (!app->manifest.valid)
		return;
	if (installer_hides(app, app->arena)) {
		diag_add(diags, &rule->info, (struct place){.file = "package.json"},
			 "the app's packages are in no `node_modules`: Yarn's Plug'n'Play keeps "
			 "them in archives, where types cannot be read")
			->help = installer_remedy(app, app->arena);
		return;
	}
	if (!installer_is_due(app, app->arena, &command)) {
		if (!app_has_markup(app) || !installer_lists(app, app->arena, "attio") ||
		    !installer_has(app, app->arena, "attio") ||
		    installer_has(app, app->arena, "react"))
			return;
		lost = "react";
		command = installer_command(app->arena, app->root,
					    installer_lists(app, app->arena, lost) ? NULL : lost);
	}
	diag_add(diags, &rule->info, (struct place){.file = "package.json"},
		 "the app's packages are not installed: `%s` is in no `node_modules`", lost)
		->help = arena_printf(app->arena, "run `%s`", command);
}

/* The numbers are problem_packages': the finding that stands for others of its kind. */
const struct rule rule_packages_missing = {
	.info = {"ATT8007", "packages-missing", SEVERITY_WARNING},
	.summary = "The app's packages are not installed",
	.explanation =
		"No `node_modules` folder, here or further up, holds the SDK, `attio`. Without it "
		"neither the types of the app nor the fields of its GraphQL queries can be "
		"checked. `attio validate`, which needs no packages for the rest, warns; for "
		"`attio "
		"check`, `attio build` and `attio deploy`, which check types, it is an error, "
		"under Yarn's "
		"Plug'n'Play too: its archives are no place from which TypeScript reads types.",
	.bad = "a fresh clone",
	.good = "the same with node_modules",
	.check = check_packages,
};
