/* JSON-RPC frames: every place where a stream can be cut, odd headers, limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "json/rpc.h"

#define LIMIT ((size_t)100)

static enum rpc_status next(const struct buf *input, size_t *start, const char **body, size_t *len,
			    struct error *error)
{
	return rpc_next(input, start, LIMIT, body, len, error);
}

/* What is written is read, whatever the pieces are in which it comes. */
static void frames_come_in_pieces(void **state)
{
	static const char *const texts[] = {"{\"id\":1}", "[]", "\"caf\xc3\xa9\""};
	struct buf whole = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		cJSON *message = cJSON_Parse(texts[i]);

		rpc_put(&whole, message);
		cJSON_Delete(message);
	}
	assert_int_equal(strncmp(whole.ptr, "Content-Length: 8\r\n\r\n{\"id\":1}C", 30), 0);
	for (size_t piece = 1; piece <= whole.len; piece++) {
		struct buf input = {0};
		size_t start = 0, got = 0;

		for (size_t at = 0; at < whole.len; at += piece) {
			struct error error;
			const char *body;
			size_t len, left = whole.len - at;

			buf_add(&input, whole.ptr + at, piece < left ? piece : left);
			while (next(&input, &start, &body, &len, &error) == RPC_FRAME) {
				assert_true(got < ARRAY_LEN(texts));
				assert_int_equal(len, strlen(texts[got]));
				assert_memory_equal(body, texts[got], len);
				got++;
			}
		}
		assert_int_equal(got, ARRAY_LEN(texts));
		assert_int_equal(start, input.len);
		buf_dispose(&input);
	}
	buf_dispose(&whole);
}

static void headers_are_judged(void **state)
{
	static const struct {
		const char *input;
		enum rpc_status status;
		const char *text; /* the body, or why it is bad */
	} rows[] = {
		{"", RPC_MORE, NULL},
		{"Content-Length: 2\r\n\r\n{}", RPC_FRAME, "{}"},
		{"content-LENGTH:2\r\n\r\n{}", RPC_FRAME, "{}"},
		{"Content-Length: \t 002 \r\n\r\n{}", RPC_FRAME, "{}"},
		{"Content-Type: a; charset=utf-8\r\nContent-Length: 2\r\nX:\r\n\r\n{}", RPC_FRAME,
		 "{}"},
		{"Content-Length: 0\r\n\r\n", RPC_FRAME, ""},
		{"Content-Length: 2\r\n\r\n{", RPC_MORE, NULL},
		{"Content-Length: 2\r\n\r", RPC_MORE, NULL},
		{"Content-Length: 2", RPC_MORE, NULL},
		{"Content-Length: 100\r\n\r\n", RPC_MORE, NULL},
		{"Content-Length: 101", RPC_MORE, NULL},
		{"Content-Length: 101\r\n", RPC_BAD, "it is too long"},
		{"Content-Length: 99999999999999999999999999\r\n", RPC_BAD, "it is too long"},
		{"Content-Length: -1\r\n", RPC_BAD, "its length is not a number"},
		{"Content-Length: 1 2\r\n", RPC_BAD, "its length is not a number"},
		{"Content-Length: 0x2\r\n", RPC_BAD, "its length is not a number"},
		{"Content-Length: \r\n", RPC_BAD, "its length is not a number"},
		{"Content-Length: 2\r\nContent-Length: 2\r\n", RPC_BAD,
		 "its length is given twice"},
		{"\r\n", RPC_BAD, "its length is not given"},
		{"Content-Type: a\r\n\r\n{}", RPC_BAD, "its length is not given"},
		{"XContent-Length: 2\r\n\r\n", RPC_BAD, "its length is not given"},
		{"this is no message", RPC_BAD, "a header field has no name"},
		{": 2\r\n", RPC_BAD, "a header field has no name"},
		{"{\"id\":1}", RPC_BAD, "a header field has no name"},
		{"\n", RPC_BAD, "a header field has no name"},
		{"Content-Length: 2\n\n{}", RPC_BAD, "a header field holds a control character"},
		{"Content-Length: 2\r\r\n", RPC_BAD, "a header field does not end with CR LF"},
		{"Content-Length: 2\r\n\r{}", RPC_BAD, "a header field does not end with CR LF"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf input = {0};
		struct error error = {0};
		const char *body = NULL;
		size_t start = 0, len = 0;

		buf_puts(&input, rows[i].input);
		if (next(&input, &start, &body, &len, &error) != rows[i].status)
			fail_msg("%s", rows[i].input);
		if (rows[i].status == RPC_FRAME) {
			assert_int_equal(len, strlen(rows[i].text));
			assert_memory_equal(body, rows[i].text, len);
			assert_int_equal(start, input.len);
		} else {
			assert_int_equal(start, 0);
		}
		if (rows[i].status == RPC_BAD) {
			assert_int_equal(error.kind, ERROR_SERVICE);
			assert_string_equal(error.why, rows[i].text);
		}
		buf_dispose(&input);
	}
}

/* A header that does not end is no reason to wait for ever. */
static void endless_headers_are_bad(void **state)
{
	static const char *const pieces[] = {"a", "a: b\r\n", "Content-Length: 1", "a:"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
		struct buf input = {0};
		enum rpc_status status = RPC_MORE;
		struct error error = {0};
		const char *body;
		size_t start = 0, len;

		while (status == RPC_MORE && input.len < 2 * RPC_HEADER_LIMIT) {
			buf_puts(&input, input.len > 0 && i == 2 ? "1" : pieces[i]);
			status = next(&input, &start, &body, &len, &error);
		}
		assert_int_equal(status, RPC_BAD);
		assert_in_range(input.len, RPC_HEADER_LIMIT, RPC_HEADER_LIMIT + 20);
		assert_string_equal(error.why, "its header is too long");
		buf_dispose(&input);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames_come_in_pieces),
		cmocka_unit_test(headers_are_judged),
		cmocka_unit_test(endless_headers_are_bad),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
