/* The app's KV, from outside. */
#include "local/run/kv.h"
#include "local/control/control.h"
#include "local/control/told.h"

#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "local/run/pieces.h"
#include "local/run/platform.h"
#include "json/json.h"

static void list(struct platform *platform, struct control_call *call)
{
	struct buf out = {0};
	struct error error;

	buf_puts(&out, "{\"items\":");
	if (kv_list(platform->pieces, &out, &error) != 0) {
		buf_dispose(&out);
		told_failure(call, &error);
		return;
	}
	buf_putc(&out, '}');
	control_answer_buf(call, &out);
}

static void answer_item(struct platform *platform, struct control_call *call, const char *key)
{
	struct buf out = {0};
	struct error error;
	bool found;

	if (kv_show(platform->pieces, key, &out, &found, &error) == 0 && found) {
		control_answer_buf(call, &out);
		return;
	}
	if (out.len == 0) {
		error_set(&error, ERROR_NOT_FOUND, "there is no key `%.200s`", key);
		error_fix(&error, "`attio kv list` shows those that there are");
	}
	buf_dispose(&out);
	told_failure(call, &error);
}

static void get(struct platform *platform, struct control_call *call)
{
	answer_item(platform, call, control_path(call, "key"));
}

static void put(struct platform *platform, struct control_call *call)
{
	const char *key = control_path(call, "key");
	const cJSON *ttl = cJSON_GetObjectItemCaseSensitive(call->body, "ttl");
	struct json_slice value = json_slice_member(call->body_text, "value");
	struct buf params = {0};
	struct buf ignored = {0};
	struct error error;
	int result;

	buf_puts(&params, "{\"key\":");
	buf_put_json_string(&params, key, strlen(key));
	buf_puts(&params, ",\"value\":");
	buf_add(&params, value.at, value.len);
	if (ttl != NULL) {
		buf_puts(&params, ",\"ttl\":");
		json_print(&params, ttl, false);
	}
	buf_putc(&params, '}');
	result = kv_set(platform->pieces, json_slice_of(params.ptr, params.len), &ignored, &error);
	buf_dispose(&params);
	buf_dispose(&ignored);
	if (result != 0)
		told_failure(call, &error);
	else if (cJSON_IsNumber(ttl) && ttl->valuedouble <= 0)
		control_answer(call, "{}", 2);
	else
		answer_item(platform, call, key);
}

static void delete (struct platform *platform, struct control_call *call)
{
	const char *key = control_path(call, "key");
	struct buf params = {0};
	struct buf out = {0};
	struct error error;
	bool found;
	int result = kv_show(platform->pieces, key, &out, &found, &error);

	buf_clear(&out);
	buf_puts(&params, "{\"key\":");
	buf_put_json_string(&params, key, strlen(key));
	buf_putc(&params, '}');
	if (result == 0)
		result = kv_delete(platform->pieces, json_slice_of(params.ptr, params.len), &out,
				   &error);
	buf_clear(&out);
	buf_puts(&out, "{\"key\":");
	buf_put_json_string(&out, key, strlen(key));
	buf_printf(&out, ",\"deleted\":%s}", found ? "true" : "false");
	buf_dispose(&params);
	if (result == 0) {
		control_answer_buf(call, &out);
	} else {
		buf_dispose(&out);
		told_failure(call, &error);
	}
}

static const struct control_field put_body[] = {
	{"value", "any", true, "any JSON value"},
	{"ttl", "number", false, "seconds after which it is gone"},
	{0}};

extern const struct control_route kv_routes[];

const struct control_route kv_routes[] = {
	{"GET", "/kv", list, "keys of the app's KV with their values", NULL, NULL},
	{"GET", "/kv/{key...}", get, "one key", NULL, NULL},
	{"PUT", "/kv/{key...}", put, "set a key", put_body, NULL},
	{"DELETE", "/kv/{key...}", delete, "delete a key", NULL, NULL},
	{0},
};
