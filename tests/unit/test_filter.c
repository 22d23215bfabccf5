/* local/world/filter: the SQL that filters and sorts become, and what is bound to it. Without a
 * store; test_world runs them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sqlite3.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "local/refusal.h"
#include "local/world/filter.h"
#include "local/world/schema.h"
#include "json/json.h"

static struct option stages[] = {{.id = "st-1", .title = "Open"}, {.id = "st-2", .title = "Shut"}};

static struct attribute things[] = {
	{.row = 1, .id = "a-1", .slug = "title", .type_name = "text", .type = VALUE_TEXT},
	{.row = 2, .id = "a-2", .slug = "count", .type_name = "number", .type = VALUE_NUMBER},
	{.row = 3,
	 .id = "a-3",
	 .slug = "stage",
	 .type_name = "status",
	 .type = VALUE_STATUS,
	 .options = stages,
	 .option_count = 2},
	{.row = 4,
	 .id = "a-4",
	 .slug = "part",
	 .type_name = "record-reference",
	 .type = VALUE_RECORD},
	{.row = 5, .id = "a-5", .slug = "phones", .type_name = "phone-number", .type = VALUE_PHONE},
	{.row = 6,
	 .id = "a-6",
	 .slug = "gone",
	 .type_name = "text",
	 .type = VALUE_TEXT,
	 .archived = true},
};

static struct owner owners[] = {{.id = "o-1",
				 .slug = "things",
				 .enabled = true,
				 .attributes = things,
				 .attribute_count = ARRAY_LEN(things)}};

static const struct schema schema = {.owners = owners, .owner_count = 1};

#define VALS(row)                                                                                  \
	"EXISTS (SELECT 1 FROM vals v WHERE v.item = " row                                         \
	".row AND v.attribute = ? AND v.active_until IS NULL AND "

static const struct {
	const char *filter;
	const char *sql;   /* NULL: refused */
	const char *binds; /* with spaces between; of a refusal its code and where it is */
} rows[] = {
	{"{}", "(1)", ""},
	{"{\"title\":\"x\"}", "(" VALS("i") "json_extract(v.value, '$.value') = ?))", "1 x"},
	{"{\"a-1\":{\"value\":{\"$eq\":\"x\"}}}",
	 "(" VALS("i") "json_extract(v.value, '$.value') = ?))", "1 x"},
	{"{\"title\":{\"$contains\":\"\\u00c9T\"}}",
	 "(" VALS("i") "instr(fold(json_extract(v.value, '$.value')), ?) > 0))", "1 \303\251t"},
	{"{\"count\":{\"$gte\":1,\"$lt\":2.5}}",
	 "(" VALS("i") "json_extract(v.value, '$.value') >= ? AND json_extract(v.value, '$.value') "
		       "< "
		       "?))",
	 "2 1n 2.5n"},
	{"{\"$or\":[{\"stage\":\"Shut\"},{\"$not\":{\"stage\":{\"$in\":[\"st-1\"]}}}]}",
	 "((("
	 "(" VALS("i") "v.ref = ?)) OR (NOT (" VALS("i") "v.ref IN (?)))))))",
	 "3 st-2 3 st-1"},
	{"{\"phones\":{\"$contains\":\"(415) 555\"}}", "(" VALS("i") "instr(fold(v.key), ?) > 0))",
	 "5 415555"},
	{"{\"record_id\":{\"$in\":[\"A\",\"b\"]}}", "(i.id IN (?, ?))", "a b"},
	{"{\"title\":{\"$not_empty\":true}}",
	 "(" VALS("i") "coalesce(json_extract(v.value, '$.value'), '') <> ''))", "1"},
	{"{\"stage\":{\"$not_empty\":false}}",
	 "(NOT EXISTS (SELECT 1 FROM vals v WHERE v.item = i.row AND v.attribute = ? AND "
	 "v.active_until IS NULL))",
	 "3"},
	{"{\"nope\":1}", NULL, "unknown_filter_attribute_slug \"nope\""},
	{"{\"gone\":\"x\"}", NULL, "unknown_filter_attribute_slug \"gone\""},
	{"{\"$and\":[{},{\"nope\":1}]}", NULL,
	 "unknown_filter_attribute_slug \"$and\",\"1\",\"nope\""},
	{"{\"$nor\":[]}", NULL, "filter_error "},
	{"{\"count\":\"x\"}", NULL, "filter_error "},
	{"{\"count\":{\"$contains\":\"x\"}}", NULL, "filter_error "},
	{"{\"count\":{}}", NULL, "filter_error "},
	{"{\"count\":{\"wrong\":1}}", NULL, "filter_error "},
	{"{\"stage\":\"Ajar\"}", NULL, "value_not_found "},
	{"[]", NULL, "filter_error "},
	{"{\"path\":[[\"things\"]],\"constraints\":1}", NULL, "filter_error "},
	{"{\"path\":[[\"things\",\"title\"],[\"things\",\"title\"]],\"constraints\":\"x\"}", NULL,
	 "filter_error "},
	{"{\"path\":[[\"things\",\"title\"]]}", NULL, "filter_error "},
};

