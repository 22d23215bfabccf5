/* local/world: the seed world, reading and writing by the rules, history, both sides of
 * relationships, filters and sorts over the store. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/refusal.h"
#include "local/sql.h"
#include "local/store.h"
#include "local/world/schema.h"
#include "local/world/seed.h"
#include "local/world/world.h"
#include "sys/fs.h"
#include "world_box.h"
#include "json/json.h"

/* The member at "a.b.0.c". */
static const cJSON *at(const cJSON *document, const char *path)
{
	char part[80];

	while (document != NULL && *path != '\0') {
		size_t len = strcspn(path, ".");

		snprintf(part, sizeof(part), "%.*s", (int)len, path);
		path += len;
		path += *path == '.' ? 1 : 0;
		document = part[0] >= '0' && part[0] <= '9'
				   ? cJSON_GetArrayItem(document, part[0] - '0')
				   : cJSON_GetObjectItemCaseSensitive(document, part);
	}
	return document;
}

static const char *text_at(const cJSON *document, const char *path)
{
	const char *text = cJSON_GetStringValue(at(document, path));

	return text != NULL ? text : "(none)";
}

static cJSON *taken(struct here *here, int result, struct buf *out)
{
	cJSON *document;

	if (result != 0)
		fail_msg("%s: %s %s", here->refusal.code, here->refusal.message,
			 buf_cstr(&here->refusal.issues));
	document = parse(buf_cstr(out));
	buf_dispose(out);
	return document;
}

static cJSON *get(struct here *here, const char *object, const char *id)
{
	struct buf out = {0};

	return taken(here, world_record_get(&here->world, object, id, &out, &here->refusal), &out);
}

static cJSON *create(struct here *here, const char *object, const char *values)
{
	struct buf out = {0};
	cJSON *input = parse(values);
	cJSON *record = taken(
		here, world_record_create(&here->world, &app, object, input, &out, &here->refusal),
		&out);

	cJSON_Delete(input);
	return record;
}

static cJSON *update(struct here *here, const char *object, const char *id, const char *values,
		     bool overwrite)
{
	struct buf out = {0};
	cJSON *input = parse(values);
	cJSON *record = taken(here,
			      world_record_update(&here->world, &app, object, id, input, overwrite,
						  &out, &here->refusal),
			      &out);

	cJSON_Delete(input);
	return record;
}

/* Expects a refusal of a create with this code and message. */
static void refused(struct here *here, const char *object, const char *values, const char *code,
		    const char *message)
{
	struct buf out = {0};
	cJSON *input = parse(values);

	assert_int_equal(
		world_record_create(&here->world, &app, object, input, &out, &here->refusal), -1);
	assert_string_equal(here->refusal.code, code);
	assert_string_equal(here->refusal.message, message);
	assert_int_equal(here->refusal.status, 400);
	assert_int_equal(out.len, 0);
	cJSON_Delete(input);
}

static long long number(struct here *here, const char *sql)
{
	long long value;

	assert_int_equal(sql_number(here->store, sql, &value, &here->error), 0);
	return value;
}

/* ---- the seed world ---- */

static void test_seed(void **state)
{
	struct here *here = *state;
	cJSON *ada = get(here, "people", here->ada);
	const cJSON *values = at(ada, "values");
	const cJSON *value;
	struct buf out = {0};

	assert_string_equal(text_at(values, "name.0.full_name"), "Ada Lovelace");
	assert_string_equal(text_at(values, "phone_numbers.0.phone_number"), "+442071838750");
	assert_string_equal(text_at(values, "record_id.0.value"), here->ada);
	assert_string_equal(text_at(values, "description.0.created_by_actor.type"), "system");
	assert_true(cJSON_IsNull(at(values, "description.0.created_by_actor.id")));
	assert_string_equal(text_at(values, "created_at.0.value"), text_at(ada, "created_at"));
	assert_int_equal(cJSON_GetArraySize(at(values, "alc_lead_id")), 0);
	assert_true(str_starts(text_at(ada, "web_url"), "https://app.attio.com/local/person/"));
	cJSON_ArrayForEach(value, values)
	{
		assert_true(cJSON_IsArray(value));
	}
	cJSON_Delete(ada);
	/* Every type is held by something. */
	assert_int_equal(number(here, "SELECT count(DISTINCT a.type) FROM vals v JOIN attributes a "
				      "ON a.row = v.attribute"),
			 VALUE_TYPES);
	assert_int_equal(number(here, "SELECT count(*) FROM changes"), 0);
	assert_int_equal(world_record_get(&here->world, "users", here->ada, &out, &here->refusal),
			 -1);
	assert_string_equal(here->refusal.message, "Object with slug/ID \"users\" not found.");
	/* Opened again it stays as it is. */
	world_close(&here->world);
	assert_int_equal(world_open(&here->world, here->store, &here->clock, &here->error), 0);
	assert_int_equal(number(here, "SELECT count(*) FROM workspace"), 1);
}

