/* What XML cannot hold is spelled out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "diag/xml.h"

static void check(const char *text, bool attribute, const char *expected)
{
	struct buf out = {0};

	xml_put(&out, text, attribute);
	assert_string_equal(buf_cstr(&out), expected);
	buf_dispose(&out);
}

static void test_text(void **state)
{
	(void)state;
	check("a < b && c > \"d\"", false, "a &lt; b &amp;&amp; c &gt; &quot;d&quot;");
	check("one\n\ttwo\r", false, "one\n\ttwo&#13;");
	check("one\n\ttwo", true, "one&#10;&#9;two");
	check("\x1b[31mred\x07", false, "\\x1b[31mred\\x07");
	check("caf\xc3\xa9", false, "caf\xc3\xa9");
}

static void test_attribute(void **state)
{
	struct buf out = {0};

	(void)state;
	xml_put_attribute(&out, "name", "a\"b");
	assert_string_equal(buf_cstr(&out), " name=\"a&quot;b\"");
	buf_dispose(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_attribute),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
