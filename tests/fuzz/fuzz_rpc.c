/* Bytes as they may come from a client's or a compiler's pipe: what is cut off them must be the
 * same whether they come at once or in pieces, and a body that is put in a frame again must come
 * out. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "json/json.h"
#include "json/rpc.h"

#define LIMIT ((size_t)1 << 16)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Appends the bodies, and how it ended. */
static void cut(const struct buf *input, size_t *start, struct buf *seen, enum rpc_status *status)
{
	struct error error;
	const char *body;
	size_t len;

	while ((*status = rpc_next(input, start, LIMIT, &body, &len, &error)) == RPC_FRAME) {
		if (len > LIMIT || body < input->ptr || body + len != input->ptr + *start)
			abort();
		buf_printf(seen, "%zu:", len);
		buf_add(seen, body, len);
	}
	if (*status == RPC_BAD && (error.why[0] == '\0' || error.kind != ERROR_SERVICE))
		abort();
	if (*start > input->len)
		abort();
}

static void put_again(const char *text, size_t len)
{
	struct error ignored;
	cJSON *message = json_parse(text, len, "message", NULL, &ignored);
	struct buf frame = {0}, plain = {0};
	const char *body;
	size_t start = 0, out;

	if (message == NULL)
		return;
	json_print(&plain, message, false);
	rpc_put(&frame, message);
	if (plain.len <= LIMIT &&
	    (rpc_next(&frame, &start, LIMIT, &body, &out, &ignored) != RPC_FRAME ||
	     out != plain.len || memcmp(body, plain.ptr, out) != 0 || start != frame.len))
		abort();
	buf_dispose(&frame);
	buf_dispose(&plain);
	cJSON_Delete(message);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf whole = {0}, pieces = {0}, seen = {0}, again = {0};
	enum rpc_status status, last = RPC_MORE;
	size_t start = 0, piece = 1;

	buf_add(&whole, data, size);
	cut(&whole, &start, &seen, &status);
	start = 0;
	for (size_t at = 0; at < size && last != RPC_BAD; at += piece, piece = piece % 61 + 3) {
		buf_add(&pieces, data + at, piece < size - at ? piece : size - at);
		cut(&pieces, &start, &again, &last);
		buf_drop(&pieces, start);
		start = 0;
	}
	if (last != status || seen.len != again.len ||
	    (seen.len > 0 && memcmp(seen.ptr, again.ptr, seen.len) != 0))
		abort();
	put_again((const char *)data, size);
	buf_dispose(&whole);
	buf_dispose(&pieces);
	buf_dispose(&seen);
	buf_dispose(&again);
	return 0;
}
