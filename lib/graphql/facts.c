/* One walk over the document; each visit appends to the lists. The types of positions follow what
 * the reference implementation does, so that verdicts agree: the item type of a list is wanted
 * inside a list literal, and a single value where a list is wanted counts as its item. */
#include "graphql/facts.h"

#include <string.h>

#include "base/arena.h"

/* Where the walk is. */
struct walk {
	struct facts *facts;
	size_t definition;
	size_t selection_end; /* one past the last selection seen */
};

static void walk_set(struct walk *walk, const struct graphql_selection_set *set,
		     const struct graphql_type *parent);

bool definition_is_operation(const struct graphql_definition *definition)
{
	return definition->kind <= GRAPHQL_SUBSCRIPTION;
}

bool definition_is_executable(const struct graphql_definition *definition)
{
	return definition->kind <= GRAPHQL_FRAGMENT;
}

static const struct graphql_type *find_type(const struct facts *facts, const char *name)
{
	return facts->schema != NULL ? graphql_schema_type(facts->schema, name) : NULL;
}

static void add_type(struct facts *facts, const struct graphql_name *name)
{
	struct type_fact *fact =
		arena_push(facts->arena, &facts->types, &facts->type_count, sizeof(*fact));
	fact->name = name;
}

static void walk_value(struct walk *walk, const struct graphql_value *value, struct value_fact at)
{
	struct facts *facts = walk->facts;
	struct value_fact *slot =
		arena_push(facts->arena, &facts->values, &facts->value_count, sizeof(*slot));

	at.value = value;
	at.definition = walk->definition;
	*slot = at;
	if (value->kind == GRAPHQL_VALUE_LIST) {
		struct value_fact item = {.type = at.type, .inert = at.inert};

		if (at.type != NULL) {
			item.type = graphql_ref_nullable(at.type);
			if (item.type->kind == GRAPHQL_REF_LIST)
				item.type = item.type->of;
			else
				item.inert = true;
		}
		for (size_t i = 0; i < value->item_count; i++)
			walk_value(walk, &value->items[i], item);
		return;
	}
	for (size_t i = 0; i < value->field_count; i++) {
		const struct graphql_argument *written = &value->fields[i];
		struct value_fact field = {.inert = at.inert};

		if (at.type != NULL && at.type->named->kind == GRAPHQL_INPUT) {
			const struct graphql_type *type = at.type->named;
			const struct graphql_input *input = graphql_input_find(
				type->inputs, type->input_count, written->name.text);

			field.input_parent = type;
			field.type = input != NULL ? input->type : NULL;
			field.has_default = input != NULL && input->has_default;
		}
		walk_value(walk, &written->value, field);
	}
}

static void walk_arguments(struct walk *walk, struct arguments_fact at)
{
	struct facts *facts = walk->facts;
	struct arguments_fact *slot =
		arena_push(facts->arena, &facts->arguments, &facts->argument_count, sizeof(*slot));

	*slot = at;
	for (size_t i = 0; i < at.count; i++) {
		const struct graphql_input *input =
			graphql_input_find(at.inputs, at.input_count, at.items[i].name.text);
		struct value_fact value = {0};

		if (input != NULL) {
			value.type = input->type;
			value.has_default = input->has_default;
		}
		walk_value(walk, &at.items[i].value, value);
	}
}

static void walk_directives(struct walk *walk, const struct graphql_directives *directives,
			    enum graphql_location location)
{
	struct facts *facts = walk->facts;
	struct directives_fact *slot;

	if (directives->count == 0)
		return;
	slot = arena_push(facts->arena, &facts->directives, &facts->directive_count, sizeof(*slot));
	slot->directives = directives;
	slot->location = location;
	for (size_t i = 0; i < directives->count; i++) {
		const struct graphql_directive *directive = &directives->items[i];
		const struct graphql_directive_type *type =
			facts->schema == NULL
				? NULL
				: graphql_schema_directive(facts->schema, directive->name.text);
		struct arguments_fact arguments = {
			.items = directive->arguments,
			.count = directive->argument_count,
			.directive = directive,
		};

		if (type != NULL) {
			arguments.known = true;
			arguments.inputs = type->arguments;
			arguments.input_count = type->argument_count;
		}
		walk_arguments(walk, arguments);
	}
}

static void walk_field(struct walk *walk, struct selection_fact *fact)
{
	const struct facts *facts = walk->facts;
	const struct graphql_selection *node = fact->node;
	struct arguments_fact arguments = {
		.items = node->arguments,
		.count = node->argument_count,
		.selection = fact,
	};

	if (fact->parent != NULL)
		fact->field = graphql_schema_field(facts->schema, fact->parent, node->name.text);
	if (fact->field != NULL) {
		fact->type = fact->field->type->named;
		arguments.known = true;
		arguments.inputs = fact->field->arguments;
		arguments.input_count = fact->field->argument_count;
	}
	walk_arguments(walk, arguments);
	walk_directives(walk, &node->directives, GRAPHQL_AT_FIELD);
	if (node->set != NULL)
		walk_set(walk, node->set, fact->type);
}

