/* Statements whose types mean nothing because of a fault somewhere else, which was told: they use a
 * name that is imported from the wrong half of the SDK or from nowhere, or that another file makes
 * of such a name. What the compiler finds in them is told when that fault is mended. */
#ifndef ATTIO_CHECK_HOLLOW_H
#define ATTIO_CHECK_HOLLOW_H

#include <stdbool.h>

struct diag;
struct echo;
struct hollow;

/* Looks through the modules behind what the echo has learned, in its arena. The echo must outlive
 * it; free with hollow_free. */
struct hollow *hollow_find(const struct echo *echo);
void hollow_free(struct hollow *hollow);
/* Whether the compiler's finding is in such a statement. */
bool hollow_has(const struct hollow *hollow, const struct diag *type);

#endif
