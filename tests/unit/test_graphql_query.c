/* GraphQL over the seed world: every attribute of every record and entry against what the REST API
 * answers for it, the 22 fields of the root, and how often the store is asked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "graphql/schema.h"
#include "local/query/query.h"
#include "local/refusal.h"
#include "local/sql.h"
#include "local/store.h"
#include "local/world/schema.h"
#include "local/world/seed.h"
#include "local/world/world.h"
#include "sys/fs.h"
#include "world_box.h"
#include "json/json.h"

static int set_up(void **state)
{
	int result = here_open(state);
	struct here *here = *state;
	char *sdk;

	if (result != 0)
		return result;
	sdk = realpath("tests/sdk", arena_alloc(here->arena, 4096));
	return graphql_schema_read(sdk, &here->schema, &here->error);
}

static int tear_down(void **state)
{
	struct here *here = *state;

	graphql_schema_free(here->schema);
	return here_close(state);
}

/* "$ADA" stands for her id. */
static const char *ask_with(struct here *here, const char *query, const char *variables,
			    const char *member)
{
	const char *at = strstr(query, "$ADA");
	cJSON *given = variables != NULL ? parse(variables) : NULL;

	if (at != NULL)
		query = arena_printf(here->arena, "%.*s%s%s", (int)(at - query), query, here->ada,
				     at + 4);
	buf_clear(&here->out);
	if (query_run(&here->world, here->schema, query, given, NULL, member, &here->out,
		      &here->error) != 0)
		fail_msg("%s: %s", here->error.message, here->error.why);
	cJSON_Delete(given);
	return buf_cstr(&here->out);
}

static const char *ask(struct here *here, const char *query)
{
	return ask_with(here, query, NULL, NULL);
}

static void expect(struct here *here, const char *query, const char *answer)
{
	assert_string_equal(ask(here, query), answer);
}

/* ---- each value against the REST API ---- */

static const char every_value[] =
	"id url object { slug } attribute(slug: $slug) { __typename"
	" ... on RecordReferenceValue { ref: value { id object { slug } } }"
	" ... on MultiRecordReferenceValue { refs: values { id object { slug } } }"
	" ... on PersonalNameValue { name: value { first_name last_name full_name } }"
	" ... on TextValue { text: value } ... on DateValue { text: value }"
	" ... on TimestampValue { text: value } ... on NumberValue { number: value }"
	" ... on MultiEmailAddressValue { texts: values } ... on DomainValue { text: value }"
	" ... on MultiDomainValue { texts: values }"
	" ... on LocationValue { place: value { line1 line2 line3 line4 locality region postcode"
	" country latitude longitude } }"
	" ... on InteractionValue { met: value { interacted_at } }"
	" ... on SelectValue { option: value { title id } }"
	" ... on MultiSelectValue { options: values { title id } }"
	" ... on StatusValue { option: value { title id } } ... on CheckboxValue { truth: value }"
	" ... on RatingValue { rating: value } ... on PhoneNumberValue { text: value }"
	" ... on MultiPhoneNumberValue { texts: values }"
	" ... on CurrencyValue { money: value { currency_value currency_code } }"
	" ... on ActorReferenceValue { actor: value { ...Actor } }"
	" ... on MultiActorReferenceValue { actors: values { ...Actor } } }";

static const char actor_fragment[] =
	" fragment Actor on Actor { __typename ... on User { id } ... on SystemActor { type } ... "
	"on "
	"APITokenActor { type } ... on App { type } ... on Workflow { type } }";

/* How REST and GraphQL spell one value of each type: members of REST's value, and where they are in
 * GraphQL's, "" for the value itself. */
