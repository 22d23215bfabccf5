/* Meetings and their call recordings, as far as clients write them: nothing is transcribed here. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "local/rest/call.h"
#include "local/rest/endpoints.h"

#define MEETING                                                                                    \
	"json_object('id', " SQL_ID1(                                                              \
		"meeting_id",                                                                      \
		"m.id") ", 'title', m.title, 'description', "                                      \
			"m.description, 'is_all_day', " SQL_BOOLEAN(                               \
				"m.is_all_day") ", 'start', json(m.starts), "                      \
						"'end', json(m.ends), 'participants', "            \
						"json(m.participants), 'linked_records', "         \
						"json((SELECT "                                    \
						"json_group_array(json_object('object_slug', "     \
						"o.slug, 'object_id', o.id, "                      \
						"'record_id', l.record_id)) FROM meeting_links l " \
						"JOIN objects o ON o.id = l.object_id "            \
						"WHERE l.meeting = m.row)), 'created_at', "        \
						"m.created_at, 'created_by_actor', " SQL_ACTOR(    \
							"m.actor_type", "m.actor_id") ")"

#define RECORDING                                                                                  \
	"json_object('id', " SQL_ID2("meeting_id", "c.meeting_id", "call_recording_id",            \
				     "c.id") ", 'status', c.status, 'web_url', " WEB_URL           \
					     ", 'created_by_actor', " SQL_ACTOR(                   \
						     "c.actor_type",                               \
						     "c.actor_id") ", 'created_at', c.created_at)"
#define WEB_URL                                                                                    \
	"'https://app.attio.com/' || (SELECT slug FROM workspace) || '/calls/' || c.meeting_id "   \
	"|| '/' || c.id"

/* ---- reading meetings ---- */

static int time_param(struct rest_call *call, const char *name, long long *ms)
{
	const char *text = rest_param(call, name);

	*ms = 0;
	if (text != NULL && clock_read(text, ms) != 0)
		return refusal_bad(call->refusal, "validation_type", "%s is not a time.", name);
	return 0;
}

#define LISTED                                                                                     \
	"SELECT " MEETING " FROM meetings m WHERE (:record IS NULL OR EXISTS (SELECT 1 FROM "      \
	"meeting_links l WHERE l.meeting = m.row AND l.record_id = :record)) AND (:people = '' "   \
	"OR EXISTS (SELECT 1 FROM json_each(m.participants) p WHERE instr(:people, ',' || "        \
	"lower(p.value ->> 'email_address') || ',') > 0)) AND (NOT :has_from OR m.ends_ms >= "     \
	":from) AND (NOT :has_before OR m.starts_ms < :before) ORDER BY "

int v2_meetings_list(struct rest_call *call)
{
	const char *object = rest_param(call, "linked_object");
	const char *record = rest_param(call, "linked_record_id");
	const char *people = rest_param(call, "participants");
	const char *sort = rest_param(call, "sort");
	const char *id;
	long long from, before;

	if ((object == NULL) != (record == NULL))
		return refusal_bad(call->refusal, "validation_type",
				   "linked_object and linked_record_id belong together.");
	if ((object != NULL && rest_need_object(call, object, &id) != 0) ||
	    time_param(call, "ends_from", &from) != 0 ||
	    time_param(call, "starts_before", &before) != 0)
		return -1;
	/* ",ada@acme.com,alan@acme.com," */
	if (people != NULL && people[0] != '\0')
		people = arena_printf(call->arena, ",%s,", people);
	else
		people = "";
	const struct bind binds[] = {
		BIND_TEXT(":record", record),
		BIND_TEXT(":people", people),
		BIND_NUMBER(":has_from", rest_param(call, "ends_from") != NULL),
		BIND_NUMBER(":from", from),
		BIND_NUMBER(":has_before", rest_param(call, "starts_before") != NULL),
		BIND_NUMBER(":before", before),
		{0}};

	if (sort != NULL && strcmp(sort, "start_desc") == 0)
		return rest_pages(call,
				  LISTED "m.starts_ms DESC, m.row DESC LIMIT :limit OFFSET :offset",
				  binds);
	return rest_pages(call, LISTED "m.starts_ms, m.row LIMIT :limit OFFSET :offset", binds);
}

static int answer_meeting(struct rest_call *call, const char *id)
{
	const struct bind binds[] = {BIND_TEXT(":id", id), {0}};
	bool found;

	if (rest_one(call, "SELECT " MEETING " FROM meetings m WHERE m.id = :id", binds, &found) !=
	    0)
		return -1;
	if (!found)
		return refusal_missing(call->refusal, "Meeting with ID \"%s\" was not found.", id);
	return 0;
}

int v2_meetings_get(struct rest_call *call)
{
	return answer_meeting(call, rest_capture(call, "meeting_id"));
}

/* ---- creating meetings ---- */

static const cJSON *member(const struct rest_call *call, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(call->data, name);
}

