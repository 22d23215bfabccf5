/* Listing, removing and replacing folders. Removal works through open folder descriptors, never by
 * path and never through links: nothing outside the tree can be reached, even if somebody swaps a
 * folder for a link meanwhile. */
#include "sys/fs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef ON_LINUX
#include <sys/syscall.h>
#endif

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"

/* Deeper trees are no output of ours; each level holds a descriptor open. */
enum { MAX_DEPTH = 200, MAX_WALKS = 10, TEMP_TRIES = 100 };

static bool is_dot_name(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static int remove_at(int parent, const char *name, unsigned depth);

/* Removes what one walk over the folder shows; *seen is how many entries that were. */
static int remove_entries(DIR *dir, unsigned depth, size_t *seen)
{
	*seen = 0;
	for (;;) {
		errno = 0;
		const struct dirent *entry = readdir(dir);
		if (entry == NULL)
			return errno;
		if (is_dot_name(entry->d_name))
			continue;
		++*seen;
		int sys = remove_at(dirfd(dir), entry->d_name, depth);
		if (sys != 0)
			return sys;
	}
}

static int remove_content(int fd, unsigned depth)
{
	DIR *dir = fdopendir(fd);
	if (dir == NULL) {
		int sys = errno;
		close(fd);
		return sys;
	}
	/* Some file systems skip entries when others are removed during the walk: walk again. */
	size_t seen = 1;
	int sys = 0;
	for (unsigned i = 0; i < MAX_WALKS && seen != 0 && sys == 0; i++) {
		rewinddir(dir);
		sys = remove_entries(dir, depth, &seen);
	}
	closedir(dir);
	return sys;
}

/* Removes `name` and all below it; returns an errno value. */
static int remove_at(int parent, const char *name, unsigned depth)
{
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd >= 0) {
		if (depth >= MAX_DEPTH) {
			close(fd);
			return ENAMETOOLONG;
		}
		int sys = remove_content(fd, depth + 1);
		if (sys != 0)
			return sys;
		if (unlinkat(parent, name, AT_REMOVEDIR) == 0 || errno == ENOENT)
			return 0;
		return errno;
	}
	int sys = errno;
	if (sys == ENOENT)
		return 0;
	/* Not a folder, or a link (ELOOP or ENOTDIR by system): the name itself goes. */
	if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
		return 0;
	/* An unreadable folder that is empty can still go. */
	if (sys == EACCES && unlinkat(parent, name, AT_REMOVEDIR) == 0)
		return 0;
	return sys == EACCES || sys == EMFILE || sys == ENFILE ? sys : errno;
}

int fs_remove_tree(const char *path, struct error *error)
{
	int sys = remove_at(AT_FDCWD, path, 0);
	if (sys != 0)
		return error_system(error, sys, "cannot remove `%s`", path);
	return 0;
}

/* Swaps two names in one step. Fails where the kernel or the file system cannot. */
static int exchange(const char *a, const char *b)
{
#if defined(ON_LINUX) && defined(SYS_renameat2)
	/* By number: not every C library has the wrapper. */
	const unsigned rename_exchange = 1u << 1;
	return (int)syscall(SYS_renameat2, AT_FDCWD, a, AT_FDCWD, b, rename_exchange);
#else
	(void)a;
	(void)b;
	errno = ENOSYS;
	return -1;
#endif
}

static int replace_failed(struct error *error, int sys, const char *target)
{
	return error_system(error, sys, "cannot replace the folder `%s`", target);
}

/* The portable way: for a moment there is no target; if the second rename fails the old one is put
 * back. */
static int replace_by_renames(const char *built, const char *target, struct error *error)
{
	struct buf aside = {0};
	struct stat st;
	unsigned i = 0;
	do {
		buf_clear(&aside);
		buf_printf(&aside, "%s.old-%lx-%u", target, (unsigned long)getpid(), i++);
	} while (lstat(buf_cstr(&aside), &st) == 0 && i < TEMP_TRIES);
	int result = 0;
	if (rename(target, buf_cstr(&aside)) != 0) {
		result = replace_failed(error, errno, target);
	} else if (rename(built, target) != 0) {
		int sys = errno;
		bool restored = rename(buf_cstr(&aside), target) == 0;
		result = replace_failed(error, sys, target);
		if (!restored)
			error_fix(error, "the old folder is now `%s`: rename it back",
				  buf_cstr(&aside));
	} else {
		result = fs_remove_tree(buf_cstr(&aside), error);
	}
	buf_dispose(&aside);
	return result;
}

int fs_replace_dir(const char *built, const char *target, struct error *error)
{
	struct stat st;
	if (fs_type(built) != FS_DIR) {
		replace_failed(error, ENOTDIR, target);
		return error_why(error, "`%s` is not a folder", built);
	}
	if (lstat(target, &st) != 0) {
		if (errno != ENOENT)
			return replace_failed(error, errno, target);
		return rename(built, target) == 0 ? 0 : replace_failed(error, errno, target);
	}
	if (!S_ISDIR(st.st_mode) && !(S_ISLNK(st.st_mode) && fs_type(target) == FS_DIR)) {
		replace_failed(error, ENOTDIR, target);
		error_why(error, "it exists and is not a folder");
		return error_fix(error, "move `%s` out of the way", target);
	}
	if (exchange(built, target) == 0)
		return fs_remove_tree(built, error); /* the old one by now */
	if (errno != ENOSYS && errno != EINVAL && errno != ENOTSUP && errno != EPERM)
		return replace_failed(error, errno, target);
	return replace_by_renames(built, target, error);
}

static int by_name(const void *a, const void *b)
{
	const struct fs_entry *x = a, *y = b;
	return strcmp(x->name, y->name);
}

static enum fs_type type_of_mode(mode_t mode)
{
	if (S_ISREG(mode))
		return FS_FILE;
	return S_ISDIR(mode) ? FS_DIR : FS_OTHER;
}

/* Fills type and link. The folder already tells the type on most file systems, which spares a
 * system call for each file. */
static void find_type(int dir, const struct dirent *from, struct fs_entry *entry)
{
#ifdef DT_REG
	if (from->d_type == DT_REG || from->d_type == DT_DIR) {
		entry->type = from->d_type == DT_REG ? FS_FILE : FS_DIR;
		return;
	}
#endif
	struct stat st;
	if (fstatat(dir, from->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return;
	entry->link = S_ISLNK(st.st_mode);
	if (entry->link && fstatat(dir, from->d_name, &st, 0) != 0)
		return;
	entry->type = type_of_mode(st.st_mode);
}

int fs_list(struct arena *arena, const char *path, struct fs_entry **entries, size_t *count,
	    struct error *error)
{
	DIR *dir = opendir(path);
	if (dir == NULL)
		return error_system(error, errno, "cannot list the folder `%s`", path);
	*entries = NULL;
	*count = 0;
	int sys = 0;
	for (;;) {
		errno = 0;
		const struct dirent *from = readdir(dir);
		if (from == NULL) {
			sys = errno;
			break;
		}
		if (is_dot_name(from->d_name))
			continue;
		struct fs_entry *entry = arena_push(arena, entries, count, sizeof(*entry));
		entry->name = arena_strdup(arena, from->d_name);
		find_type(dirfd(dir), from, entry);
	}
	closedir(dir);
	if (sys != 0)
		return error_system(error, sys, "cannot list the folder `%s`", path);
	if (*count != 0)
		qsort(*entries, *count, sizeof(**entries), by_name);
	return 0;
}
