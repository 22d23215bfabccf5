/* See fail.h. */
#include "local/run/fail.h"

#include "base/error.h"
#include "local/run/platform.h"

void run_failed(struct platform *platform, const struct error *error)
{
	if (error->kind == ERROR_SYSTEM && platform->failure.kind == ERROR_NONE)
		platform->failure = *error;
}
