/* Lists of names as `paths` of a tsconfig.json, and `imports`, `exports` and `browser` of a
 * package.json have them: some with a `*` that stands for any text. Which of them a text means is
 * found without looking at each, for there may be as many texts as names. */
#ifndef ATTIO_APP_PATTERNS_H
#define ATTIO_APP_PATTERNS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct affix;
struct named;

/* A zeroed struct is an empty list. Everything is in the arena that it is given; names and values
 * are borrowed. */
struct patterns {
	struct named *all; /* sorted by name once settled */
	size_t count;
	struct affix *beginnings; /* what stands before the `*`, each once, sorted */
	size_t beginning_count;
	struct affix *endings; /* what stands after it, those of one beginning together */
	size_t ending_count;
};

/* Adds a name. `whole`: it stands for all that begins with it, as if it ended with a `*` that any
 * other name with the same beginning comes before. Of equal names the first counts. */
void patterns_add(struct patterns *patterns, struct arena *arena, const char *name, bool whole,
		  const void *value);
/* To be called when all names are added, and before anything is asked. */
void patterns_settle(struct patterns *patterns, struct arena *arena);

/* The value of exactly this name; NULL: there is none. */
const void *patterns_exact(const struct patterns *patterns, const char *name);
/* The value of the name with the longest fitting beginning, and of those the longest fitting end.
 * `some`: before an end the `*` stands for at least one byte. */
const void *patterns_best(const struct patterns *patterns, const char *text, bool some);

#endif
