/* See held.h. The locks are flock's, on two files in the folder: who makes it has one alone, those
 * who join share the other. A sweep takes both before it removes anything, so that who is late
 * finds the folder gone. (A lock on the folder itself is the local store's.) */
#include "sys/held.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "sys/fs.h"
#include "sys/path.h"

#define MAKER ".maker"
#define OTHERS ".others"

enum { LOOK_MS = 10, TRIES = 8 };

static int open_in(struct arena *arena, const char *path, const char *name, int more)
{
	return open(path_join(arena, path, name), O_RDWR | O_NOFOLLOW | O_CLOEXEC | more, 0600);
}

static void lock(int fd, int how)
{
	while (flock(fd, how) != 0 && errno == EINTR)
		;
}

/* Whether what is open is still the one of that name. */
static bool is_there(int fd, const char *path)
{
	struct stat held, there;

	return fstat(fd, &held) == 0 && lstat(path, &there) == 0 && held.st_dev == there.st_dev &&
	       held.st_ino == there.st_ino;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

int held_join(struct held *held, struct arena *arena, const char *path, struct error *error)
{
	int fd = open_in(arena, path, OTHERS, 0);

	*held = (struct held){NULL, -1, -1};
	if (fd >= 0) {
		lock(fd, LOCK_SH);
		if (is_there(fd, path_join(arena, path, OTHERS))) {
			*held = (struct held){arena_strdup(arena, path), fd, -1};
			return 0;
		}
		close(fd);
	}
	error_set(error, ERROR_NOT_FOUND, "the folder `%s` is gone", path);
	return error_why(error, "who made it has ended");
}

int held_make(struct held *held, struct arena *arena, const char *prefix, struct error *error)
{
	char *path;

	*held = (struct held){NULL, -1, -1};
	for (unsigned i = 0; i < TRIES; i++) {
		if (fs_make_temp_dir(arena, prefix, &path, error) != 0)
			return -1;
		held->fd = open_in(arena, path, MAKER, O_CREAT);
		if (held->fd >= 0)
			lock(held->fd, LOCK_EX);
		/* Else a sweep took it for left behind before it was locked. */
		if (held->fd >= 0 && is_there(held->fd, path_join(arena, path, MAKER))) {
			held->path = path;
			held->others = open_in(arena, path, OTHERS, O_CREAT);
			if (held->others >= 0)
				return 0;
			error_system(error, errno, "cannot write in `%s`", path);
			held_remove(held, 0);
			return -1;
		}
		close_fd(&held->fd);
	}
	return error_system(error, ENOENT, "cannot make a folder `%s...`", prefix);
}

/* True also where there are no locks. */
static bool wait_for(int fd, unsigned ms)
{
	const struct timespec look = {.tv_nsec = LOOK_MS * 1000000};

	for (unsigned waited = 0; flock(fd, LOCK_EX | LOCK_NB) != 0; waited += LOOK_MS) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return true;
		if (waited >= ms)
			return false;
		nanosleep(&look, NULL);
	}
	return true;
}

bool held_alone(struct held *held, unsigned ms)
{
	return held->others < 0 || wait_for(held->others, ms);
}

void held_let_go(struct held *held)
{
	if (held->path != NULL) {
		close_fd(&held->others);
		close_fd(&held->fd);
	}
	*held = (struct held){NULL, -1, -1};
}

void held_remove(struct held *held, unsigned ms)
{
	struct error ignored;

	if (held->path == NULL)
		return;
	if (held_alone(held, ms))
		fs_remove_tree(held->path, &ignored);
	held_let_go(held);
}

/* What a child of the maker that is being killed still adds, the next try finds. */
static void sweep_one(struct arena *arena, const char *path, unsigned ms)
{
	int fd = -1, others = -1;
	struct error ignored;
	struct stat st;

	if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode) && st.st_uid == geteuid())
		fd = open_in(arena, path, MAKER, O_CREAT);
	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0) {
		others = open_in(arena, path, OTHERS, 0);
		if (others < 0 || wait_for(others, ms))
			for (unsigned i = 0; i < TRIES && fs_remove_tree(path, &ignored) != 0; i++)
				;
	}
	close_fd(&others);
	close_fd(&fd);
}

void held_sweep(struct arena *arena, const char *folder, const char *prefix, unsigned ms)
{
	size_t len = strlen(prefix) + strlen("XXXXXX");
	struct fs_entry *entries;
	struct error ignored;
	size_t count;

	if (fs_list(arena, folder, &entries, &count, &ignored) != 0)
		return;
	for (size_t i = 0; i < count; i++)
		if (str_starts(entries[i].name, prefix) && strlen(entries[i].name) == len)
			sweep_one(arena, path_join(arena, folder, entries[i].name), ms);
}
