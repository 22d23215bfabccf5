/* local/rest: what each endpoint answers: status, headers, the members in their order and what each
 * of them is. One story over one world: what an exchange makes, later ones name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "json_form.h"
#include "local/route.h"
#include "rest_box.h"

/* Headers besides those of every answer. */
#define MOMENT 1u /* x-accurate-at */
#define SCORE 2u  /* x-attio-record-query-score */

#define ERROR_FORM "{status_code:n type:s code:s message:s}"
#define ACTOR "{type:s id:u|0}"
#define OBJECT                                                                                     \
	"{id:{workspace_id:u object_id:u} api_slug:s singular_noun:s plural_noun:s created_at:t}"
#define LIST                                                                                       \
	"{id:{workspace_id:u list_id:u} api_slug:s created_at:t name:s workspace_access:s|0 "      \
	"workspace_member_access:({level:s workspace_member_id:u}) parent_object:[s] "             \
	"created_by_actor:" ACTOR "}"
#define ATTRIBUTE_ID "{workspace_id:u object_id:u attribute_id:u}"
#define ATTRIBUTE                                                                                  \
	"{id:" ATTRIBUTE_ID " title:s description:s|0 api_slug:s type:s is_system_attribute:b "    \
	"is_writable:b is_required:b is_unique:b is_multiselect:b is_default_value_enabled:b "     \
	"is_archived:b default_value:{type:s template:s|(*)}|0 relationship:{id:" ATTRIBUTE_ID     \
	" object_slug:s api_slug:s is_multiselect:b title:s}|0 created_at:t "                      \
	"config:{currency:{default_currency_code:s|0 display_type:s|0} "                           \
	"record_reference:{allowed_object_ids:[u]|0}}}"
#define OPTION "{id:{workspace_id:u object_id:u attribute_id:u option_id:u} title:s is_archived:b}"
#define STATUS                                                                                     \
	"{id:{workspace_id:u object_id:u attribute_id:u status_id:u} title:s is_archived:b "       \
	"target_time_in_status:s|0 celebration_enabled:b}"
#define RECORD "{id:{workspace_id:u object_id:u record_id:u} created_at:t web_url:l values:*}"
#define ENTRY                                                                                      \
	"{id:{workspace_id:u list_id:u entry_id:u} parent_record_id:u parent_object:s "            \
	"created_at:t entry_values:*}"
#define MEMBER                                                                                     \
	"{id:{workspace_id:u workspace_member_id:u} first_name:s last_name:s avatar_url:l|0 "      \
	"email_address:e access_level:s created_at:t}"
#define NOTE                                                                                       \
	"{id:{workspace_id:u note_id:u} parent_object:s parent_record_id:u title:s "               \
	"meeting_id:u|0 content_plaintext:s content_markdown:s tags:() created_by_actor:" ACTOR    \
	" created_at:t}"
#define TASK                                                                                       \
	"{id:{workspace_id:u task_id:u} content_plaintext:s deadline_at:t|0 is_completed:b "       \
	"completed_at:t|0 linked_records:({target_object_id:u target_record_id:u}) "               \
	"assignees:({referenced_actor_type:s referenced_actor_id:u}) created_by_actor:" ACTOR      \
	" created_at:t}"
#define COMMENT                                                                                    \
	"{id:{workspace_id:u comment_id:u} thread_id:u created_at:t resolved_at:t|0 "              \
	"record:{record_id:u object_id:u} entry:{entry_id:u list_id:u}|0 content_plaintext:s "     \
	"resolved_by:" ACTOR "|0 author:{type:s id:u}}"
#define THREAD "{id:{workspace_id:u thread_id:u} comments:[" COMMENT "] created_at:t}"
#define MOMENT_FORM "{datetime:t timezone:s|0}|{date:d}"
#define MEETING                                                                                    \
	"{id:{workspace_id:u meeting_id:u} title:s description:s is_all_day:b start:" MOMENT_FORM  \
	" end:" MOMENT_FORM " participants:[{status:s is_organizer:b email_address:e|0}] "         \
	"linked_records:({object_slug:s object_id:u record_id:u}) created_at:t "                   \
	"created_by_actor:" ACTOR "}"
