/* Notes on records. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "local/rest/call.h"
#include "local/rest/endpoints.h"
#include "local/rest/markdown.h"

/* Nobody can mention anybody in a note that comes in here: tags are none. */
#define NOTE                                                                                       \
	"json_object('id', " SQL_ID1(                                                              \
		"note_id", "n.id") ", 'parent_object', o.slug, "                                   \
				   "'parent_record_id', n.record_id, 'title', n.title, "           \
				   "'meeting_id', n.meeting_id, "                                  \
				   "'content_plaintext', n.plaintext, 'content_markdown', "        \
				   "n.markdown, 'tags', json_array(), "                            \
				   "'created_by_actor', " SQL_ACTOR(                               \
					   "n.actor_type",                                         \
					   "n.actor_id") ", 'created_at', n.created_at)"
#define NOTE_FROM " FROM notes n JOIN objects o ON o.id = n.object_id "

#define EVENT                                                                                      \
	"SELECT json_object('id', " SQL_ID1(                                                       \
		"note_id", "id") ", 'parent_object_id', object_id, "                               \
				 "'parent_record_id', record_id) FROM notes WHERE id = :id"

int v2_notes_list(struct rest_call *call)
{
	const char *object = rest_param(call, "parent_object");
	const char *id = NULL;

	if (object != NULL && rest_need_object(call, object, &id) != 0)
		return -1;
	const struct bind binds[] = {BIND_TEXT(":object", id),
				     BIND_TEXT(":record", rest_param(call, "parent_record_id")),
				     BIND_NUMBER(":limit", rest_number_param(call, "limit")),
				     BIND_NUMBER(":offset", rest_number_param(call, "offset")),
				     {0}};

	return rest_list(call,
			 "SELECT " NOTE NOTE_FROM
			 "WHERE (:object IS NULL OR n.object_id = :object) "
			 "AND (:record IS NULL OR n.record_id = :record) ORDER BY n.created_at "
			 "DESC, n.row DESC LIMIT :limit OFFSET :offset",
			 binds);
}

static int answer_note(struct rest_call *call, const char *id)
{
	const struct bind binds[] = {BIND_TEXT(":id", id), {0}};
	bool found;

	if (rest_one(call, "SELECT " NOTE NOTE_FROM "WHERE n.id = :id", binds, &found) != 0)
		return -1;
	if (!found)
		return refusal_missing(call->refusal, "Note with ID \"%s\" was not found.", id);
	return 0;
}

int v2_notes_get(struct rest_call *call)
{
	return answer_note(call, rest_capture(call, "note_id"));
}

/* When it is said to be written: not before there were clocks, and not later than now. */
static int read_created(struct rest_call *call, const char **created)
{
	const char *given = rest_string(call, "created_at");

	*created = call->now;
	if (given == NULL)
		return 0;
	*created = rest_time(call, given);
	if (*created == NULL || strcmp(*created, "1970") < 0 || strcmp(*created, call->now) > 0)
		return refusal_bad(call->refusal, "validation_type",
				   "created_at must be a time from 1970 until now.");
	return 0;
}

int v2_notes_create(struct rest_call *call)
{
	const char *record = rest_string(call, "parent_record_id");
	const char *content = rest_string(call, "content");
	const char *id = rest_uuid(call);
	const char *object, *created;
	struct buf plain = {0};
	int result;

	if (id == NULL ||
	    rest_need_object(call, rest_string(call, "parent_object"), &object) != 0 ||
	    rest_need_item(call, object, record, "Record") != 0 ||
	    read_created(call, &created) != 0)
		return -1;
	if (strcmp(rest_string(call, "format"), "markdown") == 0)
		markdown_plain(&plain, content);
	else
		buf_puts(&plain, content);
	const struct bind binds[] = {BIND_TEXT(":id", id),
				     BIND_TEXT(":object", object),
				     BIND_TEXT(":record", record),
				     BIND_TEXT(":title", rest_string(call, "title")),
				     BIND_TEXT(":plaintext", buf_cstr(&plain)),
				     BIND_TEXT(":markdown", content),
				     BIND_TEXT(":meeting", rest_string(call, "meeting_id")),
				     BIND_TEXT(":actor_type", call->actor.type),
				     BIND_TEXT(":actor_id", call->actor.id),
				     BIND_TEXT(":created", created),
				     {0}};

	result = rest_run(call,
			  "INSERT INTO notes (id, object_id, record_id, title, plaintext, "
			  "markdown, meeting_id, actor_type, actor_id, created_at) VALUES (:id, "
			  ":object, :record, :title, :plaintext, :markdown, :meeting, :actor_type, "
			  ":actor_id, :created)",
			  binds);
	buf_dispose(&plain);
	if (result != 0 || rest_event(call, "note.created", EVENT, binds) != 0)
		return -1;
	return answer_note(call, id);
}

int v2_notes_delete(struct rest_call *call)
{
	const char *id = rest_capture(call, "note_id");
	const struct bind binds[] = {BIND_TEXT(":id", id), {0}};
	long long there;

	if (rest_number(call, "SELECT count(*) FROM notes WHERE id = :id", binds, &there) != 0)
		return -1;
	if (there == 0)
		return refusal_missing(call->refusal, "Note with ID \"%s\" was not found.", id);
	if (rest_event(call, "note.deleted", EVENT, binds) != 0 ||
	    rest_run(call, "DELETE FROM notes WHERE id = :id", binds) != 0)
		return -1;
	return rest_empty(call);
}
