/* Literals -> typed values. A document that was checked has literals of the right types, so what
 * can still go wrong here comes from variables. */
#include "graphql/coerce.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "graphql/literal.h"

static const struct graphql_datum *variable(const struct coercion *coercion, const char *name)
{
	return map_get(&coercion->variables, name);
}

static bool is_missing(const struct coercion *coercion, const struct graphql_value *value)
{
	return value->kind == GRAPHQL_VALUE_VARIABLE && variable(coercion, value->text) == NULL;
}

static bool coerce_items(const struct coercion *coercion, const struct graphql_value *value,
			 const struct graphql_ref *item, struct graphql_datum *out)
{
	*out = graphql_list(
		arena_alloc(coercion->arena, value->item_count * sizeof(struct graphql_datum)),
		value->item_count);
	for (size_t i = 0; i < value->item_count; i++) {
		if (is_missing(coercion, &value->items[i])) {
			if (item->kind == GRAPHQL_REF_NON_NULL)
				return false;
			continue; /* stays null */
		}
		if (!coerce_literal(coercion, &value->items[i], item, &out->items[i]))
			return false;
	}
	return true;
}

static bool coerce_list(const struct coercion *coercion, const struct graphql_value *value,
			const struct graphql_ref *type, struct graphql_datum *out)
{
	struct graphql_datum *single;

	if (value->kind == GRAPHQL_VALUE_LIST)
		return coerce_items(coercion, value, type->of, out);
	single = arena_alloc(coercion->arena, sizeof(*single));
	*out = graphql_list(single, 1);
	return coerce_literal(coercion, value, type->of, single);
}

static const struct graphql_argument *written_field(const struct graphql_argument *written,
						    size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(written[i].name.text, name) == 0)
			return &written[i];
	}
	return NULL;
}

bool coerce_default(const struct coercion *coercion, const struct graphql_input *input,
		    struct graphql_datum *out)
{
	return input->has_default &&
	       coerce_literal(coercion, input->definition->default_value, input->type, out);
}

static bool coerce_record(const struct coercion *coercion, const struct graphql_value *value,
			  const struct graphql_type *type, struct graphql_datum *out)
{
	*out = (struct graphql_datum){.kind = GRAPHQL_RECORD};
	out->items = arena_alloc(coercion->arena, type->input_count * sizeof(struct graphql_datum));
	for (size_t i = 0; i < type->input_count; i++) {
		const struct graphql_input *input = &type->inputs[i];
		const struct graphql_argument *field =
			written_field(value->fields, value->field_count, input->name);
		struct graphql_datum *slot = &out->items[out->count];

		if (field == NULL || is_missing(coercion, &field->value)) {
			if (!coerce_default(coercion, input, slot)) {
				if (input->type->kind == GRAPHQL_REF_NON_NULL)
					return false;
				continue;
			}
		} else if (!coerce_literal(coercion, &field->value, input->type, slot)) {
			return false;
		}
		slot->name = input->name;
		out->count++;
	}
	return !type->one_of || (out->count == 1 && out->items[0].kind != GRAPHQL_NULL);
}

/* A schema's own scalar: any literal, as what it says. */
static void coerce_any(const struct coercion *coercion, const struct graphql_value *value,
		       struct graphql_datum *out)
{
	const struct graphql_datum *given;

	switch (value->kind) {
	case GRAPHQL_VALUE_VARIABLE:
		given = variable(coercion, value->text);
		*out = given != NULL ? *given : (struct graphql_datum){.kind = GRAPHQL_NULL};
		return;
	case GRAPHQL_VALUE_INT:
	case GRAPHQL_VALUE_FLOAT:
		*out = graphql_number(strtod(value->text, NULL));
		return;
	case GRAPHQL_VALUE_STRING:
	case GRAPHQL_VALUE_ENUM:
		*out = (struct graphql_datum){
			.kind = GRAPHQL_TEXT, .text = value->text, .len = value->len};
		return;
	case GRAPHQL_VALUE_BOOLEAN:
		*out = graphql_truth(strcmp(value->text, "true") == 0);
		return;
	case GRAPHQL_VALUE_NULL:
		*out = (struct graphql_datum){.kind = GRAPHQL_NULL};
		return;
	case GRAPHQL_VALUE_LIST:
		*out = graphql_list(arena_alloc(coercion->arena, value->item_count * sizeof(*out)),
				    value->item_count);
		for (size_t i = 0; i < value->item_count; i++)
			coerce_any(coercion, &value->items[i], &out->items[i]);
		return;
	default:
		*out = (struct graphql_datum){.kind = GRAPHQL_RECORD, .count = value->field_count};
		out->items = arena_alloc(coercion->arena, value->field_count * sizeof(*out));
		for (size_t i = 0; i < value->field_count; i++) {
			coerce_any(coercion, &value->fields[i].value, &out->items[i]);
			out->items[i].name = value->fields[i].name.text;
		}
		return;
	}
}

