/* esbuild's packets: every tag both ways, every place where a packet can be cut, limits, and frames
 * that come in pieces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/mem.h"
#include "bundle/wire.h"

/* A packet with every tag, empty texts and lists, nesting, a NUL byte inside. */
static struct wire_packet sample(struct arena *arena)
{
	struct wire_packet packet = {.id = 7, .response = true, .value = wire_map()};
	struct wire_value list = wire_array(), inner = wire_map();

	wire_push(arena, &list, wire_null());
	wire_push(arena, &list, wire_bool(true));
	wire_push(arena, &list, wire_bool(false));
	wire_push(arena, &list, wire_int(0));
	wire_push(arena, &list, wire_int(0xFFFFFFFF));
	wire_push(arena, &list, wire_string(""));
	wire_push(arena, &list, wire_string("caf\xc3\xa9"));
	wire_push(arena, &list, wire_bytes("a\0b", 3));
	wire_push(arena, &list, wire_bytes("", 0));
	wire_push(arena, &list, wire_array());
	wire_push(arena, &list, wire_map());
	wire_put(arena, &inner, "", wire_string("empty key"));
	wire_put(arena, &inner, "list", list);
	wire_put(arena, &packet.value, "inner", inner);
	wire_put(arena, &packet.value, "id", wire_int(5));
	return packet;
}

static void assert_same(const struct wire_value *a, const struct wire_value *b)
{
	assert_int_equal(a->tag, b->tag);
	assert_int_equal(a->number, b->number);
	assert_int_equal(a->text.len, b->text.len);
	if (a->text.len)
		assert_memory_equal(a->text.ptr, b->text.ptr, a->text.len);
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i++) {
		if (a->tag == WIRE_MAP) {
			assert_int_equal(a->keys[i].len, b->keys[i].len);
			if (a->keys[i].len)
				assert_memory_equal(a->keys[i].ptr, b->keys[i].ptr, a->keys[i].len);
		}
		assert_same(&a->items[i], &b->items[i]);
	}
}

static void test_round_trip(void **state)
{
	struct arena *arena = arena_new();
	struct wire_packet packet = sample(arena), again;
	struct buf buf = {0};

	(void)state;
	assert_int_equal(wire_encode(&buf, &packet), 0);
	assert_int_equal(wire_decode(arena, buf.ptr + 4, buf.len - 4, &again), 0);
	assert_int_equal(again.id, 7);
	assert_true(again.response);
	assert_same(&packet.value, &again.value);
	buf_dispose(&buf);
	arena_free(arena);
}

/* The bytes as the protocol describes them, not only our own idea of them. */
static void test_bytes(void **state)
{
	static const char expected[] = "\x1f\0\0\0"                      /* length */
				       "\x05\0\0\0"                      /* id 2, response */
				       "\x06\x02\0\0\0"                  /* map of 2 */
				       "\x01\0\0\0k\x02\xff\xff\xff\xff" /* k: -1 */
				       "\x01\0\0\0s\x03\x02\0\0\0hi";    /* s: "hi" */
	struct arena *arena = arena_new();
	struct wire_packet packet = {.id = 2, .response = true, .value = wire_map()};
	struct buf buf = {0};

	(void)state;
	wire_put(arena, &packet.value, "k", wire_int(0xFFFFFFFF));
	wire_put(arena, &packet.value, "s", wire_string("hi"));
	assert_int_equal(wire_encode(&buf, &packet), 0);
	assert_int_equal(buf.len, sizeof(expected) - 1);
	assert_memory_equal(buf.ptr, expected, buf.len);
	buf_dispose(&buf);
	arena_free(arena);
}

/* A packet that is cut anywhere, or has a byte too many, is refused. */
static void test_cut(void **state)
{
	struct arena *arena = arena_new();
	struct wire_packet packet = sample(arena), again;
	struct buf buf = {0};

	(void)state;
	assert_int_equal(wire_encode(&buf, &packet), 0);
	for (size_t len = 0; len < buf.len - 4; len++) {
		/* A copy of that size, so that reading past the end is seen. */
		char *cut = mem_alloc(len);

		memcpy(cut, buf.ptr + 4, len);
		assert_int_equal(wire_decode(arena, cut, len, &again), -1);
		mem_free(cut);
	}
	buf_putc(&buf, '\0');
	assert_int_equal(wire_decode(arena, buf.ptr + 4, buf.len - 4, &again), -1);
	buf_dispose(&buf);
	arena_free(arena);
}

static void test_refused(void **state)
{
	static const struct {
		const char *what, *bytes;
		size_t len;
	} rows[] = {
		{"unknown tag", "\0\0\0\0\x07", 5},
		{"negative tag", "\0\0\0\0\xff", 5},
		{"array of 4 G", "\0\0\0\0\x05\xff\xff\xff\xff", 9},
		{"array one longer than the bytes", "\0\0\0\0\x05\x03\0\0\0\0\0", 11},
		{"map of 4 G", "\0\0\0\0\x06\xff\xff\xff\xff", 9},
		{"map without room for its keys", "\0\0\0\0\x06\x02\0\0\0\0\0\0\0\0", 14},
		{"string of 4 G", "\0\0\0\0\x03\xff\xff\xff\xff", 9},
		{"bytes of 4 G", "\0\0\0\0\x04\xff\xff\xff\xff", 9},
		{"key of 4 G", "\0\0\0\0\x06\x01\0\0\0\xff\xff\xff\xff\0", 14},
	};
	struct arena *arena = arena_new();
	struct wire_packet packet;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (wire_decode(arena, rows[i].bytes, rows[i].len, &packet) != -1)
			fail_msg("taken: %s", rows[i].what);
	}
	arena_free(arena);
}