static void test_values_have_the_service_s_order(void **state)
{
	static const char *const order[] = {
		"record_id", "name",       "email_addresses", "description",      "company",
		"job_title", "avatar_url", "phone_numbers",   "primary_location", "angellist"};
	struct here *here = *state;
	cJSON *ada = get(here, "people", here->ada);
	const cJSON *value = at(ada, "values")->child;

	for (size_t i = 0; i < ARRAY_LEN(order); i++, value = value->next)
		assert_string_equal(value->string, order[i]);
	value = at(ada, "values.email_addresses.0")->child;
	assert_string_equal(value->string, "active_from");
	assert_string_equal(value->next->string, "active_until");
	assert_string_equal(value->next->next->string, "created_by_actor");
	assert_string_equal(value->next->next->next->string, "original_email_address");
	cJSON_Delete(ada);
}

/* ---- writing ---- */

static void test_the_documented_record(void **state)
{
	struct here *here = *state;
	cJSON *record = create(here, "people",
			       "{\"name\":\"Lovelace, Ada\",\"phone_numbers\":[\"+15558675309\"]}");

	assert_string_equal(text_at(record, "values.name.0.first_name"), "Ada");
	assert_string_equal(text_at(record, "values.name.0.last_name"), "Lovelace");
	assert_string_equal(text_at(record, "values.phone_numbers.0.phone_number"), "+15558675309");
	assert_string_equal(text_at(record, "values.phone_numbers.0.country_code"), "US");
	assert_string_equal(text_at(record, "values.created_by.0.referenced_actor_type"), "app");
	assert_string_equal(text_at(record, "values.created_by.0.referenced_actor_id"), app.id);
	assert_int_equal(strlen(text_at(record, "created_at")), 30);
	assert_int_equal(number(here, "SELECT count(*) FROM changes WHERE event_type = "
				      "'record.created' AND actor_type = 'app'"),
			 1);
	cJSON_Delete(record);
}

static void test_refusals(void **state)
{
	struct here *here = *state;
	char id[WORLD_ID_SIZE];
	char text[300];

	refused(here, "people", "{\"nope\":1}", "value_not_found",
		"Cannot find attribute with slug/ID \"nope\".");
	refused(here, "people", "{\"job_title\":7}", "validation_type",
		"An invalid value was passed to attribute with slug \"job_title\".");
	assert_string_equal(buf_cstr(&here->refusal.issues),
			    "{\"code\":\"invalid_type\",\"path\":[],\"message\":\"Expected string, "
			    "received number\",\"expected\":\"string\",\"received\":\"number\"}");
	refused(here, "people", "{\"phone_numbers\":\"+15558675309\"}", "validation_type",
		"An invalid value was passed to attribute with slug \"phone_numbers\".");
	refused(here, "people", "{\"created_at\":\"2026-01-01\"}", "immutable_value",
		"Cannot write to read-only attribute with slug \"created_at\".");
	seed_id("attribute", "people", "email_addresses", id);
	snprintf(text, sizeof(text),
		 "The value \"ada@analytical-engines.example\" provided for attribute with ID "
		 "\"%s\" "
		 "conflicts with one already in the system.",
		 id);
	refused(here, "people", "{\"email_addresses\":[\"ADA@analytical-engines.example\"]}",
		"uniqueness_conflict", text);
	refused(here, "deals",
		"{\"name\":\"A\",\"stage\":\"Nearly\",\"owner\":\"grace.hopper@local.example\"}",
		"value_not_found",
		"Cannot find status attribute with status option title \"Nearly\".");
	refused(here, "companies", "{\"categories\":[\"Nothing\"]}", "value_not_found",
		"Cannot find select attribute with select option title \"Nothing\".");
	refused(here, "people", "{\"company\":\"nowhere.example\"}", "value_not_found",
		"Cannot find record with unique value \"nowhere.example\".");
	/* Nothing of it is there. */
	assert_int_equal(number(here, "SELECT count(*) FROM changes"), 0);
	assert_int_equal(number(here, "SELECT count(*) FROM items WHERE created_at > '2026-03'"),
			 0);
}

static void test_required(void **state)
{
	struct here *here = *state;
	struct buf out = {0};
	cJSON *values = parse("{\"name\":\"A deal\",\"stage\":\"Lead\"}");

	assert_int_equal(
		world_record_create(&here->world, &app, "deals", values, &out, &here->refusal), -1);
	assert_string_equal(here->refusal.code, "missing_value");
	assert_true(str_starts(here->refusal.message, "Required value for attribute with ID \""));
	cJSON_Delete(values);
}

