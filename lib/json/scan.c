/* A recursive walk over the grammar of JSON that builds nothing. Depth is limited, so the stack is
 * too. Each function returns NULL or the complaint, and leaves `at` where the problem is. */
#include "json/scan.h"

#include <stdbool.h>
#include <string.h>

#include "base/str.h"
#include "json/json.h"

/* cJSON copies a number into a small buffer; a longer one would be cut. */
enum { NUMBER_MAX = 60 };

struct scan {
	const char *text;
	size_t len;
	size_t at;
	unsigned depth;
};

static const char *scan_value(struct scan *scan);

/* The current byte, or -1 at the end. */
static int peek(const struct scan *scan)
{
	return scan->at < scan->len ? (unsigned char)scan->text[scan->at] : -1;
}

static void skip_space(struct scan *scan)
{
	int c = peek(scan);
	while (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
		scan->at++;
		c = peek(scan);
	}
}

static bool is_digit(int c)
{
	return c >= '0' && c <= '9';
}

/* The four digits after `\u` at offset `at`; -1 when they are not there. */
static int code_unit(const struct scan *scan, size_t at)
{
	int unit = 0;
	if (scan->len < 4 || at > scan->len - 4)
		return -1;
	for (size_t i = 0; i < 4; i++) {
		int digit = hex_value((unsigned char)scan->text[at + i]);
		if (digit < 0)
			return -1;
		unit = unit * 16 + digit;
	}
	return unit;
}

static const char *scan_unicode_escape(struct scan *scan)
{
	int unit = code_unit(scan, scan->at + 2);
	if (unit < 0)
		return "`\\u` needs four hexadecimal digits";
	if (unit == 0)
		return "a string holds the NUL character";
	size_t len = 6;
	if (unit >= 0xd800 && unit <= 0xdfff) {
		bool paired = unit < 0xdc00 && scan->at + 7 < scan->len &&
			      scan->text[scan->at + 6] == '\\' && scan->text[scan->at + 7] == 'u';
		int second = paired ? code_unit(scan, scan->at + 8) : -1;
		if (second < 0xdc00 || second > 0xdfff)
			return "half of a surrogate pair stands alone";
		len = 12;
	}
	scan->at += len;
	return NULL;
}

static const char *scan_string(struct scan *scan)
{
	size_t start = scan->at++;
	for (;;) {
		int c = peek(scan);
		if (c < 0) {
			scan->at = start;
			return "a string has no closing quote";
		}
		if (c == '"') {
			scan->at++;
			return NULL;
		}
		if (c == '\n' || c == '\r')
			return "a string must end on the line where it starts";
		if (c < 0x20)
			return "a string holds a control character that is not escaped";
		if (c != '\\') {
			scan->at++;
			continue;
		}
		int next = scan->at + 1 < scan->len ? scan->text[scan->at + 1] : -1;
		if (next == 'u') {
			const char *wrong = scan_unicode_escape(scan);
			if (wrong != NULL)
				return wrong;
		} else if (next > 0 && strchr("\"\\/bfnrt", next) != NULL) {
			scan->at += 2;
		} else {
			return "a backslash starts no known escape";
		}
	}
}

static const char *scan_digits(struct scan *scan)
{
	if (!is_digit(peek(scan)))
		return "a digit is missing in a number";
	while (is_digit(peek(scan)))
		scan->at++;
	return NULL;
}

static const char *scan_number(struct scan *scan)
{
	size_t start = scan->at;
	const char *wrong = NULL;
	if (peek(scan) == '-')
		scan->at++;
	if (peek(scan) == '0') {
		scan->at++;
		if (is_digit(peek(scan)))
			return "a number must not start with 0";
	} else {
		wrong = scan_digits(scan);
	}
	if (wrong == NULL && peek(scan) == '.') {
		scan->at++;
		wrong = scan_digits(scan);
	}
	if (wrong == NULL && (peek(scan) == 'e' || peek(scan) == 'E')) {
		scan->at++;
		if (peek(scan) == '+' || peek(scan) == '-')
			scan->at++;
		wrong = scan_digits(scan);
	}
	if (wrong == NULL && scan->at - start > NUMBER_MAX) {
		scan->at = start;
		return "a number has too many digits";
	}
	return wrong;
}

static const char *scan_word(struct scan *scan, const char *word)
{
	size_t len = strlen(word);
	if (scan->len - scan->at < len || memcmp(scan->text + scan->at, word, len) != 0)
		return "a value is expected";
	scan->at += len;
	return NULL;
}

