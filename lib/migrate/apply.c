/* See apply.h. The list of steps is a text, one step a line: "N SOURCE TAB TARGET", where an empty
 * target removes, and one of the same name replaces. Paths of sources hold no tab or line end here:
 * one that does is refused before. */
#include "migrate/apply.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "migrate/migrate.h"
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "sys/signals.h"

#define FOLDER ".attio/migrate"
#define STEPS "steps"
#define FILE_LIMIT ((size_t)256 << 20)
#define STEPS_LIMIT ((size_t)64 << 20)

struct step {
	const char *source, *to; /* absolute; to is NULL: removed */
	const char *fresh, *old; /* in the private folder */
	bool in_place;
};

struct run {
	struct arena *arena;
	const char *root, *folder;
	struct step *steps;
	size_t count;
	int lock;
};

static void add_step(struct run *run, const char *source, const char *to)
{
	size_t n = run->count;
	struct step *step = arena_push(run->arena, &run->steps, &run->count, sizeof(*step));

	step->source = path_join(run->arena, run->root, source);
	step->to = to != NULL ? path_join(run->arena, run->root, to) : NULL;
	step->in_place = to != NULL && strcmp(source, to) == 0;
	step->fresh = arena_printf(run->arena, "%s/new-%zu", run->folder, n);
	step->old = arena_printf(run->arena, "%s/old-%zu", run->folder, n);
}

