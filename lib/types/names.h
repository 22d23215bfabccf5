/* Names in generated declarations. */
#ifndef ATTIO_TYPES_NAMES_H
#define ATTIO_TYPES_NAMES_H

#include "base/map.h"

struct arena;

/* How the official generator spells the name of a fragment in the types that it exports: words in
 * lower case with one capital each, underscores kept. `getPersonByID` is `GetPersonById`,
 * `get_person` is `Get_Person`. */
char *names_pascal(struct arena *arena, const char *name);
char *names_operation(struct arena *arena, const char *name);

/* The type names of one file; a zeroed struct holds none. Free with map_dispose. */
struct names {
	struct map taken;
};

/* `wanted`, or with `_2`, `_3` ... when that name is taken or means something to TypeScript; it is
 * taken from then on. */
const char *names_claim(struct names *names, struct arena *arena, const char *wanted);

#endif