static void test_patch_adds_in_front_and_put_replaces(void **state)
{
	struct here *here = *state;
	struct world_page all = {-1, 0, true};
	struct buf out = {0};
	cJSON *record = update(here, "people", here->ada,
			       "{\"email_addresses\":[\"a@x.example\",\"b@x.example\"],"
			       "\"job_title\":\"Countess\"}",
			       false);
	cJSON *history;

	assert_int_equal(cJSON_GetArraySize(at(record, "values.email_addresses")), 3);
	assert_string_equal(text_at(record, "values.email_addresses.0.email_address"),
			    "a@x.example");
	assert_string_equal(text_at(record, "values.email_addresses.2.email_address"),
			    "ada@analytical-engines.example");
	assert_string_equal(text_at(record, "values.job_title.0.value"), "Countess");
	cJSON_Delete(record);
	record = update(here, "people", here->ada,
			"{\"email_addresses\":[\"b@x.example\"],\"job_title\":null}", true);
	assert_int_equal(cJSON_GetArraySize(at(record, "values.email_addresses")), 1);
	assert_int_equal(cJSON_GetArraySize(at(record, "values.job_title")), 0);
	cJSON_Delete(record);
	assert_int_equal(world_record_values(&here->world, "people", here->ada, "job_title", &all,
					     &out, &here->refusal),
			 0);
	history = parse(buf_cstr(&out));
	assert_int_equal(cJSON_GetArraySize(history), 2);
	assert_string_equal(text_at(history, "0.value"), "Chief Scientist");
	assert_true(cJSON_IsString(at(history, "0.active_until")));
	assert_true(cJSON_IsString(at(history, "1.active_until")));
	cJSON_Delete(history);
	buf_dispose(&out);
	assert_int_equal(world_record_values(&here->world, "people", here->ada, "last_interaction",
					     &all, &out, &here->refusal),
			 -1);
	assert_string_equal(here->refusal.code, "validation_type");
	/* Written again it is no new value, and no event. */
	cJSON_Delete(update(here, "people", here->ada, "{\"email_addresses\":[\"b@x.example\"]}",
			    false));
	assert_int_equal(number(here, "SELECT count(*) FROM changes"), 4);
}

static void test_relationships_have_two_sides(void **state)
{
	struct here *here = *state;
	char engines[WORLD_ID_SIZE];
	char lamarr[WORLD_ID_SIZE];
	char hedy[WORLD_ID_SIZE];
	char body[300];
	cJSON *record;

	seed_id("item", "companies", "analytical-engines", engines);
	seed_id("item", "companies", "lamarr", lamarr);
	seed_id("item", "people", "hedy", hedy);
	record = get(here, "companies", engines);
	assert_int_equal(cJSON_GetArraySize(at(record, "values.team")), 2);
	assert_string_equal(text_at(record, "values.team.0.target_record_id"), here->ada);
	assert_string_equal(text_at(record, "values.team.0.target_object"), "people");
	cJSON_Delete(record);
	cJSON_Delete(update(here, "people", here->ada, "{\"company\":\"lamarr.example\"}", false));
	record = get(here, "companies", engines);
	assert_int_equal(cJSON_GetArraySize(at(record, "values.team")), 1);
	cJSON_Delete(record);
	record = get(here, "companies", lamarr);
	assert_int_equal(cJSON_GetArraySize(at(record, "values.team")), 3);
	cJSON_Delete(record);
	/* From the other side: Hedy leaves Lamarr for the engines, and George too, but for nobody.
	 */
	snprintf(body, sizeof(body),
		 "{\"team\":[{\"target_object\":\"people\",\"target_record_id\":\"%s\"}]}", hedy);
	cJSON_Delete(update(here, "companies", engines, body, true));
	record = get(here, "people", hedy);
	assert_string_equal(text_at(record, "values.company.0.target_record_id"), engines);
	assert_int_equal(cJSON_GetArraySize(at(record, "values.company")), 1);
	cJSON_Delete(record);
	record = get(here, "companies", lamarr);
	assert_int_equal(cJSON_GetArraySize(at(record, "values.team")), 2);
	cJSON_Delete(record);
	/* What is deleted is pointed at by nothing. */
	assert_int_equal(world_record_delete(&here->world, &app, "people", hedy, &here->refusal),
			 0);
	record = get(here, "companies", engines);
	assert_int_equal(cJSON_GetArraySize(at(record, "values.team")), 0);
	cJSON_Delete(record);
	assert_int_equal(number(here, "SELECT count(*) FROM changes WHERE event_type = "
				      "'list-entry.deleted'"),
			 1);
}

