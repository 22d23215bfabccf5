/* What --net record has kept, to be passed on. */
#include "local/run/recordings.h"

#include "base/buf.h"
#include "base/error.h"
#include "local/control/control.h"
#include "local/control/told.h"
#include "local/run/platform.h"

static void list(struct platform *platform, struct control_call *call)
{
	struct buf out = {0};
	struct error error;

	buf_puts(&out, "{\"items\":");
	if (recordings_list(platform->store, &out, &error) != 0) {
		buf_dispose(&out);
		told_failure(call, &error);
		return;
	}
	buf_putc(&out, '}');
	control_answer_buf(call, &out);
}

static void add(struct platform *platform, struct control_call *call)
{
	const cJSON *given = cJSON_GetObjectItemCaseSensitive(call->body, "recordings");
	struct buf out = {0};
	struct error error;

	if (recordings_add(platform->store, given, &error) != 0) {
		told_failure(call, &error);
		return;
	}
	buf_printf(&out, "{\"added\":%d}", cJSON_GetArraySize(given));
	control_answer_buf(call, &out);
}

static const struct control_field add_body[] = {
	{"recordings", "array", true, "as GET gives them"},
	{0},
};

extern const struct control_route recording_routes[];

const struct control_route recording_routes[] = {
	{"GET", "/recordings", list, "what --net record has kept of the outside", NULL, NULL},
	{"POST", "/recordings", add, "add recordings for --net replay, all or none", add_body,
	 NULL},
	{0},
};
