/* Positions in JSON texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "json/where.h"

static void test_rows(void **state)
{
	static const struct {
		const char *text;
		const char *path[4];
		const char *key, *value; /* key NULL: none; value NULL: not there */
	} rows[] = {
		{" 12 ", {NULL}, NULL, "12"},
		{"{}", {"a", NULL}, NULL, NULL},
		{"{ }", {NULL}, NULL, "{ }"},
		{"{\"a\": 1 , \"b\": [true, {\"c\": \"x\"} ] }", {"a", NULL}, "\"a\"", "1"},
		{"{\"a\": 1 , \"b\": [true, {\"c\": \"x\"} ] }",
		 {"b", "1", "c", NULL},
		 "\"c\"",
		 "\"x\""},
		{"{\"a\": 1 , \"b\": [true, {\"c\": \"x\"} ] }", {"b", "0", NULL}, NULL, "true"},
		{"{\"b\": [1]}", {"b", "1", NULL}, NULL, NULL},
		{"{\"b\": 1}", {"b", "c", NULL}, NULL, NULL},
		{"{\"a,}\\\"\": \"]}\", \"b\": 2}", {"b", NULL}, "\"b\"", "2"},
		{"{\"\\u0062\": 1, \"b\": 2}", {"b", NULL}, "\"\\u0062\"", "1"},
		{"{\"a\":{\"b\":1},\"b\":2}", {"b", NULL}, "\"b\"", "2"},
		{"[[],[[]],3]", {"2", NULL}, NULL, "3"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct json_where where;
		const char *text = rows[i].text;
		bool found = json_where(text, strlen(text), rows[i].path, &where);

		assert_int_equal(found, rows[i].value != NULL);
		if (!found)
			continue;
		assert_int_equal(where.end - where.start, strlen(rows[i].value));
		assert_memory_equal(text + where.start, rows[i].value, strlen(rows[i].value));
		if (rows[i].key == NULL) {
			assert_int_equal(where.key_end, 0);
			continue;
		}
		assert_int_equal(where.key_end - where.key_start, strlen(rows[i].key));
		assert_memory_equal(text + where.key_start, rows[i].key, strlen(rows[i].key));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