static const struct {
	const char *type;
	const char *single; /* type for one value; NULL: there is none */
	const char *multi;
	const char *members[11][2];
} spellings[] = {
	{"text", "TextValue", NULL, {{"value", ""}}},
	{"number", "NumberValue", NULL, {{"value", ""}}},
	{"checkbox", "CheckboxValue", NULL, {{"value", ""}}},
	{"date", "DateValue", NULL, {{"value", ""}}},
	{"timestamp", "TimestampValue", NULL, {{"value", ""}}},
	{"rating", "RatingValue", NULL, {{"value", ""}}},
	{"domain", "DomainValue", "MultiDomainValue", {{"domain", ""}}},
	{"email-address",
	 "MultiEmailAddressValue",
	 "MultiEmailAddressValue",
	 {{"email_address", ""}}},
	{"phone-number", "PhoneNumberValue", "MultiPhoneNumberValue", {{"phone_number", ""}}},
	{"currency",
	 "CurrencyValue",
	 NULL,
	 {{"currency_value", "currency_value"}, {"currency_code", "currency_code"}}},
	{"interaction", "InteractionValue", NULL, {{"interacted_at", "interacted_at"}}},
	{"personal-name",
	 "PersonalNameValue",
	 NULL,
	 {{"first_name", "first_name"}, {"last_name", "last_name"}, {"full_name", "full_name"}}},
	{"location",
	 "LocationValue",
	 NULL,
	 {{"line_1", "line1"},
	  {"line_2", "line2"},
	  {"line_3", "line3"},
	  {"line_4", "line4"},
	  {"locality", "locality"},
	  {"region", "region"},
	  {"postcode", "postcode"},
	  {"country_code", "country"},
	  {"latitude", "latitude"},
	  {"longitude", "longitude"}}},
	{"select",
	 "SelectValue",
	 "MultiSelectValue",
	 {{"option.title", "title"}, {"option.id.option_id", "id"}}},
	{"status", "StatusValue", NULL, {{"status.title", "title"}, {"status.id.status_id", "id"}}},
	{"record-reference",
	 "RecordReferenceValue",
	 "MultiRecordReferenceValue",
	 {{"target_record_id", "id"}, {"target_object", "object.slug"}}},
	{"actor-reference", "ActorReferenceValue", "MultiActorReferenceValue", {{"", ""}}},
};

/* "a.b" of an object; the object itself for "". */
static const cJSON *dig(const cJSON *object, const char *path)
{
	while (*path != '\0' && object != NULL) {
		char key[64];
		size_t len = strcspn(path, ".");

		snprintf(key, sizeof(key), "%.*s", (int)len, path);
		object = cJSON_GetObjectItemCaseSensitive(object, key);
		path += len + (path[len] == '.');
	}
	return object;
}

static void compare_actor(const cJSON *rest, const cJSON *graphql)
{
	static const char *const names[][2] = {{"workspace-member", "User"},
					       {"system", "SystemActor"},
					       {"api-token", "APITokenActor"},
					       {"app", "App"}};
	const char *type = json_string_or_null(rest, "referenced_actor_type");
	size_t at = 0;

	while (strcmp(names[at][0], type) != 0)
		at++;
	assert_string_equal(json_string_or_null(graphql, "__typename"), names[at][1]);
	if (at == 0)
		assert_string_equal(json_string_or_null(graphql, "id"),
				    json_string_or_null(rest, "referenced_actor_id"));
	else
		assert_string_equal(json_string_or_null(graphql, "type"), type);
}

static void compare_value(size_t spelling, const cJSON *rest, const cJSON *graphql)
{
	if (strcmp(spellings[spelling].type, "actor-reference") == 0) {
		compare_actor(rest, graphql);
		return;
	}
	for (size_t i = 0; spellings[spelling].members[i][0] != NULL; i++) {
		const cJSON *a = dig(rest, spellings[spelling].members[i][0]);
		const cJSON *b = dig(graphql, spellings[spelling].members[i][1]);

		assert_non_null(a);
		assert_non_null(b);
		if (!cJSON_Compare(a, b, true))
			fail_msg("%s: %s", spellings[spelling].type,
				 spellings[spelling].members[i][0]);
	}
}

