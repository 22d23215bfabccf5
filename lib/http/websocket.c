/* wslay asks for bytes and hands bytes over by callbacks; here both sides of it are memory. */
#include "http/websocket.h"

#include <stdint.h>
#include <string.h>

#include <wslay/wslay.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/random.h"
#include "base/sha1.h"

#define KEY_BYTES 16
#define REASON_LIMIT 123

struct websocket {
	wslay_event_context_ptr wslay;
	struct websocket_options options;
	const char *bytes; /* borrowed from websocket_take, while it runs */
	size_t len;
	struct buf message; /* with its NUL */
	struct buf output;
	char reason[REASON_LIMIT + 1];
	bool failed;
};

/* --- the greeting ------------------------------------------------------------------------------
 */

int websocket_key(char key[WEBSOCKET_KEY_SIZE], struct error *error)
{
	unsigned char bytes[KEY_BYTES];
	struct buf text = {0};

	if (random_bytes(bytes, sizeof(bytes), error) != 0)
		return -1;
	base64_put(&text, bytes, sizeof(bytes));
	memcpy(key, buf_cstr(&text), WEBSOCKET_KEY_SIZE);
	buf_dispose(&text);
	return 0;
}

bool websocket_accept(const char *key, char accept[WEBSOCKET_ACCEPT_SIZE])
{
	/* RFC 6455, 1.3 */
	static const char guid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
	unsigned char sum[SHA1_SIZE];
	struct buf text = {0};
	bool sound = base64_read(key, strlen(key), &text) && text.len == KEY_BYTES;

	if (sound) {
		buf_clear(&text);
		buf_puts(&text, key);
		buf_puts(&text, guid);
		sha1(text.ptr, text.len, sum);
		buf_clear(&text);
		base64_put(&text, sum, sizeof(sum));
		memcpy(accept, buf_cstr(&text), WEBSOCKET_ACCEPT_SIZE);
	}
	buf_dispose(&text);
	return sound;
}

/* --- wslay's side ------------------------------------------------------------------------------
 */

static ssize_t give_bytes(wslay_event_context_ptr wslay, uint8_t *out, size_t len, int flags,
			  void *context)
{
	struct websocket *websocket = context;
	size_t count = websocket->len < len ? websocket->len : len;

	(void)flags;
	if (count == 0) {
		wslay_event_set_error(wslay, WSLAY_ERR_WOULDBLOCK);
		return -1;
	}
	memcpy(out, websocket->bytes, count);
	websocket->bytes += count;
	websocket->len -= count;
	return (ssize_t)count;
}

static ssize_t take_bytes(wslay_event_context_ptr wslay, const uint8_t *bytes, size_t len,
			  int flags, void *context)
{
	struct websocket *websocket = context;

	(void)wslay;
	(void)flags;
	buf_add(&websocket->output, bytes, len);
	return (ssize_t)len;
}

static int make_mask(wslay_event_context_ptr wslay, uint8_t *out, size_t len, void *context)
{
	struct error ignored;

	(void)wslay;
	(void)context;
	return random_bytes(out, len, &ignored);
}

static void keep_reason(struct websocket *websocket, const uint8_t *bytes, size_t len)
{
	/* The first two are the code. */
	len = len > 2 ? len - 2 : 0;
	if (len > REASON_LIMIT)
		len = REASON_LIMIT;
	if (len > 0)
		memcpy(websocket->reason, bytes + 2, len);
	websocket->reason[len] = '\0';
}

static void on_message(wslay_event_context_ptr wslay, const struct wslay_event_on_msg_recv_arg *arg,
		       void *context)
{
	struct websocket *websocket = context;

	(void)wslay;
	if (arg->opcode == WSLAY_CONNECTION_CLOSE)
		keep_reason(websocket, arg->msg, arg->msg_length);
	if (arg->opcode != WSLAY_TEXT_FRAME && arg->opcode != WSLAY_BINARY_FRAME)
		return;
	buf_clear(&websocket->message);
	buf_add(&websocket->message, arg->msg, arg->msg_length);
	websocket->options.sink(websocket->options.context, arg->opcode == WSLAY_TEXT_FRAME,
				buf_cstr(&websocket->message), arg->msg_length);
}

/* --- ours --------------------------------------------------------------------------------------
 */

struct websocket *websocket_new(const struct websocket_options *options, struct error *error)
{
	static const struct wslay_event_callbacks callbacks = {
		.recv_callback = give_bytes,
		.send_callback = take_bytes,
		.genmask_callback = make_mask,
		.on_msg_recv_callback = on_message,
	};
	struct websocket *websocket = mem_zalloc(1, sizeof(*websocket));
	int failure;

