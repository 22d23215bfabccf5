#include "sys/bounds.h"

#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/fs.h"
#include "sys/path.h"

#define MANIFEST_LIMIT ((size_t)1 << 20)
#define LINKS 8              /* to follow by hand, one after the other */
#define PATHS ((size_t)1024) /* of scratch room: a few paths, and asked for at every file */

/* What looks like files there are the machine's own state. */
static const char *const machine[] = {"/proc", "/sys", "/dev"};

static bool is_machine(const char *real)
{
	for (size_t i = 0; i < ARRAY_LEN(machine); i++) {
		if (path_is_under(real, machine[i]))
			return true;
	}
	return false;
}

/* --- the folder ---------------------------------------------------------------------------------
 */

static bool is_workspace(struct arena *arena, const char *folder)
{
	struct error ignored;
	char *text;
	size_t len;

	if (fs_type(path_join(arena, folder, "pnpm-workspace.yaml")) == FS_FILE)
		return true;
	return fs_read(arena, path_join(arena, folder, "package.json"), MANIFEST_LIMIT, &text, &len,
		       &ignored) == 0 &&
	       strstr(text, "\"workspaces\"") != NULL;
}

void bounds_find(struct bounds *bounds, struct arena *arena, const char *root)
{
	const char *folder = fs_find_up(arena, root, ".git", FS_NONE);

	*bounds = (struct bounds){.arena = arena_new(), .repository = true};
	for (const char *at = root; folder == NULL && strcmp(at, "/") != 0;
	     at = path_dir(arena, at)) {
		if (is_workspace(arena, at))
			folder = at;
	}
	if (folder == NULL)
		bounds->repository = false;
	bounds->folder = arena_strdup(bounds->arena, folder != NULL ? folder : root);
}

void bounds_dispose(struct bounds *bounds)
{
	map_dispose(&bounds->real);
	arena_free(bounds->arena);
	*bounds = (struct bounds){0};
}

/* --- where a path leads -------------------------------------------------------------------------
 */

/* The folder without links, as far as it is there. */
static const char *real_folder(struct bounds *bounds, const char *folder)
{
	const char *known = map_get(&bounds->real, folder);
	struct error ignored;

	if (known != NULL)
		return known;
	known = fs_real_path(bounds->arena, folder, &ignored);
	if (known == NULL && strcmp(folder, "/") != 0)
		known = path_join(bounds->arena,
				  real_folder(bounds, path_dir(bounds->arena, folder)),
				  path_base(folder));
	map_set(&bounds->real, arena_strdup(bounds->arena, folder), known);
	return known;
}

static const char *link_target(struct arena *arena, const char *path)
{
	char target[PATH_MAX];
	ssize_t len = readlink(path, target, sizeof(target));

	return len > 0 && (size_t)len < sizeof(target) ? arena_strndup(arena, target, (size_t)len)
						       : NULL;
}

/* A link that leads nowhere yet is where it would lead. */
static const char *real_path(struct bounds *bounds, struct arena *scratch, const char *path,
			     int depth)
{
	const char *folder = path_dir(scratch, path), *at;
	struct error ignored;
	struct stat info;
	const char *target;

	if (strcmp(path, "/") == 0)
		return path;
	at = path_join(scratch, real_folder(bounds, folder), path_base(path));
	if (lstat(at, &info) != 0 || !S_ISLNK(info.st_mode))
		return at;
	target = fs_real_path(scratch, at, &ignored);
	if (target != NULL)
		return target;
	target = link_target(scratch, at);
	if (target == NULL || depth == 0)
		return at;
	return real_path(bounds, scratch, path_join(scratch, path_dir(scratch, at), target),
			 depth - 1);
}

/* --- packages -----------------------------------------------------------------------------------
 */

/* What packages consist of, as far as anything of ours looks at it. */
static bool is_package_file(const char *path)
{
	static const char *const endings[] = {".js",  ".cjs", ".mjs",  ".jsx",     ".ts",
					      ".cts", ".mts", ".tsx",  ".json",    ".css",
					      ".txt", ".png", ".gql",  ".graphql", ".map",
					      ".svg", ".gif", ".wasm", ".md"};

	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		if (str_ends(path, endings[i]))
			return path_base(path)[0] != '.';
	}
	return false;
}

