/* One word for one fault: the rules, the bundler and the compiler read the same app, and each has
 * its own words for a mistake and for what follows from it. The rules come first: what an engine
 * says about something that they told is its echo. So is what the compiler only says because
 * something else is wrong: it is told when that is right and the fault still there. */
#ifndef ATTIO_CHECK_ECHO_H
#define ATTIO_CHECK_ECHO_H

#include <stdbool.h>

struct app;
struct arena;
struct diag;
struct diags;
struct echo;

/* What was told until now; all memory is the arena's but what echo_free frees. `typed`: the
 * compiler is asked, too. Never NULL. */
struct echo *echo_new(const struct app *app, struct arena *arena, bool typed);
void echo_free(struct echo *echo);
/* These were told. The strings stay as long as the echo. */
void echo_learn(struct echo *echo, const struct diags *told);
/* Whether a finding of the model or the bundler says again what was told. */
bool echo_of_bundler(const struct echo *echo, const struct diag *diag);
/* Appends to `told` those of the compiler's findings (sorted) that are no echo. Of several that one
 * fault causes the first is told, with the others as notes. */
void echo_compiler(struct echo *echo, const struct diags *types, struct diags *told);

#endif
