/* The app's compiler is looked for where an import of `typescript` from its folder would find it,
 * then where one from the SDK would: the SDK depends on a compiler, which some package managers put
 * beside it only. Up to version 6 it is JavaScript for Node, from 7 on an executable in a package
 * of its own for each platform. */
#include "types/compiler.h"
#include "app/installer.h"

#include <stdlib.h>
#include <string.h>

#include <uv.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "sys/fs.h"
#include "sys/install.h"
#include "sys/path.h"
#include "types/check.h"
#include "types/program.h"
#include "json/json.h"

#define MANIFEST_LIMIT ((size_t)1 << 20)
#define NEW_MAJOR 7
#define CHECKERS_MAX 4 /* the compiler's default */

/* `--isolatedDeclarations` came with 5.5; incremental checks without output with 4.0. */
#define OLDEST_MAJOR 4
#define ISOLATED_MAJOR 5
#define ISOLATED_MINOR 5

static const char *find_package(struct arena *arena, const char *root)
{
	static const char package[] = "node_modules/typescript", sdk[] = "node_modules/attio";
	static const char manifest[] = "node_modules/typescript/package.json";
	const char *found = fs_find_up(arena, root, manifest, FS_FILE);
	struct error ignored;

	if (found == NULL) {
		found = fs_find_up(arena, root, sdk, FS_DIR);
		if (found != NULL)
			found = fs_real_path(arena, path_join(arena, found, sdk), &ignored);
		if (found != NULL)
			found = fs_find_up(arena, found, manifest, FS_FILE);
	}
	return found != NULL ? path_join(arena, found, package) : NULL;
}

/* Of the package, if its name begins so. */
static const char *read_version(struct arena *arena, const char *package, const char *name)
{
	const char *path = path_join(arena, package, "package.json"), *version = NULL, *found;
	struct error ignored;
	cJSON *manifest;
	char *text;
	size_t len;

	if (fs_read(arena, path, MANIFEST_LIMIT, &text, &len, &ignored) != 0)
		return NULL;
	manifest = json_parse(text, len, path, NULL, &ignored);
	found = json_string_or_null(manifest, "name");
	if (found != NULL && str_starts(found, name))
		version = json_string_or_null(manifest, "version");
	if (version != NULL)
		version = arena_strdup(arena, version);
	cJSON_Delete(manifest);
	return version;
}

static void parse_version(const char *version, long *major, long *minor)
{
	char *end;

	*major = strtol(version, &end, 10);
	*minor = *end == '.' ? strtol(end + 1, NULL, 10) : 0;
}

static int damaged(struct arena *arena, const char *root, const char *package, struct error *error)
{
	error_set(error, ERROR_TOOL, "the app's own TypeScript compiler is not complete");
	error_why(error, "`%s` has no compiler that can run here", package);
	return error_fix(error, "install the app's packages again: `%s`",
			 installer_command(arena, root, NULL));
}

/* The executable lies in a sibling of the package; with some package managers of where it really
 * is. */
static const char *find_executable(struct arena *arena, const char *package)
{
	const char *name =
		arena_printf(arena, "../@typescript/typescript-%s/lib/tsc", install_platform());
	struct error ignored;
	const char *path = path_join(arena, package, name);
	const char *real = fs_real_path(arena, package, &ignored);

	if (fs_type(path) == FS_FILE)
		return path;
	path = real != NULL ? path_join(arena, real, name) : path;
	return fs_type(path) == FS_FILE ? path : NULL;
}

static int use_own(struct compiler *compiler, struct arena *arena,
		   const struct typecheck_options *options, const char *package,
		   struct error *error)
{
	long major, minor;

