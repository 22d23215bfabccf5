/* See seed.h. What the REST API can make is made by it, so that a written-down world is checked by
 * the service's own rules and told in its words. */
#include "local/run/seed.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "http/http.h"
#include "http/server.h"
#include "local/refusal.h"
#include "local/rest/rest.h"
#include "local/run/kv.h"
#include "local/run/pieces.h"
#include "local/run/platform.h"
#include "local/run/settings.h"
#include "local/run/state.h"
#include "local/world/world.h"
#include "json/json.h"

int seed_anew(struct platform *platform, struct error *error)
{
	if (state_clear(platform->store, error) != 0)
		return -1;
	return world_reset(platform->world, error);
}

/* ---- one thing ---- */

struct seeding {
	struct platform *platform;
	struct arena *arena;
	const char *authorization;
	struct error *error;
};

/* The service's refusal as an error that says which thing it was. */
static int refused(struct seeding *seeding, const char *what, const struct http_reply *reply)
{
	struct error ignored;
	cJSON *body = json_parse(reply->body.ptr != NULL ? reply->body.ptr : "", reply->body.len,
				 "answer", NULL, &ignored);
	const char *message = json_string_or_null(body, "message");

	error_set(seeding->error, ERROR_USAGE, "%.200s cannot be made", what);
	error_why(seeding->error, "%.400s", message != NULL ? message : "the store failed");
	cJSON_Delete(body);
	return -1;
}

/* Makes one thing by a POST; `data` is the inside of the body's "data". */
static int post(struct seeding *seeding, const char *path, const cJSON *data, const char *what)
{
	struct http_reply reply = {0};
	struct buf body = {0};
	struct rest_request request = {.method = "POST",
				       .path = path,
				       .query = "",
				       .authorization = seeding->authorization,
				       .inside = true};
	int result = 0;

	buf_puts(&body, "{\"data\":");
	json_print(&body, data, false);
	buf_putc(&body, '}');
	request.body = buf_cstr(&body);
	request.body_len = body.len;
	rest_answer(seeding->platform->rest, &request, &reply);
	if (reply.status < 200 || reply.status > 299)
		result = refused(seeding, what, &reply);
	buf_dispose(&body);
	buf_dispose(&reply.headers);
	buf_dispose(&reply.body);
	return result;
}

/* A member taken out of a copy of the item: the service does not know it. */
static const cJSON *take_out(const cJSON *item, cJSON **copy, const char *name)
{
	if (*copy == NULL)
		*copy = cJSON_Duplicate(item, true);
	cJSON_DeleteItemFromObjectCaseSensitive(*copy, name);
	return cJSON_GetObjectItemCaseSensitive(item, name);
}

static const char *encoded(struct seeding *seeding, const char *text)
{
	struct buf out = {0};
	const char *kept;

	http_put_encoded(&out, text, "");
	kept = arena_strdup(seeding->arena, buf_cstr(&out));
	buf_dispose(&out);
	return kept;
}

/* ---- attributes ---- */

/* Options of a select or statuses: texts, or objects as the service takes them. */
static int add_options(struct seeding *seeding, const char *path, const cJSON *options)
{
	const cJSON *option;

	cJSON_ArrayForEach(option, options)
	{
		cJSON *data = cJSON_IsString(option) ? cJSON_CreateObject()
						     : cJSON_Duplicate(option, true);
		const char *title;
		int result;

		if (cJSON_IsString(option))
			cJSON_AddStringToObject(data, "title", option->valuestring);
		title = json_string_or_null(data, "title");
		result = post(seeding, path, data,
			      arena_printf(seeding->arena, "the option `%s`",
					   title != NULL ? title : ""));
		cJSON_Delete(data);
		if (result != 0)
			return -1;
	}
	return 0;
}