/* The content of an array or an object, from its bracket to `close`. */
static const char *scan_members(struct scan *scan, bool object)
{
	const int close = object ? '}' : ']';
	if (scan->depth == JSON_DEPTH)
		return "it is nested too deeply";
	scan->depth++;
	scan->at++;
	skip_space(scan);
	bool more = peek(scan) != close;
	while (more) {
		skip_space(scan);
		const char *wrong = NULL;
		if (object) {
			if (peek(scan) != '"')
				return "a key in double quotes is expected";
			wrong = scan_string(scan);
			if (wrong != NULL)
				return wrong;
			skip_space(scan);
			if (peek(scan) != ':')
				return "a colon is expected";
			scan->at++;
		}
		wrong = scan_value(scan);
		if (wrong != NULL)
			return wrong;
		skip_space(scan);
		more = peek(scan) == ',';
		if (more)
			scan->at++;
		else if (peek(scan) != close)
			return object ? "a comma or `}` is expected" : "a comma or `]` is expected";
	}
	scan->at++;
	scan->depth--;
	return NULL;
}

static const char *scan_value(struct scan *scan)
{
	skip_space(scan);
	int c = peek(scan);
	if (c == '{' || c == '[')
		return scan_members(scan, c == '{');
	if (c == '"')
		return scan_string(scan);
	if (c == '-' || is_digit(c))
		return scan_number(scan);
	if (c == 't')
		return scan_word(scan, "true");
	if (c == 'f')
		return scan_word(scan, "false");
	if (c == 'n')
		return scan_word(scan, "null");
	return "a value is expected";
}

const char *json_scan(const char *text, size_t len, size_t *offset)
{
	const char *nul = len != 0 ? memchr(text, '\0', len) : NULL;
	size_t invalid = utf8_invalid_at(text, len);
	if (nul != NULL && (size_t)(nul - text) < invalid) {
		*offset = (size_t)(nul - text);
		return "it holds a NUL byte";
	}
	if (invalid < len) {
		*offset = invalid;
		return "it is not valid UTF-8";
	}
	struct scan scan = {.text = text, .len = len};
	const char *wrong = scan_value(&scan);
	if (wrong == NULL) {
		skip_space(&scan);
		if (scan.at < len)
			wrong = "nothing may follow the value";
	}
	*offset = scan.at;
	return wrong;
}

/* The end of the comment at `at`, or `at` when none starts there or it is not closed. */
static size_t comment_end(const char *text, size_t len, size_t at)
{
	if (len - at < 2 || text[at] != '/')
		return at;
	if (text[at + 1] == '/') {
		const char *end = memchr(text + at, '\n', len - at);
		return end != NULL ? (size_t)(end - text) : len;
	}
	if (text[at + 1] != '*')
		return at;
	for (size_t end = at + 2; end + 1 < len; end++) {
		if (text[end] == '*' && text[end + 1] == '/')
			return end + 2;
	}
	return at;
}

static size_t string_end(const char *text, size_t len, size_t at)
{
	for (at++; at < len && text[at] != '"'; at++) {
		if (text[at] == '\\')
			at++;
	}
	return at < len ? at + 1 : len;
}

void json_blank_comments(char *text, size_t len)
{
	size_t comma = len; /* a comma with nothing but space and comments after it so far */
	char before = '\0'; /* the last byte of the last token */
	for (size_t at = 0; at < len;) {
		size_t end = comment_end(text, len, at);
		if (end > at) {
			/* Line ends stay: nothing else tells lines apart. */
			for (; at < end; at++) {
				if (text[at] != '\n')
					text[at] = ' ';
			}
			continue;
		}
		char c = text[at];
		if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
			at++;
			continue;
		}
		if ((c == '}' || c == ']') && comma < len)
			text[comma] = ' ';
		/* A comma is trailing only after a value: `[,]` stays wrong. */
		bool after_value = before != '\0' && strchr("[{,:", before) == NULL;
		comma = c == ',' && after_value ? at : len;
		before = c;
		at = c == '"' ? string_end(text, len, at) : at + 1;
	}
}

/* How many bytes the escape at `at` takes when it is whole, else 0: "\\ud83d\\ude00" is one. */
static size_t sound_escape(const char *text, size_t len, size_t at)
{
	struct scan scan = {.text = text, .len = len, .at = at};

	if (text[at + 1] != 'u')
		return 2;
	return scan_unicode_escape(&scan) == NULL ? scan.at - at : 0;
}

void json_mend_escapes(char *text, size_t len)
{
	for (size_t i = 0; i + 1 < len;) {
		struct scan scan = {.text = text, .len = len};
		size_t size = text[i] == '\\' ? sound_escape(text, len, i) : 1;

		if (size == 0 && code_unit(&scan, i + 2) >= 0) {
			memcpy(text + i, "\\ufffd", 6);
			size = 6;
		}
		i += size > 0 ? size : 2;
	}
}

void json_replace_nul(char *text, size_t len)
{
	static const char nul[] = "\\u0000", stand_in[] = "\\ufffd";
	const size_t size = sizeof(nul) - 1;

	for (size_t i = 0; i + 1 < len; i++) {
		if (text[i] != '\\')
			continue;
		if (len - i >= size && memcmp(text + i, nul, size) == 0)
			memcpy(text + i, stand_in, size);
		i++; /* what is escaped begins nothing */
	}
}
