/* JSON-RPC in frames, as language servers speak it over pipes: header fields that end with CR LF,
 * one of them Content-Length, an empty line, and as many bytes of JSON. Nothing here reads or
 * writes a pipe. Source: Language Server Protocol 3.17, "Base Protocol". */
#ifndef ATTIO_JSON_RPC_H
#define ATTIO_JSON_RPC_H

#include <stddef.h>

#include <cjson/cJSON.h>

struct buf;
struct error;

#define RPC_HEADER_LIMIT ((size_t)4096) /* bytes of all header fields */

enum rpc_status {
	RPC_MORE,  /* the next frame is not complete */
	RPC_FRAME, /* *body, which may be any bytes, borrowed from the input */
	RPC_BAD    /* no frame; where the next one begins cannot be told any more */
};

/* Cuts frames off what was received: looks at `input` from *start on and moves it behind the frame.
 * `limit` is the longest body. RPC_BAD fills the error (ERROR_SERVICE), as soon as it can be seen.
 */
enum rpc_status rpc_next(const struct buf *input, size_t *start, size_t limit, const char **body,
			 size_t *len, struct error *error);

/* Appends a message in its frame. */
void rpc_put(struct buf *out, const cJSON *message);

#endif
