/* Names that stand twice in one object. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/mem.h"
#include "json/twice.h"

static void test_rows(void **state)
{
	static const struct {
		const char *text;
		const char *names[3]; /* of each pair, in the order of the text */
	} rows[] = {
		{"12", {NULL}},
		{"{}", {NULL}},
		{"{\"a\": 1, \"b\": {\"a\": 2}, \"c\": [{\"a\": 1}, {\"a\": 2}]}", {NULL}},
		{"{\"a\": \"b\", \"b\": \"a\"}", {NULL}},
		{"[\"a\", \"a\"]", {NULL}},
		{"{\"a\": 1, \"a\": 2}", {"a", NULL}},
		{"{\"x\": {\"a\": [\"}\"], \"a\\\"\": 0, \"a\": {}}, \"x\": 1}", {"a", "x", NULL}},
		{"{\"a\": 1, \"a\": 2, \"a\": 3}", {"a", "a", NULL}},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena *arena = arena_new();
		size_t count, wanted = 0;
		const char *text = rows[i].text;
		const struct json_twice *found = json_twice_find(text, strlen(text), arena, &count);

		while (rows[i].names[wanted] != NULL)
			wanted++;
		assert_int_equal(count, wanted);
		for (size_t k = 0; k < count; k++) {
			size_t len = found[k].again_end - found[k].again;

			assert_string_equal(found[k].name, rows[i].names[k]);
			assert_true(found[k].first < found[k].again);
			assert_int_equal(found[k].first_end - found[k].first, len);
			assert_memory_equal(text + found[k].first, text + found[k].again, len);
		}
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
