/* Two ends that talk with each other, and frames that no honest end sends. */
#include "http/websocket.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"

#define LIMIT ((size_t)2048)

struct end {
	struct websocket *websocket;
	struct buf got; /* messages, each behind "t:" or "b:", ended with LF */
};

static void keep(void *context, bool text, const char *bytes, size_t len)
{
	struct end *end = context;

	assert_int_equal(bytes[len], '\0');
	buf_puts(&end->got, text ? "t:" : "b:");
	buf_add(&end->got, bytes, len);
	buf_putc(&end->got, '\n');
}

static void end_init(struct end *end, bool server)
{
	struct error error;
	const struct websocket_options options = {
		.server = server, .limit = LIMIT, .sink = keep, .context = end};

	*end = (struct end){0};
	end->websocket = websocket_new(&options, &error);
	assert_non_null(end->websocket);
}

static void end_dispose(struct end *end)
{
	websocket_free(end->websocket);
	buf_dispose(&end->got);
}

/* Carries what waits, `piece` bytes at a time. */
static void carry(struct end *from, struct end *to, size_t piece)
{
	struct buf *bytes = websocket_output(from->websocket);
	struct error error;

	while (bytes->len > 0) {
		size_t len = bytes->len < piece ? bytes->len : piece;

		assert_int_equal(websocket_take(to->websocket, bytes->ptr, len, &error), 0);
		buf_drop(bytes, len);
	}
}

