/* `attio dev` on the side of Attio: each good build is pushed to the development version of a
 * workspace, and the app's log there is followed. Both happen in threads of their own, so that
 * nothing here waits for them. */
#ifndef ATTIO_CLI_NET_PUSHING_H
#define ATTIO_CLI_NET_PUSHING_H

#include "platform/push.h"

struct arena;
struct cli;
struct env_variable;
struct error;
struct loop;
struct pushing;
struct remote_options;

/* A build that is to be pushed, in its arena. */
struct push_build {
	struct arena *arena;
	struct push push;
	const struct env_variable *env;
	size_t env_count;
};

/* Finds the app at `root` and the workspace, checks the variables of its .env files and begins a
 * development version with them. Nothing is started yet. Returns an exit code; a failure was told,
 * and *pushing is to be closed all the same. */
int pushing_open(struct pushing **pushing, struct cli *cli, const struct remote_options *options,
		 const char *root);
/* Starts the threads; `loop` notes that they have news. */
int pushing_start(struct pushing *pushing, struct loop *loop, struct error *error);
/* Takes the build over: it is pushed once what is being pushed is there, unless a newer one comes
 * before that. */
void pushing_give(struct pushing *pushing, struct push_build *build);
/* Prints what has happened; after each turn of the loop. */
void pushing_tell(struct pushing *pushing);
/* Cuts what is under way and says good-bye to the log service. NULL is fine. */
void pushing_close(struct pushing *pushing);

#endif
