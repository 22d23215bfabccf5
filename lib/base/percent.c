/* Strict: whoever sends half an escape means something else than we would read. */
#include "base/percent.h"

#include "base/arena.h"
#include "base/str.h"

const char *percent_decode(struct arena *arena, const char *text, size_t len,
			   enum percent_plus plus)
{
	char *out = arena_alloc(arena, len + 1);
	size_t at = 0;

	for (size_t i = 0; i < len; i++) {
		int high, low;

		if (text[i] != '%') {
			out[at++] = text[i] == '+' && plus == PERCENT_PLUS_IS_BLANK ? ' ' : text[i];
			continue;
		}
		if (len - i < 3)
			return NULL;
		high = hex_value((unsigned char)text[i + 1]);
		low = hex_value((unsigned char)text[i + 2]);
		if (high < 0 || low < 0 || (high == 0 && low == 0))
			return NULL;
		out[at++] = (char)(high << 4 | low);
		i += 2;
	}
	return utf8_invalid_at(out, at) == at ? out : NULL;
}
