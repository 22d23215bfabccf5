/* The child that hosts app code, started before this process became the program that speaks with
 * it: `attio` starts Node and then becomes attio-net, which Node's own start takes longer than. An
 * exec keeps the process, so it stays the parent. What it takes to find the child again is in the
 * environment, only from the one to the other. */
#ifndef ATTIO_LOCAL_RUN_HOST_EARLY_H
#define ATTIO_LOCAL_RUN_HOST_EARLY_H

#include <stdbool.h>
#include <stddef.h>

#include "sys/child.h"

/* Bytes of frames that may wait to be read: more than any one of them can be. */
#define HOST_FRAMES_LIMIT ((size_t)256 << 20)

/* The variable: "PID IN OUT ERR WORDS", numbers. */
#define HOST_EARLY "ATTIO_HOST_CHILD"

struct host_early {
	struct child_launched child; /* zeroed: none */
	unsigned long long words;    /* it was started with, as a hash */
};

/* How the child is started with these words (sys/node.h), early or not. */
struct child_command host_command(const char *const *words);

/* Starts it, for the program that this process will become. Without success there is none, and it
 * is started in its time, which then tells why it cannot be. */
void host_early_start(struct host_early *early, const char *const *words);
/* Takes what that has left in the variable (NULL: nothing), before anything else is started: nobody
 * else finds it. */
void host_early_take(struct host_early *early, const char *place);
/* Whether there is one, of these words. */
bool host_early_fits(const struct host_early *early, const char *const *words);
/* Ends the child at once. Fine when there is none. */
void host_early_end(struct host_early *early);

#endif
