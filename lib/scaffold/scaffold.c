/* A new app is built in a private folder in the same file system and moved into place at the end.
 *
 * A target that does not exist is one rename, together with the parents that are missing: the
 * private folder lies in the nearest folder that exists. An existing empty folder is filled instead
 * of replaced, from a private folder inside it: it may be the user's current folder, a mount point
 * or a link, and its parent may be read-only. */
#include "scaffold/scaffold.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"
#include "scaffold/aside.h"
#include "scaffold/template.h"
#include "sys/fs.h"
#include "sys/path.h"

struct job {
	struct arena *arena;
	const char *target;
	const struct template_file *files;
	size_t count;
	const struct scaffold_extra *extra;
	bool exists;        /* the target is an empty folder, else it does not exist */
	const char *folder; /* that the private folder is made in */
	const char *top;    /* what will be new in it; the target or a parent of it */
	struct aside aside;
	const char *built; /* in the private folder, what becomes the target */
	struct error *error;
};

static int in_the_way(struct job *job, const char *why)
{
	error_set(job->error, ERROR_CONFLICT, "cannot make an app in `%s`", job->target);
	error_why(job->error, "%s", why);
	return error_fix(job->error, "choose a folder that does not exist yet or is empty");
}

static int check_folder(struct job *job)
{
	struct fs_entry *entries;
	size_t count;
	bool finished;
	/* One that was killed after its rename left it beside the app. */
	aside_sweep(job->arena, path_dir(job->arena, job->target), NULL);
	aside_sweep(job->arena, job->target, &finished);
	if (finished)
		return in_the_way(job, "an earlier `attio init` was stopped in the middle of it; "
				       "its app is complete now");
	if (fs_list(job->arena, job->target, &entries, &count, job->error) != 0)
		return -1;
	if (count != 0)
		return in_the_way(job, arena_printf(job->arena,
						    "the folder is not empty: it holds `%.100s`%s",
						    entries[0].name, count > 1 ? " and more" : ""));
	job->exists = true;
	job->folder = job->target;
	return 0;
}

/* The uppermost part of the target's path that is missing, and the folder that it is missing in. */
static int find_top(struct job *job)
{
	struct stat st;
	job->top = job->target;
	job->folder = path_dir(job->arena, job->target);
	while (fs_type(job->folder) == FS_NONE && strcmp(job->folder, "/") != 0) {
		job->top = job->folder;
		job->folder = path_dir(job->arena, job->folder);
	}
	if (lstat(job->top, &st) == 0)
		return in_the_way(job, "a part of the path is a symbolic link that leads nowhere");
	aside_sweep(job->arena, job->folder, NULL);
	return 0;
}

static int check_target(struct job *job)
{
	struct stat st;
	if (fs_type(job->target) == FS_DIR)
		return check_folder(job);
	if (lstat(job->target, &st) == 0)
		return in_the_way(job, S_ISLNK(st.st_mode)
					       ? "there is a symbolic link that leads to no folder"
					       : "it exists and is not a folder");
	if (errno == ENOENT)
		return find_top(job);
	if (errno == ENOTDIR)
		return in_the_way(job, "a part of the path is not a folder");
	return error_system(job->error, errno, "cannot make the folder `%s`", job->target);
}

/* What will be moved: the private folder is 0700, and this is not. */
static const char *root_of(const struct job *job)
{
	return path_join(job->arena, job->aside.path, ASIDE_BUILT);
}

static int make_aside(struct job *job)
{
	if (aside_open(&job->aside, job->arena, job->folder, job->error) != 0)
		return -1;
	job->built = root_of(job);
	if (!job->exists && strcmp(job->top, job->target) != 0)
		job->built = path_join(job->arena, job->built,
				       path_relative(job->arena, job->top, job->target));
	return fs_make_dirs(job->built, job->error);
}

/* No temporary name and no fsync: the whole folder is temporary and nothing replaces older data. */
static int write_file(struct job *job, const struct template_file *file)
{
	const char *path = path_join(job->arena, job->built, file->path);
	if (strchr(file->path, '/') != NULL &&
	    fs_make_dirs(path_dir(job->arena, path), job->error) != 0)
		return -1;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	int sys = fd < 0 ? errno : 0;
	for (size_t done = 0; sys == 0 && done < file->len;) {
		ssize_t put = write(fd, file->bytes + done, file->len - done);
		if (put >= 0)
			done += (size_t)put;
		else if (errno != EINTR)
			sys = errno;
	}
	if (fd >= 0 && close(fd) != 0 && sys == 0 && errno != EINTR)
		sys = errno;
	if (sys != 0)
		return error_system(job->error, sys, "cannot write `%s`",
				    path_join(job->arena, job->target, file->path));
	return 0;
}

static int move_to_target(struct job *job)
{
	const char *root = root_of(job);
	const char *moving = path_join(job->arena, job->aside.path, ASIDE_MOVING);
	if (job->exists) {
		if (rename(root, moving) != 0)
			return error_system(job->error, errno, "cannot rename `%s`", root);
		return aside_move(job->arena, moving, job->target, false, job->error);
	}
	if (rename(root, job->top) == 0)
		return 0;
	if (errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR)
		return in_the_way(job, "somebody else has made it meanwhile");
	return error_system(job->error, errno, "cannot make the folder `%s`", job->top);
}

static int build(struct job *job)
{
	if (make_aside(job) != 0)
		return -1;
	for (size_t i = 0; i < job->count; i++) {
		if (write_file(job, &job->files[i]) != 0)
			return -1;
	}
	if (job->extra != NULL)
		job->extra->add(job->extra->context, job->built);
	return move_to_target(job);
}

int scaffold_write(const char *target, const struct template_file *files, size_t count,
		   const struct scaffold_extra *extra, struct error *error)
{
	struct job job = {.arena = arena_new(),
			  .files = files,
			  .count = count,
			  .extra = extra,
			  .error = error};
	job.target = path_join(job.arena, target, "");

	sigset_t wait, before;
	sigemptyset(&wait);
	sigaddset(&wait, SIGHUP);
	sigaddset(&wait, SIGINT);
	sigaddset(&wait, SIGTERM);
	sigprocmask(SIG_BLOCK, &wait, &before);
	int failed = check_target(&job);
	if (failed == 0)
		failed = build(&job);
	aside_close(&job.aside);
	sigprocmask(SIG_SETMASK, &before, NULL);

	arena_free(job.arena);
	return failed;
}
