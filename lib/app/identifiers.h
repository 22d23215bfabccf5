/* The platform's rule for ids: of extensions, blocks and pages, and slugs of apps
 * (lib/app/README.md, Ids). */
#ifndef ATTIO_APP_IDENTIFIERS_H
#define ATTIO_APP_IDENTIFIERS_H

struct arena;

/* Characters (UTF-16 units) of an id. */
#define ID_MAX 64

enum id_fault {
	ID_FINE,
	ID_EMPTY,
	ID_START,     /* does not begin with a lower-case letter */
	ID_HYPHEN,    /* two together, or one at the end */
	ID_CHARACTER, /* another one than lower-case letters, digits and hyphens */
	ID_LONG       /* of good form */
};

/* ^[a-z][a-z0-9]*(-[a-z0-9]+)*$, at most ID_MAX characters. Only ASCII counts, whatever the locale.
 */
enum id_fault id_fault(const char *id);
/* The fault in words, or NULL when `id` is valid. */
const char *id_problem(struct arena *arena, const char *id);
/* The nearest valid id, or NULL when nothing is left of it. */
const char *id_suggest(struct arena *arena, const char *id);

#endif
