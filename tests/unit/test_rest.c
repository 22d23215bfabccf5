/* local/rest: the frame around all endpoints: who is let in, the words of refusals, limits, who
 * writes. What endpoints answer: test_rest_shapes.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rest_box.h"

static void expect(struct rest_box *box, unsigned status, const char *type, const char *code,
		   const char *message)
{
	assert_int_equal(box->reply.status, status);
	assert_non_null(box->json);
	assert_int_equal(cJSON_GetObjectItemCaseSensitive(box->json, "status_code")->valueint,
			 status);
	assert_string_equal(box_text(box, "type"), type);
	assert_string_equal(box_text(box, "code"), code);
	assert_string_equal(box_text(box, "message"), message);
}

/* ---- letting in ---- */

static void a_token_is_asked_for(void **state)
{
	static const char wrong[] = "Bearer "
				    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
				    "ffffff";
	struct rest_box box;

	(void)state;
	box_open(&box);
	box_send(&box, "GET", "/v2/objects", NULL, NULL);
	expect(&box, 401, "auth_error", "unauthorized",
	       "The Authorization header was not provided. Please provide an API Key as a Bearer "
	       "token.");
	box_send(&box, "GET", "/v2/objects", NULL, "Bearer short");
	expect(&box, 401, "auth_error", "unauthorized",
	       "The API Key provided was invalid because it was the wrong length (API Keys should "
	       "be 64 characters long).");
	box_send(&box, "GET", "/v2/objects", NULL, wrong);
	expect(&box, 401, "auth_error", "unauthorized",
	       "The API Key provided could not be found. This is most commonly caused by the token "
	       "having been revoked.");
	/* "TOKEN:" in base64 */
	assert_int_equal(
		box_send(&box, "GET", "/v2/objects", NULL,
			 "Basic MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMD"
			 "EyMzQ1Njc4OWFiY2RlZjo="),
		200);
	/* Of itself a token may always be asked. */
	assert_int_equal(box_send(&box, "GET", "/v2/self", NULL, wrong), 200);
	assert_string_equal(buf_cstr(&box.reply.body), "{\"active\":false}");
	box_send(&box, "GET", "/v2/self", NULL, NULL);
	assert_int_equal(box.reply.status, 400);
	assert_string_equal(box_text(&box, "code"), "missing_value");
	box_close(&box);
}

static void scopes_are_asked_for(void **state)
{
	struct rest_box box;

	(void)state;
	box_open(&box);
	box.rest.scopes = "object_configuration:read note:read-write";
	assert_int_equal(box_call(&box, "GET", "/v2/objects", NULL), 200);
	box_call(&box, "GET", "/v2/notes", NULL);
	expect(&box, 403, "auth_error", "unauthorized",
	       "The API Key provided does not have the scopes that this endpoint needs: "
	       "record_permission:read.");
	box_call(&box, "POST", "/v2/objects", "{}");
	expect(&box, 403, "auth_error", "unauthorized",
	       "The API Key provided does not have the scopes that this endpoint needs: "
	       "object_configuration:read-write.");
	assert_int_equal(box_call(&box, "GET", "/v2/self", NULL), 200);
	assert_string_equal(box_text(&box, "scope"), box.rest.scopes);
	box_close(&box);
}

static void what_is_not_there_is_named(void **state)
{
	struct rest_box box;

	(void)state;
	box_open(&box);
	box_call(&box, "GET", "/v2/objects/people/records?limit=5", NULL);
	expect(&box, 404, "invalid_request_error", "not_found",
	       "Could not find endpoint \"GET /v2/objects/people/records\".");
	box_call(&box, "GET", "/v2/things/people/attributes", NULL);
	expect(&box, 404, "invalid_request_error", "not_found",
	       "Could not find endpoint \"GET /v2/things/people/attributes\".");
	box_call(&box, "PUT", "/v2/self", NULL);
	expect(&box, 404, "invalid_request_error", "not_found",
	       "Could not find endpoint \"PUT /v2/self\".");
	box_call(&box, "POST", "/v2/sql", "{\"sql\":\"select 1\"}");
	expect(&box, 501, "invalid_request_error", "not_implemented",
	       "The local platform does not implement \"POST /v2/sql\".");
	box_close(&box);
}

/* ---- limits ---- */

