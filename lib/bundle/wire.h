/* The packets that esbuild's stdio service speaks: values, frames, no input or output.
 *
 * A frame is a little-endian 32-bit length and that many bytes. The child's first frame is its
 * version as text; every later one is a packet: a 32-bit word `id << 1 | is_response`, then one
 * value. The format: lib/bundle/README.md, esbuild's service. */
#ifndef ATTIO_BUNDLE_WIRE_H
#define ATTIO_BUNDLE_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct arena;

#define WIRE_DEPTH 64                   /* levels of arrays and maps */
#define WIRE_PACKET ((size_t)1 << 30)   /* bytes after the length word */
#define WIRE_ID_MAX ((uint32_t)1 << 31) /* ids are smaller than this */

enum wire_tag {
	WIRE_NULL,
	WIRE_BOOL,
	WIRE_INT,
	WIRE_STRING, /* UTF-8, but nobody checks */
	WIRE_BYTES,
	WIRE_ARRAY,
	WIRE_MAP
};

struct wire_value;

struct wire_text {
	const char *ptr; /* not NUL-terminated in a decoded packet */
	size_t len;
};

struct wire_value {
	enum wire_tag tag;
	uint32_t number;          /* WIRE_BOOL: 0 or 1; WIRE_INT (the child's -1 is 0xFFFFFFFF) */
	struct wire_text text;    /* WIRE_STRING, WIRE_BYTES */
	struct wire_value *items; /* WIRE_ARRAY; WIRE_MAP: the values */
	struct wire_text *keys;   /* WIRE_MAP: parallel to items */
	size_t count;
};

struct wire_packet {
	uint32_t id;
	bool response;
	struct wire_value value;
};

/* Making values. Texts are borrowed, arrays and maps grow in the arena. */
struct wire_value wire_null(void);
struct wire_value wire_bool(bool value);
struct wire_value wire_int(uint32_t value);
struct wire_value wire_string(const char *text);
struct wire_value wire_bytes(const void *bytes, size_t len);
struct wire_value wire_array(void);
struct wire_value wire_map(void);
void wire_push(struct arena *arena, struct wire_value *array, struct wire_value item);
void wire_put(struct arena *arena, struct wire_value *map, const char *key, struct wire_value item);

/* Reading values; all of them take NULL and values of another tag. */
const struct wire_value *wire_get(const struct wire_value *map, const char *key);
/* A NUL-terminated copy of a string or of bytes in the arena, NULL for anything else. */
char *wire_copy(struct arena *arena, const struct wire_value *value);
bool wire_text_is(const struct wire_value *value, const char *text);
uint32_t wire_number(const struct wire_value *value, uint32_t otherwise);

/* Appends one frame. -1: the value is deeper than WIRE_DEPTH or the packet longer than
 * WIRE_PACKET; the buffer is then as before. */
int wire_encode(struct buf *out, const struct wire_packet *packet);

/* Reads the bytes of one frame (without its length word). Nodes are in the arena, texts point into
 * `bytes`. -1: malformed, or over a limit; trailing bytes are malformed too. */
int wire_decode(struct arena *arena, const char *bytes, size_t len, struct wire_packet *packet);

enum wire_status {
	WIRE_MORE,  /* the next frame is not complete */
	WIRE_FRAME, /* one was taken */
	WIRE_BAD    /* its length is over WIRE_PACKET */
};

/* Takes the next frame of a stream, `bytes` from *start on, and moves *start behind it. The frame
 * points into `bytes`. */
enum wire_status wire_next(const struct buf *bytes, size_t *start, struct wire_text *frame);

#endif
