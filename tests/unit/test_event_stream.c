/* Server-sent events in pieces of every size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "http/event_stream.h"

struct expectation {
	const char *stream;
	const char *events; /* each followed by "|" */
};

static const struct expectation expectations[] = {
	{"", ""},
	{"data: one\n\n", "one|"},
	{"data: one\n", ""},
	{"data:one\r\n\r\ndata:two\r\rdata:three\n\n", "one|two|three|"},
	{"id: 7\nevent: x\n: a comment\ndata: a\ndata: b\nretry: 1\n\n", "a\nb|"},
	{"data:  two blanks\n\n", " two blanks|"},
	{"data\n\n", "|"},
	{"data:\ndata:\n\n", "\n|"},
	{"database: no\nxdata: no\n\n", ""},
	{"\n\n\ndata: x\n\n\n\n", "x|"},
};

static bool note(void *context, const char *data, size_t len)
{
	struct buf *seen = context;

	assert_int_equal(strlen(data), len);
	buf_add(seen, data, len);
	buf_putc(seen, '|');
	return true;
}

static void pieces(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(expectations) / sizeof(expectations[0]); i++) {
		const char *text = expectations[i].stream;
		size_t len = strlen(text);

		for (size_t size = 1; size <= len + 1; size++) {
			struct event_stream stream = {0};
			struct buf seen = {0};

			for (size_t at = 0; at < len; at += size)
				assert_true(event_stream_take(&stream, text + at,
							      len - at < size ? len - at : size,
							      note, &seen));
			assert_string_equal(buf_cstr(&seen), expectations[i].events);
			event_stream_dispose(&stream);
			buf_dispose(&seen);
		}
	}
}

static bool refuse(void *context, const char *data, size_t len)
{
	(void)data;
	(void)len;
	(*(int *)context)++;
	return false;
}

static void enough(void **state)
{
	static const char text[] = "data: 1\n\ndata: 2\n\n";
	struct event_stream stream = {0};
	int count = 0;

	(void)state;
	assert_false(event_stream_take(&stream, text, strlen(text), refuse, &count));
	assert_int_equal(count, 1);
	event_stream_dispose(&stream);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(pieces), cmocka_unit_test(enough)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