static void too_many_are_refused_until_the_next_second(void **state)
{
	struct rest_box box;
	unsigned status = 0;
	int count = 0;

	(void)state;
	box_open(&box);
	box.rest.unlimited = false;
	/* Far from the end of a second, so that the calls fall into one. */
	box.clock.offset_ms = -(clock_ms(&box.clock) % 1000);
	while (count < 200 && status != 429) {
		status = box_call(&box, "POST", "/v2/tasks", "{}");
		count++;
	}
	assert_int_equal(status, 429);
	expect(&box, 429, "rate_limit_error", "rate_limit_exceeded",
	       "Rate limit exceeded, please try again later");
	assert_non_null(strstr(box_header(&box, "Retry-After"), " GMT"));
	assert_int_equal(box_call(&box, "GET", "/v2/objects", NULL), 200);
	box.clock.offset_ms += 2000;
	assert_int_equal(box_call(&box, "POST", "/v2/tasks", "{}"), 400);
	/* Every endpoint counts, also the one that takes any token. */
	box.clock.offset_ms += 2000;
	box.clock.offset_ms -= clock_ms(&box.clock) % 1000;
	for (count = 0; count < 100; count++)
		assert_int_equal(box_call(&box, "GET", "/v2/self", NULL), 200);
	assert_int_equal(box_call(&box, "GET", "/v2/self", NULL), 429);
	box_close(&box);
}

/* ---- wrong requests ---- */

struct wrong {
	const char *method, *path, *body;
	unsigned status;
	const char *code, *message;
	const char *errors; /* validation_errors, or NULL */
};

#define NOBODY "50cf242c-7fa3-4cad-87d0-75b1af71c57b"
#define BODY "Body payload validation error."
#define REQUIRED(path, type)                                                                       \
	"[{\"code\":\"invalid_type\",\"path\":[" path                                              \
	"],\"message\":\"Required\",\"expected\":\"" type "\",\"received\":\"undefined\"}]"

