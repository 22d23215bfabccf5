/* Writing what types_generate found out. A link where a file should be may lead out of the app, and
 * a rename would get past a file's write protection; both are somebody's intention, so they are
 * told instead. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/error.h"
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "types/testing.h"
#include "types/types.h"

/* Whether `path` may be written or removed. */
static int check_target(const struct app *app, const char *path, struct error *error)
{
	const char *full = path_join(app->arena, app->root, path);
	struct stat info;

	if (lstat(full, &info) != 0)
		return 0; /* not there, or the write will tell */
	if (S_ISLNK(info.st_mode)) {
		error_set(error, ERROR_SYSTEM,
			  "`%s` is a link, and types are not written through "
			  "links",
			  path);
		return error_fix(error, "remove the link");
	}
	if (bounds_write(app->bounds, full, error) != 0)
		return -1;
	if (access(full, W_OK) != 0 && (errno == EACCES || errno == EROFS)) {
		error_set(error, ERROR_SYSTEM, "`%s` is write-protected", path);
		return error_fix(error, S_ISDIR(info.st_mode) ? "make it writable"
							      : "make it writable, or delete it");
	}
	return 0;
}

static int remove_file(const struct app *app, const char *path, struct error *error)
{
	if (unlink(path_join(app->arena, app->root, path)) != 0 && errno != ENOENT)
		return error_system(error, errno, "cannot remove `%s`", path);
	return 0;
}

static int write_file(const struct app *app, const struct types_file *file, struct error *error)
{
	const char *full = path_join(app->arena, app->root, file->path);

	/* Only .attio/ can be missing: a document's folder is there. */
	if (fs_make_dirs(path_dir(app->arena, full), error) != 0)
		return -1;
	if (fs_type(full) == FS_FILE) /* keeps the mode */
		return fs_rewrite(full, file->bytes, file->len, error);
	return fs_write_derived(full, file->bytes, file->len, error);
}

int types_write(const struct app *opened, const struct types *types, struct error *error)
{
	const struct app job = app_in(opened, types->findings.arena), *app = &job;

	/* Nothing is written when it is plain that something cannot be. */
	for (size_t i = 0; i < types->count; i++) {
		const struct types_file *file = &types->files[i];

		if (types_differs(file) &&
		    (check_target(app, path_dir(app->arena, file->path), error) != 0 ||
		     check_target(app, file->path, error) != 0))
			return -1;
	}
	for (size_t i = 0; i < types->count; i++) {
		const struct types_file *file = &types->files[i];
		int result = 0;

		if (file->state == TYPES_STALE)
			result = remove_file(app, file->path, error);
		else if (types_differs(file))
			result = write_file(app, file, error);
		if (result != 0)
			return -1;
	}
	/* No declarations of the app's: it is not counted, nor told. */
	return app->exists && app->manifest.testing ? testing_write(app->arena, app->root, error)
						    : 0;
}