/* Whether the attribute's type was one that is null when it is unset. */
static void compare_attribute(const struct attribute *attribute, const cJSON *rest,
			      const cJSON *graphql)
{
	const cJSON *content, *a, *b;
	size_t at = 0;

	while (strcmp(spellings[at].type, attribute->type_name) != 0)
		at++;
	if (cJSON_GetArraySize(rest) == 0 &&
	    (attribute->type == VALUE_CHECKBOX || attribute->type == VALUE_RATING)) {
		assert_true(cJSON_IsNull(graphql));
		return;
	}
	assert_string_equal(json_string_or_null(graphql, "__typename"),
			    attribute->multi && spellings[at].multi != NULL ? spellings[at].multi
									    : spellings[at].single);
	content = graphql->child->next;
	assert_non_null(content);
	if (!cJSON_IsArray(content)) {
		assert_true(cJSON_GetArraySize(rest) <= 1);
		if (cJSON_GetArraySize(rest) == 0)
			assert_true(cJSON_IsNull(content));
		else
			compare_value(at, rest->child, content);
		return;
	}
	assert_int_equal(cJSON_GetArraySize(content), cJSON_GetArraySize(rest));
	for (a = rest->child, b = content->child; a != NULL; a = a->next, b = b->next)
		compare_value(at, a, b);
}

/* One record or entry as REST shows it. */
static void compare_item(struct here *here, const struct owner *owner, const cJSON *rest,
			 bool *types)
{
	static const char of_record[] = "query ($slug: String!, $id: String!, $o: String!) { "
					"record(id: $id, object: $o) { ...R } }";
	static const char of_entries[] =
		"query ($slug: String!, $id: String!) { person(id: $id) { list_entries { ...R } } "
		"company(id: $id) { list_entries { ...R } } deal(id: $id) { list_entries { ...R } "
		"} }";
	const char *id =
		json_string_or_null(dig(rest, "id"), owner->is_list ? "entry_id" : "record_id");

	for (size_t i = 0; i < owner->attribute_count; i++) {
		const struct attribute *attribute = &owner->attributes[i];
		const cJSON *values =
			dig(dig(rest, owner->is_list ? "entry_values" : "values"), attribute->slug);
		const cJSON *found, *entry;
		const char *variables, *query;
		cJSON *answer;

		if (attribute->archived)
			continue;
		assert_non_null(values);
		types[attribute->type] = types[attribute->type] || values->child != NULL;
		variables = arena_printf(
			here->arena, "{\"slug\":\"%s\",\"id\":\"%s\",\"o\":\"%s\"}",
			attribute->slug,
			owner->is_list ? json_string_or_null(rest, "parent_record_id") : id,
			owner->slug);
		query = arena_printf(here->arena, "%s fragment R on Record { %s } %s",
				     owner->is_list ? of_entries : of_record, every_value,
				     actor_fragment);
		answer = parse(ask_with(here, query, variables, NULL));
		if (cJSON_GetObjectItemCaseSensitive(answer, "errors") != NULL)
			fail_msg("%s", buf_cstr(&here->out));
		found = dig(answer, "data.record");
		for (const cJSON *parent = dig(answer, "data")->child;
		     owner->is_list && parent != NULL; parent = parent->next) {
			cJSON_ArrayForEach(entry, dig(parent, "list_entries"))
			{
				if (strcmp(json_string_or_null(entry, "id"), id) == 0)
					found = entry;
			}
		}
		assert_non_null(found);
		assert_string_equal(json_string_or_null(found, "id"), id);
		assert_string_equal(json_string_or_null(dig(found, "object"), "slug"), owner->slug);
		if (!owner->is_list)
			assert_string_equal(json_string_or_null(found, "url"),
					    json_string_or_null(rest, "web_url"));
		compare_attribute(attribute, values, dig(found, "attribute"));
		cJSON_Delete(answer);
	}
}

