/* The executable half of the parser, and the list of definitions. After an error reading goes on at
 * the next line that visibly begins a definition (its keyword stands in the first column): what was
 * between belongs to the broken one, so no follow-up errors come from it. */
#include "graphql/document.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "graphql/parser.h"

static const char *const keywords[] = {"query",  "mutation",  "subscription", "fragment", "schema",
				       "scalar", "type",      "interface",    "union",    "enum",
				       "input",  "directive", "extend",       NULL};

static bool parse_set(struct parser *parser, struct graphql_selection_set **set);

/* Whether the current word begins a definition as people write one. */
static bool looks_like_definition(const struct parser *parser)
{
	struct graphql_lexer lexer = parser->lexer;
	const struct graphql_token *token = &parser->token;
	struct graphql_token next;
	size_t word = 0;

	if (token->kind != GRAPHQL_TOKEN_NAME ||
	    (token->start > 0 && lexer.bytes[token->start - 1] != '\n'))
		return false;
	while (keywords[word] != NULL && !parser_at_word(parser, keywords[word]))
		word++;
	if (keywords[word] == NULL)
		return false;
	next = graphql_lexer_next(&lexer);
	return next.kind == GRAPHQL_TOKEN_NAME ||
	       ((word < 3 || word == 4) && next.kind == GRAPHQL_TOKEN_MARK && next.mark == '{');
}

static bool parse_field(struct parser *parser, struct graphql_selection *selection)
{
	if (parser->suspect == SIZE_MAX && looks_like_definition(parser))
		parser->suspect = parser->token.start;
	if (!parser_name(parser, &selection->name, "a field"))
		return false;
	if (parser_take(parser, ':')) {
		selection->alias = selection->name;
		if (!parser_name(parser, &selection->name, "the field after its alias"))
			return false;
	}
	return parser_arguments(parser, false, &selection->arguments, &selection->argument_count) &&
	       parser_directives(parser, false, &selection->directives) &&
	       (!parser_at(parser, '{') || parse_set(parser, &selection->set));
}

static bool parse_fragment_use(struct parser *parser, struct graphql_selection *selection)
{
	parser_advance(parser);
	selection->kind = GRAPHQL_INLINE;
	if (parser_take_word(parser, "on")) {
		if (!parser_name(parser, &selection->condition, "the fragment's type"))
			return false;
	} else if (parser->token.kind == GRAPHQL_TOKEN_NAME) {
		selection->kind = GRAPHQL_SPREAD;
		return parser_name(parser, &selection->name, "the fragment's name") &&
		       parser_directives(parser, false, &selection->directives);
	}
	if (!parser_directives(parser, false, &selection->directives))
		return false;
	if (!parser_at(parser, '{'))
		return parser_fail(parser, selection->condition.text != NULL
						   ? "the fragment's `{`"
						   : "a fragment's name, `on` or `{`");
	return parse_set(parser, &selection->set);
}

static bool parse_selections(struct parser *parser, struct graphql_selection_set *set)
{
	size_t opened = parser->token.start;

	parser_advance(parser);
	if (parser_at(parser, '}')) {
		parser_error(parser, opened, parser->token.end, "a selection cannot be empty");
		return false;
	}
	do {
		struct graphql_selection selection = {.kind = GRAPHQL_FIELD,
						      .start = parser->token.start};
		struct graphql_selection *slot;
		bool done;

		selection.id = parser->document->selection_count++;
		if (parser->token.kind == GRAPHQL_TOKEN_SPREAD)
			done = parse_fragment_use(parser, &selection);
		else
			done = parse_field(parser, &selection);
		if (!done)
			return false;
		selection.end = parser->last_end;
		slot = arena_push(parser->arena, &set->items, &set->count, sizeof(*slot));
		*slot = selection;
	} while (parser->token.kind == GRAPHQL_TOKEN_NAME ||
		 parser->token.kind == GRAPHQL_TOKEN_SPREAD);
	return parser_close(parser, '}', opened);
}

/* The current token is `{`. */
static bool parse_set(struct parser *parser, struct graphql_selection_set **out)
{
	struct graphql_selection_set *set = arena_alloc(parser->arena, sizeof(*set));
	bool done;

	if (!parser_enter(parser))
		return false;
	set->id = parser->document->set_count++;
	set->start = parser->token.start;
	done = parse_selections(parser, set);
	set->end = parser->last_end;
	parser_leave(parser);
	*out = set;
	return done;
}

static bool parse_required_set(struct parser *parser, struct graphql_selection_set **set)
{
	return parser_at(parser, '{') ? parse_set(parser, set) : parser_fail(parser, "`{`");
}

static bool parse_variable(struct parser *parser, struct graphql_variable *variable)
{
	size_t start;

	parser_description(parser);
	start = parser->token.start;
	if (!parser_expect(parser, '$') ||
	    !parser_name(parser, &variable->name, "the variable's name"))
		return false;
	variable->name.start = start;
	if (!parser_expect(parser, ':') || !parser_type(parser, &variable->type))
		return false;
	if (parser_take(parser, '=')) {
		variable->default_value =
			arena_alloc(parser->arena, sizeof(*variable->default_value));
		if (!parser_value(parser, true, variable->default_value))
			return false;
	}
	if (!parser_directives(parser, true, &variable->directives))
		return false;
	variable->end = parser->last_end;
	return true;
}