static void coerce_leaf(const struct coercion *coercion, const struct graphql_value *value,
			const struct graphql_type *type, struct graphql_datum *out)
{
	/* `ID` takes a whole number too, and it is the text that counts. */
	if (value->kind == GRAPHQL_VALUE_INT && type->specified && strcmp(type->name, "ID") == 0)
		*out = graphql_text(value->text);
	else
		coerce_any(coercion, value, out);
}

bool coerce_literal(const struct coercion *coercion, const struct graphql_value *value,
		    const struct graphql_ref *type, struct graphql_datum *out)
{
	const struct graphql_ref *inner = graphql_ref_nullable(type);

	if (value->kind == GRAPHQL_VALUE_VARIABLE) {
		const struct graphql_datum *given = variable(coercion, value->text);

		if (given == NULL ||
		    (given->kind == GRAPHQL_NULL && type->kind == GRAPHQL_REF_NON_NULL))
			return false;
		*out = *given;
		return true;
	}
	if (value->kind == GRAPHQL_VALUE_NULL) {
		*out = (struct graphql_datum){.kind = GRAPHQL_NULL};
		return type->kind != GRAPHQL_REF_NON_NULL;
	}
	if (inner->kind == GRAPHQL_REF_LIST)
		return coerce_list(coercion, value, inner, out);
	if (inner->named->kind == GRAPHQL_INPUT)
		return value->kind == GRAPHQL_VALUE_OBJECT &&
		       coerce_record(coercion, value, inner->named, out);
	coerce_leaf(coercion, value, inner->named, out);
	return true;
}

/* One argument that was not given, or by a variable that was not. */
static bool coerce_absent(const struct coercion *coercion, const struct graphql_input *input,
			  const struct graphql_argument *argument, size_t node,
			  struct graphql_datum *slot, bool *given, struct fault *fault)
{
	const char *type;

	*given = coerce_default(coercion, input, slot);
	if (*given || input->type->kind != GRAPHQL_REF_NON_NULL)
		return true;
	type = graphql_ref_words(coercion->arena, input->type);
	fault->at = argument != NULL ? argument->value.start : node;
	fault->message =
		argument != NULL
			? arena_printf(coercion->arena,
				       "Argument \"%s\" of required type \"%s\" was provided the "
				       "variable \"$%s\" which was not provided a runtime value.",
				       input->name, type, argument->value.text)
			: arena_printf(coercion->arena,
				       "Argument \"%s\" of required type \"%s\" was not provided.",
				       input->name, type);
	return false;
}

static bool is_null(const struct coercion *coercion, const struct graphql_value *value)
{
	return value->kind == GRAPHQL_VALUE_NULL ||
	       (value->kind == GRAPHQL_VALUE_VARIABLE &&
		variable(coercion, value->text)->kind == GRAPHQL_NULL);
}

bool coerce_arguments(const struct coercion *coercion, const struct graphql_input *inputs,
		      size_t input_count, const struct graphql_argument *written,
		      size_t written_count, size_t node, struct graphql_datum **arguments,
		      size_t *count, struct fault *fault)
{
	struct arena *arena = coercion->arena;

	*count = 0;
	*arguments = arena_alloc(arena, input_count * sizeof(**arguments));
	for (size_t i = 0; i < input_count; i++) {
		const struct graphql_input *input = &inputs[i];
		const struct graphql_argument *argument =
			written_field(written, written_count, input->name);
		struct graphql_datum *slot = &(*arguments)[*count];
		bool given = true;

		if (argument == NULL || is_missing(coercion, &argument->value)) {
			if (!coerce_absent(coercion, input, argument, node, slot, &given, fault))
				return false;
		} else if (input->type->kind == GRAPHQL_REF_NON_NULL &&
			   is_null(coercion, &argument->value)) {
			fault->at = argument->value.start;
			fault->message = arena_printf(
				arena, "Argument \"%s\" of non-null type \"%s\" must not be null.",
				input->name, graphql_ref_words(arena, input->type));
			return false;
		} else if (!coerce_literal(coercion, &argument->value, input->type, slot)) {
			fault->at = argument->value.start;
			fault->message = arena_printf(
				arena, "Argument \"%s\" has invalid value %s.", input->name,
				graphql_literal_words(arena, &argument->value));
			return false;
		}
		if (given) {
			slot->name = input->name;
			(*count)++;
		}
	}
	return true;
}
