/* The part of attio doctor that looks at an app. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "app/app.h"
#include "app/installer.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "check/check.h"
#include "cli/cli.h"
#include "cli/net/checkup.h"
#include "cli/net/doctor.h"
#include "cli/running.h"
#include "diag/diag.h"
#include "git/git.h"
#include "scaffold/ignore.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "types/types.h"
#include "json/json.h"

/* The release of the SDK that all facts in this program were measured with. */
#define SDK_KNOWN "1.0.4"
#define MANIFEST_MOST ((size_t)1 << 20)

static void look_at_layout(struct checkup *checkup)
{
	const struct app *app = checkup->app;

	if (app->entry != NULL)
		checkup_add(checkup, CHECKUP_OK, "app", NULL,
			    "the app in %s has the older layout, around %s; `attio migrate "
			    "folder-structure` moves it",
			    checkup->root, app->entry->path);
	else
		checkup_add(checkup, CHECKUP_OK, "app", NULL, "the app in %s, in folders",
			    checkup->root);
	if (fs_type(path_join(checkup->arena, checkup->root, ".attio/migrate")) == FS_DIR)
		checkup_add(checkup, CHECKUP_ERROR, "migrate", "attio migrate folder-structure",
			    "a migration was killed half way");
}

/* The app's slug and its packages are in it. */
static void look_at_manifest(struct checkup *checkup)
{
	const char *path = path_join(checkup->arena, checkup->root, "package.json");
	struct error error = {0};
	cJSON *manifest = NULL;
	const char *name;
	char *text;
	size_t len;

	if (fs_type(path) == FS_NONE) {
		checkup_add(checkup, CHECKUP_WARNING, "package", "npm init",
			    "the app has no package.json, so it has no slug and no packages");
		return;
	}
	if (fs_read(checkup->arena, path, MANIFEST_MOST, &text, &len, &error) == 0)
		manifest = json_parse(text, len, "package.json", NULL, &error);
	name = json_string_or_null(manifest, "name");
	if (error.kind != ERROR_NONE)
		checkup_add(checkup, CHECKUP_ERROR, "package", "attio validate", "%s%s%s",
			    error.message, error.why[0] != '\0' ? ": " : "", error.why);
	else if (name == NULL || *name == '\0')
		checkup_add(checkup, CHECKUP_WARNING, "package",
			    "set `name` in package.json, or give `--app SLUG`",
			    "package.json has no `name`, which is the app's slug");
	else
		checkup_add(checkup, CHECKUP_OK, "package", NULL, "the app's slug is `%s`",
			    arena_strdup(checkup->arena, name));
	cJSON_Delete(manifest);
}

static const char *installed_sdk(struct checkup *checkup)
{
	const char *name = "node_modules/attio/package.json", *version;
	const char *folder = fs_find_up(checkup->arena, checkup->root, name, FS_FILE);
	struct error ignored;
	cJSON *manifest;
	char *text;
	size_t len;

	if (folder == NULL || fs_read(checkup->arena, path_join(checkup->arena, folder, name),
				      MANIFEST_MOST, &text, &len, &ignored) != 0)
		return NULL;
	manifest = json_parse(text, len, "package.json", NULL, &ignored);
	version = json_string_or_null(manifest, "version");
	version = arena_strdup(checkup->arena, version != NULL ? version : "");
	cJSON_Delete(manifest);
	return version;
}

/* Of dotted numbers; what follows them is not looked at. */
static int compare_versions(const char *a, const char *b)
{
	for (int part = 0; part < 3; part++) {
		char *a_end, *b_end;
		long left = strtol(a, &a_end, 10), right = strtol(b, &b_end, 10);

		if (left != right)
			return left < right ? -1 : 1;
		a = *a_end == '.' ? a_end + 1 : a_end;
		b = *b_end == '.' ? b_end + 1 : b_end;
	}
	return 0;
}

static void look_at_sdk(struct checkup *checkup)
{
	const char *version = installed_sdk(checkup);
	const char *known = installer_command(checkup->arena, checkup->root, "attio@" SDK_KNOWN);
	int order;

	if (version == NULL) {
		checkup_add(checkup, CHECKUP_ERROR, "packages",
			    installer_remedy(checkup->app, checkup->arena),
			    "the app's packages are not installed: no node_modules holds `attio`");
		return;
	}
	checkup_add(checkup, CHECKUP_OK, "packages", NULL, "the app's packages are installed");
	order = compare_versions(version, SDK_KNOWN);
	if (*version < '0' || *version > '9')
		checkup_add(checkup, CHECKUP_WARNING, "sdk", known,
			    "the SDK's own package.json does not tell its version");
	else if (order == 0)
		checkup_add(checkup, CHECKUP_OK, "sdk", NULL, "the SDK is %s, the one known here",
			    version);
	else
		checkup_add(checkup, CHECKUP_WARNING, "sdk", known,
			    order < 0
				    ? "the SDK is %s, older than %s, which is known here"
				    : "the SDK is %s, newer than %s, which is known here: what it "
				      "added is not checked",
			    version, SDK_KNOWN);
}

static enum checkup_level level_of(const struct diag *diag)
{
	return diag->severity == SEVERITY_ERROR ? CHECKUP_ERROR : CHECKUP_WARNING;
}

