/* See sent.h. */
#include "local/control/sent.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "json/body.h"

int sent_body_read(struct arena *arena, struct json_slice request, struct sent_body *body,
		   struct error *error)
{
	struct json_slice given = json_slice_member(request, "body");

	*body = (struct sent_body){.bytes = ""};
	if (given.at == NULL || given.at[0] == 'n')
		return 0;
	if (given.at[0] != '"') {
		body->bytes = arena_strndup(arena, given.at, given.len);
		body->len = given.len;
		body->json = true;
		return 0;
	}
	body->bytes = json_read_body(arena, request, &body->len);
	if (body->bytes == NULL)
		return error_set(error, ERROR_USAGE, "the body is not base64");
	return 0;
}

static void put_pair(struct buf *out, const char *name, const char *value)
{
	buf_puts(out, out->ptr[out->len - 1] == '[' ? "[" : ",[");
	buf_put_json_string(out, name, strlen(name));
	buf_putc(out, ',');
	buf_put_json_string(out, value, strlen(value));
	buf_putc(out, ']');
}

const char *sent_headers(struct arena *arena, const cJSON *request, bool json)
{
	const cJSON *given = cJSON_GetObjectItemCaseSensitive(request, "headers");
	const cJSON *item;
	struct buf out = {0};
	const char *text;
	bool typed = false;

	buf_putc(&out, '[');
	cJSON_ArrayForEach(item, given)
	{
		const cJSON *first = cJSON_GetArrayItem(item, 0);
		const char *name =
			item->string != NULL ? item->string : cJSON_GetStringValue(first);
		const char *value = cJSON_GetStringValue(
			item->string != NULL ? item : cJSON_GetArrayItem(item, 1));

		if (name == NULL || value == NULL)
			continue;
		typed = typed || strcasecmp(name, "content-type") == 0;
		put_pair(&out, name, value);
	}
	if (json && !typed)
		put_pair(&out, "content-type", "application/json");
	buf_putc(&out, ']');
	text = arena_strndup(arena, out.ptr, out.len);
	buf_dispose(&out);
	return text;
}
