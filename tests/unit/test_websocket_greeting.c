/* Answers to a client that wants a WebSocket. */
#include "http/websocket_greeting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"

#define KEY "dGhlIHNhbXBsZSBub25jZQ=="
#define ACCEPT "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
#define LINE "HTTP/1.1 101 Switching Protocols\r\n"

static void test_request(void **state)
{
	struct buf out = {0};

	(void)state;
	websocket_greeting_put(&out, "here:81", "/a?b=c", KEY);
	assert_string_equal(
		buf_cstr(&out),
		"GET /a?b=c HTTP/1.1\r\nHost: here:81\r\nUser-Agent: attio/" ATTIO_VERSION
		"\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: "
		"13\r\nSec-WebSocket-Key: " KEY "\r\n\r\n");
	buf_dispose(&out);
}

static void test_answers(void **state)
{
	static const struct {
		const char *text;
		int result;
		long status;
		bool accepted;
		size_t body_len, rest;
	} rows[] = {
		{LINE "Upgrade: websocket\r\nConnection: Upgrade\r\n" ACCEPT "\r\n\r\n", 1, 101,
		 true, 0, 0},
		{LINE "UPGRADE:WebSocket\r\nconnection: keep-alive , upgrade\r\nX: 1\r\n" ACCEPT
		      "  \r\n\r\n\x81",
		 1, 101, true, 0, 1},
		{LINE "Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n", 1, 101, false, 0, 0},
		{LINE "Upgrade: h2c\r\nConnection: Upgrade\r\n" ACCEPT "\r\n\r\n", 1, 101, false, 0,
		 0},
		{LINE "Upgrade: websocket\r\nConnection: upgrades\r\n" ACCEPT "\r\n\r\n", 1, 101,
		 false, 0, 0},
		{LINE
		 "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: no\r\n\r\n",
		 1, 101, false, 0, 0},
		{"HTTP/1.1 401 Unauthorized\r\nContent-Length: 12\r\n\r\nabc", 1, 401, false, 12,
		 3},
		{"HTTP/1.0 503\r\nContent-Length: 1x\r\n\r\n", 1, 503, false, 0, 0},
		{"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", 1, 200, false,
		 0, 0},
		{"HTTP/1.1 2000 OK\r\n\r\n", -1, 0, false, 0, 4},
		{"HTTP/2 101 \r\n\r\n", -1, 0, false, 0, 4},
		{"SSH-2.0-OpenSSH\r\n", -1, 0, false, 0, 0},
		{"", 0, 0, false, 0, 0},
		{"HTT", 0, 0, false, 0, 0},
		{LINE "Upgrade: websocket\r\n", 0, 0, false, 0, 0},
		{"\r\n\r\n", -1, 0, false, 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct websocket_answer answer;
		size_t len = strlen(rows[i].text);

		assert_int_equal(websocket_answer_read(rows[i].text, len, KEY, &answer),
				 rows[i].result);
		if (rows[i].result != 1)
			continue;
		assert_int_equal(answer.status, rows[i].status);
		assert_int_equal(answer.accepted, rows[i].accepted);
		assert_int_equal(answer.body_len, rows[i].body_len);
		assert_int_equal(len - answer.head_len, rows[i].rest);
	}
}

static void test_endless_head(void **state)
{
	struct websocket_answer answer;
	struct buf text = {0};

	(void)state;
	buf_puts(&text, LINE);
	while (text.len <= WEBSOCKET_HEAD_LIMIT)
		buf_puts(&text, "X-More: and more\r\n");
	assert_int_equal(websocket_answer_read(text.ptr, text.len, KEY, &answer), -1);
	buf_dispose(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_request),
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_endless_head),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
