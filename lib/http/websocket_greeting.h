/* What a WebSocket connection begins with on the client's side (RFC 6455, 4.1): a request of HTTP,
 * and an answer that takes it, or any other. */
#ifndef ATTIO_HTTP_WEBSOCKET_GREETING_H
#define ATTIO_HTTP_WEBSOCKET_GREETING_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* A head longer than this (bytes) is none. */
#define WEBSOCKET_HEAD_LIMIT ((size_t)64 << 10)

/* Appends the request. `target` is the path with its query, which may be secret. */
void websocket_greeting_put(struct buf *out, const char *host, const char *target, const char *key);

struct websocket_answer {
	long status;
	bool accepted;   /* 101 with all that belongs to it: frames follow the head */
	size_t head_len; /* with the empty line */
	size_t body_len; /* as Content-Length has it; 0 without one, or when it is no number */
};

/* Reads the answer to the request with this key. 1: *answer is filled; 0: its head is not complete
 * yet; -1: that is not HTTP. */
int websocket_answer_read(const char *bytes, size_t len, const char *key,
			  struct websocket_answer *answer);

#endif
