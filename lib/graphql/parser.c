/* The parser's ground: the current token, errors, and what executable and type system definitions
 * have in common. Plain recursive descent; depth is limited, so the stack is too. */
#include "graphql/parser.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "base/arena.h"

void parser_advance(struct parser *parser)
{
	parser->last_end = parser->token.end;
	parser->token = graphql_lexer_next(&parser->lexer);
}

bool parser_at(const struct parser *parser, char mark)
{
	return parser->token.kind == GRAPHQL_TOKEN_MARK && parser->token.mark == mark;
}

bool parser_at_word(const struct parser *parser, const char *word)
{
	const struct graphql_token *token = &parser->token;
	size_t len = strlen(word);

	return token->kind == GRAPHQL_TOKEN_NAME && token->end - token->start == len &&
	       memcmp(parser->lexer.bytes + token->start, word, len) == 0;
}

bool parser_take(struct parser *parser, char mark)
{
	if (!parser_at(parser, mark))
		return false;
	parser_advance(parser);
	return true;
}

bool parser_take_word(struct parser *parser, const char *word)
{
	if (!parser_at_word(parser, word))
		return false;
	parser_advance(parser);
	return true;
}

struct graphql_syntax_error *parser_error(struct parser *parser, size_t start, size_t end,
					  const char *message, ...)
{
	struct graphql_document *document = parser->document;
	struct graphql_syntax_error *error;
	va_list args;

	if (parser->failed)
		return NULL;
	parser->failed = true;
	error = arena_push(parser->arena, &document->errors, &document->error_count,
			   sizeof(*error));
	error->start = start;
	error->end = end;
	va_start(args, message);
	error->message = arena_vprintf(parser->arena, message, args);
	va_end(args);
	return error;
}

/* What the current token is, for a message. */
static const char *found_words(const struct parser *parser)
{
	const struct graphql_token *token = &parser->token;
	size_t len = token->end - token->start;
	const char *text = parser->lexer.bytes + token->start;

	switch (token->kind) {
	case GRAPHQL_TOKEN_STRING:
	case GRAPHQL_TOKEN_BLOCK_STRING:
		return "a string";
	case GRAPHQL_TOKEN_SPREAD:
		return "`...`";
	default:
		if (len > 40)
			return arena_printf(parser->arena, "`%.40s...`", text);
		return arena_printf(parser->arena, "`%.*s`", (int)len, text);
	}
}

/* What was probably meant; NULL: not known. */
static const char *remedy(const struct parser *parser, const char *expected)
{
	const struct graphql_token *token = &parser->token;
	const char *text = parser->lexer.bytes + token->start, *at = text + 1;

	if (token->kind == GRAPHQL_TOKEN_BAD)
		return token->remedy;
	if (token->kind == GRAPHQL_TOKEN_NAME && strcmp(expected, "`$`") == 0)
		return arena_printf(parser->arena, "write `$%.*s`: a variable has a `$`",
				    (int)(token->end - token->start), text);
	if (token->mark != '{' || strcmp(expected, "the variable's name") != 0)
		return NULL;
	while (at < parser->lexer.bytes + parser->lexer.len &&
	       (isalnum((unsigned char)*at) || *at == '_'))
		at++;
	return arena_printf(parser->arena, "write `$%.*s`: a variable has no braces",
			    (int)(at - text - 1), text + 1);
}

bool parser_fail(struct parser *parser, const char *expected)
{
	const struct graphql_token *token = &parser->token;
	struct graphql_syntax_error *error;

	if (token->kind == GRAPHQL_TOKEN_BAD)
		error = parser_error(parser, token->problem_start, token->problem_end, "%s",
				     token->problem);
	else if (token->kind == GRAPHQL_TOKEN_END)
		error = parser_error(parser, token->start, token->end,
				     "the file ends where %s should be", expected);
	else
		error = parser_error(parser, token->start, token->end, "%s should be here, not %s",
				     expected, found_words(parser));
	if (error != NULL)
		error->help = remedy(parser, expected);
	return false;
}

bool parser_expect(struct parser *parser, char mark)
{
	const char words[] = {'`', mark, '`', '\0'};

	return parser_take(parser, mark) || parser_fail(parser, words);
}

