/* Decisions about terminals, and text that is safe to show on one. Pure: facts in, answer out. */
#ifndef ATTIO_CLI_TERM_H
#define ATTIO_CLI_TERM_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* What decides about colour on one stream; the strings are NULL when unset or empty. */
struct term_facts {
	const char *color; /* --color: auto, always, never */
	const char *no_color;
	const char *force_color;
	const char *clicolor_force;
	const char *clicolor;
	const char *term;
	bool tty;
};

/* --color, then NO_COLOR, then FORCE_COLOR or CLICOLOR_FORCE (unless "0" or "false"), then
 * whether the stream is a terminal that is not dumb, and CLICOLOR is not "0". */
bool term_color(const struct term_facts *facts);

/* Columns of the window that a stream is read through, never so few that nothing fits: COLUMNS
 * (NULL when unset or empty), when it is a number, else what the terminal says (0: it is none, or
 * does not know). 0: no window is known. */
size_t term_columns(const char *columns, size_t told);

/* Whether somebody is there to answer a question. `ci` is NULL when CI is unset or empty. */
bool term_interactive(bool stdin_tty, bool stderr_tty, const char *ci, bool no_input);

/* Appends `text` with everything escaped that could move the cursor, ring, recolour or reorder:
 * control characters (new lines too), bytes that are not UTF-8, bidirectional overrides. */
void term_escape(struct buf *out, const char *text);
/* The same line by line: new lines stay. */
void term_escape_lines(struct buf *out, const char *text);

#endif
