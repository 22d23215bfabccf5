/* Files and folders. Writes are atomic: to a temporary name in the same folder, then renamed. */
#ifndef ATTIO_SYS_FS_H
#define ATTIO_SYS_FS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;
struct error;

enum fs_type { FS_NONE, FS_FILE, FS_DIR, FS_OTHER };

/* What `path` is, symbolic links followed; FS_NONE when it cannot be reached for any reason. */
enum fs_type fs_type(const char *path);

/* A number that is another one when the file is another one (its place, size and time); 0 when it
 * cannot be reached. */
uint64_t fs_stamp(const char *path);

/* Reads a whole regular file into the arena (NUL-terminated; *len without it). Refuses folders,
 * devices and files over `limit` bytes. */
int fs_read(struct arena *arena, const char *path, size_t limit, char **text, size_t *len,
	    struct error *error);

/* The same into a buffer, in place of what it holds: for many files, one after the other. */
int fs_read_again(struct buf *bytes, const char *path, size_t limit, struct error *error);

/* As fs_read from an open file that need not be a regular one, up to its end; `name` is for errors.
 */
int fs_read_stream(struct arena *arena, int fd, const char *name, size_t limit, char **text,
		   size_t *len, struct error *error);

/* Replaces `path` as a whole; `mode` as for open(2), before umask. A link at `path` is replaced
 * itself, not what it points to. A process limit on file sizes gives an error only where SIGXFSZ is
 * ignored; by default that signal ends the process. */
int fs_write_atomic(const char *path, const void *data, size_t len, unsigned mode,
		    struct error *error);

/* The same for what can be made again. Nothing waits until it is on the disk, which takes long: a
 * machine that loses power may find an empty file. */
int fs_write_derived(const char *path, const void *data, size_t len, struct error *error);
/* The same for a cache: with missing folders, and without a complaint. */
void fs_write_cache(const char *path, const void *data, size_t len);

/* Replaces the content of an existing file: links are followed to the file itself, which keeps its
 * mode and, where that is allowed, its owner. */
int fs_rewrite(const char *path, const void *data, size_t len, struct error *error);

/* Waits for a lock on what was just made and opened, which lasts until it is closed: so what a
 * killed run left is known from what a running one works on. False: it is not the one of that name
 * any more, because somebody took it for left behind before it was locked. Where the file system
 * has no locks, nobody takes it for that. */
bool fs_hold(int fd, const char *path);

/* Creates the folder and its missing parents; an existing folder is fine. */
int fs_make_dirs(const char *path, struct error *error);
/* The same; one that is new is its owner's alone, for what is secret. */
int fs_make_private_dir(const char *path, struct error *error);
/* Creates a new folder `prefix`XXXXXX and gives its name in the arena. */
int fs_make_temp_dir(struct arena *arena, const char *prefix, char **path, struct error *error);
/* Removes a file or a whole tree without following links; a missing one is fine. */
int fs_remove_tree(const char *path, struct error *error);
/* Puts the finished folder `built` in place of `target` by renames: a reader sees the old one or
 * the new one (on Linux in one exchange). The old one is removed. Both in one file system. */
int fs_replace_dir(const char *built, const char *target, struct error *error);

struct fs_entry {
	const char *name;  /* in the arena */
	enum fs_type type; /* links followed */
	bool link;
};

/* Entries of a folder, sorted by name (bytes), without "." and "..". */
int fs_list(struct arena *arena, const char *path, struct fs_entry **entries, size_t *count,
	    struct error *error);

/* The nearest folder from `folder` (absolute) upwards that holds `name`, which may have slashes, as
 * a thing of that type (FS_NONE: of any), in the arena; or NULL. */
const char *fs_find_up(struct arena *arena, const char *folder, const char *name,
		       enum fs_type type);

/* The current folder, absolute. NULL with an error when it is gone. */
char *fs_cwd(struct arena *arena, struct error *error);
/* Absolute path without links; NULL with an error. */
char *fs_real_path(struct arena *arena, const char *path, struct error *error);

#endif