/* `family` is "objects" or "lists". What the service requires and people leave out is added. */
static int add_attribute(struct seeding *seeding, const char *family, const char *owner,
			 const cJSON *item)
{
	static const char *const flags[] = {"is_required", "is_unique", "is_multiselect"};
	cJSON *data = NULL;
	const cJSON *options = take_out(item, &data, "options");
	const cJSON *statuses = take_out(item, &data, "statuses");
	const char *slug = json_string_or_null(item, "api_slug");
	const char *path = arena_printf(seeding->arena, "/v2/%s/%s/attributes", family, owner);
	const char *below;
	int result;

	if (cJSON_GetObjectItemCaseSensitive(data, "title") == NULL && slug != NULL)
		cJSON_AddStringToObject(data, "title", slug);
	if (cJSON_GetObjectItemCaseSensitive(data, "description") == NULL)
		cJSON_AddNullToObject(data, "description");
	if (cJSON_GetObjectItemCaseSensitive(data, "config") == NULL)
		cJSON_AddObjectToObject(data, "config");
	for (size_t i = 0; i < ARRAY_LEN(flags); i++)
		if (cJSON_GetObjectItemCaseSensitive(data, flags[i]) == NULL)
			cJSON_AddFalseToObject(data, flags[i]);
	result = post(seeding, path, data,
		      arena_printf(seeding->arena, "the attribute `%s` of `%s`",
				   slug != NULL ? slug : "", owner));
	cJSON_Delete(data);
	if (result != 0 || slug == NULL)
		return result;
	below = arena_printf(seeding->arena, "%s/%s", path, encoded(seeding, slug));
	result = add_options(seeding, arena_printf(seeding->arena, "%s/options", below), options);
	if (result == 0)
		result = add_options(seeding, arena_printf(seeding->arena, "%s/statuses", below),
				     statuses);
	return result;
}

static int add_attributes(struct seeding *seeding, const char *family, const char *owner,
			  const cJSON *items, long long *count)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, items)
	{
		if (add_attribute(seeding, family, encoded(seeding, owner), item) != 0)
			return -1;
		(*count)++;
	}
	return 0;
}

/* ---- kinds of things ---- */

/* One kind of thing of the document; adds to *count. */
typedef int add_kind(struct seeding *seeding, const cJSON *part, long long *count);

/* Objects and lists, with their attributes. */
static int add_owners(struct seeding *seeding, const char *family, const cJSON *part,
		      long long *count)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, part)
	{
		cJSON *data = NULL;
		const cJSON *attributes = take_out(item, &data, "attributes");
		const char *slug = json_string_or_null(item, "api_slug");
		const char *what = arena_printf(seeding->arena, "`%s` of %s",
						slug != NULL ? slug : "", family);
		int result =
			post(seeding, arena_printf(seeding->arena, "/v2/%s", family), data, what);
		long long ignored = 0;

		cJSON_Delete(data);
		if (result == 0 && slug != NULL)
			result = add_attributes(seeding, family, slug, attributes, &ignored);
		if (result != 0)
			return -1;
		(*count)++;
	}
	return 0;
}

static int add_objects(struct seeding *seeding, const cJSON *part, long long *count)
{
	return add_owners(seeding, "objects", part, count);
}

static int add_lists(struct seeding *seeding, const cJSON *part, long long *count)
{
	return add_owners(seeding, "lists", part, count);
}

static int add_to_objects(struct seeding *seeding, const cJSON *part, long long *count)
{
	const cJSON *items;

	cJSON_ArrayForEach(items, part)
	{
		if (add_attributes(seeding, "objects", items->string, items, count) != 0)
			return -1;
	}
	return 0;
}

static int add_record(struct seeding *seeding, const char *object, int index, const cJSON *item)
{
	const cJSON *values = cJSON_GetObjectItemCaseSensitive(item, "values");
	cJSON *data = cJSON_CreateObject();
	int result;

	cJSON_AddItemToObject(data, "values",
			      cJSON_Duplicate(cJSON_IsObject(values) ? values : item, true));
	result = post(
		seeding,
		arena_printf(seeding->arena, "/v2/objects/%s/records", encoded(seeding, object)),
		data, arena_printf(seeding->arena, "record %d of `%s`", index, object));
	cJSON_Delete(data);
	return result;
}

static int add_records(struct seeding *seeding, const cJSON *part, long long *count)
{
	const cJSON *items, *item;

	cJSON_ArrayForEach(items, part)
	{
		int index = 0;

		cJSON_ArrayForEach(item, items)
		{
			if (add_record(seeding, items->string, ++index, item) != 0)
				return -1;
			(*count)++;
		}
	}
	return 0;
}

static int add_entries(struct seeding *seeding, const cJSON *part, long long *count)
{
	const cJSON *items, *item;

	cJSON_ArrayForEach(items, part)
	{
		const char *path = arena_printf(seeding->arena, "/v2/lists/%s/entries",
						encoded(seeding, items->string));

		cJSON_ArrayForEach(item, items)
		{
			if (post(seeding, path, item,
				 arena_printf(seeding->arena, "an entry of `%s`", items->string)) !=
			    0)
				return -1;
			(*count)++;
		}
	}
	return 0;
}

