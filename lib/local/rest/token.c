#include "local/rest/token.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

/* ---- the header ---- */

/* What follows the scheme, whatever its case; NULL for another scheme. */
static const char *after_scheme(const char *authorization, const char *scheme)
{
	size_t len = strlen(scheme);

	if (strncasecmp(authorization, scheme, len) != 0 || authorization[len] != ' ')
		return NULL;
	return authorization + len + strspn(authorization + len, " ");
}

static int base64_value(char c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c != '\0' ? strchr(digits, c) : NULL;

	return at != NULL ? (int)(at - digits) : -1;
}

/* The user's name of "name:password" in base64. NULL when it is not that. */
static const char *user_of(const char *text, struct arena *arena)
{
	size_t len = strcspn(text, "=");
	char *out = arena_alloc(arena, len + 1);
	uint32_t bits = 0;
	size_t at = 0;
	int held = 0;

	for (size_t i = 0; i < len; i++) {
		int value = base64_value(text[i]);

		if (value < 0)
			return NULL;
		bits = bits << 6 | (uint32_t)value;
		held += 6;
		if (held >= 8) {
			held -= 8;
			out[at++] = (char)(bits >> held & 0xff);
		}
	}
	for (size_t i = 0; i < at; i++) {
		if (out[i] == '\0')
			return NULL;
		if (out[i] == ':') {
			out[i] = '\0';
			return out;
		}
	}
	return NULL;
}

const char *token_of(const char *authorization, struct arena *arena)
{
	const char *token;

	if (authorization == NULL)
		return NULL;
	token = after_scheme(authorization, "Bearer");
	if (token == NULL) {
		token = after_scheme(authorization, "Basic");
		if (token != NULL)
			token = user_of(token, arena);
	}
	if (token == NULL || utf8_invalid_at(token, strlen(token)) != strlen(token))
		return NULL;
	return token;
}

/* ---- scopes ---- */

static bool has_word(const char *words, const char *word, size_t len)
{
	while (*words != '\0') {
		size_t here = strcspn(words, " ");

		if (here == len && memcmp(words, word, len) == 0)
			return true;
		words += here;
		words += strspn(words, " ");
	}
	return false;
}

static bool granted_is(const char *granted, const char *scope, size_t len)
{
	struct buf wider = {0};
	bool has = has_word(granted, scope, len);

	if (!has && len > 5 && memcmp(scope + len - 5, ":read", 5) == 0) {
		buf_add(&wider, scope, len);
		buf_puts(&wider, "-write");
		has = has_word(granted, buf_cstr(&wider), wider.len);
		buf_dispose(&wider);
	}
	return has;
}

void token_missing_scopes(const char *granted, const char *needed, struct buf *missing)
{
	while (granted != NULL && *needed != '\0') {
		size_t len = strcspn(needed, " ");

		if (len > 0 && !granted_is(granted, needed, len)) {
			if (missing->len > 0)
				buf_puts(missing, ", ");
			buf_add(missing, needed, len);
		}
		needed += len;
		needed += strspn(needed, " ");
	}
}
