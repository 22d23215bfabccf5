/* Dev versions that are pushed over the developer API (by `attio dev --workspace`, or by the
 * official CLI's `dev`), and sign-ins, as this run takes them.
 *
 * What runs: the app's own build, as soon as the command had a good one. Otherwise (it does not
 * build, or `attio dev --no-build` was asked for) what was pushed last, of any app; also what was
 * pushed in a former run, until something new comes. Each push is a generation as each build is. */
#ifndef ATTIO_LOCAL_RUN_PUSHED_H
#define ATTIO_LOCAL_RUN_PUSHED_H

#include <stdbool.h>
#include <stddef.h>

struct error;
struct platform;
struct sign_in;

/* Makes the command's app known to the developer API. */
int pushed_open(struct platform *platform, struct error *error);
/* The command has a build of its own. */
void pushed_own_build(struct platform *platform);
/* Loads the last push unless there is an own build; false: there is neither. */
bool pushed_run_last(struct platform *platform);

/* Says a line of the app's console, which an event tells, to those who listen to its logs. */
void pushed_log(struct platform *platform, const char *json, size_t len);

/* What routes_listener wants. */
void pushed_take(void *platform, long long bundle);
void pushed_asked(void *platform, const struct sign_in *sign_in);

#endif
