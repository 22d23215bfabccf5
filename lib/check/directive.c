/* The words of a suppressing comment; see suppressions.h. */
#include <string.h>

#include "check/suppressions.h"

static const char word[] = "attio-ignore";

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Up to a space, a comma or "--", which may stand without spaces around it. */
static size_t word_end(const char *text, size_t len, size_t at)
{
	while (at < len && (is_letter(text[at]) || text[at] == '-' || text[at] == '_') &&
	       !(text[at] == '-' && at + 1 < len && text[at + 1] == '-'))
		at++;
	return at;
}

static size_t skip_space(const char *text, size_t len, size_t at)
{
	while (at < len && is_space(text[at]))
		at++;
	return at;
}

bool directive_next_code(const char *text, size_t end, size_t *at, size_t *code_start,
			 size_t *code_end)
{
	size_t next = skip_space(text, end, *at);

	if (next < end && text[next] == ',')
		next = skip_space(text, end, next + 1);
	*code_start = next;
	*code_end = word_end(text, end, next);
	*at = *code_end;
	return *code_end > *code_start;
}

/* A reason needs at least one letter of some language. */
static bool has_reason(const char *text, size_t len, size_t at)
{
	at = skip_space(text, len, at);
	if (len - at < 2 || text[at] != '-' || text[at + 1] != '-')
		return false;
	for (at += 2; at < len; at++) {
		if (is_letter(text[at]) || (unsigned char)text[at] >= 0x80)
			return true;
	}
	return false;
}

bool directive_parse(const char *text, size_t len, struct directive *directive)
{
	size_t at = 0, start, end;

	*directive = (struct directive){0};
	/* Block comments in the style of JSDoc begin their lines with an asterisk. */
	while (at < len && (is_space(text[at]) || text[at] == '*'))
		at++;
	if (len - at < strlen(word) || memcmp(text + at, word, strlen(word)) != 0)
		return false;
	end = word_end(text, len, at);
	size_t more = end - at - strlen(word);
	const char *rest = text + at + strlen(word);
	if (more > 0 && rest[0] != '-')
		return false; /* a word of prose: attio-ignored */
	directive->word_end = end;
	directive->file_wide = more == 5 && memcmp(rest, "-file", 5) == 0;
	directive->word_known = more == 0 || directive->file_wide;
	at = end;
	directive->codes_start = directive->codes_end = skip_space(text, len, end);
	/* Codes are joined by commas; any other word ends the list. */
	while (directive_next_code(text, len, &at, &start, &end)) {
		directive->codes_end = end;
		size_t next = skip_space(text, len, end);
		if (next >= len || text[next] != ',')
			break;
	}
	directive->has_reason = has_reason(text, len, directive->codes_end);
	return true;
}
