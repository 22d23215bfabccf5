/* See first.h. */
#include "local/control/first.h"

#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/control/control.h"
#include "local/control/parts.h"
#include "local/control/surface_list.h"
#include "local/control/told.h"
#include "local/refusal.h"
#include "local/run/generations.h"
#include "local/run/platform.h"
#include "local/run/stream.h"
#include "local/world/world.h"
#include "json/json.h"

extern const struct control_route first_routes[];

/* ---- whose record ---- */

static bool names_object(const cJSON *objects, const char *slug)
{
	const cJSON *one;

	if (cJSON_IsString(objects))
		return str_is(slug, objects->valuestring);
	/* Without a list, or decided by code: it may be any. */
	if (!cJSON_IsArray(objects) || objects->child == NULL)
		return true;
	cJSON_ArrayForEach(one, objects)
	{
		if (cJSON_IsString(one) && str_is(slug, one->valuestring))
			return true;
	}
	return false;
}

/* The first of the usual objects that an action of the app is offered on. */
static const char *first_object(const struct platform *platform)
{
	static const char *const usual[] = {"people", "companies", "deals"};
	const struct buf *text = &platform->generations->surfaces;
	struct error ignored;
	cJSON *surfaces = text->len == 0 ? NULL
					 : json_parse(text->ptr, text->len, "the app's surfaces",
						      NULL, &ignored);
	const cJSON *actions = cJSON_GetObjectItemCaseSensitive(surfaces, "record-action");
	const char *found = NULL;
	const cJSON *action;

	for (size_t i = 0; i < ARRAY_LEN(usual) && found == NULL; i++) {
		cJSON_ArrayForEach(action, actions)
		{
			if (names_object(cJSON_GetObjectItemCaseSensitive(action, "objects"),
					 usual[i]))
				found = usual[i];
		}
	}
	cJSON_Delete(surfaces);
	return found != NULL ? found : usual[0];
}

static int put_record(struct platform *platform, struct buf *out, struct error *error)
{
	const char *object = first_object(platform);
	struct refusal refusal = {0};
	struct buf items = {0};
	cJSON *body = cJSON_CreateObject();
	int result;

	cJSON_AddNumberToObject(body, "limit", 1);
	result = world_records_query(platform->world, object, body, &items, &refusal);
	cJSON_Delete(body);
	/* An object that is switched off has none. */
	if (result != 0 && refusal.status >= 500)
		error_set(error, ERROR_SYSTEM, "%s", refusal.message);
	else if (result != 0 || items.len <= 2)
		buf_puts(out, "null");
	else
		buf_printf(out, "{\"object\":\"%s\",\"record\":%.*s}", object, (int)items.len - 2,
			   items.ptr + 1);
	result = result != 0 && refusal.status >= 500 ? -1 : 0;
	buf_dispose(&items);
	refusal_dispose(&refusal);
	return result;
}

/* ---- the document ---- */

static int put_surfaces(struct platform *platform, struct buf *out, struct error *error)
{
	struct buf list = {0};
	int result = 0;

	if (platform->generations->state != GENERATION_RUNS) {
		buf_puts(out, "null");
		return 0;
	}
	result = surface_list(platform, json_slice_of("{}", 2), 0, &list, error);
	if (result == 0) {
		struct json_slice items =
			json_slice_member(json_slice_of(list.ptr, list.len), "items");

		buf_add(out, items.at, items.len);
	}
	buf_dispose(&list);
	return result;
}

static int put_all(struct platform *platform, struct buf *out, struct error *error)
{
	static const struct {
		const char *name;
		int (*put)(struct platform *platform, struct buf *out, struct error *error);
	} parts[] = {
		{"surfaces", put_surfaces},     {"objects", workspace_put_objects},
		{"lists", workspace_put_lists}, {"members", workspace_put_members},
		{"record", put_record},
	};

	buf_puts(out, "{\"status\":");
	status_put(platform, out);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		buf_printf(out, ",\"%s\":", parts[i].name);
		if (parts[i].put(platform, out, error) != 0)
			return -1;
	}
	buf_printf(out, ",\"events\":%lld}", platform->stream->last);
	return 0;
}

int first_put(struct platform *platform, struct buf *out, struct error *error)
{
	size_t before = out->len;
	int result = put_all(platform, out, error);

	if (result != 0)
		out->len = before;
	return result;
}

static void first(struct platform *platform, struct control_call *call)
{
	struct buf out = {0};
	struct error error = {0};

	if (first_put(platform, &out, &error) == 0) {
		control_answer_buf(call, &out);
		return;
	}
	buf_dispose(&out);
	told_failure(call, &error);
}

const struct control_route first_routes[] = {
	{"GET", "/first", first, "what the page's first screen shows, in one document", NULL, NULL},
	{0},
};