/* One run at a time: the folder is locked as long as one works in it. */
static int lock_folder(struct run *run, bool *busy, struct error *error)
{
	*busy = false;
	run->lock = open(run->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (run->lock < 0)
		return error_system(error, errno, "cannot open `%s`", run->folder);
	if (flock(run->lock, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
		*busy = true;
	return 0;
}

static int copy(struct run *run, const char *from, const char *to, struct error *error)
{
	char *bytes;
	struct stat info;
	size_t len;

	if (fs_read(run->arena, from, FILE_LIMIT, &bytes, &len, error) != 0)
		return -1;
	if (stat(from, &info) != 0)
		return error_system(error, errno, "cannot read `%s`", from);
	return fs_write_atomic(to, bytes, len, info.st_mode & 0777, error);
}

static int prepare_file(struct run *run, const struct step *step, const struct migrate_file *file,
			struct error *error)
{
	struct stat info;

	if (lstat(step->source, &info) != 0)
		return error_system(error, errno, "cannot read `%s`", step->source);
	if (!S_ISREG(info.st_mode)) {
		error_set(error, ERROR_CONFLICT, "`%s` is not a regular file", file->source);
		return error_fix(error, "put a file in its place, and try again");
	}
	if (step->to != NULL && !step->in_place && fs_type(step->to) != FS_NONE) {
		error_set(error, ERROR_CONFLICT, "`%s` is there already", file->to);
		return error_fix(error, "move it away, and try again");
	}
	if (copy(run, step->source, step->old, error) != 0)
		return -1;
	if (step->to == NULL)
		return 0;
	if (file->bytes == NULL)
		return copy(run, step->source, step->fresh, error);
	return fs_write_atomic(step->fresh, file->bytes, file->len, info.st_mode & 0777, error);
}

static int write_steps(struct run *run, const struct migration *plan, struct error *error)
{
	struct buf text = {0};
	int result;

	for (size_t i = 0; i < plan->file_count; i++)
		buf_printf(&text, "%s\t%s\n", plan->files[i].source,
			   plan->files[i].to != NULL ? plan->files[i].to : "");
	result = fs_write_atomic(path_join(run->arena, run->folder, STEPS), buf_cstr(&text),
				 text.len, 0666, error);
	buf_dispose(&text);
	return result;
}

/* A link in the app must not lead what is written or removed out of it. */
static int check_bounds(struct run *run, struct error *error)
{
	struct bounds bounds = {0};
	int result = 0;

	bounds_find(&bounds, run->arena, run->root);
	for (size_t i = 0; i < run->count && result == 0; i++) {
		result = bounds_write(&bounds, run->steps[i].source, error);
		if (result == 0 && run->steps[i].to != NULL)
			result = bounds_write(&bounds, run->steps[i].to, error);
	}
	bounds_dispose(&bounds);
	return result;
}

static bool is_plain(const char *path)
{
	return strpbrk(path, "\t\n") == NULL;
}

static int prepare(struct run *run, const struct migration *plan, struct error *error)
{
	for (size_t i = 0; i < plan->file_count; i++) {
		const struct migrate_file *file = &plan->files[i];

		if (!is_plain(file->source) || (file->to != NULL && !is_plain(file->to)))
			return error_set(error, ERROR_CONFLICT,
					 "the name of `%s` has a tab or a line end", file->source);
		add_step(run, file->source, file->to);
		if (prepare_file(run, &run->steps[i], file, error) != 0)
			return -1;
	}
	return check_bounds(run, error) == 0 ? write_steps(run, plan, error) : -1;
}

/* A fresh file that is not in the private folder any more has arrived. */
static int make_step(struct run *run, const struct step *step, struct error *error)
{
	if (step->to != NULL) {
		if (fs_make_dirs(path_dir(run->arena, step->to), error) != 0)
			return -1;
		if (rename(step->fresh, step->to) != 0 && errno != ENOENT)
			return error_system(error, errno, "cannot write `%s`", step->to);
	}
	if (!step->in_place && unlink(step->source) != 0 && errno != ENOENT)
		return error_system(error, errno, "cannot remove `%s`", step->source);
	return 0;
}

/* Folders that lost their last file go, up to src. */
static void drop_folders(struct run *run, const char *path)
{
	const char *top = path_join(run->arena, run->root, "src");

	for (path = path_dir(run->arena, path); path_is_under(path, top) && strcmp(path, top) != 0;
	     path = path_dir(run->arena, path))
		if (rmdir(path) != 0)
			break;
}

static void take_back(struct run *run, size_t made)
{
	for (size_t i = made + 1; i-- > 0;) {
		const struct step *step = &run->steps[i];

		fs_make_dirs(path_dir(run->arena, step->source), &(struct error){0});
		if (rename(step->old, step->source) != 0)
			continue;
		if (step->to != NULL && !step->in_place && fs_type(step->fresh) == FS_NONE &&
		    unlink(step->to) == 0)
			drop_folders(run, step->to);
	}
}

static int make_steps(struct run *run, size_t *made, struct error *error)
{
	for (*made = 0; *made < run->count; (*made)++)
		if (make_step(run, &run->steps[*made], error) != 0)
			return -1;
	for (size_t i = 0; i < run->count; i++)
		if (!run->steps[i].in_place)
			drop_folders(run, run->steps[i].source);
	return 0;
}

/* The list goes first, so that what is left without it is known to have changed nothing, or all. */
static int clear(struct run *run, struct error *error)
{
	const char *steps = path_join(run->arena, run->folder, STEPS);
	int result = 0;

	if (unlink(steps) != 0 && errno != ENOENT)
		return error_system(error, errno, "cannot remove `%s`", steps);
	result = fs_remove_tree(run->folder, error);
	rmdir(path_dir(run->arena, run->folder));
	return result;
}

/* A path as a plan has it. The list may come with a clone, and so may links in src. */
static bool is_ours(struct run *run, const char *path)
{
	return path_is_under(path, "src") && strcmp(path_join(run->arena, ".", path), path) == 0;
}

static int read_steps(struct run *run, struct error *error)
{
	char *text, *line, *rest;
	size_t len;

	if (fs_read(run->arena, path_join(run->arena, run->folder, STEPS), STEPS_LIMIT, &text, &len,
		    error) != 0)
		return -1;
	for (line = strtok_r(text, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
		char *tab = strchr(line, '\t');

		if (tab != NULL)
			*tab = '\0';
		if (tab == NULL || !is_ours(run, line) ||
		    (tab[1] != '\0' && !is_ours(run, tab + 1)))
			return error_set(error, ERROR_SYSTEM, "`%s/%s` is not a list of steps",
					 run->folder, STEPS);
		add_step(run, line, tab[1] != '\0' ? tab + 1 : NULL);
	}
	return 0;
}

int migrate_resume(struct arena *arena, const char *root, enum migrate_rest *rest,
		   struct error *error)
{
	struct run run = {.arena = arena, .root = root, .lock = -1};
	size_t made;
	bool busy;
	int result = 0;

	*rest = MIGRATE_NONE;
	run.folder = path_join(arena, root, FOLDER);
	if (fs_type(run.folder) != FS_DIR)
		return 0;
	if (lock_folder(&run, &busy, error) != 0)
		return -1;
	if (busy) {
		*rest = MIGRATE_BUSY;
	} else if (fs_type(path_join(arena, run.folder, STEPS)) == FS_NONE) {
		*rest = MIGRATE_DROPPED;
		result = clear(&run, error);
	} else {
		*rest = MIGRATE_COMPLETED;
		result = read_steps(&run, error);
		if (result == 0)
			result = check_bounds(&run, error);
		if (result == 0)
			result = make_steps(&run, &made, error);
		if (result == 0)
			result = clear(&run, error);
	}
	close(run.lock);
	return result;
}

static int open_folder(struct run *run, struct error *error)
{
	bool busy;

	run->folder = path_join(run->arena, run->root, FOLDER);
	if (fs_make_dirs(run->folder, error) != 0 || lock_folder(run, &busy, error) != 0)
		return -1;
	if (!busy)
		return 0;
	error_set(error, ERROR_CONFLICT, "another migration of this app is running");
	return error_fix(error, "wait for it to end");
}

int migrate_apply(const struct migration *plan, struct arena *arena, const char *root,
		  struct error *error)
{
	struct run run = {.arena = arena, .root = root, .lock = -1};
	struct error ignored;
	sigset_t before;
	size_t made = 0;
	int result;

	if (open_folder(&run, error) != 0) {
		if (run.lock >= 0)
			close(run.lock);
		return -1;
	}
	result = prepare(&run, plan, error);
	signals_hold(&before);
	if (result == 0) {
		result = make_steps(&run, &made, error);
		if (result != 0)
			take_back(&run, made);
	}
	clear(&run, &ignored);
	signals_release(&before);
	close(run.lock);
	return result;
}
