/* WebSocket frames from the network, to a client or a server, in two pieces. A text that comes out
 * is UTF-8, and nothing is over the limit. */
#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "http/websocket.h"

#define LIMIT ((size_t)4096)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(void *context, bool text, const char *bytes, size_t len)
{
	struct websocket **websocket = context;

	if (len > LIMIT || bytes[len] != '\0')
		abort();
	if (text && utf8_invalid_at(bytes, len) != len)
		abort();
	/* What is sent from within must not disturb what is read. */
	websocket_send(*websocket, "got it", 6);
}

/* The first byte says which end we are and where the pieces part. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct websocket *websocket = NULL;
	const struct websocket_options options = {.server = size > 0 && (data[0] & 1) != 0,
						  .limit = LIMIT,
						  .sink = check,
						  .context = &websocket};
	struct error error;
	size_t part;

	if (size == 0)
		return 0;
	part = 1 + (size_t)(data[0] >> 1) % size;
	websocket = websocket_new(&options, &error);
	if (websocket == NULL)
		return 0;
	websocket_take(websocket, (const char *)data + 1, part - 1, &error);
	websocket_take(websocket, (const char *)data + part, size - part, &error);
	if (websocket_close_code(websocket) != WEBSOCKET_NOT_SAID && !websocket_is_over(websocket))
		abort();
	websocket_close(websocket, WEBSOCKET_NORMAL, websocket_close_reason(websocket));
	websocket_free(websocket);
	return 0;
}
