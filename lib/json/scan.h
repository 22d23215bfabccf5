/* Strict JSON (RFC 8259) checked before cJSON sees it: cJSON by itself takes control characters as
 * white space, raw line ends in strings, numbers like `01`, and cuts strings at \u0000. */
#ifndef ATTIO_JSON_SCAN_H
#define ATTIO_JSON_SCAN_H

#include <stddef.h>

/* NULL when `text` is one JSON value of at most JSON_DEPTH levels; else what is wrong, as a phrase,
 * and *offset is where. */
const char *json_scan(const char *text, size_t len, size_t *offset);

/* Puts spaces over comments and trailing commas, so that offsets stay the same. */
void json_blank_comments(char *text, size_t len);

/* Puts \uFFFD in place of each \u0000, which cJSON cannot hold, so that offsets stay the same. */
void json_replace_nul(char *text, size_t len);

/* The same for each half of a surrogate pair that stands alone, too: JavaScript writes both. */
void json_mend_escapes(char *text, size_t len);

#endif
