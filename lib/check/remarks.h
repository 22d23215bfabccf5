/* What ours only warn of, and the compiler refuses: the warning becomes the error, for it has the
 * code that `attio validate` has, too, and often the remedy. */
#ifndef ATTIO_CHECK_REMARKS_H
#define ATTIO_CHECK_REMARKS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct diag;
struct diags;
struct remarks;

/* Those warnings of `told`, in the arena. Never NULL. */
struct remarks *remarks_find(const struct diags *told, struct arena *arena);
/* Whether one of them says what the compiler says. It is an error then, with the compiler's words
 * in a note; *at: where in `told`, which may only have grown since. */
bool remarks_raise(const struct remarks *remarks, const struct diag *type, struct diags *told,
		   size_t *at);

#endif
