/* What a text probably means that neither the grammar nor respell.h understands. */
#ifndef ATTIO_SOURCE_GUESS_H
#define ATTIO_SOURCE_GUESS_H

#include <stdbool.h>
#include <stddef.h>

#include "source/syntax.h"

/* Rewrites, in place and without changing the length, forms of the language that the grammar does
 * not know into others that mean the same to the facts of a module: imports, exports, bindings,
 * calls. What is no such form may become nonsense, or sense: the tree of the rewritten text stands
 * for the original only when the engine accepts that (judge.h). */
void guess(char *text, size_t len, enum dialect dialect);

/* Whether there may be something that the grammar reads without an error, but wrongly:
 * `tag<User>`...``, which it takes for two comparisons, and `using x = y`, for an assignment. */
bool has_misread(const char *text, size_t len);
/* Rewrites these, and nothing else. */
void guess_misread(char *text, size_t len);

#endif
