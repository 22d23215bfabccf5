/* The endpoints, their scopes and what they take (lib/local/rest/README.md, Endpoints). Of rows
 * that fit the same path the first one counts. */
#include "local/rest/table.h"

#include "base/mem.h"
#include "local/rest/bodies.h"
#include "local/rest/endpoints.h"

/* Scopes, of which read-write holds read. */
#define OC_R "object_configuration:read"
#define OC_W "object_configuration:read-write"
#define LC_R "list_configuration:read"
#define LC_W "list_configuration:read-write"
#define RP_R "record_permission:read"
#define RP_W "record_permission:read-write"
#define LE_R "list_entry:read"
#define LE_W "list_entry:read-write"
#define UM_R "user_management:read"
#define AND " "

#define ACCURATE REST_ACCURATE

#define ATTRIBUTES "/v2/{target}/{identifier}/attributes"
#define RECORDS "/v2/objects/{object}/records"
#define ENTRIES "/v2/lists/{list}/entries"
#define RECORDINGS "/v2/meetings/{meeting_id}/call_recordings"

/* What reads has no body; what is deleted says nothing of a moment. */
#define GET(pattern, scopes, params, answer, summary)                                              \
	{                                                                                          \
		"GET", pattern, scopes, ACCURATE, params, NULL, answer, summary                    \
	}
#define DELETE(pattern, scopes, answer, summary)                                                   \
	{                                                                                          \
		"DELETE", pattern, scopes, 0, NULL, NULL, answer, summary                          \
	}
#define SEND(method, pattern, scopes, body, answer, summary)                                       \
	{                                                                                          \
		method, pattern, scopes, ACCURATE, NULL, &body, answer, summary                    \
	}
#define MISSING(method, pattern, scopes, summary)                                                  \
	{                                                                                          \
		method, pattern, scopes, 0, NULL, NULL, NULL, summary                              \
	}

