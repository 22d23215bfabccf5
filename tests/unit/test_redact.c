/* Every spelling of a secret is found, wherever it stands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "local/run/redact.h"

static void becomes(const struct redactor *redactor, const char *text, const char *want)
{
	struct buf out = {0};

	redact(redactor, text, strlen(text), &out);
	assert_string_equal(buf_cstr(&out), want);
	buf_dispose(&out);
}

static void spellings(void **state)
{
	struct redactor redactor = {0};

	(void)state;
	redact_learn(&redactor, "s3cret/\"key", "TOKEN");
	becomes(&redactor, "", "");
	becomes(&redactor, "a s3cret/\"key b", "a {TOKEN} b");
	becomes(&redactor, "{\"x\":\"s3cret/\\\"key\"}", "{\"x\":\"{TOKEN}\"}");
	becomes(&redactor, "?q=s3cret%2F%22key&", "?q={TOKEN}&");
	/* base64 of user:KEY, us:KEY, u:KEY */
	becomes(&redactor, "Basic dXNlcjpzM2NyZXQvImtleQ==", "Basic dXNlcjp{TOKEN}Q==");
	becomes(&redactor, "Basic dXM6czNjcmV0LyJrZXk=", "Basic dXM6{TOKEN}k=");
	becomes(&redactor, "s3cret/\"ke", "s3cret/\"ke");
	redact_dispose(&redactor);
}

static void several(void **state)
{
	struct redactor redactor = {0};

	(void)state;
	redact_learn(&redactor, "abcde", "SHORT");
	redact_learn(&redactor, "abcdefgh", "LONG");
	redact_learn(&redactor, "true", "FLAG");
	becomes(&redactor, "abcdefgh abcde abcdefg true", "{LONG} {SHORT} {SHORT}fg true");
	redact_dispose(&redactor);
}

static void way_back(void **state)
{
	static const char text[] = "Bearer {TOKEN} {OTHER} {TOKE {TOKEN";
	struct redactor redactor = {0};
	struct buf out = {0};

	(void)state;
	redact_learn(&redactor, "former-value", "TOKEN");
	redact_learn(&redactor, "newer-value", "TOKEN");
	redact_reveal(&redactor, text, strlen(text), &out);
	assert_string_equal(buf_cstr(&out), "Bearer newer-value {OTHER} {TOKE {TOKEN");
	buf_dispose(&out);
	redact_dispose(&redactor);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spellings),
		cmocka_unit_test(several),
		cmocka_unit_test(way_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