static void walk_selection(struct walk *walk, const struct graphql_selection *node,
			   const struct graphql_type *parent)
{
	struct facts *facts = walk->facts;
	struct selection_fact *fact = &facts->selections[node->id];
	const struct graphql_definition *fragment;

	walk->selection_end = node->id + 1;
	*fact = (struct selection_fact){
		.node = node, .definition = walk->definition, .parent = parent};
	switch (node->kind) {
	case GRAPHQL_FIELD:
		walk_field(walk, fact);
		break;
	case GRAPHQL_SPREAD:
		fragment = facts_fragment(facts, node->name.text);
		if (fragment != NULL)
			fact->type = find_type(facts, fragment->condition.text);
		walk_directives(walk, &node->directives, GRAPHQL_AT_FRAGMENT_SPREAD);
		break;
	case GRAPHQL_INLINE:
		fact->type = parent;
		if (node->condition.text != NULL) {
			add_type(facts, &node->condition);
			fact->type = find_type(facts, node->condition.text);
		}
		walk_directives(walk, &node->directives, GRAPHQL_AT_INLINE_FRAGMENT);
		walk_set(walk, node->set, fact->type);
		break;
	}
}

static void walk_set(struct walk *walk, const struct graphql_selection_set *set,
		     const struct graphql_type *parent)
{
	if (parent != NULL && !graphql_type_is_composite(parent))
		parent = NULL;
	walk->facts->sets[set->id] = (struct set_fact){.node = set, .parent = parent};
	for (size_t i = 0; i < set->count; i++)
		walk_selection(walk, &set->items[i], parent);
}

static void walk_variable(struct walk *walk, const struct graphql_variable *variable)
{
	struct facts *facts = walk->facts;
	const struct graphql_type_ref *core = variable->type;
	struct value_fact value = {0};

	while (core->of != NULL)
		core = core->of;
	add_type(facts, &core->name);
	if (facts->schema != NULL)
		value.type = graphql_ref_resolve(facts->schema, facts->arena, variable->type);
	if (value.type != NULL && !graphql_type_is_input(value.type->named))
		value.type = NULL;
	if (variable->default_value != NULL)
		walk_value(walk, variable->default_value, value);
	walk_directives(walk, &variable->directives, GRAPHQL_AT_VARIABLE_DEFINITION);
}

static void walk_definition(struct walk *walk, const struct graphql_definition *definition)
{
	static const enum graphql_location locations[] = {GRAPHQL_AT_QUERY, GRAPHQL_AT_MUTATION,
							  GRAPHQL_AT_SUBSCRIPTION,
							  GRAPHQL_AT_FRAGMENT_DEFINITION};
	struct facts *facts = walk->facts;
	struct definition_fact *fact = &facts->definitions[walk->definition];
	const struct graphql_type *type = NULL;

	fact->value_begin = facts->value_count;
	fact->selection_begin = definition->set->items[0].id;
	walk->selection_end = fact->selection_begin;
	for (size_t i = 0; i < definition->variable_count; i++)
		walk_variable(walk, &definition->variables[i]);
	if (definition->kind == GRAPHQL_FRAGMENT) {
		add_type(facts, &definition->condition);
		type = find_type(facts, definition->condition.text);
	} else if (facts->schema != NULL) {
		type = definition->kind == GRAPHQL_QUERY      ? facts->schema->query
		       : definition->kind == GRAPHQL_MUTATION ? facts->schema->mutation
							      : facts->schema->subscription;
	}
	walk_directives(walk, &definition->directives, locations[definition->kind]);
	walk_set(walk, definition->set, type);
	fact->value_end = facts->value_count;
	fact->selection_end = walk->selection_end;
}

const struct graphql_definition *facts_fragment(const struct facts *facts, const char *name)
{
	return map_get(&facts->fragments, name);
}

static void reach(struct facts *facts, size_t definition)
{
	if (facts->reached_in[definition] == facts->reach_round)
		return;
	facts->reached_in[definition] = facts->reach_round;
	facts->reached[facts->reached_count++] = definition;
}

void facts_reach(struct facts *facts, size_t from)
{
	facts->reach_round++;
	facts->reached_count = 0;
	reach(facts, from);
	for (size_t done = 0; done < facts->reached_count; done++) {
		const struct definition_fact *fact = &facts->definitions[facts->reached[done]];

		for (size_t i = fact->selection_begin; i < fact->selection_end; i++) {
			const struct graphql_selection *node = facts->selections[i].node;
			const struct graphql_definition *fragment = NULL;

			if (node != NULL && node->kind == GRAPHQL_SPREAD)
				fragment = facts_fragment(facts, node->name.text);
			if (fragment != NULL)
				reach(facts, (size_t)(fragment - facts->document->definitions));
		}
	}
}

void facts_init(struct facts *facts, struct arena *arena, const struct graphql_schema *schema,
		const struct graphql_document *document)
{
	struct walk walk = {.facts = facts};

	*facts = (struct facts){.arena = arena, .schema = schema, .document = document};
	facts->definitions =
		arena_alloc(arena, document->definition_count * sizeof(*facts->definitions));
	facts->selections =
		arena_alloc(arena, document->selection_count * sizeof(*facts->selections));
	facts->reached = arena_alloc(arena, document->definition_count * sizeof(*facts->reached));
	facts->reached_in =
		arena_alloc(arena, document->definition_count * sizeof(*facts->reached_in));
	facts->sets = arena_alloc(arena, document->set_count * sizeof(*facts->sets));
	for (size_t i = 0; i < document->definition_count; i++) {
		struct graphql_definition *definition = &document->definitions[i];

		if (definition->kind == GRAPHQL_FRAGMENT)
			map_set(&facts->fragments, definition->name.text, definition);
	}
	for (size_t i = 0; i < document->definition_count; i++) {
		walk.definition = i;
		if (definition_is_executable(&document->definitions[i]))
			walk_definition(&walk, &document->definitions[i]);
	}
}

void facts_dispose(struct facts *facts)
{
	map_dispose(&facts->fragments);
}
