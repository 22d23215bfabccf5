/* What is going on, for somebody who waits at a terminal: one line on standard error that comes
 * after 300 ms, counts the seconds and is gone at the end. Nothing in pipes, on dumb terminals and
 * under
 * --quiet. */
#ifndef ATTIO_CLI_PROGRESS_H
#define ATTIO_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

#include <uv.h>

struct cli;

struct progress {
	struct cli *cli;
	const char *text; /* "checking the app" */
	uv_thread_t thread;
	uv_mutex_t lock; /* of all below, and of what is written to the terminal */
	uv_cond_t wake;
	bool started, over, shown;
	size_t done, total; /* bytes; total 0: nobody knows how much there is */
};

/* From here on messages of the cli take the line away first. `text` is borrowed until
 * progress_end. */
void progress_begin(struct progress *progress, struct cli *cli, const char *text);
/* How much of it is done, where that is known: the line is a bar then. */
void progress_amount(struct progress *progress, size_t done, size_t total);
/* A zeroed struct is fine. */
void progress_end(struct progress *progress);

#endif
