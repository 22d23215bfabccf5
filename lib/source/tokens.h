/* A text of JavaScript or TypeScript as a list of tokens, without a grammar: enough to see what
 * stands beside what, outside of strings and comments, with brackets matched. What only a grammar
 * can tell (is `/` a division?) is guessed. Only lib/source includes this. */
#ifndef ATTIO_SOURCE_TOKENS_H
#define ATTIO_SOURCE_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All kinds that are not here are a character of their own; `<<` and `>>` are two tokens. */
enum token_kind {
	LEX_END, /* after the last one, and before the first */
	LEX_WORD,
	LEX_STRING,
	LEX_TEMPLATE, /* text of a template up to its end or a `${`, or from a `}` on */
	LEX_REGEX,
	LEX_ARROW,    /* => */
	LEX_OPTIONAL, /* ?. */
	LEX_DOTS,     /* ... */
	LEX_OPERATOR, /* of more characters than one, but for the above */
};

struct token {
	uint32_t start, end;
	uint32_t mate; /* of a bracket: the other one; else, and without one, itself */
	uint32_t in;   /* the bracket that it stands in; 0: none */
	uint8_t kind;
	bool fresh; /* a line begins before it */
};

struct tokens {
	const char *bytes;
	struct token *items; /* items[0] and items[count] are LEX_END */
	uint32_t count;
};

/* Texts that are too long have no tokens. Free with tokens_dispose. */
void tokens_read(struct tokens *tokens, const char *bytes, size_t len);
void tokens_dispose(struct tokens *tokens);

static inline bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '$' || c == '\\' || (unsigned char)c >= 0x80;
}

#endif
