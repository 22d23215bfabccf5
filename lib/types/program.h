/* The app's tsconfig.json as the type check needs it: which files make it up, what it leaves to the
 * defaults of TypeScript 5 that version 7 changed, and whether version 7 can read it at all. */
#ifndef ATTIO_TYPES_PROGRAM_H
#define ATTIO_TYPES_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct error;

/* The folder for generated files of an app, and the name of a project file of ours for when
 * tsconfig.json alone would not do. No editor takes a file of this name for a project. */
#define PROGRAM_GENERATED ".attio"
#define PROGRAM_FILE "check.json"

struct program {
	const char *root;
	bool present;   /* there is a tsconfig.json */
	bool malformed; /* it is not JSON */
	bool circular;  /* it extends itself: TypeScript 7.0 then never ends */
	/* tsconfig.json and what it extends: absolute. */
	const char **configs;
	size_t config_count;
	/* Names a file that cannot be found: nothing may be concluded from what is there. */
	bool incomplete;
	/* Folders outside of the app that its options name: absolute. */
	const char **outside;
	size_t outside_count;
	/* Why TypeScript 7 cannot read it: "`baseUrl`"; or NULL. */
	const char *old;
	bool mapped;       /* its options lead imports elsewhere than they say */
	bool side_effects; /* imports for their side effects are to be checked */
	/* The content of a project file for TypeScript 7, and for older ones; and whether that one
	 * is needed: otherwise tsconfig.json does as it is. */
	const char *for_new;
	const char *for_old;
	bool new_needed;
	bool old_needed;
};

/* Reads it; everything is in the arena. -1 only when something of the machine is used up: a file
 * that cannot be read is the compiler's to complain about. */
int program_read(struct program *program, struct arena *arena, const char *root,
		 struct error *error);

/* What a compiler is given. */
enum program_use {
	PROGRAM_NEW,   /* a run of TypeScript 7, with program_flags */
	PROGRAM_OLD,   /* a run of an older one, with program_flags */
	PROGRAM_AGAIN, /* TypeScript 7 that takes no flags */
};

/* Gives what the compiler gets as its project: tsconfig.json, or `path` (absolute, in or below the
 * app's folder: packages are looked up from there), which then has the right content. */
int program_write(const struct program *program, struct arena *arena, enum program_use use,
		  const char *path, const char **project, struct error *error);

/* Nothing is written and no declarations are made: complaints that they could not be are none about
 * an app. Ends with NULL. */
extern const char *const program_flags[];

#endif
