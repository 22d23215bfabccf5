/* The values of an app's environment files, read as the dotenv package reads them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/dotenv.h"
#include "base/arena.h"
#include "diag/text.h"

struct expectation {
	const char *env, *local;   /* the two files; NULL: not there */
	const char *variables[12]; /* name, value, ... */
};

static const struct expectation expectations[] = {
	{NULL, NULL, {NULL}},
	{"A=1\nB = two words \n", NULL, {"A", "1", "B", "two words"}},
	{"export A=1\nA: 2\n#B=3\nC\n", NULL, {"A", "2"}},
	{"A=1 # a comment\nB=\"1 # none\"\n", NULL, {"A", "1", "B", "1 # none"}},
	{"A=\"x\\ny\"\nB='x\\ny'\nC=`it's`\n", NULL, {"A", "x\ny", "B", "x\\ny", "C", "it's"}},
	{"A=\"one\ntwo\"\nB=3\n", NULL, {"A", "one\ntwo", "B", "3"}},
	{"A=\"open\nB=2\n", NULL, {"A", "\"open", "B", "2"}},
	{"A=\nB=\" \"\nC=1\n", NULL, {"C", "1"}},
	{"not a name=1\nD=1\n", NULL, {"D", "1"}},
	/* The second file wins, in the place of the first; what it empties is gone. */
	{"A=1\nB=2\nC=3\n", "C=\nD=4\nA=5\n", {"A", "5", "B", "2", "D", "4"}},
	{"\xef\xbb\xbf"
	 "A=1\r\nB=2\r\n",
	 NULL,
	 {"A", "1", "B", "2"}},
};

static void values(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(expectations) / sizeof(expectations[0]); i++) {
		const struct expectation *e = &expectations[i];
		struct arena *arena = arena_new();
		struct env_variable *list;
		struct texts texts;
		size_t count, wanted = 0;

		texts_init(&texts, arena, "/nowhere/at/all");
		if (e->env != NULL)
			texts_add(&texts, ".env", e->env, strlen(e->env));
		if (e->local != NULL)
			texts_add(&texts, ".env.local", e->local, strlen(e->local));
		list = env_variables_read(&texts, arena, &count);
		while (e->variables[wanted] != NULL)
			wanted++;
		assert_int_equal(count * 2, wanted);
		for (size_t v = 0; v < count; v++) {
			assert_string_equal(list[v].name, e->variables[v * 2]);
			assert_string_equal(list[v].value, e->variables[v * 2 + 1]);
		}
		texts_dispose(&texts);
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(values)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