#define RECORDING                                                                                  \
	"{id:{workspace_id:u meeting_id:u call_recording_id:u} status:s web_url:l "                \
	"created_by_actor:" ACTOR " created_at:t}"
#define SUBSCRIPTIONS "({event_type:s filter:*})"
#define WEBHOOK                                                                                    \
	"{id:{workspace_id:u webhook_id:u} target_url:l status:s subscriptions:" SUBSCRIPTIONS     \
	" created_at:t}"
#define ONE(form) "{data:" form "}"
#define SOME(form) "{data:[" form "]}"
#define ANY(form) "{data:(" form ")}"
#define PAGE(form) "{data:(" form ") pagination:{next_cursor:s|0}}"

struct exchange {
	const char *method, *path; /* "$name" stands for what was saved */
	const char *body;          /* or NULL */
	unsigned status;
	unsigned headers;
	const char *form;
	const char *save; /* "name=data.id.note_id", or NULL */
};

#define OK 200

static const struct exchange story[] = {
	{"GET", "/v2/self", NULL, OK, 0,
	 "{active:b scope:s client_id:u token_type:s exp:0 iat:n sub:u aud:u iss:s "
	 "authorized_by_workspace_member_id:u workspace_id:u workspace_name:s workspace_slug:s "
	 "workspace_logo_url:l|0}",
	 "member=authorized_by_workspace_member_id"},
	{"GET", "/v2/workspace_members", NULL, OK, MOMENT, SOME(MEMBER), NULL},
	{"GET", "/v2/workspace_members/$member", NULL, OK, MOMENT, ONE(MEMBER), NULL},

	/* objects, lists, views */
	{"GET", "/v2/objects", NULL, OK, MOMENT, SOME(OBJECT), NULL},
	{"GET", "/v2/objects/people", NULL, OK, MOMENT, ONE(OBJECT), "people=data.id.object_id"},
	{"GET", "/v2/objects/$people", NULL, OK, MOMENT, ONE(OBJECT), NULL},
	{"POST", "/v2/objects",
	 "{\"data\":{\"api_slug\":\"ships\",\"singular_noun\":\"Ship\",\"plural_noun\":\"Ships\"}}",
	 OK, MOMENT, ONE(OBJECT), NULL},
	{"PATCH", "/v2/objects/ships", "{\"data\":{\"plural_noun\":\"Vessels\"}}", OK, MOMENT,
	 ONE(OBJECT), NULL},
	{"POST", "/v2/objects/ships/attributes",
	 "{\"data\":{\"title\":\"State\",\"description\":null,\"api_slug\":\"state\",\"type\":"
	 "\"status\",\"is_required\":false,\"is_unique\":false,\"is_multiselect\":false,\"config\":"
	 "{}}}",
	 OK, MOMENT, ONE(ATTRIBUTE), NULL},
	{"GET", "/v2/objects/people/views", NULL, OK, MOMENT,
	 PAGE("{id:{workspace_id:u object_id:u view_id:u} title:s created_at:t}"),
	 "view=data.0.id.view_id"},
	{"POST", "/v2/objects/people/records/query", "{\"filter_view_id\":\"$view\",\"limit\":1}",
	 OK, MOMENT | SCORE, SOME(RECORD), NULL},
	{"POST", "/v2/objects/companies/records/query", "{\"filter_view_id\":\"$view\"}", 400, 0,
	 ERROR_FORM, NULL},
	{"POST", "/v2/objects/people/records/query", "{\"filter_view_id\":\"$view\",\"filter\":{}}",
	 400, 0, ERROR_FORM, NULL},
	{"POST", "/v2/lists",
	 "{\"data\":{\"name\":\"Logos\",\"api_slug\":\"logos\",\"parent_object\":\"people\","
	 "\"workspace_access\":\"full-access\",\"workspace_member_access\":[{\"level\":"
	 "\"read-only\",\"workspace_member_id\":\"$member\"}]}}",
	 OK, MOMENT, ONE(LIST), NULL},
	{"GET", "/v2/lists", NULL, OK, MOMENT, SOME(LIST), NULL},
	{"GET", "/v2/lists/logos", NULL, OK, MOMENT, ONE(LIST), NULL},
	{"PATCH", "/v2/lists/logos", "{\"data\":{\"name\":\"Brands\"}}", OK, MOMENT, ONE(LIST),
	 NULL},
	{"GET", "/v2/lists/logos/views", NULL, OK, MOMENT,
	 PAGE("{id:{workspace_id:u list_id:u view_id:u} title:s created_at:t}"), NULL},

	/* attributes, options, statuses */
	{"GET", "/v2/objects/people/attributes", NULL, OK, MOMENT, SOME(ATTRIBUTE), NULL},
	{"GET", "/v2/objects/companies/attributes?limit=3&offset=1", NULL, OK, MOMENT,
	 SOME(ATTRIBUTE), NULL},
	{"GET", "/v2/lists/logos/attributes", NULL, OK, MOMENT, SOME(ATTRIBUTE), NULL},
	{"GET", "/v2/objects/people/attributes/name", NULL, OK, MOMENT, ONE(ATTRIBUTE), NULL},
	{"POST", "/v2/objects/ships/attributes",
	 "{\"data\":{\"title\":\"Kind\",\"description\":null,\"api_slug\":\"kind\",\"type\":"
	 "\"select\",\"is_required\":false,\"is_unique\":false,\"is_multiselect\":true,\"config\":"
	 "{}}}",
	 OK, MOMENT, ONE(ATTRIBUTE), NULL},
	{"POST", "/v2/objects/ships/attributes",
	 "{\"data\":{\"title\":\"Captain\",\"description\":\"Who steers\",\"api_slug\":"
	 "\"captain\",\"type\":\"record-reference\",\"is_required\":false,\"is_unique\":false,"
	 "\"is_multiselect\":false,\"config\":{},\"relationship\":{\"object\":\"people\",\"title\":"
	 "\"Ships\",\"api_slug\":\"ships\",\"is_multiselect\":true}}}",
	 OK, MOMENT, ONE(ATTRIBUTE), NULL},
	{"GET", "/v2/objects/people/attributes/ships", NULL, OK, MOMENT, ONE(ATTRIBUTE), NULL},
	{"POST", "/v2/objects/ships/attributes",
	 "{\"data\":{\"title\":\"Price\",\"description\":null,\"api_slug\":\"price\",\"type\":"
	 "\"currency\",\"is_required\":false,\"is_unique\":false,\"is_multiselect\":false,"
	 "\"config\":{\"currency\":{\"default_currency_code\":\"EUR\",\"display_type\":\"symbol\"}}"
	 "}}",
	 OK, MOMENT, ONE(ATTRIBUTE), NULL},
	{"POST", "/v2/lists/logos/attributes",
	 "{\"data\":{\"title\":\"Phase\",\"description\":null,\"api_slug\":\"phase\",\"type\":"
	 "\"status\",\"is_required\":false,\"is_unique\":false,\"is_multiselect\":false,\"config\":"
	 "{}}}",
	 OK, MOMENT, ONE(ATTRIBUTE), NULL},
	{"PATCH", "/v2/objects/ships/attributes/kind", "{\"data\":{\"title\":\"Class\"}}", OK,
	 MOMENT, ONE(ATTRIBUTE), NULL},
	{"POST", "/v2/objects/ships/attributes/kind/options", "{\"data\":{\"title\":\"Sloop\"}}",
	 OK, MOMENT, ONE(OPTION), "option=data.id.option_id"},
	{"PATCH", "/v2/objects/ships/attributes/kind/options/$option",
	 "{\"data\":{\"title\":\"Brig\"}}", OK, MOMENT, ONE(OPTION), NULL},
	{"GET", "/v2/objects/ships/attributes/kind/options", NULL, OK, MOMENT, SOME(OPTION), NULL},
	{"POST", "/v2/lists/logos/attributes/phase/statuses",
	 "{\"data\":{\"title\":\"New\",\"target_time_in_status\":\"P0Y0M7D\"}}", OK, MOMENT,
	 ONE(STATUS), NULL},
	{"PATCH", "/v2/lists/logos/attributes/phase/statuses/New",
	 "{\"data\":{\"celebration_enabled\":true}}", OK, MOMENT, ONE(STATUS), NULL},
	{"GET", "/v2/objects/deals/attributes/stage/statuses", NULL, OK, MOMENT, SOME(STATUS),
	 NULL},

	/* records */
	{"POST", "/v2/objects/people/records/query", "{\"limit\":2}", OK, MOMENT | SCORE,
	 SOME(RECORD), "person=data.0.id.record_id"},
	{"POST", "/v2/objects/companies/records/query", NULL, OK, MOMENT | SCORE, SOME(RECORD),
	 "company=data.0.id.record_id"},
	{"POST", "/v2/objects/people/records",
	 "{\"data\":{\"values\":{\"name\":\"Hopper, "
	 "Grace\",\"email_addresses\":[\"g@navy.mil\"]}}}",
	 OK, MOMENT, ONE(RECORD), "grace=data.id.record_id"},
	{"PUT", "/v2/objects/people/records?matching_attribute=email_addresses",
	 "{\"data\":{\"values\":{\"email_addresses\":[\"g@navy.mil\"],\"job_title\":\"Admiral\"}}}",
	 OK, MOMENT, ONE(RECORD), NULL},
	{"GET", "/v2/objects/people/records/$grace", NULL, OK, MOMENT, ONE(RECORD), NULL},
	{"PATCH", "/v2/objects/people/records/$grace",
	 "{\"data\":{\"values\":{\"job_title\":\"Rear Admiral\"}}}", OK, MOMENT, ONE(RECORD), NULL},
	{"PUT", "/v2/objects/people/records/$grace",
	 "{\"data\":{\"values\":{\"job_title\":\"Captain\"}}}", OK, MOMENT, ONE(RECORD), NULL},
	{"GET", "/v2/objects/people/records/$grace/attributes/job_title/values?show_historic=true",
	 NULL, OK, MOMENT,
	 SOME("{active_from:t active_until:t|0 created_by_actor:" ACTOR
	      " value:s attribute_type:s}"),
	 NULL},
	{"GET", "/v2/objects/people/records/$grace/entries", NULL, OK, MOMENT, "{data:[]}", NULL},
	{"POST", "/v2/objects/records/search",
	 "{\"query\":\"grace\",\"objects\":[\"people\"],\"request_as\":{\"type\":\"workspace\"}}",
	 OK, MOMENT,
	 SOME("{id:{workspace_id:u object_id:u record_id:u} record_text:s record_image:l|0 "
	      "object_slug:s email_addresses:(e) phone_numbers:(s)}"),
	 NULL},

	/* entries */
	{"POST", "/v2/lists/logos/entries/query", "{\"limit\":5}", OK, MOMENT | SCORE, "{data:[]}",
	 NULL},
	{"POST", "/v2/lists/logos/entries",
	 "{\"data\":{\"parent_object\":\"people\",\"parent_record_id\":\"$grace\",\"entry_values\":"
	 "{\"phase\":\"New\"}}}",
	 OK, MOMENT, ONE(ENTRY), "entry=data.id.entry_id"},
	{"PUT", "/v2/lists/logos/entries",
	 "{\"data\":{\"parent_object\":\"people\",\"parent_record_id\":\"$grace\",\"entry_values\":"
	 "{}}}",
	 OK, MOMENT, ONE(ENTRY), NULL},
	{"GET", "/v2/lists/logos/entries/$entry", NULL, OK, MOMENT, ONE(ENTRY), NULL},
	{"PATCH", "/v2/lists/logos/entries/$entry",
	 "{\"data\":{\"entry_values\":{\"phase\":null}}}", OK, MOMENT, ONE(ENTRY), NULL},
	{"PUT", "/v2/lists/logos/entries/$entry",
	 "{\"data\":{\"entry_values\":{\"phase\":\"New\"}}}", OK, MOMENT, ONE(ENTRY), NULL},
	{"GET", "/v2/lists/logos/entries/$entry/attributes/phase/values", NULL, OK, MOMENT,
	 SOME("{active_from:t active_until:t|0 created_by_actor:" ACTOR " status:" STATUS
	      " attribute_type:s}"),
	 NULL},
	{"GET", "/v2/objects/people/records/$grace/entries", NULL, OK, MOMENT,
	 SOME("{list_id:u list_api_slug:s entry_id:u created_at:t}"), NULL},

	/* notes */
	{"GET", "/v2/notes", NULL, OK, MOMENT, ANY(NOTE), NULL},
	{"POST", "/v2/notes",
	 "{\"data\":{\"parent_object\":\"people\",\"parent_record_id\":\"$grace\",\"title\":\"A "
	 "call\",\"format\":\"markdown\",\"content\":\"She **said** yes\"}}",
	 OK, MOMENT, ONE(NOTE), "note=data.id.note_id"},
	{"GET", "/v2/notes/$note", NULL, OK, MOMENT, ONE(NOTE), NULL},
	{"GET", "/v2/notes?parent_object=people&parent_record_id=$grace&limit=1", NULL, OK, MOMENT,
	 SOME(NOTE), NULL},
	{"DELETE", "/v2/notes/$note", NULL, OK, 0, "{}", NULL},

	/* tasks */
	{"POST", "/v2/tasks",
	 "{\"data\":{\"content\":\"Ring her\",\"format\":\"plaintext\",\"deadline_at\":"
	 "\"2026-12-01T09:00:00Z\",\"is_completed\":false,\"linked_records\":[{\"target_object\":"
	 "\"people\",\"target_record_id\":\"$grace\"}],\"assignees\":[{\"referenced_actor_type\":"
	 "\"workspace-member\",\"referenced_actor_id\":\"$member\"}]}}",
	 OK, MOMENT, ONE(TASK), "task=data.id.task_id"},
	{"GET", "/v2/tasks", NULL, OK, MOMENT, SOME(TASK), NULL},
	{"GET", "/v2/tasks/$task", NULL, OK, MOMENT, ONE(TASK), NULL},
	{"PATCH", "/v2/tasks/$task", "{\"data\":{\"is_completed\":true}}", OK, MOMENT, ONE(TASK),
	 NULL},
	{"GET", "/v2/tasks?assignee=null&is_completed=true&sort=completed_at:desc", NULL, OK,
	 MOMENT, "{data:[]}", NULL},
	{"DELETE", "/v2/tasks/$task", NULL, OK, 0, "{}", NULL},

	/* comments */
	{"GET", "/v2/threads?record_id=$grace&object=people", NULL, OK, MOMENT, "{data:[]}", NULL},
	{"POST", "/v2/comments",
	 "{\"data\":{\"format\":\"plaintext\",\"content\":\"Hm\",\"author\":{\"type\":"
	 "\"workspace-member\",\"id\":\"$member\"},\"record\":{\"object\":\"people\",\"record_id\":"
	 "\"$grace\"}}}",
	 OK, MOMENT, ONE(COMMENT), "comment=data.id.comment_id"},
	{"POST", "/v2/comments",
	 "{\"data\":{\"format\":\"plaintext\",\"content\":\"Yes\",\"author\":{\"type\":"
	 "\"workspace-member\",\"id\":\"$member\"},\"thread_id\":\"$comment\"}}",
	 OK, MOMENT, ONE(COMMENT), NULL},
	{"POST", "/v2/comments",
	 "{\"data\":{\"format\":\"plaintext\",\"content\":\"Here\",\"author\":{\"type\":"
	 "\"workspace-member\",\"id\":\"$member\"},\"entry\":{\"list\":\"logos\",\"entry_id\":"
	 "\"$entry\"}}}",
	 OK, MOMENT, ONE(COMMENT), NULL},
	{"GET", "/v2/comments/$comment", NULL, OK, MOMENT, ONE(COMMENT), NULL},
	{"GET", "/v2/threads?record_id=$grace&object=people", NULL, OK, MOMENT, SOME(THREAD), NULL},
	{"GET", "/v2/threads?entry_id=$entry&list=logos", NULL, OK, MOMENT, SOME(THREAD), NULL},
	{"GET", "/v2/threads/$comment", NULL, OK, MOMENT, ONE(THREAD), NULL},
	{"DELETE", "/v2/comments/$comment", NULL, OK, 0, "{}", NULL},
	{"GET", "/v2/threads/$comment", NULL, 404, 0, ERROR_FORM, NULL},

	/* meetings */
	{"POST", "/v2/meetings",
	 "{\"data\":{\"title\":\"Demo\",\"description\":\"\",\"start\":{\"datetime\":"
	 "\"2026-12-01T09:00:00Z\"},\"end\":{\"date\":\"2026-12-02\"},\"is_all_day\":false,"
	 "\"participants\":[{\"email_address\":\"g@navy.mil\",\"is_organizer\":true,\"status\":"
	 "\"accepted\"}],\"linked_records\":[{\"object\":\"people\",\"record_id\":\"$grace\"}],"
	 "\"external_ref\":\"demo-1\"}}",
	 OK, MOMENT, ONE(MEETING), "meeting=data.id.meeting_id"},
	{"GET", "/v2/meetings?participants=g@navy.mil", NULL, OK, MOMENT,
	 "{data:[" MEETING "] pagination:{next_cursor:0}}", NULL},
	{"GET", "/v2/meetings/$meeting", NULL, OK, MOMENT, ONE(MEETING), NULL},
	{"GET", "/v2/meetings/$meeting/call_recordings", NULL, OK, MOMENT, PAGE(RECORDING), NULL},
	{"POST", "/v2/meetings/$meeting/call_recordings",
	 "{\"data\":{\"video_url\":\"https://example.com/a.mp4\"}}", OK, MOMENT, ONE(RECORDING),
	 "recording=data.id.call_recording_id"},
	{"GET", "/v2/meetings/$meeting/call_recordings/$recording", NULL, OK, MOMENT,
	 ONE(RECORDING), NULL},
	{"GET", "/v2/call-recordings/$recording", NULL, OK, MOMENT, ONE(RECORDING), NULL},
	{"GET", "/v2/meetings/$meeting/call_recordings/$recording/transcript", NULL, OK, MOMENT,
	 "{data:{id:{workspace_id:u meeting_id:u call_recording_id:u} transcript:() "
	 "raw_transcript:s web_url:l} pagination:{next_cursor:0}}",
	 NULL},
	{"DELETE", "/v2/meetings/$meeting/call_recordings/$recording", NULL, 204, 0, NULL, NULL},

	/* webhooks */
	{"GET", "/v2/webhooks", NULL, OK, MOMENT, "{data:[]}", NULL},
	{"POST", "/v2/webhooks",
	 "{\"data\":{\"target_url\":\"https://example.com/"
	 "hook\",\"subscriptions\":[{\"event_type\":"
	 "\"note.created\",\"filter\":null}]}}",
	 OK, 0,
	 "{data:{id:{workspace_id:u webhook_id:u} target_url:l status:s "
	 "subscriptions:[{event_type:s filter:0}] created_at:t secret:s}}",
	 "webhook=data.id.webhook_id"},
	{"GET", "/v2/webhooks/$webhook", NULL, OK, MOMENT, ONE(WEBHOOK), NULL},
	{"PATCH", "/v2/webhooks/$webhook",
	 "{\"data\":{\"subscriptions\":[{\"event_type\":\"task.created\",\"filter\":{\"$and\":[{"
	 "\"field\":\"actor.type\",\"operator\":\"equals\",\"value\":\"app\"}]}}]}}",
	 OK, MOMENT, ONE(WEBHOOK), NULL},
	{"GET", "/v2/webhooks", NULL, OK, MOMENT, SOME(WEBHOOK), NULL},
	{"DELETE", "/v2/webhooks/$webhook", NULL, OK, 0, "{}", NULL},

	/* what is gone, and refusals */
	{"DELETE", "/v2/lists/logos/entries/$entry", NULL, OK, 0, "{}", NULL},
	{"POST", "/v2/objects/people/records/merge",
	 "{\"data\":{\"primary_record_id\":\"$grace\",\"secondary_record_id\":\"$person\"}}", OK,
	 MOMENT, "{data:{new_record_id:u}}", "merged=data.new_record_id"},
	{"GET", "/v2/objects/people/records/$grace", NULL, 404, 0, ERROR_FORM, NULL},
	{"GET", "/v2/objects/people/records/$person", NULL, 404, 0, ERROR_FORM, NULL},
	{"DELETE", "/v2/objects/people/records/$merged", NULL, OK, 0, "{}", NULL},
	{"GET", "/v2/objects/people/records/$merged", NULL, 404, 0, ERROR_FORM, NULL},
	{"GET", "/v2/objects/companies/records?limit=5", NULL, 404, 0, ERROR_FORM, NULL},
	{"POST", "/v2/objects/records/search",
	 "{\"query\":\"a\",\"objects\":[\"people\"],\"limit\":5}", 400, 0,
	 "{status_code:n type:s code:s message:s validation_errors:[{code:s path:[s] message:s}]}",
	 NULL},
};

