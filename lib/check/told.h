/* What was told about the app until now, as echo.c asks for it: from maps by file and by place, so
 * that the work is as much as there are findings. Only lib/check includes this. */
#ifndef ATTIO_CHECK_TOLD_H
#define ATTIO_CHECK_TOLD_H

#include "app/app.h"
#include "base/map.h"
#include "check/echo.h"

/* Definitions that cannot be read, in one file: there is one, or two at most. */
enum { RANGES = 4 };

/* What was told about a file. */
struct file {
	bool error;      /* of any kind, with a code of ours */
	bool unread;     /* it does not parse, or must not be read: nothing else counts */
	bool suffix;     /* its name is wrong, so that it ends up where it does not belong */
	bool no_default; /* what it should export is not there */
	bool answers;    /* its handler does not return what it must */
	bool no_schema;  /* a settings page without the schema that its types come from */
	bool misplaced;  /* a block's file of another name, kind or block */
	bool query;      /* a GraphQL document with an error: it has no types */
	struct {
		size_t start, end;
	} ranges[RANGES]; /* of definitions whose types follow from what is wrong in them */
	size_t range_count;
	/* Where a statement begins to mean nothing: a member of the SDK that is not there, a
	 * handler made by something else. In the order in which they were told. */
	size_t *wrong;
	size_t wrong_count;
	bool mistyped; /* the compiler complains about types in it */
};

struct echo {
	const struct app *app;
	struct arena *arena;
	bool typed;
	bool resolution; /* it was told that nothing says how imports are found */
	bool no_schema;  /* the settings have none */
	bool no_app;     /* src/app.ts does not export it */
	bool circle;     /* a name leads to itself */
	bool twice;      /* or to two things */
	bool engine;     /* there is syntax that not all engines read */
	bool async;      /* a component gives a promise */
	size_t lib;      /* index of the finding about `lib` among those told, from 1; 0: none */
	struct texts texts;
	struct map files;
	struct map places; /* "file:start" and "file:start:code" -> a finding */
};

/* A name that an import does not get, as the compiler tells: nothing of ours, but types mean as
 * little behind it. */
#define CODE_MISSING "missing"
void told_missing(struct echo *echo, const struct diag *type);
/* The compiler complains about types in a file. */
void told_mistyped(struct echo *echo, const char *path);

/* What was told about a file; never NULL, also for NULL. */
const struct file *told_of(const struct echo *echo, const char *path);
/* Whether something with that code ("": any error) was told at the place where `diag` begins. */
bool is_told_at(const struct echo *echo, const struct diag *diag, const char *code);
/* The import of `module` (or NULL) that the place is in, or NULL; *edge: where it leads. */
const struct import *import_at(const struct module *module, size_t start, const struct edge **edge);
/* An import of the settings schema that is not there. */
bool is_of_schema(const struct echo *echo, const struct diag *diag);
bool is_one_of(const char *code, const char *const *codes);
/* An import leads to a file that is wrong itself. */
bool file_is_told(const struct echo *echo, const struct edge *edge);
/* The compiler does not find a module, or a name in it. */
bool is_missing(const struct diag *type);

/* gathering.c: one finding for what the compiler tells in many places.
 *
 * A name that every runtime of Attio has, and that `lib` leaves out; and the finding for them. */
bool is_of_lib(const struct echo *echo, const struct diag *type);
void tell_lib(struct echo *echo, const struct diag *type, struct diags *told);
/* For TypeScript 5 it is an error that nothing says how imports are found, in each of them. */
void tell_resolution(struct echo *echo, struct diags *told);
/* The names of the client's and the server's SDK are not in `attio` itself. When all that is
 * imported is missing there, it is the path that is wrong: adds that to the last of `told`, which
 * was types->items[at]. */
void advise_sdk(const struct echo *echo, const struct diags *types, size_t at, struct diags *told);

#endif
