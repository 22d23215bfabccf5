/* Bodies of HTTP messages inside JSON: a string, or where the bytes are not UTF-8 their base64 with
 * "encoding": "base64" beside it. */
#ifndef ATTIO_JSON_BODY_H
#define ATTIO_JSON_BODY_H

#include <stddef.h>

#include "json/slice.h"

struct arena;
struct buf;

/* Appends the members, without a comma around them: "body":"..." and maybe "encoding". */
void json_put_body(struct buf *out, const void *bytes, size_t len);
/* The body of an object, in the arena; NULL, with *len = 0, when it has none (null or absent) or
 * one that is not as above. It may hold NUL characters. */
const char *json_read_body(struct arena *arena, struct json_slice object, size_t *len);

#endif
