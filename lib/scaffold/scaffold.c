/* A new app is built in a temporary folder in the same file system and moved into place at the end.
 *
 * A target that does not exist gets its temporary folder beside it and is one rename. An existing
 * empty folder is filled instead of replaced, from a temporary folder inside it: it may be the
 * user's current folder, a mount point or a link, and its parent may be read-only. */
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
#include "base/str.h"
#include "scaffold/template.h"
#include "sys/fs.h"
#include "sys/path.h"

struct job {
	struct arena *arena;
	const char *target;
	const struct template_file *files;
	size_t count;
	bool exists;        /* the target is an empty folder, else it does not exist */
	const char *parent; /* of the target */
	const char *made;   /* the uppermost parent that was missing, or NULL */
	const char *temp;   /* holds `built` and nothing else */
	const char *built;
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
	if (fs_list(job->arena, job->target, &entries, &count, job->error) != 0)
		return -1;
	if (count)
		return in_the_way(job, arena_printf(job->arena,
						    "the folder is not empty: it holds `%.100s`%s",
						    entries[0].name, count > 1 ? " and more" : ""));
	job->exists = true;
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
		return 0;
	if (errno == ENOTDIR)
		return in_the_way(job, "a part of the path is not a folder");
	return error_system(job->error, errno, "cannot make the folder `%s`", job->target);
}

/* Notes the uppermost parent that is missing, then makes all of them. */
static int make_parents(struct job *job)
{
	for (const char *folder = job->parent; fs_type(folder) == FS_NONE && strcmp(folder, "/");
	     folder = path_dir(job->arena, folder))
		job->made = folder;
	return job->made ? fs_make_dirs(job->parent, job->error) : 0;
}

static int make_temp(struct job *job)
{
	const char *folder = job->exists ? job->target : job->parent;
	const char *prefix = path_join(job->arena, folder, ".attio-init-");
	char *temp;
	if (fs_make_temp_dir(job->arena, prefix, &temp, job->error) != 0) {
		struct error cause = *job->error;
		error_set(job->error, cause.kind, "cannot write into the folder `%s`", folder);
		return error_why(job->error, "%s", cause.why);
	}
	job->temp = temp;
	/* One level more, because a temporary folder is private (0700) and this one is not. */
	job->built = path_join(job->arena, temp, "app");
	return fs_make_dirs(job->built, job->error);
}

/* No temporary name and no fsync: the whole folder is temporary and nothing replaces older data. */
static int write_file(struct job *job, const struct template_file *file)
{
	const char *path = path_join(job->arena, job->built, file->path);
	if (strchr(file->path, '/') && fs_make_dirs(path_dir(job->arena, path), job->error) != 0)
		return -1;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	int sys = fd < 0 ? errno : 0;
	for (size_t done = 0; !sys && done < file->len;) {
		ssize_t put = write(fd, file->bytes + done, file->len - done);
		if (put >= 0)
			done += (size_t)put;
		else if (errno != EINTR)
			sys = errno;
	}
	if (fd >= 0 && close(fd) != 0 && !sys && errno != EINTR)
		sys = errno;
	if (sys)
		return error_system(job->error, sys, "cannot write `%s`",
				    path_join(job->arena, job->target, file->path));
	return 0;
}

/* The first component of the n-th file's path when no earlier file has the same one, else NULL.
 * The files are sorted, so that equal ones are neighbours. */
static const char *top_entry(const struct job *job, size_t n)
{
	const char *path = job->files[n].path;
	size_t len = strcspn(path, "/");
	if (n) {
		const char *before = job->files[n - 1].path;
		if (strcspn(before, "/") == len && memcmp(before, path, len) == 0)
			return NULL;
	}
	return arena_strndup(job->arena, path, len);
}

/* Moves the entries of the built app into the existing folder; gives the number of files whose
 * top-level entry has arrived in *moved. */
static int move_into(struct job *job, size_t *moved)
{
	for (size_t i = 0; i < job->count; i++) {
		const char *name = top_entry(job, i);
		struct stat st;
		if (name) {
			const char *from = path_join(job->arena, job->built, name);
			const char *to = path_join(job->arena, job->target, name);
			if (lstat(to, &st) == 0)
				return in_the_way(job, "somebody else is writing into it");
			if (rename(from, to) != 0)
				return error_system(job->error, errno, "cannot make `%s`", to);
		}
		*moved = i + 1;
	}
	return 0;
}

static int move_to_target(struct job *job)
{
	struct error ignored;
	size_t moved = 0;
	if (job->exists) {
		int failed = move_into(job, &moved);
		for (size_t i = 0; failed && i < moved; i++) {
			const char *name = top_entry(job, i);
			if (name)
				fs_remove_tree(path_join(job->arena, job->target, name), &ignored);
		}
		return failed;
	}
	if (rename(job->built, job->target) == 0)
		return 0;
	if (errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR)
		return in_the_way(job, "somebody else has made it meanwhile");
	return error_system(job->error, errno, "cannot make the folder `%s`", job->target);
}

static int build(struct job *job)
{
	if (make_temp(job) != 0)
		return -1;
	for (size_t i = 0; i < job->count; i++) {
		if (write_file(job, &job->files[i]) != 0)
			return -1;
	}
	return move_to_target(job);
}

/* Removes the parents that were made, from the innermost; one that is in use by now stays. */
static void remove_parents(struct job *job)
{
	if (!job->made)
		return;
	for (const char *folder = job->parent; path_is_under(folder, job->made);
	     folder = path_dir(job->arena, folder)) {
		if (rmdir(folder) != 0 && errno != ENOENT)
			return;
	}
}

static int write_app(struct job *job)
{
	struct error ignored;
	if (check_target(job) != 0)
		return -1;
	int failed = 0;
	if (!job->exists)
		failed = make_parents(job);
	if (!failed)
		failed = build(job);
	if (job->temp)
		fs_remove_tree(job->temp, &ignored);
	if (failed)
		remove_parents(job);
	return failed;
}

int scaffold_write(const char *target, const struct template_file *files, size_t count,
		   struct error *error)
{
	struct job job = {.arena = arena_new(), .files = files, .count = count, .error = error};
	job.target = path_join(job.arena, target, "");
	job.parent = path_dir(job.arena, job.target);

	sigset_t wait, before;
	sigemptyset(&wait);
	sigaddset(&wait, SIGHUP);
	sigaddset(&wait, SIGINT);
	sigaddset(&wait, SIGTERM);
	sigprocmask(SIG_BLOCK, &wait, &before);
	int failed = write_app(&job);
	sigprocmask(SIG_SETMASK, &before, NULL);

	arena_free(job.arena);
	return failed;
}