bool parser_expect_word(struct parser *parser, const char *word)
{
	return parser_take_word(parser, word) ||
	       parser_fail(parser, arena_printf(parser->arena, "`%s`", word));
}

bool parser_close(struct parser *parser, char mark, size_t opened)
{
	if (parser_expect(parser, mark))
		return true;
	if (parser->token.kind == GRAPHQL_TOKEN_END) {
		struct graphql_document *document = parser->document;
		struct graphql_syntax_error *error = &document->errors[document->error_count - 1];

		if (error->related_message == NULL) {
			error->related_start = opened;
			error->related_end = opened + 1;
			error->related_message = "this is not closed";
		}
	}
	return false;
}

bool parser_enter(struct parser *parser)
{
	if (parser->depth == GRAPHQL_DEPTH_LIMIT) {
		parser_error(parser, parser->token.start, parser->token.end,
			     "this is nested more than %d levels deep", GRAPHQL_DEPTH_LIMIT);
		return false;
	}
	parser->depth++;
	return true;
}

void parser_leave(struct parser *parser)
{
	parser->depth--;
}

bool parser_name(struct parser *parser, struct graphql_name *name, const char *expected)
{
	const struct graphql_token *token = &parser->token;

	if (token->kind != GRAPHQL_TOKEN_NAME)
		return parser_fail(parser, expected);
	name->start = token->start;
	name->end = token->end;
	name->text = arena_strndup(parser->arena, parser->lexer.bytes + token->start,
				   token->end - token->start);
	parser_advance(parser);
	return true;
}

/* A value that is one token. */
static bool simple_value(struct parser *parser, struct graphql_value *value)
{
	const struct graphql_token *token = &parser->token;

	value->len = token->end - token->start;
	switch (token->kind) {
	case GRAPHQL_TOKEN_INT:
		value->kind = GRAPHQL_VALUE_INT;
		break;
	case GRAPHQL_TOKEN_FLOAT:
		value->kind = GRAPHQL_VALUE_FLOAT;
		break;
	case GRAPHQL_TOKEN_STRING:
	case GRAPHQL_TOKEN_BLOCK_STRING:
		value->kind = GRAPHQL_VALUE_STRING;
		value->block = token->kind == GRAPHQL_TOKEN_BLOCK_STRING;
		value->text = graphql_string_value(parser->arena, parser->lexer.bytes, token,
						   &value->len);
		break;
	case GRAPHQL_TOKEN_NAME:
		value->kind = GRAPHQL_VALUE_ENUM;
		if (parser_at_word(parser, "true") || parser_at_word(parser, "false"))
			value->kind = GRAPHQL_VALUE_BOOLEAN;
		else if (parser_at_word(parser, "null"))
			value->kind = GRAPHQL_VALUE_NULL;
		break;
	default:
		return parser_fail(parser, "a value");
	}
	if (value->text == NULL)
		value->text = arena_strndup(parser->arena, parser->lexer.bytes + token->start,
					    value->len);
	parser_advance(parser);
	return true;
}

static bool variable_value(struct parser *parser, bool constant, struct graphql_value *value)
{
	struct graphql_name name;
	size_t start = parser->token.start;

	parser_advance(parser);
	if (!parser_name(parser, &name, "the variable's name"))
		return false;
	if (constant) {
		parser_error(parser, start, name.end,
			     "the variable `$%s` cannot be used in a constant value", name.text);
		return false;
	}
	value->kind = GRAPHQL_VALUE_VARIABLE;
	value->text = name.text;
	value->len = name.end - name.start;
	return true;
}

static bool named_value(struct parser *parser, bool constant, struct graphql_argument *argument,
			const char *expected)
{
	return parser_name(parser, &argument->name, expected) && parser_expect(parser, ':') &&
	       parser_value(parser, constant, &argument->value);
}

static bool list_value(struct parser *parser, bool constant, struct graphql_value *value)
{
	size_t opened = parser->token.start;

	value->kind = GRAPHQL_VALUE_LIST;
	parser_advance(parser);
	while (!parser_at(parser, ']') && parser->token.kind != GRAPHQL_TOKEN_END) {
		struct graphql_value item = {0};
		struct graphql_value *slot;

		if (!parser_value(parser, constant, &item))
			return false;
		slot = arena_push(parser->arena, &value->items, &value->item_count, sizeof(*slot));
		*slot = item;
	}
	return parser_close(parser, ']', opened);
}

