/* A slug is an id (app/identifiers.h) without the platform's own name. The official tool leaves a
 * bad one to the server, which is late and far away, so it is checked here. */
#include "scaffold/slug.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "app/identifiers.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"

static const char reserved[] = "attio";

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool has_reserved_word(const char *slug)
{
	for (const char *word = slug; *word != '\0';) {
		size_t len = strcspn(word, "-");
		if (len == strlen(reserved) && memcmp(word, reserved, len) == 0)
			return true;
		word += len;
		word += strspn(word, "-");
	}
	return false;
}

int slug_check(const char *slug, struct error *error)
{
	size_t len = strlen(slug);
	enum id_fault fault = id_fault(slug);
	if (fault == ID_FINE && !has_reserved_word(slug))
		return 0;
	error_set(error, ERROR_USAGE, "`%.100s%s` cannot be the slug of an app", slug,
		  len > 100 ? "..." : "");
	if (fault != ID_FINE && fault != ID_LONG)
		error_why(error, "a slug is lower-case letters and digits, in words joined by "
				 "single hyphens, and begins with a letter");
	else if (fault == ID_LONG)
		error_why(error, "it has %zu characters; a slug has at most %d", len, ID_MAX);
	else
		error_why(error, "the word `%s` is kept for the platform itself", reserved);
	struct arena *arena = arena_new();
	const char *better = slug_suggest(arena, slug);
	if (better != NULL)
		error_fix(error, "take another one, for example `%s`", better);
	else
		error_fix(error, "take another one, for example `my-app`");
	arena_free(arena);
	return -1;
}

/* The next word of `text` in lower case: letters and digits, or "" at the end. */
static const char *next_word(const char *text, struct buf *word)
{
	buf_clear(word);
	for (; *text != '\0'; text++) {
		char c = *text;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (is_lower(c) || is_digit(c))
			buf_putc(word, c);
		else if (word->len != 0)
			break;
	}
	return text;
}

char *slug_suggest(struct arena *arena, const char *text)
{
	struct buf slug = {0}, word = {0};
	for (text = next_word(text, &word); word.len != 0; text = next_word(text, &word)) {
		const char *part = buf_cstr(&word);
		if (strcmp(part, reserved) == 0)
			continue;
		if (slug.len == 0)
			part += strspn(part, "0123456789");
		if (*part == '\0')
			continue;
		if (slug.len + (slug.len != 0 ? 1 : 0) + strlen(part) > ID_MAX)
			break;
		buf_printf(&slug, "%s%s", slug.len != 0 ? "-" : "", part);
	}
	char *result = slug.len != 0 ? arena_strndup(arena, slug.ptr, slug.len) : NULL;
	buf_dispose(&word);
	buf_dispose(&slug);
	return result;
}

char *slug_title(struct arena *arena, const char *slug)
{
	char *title = arena_strdup(arena, slug);
	bool first = true;
	for (char *c = title; *c != '\0'; c++) {
		if (*c == '-')
			*c = ' ';
		else if (first && is_lower(*c))
			*c = (char)(*c - 'a' + 'A');
		first = *c == ' ';
	}
	return title;
}

static bool is_word_byte(char c)
{
	return isalnum((unsigned char)c) != 0 || c == '_';
}

int title_check(const char *title, struct error *error)
{
	bool blank = true;

	for (const char *c = title; *c != '\0'; c++) {
		size_t len = 0;

		blank = blank && isspace((unsigned char)*c) != 0;
		while (is_word_byte(c[len]))
			len++;
		if (len == strlen(reserved) && strncasecmp(c, reserved, len) == 0) {
			error_set(error, ERROR_USAGE, "an app's title cannot contain the word `%s`",
				  reserved);
			return error_fix(error, "give another one with `--title TITLE`");
		}
		if (len > 0)
			c += len - 1;
	}
	if (!blank)
		return 0;
	error_set(error, ERROR_USAGE, "an app's title cannot be blank");
	return error_fix(error, "give one with `--title TITLE`");
}