static void test_each_value(void **state)
{
	struct here *here = *state;
	const struct schema *schema = world_schema(&here->world, &here->error);
	cJSON *all = parse("{\"limit\":8}");
	bool types[VALUE_TYPES] = {false};

	assert_non_null(schema);
	for (size_t i = 0; i < schema->owner_count; i++) {
		const struct owner *owner = &schema->owners[i];
		struct buf out = {0};
		const cJSON *item;
		cJSON *items;
		int result;

		if (!owner->enabled)
			continue;
		result = owner->is_list ? world_entries_query(&here->world, owner->slug, all, &out,
							      &here->refusal)
					: world_records_query(&here->world, owner->slug, all, &out,
							      &here->refusal);
		if (result != 0)
			fail_msg("%s", here->refusal.message);
		items = parse(buf_cstr(&out));
		cJSON_ArrayForEach(item, items) compare_item(here, owner, item, types);
		cJSON_Delete(items);
		buf_dispose(&out);
	}
	/* The seed world has each type at least once. */
	for (int i = 0; i < VALUE_TYPES; i++) {
		if (!types[i])
			fail_msg("no value of type %d was compared", i);
	}
	cJSON_Delete(all);
}

/* ---- the root ---- */

static void test_objects(void **state)
{
	struct here *here = *state;

	expect(here,
	       "{ objects { slug __typename } object(slug: \"deals\") { name slug } no: "
	       "object(slug: "
	       "\"nothing\") { name } off: object(slug: \"users\") { name } }",
	       "{\"data\":{\"objects\":[{\"slug\":\"people\",\"__typename\":\"people\"},"
	       "{\"slug\":\"companies\",\"__typename\":\"companies\"},"
	       "{\"slug\":\"deals\",\"__typename\":\"deals\"},"
	       "{\"slug\":\"projects\",\"__typename\":\"Object\"}],"
	       "\"object\":{\"name\":\"Deals\",\"slug\":\"deals\"},\"no\":null,\"off\":null}}");
	expect(here,
	       "{ people { name slug attributes(types: [PERSONAL_NAME, PHONE_NUMBER]) { title slug "
	       "type "
	       "} record(id: \"$ADA\") { name { full_name } } records(ids: [\"x\"]) { id } } "
	       "companies "
	       "{ slug } deals { name } workspaces { name attributes { slug } record(id: \"x\") { "
	       "id } "
	       "records(ids: [\"x\", \"y\"]) { id } } users { slug } }",
	       "{\"data\":{\"people\":{\"name\":\"People\",\"slug\":\"people\",\"attributes\":["
	       "{\"title\":\"Name\",\"slug\":\"name\",\"type\":\"PERSONAL_NAME\"},"
	       "{\"title\":\"Phone "
	       "numbers\",\"slug\":\"phone_numbers\",\"type\":\"PHONE_NUMBER\"}],"
	       "\"record\":{\"name\":{\"full_name\":\"Ada Lovelace\"}},\"records\":[null]},"
	       "\"companies\":{\"slug\":\"companies\"},\"deals\":{\"name\":\"Deals\"},"
	       "\"workspaces\":{\"name\":\"Workspaces\",\"attributes\":[],\"record\":null,"
	       "\"records\":[null,null]},\"users\":{\"slug\":\"users\"}}}");
	expect(here, "{ people { attributes(types: []) { slug } } }",
	       "{\"data\":{\"people\":{\"attributes\":[]}}}");
}

static void test_records(void **state)
{
	struct here *here = *state;

	expect(here,
	       "{ person(id: \"x\") { id } company(id: \"x\") { id } deal(id: \"x\") { id } "
	       "workspace(id: "
	       "\"x\") { id } userRecord(id: \"x\") { id } record(id: \"x\", object: \"people\") { "
	       "id } "
	       "other: record(id: \"x\", object: \"nothing\") { id } records(ids: [], object: "
	       "\"people\") { id } none: records(ids: [\"x\"], object: \"nothing\") { id } }",
	       "{\"data\":{\"person\":null,\"company\":null,\"deal\":null,\"workspace\":null,"
	       "\"userRecord\":null,\"record\":null,\"other\":null,\"records\":[],\"none\":[null]}"
	       "}");
	expect(here,
	       "{ person(id: \"$ADA\") { __typename name { full_name } associated_users { id } "
	       "attribute(slug: \"nothing\") { __typename } email_addresses } }",
	       "{\"data\":{\"person\":{\"__typename\":\"Person\",\"name\":{\"full_name\":\"Ada "
	       "Lovelace\"},\"associated_users\":[],\"attribute\":null,\"email_addresses\":["
	       "\"ada@analytical-engines.example\"]}}}");
	expect(here, "{ company(id: \"$ADA\") { id } }", "{\"data\":{\"company\":null}}");
	/* The order of the ids, the same one twice. */
	assert_string_equal(
		ask_with(here,
			 "query ($ids: [String!]!) { records(ids: $ids, object: \"people\") { ... "
			 "on "
			 "Person { name { first_name } } } }",
			 arena_printf(here->arena, "{\"ids\":[\"%s\",\"no\",\"%s\"]}", here->ada,
				      here->ada),
			 NULL),
		"{\"data\":{\"records\":[{\"name\":{\"first_name\":\"Ada\"}},null,{\"name\":{"
		"\"first_name\":\"Ada\"}}]}}");
	assert_non_null(strstr(ask(here, "{ person { id } }"), "{\"errors\":[{\"message\":"));
}