/* A moment as it is answered, and when it is. */
static const char *read_moment(struct rest_call *call, const cJSON *given, long long *ms)
{
	const cJSON *date = cJSON_GetObjectItemCaseSensitive(given, "date");
	const cJSON *time = cJSON_GetObjectItemCaseSensitive(given, "datetime");
	const cJSON *zone = cJSON_GetObjectItemCaseSensitive(given, "timezone");
	cJSON *out = cJSON_CreateObject();
	const char *text;

	*ms = 0;
	if (cJSON_IsString(date)) {
		clock_read(date->valuestring, ms);
		cJSON_AddStringToObject(out, "date", date->valuestring);
	} else if (cJSON_IsString(time)) {
		clock_read(time->valuestring, ms);
		cJSON_AddStringToObject(out, "datetime", rest_time(call, time->valuestring));
		if (cJSON_IsString(zone))
			cJSON_AddStringToObject(out, "timezone", zone->valuestring);
		else
			cJSON_AddNullToObject(out, "timezone");
	}
	text = rest_json(call, out);
	cJSON_Delete(out);
	return text;
}

static int read_participants(struct rest_call *call, const char **json)
{
	const cJSON *given = member(call, "participants");
	const struct bind binds[] = {BIND_TEXT(":given", rest_json(call, given)), {0}};

	if (cJSON_GetArraySize(given) == 0)
		return refusal_bad(call->refusal, "validation_type",
				   "No participants were provided.");
	return rest_text(
		call,
		"SELECT json_group_array(json_object('status', value ->> 'status', "
		"'is_organizer', json(iif(value ->> 'is_organizer' IN (1, 'true'), 'true', "
		"'false')), 'email_address', value ->> 'email_address')) FROM "
		"json_each(:given)",
		binds, json);
}

static int write_links(struct rest_call *call, const char *id)
{
	const cJSON *one;

	cJSON_ArrayForEach(one, member(call, "linked_records"))
	{
		const char *object = cJSON_GetObjectItemCaseSensitive(one, "object")->valuestring;
		const char *record =
			cJSON_GetObjectItemCaseSensitive(one, "record_id")->valuestring;
		const char *object_id;

		if (rest_need_object(call, object, &object_id) != 0 ||
		    rest_need_item(call, object_id, record, "Record") != 0)
			return -1;
		const struct bind binds[] = {BIND_TEXT(":id", id),
					     BIND_TEXT(":object", object_id),
					     BIND_TEXT(":record", record),
					     {0}};

		if (rest_run(call,
			     "INSERT INTO meeting_links (meeting, object_id, record_id) SELECT "
			     "row, :object, :record FROM meetings WHERE id = :id",
			     binds) != 0)
			return -1;
	}
	return 0;
}

/* A meeting that came before, by another client or another guest's calendar, is answered as it
 * is. */
int v2_meetings_create(struct rest_call *call)
{
	const char *ref = rest_json(call, member(call, "external_ref"));
	const struct bind known[] = {BIND_TEXT(":ref", ref), {0}};
	const char *id = rest_uuid(call);
	const char *there, *participants, *starts, *ends;
	long long starts_ms, ends_ms;

	if (id == NULL || read_participants(call, &participants) != 0 ||
	    rest_text(call, "SELECT id FROM meetings WHERE external_ref = :ref", known, &there) !=
		    0)
		return -1;
	if (there != NULL)
		return answer_meeting(call, there);
	starts = read_moment(call, member(call, "start"), &starts_ms);
	ends = read_moment(call, member(call, "end"), &ends_ms);
	const struct bind binds[] = {
		BIND_TEXT(":id", id),
		BIND_TEXT(":ref", ref),
		BIND_TEXT(":title", rest_string(call, "title")),
		BIND_TEXT(":description", rest_string(call, "description")),
		BIND_NUMBER(":all_day", cJSON_IsTrue(member(call, "is_all_day"))),
		BIND_TEXT(":starts", starts),
		BIND_TEXT(":ends", ends),
		BIND_NUMBER(":starts_ms", starts_ms),
		BIND_NUMBER(":ends_ms", ends_ms),
		BIND_TEXT(":participants", participants),
		BIND_TEXT(":actor_type", call->actor.type),
		BIND_TEXT(":actor_id", call->actor.id),
		BIND_TEXT(":now", call->now),
		{0}};

	if (rest_run(call,
		     "INSERT INTO meetings (id, external_ref, title, description, is_all_day, "
		     "starts, ends, starts_ms, ends_ms, participants, actor_type, actor_id, "
		     "created_at) VALUES (:id, :ref, :title, :description, :all_day, :starts, "
		     ":ends, :starts_ms, :ends_ms, :participants, :actor_type, :actor_id, :now)",
		     binds) != 0 ||
	    write_links(call, id) != 0)
		return -1;
	return answer_meeting(call, id);
}

/* ---- call recordings ---- */

static int need_meeting(struct rest_call *call, const char *message, const char *id)
{
	const struct bind binds[] = {BIND_TEXT(":id", id), {0}};
	long long there;

	if (rest_number(call, "SELECT count(*) FROM meetings WHERE id = :id", binds, &there) != 0)
		return -1;
	if (there == 0)
		return refusal_missing(call->refusal, "%s", message);
	return 0;
}