	websocket->options = *options;
	failure =
		options->server
			? wslay_event_context_server_init(&websocket->wslay, &callbacks, websocket)
			: wslay_event_context_client_init(&websocket->wslay, &callbacks, websocket);
	if (failure != 0) {
		mem_free(websocket);
		error_set(error, ERROR_SYSTEM, "there is not enough memory");
		return NULL;
	}
	wslay_event_config_set_max_recv_msg_length(websocket->wslay, options->limit);
	return websocket;
}

void websocket_free(struct websocket *websocket)
{
	if (websocket == NULL)
		return;
	wslay_event_context_free(websocket->wslay);
	buf_dispose(&websocket->message);
	buf_dispose(&websocket->output);
	mem_free(websocket);
}

/* Why wslay closes although the other end did not. */
static int complain(struct websocket *websocket, struct error *error)
{
	const char *why;

	websocket->failed = true;
	switch (wslay_event_get_status_code_sent(websocket->wslay)) {
	case WEBSOCKET_TOO_BIG:
		return error_set(error, ERROR_SERVICE, "a message is over the limit of %zu KiB",
				 websocket->options.limit >> 10);
	case WEBSOCKET_BAD_TEXT:
		why = "a text is not UTF-8";
		break;
	default:
		why = "a frame is not as the protocol has it";
		break;
	}
	error_set(error, ERROR_SERVICE, "what came is no WebSocket message");
	return error_why(error, "%s", why);
}

int websocket_take(struct websocket *websocket, const char *bytes, size_t len, struct error *error)
{
	int failure;
	bool closed = wslay_event_get_close_sent(websocket->wslay) != 0;

	if (websocket->failed || wslay_event_want_read(websocket->wslay) == 0)
		return 0;
	websocket->bytes = bytes;
	websocket->len = len;
	failure = wslay_event_recv(websocket->wslay);
	websocket->bytes = NULL;
	websocket->len = 0;
	if (failure == 0)
		failure = wslay_event_send(websocket->wslay);
	if (failure == WSLAY_ERR_NOMEM) {
		websocket->failed = true;
		return error_set(error, ERROR_SYSTEM, "there is not enough memory");
	}
	/* A ping that is too long for its answer, for one. */
	if (failure != 0)
		return complain(websocket, error);
	/* It reads no more although nobody closed: that is its verdict. */
	if (wslay_event_want_read(websocket->wslay) == 0 &&
	    wslay_event_get_close_received(websocket->wslay) == 0 && !closed)
		return complain(websocket, error);
	return 0;
}

static bool queue(struct websocket *websocket, uint8_t opcode, const void *bytes, size_t len)
{
	const struct wslay_event_msg message = {.opcode = opcode, .msg = bytes, .msg_length = len};

	return wslay_event_queue_msg(websocket->wslay, &message) == 0 &&
	       wslay_event_send(websocket->wslay) == 0;
}

bool websocket_send(struct websocket *websocket, const char *text, size_t len)
{
	return queue(websocket, WSLAY_TEXT_FRAME, text, len);
}

bool websocket_send_bytes(struct websocket *websocket, const char *bytes, size_t len)
{
	return queue(websocket, WSLAY_BINARY_FRAME, bytes, len);
}

bool websocket_ping(struct websocket *websocket)
{
	return queue(websocket, WSLAY_PING, NULL, 0);
}

void websocket_close(struct websocket *websocket, unsigned code, const char *reason)
{
	size_t len = reason != NULL ? strlen(reason) : 0;

	if (len > REASON_LIMIT)
		len = 0;
	if (wslay_event_queue_close(websocket->wslay, (uint16_t)code, (const uint8_t *)reason,
				    len) == 0)
		wslay_event_send(websocket->wslay);
}

struct buf *websocket_output(struct websocket *websocket)
{
	return &websocket->output;
}

bool websocket_is_over(const struct websocket *websocket)
{
	return websocket->failed || wslay_event_want_read(websocket->wslay) == 0;
}

unsigned websocket_close_code(const struct websocket *websocket)
{
	if (wslay_event_get_close_received(websocket->wslay) == 0)
		return WEBSOCKET_NOT_SAID;
	return wslay_event_get_status_code_received(websocket->wslay);
}

const char *websocket_close_reason(const struct websocket *websocket)
{
	return websocket->reason;
}
