/* How deeply a text is nested. */
#ifndef ATTIO_SOURCE_DEPTH_H
#define ATTIO_SOURCE_DEPTH_H

#include <stdbool.h>
#include <stddef.h>

/* Whether brackets, elements or operators are nested so deeply that a parser could need more than
 * some 60,000 entries on its stack; *at is where that happens. An estimate from the characters
 * alone, far above what people and code generators write. */
bool is_too_deep(const char *text, size_t len, size_t *at);

#endif