#define NO_MEETING "The referenced meeting was not found."

int v2_recordings_list(struct rest_call *call)
{
	const char *meeting = rest_capture(call, "meeting_id");
	const struct bind binds[] = {BIND_TEXT(":meeting", meeting), {0}};

	if (need_meeting(call, NO_MEETING, meeting) != 0)
		return -1;
	return rest_pages(call,
			  "SELECT " RECORDING " FROM call_recordings c WHERE c.meeting_id = "
			  ":meeting ORDER BY c.created_at, c.row LIMIT :limit OFFSET :offset",
			  binds);
}

static int answer_recording(struct rest_call *call, const char *meeting, const char *id)
{
	const struct bind binds[] = {BIND_TEXT(":meeting", meeting), BIND_TEXT(":id", id), {0}};
	bool found;

	if (rest_one(call,
		     "SELECT " RECORDING " FROM call_recordings c WHERE c.meeting_id = :meeting "
		     "AND c.id = :id",
		     binds, &found) != 0)
		return -1;
	if (!found)
		return refusal_missing(call->refusal,
				       "Call recording with ID \"%s\" was not found.", id);
	return 0;
}

int v2_recordings_get(struct rest_call *call)
{
	return answer_recording(call, rest_capture(call, "meeting_id"),
				rest_capture(call, "call_recording_id"));
}

/* Without its meeting: apps of Attio's own ask so. */
int v2_recordings_find(struct rest_call *call)
{
	const char *id = rest_capture(call, "call_recording_id");
	const struct bind binds[] = {BIND_TEXT(":id", id), {0}};
	const char *meeting;

	if (rest_text(call, "SELECT meeting_id FROM call_recordings WHERE id = :id", binds,
		      &meeting) != 0)
		return -1;
	return answer_recording(call, meeting, id);
}

/* It is never worked on, so it stays in processing. */
int v2_recordings_create(struct rest_call *call)
{
	const char *meeting = rest_capture(call, "meeting_id");
	const char *url = rest_string(call, "video_url");
	const char *id = rest_uuid(call);
	const struct bind binds[] = {BIND_TEXT(":id", id),
				     BIND_TEXT(":meeting", meeting),
				     BIND_TEXT(":url", url),
				     BIND_TEXT(":actor_type", call->actor.type),
				     BIND_TEXT(":actor_id", call->actor.id),
				     BIND_TEXT(":now", call->now),
				     {0}};

	if (id == NULL || need_meeting(call, NO_MEETING, meeting) != 0)
		return -1;
	if (!str_starts(url, "https://"))
		return refusal_bad(call->refusal, "validation_type",
				   "Invalid video URL protocol. Only https is supported");
	if (rest_run(call,
		     "INSERT INTO call_recordings (id, meeting_id, status, video_url, actor_type, "
		     "actor_id, created_at) VALUES (:id, :meeting, 'processing', :url, "
		     ":actor_type, :actor_id, :now)",
		     binds) != 0 ||
	    rest_event(call, "call-recording.created",
		       "SELECT json_object('id', " SQL_ID2("meeting_id", ":meeting",
							   "call_recording_id", ":id") ")",
		       binds) != 0)
		return -1;
	return answer_recording(call, meeting, id);
}

int v2_recordings_delete(struct rest_call *call)
{
	const struct bind binds[] = {BIND_TEXT(":meeting", rest_capture(call, "meeting_id")),
				     BIND_TEXT(":id", rest_capture(call, "call_recording_id")),
				     {0}};
	long long there;

	if (rest_number(call,
			"SELECT count(*) FROM call_recordings WHERE meeting_id = :meeting AND id = "
			":id",
			binds, &there) != 0)
		return -1;
	if (there == 0)
		return refusal_missing(call->refusal, "The referenced call recording was not "
						      "found.");
	call->status = 204;
	return rest_run(call, "DELETE FROM call_recordings WHERE id = :id", binds);
}

int v2_recordings_transcript(struct rest_call *call)
{
	const char *id = rest_capture(call, "call_recording_id");
	const struct bind binds[] = {
		BIND_TEXT(":meeting", rest_capture(call, "meeting_id")), BIND_TEXT(":id", id), {0}};
	const char *text;

	if (rest_text(call,
		      "SELECT json_object('data', json_object('id', " SQL_ID2(
			      "meeting_id", "c.meeting_id", "call_recording_id",
			      "c.id") ", 'transcript', json_array(), 'raw_transcript', '', "
				      "'web_url', " WEB_URL "), 'pagination', "
				      "json_object('next_cursor', NULL)) FROM call_recordings c "
				      "WHERE c.meeting_id = :meeting AND c.id = :id",
		      binds, &text) != 0)
		return -1;
	if (text == NULL)
		return refusal_missing(call->refusal,
				       "Call recording with ID \"%s\" was not found.", id);
	buf_puts(call->out, text);
	return 0;
}
