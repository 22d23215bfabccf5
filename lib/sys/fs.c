/* Reading and writing single files and making folders. A file is never written in place: an
 * interrupted write leaves the old content, and Ctrl-C leaves nothing beside it. Trees are in
 * fs_tree.c. */
#include "sys/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/mem.h"
#include "sys/path.h"
#include "sys/signals.h"

enum {
	FIRST_READ = 64 * 1024, /* room for files that do not tell their size, as in /proc */
	TEMP_TRIES = 100,
};

enum fs_type fs_type(const char *path)
{
	struct stat st;
	if (stat(path, &st) != 0)
		return FS_NONE;
	if (S_ISREG(st.st_mode))
		return FS_FILE;
	return S_ISDIR(st.st_mode) ? FS_DIR : FS_OTHER;
}

uint64_t fs_stamp(const char *path)
{
	struct stat st;
	if (stat(path, &st) != 0)
		return 0;
	const uint64_t parts[] = {(uint64_t)st.st_dev, (uint64_t)st.st_ino, (uint64_t)st.st_size,
				  (uint64_t)st.st_mtime};
	return hash_bytes(1, parts, sizeof(parts));
}

static int over_limit(const char *path, size_t limit, struct error *error)
{
	error_set(error, ERROR_SYSTEM, "cannot read `%s`", path);
	return error_why(error, "it is larger than the limit of %zu bytes", limit);
}

