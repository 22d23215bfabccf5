/* The app's .env files: `.env` and `.env.*` in its root folder, read as the dotenv package reads
 * them. */
#ifndef ATTIO_APP_DOTENV_H
#define ATTIO_APP_DOTENV_H

#include <stdbool.h>
#include <stddef.h>

#include "diag/diag.h"

struct arena;
struct texts;

struct env_entry {
	const char *key; /* as written, trimmed */
	struct place key_place;
	bool empty; /* nothing is left of the value after trimming */
};

/* A line that does something else than it looks like. */
enum env_slip_kind {
	ENV_NO_SEPARATOR, /* nothing is set; of several such lines in a row, the first */
	ENV_QUOTE_OPEN,   /* the value's quote is not closed, and so a part of it */
	ENV_QUOTE_INSIDE  /* something follows the closing quote: both are a part of the value */
};

struct env_slip {
	enum env_slip_kind kind;
	struct place place;
	const char *key; /* NULL where nothing is set */
};

struct env_file {
	const char *path;
	bool example; /* lists names for people: values may be left out */
	struct env_entry *entries;
	size_t entry_count;
	struct env_slip *slips;
	size_t slip_count;
};

/* Reads the files of the texts' root, in the order of their names, in the texts' arena. The store
 * shows their texts with the values masked, so that no report can print one. One that cannot be
 * read is among the problems. */
struct env_file *env_files_read(struct texts *texts, struct diags *problems, size_t *count);

/* What server code finds in process.env when the app runs on this machine. */
struct env_variable {
	const char *name;
	const char *value; /* a secret: for the app's code alone */
};

/* The variables of `.env` and of `.env.local`, whose values win, in the order of the first file;
 * without those that are empty or whose name is none. In `arena`, which keeps copies. A file that
 * is not there or cannot be read has none. lib/app/README.md, Environment files. */
struct env_variable *env_variables_read(struct texts *texts, struct arena *arena, size_t *count);

#endif