static const struct wrong wrongs[] = {
	{"POST", "/v2/objects/people/records", "{\"data\":{}}", 400, "validation_type", BODY,
	 REQUIRED("\"data\",\"values\"", "object")},
	{"POST", "/v2/objects/people/records", "", 400, "validation_type", BODY,
	 REQUIRED("", "object")},
	{"POST", "/v2/objects/people/records", "{\"data\":", 400, "validation_type", BODY, NULL},
	{"PUT", "/v2/objects/people/records", "{\"data\":{\"values\":{}}}", 400, "validation_type",
	 "Query payload validation error.", REQUIRED("\"matching_attribute\"", "string")},
	{"POST", "/v2/objects/nothing/records", "{\"data\":{\"values\":{}}}", 404, "not_found",
	 "Object with slug/ID \"nothing\" not found.", NULL},
	{"GET", "/v2/objects/people/records/" NOBODY, NULL, 404, "not_found",
	 "Record with ID \"" NOBODY "\" not found.", NULL},
	{"GET", "/v2/objects/nothing", NULL, 404, "not_found",
	 "Object with slug/ID \"nothing\" not found.", NULL},
	{"PATCH", "/v2/objects/people", "{\"data\":{}}", 400, "validation_type",
	 "You passed an empty payload. Please ensure you are updating at least one property in "
	 "your "
	 "request.",
	 NULL},
	{"POST", "/v2/objects",
	 "{\"data\":{\"api_slug\":\"people\",\"singular_noun\":\"A\",\"plural_noun\":\"B\"}}", 409,
	 "slug_conflict",
	 "Failed to create object. Please ensure your api_slug and names are unique.", NULL},
	{"GET", "/v2/lists/nothing", NULL, 404, "not_found",
	 "List with slug/ID \"nothing\" not found.", NULL},
	{"GET", "/v2/objects/people/attributes/nothing", NULL, 404, "not_found",
	 "Attribute with slug/ID \"nothing\" not found.", NULL},
	{"PATCH", "/v2/objects/people/attributes/name", "{\"data\":{\"title\":\"A\"}}", 400,
	 "system_edit_unauthorized", "Cannot update a System attribute.", NULL},
	{"POST", "/v2/objects/people/attributes/name/options", "{\"data\":{\"title\":\"A\"}}", 400,
	 "validation_type", "This attribute is not a select attribute.", NULL},
	{"GET", "/v2/objects/people/attributes/name/statuses", NULL, 400, "validation_type",
	 "This attribute is not a status attribute.", NULL},
	{"POST", "/v2/objects/deals/attributes/stage/statuses",
	 "{\"data\":{\"title\":\"A\",\"target_time_in_status\":\"soon\"}}", 400, "validation_type",
	 BODY,
	 "[{\"code\":\"invalid_string\",\"path\":[\"data\",\"target_time_in_status\"],\"message\":"
	 "\"Invalid "
	 "duration\"}]"},
	{"PATCH", "/v2/objects/deals/attributes/stage/statuses/Lead",
	 "{\"data\":{\"target_time_in_status\":\"-P1D\"}}", 400, "validation_type", BODY,
	 "[{\"code\":\"invalid_string\",\"path\":[\"data\",\"target_time_in_status\"],\"message\":"
	 "\"Invalid "
	 "duration\"}]"},
	{"POST", "/v2/objects/companies/attributes",
	 "{\"data\":{\"title\":\"A\",\"description\":null,\"api_slug\":\"a\",\"type\":\"status\","
	 "\"is_"
	 "required\":false,\"is_unique\":false,\"is_multiselect\":false,\"config\":{}}}",
	 400, "validation_type", "Attributes of type \"status\" are not supported on objects.",
	 NULL},
	{"POST", "/v2/lists",
	 "{\"data\":{\"name\":\"A\",\"api_slug\":\"a\",\"parent_object\":\"x\",\"workspace_"
	 "access\":"
	 "null,\"workspace_member_access\":[]}}",
	 404, "not_found", "Parent object with slug/ID \"x\" not found.", NULL},
	{"POST", "/v2/lists",
	 "{\"data\":{\"name\":\"A\",\"api_slug\":\"a\",\"parent_object\":\"people\","
	 "\"workspace_access\":null,\"workspace_member_access\":[{\"workspace_member_id\":"
	 "\"" NOBODY "\",\"level\":\"full-access\"}]}}",
	 400, "value_not_found", "Workspace member with ID \"" NOBODY "\" not found.", NULL},
	{"GET", "/v2/workspace_members/" NOBODY, NULL, 404, "not_found",
	 "Workspace member with ID \"" NOBODY "\" not found.", NULL},
	{"GET", "/v2/notes/" NOBODY, NULL, 404, "not_found",
	 "Note with ID \"" NOBODY "\" was not found.", NULL},
	{"GET", "/v2/notes?limit=51", NULL, 400, "validation_type",
	 "Query payload validation error.",
	 "[{\"code\":\"too_big\",\"path\":[\"limit\"],\"message\":\"Number must be less than or "
	 "equal to 50\",\"maximum\":50,\"type\":\"number\",\"inclusive\":true,\"exact\":false}]"},
	{"GET", "/v2/tasks/" NOBODY, NULL, 404, "not_found",
	 "Could not find Task with ID \"" NOBODY "\".", NULL},
	{"GET", "/v2/comments/" NOBODY, NULL, 404, "not_found",
	 "Comment with ID \"" NOBODY "\" was not found.", NULL},
	{"DELETE", "/v2/comments/" NOBODY, NULL, 404, "not_found",
	 "Could not find Comment with ID \"" NOBODY "\".", NULL},
	{"GET", "/v2/threads/" NOBODY, NULL, 404, "not_found",
	 "Thread with ID \"" NOBODY "\" was not found.", NULL},
	{"POST", "/v2/comments",
	 "{\"data\":{\"format\":\"plaintext\",\"content\":\"A\",\"author\":{\"type\":"
	 "\"workspace-member\",\"id\":\"" NOBODY "\"},\"thread_id\":\"" NOBODY "\"}}",
	 400, "value_not_found",
	 "The referenced Thread could not be found, it might have been deleted.", NULL},
	{"GET", "/v2/meetings/" NOBODY, NULL, 404, "not_found",
	 "Meeting with ID \"" NOBODY "\" was not found.", NULL},
	{"GET", "/v2/webhooks/" NOBODY, NULL, 404, "not_found",
	 "Webhook with ID \"" NOBODY "\" was not found.", NULL},
	{"DELETE", "/v2/webhooks/" NOBODY, NULL, 404, "not_found", "Webhook not found", NULL},
	{"POST", "/v2/webhooks",
	 "{\"data\":{\"target_url\":\"http://example.com/\",\"subscriptions\":[]}}", 400,
	 "validation_type", BODY,
	 "[{\"code\":\"custom\",\"path\":[\"data\",\"target_url\"],\"message\":\"Target URL must "
	 "use https\"}]"},
};

static void wrong_requests_are_told_in_the_services_words(void **state)
{
	struct rest_box box;

	(void)state;
	box_open(&box);
	for (size_t i = 0; i < ARRAY_LEN(wrongs); i++) {
		const struct wrong *one = &wrongs[i];
		cJSON *errors;
		char *text;

		box_call(&box, one->method, one->path, one->body);
		expect(&box, one->status, "invalid_request_error", one->code, one->message);
		assert_null(box_header(&box, "x-accurate-at"));
		if (one->errors == NULL)
			continue;
		errors = cJSON_GetObjectItemCaseSensitive(box.json, "validation_errors");
		text = cJSON_PrintUnformatted(errors);
		assert_string_equal(text, one->errors);
		cJSON_free(text);
	}
	box_close(&box);
}