static bool object_value(struct parser *parser, bool constant, struct graphql_value *value)
{
	size_t opened = parser->token.start;

	value->kind = GRAPHQL_VALUE_OBJECT;
	parser_advance(parser);
	while (!parser_at(parser, '}') && parser->token.kind != GRAPHQL_TOKEN_END) {
		struct graphql_argument field = {0};
		struct graphql_argument *slot;

		if (!named_value(parser, constant, &field, "an input field's name"))
			return false;
		slot = arena_push(parser->arena, &value->fields, &value->field_count,
				  sizeof(*slot));
		*slot = field;
	}
	return parser_close(parser, '}', opened);
}

bool parser_value(struct parser *parser, bool constant, struct graphql_value *value)
{
	bool done;

	value->start = parser->token.start;
	if (!parser_enter(parser))
		return false;
	if (parser_at(parser, '['))
		done = list_value(parser, constant, value);
	else if (parser_at(parser, '{'))
		done = object_value(parser, constant, value);
	else if (parser_at(parser, '$'))
		done = variable_value(parser, constant, value);
	else
		done = simple_value(parser, value);
	parser_leave(parser);
	value->end = parser->last_end;
	return done;
}

bool parser_type(struct parser *parser, struct graphql_type_ref **type)
{
	struct graphql_type_ref *ref = arena_alloc(parser->arena, sizeof(*ref));

	ref->start = parser->token.start;
	if (parser_at(parser, '[')) {
		struct graphql_type_ref *of = NULL;
		bool done;

		ref->kind = GRAPHQL_REF_LIST;
		if (!parser_enter(parser))
			return false;
		parser_advance(parser);
		done = parser_type(parser, &of) && parser_close(parser, ']', ref->start);
		parser_leave(parser);
		if (!done)
			return false;
		ref->of = of;
	} else if (!parser_name(parser, &ref->name, "a type")) {
		return false;
	}
	ref->end = parser->last_end;
	*type = ref;
	if (parser_take(parser, '!')) {
		*type = arena_alloc(parser->arena, sizeof(**type));
		**type = (struct graphql_type_ref){.kind = GRAPHQL_REF_NON_NULL,
						   .start = ref->start,
						   .end = parser->last_end,
						   .of = ref};
	}
	return true;
}

bool parser_arguments(struct parser *parser, bool constant, struct graphql_argument **arguments,
		      size_t *count)
{
	size_t opened = parser->token.start;

	if (!parser_take(parser, '('))
		return true;
	do {
		struct graphql_argument argument = {0};
		struct graphql_argument *slot;

		if (!named_value(parser, constant, &argument, "an argument's name"))
			return false;
		slot = arena_push(parser->arena, arguments, count, sizeof(*slot));
		*slot = argument;
	} while (parser->token.kind == GRAPHQL_TOKEN_NAME);
	return parser_close(parser, ')', opened);
}

bool parser_directives(struct parser *parser, bool constant, struct graphql_directives *directives)
{
	while (parser_at(parser, '@')) {
		struct graphql_directive directive = {.start = parser->token.start};
		struct graphql_directive *slot;

		parser_advance(parser);
		if (!parser_name(parser, &directive.name, "the directive's name") ||
		    !parser_arguments(parser, constant, &directive.arguments,
				      &directive.argument_count))
			return false;
		directive.end = parser->last_end;
		slot = arena_push(parser->arena, &directives->items, &directives->count,
				  sizeof(*slot));
		*slot = directive;
	}
	return true;
}

const char *parser_description(struct parser *parser)
{
	const char *text;
	size_t len;

	if (parser->token.kind != GRAPHQL_TOKEN_STRING &&
	    parser->token.kind != GRAPHQL_TOKEN_BLOCK_STRING)
		return NULL;
	text = graphql_string_value(parser->arena, parser->lexer.bytes, &parser->token, &len);
	parser_advance(parser);
	return text;
}