static void test_assert(void **state)
{
	struct here *here = *state;
	struct buf out = {0};
	cJSON *values = parse("{\"email_addresses\":[\"ada@analytical-engines.example\","
			      "\"ada@new.example\"],\"phone_numbers\":[\"+14155550199\"]}");
	cJSON *record = taken(here,
			      world_record_assert(&here->world, &app, "people", "email_addresses",
						  values, &out, &here->refusal),
			      &out);

	assert_string_equal(text_at(record, "id.record_id"), here->ada);
	assert_int_equal(cJSON_GetArraySize(at(record, "values.email_addresses")), 2);
	assert_int_equal(cJSON_GetArraySize(at(record, "values.phone_numbers")), 1);
	cJSON_Delete(record);
	cJSON_Delete(values);
	values = parse("{\"email_addresses\":[\"ada@new.example\",\"hedy@lamarr.example\"]}");
	assert_int_equal(world_record_assert(&here->world, &app, "people", "email_addresses",
					     values, &out, &here->refusal),
			 -1);
	assert_string_equal(here->refusal.code, "multiple_match_results");
	assert_int_equal(world_record_assert(&here->world, &app, "people", "job_title", values,
					     &out, &here->refusal),
			 -1);
	assert_string_equal(here->refusal.message,
			    "The matching attribute specified is not a unique attribute");
	assert_int_equal(world_record_assert(&here->world, &app, "people", "shoe", values, &out,
					     &here->refusal),
			 -1);
	assert_string_equal(here->refusal.message,
			    "No attribute was found for matching_attribute slug/ID \"shoe\".");
	cJSON_Delete(values);
	values = parse("{\"email_addresses\":[\"someone@new.example\"]}");
	record = taken(here,
		       world_record_assert(&here->world, &app, "people", "email_addresses", values,
					   &out, &here->refusal),
		       &out);
	assert_string_not_equal(text_at(record, "id.record_id"), here->ada);
	cJSON_Delete(record);
	cJSON_Delete(values);
	/* By its own id, which stays. */
	values = cJSON_CreateObject();
	cJSON_AddStringToObject(values, "record_id", here->ada);
	cJSON_AddStringToObject(values, "job_title", "Countess");
	record = taken(here,
		       world_record_assert(&here->world, &app, "people", "record_id", values, &out,
					   &here->refusal),
		       &out);
	assert_string_equal(text_at(record, "id.record_id"), here->ada);
	assert_string_equal(text_at(record, "values.record_id.0.value"), here->ada);
	assert_string_equal(text_at(record, "values.job_title.0.value"), "Countess");
	cJSON_Delete(record);
	cJSON_Delete(values);
}

/* ---- queries ---- */

/* The names of the records that a query gives, with commas between. */
static void query(struct here *here, const char *object, const char *body, const char *expected)
{
	struct buf out = {0};
	struct buf names = {0};
	cJSON *input = parse(body);
	cJSON *list = taken(
		here, world_records_query(&here->world, object, input, &out, &here->refusal), &out);
	const cJSON *record;

	cJSON_ArrayForEach(record, list)
	{
		const char *name = cJSON_GetStringValue(at(record, "values.name.0.first_name"));

		if (name == NULL)
			name = text_at(record, "values.name.0.value");
		buf_printf(&names, "%s%s", names.len > 0 ? "," : "", name);
	}
	assert_string_equal(buf_cstr(&names), expected);
	buf_dispose(&names);
	cJSON_Delete(list);
	cJSON_Delete(input);
}

