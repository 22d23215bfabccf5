/* See tokens.h. */
#include "source/tokens.h"

#include <string.h>

#include "base/mem.h"

#define LONGEST ((size_t)16 << 20)

struct lexer {
	struct tokens *tokens;
	size_t len, at;
	uint32_t room;
	uint32_t *open; /* brackets; a `${` is its template's token */
	uint32_t depth, open_room;
	bool fresh;
	/* Up to here nothing that begins with the character ends on its line: it is not looked for
	 * again at each. */
	size_t open_double, open_single, open_slash;
};

static char byte_at(const struct lexer *lexer, size_t at)
{
	return at < lexer->len ? lexer->tokens->bytes[at] : '\0';
}

static struct token *push(struct lexer *lexer, uint8_t kind, size_t start)
{
	struct tokens *tokens = lexer->tokens;
	struct token *token;

	if (tokens->count + 2 > lexer->room) {
		lexer->room = lexer->room == 0 ? 256 : lexer->room * 2;
		tokens->items = mem_realloc(tokens->items, lexer->room * sizeof(*tokens->items));
	}
	token = &tokens->items[tokens->count];
	*token = (struct token){
		.start = (uint32_t)start,
		.end = (uint32_t)lexer->at,
		.mate = tokens->count,
		.in = lexer->depth > 0 ? lexer->open[lexer->depth - 1] : 0,
		.kind = kind,
		.fresh = lexer->fresh,
	};
	tokens->count++;
	lexer->fresh = false;
	return token;
}

static void open_bracket(struct lexer *lexer)
{
	if (lexer->depth == lexer->open_room) {
		lexer->open_room = lexer->open_room == 0 ? 64 : lexer->open_room * 2;
		lexer->open = mem_realloc(lexer->open, lexer->open_room * sizeof(*lexer->open));
	}
	lexer->open[lexer->depth++] = lexer->tokens->count - 1;
}

/* From behind the backtick or the `}` on. */
static void read_template(struct lexer *lexer, size_t start)
{
	while (lexer->at < lexer->len) {
		char c = byte_at(lexer, lexer->at++);

		if (c == '\\') {
			lexer->at += lexer->at < lexer->len;
		} else if (c == '`') {
			break;
		} else if (c == '$' && byte_at(lexer, lexer->at) == '{') {
			lexer->at++;
			push(lexer, LEX_TEMPLATE, start);
			open_bracket(lexer);
			return;
		}
	}
	push(lexer, LEX_TEMPLATE, start);
}

static void close_bracket(struct lexer *lexer, char c, size_t start)
{
	struct token *items = lexer->tokens->items;
	uint32_t opener = lexer->depth > 0 ? lexer->open[lexer->depth - 1] : 0;
	uint8_t kind = items[opener].kind;
	bool fits = opener != 0 && (c == ')'   ? kind == '('
				    : c == ']' ? kind == '['
					       : kind == '{' || kind == LEX_TEMPLATE);

	if (fits)
		lexer->depth--;
	if (fits && kind == LEX_TEMPLATE) {
		read_template(lexer, start);
		return;
	}
	struct token *token = push(lexer, (uint8_t)c, start);
	if (fits) {
		token->mate = opener;
		lexer->tokens->items[opener].mate = lexer->tokens->count - 1;
	}
}

/* False when it does not end on its line: then it is no string, but text of an element. */
static bool read_string(struct lexer *lexer, char quote, size_t start)
{
	size_t *unended = quote == '"' ? &lexer->open_double : &lexer->open_single;
	size_t at;

	if (start < *unended)
		return false;
	for (at = lexer->at; at < lexer->len; at++) {
		char c = byte_at(lexer, at);

		if (c == '\\') {
			at += byte_at(lexer, at + 1) == '\r' && byte_at(lexer, at + 2) == '\n' ? 2
											       : 1;
		} else if (c == '\n') {
			break;
		} else if (c == quote) {
			lexer->at = at + 1;
			push(lexer, LEX_STRING, start);
			return true;
		}
	}
	*unended = at;
	return false;
}

static bool word_is_one_of(const struct tokens *tokens, const struct token *token,
			   const char *const *words)
{
	for (; *words != NULL; words++)
		if (strlen(*words) == token->end - token->start &&
		    memcmp(*words, tokens->bytes + token->start, strlen(*words)) == 0)
			return true;
	return false;
}

static bool may_be_regex(const struct lexer *lexer)
{
	static const char *const before[] = {"return", "typeof", "case", "in",   "of",
					     "delete", "void",   "do",   "else", "yield",
					     "await",  "new",    NULL};
	const struct token *last = &lexer->tokens->items[lexer->tokens->count - 1];

	switch (last->kind) {
	case LEX_WORD:
		return word_is_one_of(lexer->tokens, last, before);
	case LEX_STRING:
	case LEX_TEMPLATE:
	case LEX_REGEX:
	case ')':
	case ']':
	case '}':
	case '<': /* the end of an element */
		return false;
	default:
		return true;
	}
}

