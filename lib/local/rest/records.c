/* Records and entries: the world answers, with the `data` of what is said here. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "local/rest/call.h"
#include "local/rest/endpoints.h"

/* ---- the envelope around the world's answers ---- */

static void begin(struct rest_call *call)
{
	buf_puts(call->out, "{\"data\":");
}

static int finish(struct rest_call *call, int result)
{
	if (result == 0)
		buf_putc(call->out, '}');
	return result;
}

static const cJSON *member(const struct rest_call *call, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(call->data, name);
}

static struct world_page page_of(const struct rest_call *call, bool historic)
{
	return (struct world_page){
		.limit = rest_number_param(call, "limit"),
		.offset = rest_number_param(call, "offset"),
		.show_historic = historic && rest_number_param(call, "show_historic") != 0,
	};
}

/* How the service counts is not known: here each condition and each sort is one point. */
static long long conditions(const cJSON *value)
{
	long long count = 0;
	const cJSON *one;

	if (!cJSON_IsObject(value) && !cJSON_IsArray(value))
		return 1;
	cJSON_ArrayForEach(one, value) count += conditions(one);
	return count;
}

static void score(struct rest_call *call)
{
	const cJSON *filter = cJSON_GetObjectItemCaseSensitive(call->body, "filter");
	const cJSON *sorts = cJSON_GetObjectItemCaseSensitive(call->body, "sorts");

	call->score = 1 + (filter != NULL ? conditions(filter) : 0) + cJSON_GetArraySize(sorts);
}

/* The one view of an object or list shows everything, so a query by it is one without a filter.
 * *body is what the world is asked, and *copy is to be deleted. */
static int read_view(struct rest_call *call, const char *sql, const char *owner, const cJSON **body,
		     cJSON **copy)
{
	const cJSON *view = cJSON_GetObjectItemCaseSensitive(call->body, "filter_view_id");
	const struct bind binds[] = {
		BIND_TEXT(":owner", owner),
		BIND_TEXT(":view", cJSON_IsString(view) ? view->valuestring : NULL),
		{0}};
	long long known;

	*body = call->body;
	*copy = NULL;
	if (view == NULL)
		return 0;
	if (cJSON_GetObjectItemCaseSensitive(call->body, "filter") != NULL)
		return refusal_bad(call->refusal, "validation_type",
				   "filter and filter_view_id cannot be used together.");
	if (rest_number(call, sql, binds, &known) != 0)
		return -1;
	if (known == 0)
		return refusal_bad(call->refusal, "value_not_found",
				   "View with ID \"%s\" not found.", view->valuestring);
	*copy = cJSON_Duplicate(call->body, true);
	cJSON_DeleteItemFromObjectCaseSensitive(*copy, "filter_view_id");
	*body = *copy;
	return 0;
}

/* ---- records ---- */

#define OBJECT rest_capture(call, "object")
#define RECORD rest_capture(call, "record_id")

int v2_records_query(struct rest_call *call)
{
	const cJSON *body;
	cJSON *copy;
	int result;

	score(call);
	if (read_view(call,
		      "SELECT count(*) FROM objects WHERE (slug = :owner OR id = :owner) AND "
		      ":view = " SQL_VIEW_ID,
		      OBJECT, &body, &copy) != 0)
		return -1;
	begin(call);
	result = world_records_query(call->world, OBJECT, body, call->out, call->refusal);
	cJSON_Delete(copy);
	return finish(call, result);
}

int v2_records_create(struct rest_call *call)
{
	begin(call);
	return finish(call, world_record_create(call->world, &call->actor, OBJECT,
						member(call, "values"), call->out, call->refusal));
}

int v2_records_assert(struct rest_call *call)
{
	const char *matching = rest_param(call, "matching_attribute");

	if (matching == NULL) {
		refusal_bad(call->refusal, "validation_type", "Query payload validation error.");
		return refusal_issue(call->refusal, "invalid_type", "\"matching_attribute\"",
				     "string", "undefined", "Required");
	}
	begin(call);
	return finish(call, world_record_assert(call->world, &call->actor, OBJECT, matching,
						member(call, "values"), call->out, call->refusal));
}

int v2_records_get(struct rest_call *call)
{
	begin(call);
	return finish(call,
		      world_record_get(call->world, OBJECT, RECORD, call->out, call->refusal));
}

static int update_record(struct rest_call *call, bool overwrite)
{
	begin(call);
	return finish(call, world_record_update(call->world, &call->actor, OBJECT, RECORD,
						member(call, "values"), overwrite, call->out,
						call->refusal));
}

int v2_records_append(struct rest_call *call)
{
	return update_record(call, false);
}

int v2_records_overwrite(struct rest_call *call)
{
	return update_record(call, true);
}

int v2_records_delete(struct rest_call *call)
{
	if (world_record_delete(call->world, &call->actor, OBJECT, RECORD, call->refusal) != 0)
		return -1;
	return rest_empty(call);
}