static void test_filters(void **state)
{
	static const struct {
		const char *object;
		const char *body;
		const char *names;
	} rows[] = {
		{"people", "{\"filter\":{\"name\":\"Ada Lovelace\"}}", "Ada"},
		{"people", "{\"filter\":{\"phone_numbers\":{\"$contains\":\"4155550123\"}}}",
		 "Hedy"},
		{"people", "{\"filter\":{\"phone_numbers\":{\"$contains\":\"(415) 555-0123\"}}}",
		 "Hedy"},
		{"people", "{\"filter\":{\"name\":{\"first_name\":{\"$contains\":\"IR\\u00c8\"}}}}",
		 "Ir\303\250ne"},
		{"people", "{\"filter\":{\"email_addresses\":\"ADA@Analytical-Engines.example\"}}",
		 "Ada"},
		{"people",
		 "{\"filter\":{\"email_addresses\":{\"email_domain\":{\"$ends_with\":\"lamarr."
		 "example\"}}}}",
		 "Hedy,George"},
		{"people", "{\"filter\":{\"email_addresses\":{\"$not_empty\":false}}}", "Unknown"},
		{"people",
		 "{\"filter\":{\"$and\":[{\"phone_numbers\":{\"$not_empty\":false}},"
		 "{\"$not\":{\"email_addresses\":{\"$not_empty\":false}}},"
		 "{\"job_title\":{\"$in\":[\"Engineer\",\"Finance\"]}}]}}",
		 "Barbara,Mary"},
		{"people",
		 "{\"filter\":{\"path\":[[\"people\",\"company\"],[\"companies\",\"categories\"]],"
		 "\"constraints\":{\"$eq\":\"Energy\"}}}",
		 "Nikola"},
		{"companies",
		 "{\"filter\":{\"path\":[[\"companies\",\"team\"],[\"people\",\"name\"]],"
		 "\"constraints\":{\"first_name\":{\"$eq\":\"Emmy\"}}}}",
		 "Noether Symmetry"},
		{"companies", "{\"filter\":{\"funding_raised_usd\":{\"$gte\":180000000}}}",
		 "Lamarr Wireless,Colorado Springs Grid"},
		{"companies",
		 "{\"filter\":{\"foundation_date\":{\"$lt\":\"1999\"}},\"sorts\":[{\"attribute\":"
		 "\"foundation_date\",\"direction\":\"asc\"}]}",
		 "Analytical Engines,Curie Labs"},
		{"companies",
		 "{\"filter\":{\"employee_range\":\"1K-5K\"},\"sorts\":[{\"attribute\":\"name\","
		 "\"direction\":\"desc\"}]}",
		 "Lamarr Wireless,Colorado Springs Grid"},
		{"companies",
		 "{\"sorts\":[{\"attribute\":\"funding_raised_usd\",\"direction\":"
		 "\"desc\"}],\"limit\":2}",
		 "Colorado Springs Grid,Lamarr Wireless"},
		{"deals",
		 "{\"filter\":{\"stage\":\"Won \360\237\216\211\",\"value\":{\"currency_value\":"
		 "{\"$gt\":1}}}}",
		 "Curie Labs imaging"},
		{"deals",
		 "{\"filter\":{\"stage\":\"Lead\"},\"sorts\":[{\"direction\":\"asc\",\"path\":[["
		 "\"deals\",\"associated_company\"],[\"companies\",\"name\"]]}]}",
		 "Bletchley pilot,Fleet routes"},
		{"deals",
		 "{\"sorts\":[{\"attribute\":\"value\",\"direction\":\"asc\"}],"
		 "\"offset\":4}",
		 "Curie Labs imaging,Fleet routes"},
		{"projects", "{\"filter\":{\"billable\":false}}", "Cipher Desk"},
		{"projects", "{\"filter\":{\"site\":{\"$not_empty\":true}}}", "Difference Engine"},
		{"projects", "{\"filter\":{\"priority\":{\"$gte\":2,\"$lt\":4}}}", "Cipher Desk"},
		{"projects", "{\"filter\":{\"site\":{\"locality\":\"London\"}}}",
		 "Difference Engine"},
		{"people", "{\"filter\":{}, \"limit\":1}", "Ada"},
		{"people",
		 "{\"filter\":{\"first_email_interaction\":{\"interacted_at\":{\"$lt\":"
		 "\"2026-02-03\"}}}}",
		 "Ada"},
	};
	struct here *here = *state;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		query(here, rows[i].object, rows[i].body, rows[i].names);
}

static void test_filter_by_ids(void **state)
{
	struct here *here = *state;
	char body[200];

	snprintf(body, sizeof(body), "{\"filter\":{\"record_id\":{\"$in\":[\"%s\"]}}}", here->ada);
	query(here, "people", body, "Ada");
	snprintf(body, sizeof(body), "{\"filter\":{\"associated_people\":\"%s\"}}", here->ada);
	query(here, "deals", body, "Analytical Engines renewal");
}

static void test_filters_that_are_none(void **state)
{
	static const struct {
		const char *body;
		const char *code;
		const char *message;
	} rows[] = {
		{"{\"filter\":{\"$or\":[{\"name\":\"x\"},{\"email\":\"y\"}]}}",
		 "unknown_filter_attribute_slug", "Unknown attribute slug: email."},
		{"{\"filter\":7}", "filter_error", "Error in filter."},
		{"{\"filter\":{\"name\":{\"$near\":1}}}", "filter_error", "Error in filter."},
		{"{\"filter\":{\"alc_status\":{\"$lt\":\"x\"}}}", "filter_error",
		 "Error in filter."},
		{"{\"filter\":{\"$or\":{}}}", "filter_error", "Error in filter."},
		{"{\"filter\":{\"path\":[[\"deals\",\"name\"]],\"constraints\":\"x\"}}",
		 "filter_error", "Error in filter."},
		{"{\"sorts\":[{\"attribute\":\"name\"}]}", "filter_error", "Error in filter."},
		{"{\"limit\":501}", "validation_type", "Body payload validation error."},
		{"{\"limit\":\"1\"}", "validation_type", "Body payload validation error."},
	};
	struct here *here = *state;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf out = {0};
		cJSON *input = parse(rows[i].body);

		assert_int_equal(
			world_records_query(&here->world, "people", input, &out, &here->refusal),
			-1);
		assert_string_equal(here->refusal.code, rows[i].code);
		assert_string_equal(here->refusal.message, rows[i].message);
		if (i == 0)
			assert_string_equal(here->refusal.path, "\"$or\",\"1\",\"email\"");
		cJSON_Delete(input);
	}
}

/* ---- entries ---- */

