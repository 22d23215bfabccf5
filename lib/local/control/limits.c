/* The platform's limits (run/limits.h), each turned on and off while it runs. */
#include "local/control/control.h"

#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "local/rest/limits.h"
#include "local/rest/rest.h"
#include "local/run/limits.h"
#include "local/run/platform.h"
#include "json/json.h"

extern const struct control_route limit_routes[];

static void put(struct buf *out, const struct limits *limits, const char *name, const char *what,
		unsigned long most)
{
	struct limits copy = *limits;

	buf_puts(out, out->ptr[out->len - 1] == '[' ? "{" : ",{");
	buf_put_json_member(out, "name", name);
	buf_put_json_member(out, "help", what);
	buf_printf(out, ",\"most\":%lu,\"on\":%s}", most,
		   *limits_field(&copy, name, strlen(name)) ? "false" : "true");
}

static void show(struct platform *platform, struct control_call *call)
{
	const struct limits *limits = platform->limits;
	struct buf out = {0};

	buf_puts(&out, "{\"items\":[");
	put(&out, limits, "time", "milliseconds for a call of app code", LIMIT_RUN_MS);
	put(&out, limits, "egress", "requests of one flow in a second", LIMIT_EGRESS);
	put(&out, limits, "rest", "reads of the REST API in a second; a quarter as many writes",
	    LIMIT_READS);
	put(&out, limits, "json", "bytes of JSON between client and server", LIMIT_CROSSING);
	buf_puts(&out, "]}");
	control_answer_buf(call, &out);
}

static void set(struct platform *platform, struct control_call *call)
{
	const char *name = json_string_or_null(call->body, "name");
	bool *off = limits_field(platform->limits, name, strlen(name));

	if (off == NULL) {
		control_refuse(call, 400, "usage", "there is no limit of this name", NULL,
			       "the limits are time, egress, rest and json");
		return;
	}
	*off = !cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(call->body, "on"));
	platform->rest->unlimited = platform->limits->rest_off;
	show(platform, call);
}

static const struct control_field set_body[] = {
	{"name", "string", true, "time, egress, rest or json"},
	{"on", "boolean", true, "false: it does not hold"},
	{0},
};

const struct control_route limit_routes[] = {
	{"GET", "/limits", show, "limits of the platform, and whether they hold", NULL, NULL},
	{"PUT", "/limits", set, "turn a limit on or off, from now on", set_body, NULL},
	{0},
};
