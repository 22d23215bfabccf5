#include "platform/words.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "app/dotenv.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "platform/api.h"
#include "json/json.h"

#define HIDDEN "***"
#define HIDDEN_FROM 4    /* bytes of a value */
#define ANSWER_LIMIT 300 /* bytes */

static bool turns_direction(uint32_t c)
{
	return c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069);
}

static void put_clean(struct buf *out, const char *text, size_t len, size_t limit)
{
	size_t start = out->len;

	for (size_t at = 0; at < len;) {
		uint32_t c;
		bool valid;
		size_t size = utf8_decode(text + at, len - at, &c, &valid);

		if (c == '\n' || c == '\r' || c == '\t') {
			c = ' ';
			if (out->len - start + 1 > limit)
				return;
			buf_putc(out, ' ');
		} else if (valid && c >= ' ' && !(c >= 0x7f && c < 0xa0) && !turns_direction(c)) {
			if (out->len - start + size > limit)
				return;
			buf_add(out, text + at, size);
		}
		at += size;
	}
}

static void put_without(struct buf *out, const char *text, const char *secret)
{
	size_t len = strlen(secret);

	while (*text != '\0') {
		if (len > 0 && strncmp(text, secret, len) == 0) {
			buf_puts(out, HIDDEN);
			text += len;
		} else {
			buf_putc(out, *text++);
		}
	}
}

static bool is_address(const char *text)
{
	return strncasecmp(text, "http://", 7) == 0 || strncasecmp(text, "https://", 8) == 0;
}

/* What follows the "?" of an address may be its signature. */
static void put_without_queries(struct buf *out, const char *text)
{
	while (*text != '\0') {
		size_t len = is_address(text) ? strcspn(text, " \"'<>`|\\^{}") : 1;
		const char *mark = len > 1 ? memchr(text, '?', len) : NULL;

		buf_add(out, text, mark != NULL ? (size_t)(mark - text) + 1 : len);
		if (mark != NULL)
			buf_puts(out, HIDDEN);
		text += len;
	}
}

/* Shorter values are no secrets, and would be found in any sentence. */
static void take_out_values(const struct attio_api *platform, struct buf *text)
{
	for (size_t i = 0; i < platform->hidden_count; i++) {
		const char *value = platform->hidden[i].value;
		struct buf clean = {0}, left = {0};

		put_clean(&clean, value, strlen(value), SIZE_MAX);
		if (clean.len < HIDDEN_FROM) {
			buf_dispose(&clean);
			continue;
		}
		put_without(&left, buf_cstr(text), buf_cstr(&clean));
		buf_dispose(&clean);
		buf_dispose(text);
		*text = left;
	}
}

const char *words_shown(const struct attio_api *platform, const char *text, size_t limit)
{
	struct buf clean = {0}, tokenless = {0}, masked = {0}, shown = {0};
	const char *copy;

	/* In this order: what is taken out could stand in the middle of the token. */
	put_clean(&clean, text, strlen(text), SIZE_MAX);
	put_without(&tokenless, buf_cstr(&clean), platform->token);
	take_out_values(platform, &tokenless);
	put_without_queries(&masked, buf_cstr(&tokenless));
	put_clean(&shown, buf_cstr(&masked), masked.len, limit);
	copy = arena_strdup(platform->arena, buf_cstr(&shown));
	buf_dispose(&clean);
	buf_dispose(&tokenless);
	buf_dispose(&masked);
	buf_dispose(&shown);
	return copy;
}

/* The messages of a list of errors, one after the other. */
static void put_errors(struct buf *out, const cJSON *list)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, list)
	{
		const char *text = json_string_or_null(item, "message");

		if (text == NULL && cJSON_IsString(item))
			text = item->valuestring;
		if (text != NULL)
			buf_printf(out, "%s%s", out->len > 0 ? "; " : "", text);
	}
}

/* False when the document is nothing that has a message. */
static bool put_message(struct buf *out, const cJSON *document)
{
	static const char *const keys[] = {"message", "error_description", "error", "detail"};
	const cJSON *nested = cJSON_GetObjectItemCaseSensitive(document, "error");

	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		const char *text = json_string_or_null(document, keys[i]);

		if (text == NULL && cJSON_IsObject(nested))
			text = json_string_or_null(nested, keys[i]);
		if (text == NULL)
			continue;
		buf_puts(out, text);
		return true;
	}
	put_errors(out, cJSON_GetObjectItemCaseSensitive(document, "errors"));
	return out->len > 0;
}

static bool is_hidden(const char *tag)
{
	return strncasecmp(tag, "<style", 6) == 0 || strncasecmp(tag, "<script", 7) == 0 ||
	       strncasecmp(tag, "<head", 5) == 0;
}

/* An error page's words: its tags and what people do not see of it are left out. */
static void put_page(struct buf *out, const char *text)
{
	const char *until = NULL;

	while (*text != '\0') {
		if (*text == '<') {
			if (until == NULL && is_hidden(text))
				until = strncasecmp(text, "<style", 6) == 0    ? "</style"
					: strncasecmp(text, "<script", 7) == 0 ? "</script"
									       : "</head";
			else if (until != NULL && strncasecmp(text, until, strlen(until)) == 0)
				until = NULL;
			text += strcspn(text, ">");
			text += *text != '\0';
			if (out->len > 0 && out->ptr[out->len - 1] != ' ')
				buf_putc(out, ' ');
		} else if (until != NULL) {
			text++;
		} else if (strchr(" \t\r\n", *text) != NULL) {
			if (out->len > 0 && out->ptr[out->len - 1] != ' ')
				buf_putc(out, ' ');
			text++;
		} else {
			buf_putc(out, *text++);
		}
	}
	while (out->len > 0 && out->ptr[out->len - 1] == ' ')
		out->ptr[--out->len] = '\0';
}

const char *words_of_answer(const struct attio_api *platform, const struct buf *body)
{
	struct error ignored = {0};
	struct buf text = {0};
	const char *words;
	cJSON *document = NULL;

	if (body->len == 0)
		return "";
	document = json_parse_answer(body->ptr, body->len, "answer", &ignored);
	/* An empty list or object says nothing. */
	if (document == NULL || (!put_message(&text, document) && document->child != NULL)) {
		/* A NUL ends what can be words. */
		buf_clear(&text);
		put_page(&text, body->ptr);
	}
	cJSON_Delete(document);
	words = words_shown(platform, buf_cstr(&text), ANSWER_LIMIT);
	buf_dispose(&text);
	return words;
}
