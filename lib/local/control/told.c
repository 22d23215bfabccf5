/* See told.h. */
#include "local/control/told.h"

#include "local/control/control.h"
#include "local/run/fail.h"

void told_failure(struct control_call *call, const struct error *error)
{
	run_failed(call->platform, error);
	control_fail(call, error);
}