/* Arrays of one array each, `depth` levels, around a null. */
static int decode_nested(size_t depth)
{
	struct arena *arena = arena_new();
	struct wire_packet packet;
	struct buf buf = {0};
	int result;

	buf_add(&buf, "\0\0\0\0", 4);
	for (size_t i = 0; i < depth; i++)
		buf_add(&buf, "\x05\x01\0\0\0", 5);
	buf_putc(&buf, 0);
	result = wire_decode(arena, buf.ptr, buf.len, &packet);
	buf_dispose(&buf);
	arena_free(arena);
	return result;
}

static void test_depth(void **state)
{
	struct arena *arena = arena_new();
	struct wire_packet packet = {.value = wire_null()};
	struct buf buf = {0};

	(void)state;
	assert_int_equal(decode_nested(WIRE_DEPTH), 0);
	assert_int_equal(decode_nested(WIRE_DEPTH + 1), -1);
	assert_int_equal(decode_nested(1000000), -1);
	for (size_t i = 0; i < WIRE_DEPTH; i++) {
		struct wire_value around = wire_array();

		wire_push(arena, &around, packet.value);
		packet.value = around;
	}
	assert_int_equal(wire_encode(&buf, &packet), 0);
	buf_clear(&buf);
	buf_puts(&buf, "before");
	struct wire_value around = wire_array();
	wire_push(arena, &around, packet.value);
	packet.value = around;
	assert_int_equal(wire_encode(&buf, &packet), -1);
	assert_string_equal(buf_cstr(&buf), "before");
	buf_dispose(&buf);
	arena_free(arena);
}

static void test_stream(void **state)
{
	static const char two[] = "\x03\0\0\0abc\0\0\0\0\x02\0\0\0de";
	static const char *const frames[] = {"abc", "", "de"};
	size_t total = sizeof(two) - 1;

	(void)state;
	/* All at once, then in pieces of every size. */
	for (size_t piece = total; piece > 0; piece--) {
		struct buf stream = {0};
		struct wire_text frame;
		size_t seen = 0, start = 0;

		for (size_t at = 0; at < total; at += piece) {
			buf_add(&stream, two + at, total - at < piece ? total - at : piece);
			while (wire_next(&stream, &start, &frame) == WIRE_FRAME) {
				assert_true(seen < ARRAY_LEN(frames));
				assert_int_equal(frame.len, strlen(frames[seen]));
				if (frame.len)
					assert_memory_equal(frame.ptr, frames[seen], frame.len);
				seen++;
			}
		}
		assert_int_equal(seen, ARRAY_LEN(frames));
		assert_int_equal(wire_next(&stream, &start, &frame), WIRE_MORE);
		buf_dispose(&stream);
	}
}

static void test_frame_too_long(void **state)
{
	struct buf stream = {0};
	struct wire_text frame;
	size_t start = 0;

	(void)state;
	buf_add(&stream, "\x00\x00\x00\x40", 4); /* exactly 1 GiB: wait for it */
	assert_int_equal(wire_next(&stream, &start, &frame), WIRE_MORE);
	stream.len = 0;
	buf_add(&stream, "\x01\x00\x00\x40", 4);
	assert_int_equal(wire_next(&stream, &start, &frame), WIRE_BAD);
	stream.len = 0;
	buf_add(&stream, "\xff\xff\xff\xff", 4);
	assert_int_equal(wire_next(&stream, &start, &frame), WIRE_BAD);
	buf_dispose(&stream);
}

static void test_reading(void **state)
{
	struct arena *arena = arena_new();
	struct wire_packet packet = sample(arena);
	const struct wire_value *inner = wire_get(&packet.value, "inner");
	const struct wire_value *list = wire_get(inner, "list");

	(void)state;
	assert_true(wire_text_is(wire_get(inner, ""), "empty key"));
	assert_false(wire_text_is(wire_get(inner, ""), "empty"));
	assert_null(wire_get(inner, "missing"));
	assert_null(wire_get(list, "inner"));
	assert_null(wire_get(NULL, "inner"));
	assert_int_equal(wire_number(wire_get(&packet.value, "id"), 9), 5);
	assert_int_equal(wire_number(inner, 9), 9);
	assert_int_equal(wire_number(NULL, 9), 9);
	assert_string_equal(wire_copy(arena, &list->items[6]), "caf\xc3\xa9");
	assert_memory_equal(wire_copy(arena, &list->items[7]), "a\0b", 4);
	assert_null(wire_copy(arena, list));
	assert_null(wire_copy(arena, NULL));
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_stream),
		cmocka_unit_test(test_frame_too_long),
		cmocka_unit_test(test_reading),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
