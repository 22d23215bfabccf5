/* What git must not take of an app: lines of its .gitignore. */
#ifndef ATTIO_SCAFFOLD_IGNORE_H
#define ATTIO_SCAFFOLD_IGNORE_H

#include <stddef.h>

struct arena;
struct error;

/* What a template ignores and an app must: secrets, packages, what is generated. Ends with NULL. */
extern const char *const ignore_names[];

/* `text` with a line for each of `names` (ends with NULL) at its end, its own line ends kept. Pure;
 * in the arena. */
char *ignore_text(struct arena *arena, const char *text, const char *const *names);
/* The same for the .gitignore in `root`, which is made if need be. */
int ignore_add(struct arena *arena, const char *root, const char *const *names,
	       struct error *error);

#endif
