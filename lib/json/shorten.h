/* JSON that is passed on to be looked at: strings that nobody would read to their end are cut. The
 * text is one that a JSON.stringify wrote, as in slice.h; any other stays the same up to what is
 * cut. */
#ifndef ATTIO_JSON_SHORTEN_H
#define ATTIO_JSON_SHORTEN_H

#include <stddef.h>

#include "json/slice.h"

struct buf;

/* Appends the text with each string of more than `most` bytes (as they are written there, escapes
 * and all) cut behind a whole character and ended with U+2026. How many bytes were left out. */
size_t json_shorten(struct buf *out, struct json_slice text, size_t most);

#endif
