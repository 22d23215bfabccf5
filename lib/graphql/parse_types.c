/* The type system half of the parser: what a schema's text is made of. */
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "graphql/parser.h"

static const struct {
	const char *word;
	enum graphql_definition_kind kind;
} kinds[] = {
	{"schema", GRAPHQL_SCHEMA}, {"scalar", GRAPHQL_SCALAR},
	{"type", GRAPHQL_OBJECT},   {"interface", GRAPHQL_INTERFACE},
	{"union", GRAPHQL_UNION},   {"enum", GRAPHQL_ENUM},
	{"input", GRAPHQL_INPUT},   {"directive", GRAPHQL_DIRECTIVE},
};

bool parser_at_type_system(const struct parser *parser)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (parser_at_word(parser, kinds[i].word))
			return true;
	}
	return parser_at_word(parser, "extend");
}

static bool push_name(struct parser *parser, struct graphql_name **names, size_t *count,
		      const char *expected)
{
	struct graphql_name name;
	struct graphql_name *slot;

	if (!parser_name(parser, &name, expected))
		return false;
	slot = arena_push(parser->arena, names, count, sizeof(*slot));
	*slot = name;
	return true;
}

/* One or more names with `mark` between them, and perhaps before the first. */
static bool parse_names(struct parser *parser, char mark, struct graphql_definition *definition,
			const char *expected)
{
	parser_take(parser, mark);
	do {
		if (!push_name(parser, &definition->names, &definition->name_count, expected))
			return false;
	} while (parser_take(parser, mark));
	return true;
}

/* An argument or input field. */
static bool parse_input(struct parser *parser, struct graphql_input_def *input)
{
	input->description = parser_description(parser);
	if (!parser_name(parser, &input->name, "a name") || !parser_expect(parser, ':') ||
	    !parser_type(parser, &input->type))
		return false;
	if (parser_take(parser, '=')) {
		input->default_value = arena_alloc(parser->arena, sizeof(*input->default_value));
		if (!parser_value(parser, true, input->default_value))
			return false;
	}
	return parser_directives(parser, true, &input->directives);
}

static bool at_end(const struct parser *parser, char close)
{
	return parser_at(parser, close) || parser->token.kind == GRAPHQL_TOKEN_END;
}

static bool parse_inputs(struct parser *parser, char open, char close,
			 struct graphql_input_def **inputs, size_t *count)
{
	size_t opened = parser->token.start;

	if (!parser_take(parser, open))
		return true;
	do {
		struct graphql_input_def input = {0};
		struct graphql_input_def *slot;

		if (!parse_input(parser, &input))
			return false;
		slot = arena_push(parser->arena, inputs, count, sizeof(*slot));
		*slot = input;
	} while (!at_end(parser, close));
	return parser_close(parser, close, opened);
}

static bool parse_fields(struct parser *parser, struct graphql_definition *definition)
{
	size_t opened = parser->token.start;

	if (!parser_take(parser, '{'))
		return true;
	do {
		struct graphql_field_def field = {0};
		struct graphql_field_def *slot;

		field.description = parser_description(parser);
		if (!parser_name(parser, &field.name, "a field's name") ||
		    !parse_inputs(parser, '(', ')', &field.arguments, &field.argument_count) ||
		    !parser_expect(parser, ':') || !parser_type(parser, &field.type) ||
		    !parser_directives(parser, true, &field.directives))
			return false;
		slot = arena_push(parser->arena, &definition->fields, &definition->field_count,
				  sizeof(*slot));
		*slot = field;
	} while (!at_end(parser, '}'));
	return parser_close(parser, '}', opened);
}

static bool parse_enum_values(struct parser *parser, struct graphql_definition *definition)
{
	size_t opened = parser->token.start;

	if (!parser_take(parser, '{'))
		return true;
	do {
		struct graphql_enum_def value = {.description = parser_description(parser)};
		struct graphql_enum_def *slot;

		if (parser_at_word(parser, "true") || parser_at_word(parser, "false") ||
		    parser_at_word(parser, "null"))
			return parser_fail(parser, "an enum value");
		if (!push_name(parser, &definition->names, &definition->name_count,
			       "an enum value") ||
		    !parser_directives(parser, true, &value.directives))
			return false;
		slot = arena_push(parser->arena, &definition->values, &definition->value_count,
				  sizeof(*slot));
		*slot = value;
	} while (!at_end(parser, '}'));
	return parser_close(parser, '}', opened);
}