/* ---- writing ---- */

static void who_writes_is_who_calls(void **state)
{
	struct rest_box box;
	struct rest_request request = {.method = "POST",
				       .path = "/v2/tasks",
				       .query = "",
				       .authorization = "Bearer " BOX_TOKEN,
				       .inside = true};

	(void)state;
	request.body = "{\"data\":{\"content\":\"A\",\"format\":\"plaintext\",\"deadline_at\":"
		       "null,\"is_completed\":false,\"linked_records\":[],\"assignees\":[]}}";
	request.body_len = strlen(request.body);
	box_open(&box);
	rest_answer(&box.rest, &request, &box.reply);
	box.json = cJSON_Parse(buf_cstr(&box.reply.body));
	assert_string_equal(box_text(&box, "data.created_by_actor.type"), "app");
	assert_string_equal(box_text(&box, "data.created_by_actor.id"), BOX_APP);
	box_call(&box, "POST", "/v2/tasks", request.body);
	assert_string_equal(box_text(&box, "data.created_by_actor.type"), "api-token");
	assert_string_equal(box_text(&box, "data.created_by_actor.id"), REST_TOKEN_ID);
	box_close(&box);
}

/* Of a request that is refused in its middle nothing stays. */
static void a_refused_write_leaves_nothing(void **state)
{
	struct rest_box box;

	(void)state;
	box_open(&box);
	assert_int_equal(
		box_call(&box, "POST", "/v2/tasks",
			 "{\"data\":{\"content\":\"A\",\"format\":\"plaintext\",\"deadline_at\":"
			 "null,\"is_completed\":false,\"linked_records\":[{\"target_object\":"
			 "\"people\",\"target_record_id\":\"" NOBODY "\"}],\"assignees\":[]}}"),
		404);
	box_call(&box, "GET", "/v2/tasks", NULL);
	assert_string_equal(buf_cstr(&box.reply.body), "{\"data\":[]}");
	assert_int_equal(
		box_call(&box, "POST", "/v2/lists",
			 "{\"data\":{\"name\":\"A\",\"api_slug\":\"a\",\"parent_object\":"
			 "\"people\",\"workspace_access\":null,\"workspace_member_access\":[]}}"),
		400);
	assert_int_equal(box_call(&box, "GET", "/v2/lists/a", NULL), 404);
	box_close(&box);
}

static void pages_go_on_at_their_cursor(void **state)
{
	struct rest_box box;
	const char *cursor;

	(void)state;
	box_open(&box);
	for (int i = 0; i < 3; i++) {
		const char *body = arena_printf(
			box.arena,
			"{\"data\":{\"title\":\"%d\",\"description\":\"\",\"start\":{\"date\":"
			"\"2026-12-0%d\"},\"end\":{\"date\":\"2026-12-0%d\"},\"is_all_day\":true,"
			"\"participants\":[{\"email_address\":\"a@b.co\",\"is_organizer\":\"true\","
			"\"status\":\"pending\"}],\"external_ref\":\"%d\"}}",
			i, i + 1, i + 1, i);

		assert_int_equal(box_call(&box, "POST", "/v2/meetings", body), 200);
	}
	box_call(&box, "GET", "/v2/meetings?limit=2", NULL);
	assert_string_equal(box_text(&box, "data.1.title"), "1");
	cursor = box_text(&box, "pagination.next_cursor");
	assert_non_null(cursor);
	box_call(&box, "GET", arena_printf(box.arena, "/v2/meetings?limit=2&cursor=%s", cursor),
		 NULL);
	assert_string_equal(box_text(&box, "data.0.title"), "2");
	assert_null(box_text(&box, "data.1.title"));
	assert_null(box_text(&box, "pagination.next_cursor"));
	box_call(&box, "GET", "/v2/meetings?starts_before=2026-12-02&sort=start_desc", NULL);
	assert_string_equal(box_text(&box, "data.0.title"), "0");
	assert_null(box_text(&box, "data.1.title"));
	box_call(&box, "GET", "/v2/meetings?cursor=nonsense", NULL);
	assert_int_equal(box.reply.status, 400);
	box_close(&box);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_token_is_asked_for),
		cmocka_unit_test(scopes_are_asked_for),
		cmocka_unit_test(what_is_not_there_is_named),
		cmocka_unit_test(too_many_are_refused_until_the_next_second),
		cmocka_unit_test(wrong_requests_are_told_in_the_services_words),
		cmocka_unit_test(who_writes_is_who_calls),
		cmocka_unit_test(a_refused_write_leaves_nothing),
		cmocka_unit_test(pages_go_on_at_their_cursor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
