/* ATT4017 to ATT4019 and ATT4027: variables, declared by an operation and used in it and in the
 * fragments that it reaches. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "graphql/checks.h"
#include "graphql/findings.h"

/* What is done with each use of a variable in an operation; `variable` is NULL when the operation
 * does not declare it. */
typedef void (*use_fn)(struct check *check, const struct graphql_definition *operation,
		       const struct graphql_variable *variable, const struct value_fact *use);

static void each_use(struct check *check, use_fn visit)
{
	struct facts *facts = &check->facts;

	for (size_t i = 0; i < facts->document->definition_count; i++) {
		const struct graphql_definition *operation = &facts->document->definitions[i];
		struct map declared = {0};

		if (!definition_is_operation(operation))
			continue;
		for (size_t k = 0; k < operation->variable_count; k++)
			map_set(&declared, operation->variables[k].name.text,
				&operation->variables[k]);
		facts_reach(facts, i);
		for (size_t r = 0; r < facts->reached_count; r++) {
			const struct definition_fact *at = &facts->definitions[facts->reached[r]];

			for (size_t v = at->value_begin; v < at->value_end; v++) {
				const struct value_fact *use = &facts->values[v];

				if (use->value->kind == GRAPHQL_VALUE_VARIABLE)
					visit(check, operation,
					      map_get(&declared, use->value->text), use);
			}
		}
		map_dispose(&declared);
	}
}

void check_variable_inputs(struct check *check)
{
	const struct graphql_document *document = check->facts.document;

	for (size_t i = 0; i < document->definition_count; i++) {
		const struct graphql_definition *definition = &document->definitions[i];

		for (size_t k = 0; k < definition->variable_count; k++) {
			const struct graphql_variable *variable = &definition->variables[k];
			const struct graphql_ref *ref = graphql_ref_resolve(
				check->facts.schema, check->diags->arena, variable->type);

			if (ref == NULL || graphql_type_is_input(ref->named))
				continue;
			diag_add(check->diags, &finding_graphql_variable_not_input,
				 check_place(check, variable->type->start, variable->type->end),
				 "a variable cannot be of type `%s`, which only answers have",
				 ref->named->name)
				->help = "variables are scalars, enums or input types";
		}
	}
}

static bool fits(const struct graphql_ref *variable, const struct graphql_ref *position)
{
	while (position->kind != GRAPHQL_REF_NAMED || variable->kind != GRAPHQL_REF_NAMED) {
		if (position->kind == GRAPHQL_REF_NON_NULL) {
			if (variable->kind != GRAPHQL_REF_NON_NULL)
				return false;
			position = position->of;
			variable = variable->of;
		} else if (variable->kind == GRAPHQL_REF_NON_NULL) {
			variable = variable->of;
		} else if (position->kind == GRAPHQL_REF_LIST &&
			   variable->kind == GRAPHQL_REF_LIST) {
			position = position->of;
			variable = variable->of;
		} else {
			return false;
		}
	}
	return position->named == variable->named;
}

/* A nullable variable may stand where a value is required if either side has a default. */
static bool may_stand(const struct graphql_variable *variable, const struct graphql_ref *type,
		      const struct value_fact *use)
{
	const struct graphql_ref *position = use->type;

	if (position->kind == GRAPHQL_REF_NON_NULL && type->kind != GRAPHQL_REF_NON_NULL) {
		bool has_default = variable->default_value != NULL &&
				   variable->default_value->kind != GRAPHQL_VALUE_NULL;

		if (!has_default && !use->has_default)
			return false;
		position = position->of;
	}
	return fits(type, position);
}

static void check_position(struct check *check, const struct graphql_definition *operation,
			   const struct graphql_variable *variable, const struct value_fact *use)
{
	struct arena *arena = check->diags->arena;
	struct place place = check_place(check, use->value->start, use->value->end);
	const struct graphql_ref *type;
	struct diag *diag = NULL;

	(void)operation;
	if (variable == NULL || use->type == NULL)
		return;
	type = graphql_ref_resolve(check->facts.schema, arena, variable->type);
	/* One of a type that only answers have is told about at its declaration. */
	if (type == NULL || !graphql_type_is_input(type->named))
		return;
	if (!may_stand(variable, type, use)) {
		diag = diag_add(check->diags, &finding_graphql_variable_type, place,
				"`$%s` is of type `%s`, and `%s` is wanted here",
				variable->name.text, graphql_ref_words(arena, type),
				graphql_ref_words(arena, use->type));
		if (type->named == use->type->named)
			diag->help =
				arena_printf(arena, "declare it as `$%s: %s`", variable->name.text,
					     graphql_ref_words(arena, use->type));
	} else if (use->input_parent != NULL && use->input_parent->one_of &&
		   type->kind != GRAPHQL_REF_NON_NULL) {
		diag = diag_add(check->diags, &finding_graphql_variable_type, place,
				"`$%s` can be null, and the one field given to `%s` cannot",
				variable->name.text, use->input_parent->name);
	}
	if (diag != NULL && diag->help == NULL)
		diag->help = arena_printf(arena, "declare `$%s` as `%s`, or give another variable",
					  variable->name.text, graphql_ref_words(arena, use->type));
	if (diag != NULL)
		diag_note(check->diags, diag,
			  check_place(check, variable->name.start, variable->end),
			  "`$%s` is declared here", variable->name.text);
}

void check_variable_positions(struct check *check)
{
	each_use(check, check_position);
}