static int add_each(struct seeding *seeding, const char *path, const char *what, const cJSON *part,
		    long long *count)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, part)
	{
		if (post(seeding, path, item, what) != 0)
			return -1;
		(*count)++;
	}
	return 0;
}

static int add_notes(struct seeding *seeding, const cJSON *part, long long *count)
{
	return add_each(seeding, "/v2/notes", "a note", part, count);
}

static int add_tasks(struct seeding *seeding, const cJSON *part, long long *count)
{
	return add_each(seeding, "/v2/tasks", "a task", part, count);
}

static int add_comments(struct seeding *seeding, const cJSON *part, long long *count)
{
	return add_each(seeding, "/v2/comments", "a comment", part, count);
}

static int add_keys(struct seeding *seeding, const cJSON *part, long long *count)
{
	const cJSON *value;
	int result = 0;

	cJSON_ArrayForEach(value, part)
	{
		struct buf params = {0};
		struct buf ignored = {0};

		buf_puts(&params, "{\"key\":");
		buf_put_json_string(&params, value->string, strlen(value->string));
		buf_puts(&params, ",\"value\":");
		json_print(&params, value, false);
		buf_putc(&params, '}');
		if (result == 0)
			result = kv_set(seeding->platform->pieces,
					json_slice_of(params.ptr, params.len), &ignored,
					seeding->error);
		buf_dispose(&params);
		buf_dispose(&ignored);
		(*count)++;
	}
	return result;
}

static int add_settings(struct seeding *seeding, const cJSON *part, long long *count)
{
	*count = cJSON_GetArraySize(part);
	return settings_patch(seeding->platform->pieces, part, seeding->error);
}

/* ---- all of them ---- */

static const struct {
	const char *name;
	bool list; /* else an object */
	add_kind *add;
} kinds[] = {
	{"objects", true, add_objects},  {"attributes", false, add_to_objects},
	{"lists", true, add_lists},      {"records", false, add_records},
	{"entries", false, add_entries}, {"notes", true, add_notes},
	{"tasks", true, add_tasks},      {"comments", true, add_comments},
	{"kv", false, add_keys},         {"settings", false, add_settings},
};

static int refuse_part(const char *name, struct error *error)
{
	error_set(error, ERROR_USAGE, "a world has no `%.100s`", name);
	return error_fix(error,
			 "it has objects, attributes, lists, records, entries, notes, tasks, "
			 "comments, kv and settings; see `attio help state seed`");
}

static int check_members(const cJSON *world, struct error *error)
{
	const cJSON *part;

	cJSON_ArrayForEach(part, world)
	{
		size_t i = 0;

		while (i < ARRAY_LEN(kinds) && !str_is(kinds[i].name, part->string))
			i++;
		if (i == ARRAY_LEN(kinds))
			return refuse_part(part->string, error);
		if (kinds[i].list ? !cJSON_IsArray(part) : !cJSON_IsObject(part))
			return error_set(error, ERROR_USAGE, "`%s` of a world must be an %s",
					 kinds[i].name, kinds[i].list ? "array" : "object");
	}
	return 0;
}

static int add_all(struct seeding *seeding, const cJSON *world, struct buf *out)
{
	buf_putc(out, '{');
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		const cJSON *part = cJSON_GetObjectItemCaseSensitive(world, kinds[i].name);
		long long count = 0;

		if (part != NULL && kinds[i].add(seeding, part, &count) != 0)
			return -1;
		buf_printf(out, "%s\"%s\":%lld", i > 0 ? "," : "", kinds[i].name, count);
	}
	buf_putc(out, '}');
	return 0;
}

int seed_from(struct platform *platform, const cJSON *world, struct buf *out, struct error *error)
{
	struct arena *arena = arena_new();
	struct seeding seeding = {.platform = platform, .arena = arena, .error = error};
	struct refusal refusal = {0};
	bool limited = !platform->rest->unlimited;
	int result = check_members(world, error);

	seeding.authorization = arena_printf(arena, "Bearer %s", platform->api_token);
	if (result == 0 && world_begin(platform->world, &refusal) != 0)
		result = error_set(error, ERROR_SYSTEM, "%.400s", refusal.message);
	if (result == 0) {
		platform->rest->unlimited = true;
		result = add_all(&seeding, world, out);
		platform->rest->unlimited = !limited;
		if (world_end(platform->world, result, &refusal) != 0 && result == 0)
			result = error_set(error, ERROR_SYSTEM, "%.400s", refusal.message);
	}
	if (result != 0)
		buf_clear(out);
	refusal_dispose(&refusal);
	arena_free(arena);
	return result;
}