int v2_records_values(struct rest_call *call)
{
	struct world_page page = page_of(call, true);

	begin(call);
	return finish(call, world_record_values(call->world, OBJECT, RECORD,
						rest_capture(call, "attribute"), &page, call->out,
						call->refusal));
}

int v2_records_entries(struct rest_call *call)
{
	struct world_page page = page_of(call, false);

	begin(call);
	return finish(call, world_record_entries(call->world, OBJECT, RECORD, &page, call->out,
						 call->refusal));
}

int v2_records_merge(struct rest_call *call)
{
	begin(call);
	return finish(call, world_record_merge(call->world, &call->actor, OBJECT,
					       rest_string(call, "primary_record_id"),
					       rest_string(call, "secondary_record_id"), call->out,
					       call->refusal));
}

/* In whose name is searched: everybody here sees everything, but a stranger is refused. */
static int check_searcher(struct rest_call *call)
{
	const cJSON *as = cJSON_GetObjectItemCaseSensitive(call->body, "request_as");
	const cJSON *id = cJSON_GetObjectItemCaseSensitive(as, "workspace_member_id");
	const cJSON *email = cJSON_GetObjectItemCaseSensitive(as, "email_address");
	const char *named = cJSON_IsString(id)      ? id->valuestring
			    : cJSON_IsString(email) ? email->valuestring
						    : NULL;
	const char *found;

	if (named == NULL)
		return 0;
	if (rest_member(call, named, &found) != 0)
		return -1;
	if (found == NULL)
		return refusal_bad(call->refusal, "value_not_found",
				   "Workspace member with %s \"%s\" not found.",
				   cJSON_IsString(id) ? "ID" : "email address", named);
	return 0;
}

int v2_records_search(struct rest_call *call)
{
	const cJSON *objects = cJSON_GetObjectItemCaseSensitive(call->body, "objects");
	const cJSON *limit = cJSON_GetObjectItemCaseSensitive(call->body, "limit");
	const cJSON *query = cJSON_GetObjectItemCaseSensitive(call->body, "query");
	size_t count = (size_t)cJSON_GetArraySize(objects);
	const char **names = arena_alloc(call->arena, (count + 1) * sizeof(*names));
	const cJSON *one;
	size_t at = 0;

	if (check_searcher(call) != 0)
		return -1;
	cJSON_ArrayForEach(one, objects) names[at++] = one->valuestring;
	begin(call);
	return finish(call, world_records_search(call->world, query->valuestring, names, count,
						 limit != NULL ? (long long)limit->valuedouble : 25,
						 call->out, call->refusal));
}

/* ---- entries ---- */

#define LIST rest_capture(call, "list")
#define ENTRY rest_capture(call, "entry_id")

int v2_entries_query(struct rest_call *call)
{
	const cJSON *body;
	cJSON *copy;
	int result;

	score(call);
	if (read_view(call,
		      "SELECT count(*) FROM lists WHERE (slug = :owner OR id = :owner) AND :view "
		      "= " SQL_VIEW_ID,
		      LIST, &body, &copy) != 0)
		return -1;
	begin(call);
	result = world_entries_query(call->world, LIST, body, call->out, call->refusal);
	cJSON_Delete(copy);
	return finish(call, result);
}

int v2_entries_create(struct rest_call *call)
{
	begin(call);
	return finish(call,
		      world_entry_create(call->world, &call->actor, LIST,
					 rest_string(call, "parent_object"),
					 rest_string(call, "parent_record_id"),
					 member(call, "entry_values"), call->out, call->refusal));
}

int v2_entries_assert(struct rest_call *call)
{
	begin(call);
	return finish(call,
		      world_entry_assert(call->world, &call->actor, LIST,
					 rest_string(call, "parent_object"),
					 rest_string(call, "parent_record_id"),
					 member(call, "entry_values"), call->out, call->refusal));
}

int v2_entries_get(struct rest_call *call)
{
	begin(call);
	return finish(call, world_entry_get(call->world, LIST, ENTRY, call->out, call->refusal));
}

static int update_entry(struct rest_call *call, bool overwrite)
{
	if (member(call, "parent_record_id") != NULL || member(call, "parent_object") != NULL)
		return refusal_bad(call->refusal, "immutable_value",
				   "The parent record for a list entry cannot be updated once "
				   "created.");
	begin(call);
	return finish(call, world_entry_update(call->world, &call->actor, LIST, ENTRY,
					       member(call, "entry_values"), overwrite, call->out,
					       call->refusal));
}

int v2_entries_append(struct rest_call *call)
{
	return update_entry(call, false);
}

int v2_entries_overwrite(struct rest_call *call)
{
	return update_entry(call, true);
}

int v2_entries_delete(struct rest_call *call)
{
	if (world_entry_delete(call->world, &call->actor, LIST, ENTRY, call->refusal) != 0)
		return -1;
	return rest_empty(call);
}

int v2_entries_values(struct rest_call *call)
{
	struct world_page page = page_of(call, true);

	begin(call);
	return finish(call,
		      world_entry_values(call->world, LIST, ENTRY, rest_capture(call, "attribute"),
					 &page, call->out, call->refusal));
}
