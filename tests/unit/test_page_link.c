/* The file that leads a browser to the page where nobody tells whose it is. */
#include "cli/net/page_link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"

#define HEAD                                                                                       \
	"<!doctype html><meta charset=\"utf-8\"><title>attio dev</title>"                          \
	"<meta name=\"referrer\" content=\"no-referrer\">"                                         \
	"<meta http-equiv=\"refresh\" content=\"0;url=http://127.0.0.1:9/__attio/#key="

static void check(const char *secret, const char *place, const char *wanted)
{
	struct buf out = {0};

	page_link_put(&out, "http://127.0.0.1:9", secret, place);
	assert_string_equal(buf_cstr(&out), wanted);
	buf_dispose(&out);
}

static void test_leads_to_the_page(void **state)
{
	(void)state;
	check("abc_-1", NULL, HEAD "abc_-1\">\n");
	check("abc", "people/ada?tab=x", HEAD "abc&amp;to=people/ada?tab=x\">\n");
}

/* A place is what somebody typed: it ends neither the attribute nor the key. */
static void test_no_text_breaks_out(void **state)
{
	(void)state;
	check("abc", "a\"><script>&key=b#c;d%",
	      HEAD "abc&amp;to=a%22%3E%3Cscript%3E%26key=b%23c%3Bd%25\">\n");
	check("abc", "p/\xc3\xa9 '", HEAD "abc&amp;to=p/%C3%A9%20%27\">\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_leads_to_the_page),
		cmocka_unit_test(test_no_text_breaks_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
