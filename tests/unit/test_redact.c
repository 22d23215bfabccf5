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
	becomes(&redactor, "Basic dXNlcjpzM2NyZXQvImtleQ==", "Basic dXNlcj{TOKEN}");
	becomes(&redactor, "Basic dXM6czNjcmV0LyJrZXk=", "Basic dXM6{TOKEN}");
	becomes(&redactor, "s3cret/\"ke", "s3cret/\"ke");
	redact_dispose(&redactor);
}

/* Two values of other lengths leave the same text, whatever an app has done with them. */
static void lengths(void **state)
{
	static const char *const values[] = {"k/ey\303\244 12?3=", "k+ey\303\244 \"12?345="};
	/* u:KEY in base64 in an address, KEY in a form, in JSON with all else as ASCII, in JSON in
	 * JSON, in hexadecimal digits */
	static const char *const texts[2][5] = {
		{"?a=dTprL2V5w6QgMTI%2FMz0%3D&b", "a=k%2Fey%C3%A4+12%3F3%3D&b",
		 "{\"a\":\"k/ey\\u00e4 12?3=\"}",
		 "{\"a\":\"{\\\"b\\\":\\\"k/ey\303\244 12?3=\\\"}\"}", "6b2f6579c3a42031323f333d"},
		{"?a=dTprK2V5w6QgIjEyPzM0NT0%3D&b", "a=k%2Bey%C3%A4+%2212%3F345%3D&b",
		 "{\"a\":\"k+ey\\u00e4 \\\"12?345=\"}",
		 "{\"a\":\"{\\\"b\\\":\\\"k+ey\303\244 \\\\\\\"12?345=\\\"}\"}",
		 "6b2b6579c3a420223132"
		 "3f3334353d"},
	};
	static const char *const want[] = {"?a=dT{KEY}&b", "a={KEY}&b", "{\"a\":\"{KEY}\"}",
					   "{\"a\":\"{\\\"b\\\":\\\"{KEY}\\\"}\"}", "{KEY}"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct redactor redactor = {0};

		redact_learn(&redactor, values[i], "KEY");
		for (size_t k = 0; k < 5; k++)
			becomes(&redactor, texts[i][k], want[k]);
		redact_dispose(&redactor);
	}
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
		cmocka_unit_test(lengths),
		cmocka_unit_test(several),
		cmocka_unit_test(way_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
