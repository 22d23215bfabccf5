/* A lock and not the process id in the name: ids are used again, and mean nothing across containers
 * that share a folder. */
#include "scaffold/aside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "sys/fs.h"
#include "sys/path.h"

/* Of a folder that somebody else takes for abandoned before it is locked. */
enum { TRIES = 16 };

static const char git_entry[] = ".git";

int aside_open(struct aside *aside, struct arena *arena, const char *folder, struct error *error)
{
	const char *prefix = path_join(arena, folder, ASIDE_PREFIX);
	for (int i = 0; i < TRIES; i++) {
		char *path;
		if (fs_make_temp_dir(arena, prefix, &path, error) != 0) {
			struct error cause = *error;
			error_set(error, cause.kind, "cannot write into the folder `%s`", folder);
			return error_why(error, "%s", cause.why);
		}
		int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (fd >= 0 && fs_hold(fd, path)) {
			*aside = (struct aside){.path = path, .lock = fd};
			return 0;
		}
		if (fd >= 0) {
			close(fd);
		} else if (errno != ENOENT) {
			error_system(error, errno, "cannot write into the folder `%s`", folder);
			rmdir(path);
			return -1;
		}
	}
	error_set(error, ERROR_SYSTEM, "cannot write into the folder `%s`", folder);
	return error_why(error, "somebody else removes what is made there");
}

void aside_close(struct aside *aside)
{
	struct error ignored;
	if (aside->path == NULL)
		return;
	fs_remove_tree(aside->path, &ignored);
	close(aside->lock);
	aside->path = NULL;
}

/* ---- moving entries ---- */

static int move_entry(struct arena *arena, const char *from, const char *to, const char *name,
		      bool skip, bool *moved, struct error *error)
{
	const char *target = path_join(arena, to, name);
	struct stat st;
	*moved = false;
	if (lstat(target, &st) == 0) {
		if (skip)
			return 0;
		error_set(error, ERROR_CONFLICT, "cannot make an app in `%s`", to);
		error_why(error, "somebody else is writing into it");
		return error_fix(error, "choose a folder that does not exist yet or is empty");
	}
	if (rename(path_join(arena, from, name), target) != 0)
		return error_system(error, errno, "cannot make `%s`", target);
	*moved = true;
	return 0;
}

int aside_move(struct arena *arena, const char *from, const char *to, bool skip,
	       struct error *error)
{
	struct fs_entry *entries;
	size_t count, arrived = 0;
	bool moved;
	int failed = 0;
	if (fs_list(arena, from, &entries, &count, error) != 0)
		return -1;
	const char **names = arena_alloc(arena, (count + 1) * sizeof(*names));
	size_t last = 0;
	for (size_t i = 0; i < count; i++)
		if (strcmp(entries[i].name, git_entry) != 0)
			names[last++] = entries[i].name;
	if (last < count)
		names[last++] = git_entry;
	for (size_t i = 0; i < last && failed == 0; i++) {
		failed = move_entry(arena, from, to, names[i], skip, &moved, error);
		if (moved)
			names[arrived++] = names[i];
	}
	while (failed != 0 && arrived > 0) {
		const char *name = names[--arrived];
		if (rename(path_join(arena, to, name), path_join(arena, from, name)) != 0)
			break;
	}
	return failed;
}

/* ---- what killed runs left ---- */

/* Whether a folder of that name is one that we make: of this user, and nothing of others in it. */
static bool is_ours(struct arena *arena, const char *path, int fd)
{
	struct fs_entry *entries;
	struct error ignored;
	struct stat st;
	size_t count;
	if (strlen(path_base(path)) != strlen(ASIDE_PREFIX "XXXXXX") || fstat(fd, &st) != 0 ||
	    st.st_uid != geteuid() || fs_list(arena, path, &entries, &count, &ignored) != 0)
		return false;
	for (size_t i = 0; i < count; i++)
		if (strcmp(entries[i].name, ASIDE_BUILT) != 0 &&
		    strcmp(entries[i].name, ASIDE_MOVING) != 0)
			return false;
	return true;
}

/* An app that was on its way into `folder`, of which some is there: the rest follows. -1: it stays
 * as it is. */
static int finish(struct arena *arena, const char *moving, const char *folder, bool *finished)
{
	struct error ignored;
	if (finished == NULL || aside_move(arena, moving, folder, true, &ignored) != 0)
		return -1;
	*finished = true;
	return 0;
}

static void sweep_one(struct arena *arena, const char *folder, const char *name, bool begun,
		      bool *finished)
{
	const char *path = path_join(arena, folder, name);
	const char *moving = path_join(arena, path, ASIDE_MOVING);
	struct fs_entry *left;
	struct error ignored;
	size_t count = 0;
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return;
	if (is_ours(arena, path, fd) && flock(fd, LOCK_EX | LOCK_NB) == 0) {
		if (begun && fs_type(moving) == FS_DIR)
			fs_list(arena, moving, &left, &count, &ignored);
		if (count == 0 || finish(arena, moving, folder, finished) == 0)
			fs_remove_tree(path, &ignored);
	}
	close(fd);
}

void aside_sweep(struct arena *arena, const char *folder, bool *finished)
{
	DIR *dir = opendir(folder);
	const char **names = NULL;
	size_t count = 0;
	bool begun = false; /* something else is in the folder: perhaps what arrived of an app */
	if (finished != NULL)
		*finished = false;
	if (dir == NULL)
		return;
	for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (!str_starts(entry->d_name, ASIDE_PREFIX)) {
			begun = true;
			continue;
		}
		const char **name = arena_push(arena, &names, &count, sizeof(*names));
		*name = arena_strdup(arena, entry->d_name);
	}
	closedir(dir);
	for (size_t i = 0; i < count; i++)
		sweep_one(arena, folder, names[i], begun, finished);
}
