/* What both descriptions have: shapes as JSON Schema, paths, how an operation begins; see
 * openapi.h. */
#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/openapi.h"

static const struct {
	const char *word;
	const char *schema;  /* without its braces */
	const char *or_null; /* the same for `word|null` */
} words[] = {
	{"string", "\"type\":\"string\"", "\"type\":[\"string\",\"null\"]"},
	{"int", "\"type\":\"integer\"", "\"type\":[\"integer\",\"null\"]"},
	{"number", "\"type\":\"number\"", "\"type\":[\"number\",\"null\"]"},
	{"bool", "\"type\":\"boolean\"", "\"type\":[\"boolean\",\"null\"]"},
	{"time", "\"type\":\"string\",\"format\":\"date-time\"",
	 "\"type\":[\"string\",\"null\"],\"format\":\"date-time\""},
	{"any", "", ""},
};

/* Each of these takes its part of the text and returns where it ends, or NULL with *wrong. */
static const char *put(struct buf *out, const char *at, const char **wrong);

static const char *fail(const char *at, const char **wrong)
{
	*wrong = at;
	return NULL;
}

static size_t name_len(const char *at)
{
	size_t len = 0;

	while (isalnum((unsigned char)at[len]) || at[len] == '_')
		len++;
	return len;
}

static const char *put_object(struct buf *out, const char *at, const char **wrong)
{
	struct buf required = {0};

	buf_puts(out, "{\"type\":\"object\",\"properties\":{");
	while (at != NULL && *at != '}') {
		size_t len = name_len(at);
		bool optional = at[len] == '?';

		if (len == 0 || at[len + optional] != ':') {
			at = fail(at, wrong);
			break;
		}
		buf_printf(out, "\"%.*s\":", (int)len, at);
		if (!optional)
			buf_printf(&required, "%s\"%.*s\"", required.len > 0 ? "," : "", (int)len,
				   at);
		at = put(out, at + len + optional + 1, wrong);
		if (at != NULL && *at == ',') {
			buf_putc(out, ',');
			at++;
		} else if (at != NULL && *at != '}') {
			at = fail(at, wrong);
		}
	}
	buf_putc(out, '}');
	if (required.len > 0)
		buf_printf(out, ",\"required\":[%s]", buf_cstr(&required));
	buf_putc(out, '}');
	buf_dispose(&required);
	return at != NULL ? at + 1 : NULL;
}

static const char *put_list(struct buf *out, const char *at, const char **wrong)
{
	buf_puts(out, "{\"type\":\"array\",\"items\":");
	at = put(out, at, wrong);
	if (at != NULL && *at != ']')
		return fail(at, wrong);
	buf_putc(out, '}');
	return at != NULL ? at + 1 : NULL;
}

static const char *put(struct buf *out, const char *at, const char **wrong)
{
	size_t len = name_len(at);

	if (*at == '{')
		return put_object(out, at + 1, wrong);
	if (*at == '[')
		return put_list(out, at + 1, wrong);
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		bool null = str_starts(at + len, "|null");

		if (strlen(words[i].word) != len || memcmp(words[i].word, at, len) != 0)
			continue;
		buf_printf(out, "{%s}", null ? words[i].or_null : words[i].schema);
		return at + len + (null ? strlen("|null") : 0);
	}
	return fail(at, wrong);
}

const char *openapi_put_shape(struct buf *out, const char *shape)
{
	const char *wrong = NULL;
	const char *end = put(out, shape, &wrong);

	if (end != NULL && *end != '\0')
		wrong = end;
	return wrong;
}

void openapi_put_path(struct buf *out, const char *pattern)
{
	buf_putc(out, '"');
	for (const char *c = pattern; *c != '\0'; c++) {
		if (!str_starts(c, "...}"))
			buf_putc(out, *c);
		else
			c += 2;
	}
	buf_putc(out, '"');
}

static void put_lower(struct buf *out, const char *method)
{
	for (const char *c = method; *c != '\0'; c++)
		buf_putc(out, (char)tolower((unsigned char)*c));
}

void openapi_begin_operation(struct buf *out, const char *method, const char *pattern,
			     const char *summary)
{
	buf_putc(out, '"');
	put_lower(out, method);
	buf_puts(out, "\":{\"operationId\":\"");
	put_lower(out, method);
	for (const char *c = pattern; *c != '\0'; c++) {
		if (*c == '/')
			buf_putc(out, '_');
		else if (isalnum((unsigned char)*c))
			buf_putc(out, *c);
	}
	buf_putc(out, '"');
	buf_put_json_member(out, "summary", summary);
}
