/* Bytes as they may come out of a child's pipe: cut into frames in pieces of changing size, each
 * frame decoded. What is taken must encode to the same bytes again, except that any bool but 0 is
 * 1. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "bundle/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct wire_text frame)
{
	struct arena *arena = arena_new();
	struct wire_packet packet, again;
	struct buf buf = {0};

	if (!wire_decode(arena, frame.ptr, frame.len, &packet)) {
		if (wire_encode(&buf, &packet) || buf.len != frame.len + 4)
			abort();
		if (wire_decode(arena, buf.ptr + 4, buf.len - 4, &again) || again.id != packet.id ||
		    again.response != packet.response || again.value.tag != packet.value.tag ||
		    again.value.count != packet.value.count)
			abort();
	}
	buf_dispose(&buf);
	arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf stream = {0};
	struct wire_text frame;
	size_t piece = 1, start = 0;

	while (size) {
		size_t len = piece < size ? piece : size;

		buf_add(&stream, data, len);
		data += len;
		size -= len;
		piece = piece % 61 + 3;
		while (wire_next(&stream, &start, &frame) == WIRE_FRAME)
			check(frame);
		buf_drop(&stream, start);
		start = 0;
	}
	buf_dispose(&stream);
	return 0;
}
