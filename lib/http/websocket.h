/* wslay: one end of a WebSocket connection (RFC 6455) without the connection, the same for clients
 * and servers: bytes that came go in, messages come out, and bytes that are to be sent wait in a
 * buffer. Masks, fragments, pings and the closing handshake are seen to here; what breaks the
 * protocol, is no UTF-8 or is over the limit ends the connection with the code that says so. Who
 * has the socket carries the bytes: websocket_client.h, and the server's upgraded connections. */
#ifndef ATTIO_HTTP_WEBSOCKET_H
#define ATTIO_HTTP_WEBSOCKET_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct error;
struct websocket;

/* --- the greeting over HTTP --------------------------------------------------------------------
 */

#define WEBSOCKET_KEY_SIZE 25
#define WEBSOCKET_ACCEPT_SIZE 29

/* A new value of Sec-WebSocket-Key. -1 with ERROR_SYSTEM. */
int websocket_key(char key[WEBSOCKET_KEY_SIZE], struct error *error);
/* The value of Sec-WebSocket-Accept that answers a key. False: that is no key. */
bool websocket_accept(const char *key, char accept[WEBSOCKET_ACCEPT_SIZE]);

/* --- after it ----------------------------------------------------------------------------------
 */

/* Codes of closing (RFC 6455, 7.4) that we say or look at. */
enum websocket_code {
	WEBSOCKET_NORMAL = 1000,
	WEBSOCKET_GOING_AWAY = 1001,
	WEBSOCKET_PROTOCOL = 1002,
	WEBSOCKET_NO_CODE = 1005,  /* they closed and said none */
	WEBSOCKET_NOT_SAID = 1006, /* they have not closed */
	WEBSOCKET_BAD_TEXT = 1007,
	WEBSOCKET_POLICY = 1008,
	WEBSOCKET_TOO_BIG = 1009,
	WEBSOCKET_INTERNAL = 1011
};

/* A message that has come as a whole; text is valid UTF-8. The bytes are borrowed, and end with a
 * NUL that is not theirs. It may send, ping and close, but not take or free. */
typedef void websocket_sink(void *context, bool text, const char *bytes, size_t len);

struct websocket_options {
	bool server;  /* else a client: the one that masks */
	size_t limit; /* of a message, in bytes */
	websocket_sink *sink;
	void *context;
};

/* NULL with ERROR_SYSTEM. */
struct websocket *websocket_new(const struct websocket_options *options, struct error *error);
/* NULL is fine. */
void websocket_free(struct websocket *websocket);

/* Takes bytes that came, in pieces of any size. -1: the other end broke the protocol or the limit
 * (ERROR_SERVICE; what tells it so is in the output), or there is no memory (ERROR_SYSTEM). What
 * comes after that, or after a close, is not looked at. */
int websocket_take(struct websocket *websocket, const char *bytes, size_t len, struct error *error);
/* Queues a message of text. False when the connection closes already. */
bool websocket_send(struct websocket *websocket, const char *text, size_t len);
/* The same of bytes. */
bool websocket_send_bytes(struct websocket *websocket, const char *bytes, size_t len);
/* Asks the other end for a sign of life: it answers with bytes, which is all that is seen of it. */
bool websocket_ping(struct websocket *websocket);
/* Begins to close; `reason` (at most 123 bytes, or NULL) is for people. Again: does nothing. */
void websocket_close(struct websocket *websocket, unsigned code, const char *reason);
/* What is to be sent now: who sends removes from it. */
struct buf *websocket_output(struct websocket *websocket);

/* Nothing will come out any more, and nothing can be sent: the connection can be cut once the
 * output is sent. A client lets the server cut it first, for a moment. */
bool websocket_is_over(const struct websocket *websocket);
/* The code that the other end closed with, or WEBSOCKET_NOT_SAID; its reason, "" without one. */
unsigned websocket_close_code(const struct websocket *websocket);
const char *websocket_close_reason(const struct websocket *websocket);

#endif
