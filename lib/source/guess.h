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
 * `tag<User>`...``, which it takes for two comparisons. */
bool has_typed_tags(const char *text, size_t len);
/* Takes the type arguments out of these. */
void guess_typed_tags(char *text, size_t len);

#endif
