/* ATT4010 to ATT4013 and ATT4015: names that the schema must know, and arguments that it wants. */
#include <string.h>

#include "base/arena.h"
#include "graphql/checks.h"
#include "graphql/findings.h"

/* At most so many types are listed in a help. */
enum { LISTED = 3 };

/* Says on which of the type's possible objects the field exists; false when on none. */
static bool suggest_inline_fragment(const struct check *check, struct diag *diag,
				    const struct graphql_type *type, const char *field)
{
	struct arena *arena = check->diags->arena;
	const char *found[LISTED + 1] = {NULL};
	size_t count = 0;
	const char *help;

	for (size_t i = 0; i < type->possible_count; i++) {
		if (graphql_schema_field(check->facts.schema, type->possible[i], field) == NULL)
			continue;
		if (count < LISTED)
			found[count] = type->possible[i]->name;
		count++;
	}
	if (count == 0)
		return false;
	help = arena_printf(arena, "ask for it in an inline fragment: `... on %s { %s }`", found[0],
			    field);
	if (count > 1)
		help = arena_printf(arena, "%s; `%s` %s it too", help, found[1],
				    count == 2 ? "has" : "and others have");
	diag->help = help;
	return true;
}

void check_fields(struct check *check)
{
	const struct facts *facts = &check->facts;
	struct arena *arena = check->diags->arena;

	for (size_t i = 0; i < facts->document->selection_count; i++) {
		const struct selection_fact *fact = &facts->selections[i];
		const struct graphql_type *parent = fact->parent;
		const char **names;
		struct diag *diag;

		if (fact->node == NULL || fact->node->kind != GRAPHQL_FIELD || parent == NULL ||
		    fact->field != NULL)
			continue;
		diag = diag_add(check->diags, &finding_graphql_unknown_field,
				check_name_place(check, &fact->node->name),
				"`%s` has no field `%s`", parent->name, fact->node->name.text);
		if (suggest_inline_fragment(check, diag, parent, fact->node->name.text))
			continue;
		names = arena_alloc(arena, (parent->field_count + 2) * sizeof(*names));
		for (size_t k = 0; k < parent->field_count; k++)
			names[k] = parent->fields[k].name;
		names[parent->field_count] = facts->schema->meta_typename.name;
		check_suggest(check, diag, "", fact->node->name.text, names);
		if (diag->help == NULL)
			diag->help = arena_printf(arena, "it has %s", check_listed(check, names));
	}
}

static const char **type_names(const struct check *check)
{
	const struct map *types = &check->facts.schema->types;
	const char **names = arena_alloc(check->diags->arena, (types->count + 1) * sizeof(*names));

	for (size_t i = 0; i < types->count; i++)
		names[i] = types->entries[i].key;
	return names;
}

void check_types(struct check *check)
{
	const struct facts *facts = &check->facts;
	const char **names = NULL;

	for (size_t i = 0; i < facts->type_count; i++) {
		const struct graphql_name *name = facts->types[i].name;
		struct diag *diag;

		if (graphql_schema_type(facts->schema, name->text) != NULL)
			continue;
		diag = diag_add(check->diags, &finding_graphql_unknown_type,
				check_name_place(check, name), "the schema has no type `%s`",
				name->text);
		if (names == NULL)
			names = type_names(check);
		check_suggest(check, diag, "", name->text, names);
		if (diag->help == NULL)
			diag->help = "the types are in `node_modules/attio/schema.graphql`; simple "
				     "values are `String`, `Int`, `Float`, `Boolean` and `ID`";
	}
}

/* "the field `person`" or "the directive `@skip`". */
static const char *owner_words(const struct check *check, const struct arguments_fact *fact)
{
	if (fact->directive != NULL)
		return arena_printf(check->diags->arena, "the directive `@%s`",
				    fact->directive->name.text);
	return arena_printf(check->diags->arena, "the field `%s`",
			    fact->selection->node->name.text);
}

static const struct graphql_argument *find_argument(const struct arguments_fact *fact,
						    const char *name)
{
	for (size_t i = 0; i < fact->count; i++) {
		if (strcmp(fact->items[i].name.text, name) == 0)
			return &fact->items[i];
	}
	return NULL;
}

