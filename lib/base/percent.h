/* Percent-encoding, as paths and queries of URLs and forms have it (RFC 3986, and WHATWG's URL
 * standard for forms). Encoding a path is http.h's, which knows what goes on the wire. */
#ifndef ATTIO_BASE_PERCENT_H
#define ATTIO_BASE_PERCENT_H

#include <stddef.h>

struct arena;

/* What a plus sign is: itself in a path, a blank in a query or a form. */
enum percent_plus { PERCENT_PLUS_IS_PLUS, PERCENT_PLUS_IS_BLANK };

/* The `len` bytes decoded, in the arena. NULL when an escape is cut or has no two hexadecimal
 * digits, stands for a NUL, or when what comes out is not UTF-8. */
const char *percent_decode(struct arena *arena, const char *text, size_t len,
			   enum percent_plus plus);

#endif