static void test_entries(void **state)
{
	struct here *here = *state;
	struct world_page all = {100, 0, false};
	char company[WORLD_ID_SIZE];
	struct buf out = {0};
	cJSON *values = parse("{\"stage\":\"Signed\",\"amount\":12.34567}");
	cJSON *none = parse("{}");
	cJSON *entry;

	seed_id("item", "companies", "kepler", company);
	entry = taken(here,
		      world_entry_assert(&here->world, &app, "sales_pipeline", "companies", company,
					 values, &out, &here->refusal),
		      &out);
	assert_string_equal(text_at(entry, "parent_object"), "companies");
	assert_string_equal(text_at(entry, "parent_record_id"), company);
	assert_string_equal(text_at(entry, "entry_values.stage.0.status.title"), "Signed");
	assert_true(at(entry, "entry_values.amount.0.currency_value")->valuedouble == 12.3457);
	cJSON_Delete(entry);
	cJSON_Delete(taken(here,
			   world_entry_create(&here->world, &app, "sales_pipeline", "companies",
					      company, none, &out, &here->refusal),
			   &out));
	assert_int_equal(world_entry_assert(&here->world, &app, "sales_pipeline", "companies",
					    company, none, &out, &here->refusal),
			 -1);
	assert_string_equal(here->refusal.code, "multiple_match_results");
	assert_int_equal(world_entry_create(&here->world, &app, "sales_pipeline", "people",
					    here->ada, none, &out, &here->refusal),
			 -1);
	assert_true(str_starts(here->refusal.message, "Parent record with slug/ID \""));
	entry = taken(here,
		      world_record_entries(&here->world, "companies", company, &all, &out,
					   &here->refusal),
		      &out);
	assert_int_equal(cJSON_GetArraySize(entry), 2);
	assert_string_equal(text_at(entry, "0.list_api_slug"), "sales_pipeline");
	cJSON_Delete(entry);
	cJSON_Delete(values);
	values = parse(
		"{\"filter\":{\"path\":[[\"sales_pipeline\",\"parent_record\"],[\"companies\","
		"\"name\"]],\"constraints\":{\"$starts_with\":\"kep\"}},\"sorts\":[{"
		"\"attribute\":\"stage\",\"direction\":\"asc\"}]}");
	entry = taken(
		here,
		world_entries_query(&here->world, "sales_pipeline", values, &out, &here->refusal),
		&out);
	assert_int_equal(cJSON_GetArraySize(entry), 2);
	assert_string_equal(text_at(entry, "0.entry_values.stage.0.status.title"), "Signed");
	cJSON_Delete(entry);
	cJSON_Delete(values);
	cJSON_Delete(none);
}

/* ---- finding ---- */

static void test_find(void **state)
{
	static const struct {
		const char *object;
		const char *ref;
		const char *name; /* of the seed, or NULL: refused */
	} rows[] = {
		{"people", "ada", "ada"},
		{"people", "ADA LOVELACE", "ada"},
		{"people", "cb@engines.example", "charles"},
		{"people", "ir\303\251ne", NULL},
		{"people", "ir\303\250ne", "irene"},
		{"people", "shannon", NULL},
		{"people", "Claude Shannon", "claude"},
		{"people", "tesl", "nikola"},
		{"companies", "kepler-orbits.example", "kepler"},
		{"companies", "curie", "curie"},
		{"projects", "cd-7", NULL},
		{"projects", "CD-7", "cipher-desk"},
		{"users", "x", NULL},
	};
	struct here *here = *state;
	char id[WORLD_ID_SIZE];
	char expected[WORLD_ID_SIZE];

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		int result =
			world_find(&here->world, rows[i].object, rows[i].ref, id, &here->refusal);

		assert_int_equal(result, rows[i].name != NULL ? 0 : -1);
		if (rows[i].name == NULL)
			continue;
		seed_id("item", rows[i].object, rows[i].name, expected);
		assert_string_equal(id, expected);
	}
	assert_int_equal(world_find(&here->world, "people", "shannon", id, &here->refusal), -1);
	assert_int_equal(here->refusal.status, 409);
	assert_non_null(strstr(here->refusal.message, "Betty Shannon"));
	assert_int_equal(world_find(&here->world, "people", here->ada, id, &here->refusal), 0);
	assert_string_equal(id, here->ada);
	seed_id("member", "", "alan.turing@local.example", expected);
	assert_int_equal(world_find_member(&here->world, "Turing", id, &here->refusal), 0);
	assert_string_equal(id, expected);
	assert_int_equal(world_find_member(&here->world, "ada", id, &here->refusal), -1);
	assert_int_equal(here->refusal.status, 404);
}

