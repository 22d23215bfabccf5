/* See shorten.h. */
#include "json/shorten.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"

/* Behind the backslash at `at`: how many bytes the escape has. */
static size_t escape_len(const char *at, const char *end)
{
	size_t len = at + 1 < end && at[1] == 'u' ? 6 : 2;

	return (size_t)(end - at) < len ? (size_t)(end - at) : len;
}

/* Whether what begins here only has a meaning behind what is before it: the rest of a character of
 * UTF-8, or the second half of a pair of \u escapes. */
static bool goes_on(const char *at, const char *end)
{
	if ((*at & 0xC0) == 0x80)
		return true;
	return end - at >= 6 && at[0] == '\\' && at[1] == 'u' && (at[2] == 'd' || at[2] == 'D') &&
	       strchr("cdefCDEF", at[3]) != NULL;
}

/* `at` is behind the opening quote. The end of the string's inside; *cut is where it is cut, or the
 * same. */
static const char *string_end(const char *at, const char *end, size_t most, const char **cut)
{
	const char *begin = at;

	*cut = NULL;
	while (at < end && *at != '"') {
		if (*cut == NULL && (size_t)(at - begin) >= most && !goes_on(at, end))
			*cut = at;
		at += *at == '\\' ? escape_len(at, end) : 1;
	}
	if (*cut == NULL)
		*cut = at;
	return at;
}

size_t json_shorten(struct buf *out, struct json_slice text, size_t most)
{
	const char *at = text.at, *end = text.at + text.len, *from = text.at, *cut;
	size_t left_out = 0;

	while (at < end) {
		if (*at++ != '"')
			continue;
		at = string_end(at, end, most, &cut);
		if (cut != at) {
			buf_add(out, from, (size_t)(cut - from));
			buf_puts(out, "\xE2\x80\xA6");
			left_out += (size_t)(at - cut);
			from = at;
		}
		at += at < end ? 1 : 0;
	}
	buf_add(out, from, (size_t)(end - from));
	return left_out;
}
