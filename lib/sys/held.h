/* A folder for what processes make on the way. Who makes it and who joins hold locks in it as long
 * as they live, however they end, so that what killed ones left is known from what living ones work
 * on. Where the file system has no locks, nothing is taken for left behind. */
#ifndef ATTIO_SYS_HELD_H
#define ATTIO_SYS_HELD_H

#include <stdbool.h>

struct arena;
struct error;

struct held {
	const char *path; /* NULL: none */
	int fd;           /* has our lock */
	int others;       /* of who made it: what others lock; else -1 */
};

/* Makes `prefix`XXXXXX and holds it. The path is the arena's. */
int held_make(struct held *held, struct arena *arena, const char *prefix, struct error *error);
/* Holds one that another process made, too. ERROR_NOT_FOUND when it is gone; else it stays. */
int held_join(struct held *held, struct arena *arena, const char *path, struct error *error);
/* Of one that we made: waits until nobody else holds it, and lets nobody join any more. False: not
 * in that time. */
bool held_alone(struct held *held, unsigned ms);
/* Lets go of it. Fine when there is none. */
void held_let_go(struct held *held);
/* Removes one that we made when we are alone in it within that time, else leaves it to a sweep.
 * Fine when there is none. */
void held_remove(struct held *held, unsigned ms);

/* Removes this user's folders `prefix`XXXXXX in `folder` whose maker is gone. Those who joined
 * one, and are ending, get `ms`. */
void held_sweep(struct arena *arena, const char *folder, const char *prefix, unsigned ms);

#endif
