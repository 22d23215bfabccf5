/* See told.h. */
#include "local/control/told.h"

#include <string.h>

#include "base/buf.h"
#include "local/control/control.h"
#include "local/run/calls.h"
#include "local/run/fail.h"

static void put_member(struct buf *out, const char *name, const char *value)
{
	if (value == NULL)
		return;
	if (out->ptr[out->len - 1] != '{')
		buf_putc(out, ',');
	buf_printf(out, "\"%s\":", name);
	buf_put_json_string(out, value, strlen(value));
}

void told_run_error(struct buf *out, const struct run_error *error)
{
	if (error == NULL) {
		buf_puts(out, "null");
		return;
	}
	buf_putc(out, '{');
	put_member(out, "name", error->name);
	put_member(out, "message", error->message != NULL ? error->message : "");
	put_member(out, "code", error->code);
	put_member(out, "stack", error->stack);
	buf_putc(out, '}');
}

void told_failure(struct control_call *call, const struct error *error)
{
	run_failed(call->platform, error);
	control_fail(call, error);
}