/* ---- names that stand for what was saved ---- */

#define NAMES 16

struct saved {
	const char *names[NAMES];
	const char *values[NAMES];
	size_t count;
};

static const char *fill(struct rest_box *box, const struct saved *saved, const char *text)
{
	struct buf out = {0};
	const char *copy;

	if (text == NULL)
		return NULL;
	for (; *text != '\0'; text++) {
		size_t at = 0;

		while (*text == '$' && at < saved->count &&
		       strncmp(text + 1, saved->names[at], strlen(saved->names[at])) != 0)
			at++;
		if (*text == '$' && at < saved->count) {
			buf_puts(&out, saved->values[at]);
			text += strlen(saved->names[at]);
		} else {
			buf_putc(&out, *text);
		}
	}
	copy = arena_strndup(box->arena, buf_cstr(&out), out.len);
	buf_dispose(&out);
	return copy;
}

static void save(struct rest_box *box, struct saved *saved, const char *what)
{
	const char *equals = strchr(what, '=');

	assert_true(saved->count < NAMES);
	saved->names[saved->count] = arena_strndup(box->arena, what, (size_t)(equals - what));
	saved->values[saved->count] = box_text(box, equals + 1);
	assert_non_null(saved->values[saved->count]);
	saved->count++;
}

/* ---- comparing ---- */

