/* What a throw of app code means. See calls.h. */
#include "base/buf.h"
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

void run_error_put(struct buf *out, const struct run_error *error)
{
	if (error == NULL) {
		buf_puts(out, "null");
		return;
	}
	buf_putc(out, '{');
	if (error->name != NULL)
		buf_put_json_member(out, "name", error->name);
	buf_put_json_member(out, "message", error->message != NULL ? error->message : "");
	if (error->code != NULL)
		buf_put_json_member(out, "code", error->code);
	if (error->stack != NULL)
		buf_put_json_member(out, "stack", error->stack);
	buf_putc(out, '}');
}