static void test_who(void **state)
{
	struct here *here = *state;
	char id[WORLD_ID_SIZE];

	assert_int_equal(world_find_member(&here->world, "grace", id, &here->refusal), 0);
	assert_string_equal(
		ask_with(here, "{ currentUser { name } currentWorkspace { slug name } }", NULL, id),
		"{\"data\":{\"currentUser\":{\"name\":\"Grace Hopper\"},"
		"\"currentWorkspace\":{\"slug\":\"local\",\"name\":\"Local workspace\"}}}");
	assert_string_equal(
		ask_with(here, "{ currentUser { id } }", NULL, id),
		arena_printf(here->arena, "{\"data\":{\"currentUser\":{\"id\":\"%s\"}}}", id));
	/* One that is gone is nobody. */
	assert_non_null(strstr(ask_with(here, "{ currentUser { id } }", NULL, here->ada),
			       "{\"data\":null,\"errors\":["));
}

/* `users` and `workspaces` are off in a new workspace. */
static void test_users(void **state)
{
	struct here *here = *state;
	struct buf out = {0};
	cJSON *values = parse("{\"user_id\":\"u1\",\"primary_email_address\":\"ada@x.example\"}");
	cJSON *record;
	const char *id;

	assert_int_equal(sql_run(here->store, "UPDATE objects SET enabled = 1", &here->error), 0);
	if (world_record_create(&here->world, &app, "users", values, &out, &here->refusal) != 0)
		fail_msg("%s", here->refusal.message);
	record = parse(buf_cstr(&out));
	id = json_string_or_null(dig(record, "id"), "record_id");
	assert_string_equal(
		ask_with(here,
			 "query ($id: String!) { userRecord(id: $id) { __typename "
			 "primary_email_address person { id } workspace { id } list_entries { id } "
			 "created_by { __typename ... on App { type } } object { __typename slug } "
			 "} "
			 "users { record(id: $id) { __typename } } workspace(id: $id) { id } }",
			 arena_printf(here->arena, "{\"id\":\"%s\"}", id), NULL),
		"{\"data\":{\"userRecord\":{\"__typename\":\"UserRecord\",\"primary_email_"
		"address\":"
		"\"ada@x.example\",\"person\":null,\"workspace\":null,\"list_entries\":[],"
		"\"created_by\":{\"__typename\":\"App\",\"type\":\"app\"},\"object\":{\"__"
		"typename\":"
		"\"users\",\"slug\":\"users\"}},\"users\":{\"record\":{\"__typename\":"
		"\"UserRecord\"}},"
		"\"workspace\":null}}");
	cJSON_Delete(record);
	cJSON_Delete(values);
	buf_dispose(&out);
}