/* `{ query: Query }`; an extension may do without. */
static bool parse_schema(struct parser *parser, struct graphql_definition *definition)
{
	size_t opened = parser->token.start;

	if (definition->extension && !parser_at(parser, '{'))
		return true;
	if (!parser_expect(parser, '{'))
		return false;
	do {
		if (!parser_at_word(parser, "query") && !parser_at_word(parser, "mutation") &&
		    !parser_at_word(parser, "subscription"))
			return parser_fail(parser, "`query`, `mutation` or `subscription`");
		if (!push_name(parser, &definition->operations, &definition->operation_count,
			       "an operation") ||
		    !parser_expect(parser, ':') ||
		    !push_name(parser, &definition->names, &definition->name_count, "a type"))
			return false;
	} while (!at_end(parser, '}'));
	return parser_close(parser, '}', opened);
}

static bool known_location(const struct graphql_name *name)
{
	static const char *const known[] = {
		"QUERY",
		"MUTATION",
		"SUBSCRIPTION",
		"FIELD",
		"FRAGMENT_DEFINITION",
		"FRAGMENT_SPREAD",
		"INLINE_FRAGMENT",
		"VARIABLE_DEFINITION",
		"SCHEMA",
		"SCALAR",
		"OBJECT",
		"FIELD_DEFINITION",
		"ARGUMENT_DEFINITION",
		"INTERFACE",
		"UNION",
		"ENUM",
		"ENUM_VALUE",
		"INPUT_OBJECT",
		"INPUT_FIELD_DEFINITION",
		"DIRECTIVE_DEFINITION",
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		if (strcmp(known[i], name->text) == 0)
			return true;
	}
	return false;
}

static bool parse_directive(struct parser *parser, struct graphql_definition *definition)
{
	if (!parse_inputs(parser, '(', ')', &definition->inputs, &definition->input_count))
		return false;
	definition->repeatable = parser_take_word(parser, "repeatable");
	if (!parser_expect_word(parser, "on") ||
	    !parse_names(parser, '|', definition, "a directive location"))
		return false;
	for (size_t i = 0; i < definition->name_count; i++) {
		const struct graphql_name *name = &definition->names[i];

		if (!known_location(name)) {
			parser_error(parser, name->start, name->end,
				     "`%s` is no place for a directive", name->text);
			return false;
		}
	}
	return true;
}

/* What comes after the name (and, but for `schema`, belongs to one kind only). */
static bool parse_body(struct parser *parser, struct graphql_definition *definition)
{
	switch (definition->kind) {
	case GRAPHQL_SCHEMA:
		return parse_schema(parser, definition);
	case GRAPHQL_OBJECT:
	case GRAPHQL_INTERFACE:
		return parse_fields(parser, definition);
	case GRAPHQL_UNION:
		return !parser_take(parser, '=') ||
		       parse_names(parser, '|', definition, "a member type");
	case GRAPHQL_ENUM:
		return parse_enum_values(parser, definition);
	case GRAPHQL_INPUT:
		return parse_inputs(parser, '{', '}', &definition->inputs,
				    &definition->input_count);
	default:
		return true;
	}
}

static bool parse_kind(struct parser *parser, struct graphql_definition *definition)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (parser_take_word(parser, kinds[i].word)) {
			definition->kind = kinds[i].kind;
			return true;
		}
	}
	return parser_fail(parser, "the kind of type to extend");
}

bool parser_type_system(struct parser *parser, struct graphql_definition *definition)
{
	const struct graphql_definition *d = definition;

	definition->extension = parser_take_word(parser, "extend");
	if (definition->extension && parser_at_word(parser, "directive"))
		return parser_fail(parser, "the kind of type to extend");
	if (!parse_kind(parser, definition))
		return false;
	if (d->kind == GRAPHQL_DIRECTIVE && !parser_expect(parser, '@'))
		return false;
	if (d->kind != GRAPHQL_SCHEMA &&
	    !parser_name(parser, &definition->name, "the name of the definition"))
		return false;
	if (d->kind == GRAPHQL_DIRECTIVE)
		return parse_directive(parser, definition);
	if ((d->kind == GRAPHQL_OBJECT || d->kind == GRAPHQL_INTERFACE) &&
	    parser_take_word(parser, "implements") &&
	    !parse_names(parser, '&', definition, "an interface"))
		return false;
	if (!parser_directives(parser, true, &definition->directives) ||
	    !parse_body(parser, definition))
		return false;
	if (d->extension &&
	    d->directives.count + d->name_count + d->field_count + d->input_count == 0)
		return parser_fail(parser, "what the extension adds");
	return true;
}
