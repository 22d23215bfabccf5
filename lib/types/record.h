/* What a finished check is kept as: all that it depended on, and what the compiler said. While
 * nothing of that is different, nothing needs to be checked again. */
#ifndef ATTIO_TYPES_RECORD_H
#define ATTIO_TYPES_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "types/diagnostics.h"

struct arena;
struct buf;
struct program;

/* A file or a folder at the time of the check. */
struct record_entry {
	const char *path; /* absolute */
	bool folder;
	bool missing;
	/* As long as these are the same nobody looks into it. Times in nanoseconds; 0: too young to
	 * be trusted, because a change within the same tick of the clock would not show. */
	uint64_t size, modified, changed;
	/* Of a file's content; of a folder's names that can matter to a compiler.
	 */
	struct hash128 hash;
	bool seen; /* it was so when the record was looked at last; not among the bytes */
};

struct record {
	struct arena *arena;
	/* Folders with outputs (absolute), which are no input: the build's and the cache; NULL:
	 * none. Not among the bytes: the caller sets them. */
	const char *outputs[2];
	const char *key;      /* all that is no file: compiler, options, our version */
	const char *version;  /* of the compiler */
	bool own;             /* it was the app's */
	struct hash128 files; /* which ones make up the program, in any order */
	struct record_entry *entries;
	size_t entry_count;
	struct ts_output output; /* without its list of files */
};

/* Bytes for a file, and back. -1: these are not the bytes of a record. Both pure. */
void record_encode(struct buf *out, const struct record *record);
int record_decode(struct record *record, struct arena *arena, const char *bytes, size_t len);

/* Now, in the terms of the stamps of files: nanoseconds. A file system may stamp with a clock that
 * is behind by up to RECORD_TICK_NS. */
uint64_t record_now(void);
#define RECORD_TICK_NS UINT64_C(12000000)

/* What the files depend on that make up a program. */
struct record_input {
	const struct program *program;
	const char *project; /* the project file, when it is not tsconfig.json */
	const char *const *files;
	size_t file_count;
	const char *compiler; /* its lib files are as good as part of it */
	/* Spares looking into files that did not change, and tells how all was at the start if the
	 * record was looked at then; or NULL. */
	const struct record *former;
	uint64_t start; /* what has a later stamp may have been changed after it was read */
	/* The app's folder as it was at the start: an output that is put there changes its stamps,
	 * but none of the names that matter. */
	struct record_entry root;
};

/* The folder as it is now, for the above; `outputs` as in struct record. */
struct record_entry record_folder(const char *path, const char *const outputs[2]);

/* Fills in the entries. -1: something was changed meanwhile, or there is too much to look at; then
 * nothing can be kept. */
int record_take(struct record *record, const struct record_input *input);

/* As in struct record; the compiler's own do not count. */
struct hash128 record_files(const char *const *files, size_t count, const char *compiler);

/* Whether the path is in an installed package. */
bool record_in_packages(const char *path);

/* What is different now. */
struct record_changes {
	struct arena *arena;
	const char **files; /* with other content */
	size_t count;
	bool more;    /* files came or went, or folders are different */
	size_t stale; /* entries of which only the stamps were different */
};

/* True when the record still holds. Stamps in the record are brought up to date. */
bool record_holds(struct record *record, struct record_changes *changes);

#endif
