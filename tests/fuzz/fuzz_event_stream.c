/* A stream of server-sent events gives the same events whatever pieces it comes in. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "http/event_stream.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool note(void *context, const char *text, size_t len)
{
	struct buf *seen = context;

	buf_printf(seen, "%zu:", len);
	buf_add(seen, text, len);
	return true;
}

static void read_in(const uint8_t *data, size_t size, size_t piece, struct buf *seen)
{
	struct event_stream stream = {0};

	for (size_t at = 0; at < size; at += piece)
		event_stream_take(&stream, (const char *)data + at,
				  size - at < piece ? size - at : piece, note, seen);
	event_stream_dispose(&stream);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf whole = {0}, bytes = {0};

	read_in(data, size, size + 1, &whole);
	read_in(data, size, 1, &bytes);
	if (whole.len != bytes.len || memcmp(buf_cstr(&whole), buf_cstr(&bytes), whole.len) != 0)
		abort();
	buf_dispose(&whole);
	buf_dispose(&bytes);
	return 0;
}
