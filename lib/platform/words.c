#include "platform/words.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "platform/api.h"

#define HIDDEN "***"

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

const char *words_shown(const struct platform *platform, const char *text, size_t limit)
{
	struct buf clean = {0}, tokenless = {0}, masked = {0}, shown = {0};
	const char *copy;

	/* In this order: what is taken out could stand in the middle of the token. */
	put_clean(&clean, text, strlen(text), SIZE_MAX);
	put_without(&tokenless, buf_cstr(&clean), platform->token);
	put_without_queries(&masked, buf_cstr(&tokenless));
	put_clean(&shown, buf_cstr(&masked), masked.len, limit);
	copy = arena_strdup(platform->arena, buf_cstr(&shown));
	buf_dispose(&clean);
	buf_dispose(&tokenless);
	buf_dispose(&masked);
	buf_dispose(&shown);
	return copy;
}
