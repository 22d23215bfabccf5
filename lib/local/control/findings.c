/* What was found in the app's last build, and in its code when that was evaluated. */
#include "local/control/control.h"

#include <string.h>

#include "base/buf.h"
#include "local/run/generations.h"
#include "local/run/platform.h"

extern const struct control_route finding_routes[];

static void findings(struct platform *platform, struct control_call *call)
{
	static const char none[] = "{\"step\":\"none\",\"ok\":true,\"checking\":false,\"ms\":0,"
				   "\"at\":null,\"errors\":0,\"warnings\":0,\"items\":[],"
				   "\"error\":null}";
	const struct generations *generations = platform->generations;
	const char *told = platform->findings != NULL ? platform->findings : none;
	struct buf out = {0};

	buf_add(&out, told, strlen(told) - 1); /* without the brace */
	if (generations->current > 0)
		buf_printf(&out, ",\"running\":%lld", generations->current);
	else
		buf_puts(&out, ",\"running\":null");
	buf_printf(&out, ",\"code\":%s}",
		   generations->errors.len > 0 ? generations->errors.ptr : "[]");
	control_answer_buf(call, &out);
}

static void environment(struct platform *platform, struct control_call *call)
{
	static const char none[] = "{\"files\":[],\"items\":[]}";
	const char *told = platform->environment != NULL ? platform->environment : none;

	control_answer(call, told, strlen(told));
}

const struct control_route finding_routes[] = {
	{"GET", "/findings", findings, "what is wrong with the app, as of its last build", NULL,
	 NULL},
	{"GET", "/environment", environment,
	 "names of environment variables, and where they are read; no values", NULL, NULL},
	{0},
};
