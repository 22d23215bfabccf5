/* Where a value stands in a JSON text: cJSON keeps no positions. */
#ifndef ATTIO_JSON_WHERE_H
#define ATTIO_JSON_WHERE_H

#include <stdbool.h>
#include <stddef.h>

/* In bytes from the start of the text. */
struct json_where {
	size_t key_start, key_end; /* the member's name with its quotes; both 0 in an array */
	size_t start, end;         /* the value */
};

/* Finds the value at `path`, which ends with NULL: names of members, and in arrays the index in
 * decimal digits. Of equal names the first one counts, as in json.h. `text` must be JSON that
 * json_parse took. False when there is no such value. */
bool json_where(const char *text, size_t len, const char *const *path, struct json_where *where);

#endif
