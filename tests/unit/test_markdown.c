/* local/rest/markdown: the words without the marks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "local/rest/markdown.h"

static void expect(const char *text, const char *plain)
{
	struct buf got = {0};

	markdown_plain(&got, text);
	assert_string_equal(buf_cstr(&got), plain);
	buf_dispose(&got);
}

static void marks_are_left_out(void **state)
{
	(void)state;
	expect("# Call\n\nWith **Ada** and *Alan*\n", "Call\n\nWith Ada and Alan\n");
	expect("- one\n* two\n10. three\n> said\n", "one\ntwo\nthree\nsaid\n");
	expect("see [the page](https://example.com/a), `code`", "see the page, code");
	expect("~~gone~~ \\*kept\\*", "gone *kept*");
}

static void what_is_no_mark_stays(void **state)
{
	(void)state;
	expect("", "");
	expect("2 * 3 = 6, a_b, #1, [x] (y)", "2 * 3 = 6, a_b, #1, [x] (y)");
	expect("####### seven\n1.5 and 2", "####### seven\n1.5 and 2");
	expect("[open](", "[open](");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_are_left_out),
		cmocka_unit_test(what_is_no_mark_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
