#include "local/rest/bodies.h"

#define MOST 1000000000000LL

#define STRING(n)                                                                                  \
	{                                                                                          \
		.name = (n), .kind = SHAPE_STRING                                                  \
	}
#define FILLED(n)                                                                                  \
	{                                                                                          \
		.name = (n), .kind = SHAPE_STRING, .min = 1                                        \
	}
#define UUID(n)                                                                                    \
	{                                                                                          \
		.name = (n), .kind = SHAPE_STRING, .format = FORMAT_UUID                           \
	}
#define BOOLEAN(n)                                                                                 \
	{                                                                                          \
		.name = (n), .kind = SHAPE_BOOLEAN                                                 \
	}
#define CHOICE(n, o)                                                                               \
	{                                                                                          \
		.name = (n), .kind = SHAPE_CHOICE, .options = (o)                                  \
	}
#define OBJECT(n, m)                                                                               \
	{                                                                                          \
		.name = (n), .kind = SHAPE_OBJECT, .members = (m)                                  \
	}
#define ANY_OBJECT(n)                                                                              \
	{                                                                                          \
		.name = (n), .kind = SHAPE_OBJECT                                                  \
	}
#define ARRAY(n, o)                                                                                \
	{                                                                                          \
		.name = (n), .kind = SHAPE_ARRAY, .of = (o)                                        \
	}
#define UNION(n, m)                                                                                \
	{                                                                                          \
		.name = (n), .kind = SHAPE_UNION, .members = (m)                                   \
	}
#define END                                                                                        \
	{                                                                                          \
		.name = NULL                                                                       \
	}

/* The same, may be left out; may be null. */
#define MAYBE(n, k)                                                                                \
	{                                                                                          \
		.name = (n), .kind = (k), .flags = SHAPE_OPTIONAL                                  \
	}
#define MAYBE_NULL(n, k)                                                                           \
	{                                                                                          \
		.name = (n), .kind = (k), .flags = SHAPE_OPTIONAL | SHAPE_NULLABLE                 \
	}
#define OR_NULL(n, k)                                                                              \
	{                                                                                          \
		.name = (n), .kind = (k), .flags = SHAPE_NULLABLE                                  \
	}
#define MAYBE_FILLED(n)                                                                            \
	{                                                                                          \
		.name = (n), .kind = SHAPE_STRING, .flags = SHAPE_OPTIONAL, .min = 1               \
	}
#define MAYBE_TIME(n)                                                                              \
	{                                                                                          \
		.name = (n), .kind = SHAPE_STRING, .flags = SHAPE_OPTIONAL | SHAPE_NULLABLE,       \
		.format = FORMAT_DATETIME                                                          \
	}
#define MAYBE_ARRAY(n, o)                                                                          \
	{                                                                                          \
		.name = (n), .kind = SHAPE_ARRAY, .flags = SHAPE_OPTIONAL, .of = (o)               \
	}
#define MAYBE_OBJECT(n, m)                                                                         \
	{                                                                                          \
		.name = (n), .kind = SHAPE_OBJECT, .flags = SHAPE_OPTIONAL | SHAPE_NULLABLE,       \
		.members = (m)                                                                     \
	}

