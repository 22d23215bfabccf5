/* The lists of the entry file, and how their members are written out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/entry_lists.h"
#include "base/buf.h"
#include "base/mem.h"

static void test_members(void **state)
{
	static const char *const names[] = {
		"record.actions",
		"record.bulkActions",
		"record.widgets",
		"object.actions",
		"callRecording.insight.textActions",
		"callRecording.summary.textActions",
		"callRecording.transcript.textActions",
	};

	(void)state;
	assert_int_equal(ARRAY_LEN(names), ENTRY_LISTS);
	for (size_t i = 0; i < ENTRY_LISTS; i++) {
		struct buf out = {0};

		entry_list_put(&out, &entry_lists[i], ".");
		assert_string_equal(buf_cstr(&out), names[i]);
		assert_null(entry_lists[i].members[ARRAY_LEN(entry_lists[i].members) - 1]);
		buf_dispose(&out);
	}
}

static void test_between(void **state)
{
	struct buf out = {0};

	(void)state;
	entry_list_put(&out, &entry_lists[ENTRY_LISTS - 1], "?.");
	assert_string_equal(buf_cstr(&out), "callRecording?.transcript?.textActions");
	buf_dispose(&out);
}

/* Two lists of one type or key would be one list to the host. */
static void test_told_apart(void **state)
{
	(void)state;
	for (size_t i = 0; i < ENTRY_LISTS; i++) {
		for (size_t k = i + 1; k < ENTRY_LISTS; k++) {
			assert_string_not_equal(entry_lists[i].type, entry_lists[k].type);
			assert_string_not_equal(entry_lists[i].key, entry_lists[k].key);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_members),
		cmocka_unit_test(test_between),
		cmocka_unit_test(test_told_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