static bool read_regex(struct lexer *lexer, size_t start)
{
	bool in_class = false;
	size_t at;

	if (start < lexer->open_slash)
		return false;
	for (at = lexer->at; at < lexer->len && byte_at(lexer, at) != '\n'; at++) {
		char c = byte_at(lexer, at);

		if (c == '\\') {
			at++;
		} else if (c == '[') {
			in_class = true;
		} else if (c == ']') {
			in_class = false;
		} else if (c == '/' && !in_class) {
			for (at++; is_word_byte(byte_at(lexer, at));)
				at++;
			lexer->at = at;
			push(lexer, LEX_REGEX, start);
			return true;
		}
	}
	lexer->open_slash = at;
	return false;
}

/* White space and comments. */
static void skip(struct lexer *lexer)
{
	for (; lexer->at < lexer->len; lexer->at++) {
		const char *rest = lexer->tokens->bytes + lexer->at;
		char c = *rest, next = byte_at(lexer, lexer->at + 1);
		const char *end;

		if (c == '\n') {
			lexer->fresh = true;
		} else if (c == '/' && next == '/') {
			end = memchr(rest, '\n', lexer->len - lexer->at);
			lexer->at =
				end != NULL ? (size_t)(end - lexer->tokens->bytes) - 1 : lexer->len;
		} else if (c == '/' && next == '*') {
			lexer->at += 2;
			while (lexer->at < lexer->len && !(byte_at(lexer, lexer->at) == '*' &&
							   byte_at(lexer, lexer->at + 1) == '/')) {
				lexer->fresh = lexer->fresh || byte_at(lexer, lexer->at) == '\n';
				lexer->at++;
			}
			lexer->at++;
		} else if (c != ' ' && c != '\t' && c != '\r' && c != '\v' && c != '\f') {
			return;
		}
	}
	lexer->at = lexer->len;
}

static void read_operator(struct lexer *lexer, char c, size_t start)
{
	static const char *const longer[] = {
		"===", "!==", "**=", "&&=", "||=", "\?\?=", "==", "!=", "<=", "&&", "||", "??",
		"++",  "--",  "+=",  "-=",  "*=",  "/=",    "%=", "&=", "|=", "^=", "**"};
	const char *rest = lexer->tokens->bytes + start;
	size_t left = lexer->len - start;
	uint8_t kind = (uint8_t)c;

	if (left >= 3 && memcmp(rest, "...", 3) == 0) {
		kind = LEX_DOTS;
		lexer->at = start + 3;
	} else if (left >= 2 && memcmp(rest, "=>", 2) == 0) {
		kind = LEX_ARROW;
		lexer->at = start + 2;
	} else if (left >= 3 && memcmp(rest, "?.", 2) == 0 && (rest[2] < '0' || rest[2] > '9')) {
		kind = LEX_OPTIONAL;
		lexer->at = start + 2;
	}
	for (size_t i = 0; kind == (uint8_t)c && i < ARRAY_LEN(longer); i++) {
		size_t len = strlen(longer[i]);

		if (left >= len && memcmp(rest, longer[i], len) == 0) {
			kind = LEX_OPERATOR;
			lexer->at = start + len;
		}
	}
	push(lexer, kind, start);
}

static void read_token(struct lexer *lexer)
{
	size_t start = lexer->at++;
	char c = byte_at(lexer, start);

	if (is_word_byte(c)) {
		while (is_word_byte(byte_at(lexer, lexer->at)))
			lexer->at++;
		push(lexer, LEX_WORD, start);
	} else if (c == '`') {
		read_template(lexer, start);
	} else if (c == '(' || c == '[' || c == '{') {
		push(lexer, (uint8_t)c, start);
		open_bracket(lexer);
	} else if (c == ')' || c == ']' || c == '}') {
		close_bracket(lexer, c, start);
	} else if ((c == '"' || c == '\'') && read_string(lexer, c, start)) {
		return;
	} else if (c == '/' && may_be_regex(lexer) && read_regex(lexer, start)) {
		return;
	} else {
		read_operator(lexer, c, start);
	}
}

void tokens_read(struct tokens *tokens, const char *bytes, size_t len)
{
	struct lexer lexer = {.tokens = tokens, .len = len, .fresh = true};

	*tokens = (struct tokens){.bytes = bytes};
	if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
		lexer.at = 3;
	push(&lexer, LEX_END, 0);
	lexer.fresh = true;
	if (len <= LONGEST) {
		for (skip(&lexer); lexer.at < len; skip(&lexer))
			read_token(&lexer);
	}
	push(&lexer, LEX_END, len);
	tokens->items[tokens->count - 1].fresh = true;
	tokens->count--;
	mem_free(lexer.open);
}

void tokens_dispose(struct tokens *tokens)
{
	mem_free(tokens->items);
	*tokens = (struct tokens){0};
}
