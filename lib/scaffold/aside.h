/* Within the room: the private folder in which a new app is built until it is moved into place.
 * Its name begins with ASIDE_PREFIX, and whoever made it holds a lock on it (flock) as long as it
 * lives: so what a killed run left is known from what a running one works on. */
#ifndef ATTIO_SCAFFOLD_ASIDE_H
#define ATTIO_SCAFFOLD_ASIDE_H

#include <stdbool.h>

struct arena;
struct error;

#define ASIDE_PREFIX ".attio-init-"
/* What it holds: one of these. A folder under the second name is on its way into the folder around
 * it, entry by entry, and what of it has arrived is not told apart from the user's own. */
#define ASIDE_BUILT "app"
#define ASIDE_MOVING "moving"

struct aside {
	const char *path; /* NULL: there is none */
	int lock;
};

/* Makes one in `folder`. */
int aside_open(struct aside *aside, struct arena *arena, const char *folder, struct error *error);
/* Removes it with all that is still in it. */
void aside_close(struct aside *aside);

/* Moves the entries of `from` into the existing folder `to`, .git as the last one: it comes whole,
 * and when all else is there. ERROR_CONFLICT where one of that name is there already, unless
 * `skip`: then it stays behind. On failure what was moved is there again. */
int aside_move(struct arena *arena, const char *from, const char *to, bool skip,
	       struct error *error);

/* Removes what killed runs left in `folder`. Where one was killed while its app was moved into this
 * very folder, the rest of the app follows: *finished; with NULL such a one stays as it is.
 * Failures leave things as they are. */
void aside_sweep(struct arena *arena, const char *folder, bool *finished);

#endif
