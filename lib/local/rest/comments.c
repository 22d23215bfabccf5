/* Comments, and the threads that they make. */
#include "local/rest/call.h"
#include "local/rest/endpoints.h"

#define COMMENT                                                                                    \
	"json_object('id', " SQL_ID1(                                                              \
		"comment_id",                                                                      \
		"c.id") ", 'thread_id', c.thread_id, "                                             \
			"'created_at', c.created_at, 'resolved_at', c.resolved_at, 'record', "     \
			"json_object('record_id', c.record_id, 'object_id', c.object_id), "        \
			"'entry', "                                                                \
			"iif(c.entry_id IS NULL, NULL, json_object('entry_id', c.entry_id, "       \
			"'list_id', "                                                              \
			"c.list_id)), 'content_plaintext', c.content, 'resolved_by', "             \
			"iif(c.resolver_type IS "                                                  \
			"NULL, NULL, " SQL_ACTOR(                                                  \
				"c.resolver_type",                                                 \
				"c.resolver_id") "), 'author', " SQL_ACTOR("c.author_type",        \
									   "c.author_id") ")"

/* A thread begins with the comment whose id it has. */
#define THREAD                                                                                     \
	"json_object('id', " SQL_ID1("thread_id",                                                  \
				     "h.id") ", 'comments', json((SELECT "                         \
					     "json_group_array(json(one)) FROM (SELECT " COMMENT   \
					     " AS one FROM comments c WHERE "                      \
					     "c.thread_id = h.id ORDER BY c.created_at, "          \
					     "c.row))), 'created_at', h.created_at)"

#define EVENT                                                                                      \
	"SELECT json_object('id', " SQL_ID1(                                                       \
		"comment_id",                                                                      \
		"id") ", 'thread_id', thread_id, "                                                 \
		      "'object_id', object_id, 'record_id', record_id, 'list_id', list_id, "       \
		      "'entry_id', entry_id) FROM comments WHERE id = :id"

#define ON_RECORDS "object_configuration:read record_permission:read"
#define ON_ENTRIES "list_configuration:read list_entry:read"

/* ---- threads ---- */

int v2_threads_list(struct rest_call *call)
{
	const char *object = rest_param(call, "object");
	const char *record = rest_param(call, "record_id");
	const char *list = rest_param(call, "list");
	const char *entry = rest_param(call, "entry_id");
	const char *owner = NULL;

	if ((object == NULL) != (record == NULL) || (list == NULL) != (entry == NULL) ||
	    (record == NULL) == (entry == NULL)) {
		refusal_bad(call->refusal, "validation_type", "Query payload validation error.");
		return refusal_issue(call->refusal, "custom", "", NULL, NULL,
				     "Pass record_id and object, or entry_id and list");
	}
	if (rest_need_scopes(call, record != NULL ? ON_RECORDS : ON_ENTRIES) != 0)
		return -1;
	if (record != NULL && (rest_need_object(call, object, &owner) != 0 ||
			       rest_need_item(call, owner, record, "Record") != 0))
		return -1;
	if (entry != NULL && (rest_need_list(call, list, &owner) != 0 ||
			      rest_need_item(call, owner, entry, "Entry") != 0))
		return -1;
	const struct bind binds[] = {BIND_TEXT(":record", record),
				     BIND_TEXT(":entry", entry),
				     BIND_NUMBER(":limit", rest_number_param(call, "limit")),
				     BIND_NUMBER(":offset", rest_number_param(call, "offset")),
				     {0}};

	/* What is said about an entry is not said about its record. */
	return rest_list(call,
			 "SELECT " THREAD " FROM comments h WHERE h.thread_id = h.id AND "
			 "h.entry_id IS :entry AND (:record IS NULL OR h.record_id = :record) "
			 "ORDER BY h.created_at, h.row LIMIT :limit OFFSET :offset",
			 binds);
}

int v2_threads_get(struct rest_call *call)
{
	const char *id = rest_capture(call, "thread_id");
	const struct bind binds[] = {BIND_TEXT(":id", id), {0}};
	bool found;

	if (rest_one(call,
		     "SELECT " THREAD " FROM comments h WHERE h.id = :id AND h.thread_id = :id",
		     binds, &found) != 0)
		return -1;
	if (!found)
		return refusal_missing(call->refusal, "Thread with ID \"%s\" was not found.", id);
	return 0;
}

/* ---- comments ---- */

int v2_comments_get(struct rest_call *call)
{
	const char *id = rest_capture(call, "comment_id");
	const struct bind binds[] = {BIND_TEXT(":id", id), {0}};
	bool found;

	if (rest_one(call, "SELECT " COMMENT " FROM comments c WHERE c.id = :id", binds, &found) !=
	    0)
		return -1;
	if (!found)
		return refusal_missing(call->refusal, "Comment with ID \"%s\" was not found.", id);
	return 0;
}

/* What a new comment is about. */
struct place {
	const char *thread; /* NULL: it begins one */
	const char *object, *record;
	const char *list, *entry; /* NULL: the record itself */
};

