/* The client package of tests (lib/testing/README.md): files that an app which imports it gets
 * beside its declarations, in .attio/testing/. */
#ifndef ATTIO_TYPES_TESTING_H
#define ATTIO_TYPES_TESTING_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct error;

struct testing_file {
	const char *path; /* ".attio/testing/index.js" */
	const char *text;
	size_t len;
};

enum { TESTING_COUNT = 5 };

/* Whether the app in `root` (absolute) imports the package, for those who have not opened the app
 * (struct manifest knows it). -1 when package.json is there and cannot be read; what is wrong
 * inside of it is told by others. */
int testing_wanted(struct arena *arena, const char *root, bool *wanted, struct error *error);

/* Reads them from where we are installed, sorted by path. All memory is `arena`. -1 when our own
 * files are not there. */
int testing_read(struct arena *arena, struct testing_file files[TESTING_COUNT],
		 struct error *error);

/* Whether that is what is on the disk. */
bool testing_is_current(struct arena *arena, const char *root, const struct testing_file *file);

#endif
