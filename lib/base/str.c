/* Small questions about strings and UTF-8. Everything is by bytes or code points and independent of
 * the locale. Column widths are in width.c. */
#include "base/str.h"

#include <string.h>

#include "base/mem.h"

bool str_starts(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool str_ends(const char *text, const char *suffix)
{
	size_t len = strlen(text), suffix_len = strlen(suffix);
	return len >= suffix_len && memcmp(text + len - suffix_len, suffix, suffix_len) == 0;
}

bool str_equal(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}

static char fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_char(char a, char b, bool fold_case)
{
	return fold_case ? fold(a) == fold(b) : a == b;
}

static size_t min_of(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Row by row, keeping the last three rows: the third is needed for transpositions. What is further
 * from the diagonal than `limit` is over it, and once a whole row is, no later row can come below.
 */
static size_t distance(const char *a, const char *b, size_t limit, bool fold_case)
{
	size_t a_len = strlen(a), b_len = strlen(b);
	size_t apart = a_len > b_len ? a_len - b_len : b_len - a_len;
	if (apart > limit)
		return limit + 1;
	size_t few[3 * 64], width = b_len + 1;
	size_t *rows = 3 * width <= ARRAY_LEN(few) ? few : mem_zalloc(3 * width, sizeof(*rows));
	size_t *before = rows, *last = rows + width, *row = rows + 2 * width;
	for (size_t j = 0; j <= b_len; j++)
		last[j] = j;
	bool over = false;
	for (size_t i = 1; i <= a_len && !over; i++) {
		size_t from = i > limit + 1 ? i - limit : 1, to = min_of(b_len, i + limit);
		size_t best = row[from - 1] = from == 1 ? i : limit + 1;
		for (size_t j = from; j <= to; j++) {
			bool same = same_char(a[i - 1], b[j - 1], fold_case);
			size_t cost = min_of(last[j], row[j - 1]) + 1;
			cost = min_of(cost, last[j - 1] + !same);
			if (i > 1 && j > 1 && same_char(a[i - 1], b[j - 2], fold_case) &&
			    same_char(a[i - 2], b[j - 1], fold_case))
				cost = min_of(cost, before[j - 2] + 1);
			row[j] = cost;
			best = min_of(best, cost);
		}
		if (to < b_len)
			row[to + 1] = limit + 1;
		over = best > limit;
		size_t *oldest = before;
		before = last;
		last = row;
		row = oldest;
	}
	size_t result = over ? limit + 1 : min_of(last[b_len], limit + 1);
	if (rows != few)
		mem_free(rows);
	return result;
}

size_t str_distance(const char *a, const char *b, size_t limit)
{
	return distance(a, b, limit, false);
}

const char *str_nearest(const char *word, const char *const *candidates)
{
	size_t len = strlen(word);
	if (len == 0)
		return NULL;
	/* Of a short word two letters are half of it. */
	size_t best = min_of(len < 5 ? 1 : 2, len - 1) + 1;
	const char *nearest = NULL;
	for (size_t i = 0; i < NEAREST_MOST && *candidates != NULL && best != 0;
	     i++, candidates++) {
		size_t d = distance(word, *candidates, best - 1, true);
		if (d < best) {
			best = d;
			nearest = *candidates;
		}
	}
	return nearest;
}

/* Length of the sequence that starts with `lead` and the range its second byte must be in (the
 * Unicode table of well-formed sequences); 0 when no sequence starts so. */
static size_t sequence_len(unsigned char lead, unsigned char *low, unsigned char *high)
{
	*low = 0x80;
	*high = 0xbf;
	if (lead < 0x80)
		return 1;
	if (lead >= 0xc2 && lead <= 0xdf)
		return 2;
	if (lead >= 0xe0 && lead <= 0xef) {
		if (lead == 0xe0)
			*low = 0xa0;
		if (lead == 0xed)
			*high = 0x9f;
		return 3;
	}
	if (lead >= 0xf0 && lead <= 0xf4) {
		if (lead == 0xf0)
			*low = 0x90;
		if (lead == 0xf4)
			*high = 0x8f;
		return 4;
	}
	return 0;
}

int hex_value(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool str_is_uuid(const char *text)
{
	for (size_t i = 0; i < 36; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? text[i] != '-' : hex_value((unsigned char)text[i]) < 0)
			return false;
	}
	return text[36] == '\0';
}

size_t utf8_decode(const char *text, size_t len, uint32_t *code_point, bool *valid)
{
	static const unsigned char lead_bits[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
	const unsigned char *bytes = (const unsigned char *)text;
	unsigned char low, high;
	size_t need = sequence_len(bytes[0], &low, &high);
	*valid = need != 0 && need <= len;
	uint32_t c = bytes[0] & lead_bits[need];
	for (size_t i = 1; *valid && i < need; i++) {
		*valid = bytes[i] >= low && bytes[i] <= high;
		low = 0x80;
		high = 0xbf;
		c = c << 6 | (bytes[i] & 0x3f);
	}
	*code_point = *valid ? c : 0xfffd;
	return *valid ? need : 1;
}

size_t utf8_encode(uint32_t c, char out[4])
{
	if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		c = 0xfffd;
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | (c >> 6));
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | (c >> 12));
		out[1] = (char)(0x80 | ((c >> 6) & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | (c >> 18));
	out[1] = (char)(0x80 | ((c >> 12) & 0x3f));
	out[2] = (char)(0x80 | ((c >> 6) & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

size_t utf8_invalid_at(const char *text, size_t len)
{
	for (size_t at = 0; at < len;) {
		uint32_t c;
		bool valid;
		size_t step = utf8_decode(text + at, len - at, &c, &valid);
		if (!valid)
			return at;
		at += step;
	}
	return len;
}

bool utf16_is(const char *bytes, size_t len)
{
	enum { LOOKED_AT = 64, LEAST = 4 };
	size_t looked = len < LOOKED_AT ? len : LOOKED_AT, nuls[2] = {0, 0};

	if (len >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0))
		return true;
	looked -= looked % 2;
	for (size_t i = 0; i < looked; i++)
		nuls[i % 2] += bytes[i] == '\0';
	return looked >= LEAST && (nuls[0] == looked / 2) != (nuls[1] == looked / 2);
}

size_t utf8_utf16_len(const char *text, size_t len)
{
	size_t units = 0;
	for (size_t at = 0; at < len;) {
		uint32_t c;
		bool valid;
		at += utf8_decode(text + at, len - at, &c, &valid);
		units += c >= 0x10000 ? 2 : 1;
	}
	return units;
}
