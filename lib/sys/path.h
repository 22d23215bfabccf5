/* Path algebra on strings: no file system access. `/` is the only separator. */
#ifndef ATTIO_SYS_PATH_H
#define ATTIO_SYS_PATH_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* `base` joined with `path` and normalised ("." and ".." resolved, no double or final slashes);
 * an absolute `path` stands alone. ".." that leaves a relative path is kept. "" gives ".". */
char *path_join(struct arena *arena, const char *base, const char *path);
/* The folder part ("." when there is none; "/" for "/x"). */
char *path_dir(struct arena *arena, const char *path);
/* The last component, borrowed from `path`. */
const char *path_base(const char *path);
/* Whether its last component begins with a dot: what editors, systems and tools put beside
 * somebody's files is no part of an app. */
bool path_is_hidden(const char *path);
/* Pointer to the last extension with its dot ("" when none; a leading dot is no extension). */
const char *path_ext(const char *path);
bool path_is_absolute(const char *path);
/* Whether a module's name is one: ".", "..", or it begins with "./" or "../". */
bool path_is_relative(const char *path);
/* `path` seen from folder `from`; both absolute and normalised, or both relative to one folder. */
char *path_relative(struct arena *arena, const char *from, const char *path);
/* Whether `path` is `folder` or lies in it. */
bool path_is_under(const char *path, const char *folder);

#endif
