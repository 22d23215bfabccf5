/* An engine (esbuild, a TypeScript compiler) as a child process with pipes on the loop. It gets
 * none of our secrets, and it ends with us, however we end. Turns of the loop, by whomever, note
 * what happened; the caller looks. SIGPIPE must be ignored (main.c does): writing to a child that
 * is gone is told by its closed output. */
#ifndef ATTIO_SYS_CHILD_H
#define ATTIO_SYS_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "sys/loop.h"

struct error;

/* For an engine that reads files in parallel: esbuild has up to 32 of them open. */
#define CHILD_ENGINE_DESCRIPTORS 64u
#define CHILD_TAIL ((size_t)4096) /* bytes of the end of its standard error that are kept */

/* What to run. */
struct child_command {
	const char *name;         /* of the engine, for messages: "esbuild" */
	const char *const *words; /* program (looked for in $PATH without a slash), its arguments;
				   * ends with NULL */
	/* Instead of a program: what a copy of this process does; it gives its exit code. It starts
	 * without reading and linking a program again, which takes longer than all the rest. Only
	 * where this process has one thread, and no child on any loop; the copy has loops of its
	 * own. */
	int (*copy)(void *context);
	void *context;
	const char *folder; /* where it runs; NULL: where we do */
	/* Added to the environment where the user has not set them ("GOGC=off"); ends with NULL.
	 * NULL: none. */
	const char *const *settings;
	bool patient;         /* others come first where processors are short */
	bool bare;            /* its environment is nothing but `settings` */
	bool apart;           /* in a session of its own: it goes on when we end */
	unsigned descriptors; /* how many it may have open at a time */
	bool input;           /* a pipe, else nothing to read */
	size_t limit; /* bytes of output that wait to be taken before it is a flood; 0: none */
};

struct child {
	struct loop *loop;
	union loop_handle *in, *out, *err; /* our ends of its pipes; NULL: closed */
	union loop_handle *ends;           /* SIGCHLD, of whichever child */
	struct loop_timer time;            /* over: it is late */
	pid_t pid;                         /* 0: not running */
	struct buf output; /* its standard output; what was taken the caller removes */
	struct buf tail;   /* the end of its standard error */
	size_t limit;
	bool lent; /* another process is its parent, and hears how it ended */
	bool out_closed, err_closed, exited;
	bool flood;  /* it said more than the limit */
	bool hushed; /* its output is read and thrown away */
	int status;  /* as waitpid gives it, once it ended */
};

/* Starts the program. The struct must not move afterwards. -1: with ERROR_TOOL and no remedy it is
 * not there or no program, with ERROR_SYSTEM the machine cannot run one more; then there is nothing
 * to dispose of. */
int child_start(struct child *child, struct loop *loop, const struct child_command *command,
		struct error *error);

/* A child without a loop: our ends of its pipes are plain descriptors, so that it can be started
 * before there is one, by the program that this process was until an exec, and used by a copy of
 * ours. */
struct child_launched {
	pid_t pid;        /* 0: none */
	int in, out, err; /* -1: closed */
};

/* Starts the program, as child_start does. */
int child_launch(struct child_launched *launched, const struct child_command *command,
		 struct error *error);
/* Whether its descriptors outlive an exec of ours. False: they are not what one can be given. */
bool child_keep(const struct child_launched *launched, bool keep);
/* Makes it a child of the loop, and takes its descriptors. `limit` as in child_command. In a copy
 * of the process that launched it, it is lent: it can be killed, until its parent reaps it, but not
 * be waited for. -1: there was no room for it. */
int child_adopt(struct child *child, struct loop *loop, struct child_launched *launched,
		size_t limit);
/* Closes its descriptors: who it was lent to has them. Fine when there is none. */
void child_let_go(struct child_launched *launched);
/* Ends it at once, and reaps it. Fine when there is none. */
void child_end_launched(struct child_launched *launched);

/* The time for what comes now, in milliseconds from now; a former limit is forgotten. */
void child_limit(struct child *child, unsigned ms);
/* Queues bytes (mem_alloc, taken over) for its input. */
void child_write(struct child *child, char *bytes, size_t len);
/* Turns the loop once. False when nothing more will come in time: its output is closed, late, or a
 * flood, or we are asked to end. */
bool child_listen(struct child *child);
/* Reads to the end and waits for the end of the process. False when it had to be killed. */
bool child_finish(struct child *child);

/* The signal that ended it, or 0; its exit code. */
int child_signal(const struct child *child);
int child_code(const struct child *child);
/* How it ended, in a few words: "exit code 2", "SIGKILL". */
void child_how(const struct child *child, char *text, size_t size);
/* The most telling line of its standard error, printable; "" when there is none. */
void child_complaint(struct child *child, char *text, size_t size);

/* Closes its input, which most programs take as the sign to end. What was queued is not sent. */
void child_close_input(struct child *child);
/* Ends it at once, and does not wait: what follows is child_dispose. */
void child_kill(struct child *child);
/* Closes its input and waits; SIGTERM after `patience_ms`, SIGKILL after the same again. 0 kills at
 * once. Does not return before the process is reaped; then closes and frees all. A zeroed struct is
 * fine. */
void child_dispose(struct child *child, unsigned patience_ms);

#endif
