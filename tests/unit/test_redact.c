/* Every spelling of a secret is found, wherever it stands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "local/run/redact.h"
#include "local/run/secret.h"

static void becomes(const struct redactor *redactor, const char *text, const char *want)
{
	struct buf out = {0};

	redact(redactor, REDACT_KEPT, text, strlen(text), &out);
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
	redact_learn(&redactor, "abcde-12", "SHORT");
	redact_learn(&redactor, "abcde-12fgh", "LONG");
	becomes(&redactor, "abcde-12fgh abcde-12 abcde-12fg true", "{LONG} {SHORT} {SHORT}fg true");
	redact_dispose(&redactor);
}

static void document(const struct redactor *redactor, enum redact_document what, const char *text,
		     const char *want)
{
	struct buf out = {0};

	redact_json(redactor, what, text, strlen(text), &out);
	assert_string_equal(buf_cstr(&out), want);
	buf_dispose(&out);
}

/* Keywords, names of members and what is no text stay; strings are opened and closed again. */
static void documents(void **state)
{
	struct redactor redactor = {0};

	(void)state;
	redact_learn(&redactor, "k3y-\"of\"-alc", "KEY");
	document(&redactor, REDACT_DATA,
		 "{\"k3y-\\\"of\\\"-alc\": [\"k3y-\\\"of\\\"-alc\",1,null]}",
		 "{\"k3y-\\\"of\\\"-alc\": [\"{KEY}\",1,null]}");
	document(&redactor, REDACT_DATA, "\"\\ud800 \\u00e4\"", "\"\\ud800 \\u00e4\"");
	document(&redactor, REDACT_DATA, "\"", "\"");
	document(&redactor, REDACT_DATA, "{\"a\\", "{\"a\\");
	redact_dispose(&redactor);
}

/* A value that other data may have is hidden where it is sent, and nowhere else. */
static void common_values(void **state)
{
	static const char *const values[] = {"false",
					     "true",
					     "null",
					     "0",
					     "1234",
					     "test",
					     "x",
					     "people",
					     "workspace",
					     "secret",
					     "action",
					     "Pending",
					     "+15558675309",
					     "6f1e1f6c-7a51-4d2b-9d4e-2f0f7c7b7a10",
					     "a b",
					     "2026-11-29",
					     "ada@attio.example",
					     "https://a.example/b"};

	(void)state;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		struct redactor redactor = {0};
		struct buf text = {0}, want = {0};
		const char *v = values[i];

		redact_learn(&redactor, v, "KEY");
		buf_printf(
			&text,
			"{\"kind\":\"%s\",\"%s\":false,\"n\":[0,1234,true,null],\"method\":\"%s\","
			"\"url\":\"https://a.example/people/%s?a=%s&b=2\",\"headers\":[[\"h\","
			"\"Bearer %s\"]],\"body\":\"{\\\"%s\\\":\\\"%s\\\",\\\"n\\\": 1234}\"}",
			v, v, v, v, v, v, v, v);
		document(&redactor, REDACT_DATA, buf_cstr(&text), buf_cstr(&text));
		buf_printf(
			&want,
			"{\"kind\":\"%s\",\"%s\":false,\"n\":[0,1234,true,null],\"method\":\"%s\","
			"\"url\":\"https://a.example/people/%s?a={KEY}&b=2\",\"headers\":[[\"h\","
			"\"Bearer {KEY}\"]],\"body\":\"{\\\"%s\\\":\\\"{KEY}\\\",\\\"n\\\": "
			"1234}\"}",
			v, v, v, v, v);
		document(&redactor, REDACT_FETCH, buf_cstr(&text), buf_cstr(&want));
		buf_dispose(&text);
		buf_dispose(&want);
		redact_dispose(&redactor);
	}
}

static void said(const struct redactor *redactor, enum redact_text what, const char *text,
		 const char *want)
{
	struct buf out = {0};

	redact(redactor, what, text, strlen(text), &out);
	assert_string_equal(buf_cstr(&out), want);
	buf_dispose(&out);
}

static void places(void **state)
{
	struct redactor redactor = {0};

	(void)state;
	redact_learn(&redactor, "test", "KEY");
	said(&redactor, REDACT_SAID, "this is a test, token=test, Bearer test",
	     "this is a test, token={KEY}, Bearer {KEY}");
	said(&redactor, REDACT_SAID, "test", "{KEY}");
	/* u:test, and test alone */
	said(&redactor, REDACT_SENT, "Basic dTp0ZXN0", "Basic dT{KEY}");
	said(&redactor, REDACT_SENT, "Basic dGVzdA==", "Basic {KEY}");
	said(&redactor, REDACT_SENT, "https://u:test@a.example/test",
	     "https://u:{KEY}@a.example/test");
	said(&redactor, REDACT_SENT, "contest testing", "contest testing");
	redact_dispose(&redactor);
}

static void passwords(void **state)
{
	struct redactor redactor = {0};

	(void)state;
	becomes(&redactor, "at postgres://user:pass@host/db, http://a:1/@b",
		"at postgres://user:{password}@host/db, http://a:1/@b");
	becomes(&redactor, "postgres://user:{password}@host", "postgres://user:{password}@host");
	redact_learn_variable(&redactor, "mysql://u:pw-4-all-x@h/db", "DATABASE");
	becomes(&redactor, "mysql://u:pw-4-all-x@h/db pw-4-all-x",
		"{DATABASE} {password of DATABASE}");
	redact_dispose(&redactor);
}

