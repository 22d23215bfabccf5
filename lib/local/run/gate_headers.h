/* Headers of the requests that go out through the gate, and of their answers. */
#ifndef ATTIO_LOCAL_RUN_GATE_HEADERS_H
#define ATTIO_LOCAL_RUN_GATE_HEADERS_H

#include <stdbool.h>

#include "json/slice.h"

struct arena;
struct buf;

/* A request's headers are [[name, value]]. NULL when it has none of this name; case is nothing. */
const char *gate_header(struct arena *arena, struct json_slice headers, const char *name);
/* As lines for the wire, with NULL at the end; what would break a line is left out, and so is
 * Authorization for another origin. */
const char **gate_header_lines(struct arena *arena, struct json_slice headers, bool other_origin);
/* Where an answer ("Name: value\n" lines) redirects to; NULL when nowhere. */
const char *gate_location(struct arena *arena, struct buf *headers);

#endif
