/* What a throw of app code means. See calls.h. */
#include "base/str.h"
#include "local/run/calls.h"

/* The dispatchers' own words for an app without this handler: the official CLI's, and ours
 * (lib/bundle/entry.c). */
bool run_has_no_handler(const struct run_error *thrown)
{
	return thrown != NULL && thrown->message != NULL &&
	       (str_starts(thrown->message, "Event handler not found") ||
		str_starts(thrown->message, "this app has no event handler "));
}
