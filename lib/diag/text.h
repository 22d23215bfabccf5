/* Source texts and their lines: byte offsets <-> lines and columns. Texts are read once and kept
 * for the whole job, so that a finding can always show its line. */
#ifndef ATTIO_DIAG_TEXT_H
#define ATTIO_DIAG_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/map.h"
#include "sys/files.h"

struct arena;
struct error;

/* No source file of an app is read past this size (bytes). */
#define TEXT_LIMIT ((size_t)64 << 20)

struct text {
	const char *path;  /* relative to the root of the store, `/` separated */
	const char *bytes; /* NUL-terminated */
	size_t len;
	/* What people see of it, when that differs: as long as `bytes`, with secrets masked. A fix
	 * is never made from it. NULL: the bytes. */
	const char *shown;
	bool searched; /* for secrets, by rules/secrets.c */
	size_t *lines; /* offset of each line's first byte; made on first use */
	size_t line_count;
	/* In long lines, from where columns can be counted: the one line of a minified file would
	 * be walked from its start for each finding. Made on first use. */
	struct text_mark *marks;
	size_t mark_count;
	bool marked;
};

struct text_mark {
	size_t at;    /* offset of a character */
	size_t units; /* UTF-16 units of its line before it */
};

/* The texts of one app, by path relative to its root. */
struct texts {
	struct arena *arena;
	const struct texts *below; /* of texts_over, else NULL */
	struct files files;        /* where they are read from */
	struct map by_path;
};

/* A store of the files on the disk, until `files` gets an overlay. */
void texts_init(struct texts *texts, struct arena *arena, const char *root);
/* A store for one job on top of another, which is only read: what the job finds out about a text
 * (lines, what is masked) and what it reads besides is its own, in `arena`. The store below must
 * live as long. */
void texts_over(struct texts *texts, struct arena *arena, const struct texts *below);
void texts_dispose(struct texts *texts);
/* Reads (or finds) the text of `path`, relative to the root or absolute. */
int texts_read(struct texts *texts, const char *path, struct text **text, struct error *error);
/* As texts_read, but NULL instead of an error: for showing places. */
struct text *texts_find(struct texts *texts, const char *path);
/* Adds a text that is not read from the disk (tests); the bytes are borrowed. */
struct text *texts_add(struct texts *texts, const char *path, const char *bytes, size_t len);

struct position {
	size_t line;   /* from 1 */
	size_t column; /* from 1, in UTF-16 units (SARIF, LSP, editors) */
	size_t offset; /* from 0, in bytes */
};

/* Line and column of a byte offset (clamped to the end). Lines end at LF; a CR before it belongs to
 * the line. A byte order mark at the start has no column. */
struct position text_position(struct texts *texts, struct text *text, size_t offset);
/* The line alone. */
size_t text_line_number(struct texts *texts, struct text *text, size_t offset);
/* The other way: byte offset of a 1-based line and a 1-based column in UTF-16 units. A column
 * within a character is its start, one past the line's end is that end, before its LF or CR LF; a
 * line past the last one is the text's end. */
size_t text_offset_utf16(struct texts *texts, struct text *text, size_t line, size_t column);
/* Byte offset of a 1-based line and a 0-based byte column (esbuild's locations); clamped. */
size_t text_offset(struct texts *texts, struct text *text, size_t line, size_t byte_column);
/* The text as people see it. */
const char *text_shown(const struct text *text);
/* Nothing but white space; the mark of UTF-8 at its start is nothing either. */
bool text_is_blank(const struct text *text);
/* The bytes of a 1-based line of text_shown, without its end. */
const char *text_line(struct texts *texts, struct text *text, size_t line, size_t *len);

#endif