static void test_greeting(void **state)
{
	char accept[WEBSOCKET_ACCEPT_SIZE];
	char keys[2][WEBSOCKET_KEY_SIZE];
	struct error error;

	(void)state;
	/* RFC 6455, 1.3 */
	assert_true(websocket_accept("dGhlIHNhbXBsZSBub25jZQ==", accept));
	assert_string_equal(accept, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
	assert_false(websocket_accept("", accept));
	assert_false(websocket_accept("dGhlIHNhbXBsZSBub25j", accept));
	assert_false(websocket_accept("no key at all, but long", accept));
	assert_int_equal(websocket_key(keys[0], &error), 0);
	assert_int_equal(websocket_key(keys[1], &error), 0);
	assert_string_not_equal(keys[0], keys[1]);
	assert_true(websocket_accept(keys[0], accept));
}

static void test_both_ways(void **state)
{
	(void)state;
	for (size_t piece = 1; piece <= 4096; piece *= 4) {
		struct end client, server;
		char longer[LIMIT];

		memset(longer, 'x', sizeof(longer));
		end_init(&client, false);
		end_init(&server, true);
		assert_true(websocket_send(client.websocket, "hello", 5));
		assert_true(websocket_send(client.websocket, "", 0));
		assert_true(websocket_send(client.websocket, "gr\xc3\xbc\xc3\x9f", 6));
		carry(&client, &server, piece);
		assert_string_equal(buf_cstr(&server.got), "t:hello\nt:\nt:gr\xc3\xbc\xc3\x9f\n");
		assert_true(websocket_send(server.websocket, longer, sizeof(longer)));
		carry(&server, &client, piece);
		assert_int_equal(client.got.len, LIMIT + 3);
		end_dispose(&client);
		end_dispose(&server);
	}
}

/* A ping is answered without the caller's doing. */
static void test_ping(void **state)
{
	struct end client, server;

	(void)state;
	end_init(&client, false);
	end_init(&server, true);
	assert_true(websocket_ping(server.websocket));
	carry(&server, &client, 1);
	assert_int_not_equal(websocket_output(client.websocket)->len, 0);
	assert_int_equal((unsigned char)websocket_output(client.websocket)->ptr[0], 0x8a);
	carry(&client, &server, 1);
	assert_int_equal(websocket_output(server.websocket)->len, 0);
	end_dispose(&client);
	end_dispose(&server);
}

static void test_close(void **state)
{
	struct end client, server;

	(void)state;
	end_init(&client, false);
	end_init(&server, true);
	assert_int_equal(websocket_close_code(client.websocket), WEBSOCKET_NOT_SAID);
	websocket_close(server.websocket, WEBSOCKET_GOING_AWAY, "we move");
	websocket_close(server.websocket, WEBSOCKET_NORMAL, NULL);
	assert_false(websocket_is_over(server.websocket));
	assert_false(websocket_send(server.websocket, "late", 4));
	carry(&server, &client, 64);
	assert_true(websocket_is_over(client.websocket));
	assert_int_equal(websocket_close_code(client.websocket), WEBSOCKET_GOING_AWAY);
	assert_string_equal(websocket_close_reason(client.websocket), "we move");
	assert_false(websocket_send(client.websocket, "late", 4));
	carry(&client, &server, 64);
	assert_true(websocket_is_over(server.websocket));
	assert_int_equal(websocket_close_code(server.websocket), WEBSOCKET_GOING_AWAY);
	assert_string_equal(buf_cstr(&server.got), "");
	end_dispose(&client);
	end_dispose(&server);
}

static void test_close_without_a_code(void **state)
{
	struct end client;
	struct error error;

	(void)state;
	end_init(&client, false);
	assert_int_equal(websocket_take(client.websocket, "\x88\x00", 2, &error), 0);
	assert_true(websocket_is_over(client.websocket));
	assert_int_equal(websocket_close_code(client.websocket), WEBSOCKET_NO_CODE);
	assert_string_equal(websocket_close_reason(client.websocket), "");
	end_dispose(&client);
}

/* Frames as a server sends them to a client. */
static void test_fragments(void **state)
{
	static const char frames[] = "\x01\x03gr\xc3"
				     "\x89\x02hi"
				     "\x00\x01\xbc"
				     "\x80\x00"
				     "\x82\x02\x00\xff";
	struct error error;

	(void)state;
	for (size_t piece = 1; piece < sizeof(frames); piece++) {
		struct end client;

		end_init(&client, false);
		for (size_t at = 0; at < sizeof(frames) - 1; at += piece) {
			size_t left = sizeof(frames) - 1 - at;

			assert_int_equal(websocket_take(client.websocket, frames + at,
							left < piece ? left : piece, &error),
					 0);
		}
		assert_int_equal(client.got.len, 12);
		assert_memory_equal(client.got.ptr, "t:gr\xc3\xbc\nb:\x00\xff\n", 12);
		assert_int_equal(websocket_output(client.websocket)->len, 8);
		end_dispose(&client);
	}
}

struct bad {
	const char *bytes;
	size_t len;
	unsigned code;
};

#define BAD(text, code)                                                                            \
	{                                                                                          \
		text, sizeof(text) - 1, code                                                       \
	}

/* The first frame of our answer is a close with this code. */
static void check_bad(const struct bad *bad)
{
	struct end client;
	struct error error = {0};
	struct buf *out;
	unsigned code;

	end_init(&client, false);
	assert_int_equal(websocket_take(client.websocket, bad->bytes, bad->len, &error), -1);
	assert_int_equal(error.kind, ERROR_SERVICE);
	assert_true(websocket_is_over(client.websocket));
	out = websocket_output(client.websocket);
	assert_int_equal(out->len, 8);
	assert_int_equal((unsigned char)out->ptr[0], 0x88);
	code = ((unsigned char)(out->ptr[6] ^ out->ptr[2])) * 256u +
	       (unsigned char)(out->ptr[7] ^ out->ptr[3]);
	assert_int_equal(code, bad->code);
	/* What comes after it is not looked at. */
	assert_int_equal(websocket_take(client.websocket, "\x81\x01x", 3, &error), 0);
	assert_int_equal(client.got.len, 0);
	end_dispose(&client);
}

static void test_bad_frames(void **state)
{
	static const struct bad rows[] = {
		BAD("\x81\x81\x01\x02\x03\x04x", WEBSOCKET_PROTOCOL), /* masked by a server */
		BAD("\xc1\x01x", WEBSOCKET_PROTOCOL),                 /* a bit of an extension */
		BAD("\x83\x01x", WEBSOCKET_PROTOCOL),                 /* no such kind */
		BAD("\x80\x01x", WEBSOCKET_PROTOCOL),                 /* goes on with nothing */
		BAD("\x01\x01x\x81\x01y", WEBSOCKET_PROTOCOL),        /* begins within another */
		BAD("\x88\x02\x03\xed", WEBSOCKET_PROTOCOL),          /* 1005 is never sent */
		BAD("\x81\x02\xc3\x28", WEBSOCKET_BAD_TEXT),
		BAD("\x81\x01\xc3", WEBSOCKET_BAD_TEXT),
		BAD("\x81\x03\xed\xa0\x80", WEBSOCKET_BAD_TEXT), /* half of a pair */
		BAD("\x82\x7e\x08\x01y", WEBSOCKET_TOO_BIG),
		BAD("\x82\x7f\x7f\xff\xff\xff\xff\xff\xff\xffy", WEBSOCKET_TOO_BIG),
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		check_bad(&rows[i]);
}

/* Lengths that are longer than they need to be, and control frames that are no such. */
static void test_broken_heads(void **state)
{
	static const struct bad rows[] = {
		BAD("\x09\x00", 0),
		BAD("\x89\x7e\x00\x80", 0),
		BAD("\x82\x7e\x00\x05", 0),
		BAD("\x82\x7f\xff\xff\xff\xff\xff\xff\xff\xff", 0),
	};
	struct error error;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct end client;

		end_init(&client, false);
		error = (struct error){0};
		assert_int_equal(
			websocket_take(client.websocket, rows[i].bytes, rows[i].len, &error), -1);
		assert_int_equal(error.kind, ERROR_SERVICE);
		assert_true(websocket_is_over(client.websocket));
		end_dispose(&client);
	}
}

/* One that is whole, too. */
static void test_long_ping(void **state)
{
	static const char ping[4 + 256] = "\x89\x7e\x01\x00";
	struct end client;
	struct error error = {0};

	(void)state;
	end_init(&client, false);
	assert_int_equal(websocket_take(client.websocket, ping, sizeof(ping), &error), -1);
	assert_int_equal(error.kind, ERROR_SERVICE);
	end_dispose(&client);
}

/* The limit is one for all fragments of a message. */
static void test_limit_of_fragments(void **state)
{
	struct end client;
	struct error error;
	char piece[1024];

	(void)state;
	memset(piece, 'x', sizeof(piece));
	end_init(&client, false);
	assert_int_equal(websocket_take(client.websocket, "\x01\x7e\x04\x00", 4, &error), 0);
	assert_int_equal(websocket_take(client.websocket, piece, 1024, &error), 0);
	assert_int_equal(websocket_take(client.websocket, "\x00\x7e\x04\x00", 4, &error), 0);
	assert_int_equal(websocket_take(client.websocket, piece, 1024, &error), 0);
	assert_int_equal(websocket_take(client.websocket, "\x80\x01x", 3, &error), -1);
	assert_string_equal(error.message, "a message is over the limit of 2 KiB");
	end_dispose(&client);
}

/* Every client must mask. */
static void test_server_wants_masks(void **state)
{
	struct end server;
	struct error error;

	(void)state;
	end_init(&server, true);
	assert_int_equal(websocket_take(server.websocket, "\x81\x01x", 3, &error), -1);
	end_dispose(&server);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_greeting),
		cmocka_unit_test(test_both_ways),
		cmocka_unit_test(test_ping),
		cmocka_unit_test(test_close),
		cmocka_unit_test(test_close_without_a_code),
		cmocka_unit_test(test_fragments),
		cmocka_unit_test(test_bad_frames),
		cmocka_unit_test(test_broken_heads),
		cmocka_unit_test(test_long_ping),
		cmocka_unit_test(test_limit_of_fragments),
		cmocka_unit_test(test_server_wants_masks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
