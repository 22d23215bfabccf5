/* A compiler as a child process: its output is collected, its input is a pipe or nothing. It ends
 * with us, however we end. */
#ifndef ATTIO_TYPES_TOOL_H
#define ATTIO_TYPES_TOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <uv.h>

#include "base/buf.h"

struct error;

#define TOOL_TAIL ((size_t)4096) /* bytes of the end of its standard error that are kept */
/* No compiler says more than this about an app; a broken one might. */
#define TOOL_LIMIT ((size_t)256 << 20)

struct tool {
	uv_loop_t loop;
	uv_pipe_t in, out, err;
	uv_timer_t timer;
	pid_t pid;         /* 0: not running */
	struct buf output; /* its standard output, not yet taken */
	struct buf tail;   /* the end of its standard error */
	bool open;         /* the loop is in use: tool_dispose is needed */
	bool out_closed, err_closed;
	bool late;  /* the time is over */
	bool flood; /* it said more than TOOL_LIMIT */
	int status; /* as waitpid gives it, once it ended */
};

/* What to run. */
struct tool_command {
	const char *const *words; /* program (looked for in $PATH without a slash), its arguments;
				   * ends with NULL */
	const char *folder;       /* where it runs */
	/* Added to the environment where the user has not set them ("GOGC=off"); ends with NULL.
	 * NULL: none. */
	const char *const *settings;
	bool input; /* a pipe, else nothing to read */
};

/* Starts the program. A zeroed struct, which must not move afterwards. -1 with ERROR_TOOL; then
 * there is nothing to dispose of. */
int tool_start(struct tool *tool, const struct tool_command *command, struct error *error);

/* The time for what comes now, in milliseconds. */
void tool_limit(struct tool *tool, unsigned ms);
/* Queues bytes for its input; copied. */
void tool_write(struct tool *tool, const char *bytes, size_t len);
/* Waits for something to happen. False when nothing more will come in time: its output is closed,
 * it is late, or it is a flood. */
bool tool_turn(struct tool *tool);
/* Reads to the end and waits for the end of the process. False when it had to be killed. */
bool tool_finish(struct tool *tool);

/* How it ended, in a few words: "exit code 2", "SIGKILL". */
void tool_how(const struct tool *tool, char *text, size_t size);
/* The most telling line of its standard error, printable; "" when there is none. */
void tool_complaint(struct tool *tool, char *text, size_t size);

/* Kills it if it still runs, waits for it, closes and frees all. A zeroed struct is fine. */
void tool_dispose(struct tool *tool);

#endif