static const struct rest_row rows[] = {
	{"GET", "/v2/self", "", REST_OPEN, NULL, NULL, v2_self_get, "who the token is"},

	GET("/v2/objects", OC_R, NULL, v2_objects_list, "list objects"),
	SEND("POST", "/v2/objects", OC_W, body_object_create, v2_objects_create,
	     "create an object"),
	{"POST", "/v2/objects/records/search", RP_R AND OC_R, ACCURATE, NULL, &body_search,
	 v2_records_search, "search records"},
	GET("/v2/objects/{object}", OC_R, NULL, v2_objects_get, "get an object"),
	SEND("PATCH", "/v2/objects/{object}", OC_W, body_object_update, v2_objects_update,
	     "update an object"),
	GET("/v2/objects/{object}/views", OC_R, query_views, v2_objects_views,
	    "list the views of an object"),

	GET(ATTRIBUTES, OC_R, query_attributes, v2_attributes_list, "list attributes"),
	SEND("POST", ATTRIBUTES, OC_W, body_attribute_create, v2_attributes_create,
	     "create an attribute"),
	GET(ATTRIBUTES "/{attribute}", OC_R, NULL, v2_attributes_get, "get an attribute"),
	SEND("PATCH", ATTRIBUTES "/{attribute}", OC_W, body_attribute_update, v2_attributes_update,
	     "update an attribute"),
	GET(ATTRIBUTES "/{attribute}/options", OC_R, query_archived, v2_options_list,
	    "list select options"),
	SEND("POST", ATTRIBUTES "/{attribute}/options", OC_W, body_option_create, v2_options_create,
	     "create a select option"),
	SEND("PATCH", ATTRIBUTES "/{attribute}/options/{option}", OC_W, body_option_update,
	     v2_options_update, "update a select option"),
	GET(ATTRIBUTES "/{attribute}/statuses", OC_R, query_archived, v2_statuses_list,
	    "list statuses"),
	SEND("POST", ATTRIBUTES "/{attribute}/statuses", OC_W, body_status_create,
	     v2_statuses_create, "create a status"),
	SEND("PATCH", ATTRIBUTES "/{attribute}/statuses/{status}", OC_W, body_status_update,
	     v2_statuses_update, "update a status"),

	SEND("POST", RECORDS "/query", RP_R AND OC_R, body_query, v2_records_query,
	     "query records"),
	SEND("POST", RECORDS "/merge", RP_W AND OC_R, body_merge, v2_records_merge,
	     "merge two records"),
	SEND("POST", RECORDS, RP_W AND OC_R, body_values, v2_records_create, "create a record"),
	{"PUT", RECORDS, RP_W AND OC_R, ACCURATE, query_matching, &body_values, v2_records_assert,
	 "create or update a record by a unique attribute"},
	GET(RECORDS "/{record_id}", RP_R AND OC_R, NULL, v2_records_get, "get a record"),
	SEND("PATCH", RECORDS "/{record_id}", RP_W AND OC_R, body_values, v2_records_append,
	     "update a record, adding to lists of values"),
	SEND("PUT", RECORDS "/{record_id}", RP_W AND OC_R, body_values, v2_records_overwrite,
	     "update a record, replacing lists of values"),
	DELETE(RECORDS "/{record_id}", RP_W AND OC_R, v2_records_delete, "delete a record"),
	GET(RECORDS "/{record_id}/attributes/{attribute}/values", RP_R AND OC_R, query_history,
	    v2_records_values, "list the values of an attribute of a record"),
	GET(RECORDS "/{record_id}/entries", RP_R AND OC_R AND LE_R, query_record_entries,
	    v2_records_entries, "list the entries of a record"),

	GET("/v2/lists", LC_R, NULL, v2_lists_list, "list lists"),
	SEND("POST", "/v2/lists", LC_W, body_list_create, v2_lists_create, "create a list"),
	GET("/v2/lists/{list}", LC_R, NULL, v2_lists_get, "get a list"),
	SEND("PATCH", "/v2/lists/{list}", LC_W, body_list_update, v2_lists_update, "update a list"),
	GET("/v2/lists/{list}/views", LC_R, query_views, v2_lists_views,
	    "list the views of a list"),

	SEND("POST", ENTRIES "/query", LE_R AND LC_R, body_query, v2_entries_query,
	     "query entries"),
	SEND("POST", ENTRIES, LE_W AND LC_R, body_entry_create, v2_entries_create,
	     "create an entry"),
	SEND("PUT", ENTRIES, LE_W AND LC_R, body_entry_create, v2_entries_assert,
	     "create or update an entry by its parent record"),
	GET(ENTRIES "/{entry_id}", LE_R AND LC_R, NULL, v2_entries_get, "get an entry"),
	SEND("PATCH", ENTRIES "/{entry_id}", LE_W AND LC_R, body_entry_update, v2_entries_append,
	     "update an entry, adding to lists of values"),
	SEND("PUT", ENTRIES "/{entry_id}", LE_W AND LC_R, body_entry_update, v2_entries_overwrite,
	     "update an entry, replacing lists of values"),
	DELETE(ENTRIES "/{entry_id}", LE_W AND LC_R, v2_entries_delete, "delete an entry"),
	GET(ENTRIES "/{entry_id}/attributes/{attribute}/values", LE_R AND LC_R, query_history,
	    v2_entries_values, "list the values of an attribute of an entry"),

	GET("/v2/workspace_members", UM_R, NULL, v2_members_list, "list workspace members"),
	GET("/v2/workspace_members/{workspace_member_id}", UM_R, NULL, v2_members_get,
	    "get a workspace member"),

	GET("/v2/notes", "note:read" AND OC_R AND RP_R, query_notes, v2_notes_list, "list notes"),
	SEND("POST", "/v2/notes", "note:read-write" AND OC_R AND RP_R, body_note, v2_notes_create,
	     "create a note"),
	GET("/v2/notes/{note_id}", "note:read" AND OC_R AND RP_R, NULL, v2_notes_get, "get a note"),
	DELETE("/v2/notes/{note_id}", "note:read-write", v2_notes_delete, "delete a note"),

	GET("/v2/tasks", "task:read" AND OC_R AND RP_R AND UM_R, query_tasks, v2_tasks_list,
	    "list tasks"),
	SEND("POST", "/v2/tasks", "task:read-write" AND OC_R AND RP_R AND UM_R, body_task_create,
	     v2_tasks_create, "create a task"),
	GET("/v2/tasks/{task_id}", "task:read" AND OC_R AND RP_R AND UM_R, NULL, v2_tasks_get,
	    "get a task"),
	SEND("PATCH", "/v2/tasks/{task_id}", "task:read-write" AND OC_R AND RP_R AND UM_R,
	     body_task_update, v2_tasks_update, "update a task"),
	DELETE("/v2/tasks/{task_id}", "task:read-write", v2_tasks_delete, "delete a task"),

	GET("/v2/threads", "comment:read", query_threads, v2_threads_list,
	    "list threads of comments"),
	GET("/v2/threads/{thread_id}", "comment:read", NULL, v2_threads_get, "get a thread"),
	SEND("POST", "/v2/comments", "comment:read-write", body_comment, v2_comments_create,
	     "create a comment"),
	GET("/v2/comments/{comment_id}", "comment:read", NULL, v2_comments_get, "get a comment"),
	DELETE("/v2/comments/{comment_id}", "comment:read-write", v2_comments_delete,
	       "delete a comment"),

	GET("/v2/meetings", "meeting:read" AND RP_R, query_meetings, v2_meetings_list,
	    "list meetings"),
	SEND("POST", "/v2/meetings", "meeting:read-write" AND RP_R, body_meeting,
	     v2_meetings_create, "find or create a meeting"),
	GET("/v2/meetings/{meeting_id}", "meeting:read" AND RP_R, NULL, v2_meetings_get,
	    "get a meeting"),
	GET(RECORDINGS, "meeting:read call_recording:read", query_recordings, v2_recordings_list,
	    "list the call recordings of a meeting"),
	SEND("POST", RECORDINGS, "meeting:read call_recording:read-write", body_recording,
	     v2_recordings_create, "create a call recording"),
	GET(RECORDINGS "/{call_recording_id}", "meeting:read call_recording:read", NULL,
	    v2_recordings_get, "get a call recording"),
	DELETE(RECORDINGS "/{call_recording_id}", "meeting:read call_recording:read-write",
	       v2_recordings_delete, "delete a call recording"),
	GET(RECORDINGS "/{call_recording_id}/transcript", "meeting:read call_recording:read",
	    query_recordings, v2_recordings_transcript, "get the transcript of a call recording"),
	GET("/v2/call-recordings/{call_recording_id}", "meeting:read call_recording:read", NULL,
	    v2_recordings_find, "get a call recording, whatever its meeting"),

	GET("/v2/webhooks", "webhook:read", query_webhooks, v2_webhooks_list, "list webhooks"),
	{"POST", "/v2/webhooks", "webhook:read-write", 0, NULL, &body_webhook_create,
	 v2_webhooks_create, "create a webhook"},
	GET("/v2/webhooks/{webhook_id}", "webhook:read", NULL, v2_webhooks_get, "get a webhook"),
	SEND("PATCH", "/v2/webhooks/{webhook_id}", "webhook:read-write", body_webhook_update,
	     v2_webhooks_update, "update a webhook"),
	DELETE("/v2/webhooks/{webhook_id}", "webhook:read-write", v2_webhooks_delete,
	       "delete a webhook"),

	MISSING("GET", "/v2/files", "file:read", "list files"),
	MISSING("POST", "/v2/files", "file:read-write", "create a file or folder"),
	MISSING("POST", "/v2/files/upload", "file:read-write", "upload a file"),
	MISSING("GET", "/v2/files/{file_id}", "file:read", "get a file"),
	MISSING("DELETE", "/v2/files/{file_id}", "file:read-write", "delete a file"),
	MISSING("GET", "/v2/files/{file_id}/download", "file:read", "download a file"),
	MISSING("POST", "/v2/sql", RP_R AND OC_R, "run SQL"),
	MISSING("GET", "/scim/v2/Schemas", "scim_management:read-write", "list SCIM schemas"),
};

const struct rest_row *rest_table(size_t *count)
{
	*count = ARRAY_LEN(rows);
	return rows;
}