/* False when an argument is unknown. */
static bool check_given(struct check *check, const struct arguments_fact *fact)
{
	bool right = true;

	for (size_t i = 0; i < fact->count; i++) {
		const struct graphql_name *name = &fact->items[i].name;
		struct diag *diag;

		if (graphql_input_find(fact->inputs, fact->input_count, name->text) != NULL)
			continue;
		const char *const *known =
			check_input_names(check, fact->inputs, fact->input_count);

		diag = diag_add(check->diags, &finding_graphql_unknown_argument,
				check_name_place(check, name), "%s takes no argument `%s`",
				owner_words(check, fact), name->text);
		if (fact->input_count == 0)
			diag->help = "remove it: no arguments are taken here at all";
		else
			check_suggest(check, diag, "", name->text, known);
		if (diag->help == NULL)
			diag->help = arena_printf(check->diags->arena, "it takes %s",
						  check_listed(check, known));
		right = false;
	}
	return right;
}

static void check_required(struct check *check, const struct arguments_fact *fact)
{
	struct arena *arena = check->diags->arena;
	struct place place =
		fact->directive != NULL
			? check_place(check, fact->directive->start, fact->directive->name.end)
			: check_name_place(check, &fact->selection->node->name);

	for (size_t i = 0; i < fact->input_count; i++) {
		const struct graphql_input *input = &fact->inputs[i];

		if (!graphql_input_required(input) || find_argument(fact, input->name) != NULL)
			continue;
		diag_add(check->diags, &finding_graphql_missing_argument, place,
			 "%s needs the argument `%s`", owner_words(check, fact), input->name)
			->help = arena_printf(arena, "its type is `%s`: write `(%s: ...)`",
					      graphql_ref_words(arena, input->type), input->name);
	}
}

void check_arguments(struct check *check)
{
	for (size_t i = 0; i < check->facts.argument_count; i++) {
		const struct arguments_fact *fact = &check->facts.arguments[i];

		if (!fact->known)
			continue;
		/* What is missing may well be what is spelled wrongly. */
		if (check_given(check, fact))
			check_required(check, fact);
	}
}

static const char *location_words(enum graphql_location location)
{
	switch (location) {
	case GRAPHQL_AT_QUERY:
	case GRAPHQL_AT_MUTATION:
	case GRAPHQL_AT_SUBSCRIPTION:
		return "an operation";
	case GRAPHQL_AT_FIELD:
		return "a field";
	case GRAPHQL_AT_FRAGMENT_DEFINITION:
		return "a fragment's definition";
	case GRAPHQL_AT_FRAGMENT_SPREAD:
		return "a fragment's use";
	case GRAPHQL_AT_INLINE_FRAGMENT:
		return "an inline fragment";
	default:
		return "a variable";
	}
}

static void check_directive(struct check *check, const struct graphql_directive *directive,
			    enum graphql_location location)
{
	struct arena *arena = check->diags->arena;
	const struct graphql_schema *schema = check->facts.schema;
	const struct graphql_directive_type *type =
		graphql_schema_directive(schema, directive->name.text);
	struct place place = check_place(check, directive->start, directive->name.end);
	const char **names;
	struct diag *diag;

	if (type != NULL && (type->locations & location) != 0)
		return;
	if (type != NULL) {
		diag_add(check->diags, &finding_graphql_unknown_directive, place,
			 "the directive `@%s` does nothing on %s", directive->name.text,
			 location_words(location))
			->help = "remove it; `@include` and `@skip` stand on fields and on uses of "
				 "fragments";
		return;
	}
	diag = diag_add(check->diags, &finding_graphql_unknown_directive, place,
			"the schema has no directive `@%s`", directive->name.text);
	names = arena_alloc(arena, (schema->directives.count + 1) * sizeof(*names));
	for (size_t i = 0; i < schema->directives.count; i++)
		names[i] = schema->directives.entries[i].key;
	check_suggest(check, diag, "@", directive->name.text, names);
	if (diag->help == NULL)
		diag->help = "remove it; queries have `@include` and `@skip`";
}

void check_directives(struct check *check)
{
	for (size_t i = 0; i < check->facts.directive_count; i++) {
		const struct directives_fact *fact = &check->facts.directives[i];

		for (size_t k = 0; k < fact->directives->count; k++)
			check_directive(check, &fact->directives->items[k], fact->location);
	}
}
