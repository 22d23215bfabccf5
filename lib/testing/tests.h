/* Which files are tests, and which of them are this run's. */
#ifndef ATTIO_TESTING_TESTS_H
#define ATTIO_TESTING_TESTS_H

#include <stddef.h>

struct arena;
struct error;

enum test_kind {
	TEST_NONE,
	TEST_FLOW,  /* NAME.flow.json */
	TEST_SCRIPT /* NAME.test.js, .mjs, .ts */
};

struct test_file {
	const char *path; /* seen from the app's folder, or absolute outside of it */
	const char *full;
	enum test_kind kind;
};

struct test_files {
	struct test_file *items; /* sorted by path, each once */
	size_t count;
};

/* What a name says. */
enum test_kind test_kind_of(const char *name);

/* The tests among `named` (absolute; a folder stands for those below it; ends with NULL), or below
 * tests/ of the app when that is NULL. Folders whose name begins with a dot and node_modules are
 * left out, and there may be none. -1 with ERROR_USAGE for a name that is no test. */
int test_files_find(struct arena *arena, const char *root, const char *const *named,
		    struct test_files *files, struct error *error);

/* Keeps one of N parts, "I/N" with I from 1 to N: together the parts are all files, each once. */
int test_files_shard(struct test_files *files, const char *shard, struct error *error);

#endif
