/* ATT4016: literals and defaults in the positions of input types. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "graphql/checks.h"
#include "graphql/findings.h"

static struct diag *add(struct check *check, const struct value_fact *fact, const char *message)
{
	return diag_add(check->diags, &finding_graphql_wrong_value,
			check_place(check, fact->value->start, fact->value->end), "%s", message);
}

static const char *kind_words(const struct graphql_value *value)
{
	switch (value->kind) {
	case GRAPHQL_VALUE_INT:
		return "a whole number";
	case GRAPHQL_VALUE_FLOAT:
		return "a number with a fraction";
	case GRAPHQL_VALUE_STRING:
		return "a string";
	case GRAPHQL_VALUE_BOOLEAN:
		return "a boolean";
	case GRAPHQL_VALUE_NULL:
		return "null";
	case GRAPHQL_VALUE_ENUM:
		return "a bare word";
	case GRAPHQL_VALUE_LIST:
		return "a list";
	case GRAPHQL_VALUE_OBJECT:
		return "an object";
	default:
		return "a variable";
	}
}

/* "`Int!` is wanted here, not a string" */
static struct diag *add_mismatch(struct check *check, const struct value_fact *fact)
{
	struct arena *arena = check->diags->arena;
	const char *type = graphql_ref_words(arena, fact->type);
	struct diag *diag = add(check, fact,
				arena_printf(arena, "a value of type `%s` belongs here, not %s",
					     type, kind_words(fact->value)));

	diag->help = arena_printf(arena, "write a value of type `%s`, or declare a variable of it",
				  type);
	if (fact->value->kind == GRAPHQL_VALUE_ENUM && check_declares(check, fact->value->text))
		diag->help = arena_printf(arena, "write `$%s`: a variable is used with its `$`",
					  fact->value->text);
	return diag;
}

static void check_enum(struct check *check, const struct value_fact *fact)
{
	const struct graphql_type *type = fact->type->named;
	const struct graphql_value *value = fact->value;
	const char **names;
	struct diag *diag;

	if (value->kind == GRAPHQL_VALUE_ENUM) {
		for (size_t i = 0; i < type->value_count; i++) {
			if (strcmp(type->values[i], value->text) == 0)
				return;
		}
		diag = add(check, fact,
			   arena_printf(check->diags->arena, "the enum `%s` has no value `%s`",
					type->name, value->text));
	} else {
		diag = add_mismatch(check, fact);
	}
	if (value->kind != GRAPHQL_VALUE_ENUM && value->kind != GRAPHQL_VALUE_STRING)
		return;
	names = arena_alloc(check->diags->arena, (type->value_count + 1) * sizeof(*names));
	for (size_t i = 0; i < type->value_count; i++)
		names[i] = type->values[i];
	check_suggest(check, diag, "", value->text, names);
	if (diag->help == NULL)
		diag->help = arena_printf(check->diags->arena, "its values are %s",
					  check_listed(check, names));
	if (value->kind == GRAPHQL_VALUE_STRING)
		diag->help = "the values of an enum are written without quotes";
}

static bool fits_int(const char *digits)
{
	/* Longer ones cannot fit, so the conversion never overflows. */
	return strlen(digits) <= 11 && strtoll(digits, NULL, 10) >= -2147483648LL &&
	       strtoll(digits, NULL, 10) <= 2147483647LL;
}

static void check_specified_scalar(struct check *check, const struct value_fact *fact)
{
	const char *name = fact->type->named->name;
	enum graphql_value_kind kind = fact->value->kind;
	bool right = true;

	if (strcmp(name, "Int") == 0) {
		if (kind == GRAPHQL_VALUE_INT && !fits_int(fact->value->text)) {
			add(check, fact, "an `Int` has 32 bits, and this number needs more")->help =
				"write a number between -2147483648 and 2147483647";
			return;
		}
		right = kind == GRAPHQL_VALUE_INT;
	} else if (strcmp(name, "Float") == 0) {
		right = kind == GRAPHQL_VALUE_INT || kind == GRAPHQL_VALUE_FLOAT;
	} else if (strcmp(name, "String") == 0) {
		right = kind == GRAPHQL_VALUE_STRING;
	} else if (strcmp(name, "Boolean") == 0) {
		right = kind == GRAPHQL_VALUE_BOOLEAN;
	} else if (strcmp(name, "ID") == 0) {
		right = kind == GRAPHQL_VALUE_STRING || kind == GRAPHQL_VALUE_INT;
	}
	if (right)
		return;
	struct diag *diag = add_mismatch(check, fact);

	if (strcmp(name, "String") == 0 || strcmp(name, "ID") == 0) {
		if (kind != GRAPHQL_VALUE_LIST && kind != GRAPHQL_VALUE_OBJECT &&
		    !(kind == GRAPHQL_VALUE_ENUM && check_declares(check, fact->value->text)))
			diag->help = "write it in double quotes";
	} else if (kind == GRAPHQL_VALUE_STRING) {
		diag->help = "write it without quotes";
	}
}

