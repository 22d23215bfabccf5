/* /records: what `attio records` and other programs see of the world. Records are named by their id
 * or as people name them; who writes is a workspace member, the first admin unless `as` says more.
 */
#include "local/control/acting_as.h"
#include "local/control/control.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/refusal.h"
#include "local/run/platform.h"
#include "local/world/world.h"
#include "json/json.h"

extern const struct control_route record_routes[];

#define LIMIT_USUAL 50
#define LIMIT_MOST 500

/* ---- refusals ---- */

/* "values.name: Expected string, received number", one after the other. */
static const char *issues_text(struct arena *arena, struct refusal *refusal)
{
	struct error ignored = {0};
	const char *list = arena_printf(arena, "[%s]", buf_cstr(&refusal->issues));
	cJSON *issues = json_parse(list, strlen(list), "issues", NULL, &ignored);
	struct buf text = {0};
	const cJSON *issue;
	const char *result;

	cJSON_ArrayForEach(issue, issues)
	{
		const cJSON *step;
		bool any = false;

		if (text.len > 0)
			buf_puts(&text, "; ");
		cJSON_ArrayForEach(step, cJSON_GetObjectItemCaseSensitive(issue, "path"))
		{
			buf_printf(&text, "%s%s", any ? "." : "",
				   cJSON_IsString(step) ? step->valuestring : "?");
			any = true;
		}
		buf_printf(&text, "%s%s", any ? ": " : "",
			   json_string_or_null(issue, "message") != NULL
				   ? json_string_or_null(issue, "message")
				   : "");
	}
	cJSON_Delete(issues);
	result = text.len > 0 ? arena_strdup(arena, text.ptr) : NULL;
	buf_dispose(&text);
	return result;
}

/* Answers "no" with what the world refused; `which` NULL, or which of several records it was. */
static void answer_refusal(struct control_call *call, struct refusal *refusal, const char *which)
{
	const char *kind = refusal->status == 404   ? "not_found"
			   : refusal->status == 409 ? "conflict"
			   : refusal->status >= 500 ? "system"
						    : "usage";
	unsigned status = (unsigned)refusal->status;
	const char *message = refusal->message;
	const char *why = issues_text(call->arena, refusal);
	const char *fix;

	fix = record_fix(call->arena, control_path(call, "object"), refusal);
	if (str_equal(refusal->code, "uniqueness_conflict")) {
		kind = "conflict";
		status = 409;
	}
	if (which != NULL)
		message = arena_printf(call->arena, "%s: %s", which, message);
	else
		message = arena_strdup(call->arena, message);
	refusal_dispose(refusal);
	control_refuse(call, status, kind, message, why, fix);
}

/* {"NAME": <what is in out>} */
static void answer_named(struct control_call *call, const char *name, struct buf *out)
{
	struct buf answer = {0};

	buf_printf(&answer, "{\"%s\":", name);
	buf_add(&answer, buf_cstr(out), out->len);
	buf_putc(&answer, '}');
	buf_dispose(out);
	control_answer_buf(call, &answer);
}

static void conclude(struct control_call *call, int result, const char *name, struct buf *out,
		     struct refusal *refusal)
{
	if (result == 0) {
		answer_named(call, name, out);
		refusal_dispose(refusal);
		return;
	}
	buf_dispose(out);
	answer_refusal(call, refusal, NULL);
}

/* ---- who writes, and which record ---- */

static int find_actor(struct control_call *call, const char *as, struct actor *actor,
		      struct refusal *refusal)
{
	char *id = arena_alloc(call->arena, WORLD_ID_SIZE);

	actor->type = "workspace-member";
	actor->id = id;
	if (as != NULL)
		return world_find_member(call->platform->world, as, id, refusal);
	snprintf(id, WORLD_ID_SIZE, "%s", call->platform->admin_id);
	return 0;
}

static const char *as_of(const struct control_call *call)
{
	const char *as = call->body != NULL ? json_string_or_null(call->body, "as") : NULL;

	return as != NULL ? as : control_query(call, "as");
}

