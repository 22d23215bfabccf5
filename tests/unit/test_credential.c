/* platform/credential: what is taken for one, from people and from the official CLI, and what is
 * written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "platform/credential.h"

#define BOM "\xef\xbb\xbf"

static int read_text(struct arena *arena, const char *text, struct credential *credential,
		     struct error *error)
{
	return credential_read(arena, text, strlen(text), "`X`", credential, error);
}

static void test_what_is_taken(void **state)
{
	static const struct {
		const char *text;
		const char *access, *refresh;
		long long expires_at;
	} rows[] = {
		{"tok", "tok", NULL, CREDENTIAL_NEVER},
		{" \t\r\ntok\r\n", "tok", NULL, CREDENTIAL_NEVER},
		{BOM "tok\n", "tok", NULL, CREDENTIAL_NEVER},
		{BOM "\n{\"access_token\":\"a\"}", "a", NULL, CREDENTIAL_NEVER},
		{"{\"access_token\":\"a\",\"refresh_token\":\"r\",\"token_type\":\"Bearer\","
		 "\"expires_at\":1795436649738}",
		 "a", "r", 1795436649738},
		{"{\"x\":[1],\"expires_at\":12.9,\"refresh_token\":\"\",\"access_token\":\"a\"}",
		 "a", NULL, 12},
		{"{\"access_token\":\"a\",\"refresh_token\":null,\"expires_at\":null}", "a", NULL,
		 CREDENTIAL_NEVER},
		{"{\"access_token\":\"a\",\"expires_at\":9007199254740991}", "a", NULL,
		 CREDENTIAL_NEVER},
		{"{\"access_token\":\"a\",\"expires_at\":1e300}", "a", NULL, CREDENTIAL_NEVER},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct credential credential;
		struct error error;

		assert_int_equal(read_text(arena, rows[i].text, &credential, &error), 0);
		assert_string_equal(credential.access, rows[i].access);
		assert_int_equal(credential.refresh == NULL, rows[i].refresh == NULL);
		if (rows[i].refresh != NULL)
			assert_string_equal(credential.refresh, rows[i].refresh);
		assert_int_equal(credential.expires_at, rows[i].expires_at);
	}
	arena_free(arena);
}

static void test_what_is_refused(void **state)
{
	static const char *const rows[] = {
		"",
		" \n",
		BOM,
		"s3cret two",
		"s3cret\nanother",
		"caf\xc3\xa9-s3cret",
		"{",
		"{}",
		"{\"s3cret\"",
		"{\"access_token\":7}",
		"{\"access_token\":\"\"}",
		"{\"access_token\":\"s3cret two\"}",
		"{\"access_token\":\"s3cret\\u0000\"}",
		"{\"access_token\":\"a\\r\\ns3cret: x\"}",
		"{\"access_token\":\"s3cret\",\"refresh_token\":7}",
		"{\"access_token\":\"s3cret\",\"refresh_token\":\"a b\"}",
		"{\"access_token\":\"s3cret\",\"token_type\":\"bearer\"}",
		"{\"access_token\":\"s3cret\",\"token_type\":7}",
		"{\"access_token\":\"s3cret\",\"expires_at\":\"1\"}",
		"{\"access_token\":\"s3cret\",\"expires_at\":-1}",
		"{\"access_token\":\"s3cret\"} x",
		"{\"access_token\":\"s3cret\",\"platform\":7}",
		"{\"access_token\":\"s3cret\",\"platform\":\"\"}",
		"{\"access_token\":\"s3cret\",\"platform\":\"a\\nb\"}",
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct credential credential;
		struct error error;

		assert_int_equal(read_text(arena, rows[i], &credential, &error), -1);
		assert_int_equal(error.kind, ERROR_AUTH);
		assert_non_null(strstr(error.message, "`X`"));
		assert_null(strstr(error.message, "s3cret"));
		assert_null(strstr(error.why, "s3cret"));
		assert_false(credential_is_one(rows[i], strlen(rows[i])));
	}
	assert_int_equal(credential_read(arena, "a\0b", 3, "`X`", &(struct credential){0},
					 &(struct error){0}),
			 -1);
	arena_free(arena);
}

/* The official CLI takes an entry only with all four members, in whatever order; ours is its own.
 */
static void test_what_is_written(void **state)
{
	const struct credential whole = {"a\"b", "r", 1795436649738, NULL};
	const struct credential alone = {"a", NULL, CREDENTIAL_NEVER, NULL};
	const struct credential exported = {"a", "r", 1, "http://127.0.0.1:1"};
	struct arena *arena = arena_new();
	struct credential again;
	struct error error;
	struct buf line = {0};

	(void)state;
	credential_put(&line, &whole);
	assert_string_equal(line.ptr, "{\"access_token\":\"a\\\"b\",\"refresh_token\":\"r\","
				      "\"token_type\":\"Bearer\",\"expires_at\":1795436649738}");
	assert_true(credential_is_one(line.ptr, line.len));
	buf_clear(&line);
	credential_put(&line, &alone);
	assert_string_equal(line.ptr, "{\"access_token\":\"a\",\"refresh_token\":\"\","
				      "\"token_type\":\"Bearer\",\"expires_at\":9007199254740991}");
	assert_int_equal(read_text(arena, line.ptr, &again, &error), 0);
	assert_null(again.refresh);
	assert_null(again.platform);
	assert_int_equal(again.expires_at, CREDENTIAL_NEVER);
	assert_false(credential_is_one("token", 5));
	buf_clear(&line);
	credential_put(&line, &exported);
	assert_int_equal(read_text(arena, line.ptr, &again, &error), 0);
	assert_string_equal(again.platform, exported.platform);
	assert_non_null(strstr(line.ptr, ",\"platform\":\"http://127.0.0.1:1\"}"));
	buf_dispose(&line);
	arena_free(arena);
}

static void test_what_is_left(void **state)
{
	const struct credential credential = {"a", NULL, 1000, NULL};

	(void)state;
	assert_int_equal(credential_left(&credential, 400), 600);
	assert_int_equal(credential_left(&credential, 1000), 0);
	assert_true(credential_left(&(struct credential){"a", NULL, CREDENTIAL_NEVER, NULL},
				    credential_now()) > CREDENTIAL_MARGIN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_taken),
		cmocka_unit_test(test_what_is_refused),
		cmocka_unit_test(test_what_is_written),
		cmocka_unit_test(test_what_is_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