static void test_search(void **state)
{
	static const char *const objects[] = {"people", "companies"};
	struct here *here = *state;
	struct buf out = {0};
	cJSON *hits = taken(
		here,
		world_records_search(&here->world, "Curie", objects, 2, 25, &out, &here->refusal),
		&out);

	assert_int_equal(cJSON_GetArraySize(hits), 3);
	assert_string_equal(text_at(hits, "0.record_text"), "Curie Labs");
	assert_string_equal(text_at(hits, "0.object_slug"), "companies");
	assert_string_equal(text_at(hits, "0.domains.0"), "curie-labs.example");
	assert_string_equal(text_at(hits, "1.email_addresses.0"), "marie@curie-labs.example");
	assert_string_equal(text_at(hits, "1.phone_numbers.0"), "+33144276789");
	cJSON_Delete(hits);
	hits = taken(here,
		     world_records_search(&here->world, "5550123 hedy", objects, 2, 25, &out,
					  &here->refusal),
		     &out);
	assert_int_equal(cJSON_GetArraySize(hits), 1);
	cJSON_Delete(hits);
	hits = taken(here,
		     world_records_search(&here->world, "", objects, 2, 3, &out, &here->refusal),
		     &out);
	assert_int_equal(cJSON_GetArraySize(hits), 3);
	cJSON_Delete(hits);
}

static void test_merge(void **state)
{
	struct here *here = *state;
	char charles[WORLD_ID_SIZE];
	char engines[WORLD_ID_SIZE];
	struct buf out = {0};
	cJSON *answer;
	cJSON *record;

	seed_id("item", "people", "charles", charles);
	seed_id("item", "companies", "analytical-engines", engines);
	assert_int_equal(world_record_merge(&here->world, &app, "people", charles, charles, &out,
					    &here->refusal),
			 -1);
	assert_string_equal(here->refusal.code, "self_merge");
	answer = taken(here,
		       world_record_merge(&here->world, &app, "people", here->ada, charles, &out,
					  &here->refusal),
		       &out);
	record = get(here, "people", text_at(answer, "new_record_id"));
	assert_string_equal(text_at(record, "values.name.0.full_name"), "Ada Lovelace");
	assert_int_equal(cJSON_GetArraySize(at(record, "values.email_addresses")), 3);
	assert_int_equal(cJSON_GetArraySize(at(record, "values.associated_deals")), 1);
	assert_string_equal(text_at(record, "values.record_id.0.value"),
			    text_at(answer, "new_record_id"));
	cJSON_Delete(record);
	record = get(here, "companies", engines);
	assert_int_equal(cJSON_GetArraySize(at(record, "values.team")), 1);
	assert_string_equal(text_at(record, "values.team.0.target_record_id"),
			    text_at(answer, "new_record_id"));
	cJSON_Delete(record);
	cJSON_Delete(answer);
	assert_int_equal(world_record_get(&here->world, "people", here->ada, &out, &here->refusal),
			 -1);
	assert_int_equal(here->refusal.status, 404);
	assert_int_equal(number(here, "SELECT count(*) FROM items WHERE parent_id IS NOT NULL"), 7);
}

static int import(struct here *here, const char *object, const char *matching, const cJSON *records,
		  struct world_imported *imported)
{
	buf_dispose(&imported->ids);
	*imported = (struct world_imported){0};
	return world_records_import(&here->world, &app, object, matching, records, imported,
				    &here->refusal);
}

static void test_import_is_all_or_nothing(void **state)
{
	struct here *here = *state;
	struct world_imported imported = {0};
	cJSON *records =
		parse("[{\"values\":{\"domains\":[\"one.example\"]}},"
		      "{\"values\":{\"domains\":[\"two.example\",\"kepler-orbits.example\"]}}]");
	long long before = number(here, "SELECT count(*) FROM items");

	assert_int_equal(import(here, "companies", NULL, records, &imported), -1);
	assert_int_equal(imported.failed, 1);
	assert_string_equal(here->refusal.code, "uniqueness_conflict");
	assert_int_equal(number(here, "SELECT count(*) FROM items"), before);
	cJSON_DeleteItemFromArray(records, 1);
	assert_int_equal(import(here, "companies", NULL, records, &imported), 0);
	assert_int_equal(number(here, "SELECT count(*) FROM items"), before + 1);
	buf_dispose(&imported.ids);
	cJSON_Delete(records);
}