static void put_binds(struct buf *out, const struct compiled *compiled)
{
	for (size_t i = 0; i < compiled->count; i++) {
		const struct bind *bind = &compiled->binds[i];

		buf_puts(out, i > 0 ? " " : "");
		if (bind->kind == BIND_TEXT)
			buf_puts(out, bind->text);
		else if (bind->kind == BIND_INTEGER)
			buf_printf(out, "%lld", bind->integer);
		else
			buf_printf(out, "%gn", bind->number);
	}
}

static void check(size_t i)
{
	struct arena *arena = arena_new();
	struct compiled compiled = {.arena = arena, .schema = &schema};
	struct refusal refusal = {0};
	struct error error = {0};
	struct buf binds = {0};
	cJSON *filter = json_parse(rows[i].filter, strlen(rows[i].filter), "test", NULL, &error);
	int result;

	assert_non_null(filter);
	result = filter_compile(&compiled, &owners[0], filter, &refusal);
	if (rows[i].sql == NULL) {
		assert_int_equal(result, -1);
		buf_printf(&binds, "%s %s", refusal.code, refusal.path);
	} else {
		assert_int_equal(result, 0);
		assert_string_equal(buf_cstr(&compiled.sql), rows[i].sql);
		put_binds(&binds, &compiled);
	}
	if (strcmp(buf_cstr(&binds), rows[i].binds) != 0)
		fail_msg("%s: %s, not %s", rows[i].filter, buf_cstr(&binds), rows[i].binds);
	buf_dispose(&binds);
	compiled_dispose(&compiled);
	refusal_dispose(&refusal);
	cJSON_Delete(filter);
	arena_free(arena);
}

static void test_filters(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		check(i);
}

/* Nesting has an end, so that no request can use up the stack. */
static void test_depth(void **state)
{
	struct arena *arena = arena_new();
	struct compiled compiled = {.arena = arena, .schema = &schema};
	struct refusal refusal = {0};
	cJSON *filter = cJSON_CreateObject();

	(void)state;
	for (int i = 0; i < 50; i++) {
		cJSON *outer = cJSON_CreateObject();

		cJSON_AddItemToObject(outer, "$not", filter);
		filter = outer;
	}
	assert_int_equal(filter_compile(&compiled, &owners[0], filter, &refusal), -1);
	assert_string_equal(refusal.code, "filter_error");
	compiled_dispose(&compiled);
	refusal_dispose(&refusal);
	cJSON_Delete(filter);
	arena_free(arena);
}

