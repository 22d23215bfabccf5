/* See settings_tell.h. */
#include "local/run/settings_tell.h"

#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"
#include "local/run/calls.h"
#include "local/run/fail.h"
#include "local/run/generations.h"
#include "local/run/pieces.h"
#include "local/run/platform.h"
#include "local/run/settings.h"

static void told(void *context, struct json_slice result, const struct run_error *error)
{
	(void)context;
	(void)result;
	(void)error;
}

void settings_tell(struct platform *platform)
{
	struct buf members = {0};
	struct error error;

	if (platform->generations == NULL || platform->generations->state != GENERATION_RUNS)
		return;
	buf_puts(&members, "\"values\":");
	if (settings_get(platform->pieces, (struct json_slice){NULL, 0}, &members, &error) == 0)
		run_client(platform, "client.settings", buf_cstr(&members), 0, NULL, NULL, NULL,
			   told, NULL);
	else
		run_failed(platform, &error);
	buf_dispose(&members);
}