static bool is_package(const char *real)
{
	struct arena *arena;
	bool found = false;

	if (is_machine(real) || !is_package_file(real))
		return false;
	if (strstr(real, "/node_modules/") != NULL)
		return true;
	arena = arena_new();
	for (const char *at = path_dir(arena, real); !found && strcmp(at, "/") != 0;
	     at = path_dir(arena, at))
		found = fs_type(path_join(arena, at, "package.json")) == FS_FILE;
	arena_free(arena);
	return found;
}

/* --- the answers --------------------------------------------------------------------------------
 */

static int refuse(const struct bounds *bounds, bool link, const char *remedy, struct error *error)
{
	const char *kind = link ? "it is behind a link that leads" : "it lies";

	if (bounds->repository)
		return error_why(error, "%s out of `%s`, the repository of the app%s", kind,
				 bounds->folder, remedy);
	return error_why(error, "%s out of the app's folder%s", kind, remedy);
}

static int judge_reading(struct bounds *bounds, const char *path, const char *real,
			 struct error *error)
{
	bool inside = path_is_under(path, bounds->folder);

	if (path_is_under(real, bounds->folder) && !is_machine(real))
		return 0;
	if (strstr(path, "/node_modules/") != NULL && is_package(real))
		return 0;
	if (!inside && !bounds->repository && !is_machine(real))
		return 0;
	bounds->refused = true;
	error_set(error, ERROR_SYSTEM, "cannot read `%s`", path);
	if (is_machine(real) && !inside)
		return error_why(error, "it is no file of an app");
	return refuse(bounds, inside, "; keep a copy of it there", error);
}

/* An app is asked about again and again: nothing is kept but where folders lead. */
int bounds_read(struct bounds *bounds, const char *path, struct error *error)
{
	struct arena *scratch = arena_new_small(PATHS);
	int result = judge_reading(bounds, path, real_path(bounds, scratch, path, LINKS), error);

	arena_free(scratch);
	return result;
}

int bounds_write(struct bounds *bounds, const char *path, struct error *error)
{
	struct arena *scratch = arena_new_small(PATHS);
	bool stays = !path_is_under(path, bounds->folder) ||
		     path_is_under(real_path(bounds, scratch, path, LINKS), bounds->folder);

	arena_free(scratch);
	if (stays)
		return 0;
	error_set(error, ERROR_SYSTEM, "cannot write `%s`", path);
	refuse(bounds, true, "", error);
	return error_fix(error, "remove the link");
}

int bounds_may_read(const char *root, const char *path, struct error *error)
{
	struct arena *arena = arena_new();
	struct bounds bounds;
	int result = 0;

	bounds_find(&bounds, arena, root);
	if (path_is_under(path, bounds.folder))
		result = bounds_read(&bounds, path, error);
	bounds_dispose(&bounds);
	arena_free(arena);
	return result;
}

int bounds_may_write(const char *root, const char *path, struct error *error)
{
	struct arena *arena = arena_new();
	struct bounds bounds;
	int result;

	bounds_find(&bounds, arena, root);
	result = bounds_write(&bounds, path, error);
	bounds_dispose(&bounds);
	arena_free(arena);
	return result;
}

bool bounds_takes(const struct bounds *bounds, const char *real)
{
	if (is_machine(real))
		return false;
	return path_is_under(real, bounds->folder) || !bounds->repository || is_package(real);
}

bool bounds_hides(struct bounds *bounds, const char *path)
{
	struct error ignored;

	if (bounds_read(bounds, path, &ignored) == 0)
		return false;
	return path_is_under(path, bounds->folder) || !bounds_takes(bounds, path);
}

/* RE2 cannot say "does not begin with": each byte of the folder is either another one, or it is
 * followed by the rest. */
const char *bounds_outside(const struct bounds *bounds, struct arena *arena)
{
	struct buf out = {0};
	const char *pattern;
	size_t depth = 0;

	if (!bounds->repository || strcmp(bounds->folder, "/") == 0)
		return "^/(proc|sys|dev)/";
	buf_puts(&out, "^");
	for (const char *at = bounds->folder;; at++) {
		uint32_t c = '/';
		bool valid = true;
		size_t len = *at != '\0' ? utf8_decode(at, strlen(at), &c, &valid) : 1;

		buf_printf(&out, "([^\\x{%x}]", (unsigned)c);
		depth++;
		if (*at == '\0')
			break;
		buf_printf(&out, "|\\x{%x}", (unsigned)c);
		at += len - 1;
	}
	while (depth-- > 0)
		buf_putc(&out, ')');
	pattern = arena_strdup(arena, buf_cstr(&out));
	buf_dispose(&out);
	return pattern;
}