static void test_search(void **state)
{
	struct here *here = *state;

	expect(here,
	       "{ experimental_searchPeople(query: \"lovelace\") { __typename name { full_name } } "
	       "experimental_searchRecords(query: \"Ada Lovelace\", object: \"people\") { "
	       "__typename } "
	       "none: experimental_searchRecords(query: \"ada\", object: \"nothing\") { id } "
	       "experimental_searchUsers(query: \"ada\") { id } "
	       "experimental_searchWorkspaces(query: "
	       "\"ada\") { id } }",
	       "{\"data\":{\"experimental_searchPeople\":[{\"__typename\":\"Person\",\"name\":{"
	       "\"full_name\":\"Ada Lovelace\"}}],\"experimental_searchRecords\":[{\"__typename\":"
	       "\"Person\"}],\"none\":[],\"experimental_searchUsers\":[],"
	       "\"experimental_searchWorkspaces\":[]}}");
	assert_non_null(strstr(
		ask(here, "{ experimental_searchCompanies(query: \"analytical\") { name "
			  "domains } experimental_searchDeals(query: \"renewal\") { name } }"),
		"\"name\":\"Analytical Engines\""));
	assert_non_null(strstr(buf_cstr(&here->out), "renewal"));
}

/* ---- the store ---- */

static int count_statement(unsigned what, void *context, void *p, void *x)
{
	(void)what;
	(void)p;
	/* Not the steps that a trigger or a virtual table takes. */
	if (strncmp(x, "--", 2) != 0)
		++*(int *)context;
	return 0;
}

static void test_statements(void **state)
{
	struct here *here = *state;
	struct buf out = {0}, ids = {0};
	cJSON *records = NULL, *all = parse("{}");
	const cJSON *record;
	int statements = 0;

	assert_int_equal(world_records_query(&here->world, "people", all, &out, &here->refusal), 0);
	records = parse(buf_cstr(&out));
	assert_true(cJSON_GetArraySize(records) >= 10);
	cJSON_ArrayForEach(record, records)
		buf_printf(&ids, "%s\"%s\"", ids.len > 0 ? "," : "",
			   json_string_or_null(dig(record, "id"), "record_id"));
	sqlite3_trace_v2(here->store->db, SQLITE_TRACE_STMT, count_statement, &statements);
	ask_with(here,
		 "query ($ids: [String!]!) { people { records(ids: $ids) { name { full_name } "
		 "email_addresses phone_numbers company { name domains categories { title } } "
		 "created_by { ... on User { name } } list_entries { id } a: attribute(slug: "
		 "\"job_title\") { ... on "
		 "TextValue { value } } } } }",
		 arena_printf(here->arena, "{\"ids\":[%s]}", buf_cstr(&ids)), NULL);
	sqlite3_trace_v2(here->store->db, 0, NULL, NULL);
	assert_null(strstr(buf_cstr(&here->out), "errors"));
	/* People, their companies and entries, members; the rest is the schema's stamp and the
	 * frame. */
	if (statements < 3 || statements > 10)
		fail_msg("%d statements", statements);
	cJSON_Delete(records);
	cJSON_Delete(all);
	buf_dispose(&out);
	buf_dispose(&ids);
}

static void test_failures(void **state)
{
	struct here *here = *state;

	char id[WORLD_ID_SIZE];
	bool found;

	/* A value that was damaged fails the whole query, and the store can be used afterwards. */
	assert_int_equal(sql_run(here->store,
				 "UPDATE vals SET value = '{' WHERE item IN (SELECT row FROM items "
				 "WHERE owner_id = (SELECT id FROM objects WHERE slug = 'deals'))",
				 &here->error),
			 0);
	assert_int_equal(sql_find_text(here->store,
				       "SELECT id FROM items WHERE owner_id = (SELECT id FROM "
				       "objects WHERE slug = ?1)",
				       "deals", id, &found, &here->error),
			 0);
	buf_clear(&here->out);
	buf_puts(&here->out, "kept");
	assert_int_equal(query_run(&here->world, here->schema,
				   arena_printf(here->arena,
						"{ person(id: \"%s\") { id } deal(id: \"%s\") { "
						"id } }",
						here->ada, id),
				   NULL, NULL, NULL, &here->out, &here->error),
			 -1);
	assert_string_equal(buf_cstr(&here->out), "kept");
	expect(here, "{ person(id: \"x\") { id } }", "{\"data\":{\"person\":null}}");
	assert_int_equal(sqlite3_get_autocommit(here->store->db), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_each_value, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_objects, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_records, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_who, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_users, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_search, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_statements, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_failures, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
