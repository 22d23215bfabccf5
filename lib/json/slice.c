/* See slice.h. Each function looks at each byte of its slice once. */
#include "json/slice.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"

static size_t skip_space(struct json_slice text, size_t at)
{
	while (at < text.len && strchr(" \t\r\n", text.at[at]) != NULL && text.at[at] != '\0')
		at++;
	return at;
}

/* Behind the string that begins at `at`; the end of the text when it has no end. */
static size_t skip_string(struct json_slice text, size_t at)
{
	for (at++; at < text.len; at++) {
		if (text.at[at] == '\\')
			at++;
		else if (text.at[at] == '"')
			return at + 1;
	}
	return text.len;
}

/* Behind the value that begins at `at`. */
static size_t skip_value(struct json_slice text, size_t at)
{
	size_t depth = 0;

	while (at < text.len) {
		char c = text.at[at];

		if (c == '"') {
			at = skip_string(text, at);
		} else if (c == '{' || c == '[') {
			depth++;
			at++;
		} else if (c == '}' || c == ']') {
			if (depth == 0)
				return at;
			depth--;
			at++;
		} else if (depth == 0 && (c == ',' || c == ':' || strchr(" \t\r\n", c) != NULL)) {
			return at;
		} else {
			at++;
			continue;
		}
		if (depth == 0)
			return at;
	}
	return text.len;
}

static struct json_slice cut(struct json_slice text, size_t from, size_t to)
{
	return to > from ? (struct json_slice){text.at + from, to - from}
			 : (struct json_slice){NULL, 0};
}

struct json_slice json_slice_of(const char *text, size_t len)
{
	struct json_slice whole = {text, len};
	size_t from = skip_space(whole, 0);

	return cut(whole, from, skip_value(whole, from));
}

/* The byte behind a comma, or behind what opens the object or array; 0 when there is no more. */
static size_t to_item(struct json_slice text, size_t at, char end)
{
	at = skip_space(text, at);
	if (at < text.len && text.at[at] == ',')
		at = skip_space(text, at + 1);
	return at < text.len && text.at[at] != end ? at : 0;
}

/* Whether the string at `name` spells `key`; keys with escapes are decoded by nobody: ours have
 * none. */
static bool spells(struct json_slice name, const char *key, size_t len)
{
	return name.len == len + 2 && memcmp(name.at + 1, key, len) == 0;
}

struct json_slice json_slice_member(struct json_slice object, const char *key)
{
	size_t len = strlen(key);
	size_t at = 1;

	if (object.at == NULL || object.len < 2 || object.at[0] != '{')
		return cut(object, 0, 0);
	while ((at = to_item(object, at, '}')) != 0 && object.at[at] == '"') {
		size_t name = at;
		size_t colon = skip_space(object, skip_string(object, at));
		size_t from;

		if (colon >= object.len || object.at[colon] != ':')
			break;
		from = skip_space(object, colon + 1);
		at = skip_value(object, from);
		if (spells(cut(object, name, skip_string(object, name)), key, len))
			return cut(object, from, at);
		if (at == from)
			break;
	}
	return cut(object, 0, 0);
}

bool json_slice_next(struct json_slice array, size_t *at, struct json_slice *element)
{
	size_t from, to;

	if (array.at == NULL || array.len < 2 || array.at[0] != '[')
		return false;
	from = to_item(array, *at == 0 ? 1 : *at, ']');
	to = from == 0 ? 0 : skip_value(array, from);
	*element = cut(array, from, to);
	*at = to;
	return element->at != NULL;
}

/* ---- values ---- */

static bool read_hex(struct json_slice text, size_t at, uint32_t *unit)
{
	*unit = 0;
	if (text.len - at < 4)
		return false;
	for (size_t i = 0; i < 4; i++) {
		int digit = hex_value((unsigned char)text.at[at + i]);

		if (digit < 0)
			return false;
		*unit = *unit << 4 | (uint32_t)digit;
	}
	return true;
}

/* The character of "\uXXXX", or of two of them that belong together. *at is moved behind it. */
static uint32_t read_escape(struct json_slice text, size_t *at)
{
	uint32_t unit, low;

	if (!read_hex(text, *at, &unit))
		return 0xfffd;
	*at += 4;
	if (unit >= 0xd800 && unit < 0xdc00 && text.len - *at >= 6 && text.at[*at] == '\\' &&
	    text.at[*at + 1] == 'u' && read_hex(text, *at + 2, &low) && low >= 0xdc00 &&
	    low < 0xe000) {
		*at += 6;
		return 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
	}
	return unit;
}

const char *json_slice_bytes(struct arena *arena, struct json_slice slice, size_t *len)
{
	static const char escapes[] = "b\bf\fn\nr\rt\t";
	char *text;
	size_t out = 0;

	if (slice.at == NULL || slice.len < 2 || slice.at[0] != '"')
		return NULL;
	/* Only a broken escape, of two bytes, is shorter than the three that stand in its place. */
	text = arena_alloc(arena, 2 * slice.len);
	for (size_t at = 1; at + 1 < slice.len;) {
		const char *escape;
		char c = slice.at[at++];

		if (c != '\\') {
			text[out++] = c;
			continue;
		}
		c = slice.at[at++];
		if (c == 'u') {
			out += utf8_encode(read_escape(slice, &at), text + out);
			continue;
		}
		escape = c != '\0' && strchr("bfnrt", c) != NULL ? strchr(escapes, c) : NULL;
		text[out++] = escape != NULL ? escape[1] : c;
	}
	text[out] = '\0';
	*len = out;
	return text;
}

/* The bytes with the replacement character in place of each NUL. */
static const char *without_nul(struct arena *arena, const char *bytes, size_t len)
{
	char *text = arena_alloc(arena, 3 * len + 1);
	size_t out = 0;

	for (size_t at = 0; at < len; at++) {
		if (bytes[at] == '\0')
			out += utf8_encode(0xfffd, text + out);
		else
			text[out++] = bytes[at];
	}
	text[out] = '\0';
	return text;
}

const char *json_slice_string(struct arena *arena, struct json_slice slice)
{
	size_t len;
	const char *text = json_slice_bytes(arena, slice, &len);

	return text != NULL && strlen(text) < len ? without_nul(arena, text, len) : text;
}

const char *json_slice_text(struct arena *arena, struct json_slice object, const char *key)
{
	return json_slice_string(arena, json_slice_member(object, key));
}

long long json_slice_int(struct json_slice object, const char *key, long long otherwise)
{
	struct json_slice value = json_slice_member(object, key);
	char text[24];
	char *end;
	long long number;

	if (value.at == NULL || value.len >= sizeof(text))
		return otherwise;
	memcpy(text, value.at, value.len);
	text[value.len] = '\0';
	number = strtoll(text, &end, 10);
	return end != text && *end == '\0' ? number : otherwise;
}

bool json_slice_true(struct json_slice object, const char *key)
{
	struct json_slice value = json_slice_member(object, key);

	return value.len == 4 && memcmp(value.at, "true", 4) == 0;
}