/* A filter with so many parts is refused here, or SQLite takes its SQL. */
static void check_width(sqlite3 *db, const char *filter_text, bool taken)
{
	struct arena *arena = arena_new();
	struct compiled compiled = {.arena = arena, .schema = &schema};
	struct refusal refusal = {0};
	struct error error = {0};
	cJSON *filter = json_parse(filter_text, strlen(filter_text), "test", NULL, &error);
	sqlite3_stmt *statement = NULL;
	struct buf sql = {0};

	assert_non_null(filter);
	assert_int_equal(filter_compile(&compiled, &owners[0], filter, &refusal), taken ? 0 : -1);
	if (taken) {
		buf_printf(&sql, "SELECT 1 FROM items i WHERE %s", buf_cstr(&compiled.sql));
		assert_int_equal(sqlite3_prepare_v2(db, buf_cstr(&sql), -1, &statement, NULL),
				 SQLITE_OK);
		sqlite3_finalize(statement);
	} else {
		assert_string_equal(refusal.code, "filter_error");
	}
	buf_dispose(&sql);
	compiled_dispose(&compiled);
	refusal_dispose(&refusal);
	cJSON_Delete(filter);
	arena_free(arena);
}

static void test_width(void **state)
{
	static const struct {
		const char *begin, *item, *end;
		int most;
	} forms[] = {
		{"{\"$or\":[", "{\"title\":\"x\"}", "]}", 1000},
		{"{\"$and\":[", "{\"title\":\"x\"}", "]}", 1000},
		{"{\"$or\":[", "{}", "]}", 5000},
		{"{\"$and\":[", "{\"$not\":{\"record_id\":\"a\"}}", "]}", 5000},
		{"{\"record_id\":{\"$in\":[", "\"a\"", "]}}", 32000},
	};
	sqlite3 *db;

	(void)state;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db,
				      "CREATE TABLE items (row, id, parent_id); CREATE TABLE vals "
				      "(item, attribute, active_until, value, ref, key)",
				      NULL, NULL, NULL),
			 SQLITE_OK);
	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		const int counts[] = {1, 199, 200, 201, forms[i].most, forms[i].most + 1};

		for (size_t c = 0; c < ARRAY_LEN(counts); c++) {
			struct buf filter = {0};

			buf_puts(&filter, forms[i].begin);
			for (int n = 0; n < counts[c]; n++)
				buf_printf(&filter, "%s%s", n > 0 ? "," : "", forms[i].item);
			buf_puts(&filter, forms[i].end);
			check_width(db, buf_cstr(&filter), counts[c] <= forms[i].most);
			buf_dispose(&filter);
		}
	}
	sqlite3_close(db);
}

static void test_sorts(void **state)
{
	static const struct {
		const char *sorts;
		const char *sql; /* NULL: refused */
	} sorts[] = {
		{"[]", "i.created_at, i.id"},
		{"[{\"attribute\":\"title\",\"direction\":\"desc\"}]",
		 "(SELECT fold(json_extract(v.value, '$.value')) FROM vals v WHERE v.item = i.row "
		 "AND "
		 "v.attribute = ? AND v.active_until IS NULL ORDER BY v.position LIMIT 1) DESC "
		 "NULLS "
		 "LAST, i.created_at, i.id"},
		{"[{\"attribute\":\"title\"}]", NULL},
		{"[{\"attribute\":\"title\",\"direction\":\"up\"}]", NULL},
		{"[{\"direction\":\"asc\"}]", NULL},
		{"[{\"attribute\":\"title\",\"direction\":\"asc\",\"field\":\"x\"}]", NULL},
		{"{}", NULL},
		{"[7]", NULL},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sorts); i++) {
		struct arena *arena = arena_new();
		struct compiled compiled = {.arena = arena, .schema = &schema};
		struct refusal refusal = {0};
		struct error error = {0};
		cJSON *list =
			json_parse(sorts[i].sorts, strlen(sorts[i].sorts), "test", NULL, &error);
		int result = sorts_compile(&compiled, &owners[0], list, &refusal);

		assert_int_equal(result, sorts[i].sql != NULL ? 0 : -1);
		if (sorts[i].sql != NULL)
			assert_string_equal(buf_cstr(&compiled.sql), sorts[i].sql);
		else
			assert_string_equal(refusal.message, "Error in filter.");
		compiled_dispose(&compiled);
		refusal_dispose(&refusal);
		cJSON_Delete(list);
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_filters),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_width),
		cmocka_unit_test(test_sorts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
