/* Starting a process: with its pipes, for sys/child.c; and one that goes on without us. */
#ifndef ATTIO_SYS_SPAWN_H
#define ATTIO_SYS_SPAWN_H

#include <stdbool.h>
#include <sys/types.h>

struct child_command;

/* Both ends of the three pipes and of a fourth, by which a child that cannot become the program
 * tells why. -1: not open. */
struct spawn_ends {
	int in[2];
	int out[2];
	int err[2];
	int failure[2];
};

/* Opens those that the child will have. libuv's result. */
int spawn_open(struct spawn_ends *ends, bool input);
/* Closes those that are open. */
void spawn_close(struct spawn_ends *ends);
/* Starts the child and closes the ends that are its own; its number, or 0 with the reason in *why.
 */
pid_t spawn_run(const struct child_command *command, struct spawn_ends *ends, int *why);

/* Starts a program (looked for in $PATH without a slash) with its arguments, which end with NULL,
 * in a session of its own, with nothing to read and nobody who hears it, and without our secrets: a
 * browser. How it ends nobody is told. 0, or an errno value when it cannot be started. */
int spawn_detached(const char *const *words);

#endif
