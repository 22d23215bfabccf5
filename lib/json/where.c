/* A second, simple reading of a text that is known to be JSON: only as far as the value that is
 * asked for. Used for messages, so it need not be fast. */
#include "json/where.h"

#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

struct reading {
	const char *text;
	size_t len;
	size_t at;
};

static void skip_space(struct reading *r)
{
	while (r->at < r->len && strchr(" \t\r\n", r->text[r->at]) != NULL &&
	       r->text[r->at] != '\0')
		r->at++;
}

static void skip_string(struct reading *r)
{
	for (r->at++; r->at < r->len && r->text[r->at] != '"'; r->at++) {
		if (r->text[r->at] == '\\')
			r->at++;
	}
	if (r->at < r->len)
		r->at++;
}

/* Without recursion: brackets outside strings are counted. */
static void skip_value(struct reading *r)
{
	size_t depth = 0;

	while (r->at < r->len) {
		char c = r->text[r->at];

		if (depth == 0 && (c == ',' || c == ']' || c == '}'))
			return;
		if (c == '"') {
			skip_string(r);
			continue;
		}
		if (c == '{' || c == '[')
			depth++;
		else if (c == '}' || c == ']')
			depth--;
		r->at++;
	}
}

/* The end of a value without the white space that may follow it. */
static size_t trimmed(const struct reading *r, size_t start)
{
	size_t end = r->at;

	while (end > start && strchr(" \t\r\n", r->text[end - 1]) != NULL)
		end--;
	return end;
}

/* The name between `start` and `end`, quotes included; it may be written with escapes. */
static bool is_name(const struct reading *r, size_t start, size_t end, const char *name)
{
	cJSON *string = cJSON_ParseWithLength(r->text + start, end - start);
	bool same = cJSON_IsString(string) && strcmp(string->valuestring, name) == 0;

	cJSON_Delete(string);
	return same;
}

/* Stands behind the opening bracket of a container; leaves *where on the wanted item. */
static bool find_item(struct reading *r, bool object, const char *name, struct json_where *where)
{
	size_t wanted = object ? 0 : (size_t)strtoul(name, NULL, 10);

	for (size_t n = 0; r->at < r->len; n++) {
		bool here = n == wanted;

		*where = (struct json_where){0};
		skip_space(r);
		if (r->at >= r->len || r->text[r->at] == '}' || r->text[r->at] == ']')
			return false;
		if (object) {
			where->key_start = r->at;
			skip_string(r);
			where->key_end = r->at;
			here = is_name(r, where->key_start, where->key_end, name);
			skip_space(r);
			r->at++; /* the colon */
			skip_space(r);
		}
		where->start = r->at;
		skip_value(r);
		where->end = trimmed(r, where->start);
		if (here)
			return true;
		r->at++; /* the comma */
	}
	return false;
}

bool json_where(const char *text, size_t len, const char *const *path, struct json_where *where)
{
	struct reading r = {.text = text, .len = len};

	skip_space(&r);
	*where = (struct json_where){.start = r.at};
	skip_value(&r);
	where->end = trimmed(&r, where->start);
	for (; *path != NULL; path++) {
		r.at = where->start;
		if (r.at >= len || (text[r.at] != '{' && text[r.at] != '['))
			return false;
		r.at++;
		if (!find_item(&r, text[where->start] == '{', *path, where))
			return false;
	}
	return true;
}
