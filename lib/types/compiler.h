/* Which TypeScript compiler checks an app: ours, or the one the app has installed. */
#ifndef ATTIO_TYPES_COMPILER_H
#define ATTIO_TYPES_COMPILER_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct error;
struct program;
struct typecheck_options;

#define COMPILER_NAME "the TypeScript compiler" /* in messages */
/* No compiler says more than this about an app; a broken one might. */
#define COMPILER_OUTPUT ((size_t)256 << 20)

struct compiler {
	const char *node;    /* runs it, or NULL: it is an executable */
	const char *path;    /* of the executable or of tsc.js */
	const char *version; /* NULL: it has to be asked */
	bool own;            /* the app's */
	bool is_new;         /* version 7 or later */
	const char *note;    /* why it is the app's although ours was wanted, or NULL */
};

/* Strings are in the arena or the options' own. ERROR_TOOL: the app has none, or it is damaged. */
int compiler_find(struct compiler *compiler, struct arena *arena,
		  const struct typecheck_options *options, const struct program *program,
		  struct error *error);

/* What follows from here on among the words does not change the answer. */
#define COMPILER_CHECKERS "--checkers"

/* The words of a run: `project` as the project file, `build_info` for what an incremental check
 * keeps (NULL: it keeps nothing). In the arena, ends with NULL. */
const char **compiler_words(const struct compiler *compiler, struct arena *arena,
			    const char *project, const char *build_info);

#endif
