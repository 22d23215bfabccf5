/* See start.h. */
#include "local/control/start.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/control/acting_as.h"
#include "local/control/control.h"
#include "local/control/surface_list.h"
#include "json/json.h"

/* "recordId" and "object" of the record that the body names; "recordIds" of several. */
int start_put_records(struct platform *platform, struct control_call *call, struct buf *args,
		      struct error *error)
{
	const char *record = json_string_or_null(call->body, "record");
	const cJSON *records = cJSON_GetObjectItemCaseSensitive(call->body, "records");
	const char *object, *id;
	const cJSON *item;
	bool first = true;

	if (record != NULL) {
		if (named_record(platform, call, record, &object, &id, error) != 0)
			return -1;
		buf_put_json_member(args, "recordId", id);
		buf_put_json_member(args, "object", object);
	}
	if (records == NULL)
		return 0;
	buf_printf(args, "%s\"recordIds\":[", args->ptr[args->len - 1] == '{' ? "" : ",");
	cJSON_ArrayForEach(item, records)
	{
		if (!cJSON_IsString(item))
			return error_set(error, ERROR_USAGE, "`records` must be texts");
		if (named_record(platform, call, item->valuestring, &object, &id, error) != 0)
			return -1;
		buf_printf(args, "%s\"%s\"", first ? "" : ",", id);
		first = false;
	}
	buf_putc(args, ']');
	if (!first)
		buf_put_json_member(args, "object", object);
	return 0;
}

/* The body names no record: the host says whether that matters. */
const char *start_bare(const struct control_call *call)
{
	return cJSON_HasObjectItem(call->body, "record") ||
			       cJSON_HasObjectItem(call->body, "records")
		       ? ""
		       : ",\"bare\":true";
}

/* The arguments of onTrigger: records, then what the body has for the other kinds. */
int start_put_arguments(struct platform *platform, struct control_call *call, struct buf *args,
			struct error *error)
{
	static const char *const others[] = {"object", "text", "markdown", "transcript", "url"};

	buf_putc(args, '{');
	if (start_put_records(platform, call, args, error) != 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		struct json_slice value = json_slice_member(call->body_text, others[i]);

		if (value.at == NULL || (i == 0 && strstr(args->ptr, "\"object\":") != NULL))
			continue;
		buf_printf(args, "%s\"%s\":%.*s", args->ptr[args->len - 1] == '{' ? "" : ",",
			   others[i], (int)value.len, value.at);
	}
	buf_putc(args, '}');
	return 0;
}

/* The object that the action would be run on, for the host to say whether it is offered there. */
int start_put_object(struct platform *platform, struct control_call *call, const struct buf *args,
		     struct buf *members, struct error *error)
{
	const struct json_slice given = {args->ptr, args->len};
	const char *object = json_slice_text(call->arena, given, "object");

	if (object == NULL || cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(call->body, "force")))
		return 0;
	buf_puts(members, ",\"on\":{");
	if (surface_object(platform, object, members, error) != 0)
		return -1;
	buf_putc(members, '}');
	return 0;
}

const char *start_surface_kind(const char *word)
{
	static const char *const kinds[][2] = {{"widget", "record-widget"},
					       {"tab", "record-tab"},
					       {"page", "page"},
					       {"settings", "workspace-settings"},
					       {"configurator", "workflow-block"}};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (word != NULL &&
		    (strcmp(kinds[i][0], word) == 0 || strcmp(kinds[i][1], word) == 0))
			return kinds[i][1];
	return NULL;
}

bool start_refused(struct control_call *call, const char *code, const char *message)
{
	if (str_equal(code, "not-found"))
		control_refuse(call, 404, "not_found", message, NULL,
			       "`attio action list` shows those that there are, `attio widget "
			       "list`, `tab list` and `page list` what is shown");
	else if (str_equal(code, "needs-record"))
		control_refuse(call, 400, "usage", message, NULL,
			       "name one: `--record people/ada`");
	else if (str_equal(code, "not-offered"))
		control_refuse(
			call, 400, "usage", message,
			"nobody can run it there on Attio, so it was not run",
			"name a record of another object, or run it all the same: `--force`");
	else
		return false;
	return true;
}