/* With a matching attribute what is there is changed, again all or nothing. */
static void test_import_matches(void **state)
{
	struct here *here = *state;
	struct world_imported imported = {0};
	struct buf out = {0};
	cJSON *records = parse(
		"[{\"values\":{\"email_addresses\":[\"ada@analytical-engines.example\"],"
		"\"job_title\":\"Countess\"}},{\"values\":{\"email_addresses\":[\"new@new."
		"example\"],"
		"\"job_title\":\"New\"}},{\"values\":{\"email_addresses\":[\"new@new.example\"],"
		"\"job_title\":\"Newer\"}}]");
	cJSON *wrong =
		parse("[{\"values\":{\"email_addresses\":[\"ada@analytical-engines.example\"],"
		      "\"job_title\":\"Nobody\"}},{\"values\":{\"job_title\":\"No address\"}}]");
	long long before = number(here, "SELECT count(*) FROM items");
	cJSON *record;

	for (int again = 0; again < 2; again++) {
		assert_int_equal(import(here, "people", "email_addresses", records, &imported), 0);
		assert_int_equal(imported.created, again == 0 ? 1 : 0);
		assert_int_equal(imported.failed, WORLD_NONE_FAILED);
		assert_int_equal(number(here, "SELECT count(*) FROM items"), before + 1);
	}
	assert_int_equal(import(here, "people", "email_addresses", wrong, &imported), -1);
	assert_int_equal(imported.failed, 1);
	assert_string_equal(here->refusal.code, "missing_value");
	record = taken(here,
		       world_record_get(&here->world, "people", here->ada, &out, &here->refusal),
		       &out);
	assert_string_equal(text_at(record, "values.job_title.0.value"), "Countess");
	assert_int_equal(import(here, "people", "job_title", records, &imported), -1);
	assert_int_equal(imported.failed, WORLD_NONE_FAILED);
	cJSON_Delete(record);
	cJSON_Delete(records);
	cJSON_Delete(wrong);
	buf_dispose(&imported.ids);
}

/* Pages that SQLite looks at for a number of records that all have the same company. */
static long long pages_of_import(struct here *here, int count, const char *name)
{
	cJSON *records = cJSON_CreateArray();
	struct world_imported imported = {0};
	long long before = number(here, "SELECT count(*) FROM vals");
	int pages;
	int high;

	for (int i = 0; i < count; i++) {
		cJSON *record = cJSON_CreateObject();
		cJSON *values = cJSON_AddObjectToObject(record, "values");
		cJSON *emails = cJSON_AddArrayToObject(values, "email_addresses");
		char text[80];

		snprintf(text, sizeof(text), "%s%d@many.example", name, i);
		cJSON_AddItemToArray(emails, cJSON_CreateString(text));
		cJSON_AddStringToObject(values, "company", "lamarr.example");
		cJSON_AddItemToArray(records, record);
	}
	sqlite3_db_status(here->store->db, SQLITE_DBSTATUS_CACHE_HIT, &pages, &high, 1);
	assert_int_equal(import(here, "people", NULL, records, &imported), 0);
	sqlite3_db_status(here->store->db, SQLITE_DBSTATUS_CACHE_HIT, &pages, &high, 1);
	assert_true(number(here, "SELECT count(*) FROM vals") > before);
	buf_dispose(&imported.ids);
	cJSON_Delete(records);
	return pages;
}

static void test_import_is_linear(void **state)
{
	struct here *here = *state;
	long long few = pages_of_import(here, 300, "a");
	long long many = pages_of_import(here, 3000, "b");

	assert_true(few > 0);
	/* Pages that were looked at: ten times as many records, and a tree that is a little higher.
	 */
	assert_true(many < few * 20);
}

static void test_reset(void **state)
{
	struct here *here = *state;
	cJSON *ada;

	cJSON_Delete(create(here, "companies", "{\"name\":\"Gone soon\"}"));
	assert_int_equal(
		world_record_delete(&here->world, &app, "people", here->ada, &here->refusal), 0);
	assert_int_equal(world_reset(&here->world, &here->error), 0);
	ada = get(here, "people", here->ada);
	assert_string_equal(text_at(ada, "values.company.0.target_object"), "companies");
	cJSON_Delete(ada);
	query(here, "companies", "{\"filter\":{\"name\":\"Gone soon\"}}", "");
}

static void test_missing_attributes(void **state)
{
	struct here *here = *state;
	char id[WORLD_ID_SIZE];

	assert_non_null(schema_missing_fix("Unknown attribute slug: lead_score."));
	assert_null(schema_missing_fix("There is no record \"x\"."));
	assert_null(schema_missing_fix(NULL));
	assert_int_equal(world_find(&here->world, "people", "nobody at all", id, &here->refusal),
			 -1);
	assert_null(schema_missing_fix(here->refusal.message));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, here_open, here_close)
	const struct CMUnitTest tests[] = {
		TEST(test_seed),
		TEST(test_values_have_the_service_s_order),
		TEST(test_the_documented_record),
		TEST(test_refusals),
		TEST(test_required),
		TEST(test_patch_adds_in_front_and_put_replaces),
		TEST(test_relationships_have_two_sides),
		TEST(test_assert),
		TEST(test_filters),
		TEST(test_filter_by_ids),
		TEST(test_filters_that_are_none),
		TEST(test_entries),
		TEST(test_find),
		TEST(test_search),
		TEST(test_merge),
		TEST(test_import_is_all_or_nothing),
		TEST(test_import_matches),
		TEST(test_import_is_linear),
		TEST(test_missing_attributes),
		TEST(test_reset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
