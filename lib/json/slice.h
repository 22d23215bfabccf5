/* JSON that is passed on rather than understood: parts of a text, found without making a tree of
 * it. What app code says to app code goes through us this way, byte for byte: a tree would cut
 * strings at \u0000, round numbers and cost more than the call. The text is one that a
 * JSON.stringify wrote; in any other nothing is found, or something that lies inside it. */
#ifndef ATTIO_JSON_SLICE_H
#define ATTIO_JSON_SLICE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct json_slice {
	const char *at; /* NULL: nothing */
	size_t len;     /* bytes, without white space around the value */
};

/* The value that begins at the first byte that is no white space. */
struct json_slice json_slice_of(const char *text, size_t len);
/* The member of an object; nothing when there is none or it is no object. */
struct json_slice json_slice_member(struct json_slice object, const char *key);
/* One element after the other of an array: start with *at = 0; false at the end. */
bool json_slice_next(struct json_slice array, size_t *at, struct json_slice *element);

/* The bytes of a string with their number, in the arena; NULL when it is none. They may hold NUL
 * characters. */
const char *json_slice_bytes(struct arena *arena, struct json_slice slice, size_t *len);
/* The same as a C string: U+FFFD stands in place of each NUL, so that two names that differ behind
 * one do not become the same name, and none is cut to somebody else's. */
const char *json_slice_string(struct arena *arena, struct json_slice slice);
/* The same of a member; NULL when it is absent or no string. */
const char *json_slice_text(struct arena *arena, struct json_slice object, const char *key);
/* A whole number; `otherwise` when it is none. */
long long json_slice_int(struct json_slice object, const char *key, long long otherwise);
/* Whether the member is `true`. */
bool json_slice_true(struct json_slice object, const char *key);

#endif