/* {"data": {members}} */
#define BODY(body, members_)                                                                       \
	static const struct shape body##_top[] = {OBJECT("data", members_), END};                  \
	const struct shape body = {.kind = SHAPE_OBJECT, .members = body##_top}

/* ---- objects and attributes ---- */

static const struct shape object_create[] = {STRING("api_slug"), FILLED("singular_noun"),
					     FILLED("plural_noun"), END};
static const struct shape object_update[] = {MAYBE("api_slug", SHAPE_STRING),
					     MAYBE_FILLED("singular_noun"),
					     MAYBE_FILLED("plural_noun"), END};
BODY(body_object_create, object_create);
BODY(body_object_update, object_update);

static const char *const attribute_types[] = {
	"text",   "number",           "checkbox",        "currency",
	"date",   "timestamp",        "rating",          "status",
	"select", "record-reference", "actor-reference", "location",
	"domain", "email-address",    "phone-number",    NULL};
static const char *const currencies[] = {
	"ARS", "AUD", "BRL", "BGN", "CAD", "CLP", "CNY", "COP", "CZK", "DKK", "EUR",
	"FJD", "HKD", "HUF", "ISK", "INR", "IDR", "ILS", "JPY", "KES", "KRW", "MYR",
	"MXN", "NTD", "NZD", "NGN", "NOK", "XPF", "PEN", "PHP", "PLN", "GBP", "RWF",
	"SAR", "SGD", "ZAR", "SEK", "CHF", "THB", "TRY", "AED", "UYU", "USD", NULL};
static const char *const displays[] = {"code", "name", "narrowSymbol", "symbol", NULL};
static const char *const default_types[] = {"dynamic", "static", NULL};

static const struct shape any_string = {.kind = SHAPE_STRING};
static const struct shape config_currency[] = {CHOICE("default_currency_code", currencies),
					       CHOICE("display_type", displays), END};
static const struct shape config_reference[] = {ARRAY("allowed_objects", &any_string), END};
static const struct shape attribute_config[] = {MAYBE_OBJECT("currency", config_currency),
						MAYBE_OBJECT("record_reference", config_reference),
						END};
static const struct shape template_value = {.kind = SHAPE_ANY};
static const struct shape template_forms[] = {STRING("text"), ARRAY("values", &template_value),
					      END};
static const struct shape attribute_default[] = {CHOICE("type", default_types),
						 UNION("template", template_forms), END};
static const struct shape attribute_relationship[] = {
	STRING("object"), STRING("title"), STRING("api_slug"), BOOLEAN("is_multiselect"), END};
static const struct shape attribute_create[] = {
	STRING("title"),
	OR_NULL("description", SHAPE_STRING),
	STRING("api_slug"),
	CHOICE("type", attribute_types),
	BOOLEAN("is_required"),
	BOOLEAN("is_unique"),
	BOOLEAN("is_multiselect"),
	MAYBE_OBJECT("default_value", attribute_default),
	MAYBE_OBJECT("relationship", attribute_relationship),
	OBJECT("config", attribute_config),
	END};
static const struct shape attribute_update[] = {MAYBE("title", SHAPE_STRING),
						MAYBE_NULL("description", SHAPE_STRING),
						MAYBE("api_slug", SHAPE_STRING),
						MAYBE("is_required", SHAPE_BOOLEAN),
						MAYBE("is_unique", SHAPE_BOOLEAN),
						MAYBE_OBJECT("default_value", attribute_default),
						MAYBE_OBJECT("config", attribute_config),
						MAYBE("is_archived", SHAPE_BOOLEAN),
						END};
BODY(body_attribute_create, attribute_create);
BODY(body_attribute_update, attribute_update);

static const struct shape option_create[] = {FILLED("title"), END};
static const struct shape option_update[] = {MAYBE_FILLED("title"),
					     MAYBE("is_archived", SHAPE_BOOLEAN), END};
static const struct shape status_create[] = {
	FILLED("title"), MAYBE("celebration_enabled", SHAPE_BOOLEAN),
	MAYBE_NULL("target_time_in_status", SHAPE_STRING), END};
static const struct shape status_update[] = {MAYBE_FILLED("title"),
					     MAYBE("celebration_enabled", SHAPE_BOOLEAN),
					     MAYBE_NULL("target_time_in_status", SHAPE_STRING),
					     MAYBE("is_archived", SHAPE_BOOLEAN), END};
BODY(body_option_create, option_create);
BODY(body_option_update, option_update);
BODY(body_status_create, status_create);
BODY(body_status_update, status_update);

/* ---- records and entries; what is in `values`, `filter` and `sorts` the world judges ---- */

static const struct shape query_members[] = {
	MAYBE("filter", SHAPE_OBJECT),
	{.name = "filter_view_id",
	 .kind = SHAPE_STRING,
	 .flags = SHAPE_OPTIONAL,
	 .format = FORMAT_UUID},
	MAYBE("sorts", SHAPE_ARRAY),
	{.name = "limit", .kind = SHAPE_INTEGER, .flags = SHAPE_OPTIONAL, .max = MOST},
	{.name = "offset", .kind = SHAPE_INTEGER, .flags = SHAPE_OPTIONAL, .max = MOST},
	END};
/* A query without a body is one for everything. */
const struct shape body_query = {
	.kind = SHAPE_OBJECT, .flags = SHAPE_OPTIONAL, .members = query_members};

static const struct shape values_members[] = {ANY_OBJECT("values"), END};
BODY(body_values, values_members);

static const char *const workspace_only[] = {"workspace", NULL};
static const char *const member_only[] = {"workspace-member", NULL};
static const struct shape by_workspace[] = {CHOICE("type", workspace_only), END};
static const struct shape by_member_id[] = {CHOICE("type", member_only),
					    UUID("workspace_member_id"), END};
static const struct shape by_member_email[] = {
	CHOICE("type", member_only),
	{.name = "email_address", .kind = SHAPE_STRING, .format = FORMAT_EMAIL},
	END};
static const struct shape request_as[] = {OBJECT("workspace", by_workspace),
					  OBJECT("id", by_member_id),
					  OBJECT("email", by_member_email), END};
static const struct shape search_members[] = {
	{.name = "query", .kind = SHAPE_STRING, .max = 256},
	{.name = "limit", .kind = SHAPE_INTEGER, .flags = SHAPE_OPTIONAL, .min = 1, .max = 25},
	ARRAY("objects", &any_string),
	UNION("request_as", request_as),
	END};
const struct shape body_search = {.kind = SHAPE_OBJECT, .members = search_members};

static const struct shape merge_members[] = {UUID("primary_record_id"), UUID("secondary_record_id"),
					     END};
BODY(body_merge, merge_members);

static const char *const access_levels[] = {"full-access", "read-and-write", "read-only", NULL};
static const struct shape member_access[] = {UUID("workspace_member_id"),
					     CHOICE("level", access_levels), END};
static const struct shape one_access = OBJECT("access", member_access);
static const struct shape list_create[] = {STRING("name"),
					   STRING("api_slug"),
					   STRING("parent_object"),
					   {.name = "workspace_access",
					    .kind = SHAPE_CHOICE,
					    .flags = SHAPE_NULLABLE,
					    .options = access_levels},
					   ARRAY("workspace_member_access", &one_access),
					   END};
static const struct shape list_update[] = {MAYBE("name", SHAPE_STRING),
					   MAYBE("api_slug", SHAPE_STRING),
					   {.name = "workspace_access",
					    .kind = SHAPE_CHOICE,
					    .flags = SHAPE_NULLABLE | SHAPE_OPTIONAL,
					    .options = access_levels},
					   MAYBE_ARRAY("workspace_member_access", &one_access),
					   END};
BODY(body_list_create, list_create);
BODY(body_list_update, list_update);

static const struct shape entry_create[] = {UUID("parent_record_id"), STRING("parent_object"),
					    ANY_OBJECT("entry_values"), END};
static const struct shape entry_update[] = {ANY_OBJECT("entry_values"), END};
BODY(body_entry_create, entry_create);
BODY(body_entry_update, entry_update);

/* ---- notes, tasks, comments ---- */

static const char *const plain_only[] = {"plaintext", NULL};
static const char *const note_formats[] = {"plaintext", "markdown", NULL};
static const struct shape note_create[] = {STRING("parent_object"),
					   UUID("parent_record_id"),
					   STRING("title"),
					   CHOICE("format", note_formats),
					   STRING("content"),
					   MAYBE_TIME("created_at"),
					   {.name = "meeting_id",
					    .kind = SHAPE_STRING,
					    .flags = SHAPE_OPTIONAL | SHAPE_NULLABLE,
					    .format = FORMAT_UUID},
					   END};
BODY(body_note, note_create);

static const struct shape link = {.name = "link",
				  .kind = SHAPE_OBJECT,
				  .members = (const struct shape[]){STRING("target_object"), END}};
static const struct shape assignee_id[] = {CHOICE("referenced_actor_type", member_only),
					   UUID("referenced_actor_id"), END};
static const struct shape assignee_email[] = {STRING("workspace_member_email_address"), END};
static const struct shape assignee_forms[] = {OBJECT("id", assignee_id),
					      OBJECT("email", assignee_email), END};
static const struct shape assignee = UNION("assignee", assignee_forms);
static const struct shape task_create[] = {{.name = "content", .kind = SHAPE_STRING, .max = 2000},
					   CHOICE("format", plain_only),
					   {.name = "deadline_at",
					    .kind = SHAPE_STRING,
					    .flags = SHAPE_NULLABLE,
					    .format = FORMAT_DATETIME},
					   BOOLEAN("is_completed"),
					   ARRAY("linked_records", &link),
					   ARRAY("assignees", &assignee),
					   END};
static const struct shape task_update[] = {
	MAYBE_TIME("deadline_at"), MAYBE("is_completed", SHAPE_BOOLEAN),
	MAYBE_ARRAY("linked_records", &link), MAYBE_ARRAY("assignees", &assignee), END};
BODY(body_task_create, task_create);
BODY(body_task_update, task_update);

static const struct shape author[] = {CHOICE("type", member_only), UUID("id"), END};
static const struct shape comment_record[] = {STRING("object"), UUID("record_id"), END};
static const struct shape comment_entry[] = {STRING("list"), UUID("entry_id"), END};
#define COMMENT                                                                                    \
	CHOICE("format", plain_only), STRING("content"), OBJECT("author", author),                 \
		MAYBE_TIME("created_at")
static const struct shape comment_in_thread[] = {COMMENT, UUID("thread_id"), END};
static const struct shape comment_on_record[] = {COMMENT, OBJECT("record", comment_record), END};
static const struct shape comment_on_entry[] = {COMMENT, OBJECT("entry", comment_entry), END};
static const struct shape comment_forms[] = {OBJECT("thread", comment_in_thread),
					     OBJECT("record", comment_on_record),
					     OBJECT("entry", comment_on_entry), END};
static const struct shape comment_top[] = {UNION("data", comment_forms), END};
const struct shape body_comment = {.kind = SHAPE_OBJECT, .members = comment_top};

/* ---- meetings ---- */

static const char *const responses[] = {"accepted", "tentative", "declined", "pending", NULL};
static const char *const providers[] = {"google", "microsoft", NULL};
static const char *const words_for_boolean[] = {"true", "false", NULL};
static const struct shape boolean_forms[] = {BOOLEAN("boolean"), CHOICE("word", words_for_boolean),
					     END};
static const struct shape at_time[] = {
	{.name = "datetime", .kind = SHAPE_STRING, .format = FORMAT_DATETIME},
	MAYBE_NULL("timezone", SHAPE_STRING),
	END};
static const struct shape at_date[] = {
	{.name = "date", .kind = SHAPE_STRING, .format = FORMAT_DATE}, END};
static const struct shape moment[] = {OBJECT("time", at_time), OBJECT("date", at_date), END};
static const struct shape participant_members[] = {STRING("email_address"),
						   UNION("is_organizer", boolean_forms),
						   CHOICE("status", responses), END};
static const struct shape participant = OBJECT("participant", participant_members);
static const struct shape meeting_link = OBJECT("link", comment_record);
static const struct shape calendar_ref[] = {STRING("ical_uid"), CHOICE("provider", providers),
					    MAYBE_NULL("original_start_time", SHAPE_STRING),
					    BOOLEAN("is_recurring"), END};
static const struct shape ref_forms[] = {FILLED("text"), OBJECT("calendar", calendar_ref), END};
static const struct shape meeting_members[] = {STRING("title"),
					       STRING("description"),
					       UNION("start", moment),
					       UNION("end", moment),
					       BOOLEAN("is_all_day"),
					       ARRAY("participants", &participant),
					       MAYBE_ARRAY("linked_records", &meeting_link),
					       UNION("external_ref", ref_forms),
					       END};
BODY(body_meeting, meeting_members);

static const struct shape recording_members[] = {
	{.name = "video_url", .kind = SHAPE_STRING, .format = FORMAT_URL}, END};
BODY(body_recording, recording_members);

/* ---- webhooks ---- */

const char *const webhook_events[] = {"call-recording.created",
				      "comment.created",
				      "comment.resolved",
				      "comment.unresolved",
				      "comment.deleted",
				      "list.created",
				      "list.updated",
				      "list.deleted",
				      "list-attribute.created",
				      "list-attribute.updated",
				      "list-entry.created",
				      "list-entry.updated",
				      "list-entry.deleted",
				      "object-attribute.created",
				      "object-attribute.updated",
				      "note.created",
				      "note-content.updated",
				      "note.updated",
				      "note.deleted",
				      "record.created",
				      "record.merged",
				      "record.updated",
				      "record.deleted",
				      "task.created",
				      "task.updated",
				      "task.deleted",
				      "workspace-member.created",
				      NULL};
static const char *const comparisons[] = {"equals", "not_equals", NULL};
static const struct shape condition_members[] = {STRING("field"), CHOICE("operator", comparisons),
						 STRING("value"), END};
static const struct shape condition = OBJECT("condition", condition_members);
static const struct shape filter_or[] = {ARRAY("$or", &condition), END};
static const struct shape filter_and[] = {ARRAY("$and", &condition), END};
static const struct shape filter_forms[] = {OBJECT("or", filter_or), OBJECT("and", filter_and),
					    END};
static const struct shape subscription_members[] = {
	CHOICE("event_type", webhook_events),
	{.name = "filter", .kind = SHAPE_UNION, .flags = SHAPE_NULLABLE, .members = filter_forms},
	END};
static const struct shape subscription = OBJECT("subscription", subscription_members);
#define TARGET(flags_)                                                                             \
	{                                                                                          \
		.name = "target_url", .kind = SHAPE_STRING, .flags = (flags_),                     \
		.format = FORMAT_URL                                                               \
	}
static const struct shape webhook_create[] = {TARGET(0), ARRAY("subscriptions", &subscription),
					      END};
static const struct shape webhook_update[] = {TARGET(SHAPE_OPTIONAL),
					      MAYBE_ARRAY("subscriptions", &subscription), END};
BODY(body_webhook_create, webhook_create);
BODY(body_webhook_update, webhook_update);

/* ---- query strings ---- */

#define NUMBER(n, least_, most_, standard_)                                                        \
	{                                                                                          \
		.name = (n), .kind = PARAM_NUMBER, .least = (least_), .most = (most_),             \
		.standard = (standard_)                                                            \
	}
#define OFFSET NUMBER("offset", 0, MOST, 0)
#define ALL (-1)

const struct param query_attributes[] = {
	NUMBER("limit", 0, MOST, ALL), OFFSET, {"show_archived", .kind = PARAM_BOOLEAN}, {0}};
const struct param query_archived[] = {{"show_archived", .kind = PARAM_BOOLEAN}, {0}};
const struct param query_matching[] = {{"matching_attribute", .kind = PARAM_TEXT}, {0}};
const struct param query_history[] = {
	NUMBER("limit", 0, MOST, ALL), OFFSET, {"show_historic", .kind = PARAM_BOOLEAN}, {0}};
const struct param query_record_entries[] = {NUMBER("limit", 0, 1000, 100), OFFSET, {0}};
const struct param query_views[] = {
	NUMBER("limit", 1, 500, 500), {"cursor", .kind = PARAM_TEXT}, {0}};
const struct param query_notes[] = {NUMBER("limit", 0, 50, 10),
				    OFFSET,
				    {"parent_object", .kind = PARAM_TEXT},
				    {"parent_record_id", .kind = PARAM_UUID},
				    {0}};
static const char *const task_sorts[] = {"created_at:asc", "created_at:desc", "completed_at:asc",
					 "completed_at:desc", NULL};
const struct param query_tasks[] = {NUMBER("limit", 0, 500, 500),
				    OFFSET,
				    {"sort", .kind = PARAM_CHOICE, .options = task_sorts},
				    {"linked_object", .kind = PARAM_TEXT},
				    {"linked_record_id", .kind = PARAM_UUID},
				    {"assignee", .kind = PARAM_TEXT},
				    {"is_completed", .kind = PARAM_BOOLEAN},
				    {0}};
const struct param query_threads[] = {NUMBER("limit", 0, 50, 10),
				      OFFSET,
				      {"record_id", .kind = PARAM_UUID},
				      {"object", .kind = PARAM_TEXT},
				      {"entry_id", .kind = PARAM_UUID},
				      {"list", .kind = PARAM_TEXT},
				      {0}};
const struct param query_webhooks[] = {NUMBER("limit", 10, 100, 10), OFFSET, {0}};
static const char *const meeting_sorts[] = {"start_asc", "start_desc", NULL};
const struct param query_meetings[] = {NUMBER("limit", 1, 200, 50),
				       {"cursor", .kind = PARAM_TEXT},
				       {"linked_object", .kind = PARAM_TEXT},
				       {"linked_record_id", .kind = PARAM_UUID},
				       {"participants", .kind = PARAM_TEXT},
				       {"sort", .kind = PARAM_CHOICE, .options = meeting_sorts},
				       {"ends_from", .kind = PARAM_TIME},
				       {"starts_before", .kind = PARAM_TIME},
				       {"timezone", .kind = PARAM_TEXT},
				       {0}};
const struct param query_recordings[] = {
	NUMBER("limit", 1, 200, 50), {"cursor", .kind = PARAM_TEXT}, {0}};