static bool parse_variables(struct parser *parser, struct graphql_definition *definition)
{
	size_t opened = parser->token.start;

	if (!parser_take(parser, '('))
		return true;
	do {
		struct graphql_variable variable = {0};
		struct graphql_variable *slot;

		if (!parse_variable(parser, &variable))
			return false;
		slot = arena_push(parser->arena, &definition->variables,
				  &definition->variable_count, sizeof(*slot));
		*slot = variable;
	} while (!parser_at(parser, ')') && parser->token.kind != GRAPHQL_TOKEN_END);
	return parser_close(parser, ')', opened);
}

static bool parse_operation(struct parser *parser, struct graphql_definition *definition)
{
	if (parser->token.kind == GRAPHQL_TOKEN_NAME &&
	    !parser_name(parser, &definition->name, "the operation's name"))
		return false;
	return parse_variables(parser, definition) &&
	       parser_directives(parser, false, &definition->directives) &&
	       parse_required_set(parser, &definition->set);
}

static bool parse_fragment(struct parser *parser, struct graphql_definition *definition)
{
	if (parser_at_word(parser, "on"))
		return parser_fail(parser, "the fragment's name");
	return parser_name(parser, &definition->name, "the fragment's name") &&
	       parser_expect_word(parser, "on") &&
	       parser_name(parser, &definition->condition, "the fragment's type") &&
	       parser_directives(parser, false, &definition->directives) &&
	       parse_required_set(parser, &definition->set);
}

static bool fail_definition(struct parser *parser)
{
	const struct graphql_token *token = &parser->token;
	struct graphql_syntax_error *error;
	const char *word, *nearest;

	if (token->kind != GRAPHQL_TOKEN_NAME)
		return parser_fail(parser, "a query or a fragment");
	word = arena_strndup(parser->arena, parser->lexer.bytes + token->start,
			     token->end - token->start);
	error = parser_error(parser, token->start, token->end,
			     "`%s` does not begin a query or a fragment", word);
	nearest = str_nearest(word, keywords);
	if (error != NULL && nearest != NULL)
		error->help = arena_printf(parser->arena, "did you mean `%s`?", nearest);
	return false;
}

static bool parse_definition(struct parser *parser, struct graphql_definition *definition)
{
	bool described;

	definition->description = parser_description(parser);
	described = definition->description != NULL;
	definition->start = parser->token.start;
	definition->keyword_end = parser->token.end;
	if (parser_at(parser, '{') && !described) {
		definition->kind = GRAPHQL_QUERY;
		definition->shorthand = true;
		return parse_set(parser, &definition->set);
	}
	for (size_t kind = GRAPHQL_QUERY; kind <= GRAPHQL_SUBSCRIPTION; kind++) {
		if (parser_take_word(parser, keywords[kind])) {
			definition->kind = (enum graphql_definition_kind)kind;
			return parse_operation(parser, definition);
		}
	}
	if (parser_take_word(parser, "fragment")) {
		definition->kind = GRAPHQL_FRAGMENT;
		return parse_fragment(parser, definition);
	}
	if (parser_at_type_system(parser) && !(described && parser_at_word(parser, "extend")))
		return parser_type_system(parser, definition);
	return fail_definition(parser);
}

/* Moves to where the next definition begins. */
static void recover(struct parser *parser, size_t broken)
{
	struct graphql_document *document = parser->document;
	struct graphql_syntax_error *error = &document->errors[document->error_count - 1];

	parser->failed = false;
	parser->depth = 0;
	if (parser->suspect != SIZE_MAX) {
		/* An open bracket swallowed the definition that begins there; where exactly that
		 * stopped to make sense tells nothing. */
		parser->lexer.at = parser->suspect;
		parser_advance(parser);
		error->start = parser->token.start;
		error->end = parser->token.end;
		error->message = "a definition begins here, but the one before is not closed";
		error->help = "close every `{` and `(` of the definition before";
	}
	while (parser->token.kind != GRAPHQL_TOKEN_END &&
	       (parser->token.start == broken || !looks_like_definition(parser)))
		parser_advance(parser);
}

struct graphql_document *graphql_parse(struct arena *arena, const char *bytes, size_t len)
{
	struct graphql_document *document = arena_alloc(arena, sizeof(*document));
	struct parser parser = {
		.arena = arena, .document = document, .lexer = {.bytes = bytes, .len = len}};

	document->bytes = bytes;
	document->len = len;
	parser_advance(&parser);
	while (parser.token.kind != GRAPHQL_TOKEN_END) {
		struct graphql_definition definition = {0};
		size_t start = parser.token.start;

		parser.suspect = SIZE_MAX;
		if (parse_definition(&parser, &definition)) {
			struct graphql_definition *slot;

			definition.end = parser.last_end;
			slot = arena_push(arena, &document->definitions,
					  &document->definition_count, sizeof(*slot));
			*slot = definition;
		} else {
			recover(&parser, start);
		}
	}
	return document;
}
