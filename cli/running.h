/* Who runs the local platform of a state folder. Its file `lock` is locked by the one process that
 * does; `run.json`, which only its owner can read, tells how to reach one that serves others
 * (`attio dev`), and is gone when that has ended. */
#ifndef ATTIO_CLI_RUNNING_H
#define ATTIO_CLI_RUNNING_H

#include <stdbool.h>
#include <sys/types.h>

struct arena;
struct cli;
struct error;

/* The state folder: `named` seen from the current one, else $ATTIO_STATE_DIR seen from there, else
 * .attio/local of the app at `root`. Absolute. */
const char *running_folder(struct cli *cli, const char *named, const char *root);

/* Who holds the folder. */
enum running_holder { RUNNING_NOBODY, RUNNING_DEV, RUNNING_COMMAND };
/* Neither this nor running_read is for the process that holds the lock: they would let go of it. */
enum running_holder running_look(const char *folder, pid_t *pid);

/* A held lock. */
struct running_lock {
	int fd; /* -1: not held */
};

/* Makes the folder and takes the lock, waiting some seconds for a command that holds it.
 * ERROR_CONFLICT: `attio dev` holds it, and whose that is; or the command does not end. */
int running_take(struct cli *cli, struct running_lock *lock, const char *folder, bool dev,
		 struct error *error);
void running_release(struct running_lock *lock);

/* How to reach a platform. */
struct running {
	const char *url; /* "http://127.0.0.1:PORT" */
	const char *secret;
	const char *api_token;
};

/* What the holder of the folder wrote; false when there is nothing (yet) that is true. */
bool running_read(struct arena *arena, const char *folder, struct running *running);
int running_write(struct arena *arena, const char *folder, const struct running *running,
		  struct error *error);
void running_remove(struct arena *arena, const char *folder);

#endif