static void check_headers(const struct rest_box *box, const struct exchange *one)
{
	static const char *const always[] = {"x-attio-execution-id", "x-frame-options",
					     "access-control-allow-origin",
					     "access-control-expose-headers"};

	for (size_t i = 0; i < ARRAY_LEN(always); i++)
		assert_non_null(box_header(box, always[i]));
	assert_string_equal(box_header(box, "Content-Type"), "application/json; charset=utf-8");
	assert_int_equal(box_header(box, "x-accurate-at") != NULL, (one->headers & MOMENT) != 0);
	assert_int_equal(box_header(box, "x-attio-record-query-score") != NULL,
			 (one->headers & SCORE) != 0);
}

static void every_answer_has_its_form(void **state)
{
	struct rest_box box;
	struct saved saved = {0};

	(void)state;
	box_open(&box);
	for (size_t i = 0; i < ARRAY_LEN(story); i++) {
		const struct exchange *one = &story[i];
		unsigned status = box_call(&box, one->method, fill(&box, &saved, one->path),
					   fill(&box, &saved, one->body));
		bool fits = one->form == NULL ? box.reply.body.len == 0
					      : form_fits(one->form, strlen(one->form), box.json);

		if (status != one->status || !fits)
			fail_msg("%s %s: %u %s", one->method, one->path, status,
				 buf_cstr(&box.reply.body));
		check_headers(&box, one);
		if (one->save != NULL)
			save(&box, &saved, one->save);
	}
	box_close(&box);
}

/* Each row of the table has been asked for above, but those that say 501. */
static void the_story_knows_every_endpoint(void **state)
{
	struct arena *arena = arena_new();
	size_t count;
	const struct route *routes = rest_routes(arena, &count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		bool told = false;

		for (size_t at = 0; at < ARRAY_LEN(story) && !told; at++) {
			const char *path =
				arena_strndup(arena, story[at].path, strcspn(story[at].path, "?"));
			struct route_match match;

			route_find(routes, count, arena, story[at].method, path, &match);
			told = match.status == 0 && match.route == &routes[i];
		}
		if (!told && strstr(routes[i].pattern, "/files") == NULL &&
		    strstr(routes[i].pattern, "/sql") == NULL &&
		    strstr(routes[i].pattern, "/scim") == NULL)
			fail_msg("nobody asks for %s %s", routes[i].method, routes[i].pattern);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_answer_has_its_form),
		cmocka_unit_test(the_story_knows_every_endpoint),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
