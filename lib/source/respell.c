/* Valid TypeScript that tree-sitter-typescript 0.23 refuses, found by comparing it with esbuild on
 * some 5,000 public source files. A finding "does not parse" about valid code would be a false
 * alarm, so a text with errors is parsed once more with these spellings replaced by others of the
 * same length and meaning. No lexer is needed: inside strings and comments a replaced letter
 * changes nothing, because names and values are read from the original text. */
#include "source/respell.h"

#include <ctype.h>
#include <string.h>

struct text {
	char *bytes;
	size_t len;
	size_t code_from, code; /* from the first to the second there is no code */
};

static bool is_word_byte(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static size_t skip_space(const struct text *t, size_t at)
{
	while (at < t->len && strchr(" \t\r\n", t->bytes[at]) != NULL && t->bytes[at] != '\0')
		at++;
	return at;
}

static size_t skip_word(const struct text *t, size_t at)
{
	while (at < t->len && is_word_byte(t->bytes[at]))
		at++;
	return at;
}

/* Offset after the last byte before `at` that is not white space. */
static size_t before_space(const struct text *t, size_t at)
{
	while (at > 0 && strchr(" \t\r\n", t->bytes[at - 1]) != NULL && t->bytes[at - 1] != '\0')
		at--;
	return at;
}

static char byte_at(const struct text *t, size_t at)
{
	return at < t->len ? t->bytes[at] : '\0';
}

static char byte_before(const struct text *t, size_t at)
{
	size_t end = before_space(t, at);

	return end > 0 ? t->bytes[end - 1] : '\0';
}

static bool word_is(const struct text *t, size_t start, size_t end, const char *word)
{
	return end - start == strlen(word) && memcmp(t->bytes + start, word, end - start) == 0;
}

static bool word_before_is(const struct text *t, size_t at, const char *word)
{
	size_t end = before_space(t, at), start = end;

	while (start > 0 && is_word_byte(t->bytes[start - 1]))
		start--;
	return word_is(t, start, end, word);
}

static void fill(struct text *t, size_t start, size_t end, char c)
{
	for (size_t i = start; i < end; i++) {
		if (t->bytes[i] != '\n' && t->bytes[i] != '\r')
			t->bytes[i] = c;
	}
}

/* `import("x").A[]`, `import("x").A<B>` and `typeof import("x")` in types: the call becomes a name.
 * `import("x").then<...>` is a real import. */
static void respell_import(struct text *t, size_t start, size_t end)
{
	size_t at = skip_space(t, end), close;
	bool promise = false;
	char quote;

	if (byte_at(t, at) != '(')
		return;
	at = skip_space(t, at + 1);
	quote = byte_at(t, at);
	if (quote != '"' && quote != '\'')
		return;
	for (at++; at < t->len && t->bytes[at] != quote; at++) {
		if (t->bytes[at] == '\n')
			return;
	}
	at = skip_space(t, at + 1);
	if (byte_at(t, at) != ')')
		return;
	close = ++at;
	while (byte_at(t, at) == '.') {
		size_t name = at + 1;

		at = skip_word(t, name);
		promise = word_is(t, name, at, "then") || word_is(t, name, at, "catch") ||
			  word_is(t, name, at, "finally");
	}
	if (word_before_is(t, start, "typeof") || (!promise && byte_at(t, at) == '<') ||
	    (byte_at(t, at) == '[' && byte_at(t, skip_space(t, at + 1)) == ']'))
		fill(t, start, close, 'i');
}

/* `(string) => void`: a parameter named like a type. */
static void respell_parameter(struct text *t, size_t start, size_t end)
{
	static const char *const types[] = {"string", "number", "boolean", "any",
					    "object", "symbol", "unknown", "never"};
	size_t after = skip_space(t, end);

	if (byte_before(t, start) != '(' || byte_at(t, after) != ')')
		return;
	after = skip_space(t, after + 1);
	if (byte_at(t, after) != '=' || byte_at(t, after + 1) != '>')
		return;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (word_is(t, start, end, types[i]))
			fill(t, start, start + 1, '_');
	}
}