	compiler->own = true;
	compiler->version = read_version(arena, package, "");
	if (compiler->version == NULL)
		return damaged(arena, options->root, package, error);
	parse_version(compiler->version, &major, &minor);
	compiler->is_new = major >= NEW_MAJOR;
	if (major < OLDEST_MAJOR) {
		error_set(error, ERROR_TOOL, "the app's TypeScript %s is too old for a check",
			  compiler->version);
		return error_fix(error, "install version 5 or later: `%s`",
				 installer_command(arena, options->root, "typescript@5"));
	}
	if (compiler->is_new) {
		compiler->path = find_executable(arena, package);
		return compiler->path != NULL ? 0 : damaged(arena, options->root, package, error);
	}
	compiler->path = path_join(arena, package, "lib/tsc.js");
	if (fs_type(compiler->path) != FS_FILE)
		return damaged(arena, options->root, package, error);
	compiler->node = options->node != NULL ? options->node : "node";
	return 0;
}

int compiler_find(struct compiler *compiler, struct arena *arena,
		  const struct typecheck_options *options, const struct program *program,
		  struct error *error)
{
	bool wanted = options->compiler == TYPECHECK_APP;
	const char *package = wanted ? find_package(arena, program->root) : NULL;

	*compiler = (struct compiler){0};
	if (wanted && package == NULL) {
		error_set(error, ERROR_TOOL, "the app has no TypeScript compiler of its own");
		error_why(error, "there is no `typescript` in the node_modules folders of `%s`",
			  program->root);
		return error_fix(error, "install it, `%s`, or leave out `--tsc=app`",
				 installer_command(arena, program->root, "typescript"));
	}
	if (wanted)
		return use_own(compiler, arena, options, package, error);
	*compiler = (struct compiler){.path = options->tsc, .is_new = true};
	/* The app's own compiler is code of the repository: it runs for whoever asks for it. */
	if (program->old != NULL)
		compiler->note = arena_printf(
			arena,
			"types are checked with TypeScript %d, which does not have what "
			"`tsconfig.json` says: %s; `--tsc=app` checks with the TypeScript of the "
			"app's node_modules, which runs code of it",
			NEW_MAJOR, program->old);
	if (compiler->path == NULL) {
		error_set(error, ERROR_TOOL, "there is no TypeScript compiler");
		return error_fix(error, "reinstall attio, or set `ATTIO_TSC`");
	}
	/* It is lib/tsc of its package; starting it for an answer would take longer. */
	compiler->version =
		read_version(arena, path_join(arena, path_dir(arena, compiler->path), ".."),
			     "@typescript/typescript-");
	return 0;
}

static void push(struct arena *arena, const char ***words, size_t *count, const char *word)
{
	const char **slot = arena_push(arena, words, count, sizeof(**words));

	*slot = word;
}

/* Each checker finds out again what others know already: more of them than processors is waste, and
 * the default of 4 takes up to half as long again on two. */
static unsigned checkers(void)
{
	unsigned processors = uv_available_parallelism();

	return processors < CHECKERS_MAX ? processors : CHECKERS_MAX;
}

const char **compiler_words(const struct compiler *compiler, struct arena *arena,
			    const char *project, const char *build_info)
{
	const char **words = NULL;
	size_t count = 0;
	long major = NEW_MAJOR, minor = 0;

	if (compiler->version != NULL)
		parse_version(compiler->version, &major, &minor);
	if (compiler->node != NULL)
		push(arena, &words, &count, compiler->node);
	push(arena, &words, &count, compiler->path);
	push(arena, &words, &count, "--project");
	push(arena, &words, &count, project);
	push(arena, &words, &count, "--pretty");
	push(arena, &words, &count, "--listFiles");
	push(arena, &words, &count, "--incremental");
	push(arena, &words, &count, build_info != NULL ? "true" : "false");
	push(arena, &words, &count, "--tsBuildInfoFile");
	push(arena, &words, &count, build_info != NULL ? build_info : "null");
	for (const char *const *flag = program_flags; *flag != NULL; flag++) {
		if (strcmp(*flag, "--isolatedDeclarations") == 0 &&
		    (major < ISOLATED_MAJOR || (major == ISOLATED_MAJOR && minor < ISOLATED_MINOR)))
			break;
		push(arena, &words, &count, *flag);
	}
	if (!compiler->own) {
		push(arena, &words, &count, COMPILER_CHECKERS);
		push(arena, &words, &count, arena_printf(arena, "%u", checkers()));
	}
	push(arena, &words, &count, NULL);
	return words;
}
