/* What the parser's two files share: tokens, errors, names, values, types, directives. Only
 * lib/graphql includes this. A function that returns false has recorded the error; its caller
 * returns at once. */
#ifndef ATTIO_GRAPHQL_PARSER_H
#define ATTIO_GRAPHQL_PARSER_H

#include "graphql/document.h"
#include "graphql/lexer.h"

struct parser {
	struct arena *arena;
	struct graphql_document *document;
	struct graphql_lexer lexer;
	struct graphql_token token; /* the current one, not yet taken */
	size_t last_end;            /* of the token taken last */
	unsigned depth;
	/* Where in an open selection set a line looks like the beginning of the next definition;
	 * SIZE_MAX when none does. */
	size_t suspect;
	bool failed; /* the current definition has its error */
};

void parser_advance(struct parser *parser);
bool parser_at(const struct parser *parser, char mark);
bool parser_at_word(const struct parser *parser, const char *word);
/* Takes the mark or the word if it is there. */
bool parser_take(struct parser *parser, char mark);
bool parser_take_word(struct parser *parser, const char *word);
/* Takes it, or records that it is missing. */
bool parser_expect(struct parser *parser, char mark);
bool parser_expect_word(struct parser *parser, const char *word);
/* Takes the mark that closes what was opened at `opened`. */
bool parser_close(struct parser *parser, char mark, size_t opened);
/* Records that something else was expected at the current token; always false. */
bool parser_fail(struct parser *parser, const char *expected);
/* Records any error; NULL if this definition has one already. */
struct graphql_syntax_error *parser_error(struct parser *parser, size_t start, size_t end,
					  const char *message, ...)
	__attribute__((format(printf, 4, 5)));
/* Counts one level more; false when it is too deep. Each success wants a leave. */
bool parser_enter(struct parser *parser);
void parser_leave(struct parser *parser);

bool parser_name(struct parser *parser, struct graphql_name *name, const char *expected);
bool parser_value(struct parser *parser, bool constant, struct graphql_value *value);
bool parser_type(struct parser *parser, struct graphql_type_ref **type);
bool parser_arguments(struct parser *parser, bool constant, struct graphql_argument **arguments,
		      size_t *count);
bool parser_directives(struct parser *parser, bool constant, struct graphql_directives *directives);
/* Takes a description before a definition; NULL when there is none. */
const char *parser_description(struct parser *parser);

/* parse_types.c: the current word begins a type system definition or extension. */
bool parser_at_type_system(const struct parser *parser);
bool parser_type_system(struct parser *parser, struct graphql_definition *definition);

#endif
