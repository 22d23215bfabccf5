/* GraphQL source text -> tokens (specification October 2021, section 2; braced Unicode escapes of
 * the later draft are taken too). Nothing is copied: a token is a stretch of the text. */
#ifndef ATTIO_GRAPHQL_LEXER_H
#define ATTIO_GRAPHQL_LEXER_H

#include <stddef.h>

struct arena;

enum graphql_token_kind {
	GRAPHQL_TOKEN_END,
	GRAPHQL_TOKEN_BAD, /* nothing that can be a token; `problem` says why */
	GRAPHQL_TOKEN_NAME,
	GRAPHQL_TOKEN_INT,
	GRAPHQL_TOKEN_FLOAT,
	GRAPHQL_TOKEN_STRING,
	GRAPHQL_TOKEN_BLOCK_STRING,
	GRAPHQL_TOKEN_SPREAD, /* ... */
	GRAPHQL_TOKEN_MARK    /* one of ! $ & ( ) : = @ [ ] { | }: the byte at `start` */
};

struct graphql_token {
	enum graphql_token_kind kind;
	char mark; /* GRAPHQL_TOKEN_MARK: which one; else 0 */
	size_t start;
	size_t end;
	/* GRAPHQL_TOKEN_BAD: a static text, and where exactly (start and end cover the bytes that
	 * reading can skip) */
	const char *problem;
	const char *remedy; /* static, or NULL */
	size_t problem_start;
	size_t problem_end;
};

struct graphql_lexer {
	const char *bytes;
	size_t len;
	size_t at;
};

/* The next token; GRAPHQL_TOKEN_END for ever at the end. After a bad token reading can go on. */
struct graphql_token graphql_lexer_next(struct graphql_lexer *lexer);

/* What a (correct) string or block string token stands for: escapes resolved, a block's common
 * indentation removed. In the arena, NUL-terminated; it may hold NUL bytes too. */
const char *graphql_string_value(struct arena *arena, const char *bytes,
				 const struct graphql_token *token, size_t *len);

#endif
