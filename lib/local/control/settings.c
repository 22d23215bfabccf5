/* Workspace settings of the app, from outside. */
#include "local/run/settings.h"
#include "local/control/control.h"
#include "local/control/told.h"

#include "base/buf.h"
#include "base/error.h"
#include "local/run/members.h"
#include "local/run/pieces.h"
#include "local/run/platform.h"
#include "local/run/settings_tell.h"
#include "json/json.h"

static void answer_values(struct platform *platform, struct control_call *call)
{
	struct buf out = {0};
	struct error error;

	buf_puts(&out, "{\"values\":");
	if (settings_get(platform->pieces, (struct json_slice){NULL, 0}, &out, &error) != 0) {
		buf_dispose(&out);
		told_failure(call, &error);
		return;
	}
	buf_putc(&out, '}');
	control_answer_buf(call, &out);
}

static void patch(struct platform *platform, struct control_call *call)
{
	const cJSON *values = cJSON_GetObjectItemCaseSensitive(call->body, "values");
	struct member member;
	struct error error;

	if (member_find(platform->store, json_string_or_null(call->body, "as"), &member, &error) !=
	    0) {
		told_failure(call, &error);
		return;
	}
	if (!member.admin) {
		control_refuse(call, 401, "auth", "only an admin of the workspace changes settings",
			       NULL, "leave out `as`, or name an admin");
		return;
	}
	if (settings_patch(platform->pieces, values, &error) != 0) {
		told_failure(call, &error);
		return;
	}
	settings_tell(platform);
	answer_values(platform, call);
}

static const struct control_field patch_body[] = {
	{"values", "object", true, "settings and their values; null takes one away"},
	{"as", "string", false, "who changes them: a workspace member, an admin"},
	{0}};

extern const struct control_route setting_routes[];

const struct control_route setting_routes[] = {
	{"GET", "/settings", answer_values, "workspace settings of the app", NULL, NULL},
	{"PATCH", "/settings", patch, "change settings, all of them or none", patch_body, NULL},
	{0},
};