static const char *text_of(const cJSON *object, const char *name)
{
	const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, name);

	return cJSON_IsString(value) ? value->valuestring : NULL;
}

/* A reply is about the same as what it replies to. */
static int place_in_thread(struct rest_call *call, struct place *place)
{
	const struct bind binds[] = {BIND_TEXT(":id", place->thread), {0}};

	if (rest_text(call, "SELECT object_id FROM comments WHERE id = :id AND thread_id = :id",
		      binds, &place->object) != 0)
		return -1;
	if (place->object == NULL)
		return refusal_bad(call->refusal, "value_not_found",
				   "The referenced Thread could not be found, it might have been "
				   "deleted.");
	if (rest_text(call, "SELECT record_id FROM comments WHERE id = :id", binds,
		      &place->record) != 0 ||
	    rest_text(call, "SELECT list_id FROM comments WHERE id = :id", binds, &place->list) !=
		    0)
		return -1;
	return rest_text(call, "SELECT entry_id FROM comments WHERE id = :id", binds,
			 &place->entry);
}

static int place_on_entry(struct rest_call *call, const cJSON *entry, struct place *place)
{
	place->entry = text_of(entry, "entry_id");
	if (rest_need_scopes(call, ON_ENTRIES) != 0 ||
	    rest_need_list(call, text_of(entry, "list"), &place->list) != 0 ||
	    rest_need_item(call, place->list, place->entry, "Entry") != 0)
		return -1;
	const struct bind binds[] = {BIND_TEXT(":id", place->entry), {0}};

	if (rest_text(call, "SELECT parent_id FROM items WHERE id = :id", binds, &place->record) !=
	    0)
		return -1;
	return rest_text(call,
			 "SELECT p.owner_id FROM items i JOIN items p ON p.id = i.parent_id WHERE "
			 "i.id = :id",
			 binds, &place->object);
}

static int find_place(struct rest_call *call, struct place *place)
{
	const cJSON *record = cJSON_GetObjectItemCaseSensitive(call->data, "record");
	const cJSON *entry = cJSON_GetObjectItemCaseSensitive(call->data, "entry");

	*place = (struct place){.thread = rest_string(call, "thread_id")};
	if (place->thread != NULL)
		return place_in_thread(call, place);
	if (cJSON_IsObject(entry))
		return place_on_entry(call, entry, place);
	place->record = text_of(record, "record_id");
	if (rest_need_scopes(call, ON_RECORDS) != 0 ||
	    rest_need_object(call, text_of(record, "object"), &place->object) != 0)
		return -1;
	return rest_need_item(call, place->object, place->record, "Record");
}

int v2_comments_create(struct rest_call *call)
{
	const cJSON *author = cJSON_GetObjectItemCaseSensitive(call->data, "author");
	const char *given = rest_time(call, rest_string(call, "created_at"));
	const char *id = rest_uuid(call);
	struct place place;
	const char *member;

	if (id == NULL || find_place(call, &place) != 0 ||
	    rest_member(call, text_of(author, "id"), &member) != 0)
		return -1;
	if (member == NULL)
		return refusal_bad(call->refusal, "value_not_found",
				   "Workspace member with ID \"%s\" not found.",
				   text_of(author, "id"));
	const struct bind binds[] = {BIND_TEXT(":id", id),
				     BIND_TEXT(":thread", place.thread != NULL ? place.thread : id),
				     BIND_TEXT(":content", rest_string(call, "content")),
				     BIND_TEXT(":object", place.object),
				     BIND_TEXT(":record", place.record),
				     BIND_TEXT(":list", place.list),
				     BIND_TEXT(":entry", place.entry),
				     BIND_TEXT(":member", member),
				     BIND_TEXT(":created", given != NULL ? given : call->now),
				     {0}};

	if (rest_run(call,
		     "INSERT INTO comments (id, thread_id, content, object_id, record_id, list_id, "
		     "entry_id, author_type, author_id, created_at) VALUES (:id, :thread, "
		     ":content, :object, :record, :list, :entry, 'workspace-member', :member, "
		     ":created)",
		     binds) != 0 ||
	    rest_event(call, "comment.created", EVENT, binds) != 0)
		return -1;
	bool found;

	return rest_one(call, "SELECT " COMMENT " FROM comments c WHERE c.id = :id", binds, &found);
}

/* With the head of a thread all of it goes. */
int v2_comments_delete(struct rest_call *call)
{
	const char *id = rest_capture(call, "comment_id");
	const struct bind binds[] = {BIND_TEXT(":id", id), {0}};
	long long there;

	if (rest_number(call, "SELECT count(*) FROM comments WHERE id = :id", binds, &there) != 0)
		return -1;
	if (there == 0)
		return refusal_missing(call->refusal, "Could not find Comment with ID \"%s\".", id);
	if (rest_event(call, "comment.deleted", EVENT, binds) != 0 ||
	    rest_run(call, "DELETE FROM comments WHERE id = :id OR thread_id = :id", binds) != 0)
		return -1;
	return rest_empty(call);
}
