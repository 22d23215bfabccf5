/* Names that stand twice in one object of a JSON text: a parser takes the one or the other, without
 * a word. */
#ifndef ATTIO_JSON_TWICE_H
#define ATTIO_JSON_TWICE_H

#include <stddef.h>

struct arena;

/* In bytes from the start of the text, quotes included. */
struct json_twice {
	const char *name; /* as it is written, without the quotes */
	size_t first, first_end;
	size_t again, again_end;
};

/* In the order of the text, in `arena`. `text` must be JSON that json_parse took. Names are the
 * same if they are written the same. */
struct json_twice *json_twice_find(const char *text, size_t len, struct arena *arena,
				   size_t *count);

#endif
