/* Questions about strings that the C library does not answer. */
#ifndef ATTIO_BASE_STR_H
#define ATTIO_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

bool str_starts(const char *text, const char *prefix);
bool str_ends(const char *text, const char *suffix);
bool str_equal(const char *a, const char *b); /* NULL equals only NULL */
/* Whether two texts, neither NULL, are equal. For names that mostly differ at once: without a call
 * when they do. */
static inline bool str_is(const char *a, const char *b)
{
	return a[0] == b[0] && (a[0] == '\0' || (a[1] == b[1] && strcmp(a, b) == 0));
}

/* Levenshtein distance with transpositions, in bytes; stops counting past `limit` (returns
 * limit + 1). */
size_t str_distance(const char *a, const char *b, size_t limit);
/* The candidate nearest to `word`: at most distance 2 and less than the word's own length, or
 * NULL. `candidates` ends with NULL. For "did you mean": of more than NEAREST_MOST candidates the
 * first ones only, since there may be as many words as candidates. */
enum { NEAREST_MOST = 500 };
/* Of so many words a check asks at most: who has more of them wrong has changed a name. */
enum { HINTS_MOST = 200 };
const char *str_nearest(const char *word, const char *const *candidates);

/* Of a hexadecimal digit; -1 for any other character. */
int hex_value(int c);
/* Whether it is a UUID in the usual form: 8-4-4-4-12 hexadecimal digits. */
bool str_is_uuid(const char *text);

/* Decodes one UTF-8 sequence at `text` (len > 0): returns its length in bytes and stores the code
 * point; an invalid byte gives length 1 and U+FFFD with *valid = false. */
size_t utf8_decode(const char *text, size_t len, uint32_t *code_point, bool *valid);
/* Writes a code point as UTF-8 and returns the length in bytes. What is no character (half of a
 * surrogate pair, beyond U+10FFFF) becomes U+FFFD, so that what utf8_decode gives for an invalid
 * byte is written as the replacement that a reader sees in its place. */
size_t utf8_encode(uint32_t code_point, char out[4]);
/* Offset of the first byte that is not part of valid UTF-8, or `len` when all is valid. */
size_t utf8_invalid_at(const char *text, size_t len);
/* Whether the bytes are rather UTF-16, as some Windows programs save texts: it has the byte order
 * mark, or every second byte at its start is NUL. */
bool utf16_is(const char *bytes, size_t len);
/* Length of the text in UTF-16 units; an invalid byte counts one. */
size_t utf8_utf16_len(const char *text, size_t len);
/* Columns on a terminal: 0 for combining marks, 2 for wide characters; tabs count `tab`. */
size_t utf8_width(const char *text, size_t len, size_t tab);

#endif