/* The record that the path names, and the actor for those that write. */
struct target {
	const char *object;
	char id[WORLD_ID_SIZE];
	struct actor actor;
};

static int find_target(struct control_call *call, struct target *target, bool writes,
		       struct refusal *refusal)
{
	target->object = control_path(call, "object");
	if (world_find(call->platform->world, target->object, control_path(call, "ref"), target->id,
		       refusal) != 0)
		return -1;
	return writes ? find_actor(call, as_of(call), &target->actor, refusal) : 0;
}

/* ---- reading ---- */

static void get_record(struct platform *platform, struct control_call *call)
{
	struct refusal refusal = {0};
	struct buf out = {0};
	struct target target;
	int result = find_target(call, &target, false, &refusal);

	if (result == 0)
		result =
			world_record_get(platform->world, target.object, target.id, &out, &refusal);
	conclude(call, result, "record", &out, &refusal);
}

/* A search: the best come first. */
static int search(struct platform *platform, const char *object, const char *query, long long limit,
		  long long offset, struct buf *out, struct refusal *refusal)
{
	char(*ids)[WORLD_ID_SIZE];
	size_t count;
	size_t from = (size_t)offset;
	int result = world_search_ids(platform->world, query, object, (size_t)(limit + offset),
				      &ids, &count, refusal);

	if (result == 0) {
		if (from > count)
			from = count;
		result = world_records_get(platform->world, object,
					   (const char(*)[WORLD_ID_SIZE])ids + from, count - from,
					   out, refusal);
	}
	mem_free(ids);
	return result;
}

/* A member of the query that is JSON, into the body of a query of the REST API. */
static int add_json(struct control_call *call, cJSON *body, const char *from, const char *name,
		    struct refusal *refusal)
{
	const char *text = control_query(call, from);
	struct error error = {0};
	cJSON *value;

	if (text == NULL)
		return 0;
	value = json_parse(text, strlen(text), from, NULL, &error);
	if (value == NULL)
		return refusal_bad(refusal, "validation_type", "%s", error.message);
	cJSON_AddItemToObject(body, name, value);
	return 0;
}

static void list_records(struct platform *platform, struct control_call *call)
{
	const char *object = control_path(call, "object");
	const char *query = control_query(call, "q");
	long long limit = control_query_int(call, "limit", LIMIT_USUAL);
	long long offset = control_query_int(call, "offset", 0);
	struct refusal refusal = {0};
	struct buf out = {0};
	cJSON *body = cJSON_CreateObject();
	int result = 0;

	if (limit < 1 || limit > LIMIT_MOST || offset < 0) {
		cJSON_Delete(body);
		control_refuse(call, 400, "usage",
			       "`limit` is a number from 1 to 500, `offset` one from 0", NULL,
			       NULL);
		return;
	}
	if (query != NULL && query[0] != '\0')
		result = search(platform, object, query, limit, offset, &out, &refusal);
	else {
		cJSON_AddNumberToObject(body, "limit", (double)limit);
		cJSON_AddNumberToObject(body, "offset", (double)offset);
		result = add_json(call, body, "filter", "filter", &refusal);
		if (result == 0)
			result = add_json(call, body, "sort", "sorts", &refusal);
		if (result == 0)
			result = world_records_query(platform->world, object, body, &out, &refusal);
	}
	cJSON_Delete(body);
	conclude(call, result, "items", &out, &refusal);
}

/* ---- writing ---- */

static const cJSON *values_of(const struct control_call *call)
{
	return cJSON_GetObjectItemCaseSensitive(call->body, "values");
}

static void create_record(struct platform *platform, struct control_call *call)
{
	struct refusal refusal = {0};
	struct buf out = {0};
	struct actor actor;
	int result = find_actor(call, as_of(call), &actor, &refusal);

	if (result == 0)
		result = world_record_create(platform->world, &actor, control_path(call, "object"),
					     values_of(call), &out, &refusal);
	conclude(call, result, "record", &out, &refusal);
}

