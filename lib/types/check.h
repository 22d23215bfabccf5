/* The TypeScript check: the compiler as a child process beside the bundling, its diagnostics as
 * findings, and nothing checked again while no input changed.
 *
 * Use: typecheck_open, then for each run typecheck_start (returns at once), other work, and
 * typecheck_finish (waits); at last typecheck_close, which is right at any time. A one-shot command
 * makes one run, a watching one as many as there are changes.
 *
 * What the platform's own CLI accepts and refuses: lib/types/README.md, Type check. */
#ifndef ATTIO_TYPES_CHECK_H
#define ATTIO_TYPES_CHECK_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct diags;
struct error;
struct loop;
struct texts;
struct typecheck;

/* Longest time a run may take, in milliseconds. */
#define TYPECHECK_TIMEOUT_MS 300000u

enum typecheck_compiler {
	/* Ours; the app's own where its tsconfig.json needs what ours no longer knows. */
	TYPECHECK_BUNDLED,
	/* Always the app's own: node_modules/typescript. */
	TYPECHECK_APP
};

struct typecheck_options {
	struct loop *loop; /* for the compiler; borrowed */
	const char *root;  /* of the app: absolute, without links */
	const char *cache; /* folder for what is kept between runs (sys/cache.h), made when needed;
			    * NULL: nothing is kept */
	const char *out;   /* folder of the build's output (absolute), which is no input; or NULL */
	const char *tsc;   /* our compiler (install_typescript); NULL is fine for TYPECHECK_APP */
	const char *node;  /* runs an app's compiler that is JavaScript; NULL: `node` of $PATH */
	enum typecheck_compiler compiler;
	bool again;          /* more runs will follow: the compiler stays in memory between them */
	unsigned timeout_ms; /* 0: TYPECHECK_TIMEOUT_MS */
};

struct typecheck_result {
	/* False: the app has no tsconfig.json, so there was nothing to check. */
	bool checked;
	/* The findings are those of an earlier run: no input changed since. */
	bool kept;
	const char *version; /* of the compiler, "7.0.2"; NULL when nothing was checked */
	bool own_compiler;   /* it was the app's */
	/* What the user should know about how it was done (no tsconfig.json, another compiler than
	 * ours and why): sentences like those of findings, in the arena. */
	const char **notes;
	size_t note_count;
};

/* The options' strings are copied. Does nothing else yet; never NULL. */
struct typecheck *typecheck_open(const struct typecheck_options *options);

/* Begins a run: looks whether an earlier result still holds and else starts the compiler, without
 * waiting for it. The generated declarations must be written before. -1 with ERROR_TOOL when there
 * is no compiler that can be started, ERROR_SYSTEM when the machine has no room for one more; then
 * there is nothing to finish. */
int typecheck_start(struct typecheck *check, struct error *error);

/* Waits for the run and appends its findings, sorted, to `diags` (their strings are in its arena,
 * as are those of the result). `texts` are those of the app, for the places. -1 with ERROR_TOOL:
 * the compiler crashed, hung, or said what is no answer; never because of the app's code. */
int typecheck_finish(struct typecheck *check, struct texts *texts, struct diags *diags,
		     struct typecheck_result *result, struct error *error);

/* Ends a run that is under way without an answer (the user changed a file again). Fine without. */
void typecheck_cancel(struct typecheck *check);

/* Kills what still runs, waits for its end and frees all. NULL is fine. */
void typecheck_close(struct typecheck *check);

#endif