static const struct graphql_argument *find_field(const struct graphql_value *object,
						 const char *name)
{
	for (size_t i = 0; i < object->field_count; i++) {
		if (strcmp(object->fields[i].name.text, name) == 0)
			return &object->fields[i];
	}
	return NULL;
}

static void check_one_of(struct check *check, const struct value_fact *fact)
{
	const struct graphql_value *value = fact->value;

	size_t names = 0;

	/* The same field twice is another finding. */
	for (size_t i = 0; i < value->field_count; i++)
		names += find_field(value, value->fields[i].name.text) == &value->fields[i];
	if (names != 1)
		add(check, fact,
		    arena_printf(check->diags->arena, "`%s` wants exactly one of its fields",
				 fact->type->named->name))
			->help = "give one field and no other";
	else if (value->fields[0].value.kind == GRAPHQL_VALUE_NULL)
		add(check, fact,
		    arena_printf(check->diags->arena, "the one field given to `%s` cannot be null",
				 fact->type->named->name))
			->help = "give it a value";
}

static void check_object(struct check *check, const struct value_fact *fact)
{
	struct arena *arena = check->diags->arena;
	const struct graphql_type *type = fact->type->named;
	const struct graphql_value *value = fact->value;

	for (size_t i = 0; i < type->input_count; i++) {
		const struct graphql_input *input = &type->inputs[i];

		if (graphql_input_required(input) && find_field(value, input->name) == NULL)
			add(check, fact,
			    arena_printf(arena, "`%s` needs the field `%s` of type `%s`",
					 type->name, input->name,
					 graphql_ref_words(arena, input->type)))
				->help =
				arena_printf(arena, "add `%s: ...` to the object", input->name);
	}
	for (size_t i = 0; i < value->field_count; i++) {
		const struct graphql_name *name = &value->fields[i].name;
		const char *const *known;
		struct diag *diag;

		if (graphql_input_find(type->inputs, type->input_count, name->text) != NULL)
			continue;
		diag = diag_add(check->diags, &finding_graphql_wrong_value,
				check_name_place(check, name), "`%s` has no field `%s`", type->name,
				name->text);
		known = check_input_names(check, type->inputs, type->input_count);
		check_suggest(check, diag, "", name->text, known);
		if (diag->help == NULL)
			diag->help = arena_printf(arena, "it has %s", check_listed(check, known));
	}
	if (type->one_of)
		check_one_of(check, fact);
}

static void check_literal(struct check *check, const struct value_fact *fact)
{
	const struct graphql_type *named = fact->type->named;

	if (fact->value->kind == GRAPHQL_VALUE_NULL) {
		if (fact->type->kind == GRAPHQL_REF_NON_NULL)
			add_mismatch(check, fact);
		return;
	}
	if (fact->value->kind == GRAPHQL_VALUE_LIST &&
	    graphql_ref_nullable(fact->type)->kind == GRAPHQL_REF_LIST)
		return;
	if (named->kind == GRAPHQL_INPUT && fact->value->kind == GRAPHQL_VALUE_OBJECT)
		check_object(check, fact);
	else if (named->kind == GRAPHQL_INPUT)
		add_mismatch(check, fact);
	else if (named->kind == GRAPHQL_ENUM)
		check_enum(check, fact);
	else if (named->specified)
		check_specified_scalar(check, fact);
	/* A schema's own scalar takes any value: only the server knows better. */
}

void check_values(struct check *check)
{
	for (size_t i = 0; i < check->facts.value_count; i++) {
		const struct value_fact *fact = &check->facts.values[i];

		if (fact->type != NULL && !fact->inert &&
		    fact->value->kind != GRAPHQL_VALUE_VARIABLE)
			check_literal(check, fact);
	}
}