static void update(struct platform *platform, struct control_call *call, bool overwrite)
{
	struct refusal refusal = {0};
	struct buf out = {0};
	struct target target;
	int result = find_target(call, &target, true, &refusal);

	if (result == 0)
		result = world_record_update(platform->world, &target.actor, target.object,
					     target.id, values_of(call), overwrite, &out, &refusal);
	conclude(call, result, "record", &out, &refusal);
}

static void patch_record(struct platform *platform, struct control_call *call)
{
	update(platform, call, false);
}

static void put_record(struct platform *platform, struct control_call *call)
{
	update(platform, call, true);
}

static void delete_record(struct platform *platform, struct control_call *call)
{
	struct refusal refusal = {0};
	struct buf out = {0};
	struct target target;
	int result = find_target(call, &target, true, &refusal);

	if (result == 0)
		result = world_record_delete(platform->world, &target.actor, target.object,
					     target.id, &refusal);
	if (result == 0)
		buf_printf(&out, "\"%s\"", target.id);
	conclude(call, result, "deleted", &out, &refusal);
}

static void import_records(struct platform *platform, struct control_call *call)
{
	const cJSON *records = cJSON_GetObjectItemCaseSensitive(call->body, "records");
	const char *matching = json_string_or_null(call->body, "match");
	struct world_imported imported = {.failed = WORLD_NONE_FAILED};
	struct refusal refusal = {0};
	struct buf out = {0};
	struct actor actor;
	int result = find_actor(call, as_of(call), &actor, &refusal);

	if (result == 0)
		result = world_records_import(platform->world, &actor, control_path(call, "object"),
					      matching, records, &imported, &refusal);
	if (result == 0) {
		buf_printf(&out, "{\"record_ids\":[%s],\"created\":%zu,\"updated\":%zu}",
			   buf_cstr(&imported.ids), imported.created,
			   (size_t)cJSON_GetArraySize(records) - imported.created);
		control_answer_buf(call, &out);
		refusal_dispose(&refusal);
	} else {
		answer_refusal(
			call, &refusal,
			imported.failed == WORLD_NONE_FAILED
				? NULL
				: arena_printf(call->arena, "record %zu", imported.failed + 1));
	}
	buf_dispose(&imported.ids);
}

/* ---- rows ---- */

static const struct control_field list_query[] = {
	{"q", "string", false, "words that a name, an address or a number has in it"},
	{"limit", "number", false, "at most so many, 1 to 500; 50 if not given"},
	{"offset", "number", false, "how many are left out at the beginning"},
	{"filter", "string", false, "a filter of the REST API, as JSON"},
	{"sort", "string", false, "sorts of the REST API, as JSON"},
	{0},
};
static const struct control_field values_body[] = {
	{"values", "object", true, "attributes by slug, as the REST API takes them"},
	{"as", "string", false, "the member who writes: id, e-mail address or name"},
	{0},
};
static const struct control_field import_body[] = {
	{"records", "array", true, "objects with `values`"},
	{"match", "string", false, "unique attribute: a record with the same value is changed"},
	{"as", "string", false, "the member who writes: id, e-mail address or name"},
	{0},
};
static const struct control_field as_query[] = {
	{"as", "string", false, "the member who writes: id, e-mail address or name"},
	{0},
};

#define ALL "/records/{object}"
#define ONE ALL "/{ref}"

const struct control_route record_routes[] = {
	{"GET", ALL, list_records, "records of an object", NULL, list_query},
	{"POST", ALL, create_record, "create a record", values_body, NULL},
	{"POST", ALL "/import", import_records, "create many records, all or none", import_body,
	 NULL},
	{"GET", ONE, get_record, "a record by its id or name", NULL, NULL},
	{"PATCH", ONE, patch_record, "change a record; lists get values added", values_body, NULL},
	{"PUT", ONE, put_record, "change a record; lists are replaced", values_body, NULL},
	{"DELETE", ONE, delete_record, "delete a record", NULL, as_query},
	{0},
};
