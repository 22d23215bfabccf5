/* ATT6xxx and ATT8xxx: settings and configuration files. Found while the app model is read. */
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
		"but `name` is the app's slug, and `attio deploy` then needs `--app SLUG`.",
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
		       "options are read, but the build then does not check types.",
	.bad = "{ \"compilerOptions\": { \"strict\": true ",
	.good = "{ \"compilerOptions\": { \"strict\": true } }",
};
