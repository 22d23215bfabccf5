/* One function a kind of token, each reading from the token's first byte. Bytes that are not UTF-8
 * are taken inside strings and comments, as every reader that decodes leniently does. */
#include "graphql/lexer.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"

/* The byte at `at`, or -1 past the end. */
static int byte_at(const struct graphql_lexer *lexer, size_t at)
{
	return at < lexer->len ? (unsigned char)lexer->bytes[at] : -1;
}

static bool is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static bool is_name_start(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_line_end(int c)
{
	return c == '\n' || c == '\r';
}

static struct graphql_token bad(size_t start, size_t end, size_t from, size_t to,
				const char *problem)
{
	return (struct graphql_token){
		.kind = GRAPHQL_TOKEN_BAD,
		.start = start,
		.end = end,
		.problem = problem,
		.problem_start = from,
		.problem_end = to,
	};
}

/* White space, commas, comments and byte order marks mean nothing between tokens. */
static size_t skip_ignored(const struct graphql_lexer *lexer)
{
	size_t at = lexer->at;

	for (;;) {
		int c = byte_at(lexer, at);

		if (c == ' ' || c == '\t' || c == ',' || is_line_end(c)) {
			at++;
		} else if (c == '#') {
			while (at < lexer->len && !is_line_end(byte_at(lexer, at)))
				at++;
		} else if (c == 0xef && byte_at(lexer, at + 1) == 0xbb &&
			   byte_at(lexer, at + 2) == 0xbf) {
			at += 3;
		} else {
			return at;
		}
	}
}

static size_t skip_digits(const struct graphql_lexer *lexer, size_t at)
{
	while (is_digit(byte_at(lexer, at)))
		at++;
	return at;
}

/* The end of what stands where a number went wrong, so that one mistake is one token. */
static size_t skip_number_like(const struct graphql_lexer *lexer, size_t at)
{
	while (is_digit(byte_at(lexer, at)) || is_name_start(byte_at(lexer, at)) ||
	       byte_at(lexer, at) == '.')
		at++;
	return at;
}

static struct graphql_token read_number(const struct graphql_lexer *lexer, size_t start)
{
	struct graphql_token token = {.kind = GRAPHQL_TOKEN_INT, .start = start};
	size_t at = start + (byte_at(lexer, start) == '-');
	size_t digits = at;
	const char *problem = NULL;

	at = skip_digits(lexer, at);
	if (at == digits)
		problem = "a digit must follow `-`";
	else if (byte_at(lexer, digits) == '0' && at > digits + 1)
		problem = "a number cannot begin with 0";
	if (problem == NULL && byte_at(lexer, at) == '.') {
		token.kind = GRAPHQL_TOKEN_FLOAT;
		digits = ++at;
		at = skip_digits(lexer, at);
		if (at == digits)
			problem = "a digit must follow the decimal point";
	}
	if (problem == NULL && (byte_at(lexer, at) | 0x20) == 'e') {
		token.kind = GRAPHQL_TOKEN_FLOAT;
		at++;
		at += byte_at(lexer, at) == '+' || byte_at(lexer, at) == '-';
		digits = at;
		at = skip_digits(lexer, at);
		if (at == digits)
			problem = "the exponent has no digits";
	}
	if (problem == NULL && (byte_at(lexer, at) == '.' || is_name_start(byte_at(lexer, at))))
		problem = "a number must be followed by a space or a mark";
	if (problem != NULL) {
		size_t end = skip_number_like(lexer, at);
		return bad(start, end > start ? end : start + 1, start,
			   end > start ? end : start + 1, problem);
	}
	token.end = at;
	return token;
}

/* Four hexadecimal digits, or -1. */
static int32_t code_unit(const struct graphql_lexer *lexer, size_t at)
{
	int32_t unit = 0;

	for (size_t i = 0; i < 4; i++) {
		int digit = byte_at(lexer, at + i) < 0 ? -1 : hex_value(byte_at(lexer, at + i));

		if (digit < 0)
			return -1;
		unit = unit * 16 + digit;
	}
	return unit;
}

static bool is_scalar_value(int32_t c)
{
	return (c >= 0 && c < 0xd800) || (c > 0xdfff && c <= 0x10ffff);
}

/* The character that the `\u...` at `at` stands for and its length in bytes; -1 when it is wrong.
 */
static int32_t unicode_escape(const struct graphql_lexer *lexer, size_t at, size_t *size)
{
	if (byte_at(lexer, at + 2) == '{') {
		int32_t c = 0;
		size_t i = at + 3;

		for (; i < at + 12 && byte_at(lexer, i) >= 0 && hex_value(byte_at(lexer, i)) >= 0 &&
		       c <= 0x10ffff;
		     i++)
			c = c * 16 + hex_value(byte_at(lexer, i));
		*size = i + 1 - at;
		return i > at + 3 && byte_at(lexer, i) == '}' && is_scalar_value(c) ? c : -1;
	}
	int32_t c = code_unit(lexer, at + 2);
	*size = 6;
	if (c >= 0xd800 && c <= 0xdbff && byte_at(lexer, at + 6) == '\\' &&
	    byte_at(lexer, at + 7) == 'u') {
		int32_t low = code_unit(lexer, at + 8);

		*size = 12;
		if (low < 0xdc00 || low > 0xdfff)
			return -1;
		return 0x10000 + (c - 0xd800) * 0x400 + (low - 0xdc00);
	}
	return is_scalar_value(c) ? c : -1;
}

/* The same for any escape. */
static int32_t escape(const struct graphql_lexer *lexer, size_t at, size_t *size)
{
	static const char letters[] = "\"\\/bfnrt";
	static const char meant[] = "\"\\/\b\f\n\r\t";
	int c = byte_at(lexer, at + 1);
	const char *found = c > 0 ? strchr(letters, c) : NULL;

	if (c == 'u')
		return unicode_escape(lexer, at, size);
	*size = 2;
	return found != NULL ? meant[found - letters] : -1;
}

static struct graphql_token read_string(const struct graphql_lexer *lexer, size_t start)
{
	struct graphql_token wrong = {0};
	size_t at = start + 1;

	while (at < lexer->len && !is_line_end(byte_at(lexer, at))) {
		size_t size = 1;

		if (byte_at(lexer, at) == '"') {
			if (wrong.problem != NULL) {
				wrong.end = at + 1;
				return wrong;
			}
			return (struct graphql_token){
				.kind = GRAPHQL_TOKEN_STRING, .start = start, .end = at + 1};
		}
		if (byte_at(lexer, at) == '\\' && escape(lexer, at, &size) < 0) {
			/* Only what certainly belongs to it: a quote after it may end the string.
			 */
			size = byte_at(lexer, at + 1) > 0 && !is_line_end(byte_at(lexer, at + 1))
				       ? 2
				       : 1;
			if (wrong.problem == NULL)
				wrong = bad(start, 0, at, at + size,
					    "a string cannot hold this escape");
		}
		at += size;
	}
	return bad(start, at, start, at, "this string is not closed on its line");
}

static struct graphql_token read_block_string(const struct graphql_lexer *lexer, size_t start)
{
	size_t at = start + 3;

	for (; at + 2 < lexer->len; at++) {
		if (memcmp(lexer->bytes + at, "\"\"\"", 3) == 0)
			return (struct graphql_token){
				.kind = GRAPHQL_TOKEN_BLOCK_STRING, .start = start, .end = at + 3};
		if (byte_at(lexer, at) == '\\' && at + 3 < lexer->len &&
		    memcmp(lexer->bytes + at + 1, "\"\"\"", 3) == 0)
			at += 3;
	}
	return bad(start, lexer->len, start, start + 3, "this block string is never closed");
}

static struct graphql_token remedied(struct graphql_token token, const char *remedy)
{
	token.remedy = remedy;
	return token;
}

static struct graphql_token read_unknown(const struct graphql_lexer *lexer, size_t start)
{
	int c = byte_at(lexer, start);
	uint32_t code_point;
	bool valid;
	size_t end =
		start + utf8_decode(lexer->bytes + start, lexer->len - start, &code_point, &valid);

	if (c == '\'')
		return remedied(
			bad(start, end, start, end, "strings are written with double quotes"),
			"write `\"` in place of `'`");
	if (lexer->len - start >= 7 && memcmp(lexer->bytes + start, "<<<<<<<", 7) == 0)
		return remedied(
			bad(start, start + 7, start, start + 7, "a merge left its marks here"),
			"keep one of the two sides, and remove the lines of marks");
	if (c == '/')
		return remedied(bad(start, end, start, end, "this character means nothing here"),
				"a comment begins with `#`");
	if (c == '`') {
		while (byte_at(lexer, end) == '`')
			end++;
		return remedied(
			bad(start, end, start, end, "the marks of a block of code are no GraphQL"),
			"write the query alone into the file");
	}
	if (c == '.') {
		while (byte_at(lexer, end) == '.')
			end++;
		return bad(start, end, start, end, "a spread is written with three dots");
	}
	return bad(start, end, start, end, "this character means nothing here");
}

struct graphql_token graphql_lexer_next(struct graphql_lexer *lexer)
{
	size_t start = skip_ignored(lexer);
	int c = byte_at(lexer, start);
	struct graphql_token token = {.start = start, .end = start};

	if (c < 0) {
		/* The loop of a caller that skips to the end must see it. */
		token.kind = GRAPHQL_TOKEN_END;
	} else if (is_name_start(c)) {
		token.kind = GRAPHQL_TOKEN_NAME;
		while (is_name_start(byte_at(lexer, token.end)) ||
		       is_digit(byte_at(lexer, token.end)))
			token.end++;
	} else if (is_digit(c) || c == '-') {
		token = read_number(lexer, start);
	} else if (c == '"') {
		bool block = byte_at(lexer, start + 1) == '"' && byte_at(lexer, start + 2) == '"';
		token = block ? read_block_string(lexer, start) : read_string(lexer, start);
	} else if (c != 0 && strchr("!$&():=@[]{|}", c) != NULL) {
		token.kind = GRAPHQL_TOKEN_MARK;
		token.mark = (char)c;
		token.end = start + 1;
	} else if (c == '.' && byte_at(lexer, start + 1) == '.' &&
		   byte_at(lexer, start + 2) == '.') {
		token.kind = GRAPHQL_TOKEN_SPREAD;
		token.end = start + 3;
	} else {
		token = read_unknown(lexer, start);
	}
	lexer->at = token.end;
	return token;
}

struct line {
	const char *text;
	size_t len;
};

static size_t indentation(struct line line)
{
	size_t n = 0;

	while (n < line.len && (line.text[n] == ' ' || line.text[n] == '\t'))
		n++;
	return n;
}

/* The lines of a block string; CRLF, CR and LF end one. */
static size_t split_lines(struct arena *arena, const char *text, size_t len, struct line **lines)
{
	size_t count = 0, start = 0;

	*lines = NULL;
	for (size_t at = 0; at <= len; at++) {
		if (at < len && !is_line_end(text[at]))
			continue;
		struct line *line = arena_push(arena, lines, &count, sizeof(*line));
		*line = (struct line){text + start, at - start};
		if (at + 1 < len && text[at] == '\r' && text[at + 1] == '\n')
			at++;
		start = at + 1;
	}
	return count;
}

/* Writes the text between the quotes to `out` (as long as the text at least). */
static size_t block_string_value(struct arena *arena, const char *text, size_t len, char *out)
{
	struct line *lines;
	size_t count = split_lines(arena, text, len, &lines);
	size_t common = SIZE_MAX, first = count, end = 0, out_len = 0;

	for (size_t i = 0; i < count; i++) {
		size_t indent = indentation(lines[i]);

		if (indent == lines[i].len)
			continue;
		if (first == count)
			first = i;
		end = i + 1;
		if (i > 0 && indent < common)
			common = indent;
	}
	for (size_t i = first; i < end; i++) {
		struct line line = lines[i];
		size_t skip = i == 0 || common == SIZE_MAX ? 0 : common;

		if (i > first)
			out[out_len++] = '\n';
		for (size_t k = skip; k < line.len; k++) {
			if (line.text[k] == '\\' && line.len - k > 3 &&
			    memcmp(line.text + k + 1, "\"\"\"", 3) == 0)
				continue;
			out[out_len++] = line.text[k];
		}
	}
	return out_len;
}

const char *graphql_string_value(struct arena *arena, const char *bytes,
				 const struct graphql_token *token, size_t *len)
{
	bool block = token->kind == GRAPHQL_TOKEN_BLOCK_STRING;
	size_t start = token->start + (block ? 3 : 1), end = token->end - (block ? 3 : 1);
	/* No escape is shorter than what it stands for. */
	char *value = arena_alloc(arena, end - start + 1);
	const struct graphql_lexer text = {.bytes = bytes, .len = end};
	size_t out = 0;

	if (block) {
		*len = block_string_value(arena, bytes + start, end - start, value);
		return value;
	}
	for (size_t at = start; at < end;) {
		size_t size = 1;

		if (bytes[at] == '\\')
			out += utf8_encode((uint32_t)escape(&text, at, &size), value + out);
		else
			value[out++] = bytes[at];
		at += size;
	}
	*len = out;
	return value;
}