static void variables(void **state)
{
	static const struct {
		const char *name, *value;
		enum secret is;
	} all[] = {
		{"DEBUG", "false", SECRET_NOT},
		{"OBJECT", "people", SECRET_NOT},
		{"REGION", "eu-west-1", SECRET_NOT},
		{"LIST_ID", "6f1e1f6c-7a51-4d2b-9d4e-2f0f7c7b7a10", SECRET_NOT},
		{"API_URL", "https://api.alc.test/v1", SECRET_NOT},
		{"WHEN", "2026-11-29T07:06:08Z", SECRET_NOT},
		{"PHONE", "+1 555 867 5309", SECRET_NOT},
		{"TITLE", "A long sentence for people", SECRET_NOT},
		{"PUBLIC_KEY", "test", SECRET_NOT},
		{"SOMETHING", "s3cr3tPassw0rd!", SECRET_OWN},
		{"DATABASE_URL", "postgres://user:pw@host/db", SECRET_OWN},
		{"API_KEY", "test", SECRET_COMMON},
		{"API_KEY", "first-secret-value", SECRET_OWN},
		{"apiToken", "planted-5f2c", SECRET_OWN},
		{"PASSWORD", "1234", SECRET_COMMON},
		{"PASSWORD", "", SECRET_NOT},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		assert_int_equal(secret_variable(all[i].name, all[i].value), all[i].is);
}

/* Two runs with other values say the same. */
static void compared(void **state)
{
	struct redactor redactor = {0};
	struct buf a = {0}, b = {0};

	(void)state;
	redact_learn(&redactor, "people", "workspace connection");
	redact_alike(&redactor, "list people, send people", 24, &a);
	redact_alike(&redactor, "list people, send {connection}", 30, &b);
	assert_string_equal(buf_cstr(&a), "list {connection}, send {connection}");
	assert_string_equal(buf_cstr(&a), buf_cstr(&b));
	buf_dispose(&a);
	buf_dispose(&b);
	redact_dispose(&redactor);
}

/* Both lines of a run whose secrets are these and of a replay are the same. */
static void assert_alike(const struct redactor *redactor, const char *recorded, const char *seen)
{
	struct buf a = {0}, b = {0};

	redact_alike(redactor, recorded, strlen(recorded), &a);
	redact_alike(redactor, seen, strlen(seen), &b);
	assert_string_equal(buf_cstr(&a), buf_cstr(&b));
	buf_dispose(&a);
	buf_dispose(&b);
}

/* Names of one value, in whatever order they are learned; values that begin others. */
static void alike(void **state)
{
	static const char *const names[] = {"B_KEY", "workspace connection", "A_KEY",
					    "user connection"};
	static const char *const values[] = {"people", "first-secret-1", "schl\303\274ssel",
					     "schl\303\274ssel-9"};

	(void)state;
	for (size_t v = 0; v < sizeof(values) / sizeof(values[0]); v++) {
		for (size_t first = 0; first < 4; first++) {
			struct redactor redactor = {0};
			struct buf line = {0};

			for (size_t i = 0; i < 4; i++)
				redact_learn(&redactor, values[v], names[(first + i) % 4]);
			redact_learn(&redactor, "another-value-2", "C_KEY");
			assert_alike(&redactor, "/a: \"{B_KEY}\"", "/a: \"{connection}\"");
			assert_alike(&redactor, "/a: \"{A_KEY}\"", "/a: \"{B_KEY}\"");
			buf_printf(&line, "/a: \"%s-\303\237\"", values[v]);
			assert_alike(&redactor, buf_cstr(&line), "/a: \"{connection}-\303\237\"");
			buf_clear(&line);
			redact_alike(&redactor, "{C_KEY}", 7, &line);
			assert_string_equal(buf_cstr(&line), "{C_KEY}");
			buf_dispose(&line);
			redact_dispose(&redactor);
		}
	}
}

static void way_back(void **state)
{
	static const char text[] = "Bearer {TOKEN} {OTHER} {TOKE {TOKEN";
	struct redactor redactor = {0};
	struct buf out = {0};

	(void)state;
	redact_learn(&redactor, "former-value-of-it", "TOKEN");
	redact_learn(&redactor, "newer-\"value\"-of-it", "TOKEN");
	redact_reveal(&redactor, text, strlen(text), &out);
	assert_string_equal(buf_cstr(&out), "Bearer newer-\"value\"-of-it {OTHER} {TOKE {TOKEN");
	buf_clear(&out);
	redact_reveal(&redactor, "{\"a\":\"{TOKEN}\"}", 15, &out);
	assert_string_equal(buf_cstr(&out), "{\"a\":\"newer-\\\"value\\\"-of-it\"}");
	buf_clear(&out);
	redact_reveal(&redactor, "https://a/?b={TOKEN}", 20, &out);
	assert_string_equal(buf_cstr(&out), "https://a/?b=newer-%22value%22-of-it");
	buf_dispose(&out);
	redact_dispose(&redactor);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spellings),     cmocka_unit_test(lengths),
		cmocka_unit_test(several),       cmocka_unit_test(documents),
		cmocka_unit_test(common_values), cmocka_unit_test(places),
		cmocka_unit_test(passwords),     cmocka_unit_test(variables),
		cmocka_unit_test(compared),      cmocka_unit_test(alike),
		cmocka_unit_test(way_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