/* `room` is how much is expected. */
static int read_to_end(struct arena *arena, int fd, const char *path, size_t room, size_t limit,
		       char **text, size_t *len, struct error *error)
{
	char *bytes = arena_alloc(arena, room + 1);
	size_t used = 0;
	for (;;) {
		/* One byte more than expected: a file may grow while it is read. */
		ssize_t got = read(fd, bytes + used, room - used + 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_system(error, errno, "cannot read `%s`", path);
		if (got == 0)
			break;
		used += (size_t)got;
		if (used > limit)
			return over_limit(path, limit, error);
		if (used > room) {
			char *moved = arena_alloc(arena, room * 2 + 1);
			memcpy(moved, bytes, used);
			bytes = moved;
			room *= 2;
		}
	}
	bytes[used] = '\0';
	*text = bytes;
	*len = used;
	return 0;
}

static int check_open_file(int fd, const char *path, size_t limit, size_t *room,
			   struct error *error)
{
	struct stat st;
	if (fstat(fd, &st) != 0)
		return error_system(error, errno, "cannot read `%s`", path);
	if (!S_ISREG(st.st_mode)) {
		error_set(error, ERROR_SYSTEM, "cannot read `%s`", path);
		return error_why(error, "it is %s",
				 S_ISDIR(st.st_mode) ? "a folder" : "not a regular file");
	}
	if ((uintmax_t)st.st_size > limit)
		return over_limit(path, limit, error);
	*room = st.st_size != 0 ? (size_t)st.st_size : FIRST_READ;
	return 0;
}

/* Opens a regular file that is not over the limit; -1 with the error. */
static int open_to_read(const char *path, size_t limit, size_t *room, struct error *error)
{
	/* Without O_NONBLOCK a named pipe without a writer would hang here. */
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return error_system(error, errno, "cannot read `%s`", path);
	if (check_open_file(fd, path, limit, room, error) == 0)
		return fd;
	close(fd);
	return -1;
}

int fs_read(struct arena *arena, const char *path, size_t limit, char **text, size_t *len,
	    struct error *error)
{
	size_t room;
	int fd = open_to_read(path, limit, &room, error);
	if (fd < 0)
		return -1;
	int result = read_to_end(arena, fd, path, room, limit, text, len, error);
	close(fd);
	return result;
}

int fs_read_again(struct buf *bytes, const char *path, size_t limit, struct error *error)
{
	size_t room;
	int fd = open_to_read(path, limit, &room, error), result = 0;
	if (fd < 0)
		return -1;
	buf_clear(bytes);
	for (;;) {
		ssize_t got = read(fd, buf_reserve(bytes, room + 1), room + 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			result = error_system(error, errno, "cannot read `%s`", path);
		if (got <= 0)
			break;
		bytes->len += (size_t)got;
		if (bytes->len > limit) {
			result = over_limit(path, limit, error);
			break;
		}
		room = FIRST_READ; /* it has grown, or this is the end */
	}
	close(fd);
	return result;
}

int fs_read_stream(struct arena *arena, int fd, const char *name, size_t limit, char **text,
		   size_t *len, struct error *error)
{
	return read_to_end(arena, fd, name, FIRST_READ, limit, text, len, error);
}

static int write_failed(struct error *error, int sys, const char *path)
{
	error_system(error, sys, "cannot write `%s`", path);
	if (sys == ENOSPC) {
		error_why(error, "the disk is full");
		error_fix(error, "free space on the disk that holds `%s`, then try again", path);
	} else if (sys == EDQUOT) {
		error_why(error, "the disk quota of this user is used up");
		error_fix(error, "free space or ask for a larger quota, then try again");
	} else if (sys == EFBIG) {
		error_why(error, "the file would be larger than this process may write");
		error_fix(error, "raise the limit (see `ulimit -f`) or free space on a file system "
				 "that takes larger files");
	} else if (sys == EROFS) {
		error_fix(error, "choose a folder on a file system that can be written");
	} else if (sys == EACCES || sys == EPERM) {
		error_fix(error, "check who owns the folder and its permissions");
	}
	return -1;
}

static int write_all(int fd, const char *data, size_t len)
{
	while (len != 0) {
		ssize_t put = write(fd, data, len);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -1;
		data += put;
		len -= (size_t)put;
	}
	return 0;
}

/* fsync is refused by some file systems that have nothing to synchronise. */
static int sync_file(int fd)
{
	if (fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP)
		return 0;
	return -1;
}

/* What a killed run left of this name. Whoever writes such a file holds a lock on it as long as it
 * lives; where the file system has no locks it stays. */
static void drop_left_behind(const char *name)
{
	struct stat status;
	int fd = open(name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return;
	if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == geteuid() &&
	    flock(fd, LOCK_EX | LOCK_NB) == 0)
		unlink(name);
	close(fd);
}

bool fs_hold(int fd, const char *path)
{
	struct stat held, there;

	while (flock(fd, LOCK_EX) != 0 && errno == EINTR)
		;
	return fstat(fd, &held) == 0 && lstat(path, &there) == 0 && held.st_dev == there.st_dev &&
	       held.st_ino == there.st_ino;
}

/* Opens a new hidden file beside `path`, whose name only writes to `path` use, so that the next one
 * finds what a killed one left. mkstemp is not used: its mode ignores the umask. */
static int open_temp(struct buf *name, const char *path, unsigned mode)
{
	const char *base = path_base(path);
	uint64_t hash = hash_bytes(0, base, strlen(base));

	for (unsigned i = 0; i < TEMP_TRIES; i++) {
		buf_clear(name);
		buf_add(name, path, (size_t)(base - path));
		buf_printf(name, ".attio-%016llx-%u.tmp", (unsigned long long)hash, i);
		drop_left_behind(buf_cstr(name));
		int fd =
			open(buf_cstr(name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, (mode_t)mode);
		if (fd < 0 && errno != EEXIST)
			return -1;
		if (fd >= 0 && fs_hold(fd, buf_cstr(name)))
			return fd;
		if (fd >= 0)
			close(fd);
	}
	errno = EEXIST;
	return -1;
}

/* What a file becomes. */
struct content {
	const void *data;
	size_t len;
	unsigned mode;
	const struct stat *old; /* whose mode and owner are taken over; the path is no link then */
	bool derived;
};

static int replace_held(const char *path, const struct content *content, struct error *error)
{
	const struct stat *old = content->old;
	struct buf temp = {0};
	int fd = open_temp(&temp, path, content->mode);
	if (fd < 0) {
		write_failed(error, errno, path);
		buf_dispose(&temp);
		return -1;
	}
	/* The lock on it lasts until it has its name, but closing tells of failures. */
	int lock = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	int sys = lock < 0 ? errno : 0;
	/* Another owner can only be kept by root; then the file becomes ours. */
	if (old != NULL && sys == 0 && fchown(fd, old->st_uid, old->st_gid) != 0 && errno != EPERM)
		sys = errno;
	if (old != NULL && sys == 0 && fchmod(fd, old->st_mode & 07777) != 0)
		sys = errno;
	if (sys == 0 && write_all(fd, content->data, content->len) != 0)
		sys = errno;
	if (sys == 0 && !content->derived && sync_file(fd) != 0)
		sys = errno;
	if (close(fd) != 0 && sys == 0 && errno != EINTR)
		sys = errno;
	if (sys == 0 && rename(buf_cstr(&temp), path) != 0)
		sys = errno;
	if (sys != 0) {
		unlink(buf_cstr(&temp));
		write_failed(error, sys, path);
	}
	if (lock >= 0)
		close(lock);
	buf_dispose(&temp);
	return sys != 0 ? -1 : 0;
}

static int replace_file(const char *path, const struct content *content, struct error *error)
{
	sigset_t before;
	int result;

	signals_hold(&before);
	result = replace_held(path, content, error);
	signals_release(&before);
	return result;
}

int fs_write_atomic(const char *path, const void *data, size_t len, unsigned mode,
		    struct error *error)
{
	return replace_file(path, &(struct content){.data = data, .len = len, .mode = mode}, error);
}

int fs_write_derived(const char *path, const void *data, size_t len, struct error *error)
{
	const struct content content = {.data = data, .len = len, .mode = 0666, .derived = true};

	return replace_file(path, &content, error);
}

void fs_write_cache(const char *path, const void *data, size_t len)
{
	char *folder = mem_strndup(path, (size_t)(path_base(path) - path));
	struct error ignored;

	if (fs_make_dirs(folder, &ignored) == 0)
		(void)fs_write_derived(path, data, len, &ignored);
	mem_free(folder);
}

int fs_rewrite(const char *path, const void *data, size_t len, struct error *error)
{
	char *real = realpath(path, NULL);
	struct stat old;
	int result;

	if (real == NULL)
		return write_failed(error, errno, path);
	if (stat(real, &old) != 0) {
		result = write_failed(error, errno, path);
	} else if (access(real, W_OK) != 0) {
		/* A rename would get past the file's own protection. */
		result = write_failed(error, errno, path);
	} else {
		result = replace_file(
			real,
			&(struct content){.data = data, .len = len, .mode = 0600, .old = &old},
			error);
	}
	mem_free(real);
	return result;
}

static int make_dir(const char *path, const char *whole, struct error *error)
{
	if (fs_type(path) == FS_DIR || mkdir(path, 0777) == 0)
		return 0;
	int sys = errno;
	/* Somebody else may have made it in between. */
	if (sys == EEXIST && fs_type(path) == FS_DIR)
		return 0;
	if (sys == EEXIST || sys == ENOTDIR) {
		error_set(error, ERROR_SYSTEM, "cannot create the folder `%s`", whole);
		return error_why(error, "`%s` is in the way and is not a folder", path);
	}
	return error_system(error, sys, "cannot create the folder `%s`", whole);
}

int fs_make_dirs(const char *path, struct error *error)
{
	char *part = mem_strdup(path);
	int result = 0;
	for (char *at = part; *at != '\0' && result == 0;) {
		at += strspn(at, "/");
		at += strcspn(at, "/");
		char end = *at;
		*at = '\0';
		result = make_dir(part, path, error);
		*at = end;
	}
	mem_free(part);
	return result;
}

int fs_make_private_dir(const char *path, struct error *error)
{
	bool fresh = fs_type(path) == FS_NONE;

	if (fs_make_dirs(path, error) != 0)
		return -1;
	if (fresh && chmod(path, S_IRWXU) != 0)
		return error_system(error, errno, "cannot keep `%s` from others", path);
	return 0;
}

int fs_make_temp_dir(struct arena *arena, const char *prefix, char **path, struct error *error)
{
	char *name = arena_printf(arena, "%sXXXXXX", prefix);
	if (mkdtemp(name) == NULL)
		return error_system(error, errno, "cannot create a temporary folder `%sXXXXXX`",
				    prefix);
	*path = name;
	return 0;
}

const char *fs_find_up(struct arena *arena, const char *folder, const char *name, enum fs_type type)
{
	for (;;) {
		enum fs_type found = fs_type(path_join(arena, folder, name));
		const char *parent = path_dir(arena, folder);

		if (found != FS_NONE && (type == FS_NONE || found == type))
			return folder;
		if (strcmp(parent, folder) == 0)
			return NULL;
		folder = parent;
	}
}

char *fs_cwd(struct arena *arena, struct error *error)
{
	struct buf buf = {0};
	size_t room = 256;
	while (getcwd(buf_reserve(&buf, room), room) == NULL) {
		if (errno != ERANGE) {
			error_system(error, errno, "cannot find out the current folder");
			error_fix(error, "change to a folder that exists");
			buf_dispose(&buf);
			return NULL;
		}
		room *= 2;
	}
	char *cwd = arena_strdup(arena, buf.ptr);
	buf_dispose(&buf);
	return cwd;
}

char *fs_real_path(struct arena *arena, const char *path, struct error *error)
{
	char *real = realpath(path, NULL);
	if (real == NULL) {
		error_system(error, errno, "cannot find `%s`", path);
		return NULL;
	}
	char *copy = arena_strdup(arena, real);
	mem_free(real);
	return copy;
}
