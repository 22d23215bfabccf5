/* tree-sitter 0.20 keeps the number of a node's children in 16 bits in one place: when a text ends,
 * or breaks, while more than 65,535 parts are unfinished, it frees the wrong memory. This estimate
 * of the unfinished parts keeps such texts away from it. Strings are skipped when they end on their
 * line; templates, regular expressions and text between elements are not: their brackets pair up,
 * too. */
#include "source/depth.h"

#include <ctype.h>
#include <string.h>

#include "base/mem.h"

enum {
	WEIGHT_LIMIT = 60000,
	BRACKET_WEIGHT = 8, /* parts on the stack for one open bracket, at most */
	PREFIX_WEIGHT = 6,  /* for one operator or keyword that waits for its operand */
	LEVEL_LIMIT = WEIGHT_LIMIT / BRACKET_WEIGHT + 1
};

struct level {
	char open;
	size_t weight; /* before the bracket */
};

struct depth {
	struct level levels[LEVEL_LIMIT];
	size_t count;
	size_t weight;
	char last; /* the last character that was not white space */
};

static void reset(struct depth *d)
{
	d->weight = d->count == 0 ? 0 : d->levels[d->count - 1].weight + BRACKET_WEIGHT;
}

static void open_level(struct depth *d, char c)
{
	if (d->count < LEVEL_LIMIT)
		d->levels[d->count++] = (struct level){c, d->weight};
	d->weight += BRACKET_WEIGHT;
}

/* Closes the nearest level of that bracket and what was left open inside it. */
static void close_level(struct depth *d, char open)
{
	for (size_t i = d->count; i > 0; i--) {
		if (d->levels[i - 1].open != open)
			continue;
		d->count = i - 1;
		d->weight = d->levels[i - 1].weight;
		return;
	}
}

/* The end of a string or comment that begins at `at`; `at` itself when none does. */
static size_t skip_inert(const char *text, size_t len, size_t at)
{
	char c = text[at];
	size_t end = at + 1;

	if (c == '/' && end < len && (text[end] == '/' || text[end] == '*')) {
		bool line = text[end] == '/';

		for (end++; end < len; end++) {
			if (line ? text[end] == '\n' : text[end] == '/' && text[end - 1] == '*')
				return line ? end : end + 1;
		}
		return end;
	}
	if (c != '"' && c != '\'')
		return at;
	for (; end < len && text[end] != '\n'; end++) {
		if (text[end] == '\\')
			end++;
		else if (text[end] == c)
			return end + 1;
	}
	return at;
}

static bool is_word(const char *text, size_t len, const char *const *words)
{
	for (size_t i = 0; words[i] != NULL; i++) {
		if (strlen(words[i]) == len && memcmp(words[i], text, len) == 0)
			return true;
	}
	return false;
}

static void take_word(struct depth *d, const char *word, size_t len, bool begins_line)
{
	static const char *const starters[] = {"const",    "let",   "var",  "export",    "import",
					       "function", "class", "type", "interface", "enum",
					       "return",   "throw", NULL};
	static const char *const prefixes[] = {"if",      "else",   "for",        "while",  "do",
					       "with",    "typeof", "void",       "delete", "await",
					       "new",     "yield",  "keyof",      "async",  "infer",
					       "extends", "in",     "instanceof", NULL};

	if (begins_line && is_word(word, len, starters))
		reset(d);
	if (is_word(word, len, prefixes))
		d->weight += PREFIX_WEIGHT;
	d->last = 'a';
}

static void take_character(struct depth *d, char c, char next)
{
	switch (c) {
	case '(':
	case '[':
	case '{':
		open_level(d, c);
		break;
	case ')':
		close_level(d, '(');
		break;
	case ']':
		close_level(d, '[');
		break;
	case '}':
		close_level(d, '{');
		break;
	case ';':
	case ',':
		reset(d);
		break;
	case '<':
		if (next == '/')
			close_level(d, '<');
		else if (isalpha((unsigned char)next) || next == '>')
			open_level(d, c);
		else
			d->weight += PREFIX_WEIGHT;
		break;
	case '>':
		if (d->last == '/')
			close_level(d, '<');
		break;
	case '?':
	case '=':
	case ':':
	case '!':
	case '~':
	case '@':
		d->weight += PREFIX_WEIGHT;
		break;
	case '+':
	case '-':
	case '*':
	case '|':
	case '&':
		/* Before an operand, or right-associative `**`. */
		if (strchr("(+-*/%&|^!~<>=?:,[{;", d->last) != NULL)
			d->weight += PREFIX_WEIGHT;
		break;
	default:
		break;
	}
	d->last = c;
}

bool is_too_deep(const char *text, size_t len, size_t *at)
{
	struct depth *d = mem_zalloc(1, sizeof(*d));
	bool begins_line = true;

	d->last = ';';
	*at = 0;
	while (*at < len && d->weight <= WEIGHT_LIMIT) {
		char c = text[*at];
		size_t end = skip_inert(text, len, *at);

		if (end > *at) {
			if (c != '/')
				d->last = 'a';
			*at = end;
		} else if (isalpha((unsigned char)c)) {
			while (end < len && (isalnum((unsigned char)text[end]) || text[end] == '_'))
				end++;
			take_word(d, text + *at, end - *at, begins_line);
			*at = end;
			begins_line = false;
		} else {
			if (c == '\n')
				begins_line = true;
			else if (c != ' ' && c != '\t' && c != '\r') {
				take_character(d, c, *at + 1 < len ? text[*at + 1] : '\0');
				begins_line = false;
			}
			(*at)++;
		}
	}
	bool deep = d->weight > WEIGHT_LIMIT;
	mem_free(d);
	return deep;
}
