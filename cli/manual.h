/* Manual pages from the table, as roff source with the man macros. They carry no date, so that the
 * same version gives the same bytes. */
#ifndef ATTIO_CLI_MANUAL_H
#define ATTIO_CLI_MANUAL_H

struct arena;
struct buf;
struct command;
struct error;

/* Appends the names of all pages, one a line: "attio", "attio-build", "attio-version-list", ... */
void manual_list(struct arena *arena, struct buf *out, const struct command *const *commands);

/* Appends one page. -1 with ERROR_USAGE when there is no page of that name. */
int manual_page(struct arena *arena, struct buf *out, const struct command *const *commands,
		const char *name, struct error *error);

#endif
