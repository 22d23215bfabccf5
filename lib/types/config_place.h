/* Where a tsconfig.json names what the compiler misses: it says what, and not where. */
#ifndef ATTIO_TYPES_CONFIG_PLACE_H
#define ATTIO_TYPES_CONFIG_PLACE_H

#include "diag/diag.h"

struct arena;
struct texts;
struct ts_diagnostic;
struct ts_telling;

/* Of a file of `files` that is not there (TS6053), or a package of `types` without types (TS2688):
 * the text that names it, in the app's tsconfig.json or one that it extends; without a file when
 * none does, or for another complaint. */
struct place config_place(const struct ts_telling *telling, const struct ts_diagnostic *item,
			  struct texts *texts, struct arena *arena);

#endif
