/* From the older layout of an app (src/app.ts and what it lists) to folders below src/app: what
 * would be written and removed, worked out from the app model without touching a file. Facts:
 * lib/migrate/README.md. */
#ifndef ATTIO_MIGRATE_MIGRATE_H
#define ATTIO_MIGRATE_MIGRATE_H

#include <stdbool.h>
#include <stddef.h>

struct app;
struct arena;
struct error;

/* One step of the plan, in the words of its JSON form; what a step has not is NULL. */
struct migrate_op {
	const char *kind; /* "move-extension" */
	const char *id;   /* "move-extension:one" */
	const char *from, *to, *path;
	const char *extension, *type;
	const char *symbol, *api;
};

/* Why nothing can be migrated. */
struct migrate_blocker {
	const char *code;           /* "destination-collision" */
	const char *message;        /* one sentence */
	const char *files[2];       /* sorted; NULL: not that many */
	const char *const *symbols; /* ends with NULL */
};

/* A call of the older settings interface that stays: it works in both layouts. */
struct migrate_call {
	const char *file, *symbol, *api;
};

struct migrate_file {
	const char *source; /* relative to the root */
	const char *to;     /* the same as source: changed in place; NULL: removed */
	const char *bytes;  /* NULL: as it is */
	size_t len;
	bool format; /* by prettier, if the app has it */
};

struct migration {
	struct arena *arena;
	struct migrate_op *ops;
	size_t op_count;
	struct migrate_blocker *blockers;
	size_t blocker_count;
	struct migrate_call *calls;
	size_t call_count;
	struct migrate_file *files;
	size_t file_count;
	const char **notes;
	size_t note_count;
};

/* Fills the plan (all of it lives in `arena`, with what it borrows of the app). With blockers there
 * are neither steps nor files. */
void migrate_plan(struct migration *plan, const struct app *app, struct arena *arena);

#endif
