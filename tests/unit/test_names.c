/* Names in generated declarations; the spellings are what the official CLI 1.0.4 exports. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/mem.h"
#include "types/names.h"

static void test_pascal(void **state)
{
	static const struct {
		const char *name, *pascal;
	} rows[] = {
		{"getPerson2", "GetPerson2"},
		{"Get", "Get"},
		{"a", "A"},
		{"get_person", "Get_Person"},
		{"getPersonByID", "GetPersonById"},
		{"GET_PERSON", "Get_Person"},
		{"_private", "_Private"},
		{"getURLFor2FA", "GetUrlFor2Fa"},
		{"get_HTTPLogOf2FAUsersByID", "Get_HttpLogOf2FaUsersById"},
		{"aB", "AB"},
		{"ABCd", "AbCd"},
		{"__x__", "__X__"},
		{"", ""},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_string_equal(names_pascal(arena, rows[i].name), rows[i].pascal);
	assert_string_equal(names_operation(arena, "xY_getAThing_zB"), "Xy_GetAThing_Zb");
	arena_free(arena);
}

static void test_claim(void **state)
{
	struct arena *arena = arena_new();
	struct names names = {0};

	(void)state;
	assert_string_equal(names_claim(&names, arena, "Color"), "Color");
	assert_string_equal(names_claim(&names, arena, "Color"), "Color_2");
	assert_string_equal(names_claim(&names, arena, "Color"), "Color_3");
	assert_string_equal(names_claim(&names, arena, "Color_2"), "Color_2_2");
	assert_string_equal(names_claim(&names, arena, "Query"), "Query_2");
	assert_string_equal(names_claim(&names, arena, "string"), "string_2");
	assert_string_equal(names_claim(&names, arena, "Strings"), "Strings");
	map_dispose(&names.taken);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pascal),
		cmocka_unit_test(test_claim),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
