/* MessagePack of the log service: there and back, and what is refused; its tokens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "local/developer/hub_token.h"
#include "local/developer/hub_wire.h"
#include "json/json.h"

static void test_there_and_back(void **state)
{
	static const char *const texts[] = {
		"{\"action\":4,\"connectionDetails\":{\"maxIdleInterval\":15000},\"a\":[]}",
		"{\"action\":14,\"presence\":[{\"action\":2}],\"msgSerial\":0}",
		"{\"n\":null,\"t\":true,\"f\":false,\"d\":0.5,\"m\":-1,\"big\":1795436649738}",
		"{\"s\":\"caf\\u00e9\",\"e\":\"\",\"o\":{},\"l\":[1,[2,[3]]]}",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		cJSON *value = cJSON_Parse(texts[i]), *back;
		struct buf bytes = {0};

		hub_pack(&bytes, value);
		back = hub_unpack(bytes.ptr, bytes.len);
		assert_non_null(back);
		assert_true(cJSON_Compare(value, back, true));
		cJSON_Delete(back);
		/* Cut anywhere, or with more behind it, it is none. */
		for (size_t len = 0; len < bytes.len; len++)
			assert_null(hub_unpack(bytes.ptr, len));
		buf_putc(&bytes, '\0');
		assert_null(hub_unpack(bytes.ptr, bytes.len));
		cJSON_Delete(value);
		buf_dispose(&bytes);
	}
}

/* By the specification's own examples of forms. */
static void test_what_is_read(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *json; /* NULL: refused */
	} rows[] = {
		{"\x81\xa1\x61\x01", 4, "{\"a\":1}"},
		{"\x81\xd9\x01\x61\xcd\x01\x00", 7, "{\"a\":256}"},
		{"\xde\x00\x01\xa1\x61\xc4\x02hi", 9, "{\"a\":\"hi\"}"},
		{"\x93\xc0\xc2\xc3", 4, "[null,false,true]"},
		{"\xca\x3f\x00\x00\x00", 5, "0.5"},
		{"\xff", 1, "-1"},
		{"\x81\x01\x02", 3, NULL},                     /* a key that is a number */
		{"\xd4\x01\x02", 3, NULL},                     /* an extension */
		{"\xa3\x61\x00\x62", 4, NULL},                 /* a NUL in a text */
		{"\xc1", 1, NULL},                             /* never used */
		{"\xdf\xff\xff\xff\xff", 5, NULL},             /* a map of four thousand millions */
		{"\xdd\xff\xff\xff\xff\x01", 6, NULL},         /* an array of as many */
		{"\x92\x01\xdf\xdf\xdf\xdf\xdf\xc0", 8, NULL}, /* the same further in */
		{"\xc6\xff\xff\xff\xff\x01", 6, NULL},         /* as many bytes */
		{"\xcb\x7f\xf8\0\0\0\0\0\0", 9, NULL},         /* no number */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		cJSON *value = hub_unpack(rows[i].bytes, rows[i].len);
		struct buf out = {0};

		if ((value == NULL) != (rows[i].json == NULL))
			fail_msg("row %zu", i);
		if (value != NULL) {
			json_print(&out, value, false);
			assert_string_equal(buf_cstr(&out), rows[i].json);
		}
		cJSON_Delete(value);
		buf_dispose(&out);
	}
}

static void test_depth(void **state)
{
	char deep[2000];

	(void)state;
	memset(deep, '\x91', sizeof(deep)); /* arrays of one */
	assert_null(hub_unpack(deep, sizeof(deep)));
	deep[HUB_DEPTH - 1] = 1;
	cJSON_Delete(hub_unpack(deep, HUB_DEPTH));
	deep[HUB_DEPTH] = 1;
	deep[HUB_DEPTH - 1] = '\x91';
	assert_null(hub_unpack(deep, HUB_DEPTH + 1));
}

static void test_tokens(void **state)
{
	static const char *const channels[] = {HUB_CHANNEL "w:a", HUB_CHANNEL "w:b", NULL};
	const struct hub_token token = {"member", channels, 1795436649738};
	struct arena *arena = arena_new();
	struct hub_token read;
	struct buf text = {0};

	(void)state;
	hub_token_put(&text, "secret", &token);
	assert_true(hub_token_read(arena, "secret", buf_cstr(&text), &read));
	assert_string_equal(read.client_id, "member");
	assert_true(read.until == token.until);
	assert_string_equal(read.channels[1], channels[1]);
	assert_null(read.channels[2]);
	assert_false(hub_token_read(arena, "another", buf_cstr(&text), &read));
	assert_false(hub_token_read(arena, "secret", "", &read));
	assert_false(hub_token_read(arena, "secret", ".", &read));
	for (size_t i = 0; i < text.len; i++) {
		char kept = text.ptr[i];

		text.ptr[i] = kept == 'A' ? 'B' : 'A';
		assert_false(hub_token_read(arena, "secret", buf_cstr(&text), &read));
		text.ptr[i] = kept;
	}
	buf_dispose(&text);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_there_and_back),
		cmocka_unit_test(test_what_is_read),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_tokens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