/* What the rules say about .env files and what the code reads of them, with git asked. */
static void look_at_env(struct checkup *checkup)
{
	static const char *const codes[] = {"ATT7003,ATT8001,ATT8002,ATT8003,ATT8005", NULL};
	const struct check_request request = {
		.root = checkup->root, .select = codes, .git = checkup->cli->git};
	struct error error = {0};
	struct check check = {0};
	struct checked checked = {0};

	if (check_open(&check, &request, &error) != 0 ||
	    check_run(&check, check.files, &checked, &error) != 0) {
		checkup_add(checkup, CHECKUP_WARNING, "env", "attio validate", "%s", error.message);
		check_close(&check);
		return;
	}
	for (size_t i = 0; i < checked.findings.count; i++) {
		const struct diag *diag = &checked.findings.items[i];

		checkup_add(checkup, level_of(diag), "env",
			    arena_printf(checkup->arena, "attio validate --select %s", diag->code),
			    "%s: %s", diag->place.file != NULL ? diag->place.file : ".env",
			    diag->message);
	}
	if (checked.findings.count == 0)
		checkup_add(checkup, CHECKUP_OK, "env", NULL,
			    "%zu .env file%s, and what the code reads is in them",
			    checkup->app->env_file_count,
			    checkup->app->env_file_count == 1 ? "" : "s");
	checked_close(&checked);
	check_close(&check);
}

static const char *join(struct checkup *checkup, const char *const *names)
{
	const char *text = "";

	for (; *names != NULL; names++)
		text = arena_printf(checkup->arena, "%s%s`%s`", text, *text != '\0' ? ", " : "",
				    *names);
	return text;
}

static void look_at_ignored(struct checkup *checkup)
{
	const char *const *names;
	struct error error = {0};
	bool inside;

	if (git_find_unignored(checkup->root, ignore_names, checkup->arena, &inside, &names,
			       &error) != 0) {
		checkup_add(checkup, CHECKUP_WARNING, "git", NULL, "%s", error.message);
	} else if (!inside) {
		checkup_add(checkup, CHECKUP_OK, "git", NULL,
			    "the app is in no git repository, so nothing has to be ignored");
	} else if (names[0] == NULL) {
		checkup_add(checkup, CHECKUP_OK, "git", NULL,
			    "git ignores secrets, packages and what is generated");
	} else {
		checkup_add(checkup, CHECKUP_WARNING, "git", "attio doctor --fix",
			    "git does not ignore %s", join(checkup, names));
		if (checkup->options->fix &&
		    ignore_add(checkup->arena, checkup->root, names, &error) == 0)
			checkup_repaired(checkup);
	}
}

static void look_at_types(struct checkup *checkup)
{
	struct types types = {0};
	struct error error = {0};
	const struct diag *first;
	size_t differing = 0;

	if (types_generate(checkup->app, checkup->arena, &types, &error) != 0) {
		checkup_add(checkup, CHECKUP_WARNING, "types", "attio types", "%s", error.message);
		return;
	}
	first = types.findings.items;
	for (size_t i = 0; i < types.count; i++)
		differing += types_differs(&types.files[i]);
	if (types.no_schema != NULL)
		checkup_add(checkup, CHECKUP_WARNING, "types",
			    installer_command(checkup->arena, checkup->root, NULL),
			    "GraphQL documents have no types: %s", types.no_schema);
	if (types.findings.count > 0)
		checkup_add(checkup, CHECKUP_WARNING, "types", "attio types",
			    "types are not made of all: %s%s%s",
			    first->place.file != NULL ? first->place.file : "",
			    first->place.file != NULL ? ": " : "", first->message);
	else if (differing == 0)
		checkup_add(checkup, CHECKUP_OK, "types", NULL, "the generated types are current");
	if (differing == 0)
		return;
	checkup_add(checkup, CHECKUP_WARNING, "types", "attio types",
		    "%zu of %zu generated files of types are missing or out of date", differing,
		    types.count);
	if (checkup->options->fix && types_write(checkup->app, &types, &error) == 0)
		checkup_repaired(checkup);
}

static void look_at_run(struct checkup *checkup)
{
	const char *folder = running_folder(checkup->cli, NULL, checkup->root);
	const char *file = path_join(checkup->arena, folder, "run.json");
	enum running_holder holder;
	struct stat info;
	pid_t pid;

	if (stat(folder, &info) != 0)
		return;
	holder = running_look(folder, &pid);
	if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
		checkup_add(checkup, CHECKUP_WARNING, "local",
			    arena_printf(checkup->arena, "chmod 700 %s", folder),
			    "others may read what the local platform keeps in %s", folder);
		if (checkup->options->fix && chmod(folder, S_IRWXU) == 0)
			checkup_repaired(checkup);
	}
	if (holder == RUNNING_DEV) {
		checkup_add(checkup, CHECKUP_OK, "local", NULL, "`attio dev` runs, as process %ld",
			    (long)pid);
	} else if (fs_type(file) != FS_NONE) {
		checkup_add(checkup, CHECKUP_WARNING, "local", "attio doctor --fix",
			    "an `attio dev` that was killed left %s", file);
		if (checkup->options->fix) {
			running_remove(checkup->arena, folder);
			if (fs_type(file) == FS_NONE)
				checkup_repaired(checkup);
		}
	} else {
		checkup_add(checkup, CHECKUP_OK, "local", NULL, "the local platform does not run");
	}
}

void checkup_app(struct checkup *checkup)
{
	look_at_layout(checkup);
	look_at_manifest(checkup);
	look_at_sdk(checkup);
	look_at_env(checkup);
	look_at_ignored(checkup);
	look_at_types(checkup);
	look_at_run(checkup);
}