static void check_defined(struct check *check, const struct graphql_definition *operation,
			  const struct graphql_variable *variable, const struct value_fact *use)
{
	struct arena *arena = check->diags->arena;
	const char **names;
	struct diag *diag;

	if (variable != NULL)
		return;
	diag = diag_add(check->diags, &finding_graphql_undefined_variable,
			check_place(check, use->value->start, use->value->end),
			"the query does not declare `$%s`", use->value->text);
	if (check->hints < HINTS_MOST) {
		names = arena_alloc(arena, (NEAREST_MOST + 1) * sizeof(*names));
		for (size_t i = 0; i < operation->variable_count && i < NEAREST_MOST; i++)
			names[i] = operation->variables[i].name.text;
		check_suggest(check, diag, "$", use->value->text, names);
	}
	if (diag->help == NULL && use->type == NULL)
		diag->help = "declare it behind the query's name";
	if (diag->help == NULL)
		diag->help =
			arena_printf(arena, "declare it: `query %s($%s: %s)`",
				     operation->name.text != NULL ? operation->name.text : "name",
				     use->value->text, graphql_ref_words(arena, use->type));
	if (operation->name.text != NULL &&
	    &check->facts.document->definitions[use->definition] != operation)
		diag_note(check->diags, diag, check_name_place(check, &operation->name),
			  "`%s` uses this fragment", operation->name.text);
}

void check_variables_defined(struct check *check)
{
	each_use(check, check_defined);
}

bool check_declares(const struct check *check, const char *name)
{
	const struct graphql_document *document = check->facts.document;

	for (size_t i = 0; i < document->definition_count; i++) {
		const struct graphql_definition *definition = &document->definitions[i];

		for (size_t k = 0; k < definition->variable_count; k++)
			if (strcmp(definition->variables[k].name.text, name) == 0)
				return true;
	}
	return false;
}

static bool is_given(const struct arguments_fact *fact, const char *name)
{
	for (size_t i = 0; i < fact->count; i++)
		if (strcmp(fact->items[i].name.text, name) == 0)
			return true;
	return false;
}

/* An argument is missing that a variable of this type was probably declared for: ATT4015. */
static bool lacks_argument(const struct check *check, const struct graphql_ref *type)
{
	const struct facts *facts = &check->facts;

	for (size_t i = 0; i < facts->argument_count; i++) {
		const struct arguments_fact *fact = &facts->arguments[i];

		for (size_t k = 0; fact->known && k < fact->input_count; k++)
			if (graphql_input_required(&fact->inputs[k]) &&
			    !is_given(fact, fact->inputs[k].name) &&
			    fits(type, fact->inputs[k].type))
				return true;
	}
	return false;
}

/* `$id` and `${id}` between quotes: a text that was meant to be the variable. */
static bool is_quoted(const struct graphql_value *value, const char *name)
{
	const char *text = value->text;
	size_t len = strlen(name);

	if (value->kind != GRAPHQL_VALUE_STRING || text == NULL || text[0] != '$')
		return false;
	if (text[1] == '{')
		return strncmp(text + 2, name, len) == 0 && strcmp(text + 2 + len, "}") == 0;
	return strcmp(text + 1, name) == 0;
}

static void tell_unused(struct check *check, const struct graphql_variable *variable)
{
	const struct facts *facts = &check->facts;
	struct arena *arena = check->diags->arena;
	const char *name = variable->name.text;
	const struct graphql_ref *type =
		facts->schema == NULL ? NULL
				      : graphql_ref_resolve(facts->schema, arena, variable->type);
	const struct graphql_value *quoted = NULL;
	struct diag *diag;

	for (size_t i = 0; i < facts->value_count; i++) {
		const struct graphql_value *value = facts->values[i].value;

		/* Its `$` is missing: ATT4016. */
		if (value->kind == GRAPHQL_VALUE_ENUM && strcmp(value->text, name) == 0)
			return;
		if (quoted == NULL && is_quoted(value, name))
			quoted = value;
	}
	if (type != NULL && lacks_argument(check, type))
		return;
	diag = diag_add(check->diags, &finding_graphql_unused_variable,
			check_name_place(check, &variable->name),
			"`$%s` is declared but never used", name);
	diag->help = "remove its declaration, or give it to the argument that it is meant for";
	if (quoted == NULL)
		return;
	diag->help = arena_printf(arena, "write `$%s`, without quotes, where it is meant", name);
	diag_note(check->diags, diag, check_place(check, quoted->start, quoted->end),
		  "between quotes it is a text");
}

void check_variables_used(struct check *check)
{
	struct facts *facts = &check->facts;

	for (size_t i = 0; i < facts->document->definition_count; i++) {
		const struct graphql_definition *operation = &facts->document->definitions[i];
		struct map used = {0};
		size_t declared = 0;

		if (!definition_is_operation(operation) || operation->variable_count == 0)
			continue;
		facts_reach(facts, i);
		for (size_t r = 0; r < facts->reached_count; r++) {
			const struct definition_fact *at = &facts->definitions[facts->reached[r]];

			for (size_t v = at->value_begin; v < at->value_end; v++) {
				const struct graphql_value *value = facts->values[v].value;

				if (value->kind == GRAPHQL_VALUE_VARIABLE)
					map_set(&used, value->text, facts);
			}
		}
		for (size_t k = 0; k < operation->variable_count; k++)
			declared += map_get(&used, operation->variables[k].name.text) != NULL;
		/* Where one is used that is not declared (ATT4018), the unused one may be meant. */
		for (size_t k = 0; used.count <= declared && k < operation->variable_count; k++) {
			const struct graphql_variable *variable = &operation->variables[k];

			if (map_get(&used, variable->name.text) == NULL)
				tell_unused(check, variable);
		}
		map_dispose(&used);
	}
}