static void respell_word(struct text *t, size_t start, size_t end)
{
	size_t after = skip_space(t, end);
	char next = byte_at(t, after), same_line = byte_at(t, end);

	switch (t->bytes[start]) {
	case 'a':
		/* A property called `abstract`. */
		if (word_is(t, start, end, "abstract") && (next == ':' || next == '?'))
			fill(t, start, start + 1, '_');
		/* `accessor x = 1` */
		if (word_is(t, start, end, "accessor") && (same_line == ' ' || same_line == '\t') &&
		    (is_word_byte(next) || next == '#' || next == '[' || next == '"' ||
		     next == '\''))
			fill(t, start, end, ' ');
		/* `from "x" assert {type: "json"}` */
		if (word_is(t, start, end, "assert") && next == '{' &&
		    (byte_before(t, start) == '"' || byte_before(t, start) == '\'')) {
			size_t close = after;

			while (close < t->len && t->bytes[close] != '}')
				close++;
			fill(t, start, close < t->len ? close + 1 : close, ' ');
		}
		break;
	case 'd':
		if (word_is(t, start, end, "defer") && next == '*' &&
		    word_before_is(t, start, "import"))
			fill(t, start, end, ' ');
		break;
	case 'i':
		if (word_is(t, start, end, "import"))
			respell_import(t, start, end);
		break;
	case 't':
		/* `export type * from "x"`; facts.c looks at the original text. */
		if (word_is(t, start, end, "type") && next == '*' &&
		    word_before_is(t, start, "export"))
			fill(t, start, end, ' ');
		break;
	default:
		break;
	}
	/* Variance: `<in T, out U>` */
	if ((word_is(t, start, end, "in") || word_is(t, start, end, "out")) &&
	    (byte_before(t, start) == '<' || byte_before(t, start) == ',') && after > end &&
	    is_word_byte(next))
		fill(t, start, end, ' ');
	respell_parameter(t, start, end);
}

/* Offset after white space and comments. */
static size_t skip_comments(const struct text *t, size_t at)
{
	for (;;) {
		at = skip_space(t, at);
		if (byte_at(t, at) != '/')
			return at;
		if (byte_at(t, at + 1) == '/') {
			while (at < t->len && t->bytes[at] != '\n')
				at++;
		} else if (byte_at(t, at + 1) == '*') {
			for (at += 2; at < t->len; at++) {
				if (t->bytes[at] == '*' && byte_at(t, at + 1) == '/')
					break;
			}
			at = at < t->len ? at + 2 : at;
		} else {
			return at;
		}
	}
}

/* Where the comment begins that the line end at `at` ends; `at` when there is none. The `//` of an
 * address has a colon before it. */
static size_t line_comment(const struct text *t, size_t at)
{
	size_t start = at, i;

	while (start > 0 && t->bytes[start - 1] != '\n')
		start--;
	for (i = start; i < at; i++) {
		if (t->bytes[i] == '/' && t->bytes[i + 1] == '/' &&
		    (i == start || t->bytes[i - 1] != ':'))
			break;
	}
	return i;
}

/* A call signature on a new line after a member without a semicolon: one is put in place of the
 * line end, or of the blank before the comment there. */
static void respell_line_end(struct text *t, size_t at)
{
	size_t next, end;
	char last, after;

	if (at < t->code_from || at >= t->code) { /* each stretch once, however many lines it has */
		t->code_from = at;
		t->code = skip_comments(t, at);
	}
	next = t->code;
	after = byte_at(t, next + 1);
	/* Type parameters, not a comparison: nobody puts the operator on a line of its own. */
	if (byte_at(t, next) != '<' || (!is_word_byte(after) && after != '\n' && after != '\r'))
		return;
	end = line_comment(t, at);
	last = byte_before(t, end);
	if (!is_word_byte(last) && (last == '\0' || strchr(">])}", last) == NULL))
		return;
	if (end < at) {
		if (end == 0 || strchr(" \t", t->bytes[end - 1]) == NULL)
			return;
		end--;
	} else {
		fill(t, at - (at > 0 && t->bytes[at - 1] == '\r'), at, ' ');
	}
	t->bytes[end] = ';';
}

/* `&` in the text or an attribute of an element. As an operator it parses like `|`; rules/types.c
 * looks at the original text before it takes a type for a union. */
static void respell_ampersands(struct text *t)
{
	for (char *at = memchr(t->bytes, '&', t->len); at != NULL;
	     at = memchr(at, '&', t->len - (size_t)(at - t->bytes))) {
		*at = '|';
	}
}

void respell(char *text, size_t len, enum dialect dialect)
{
	struct text t = {.bytes = text, .len = len};
	size_t at = 0;

	if (dialect == DIALECT_TSX)
		respell_ampersands(&t);
	while (at < len) {
		if (is_word_byte(text[at])) {
			size_t end = skip_word(&t, at);

			respell_word(&t, at, end);
			at = end;
		} else {
			if (text[at] == '\n' && dialect == DIALECT_TS)
				respell_line_end(&t, at);
			at++;
		}
	}
}
