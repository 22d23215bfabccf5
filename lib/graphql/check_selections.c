/* ATT4022 to ATT4024 and ATT4028: what is selected from what. */
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "graphql/checks.h"
#include "graphql/findings.h"

/* So many lists of types inside each other are refused: each level multiplies the answer. */
enum { INTROSPECTION_LISTS = 3 };

void check_leaves(struct check *check)
{
	const struct facts *facts = &check->facts;
	struct arena *arena = check->diags->arena;

	for (size_t i = 0; i < facts->document->selection_count; i++) {
		const struct selection_fact *fact = &facts->selections[i];
		const struct graphql_selection *node = fact->node;
		struct diag *diag;

		if (node == NULL || fact->field == NULL)
			continue;
		if (graphql_type_is_leaf(fact->type) && node->set != NULL) {
			diag = diag_add(check->diags, &finding_graphql_leaf_selection,
					check_place(check, node->set->start, node->set->end),
					"`%s` is of type `%s`, which has no fields to select",
					node->name.text,
					graphql_ref_words(arena, fact->field->type));
			diag->help = "remove the braces";
		} else if (graphql_type_is_composite(fact->type) && node->set == NULL) {
			diag = diag_add(check->diags, &finding_graphql_missing_selection,
					check_name_place(check, &node->name),
					"`%s` is of type `%s`: say which of its fields are wanted",
					node->name.text,
					graphql_ref_words(arena, fact->field->type));
			diag->help = arena_printf(arena, "add a selection: `%s { ... }`",
						  node->name.text);
		}
	}
}

static const char *kind_words(const struct graphql_type *type)
{
	switch (type->kind) {
	case GRAPHQL_SCALAR:
		return "a scalar";
	case GRAPHQL_ENUM:
		return "an enum";
	default:
		return "an input type";
	}
}

static void check_condition(struct check *check, const struct graphql_name *condition)
{
	const struct graphql_type *type = graphql_schema_type(check->facts.schema, condition->text);

	if (type != NULL && !graphql_type_is_composite(type))
		diag_add(check->diags, &finding_graphql_fragment_type,
			 check_name_place(check, condition),
			 "a fragment selects fields, and `%s` is %s", condition->text,
			 kind_words(type))
			->help = "name a type that has fields: an object, an interface or a union";
}

static void check_spread(struct check *check, const struct selection_fact *fact)
{
	const struct graphql_selection *node = fact->node;
	const struct graphql_name *name =
		node->kind == GRAPHQL_SPREAD ? &node->name : &node->condition;
	struct place place = name->text != NULL ? check_name_place(check, name)
						: check_place(check, node->start, node->start + 3);
	const struct graphql_definition *fragment = NULL;
	struct diag *diag;

	if (fact->type == NULL || fact->parent == NULL || !graphql_type_is_composite(fact->type) ||
	    graphql_types_overlap(fact->type, fact->parent))
		return;
	diag = diag_add(check->diags, &finding_graphql_fragment_type, place,
			"this fragment never applies: `%s` is never `%s`", fact->parent->name,
			fact->type->name);
	diag->help = arena_printf(check->diags->arena, "remove it, or ask for fields of `%s` in it",
				  fact->parent->name);
	if (node->kind == GRAPHQL_SPREAD)
		fragment = facts_fragment(&check->facts, node->name.text);
	if (fragment != NULL)
		diag_note(check->diags, diag, check_name_place(check, &fragment->condition),
			  "`%s` is a fragment on `%s`", node->name.text, fact->type->name);
}

void check_fragment_types(struct check *check)
{
	const struct facts *facts = &check->facts;

	for (size_t i = 0; i < facts->document->selection_count; i++) {
		const struct selection_fact *fact = &facts->selections[i];

		if (fact->node == NULL || fact->node->kind == GRAPHQL_FIELD)
			continue;
		if (fact->node->condition.text != NULL)
			check_condition(check, &fact->node->condition);
		check_spread(check, fact);
	}
	for (size_t i = 0; i < facts->document->definition_count; i++) {
		if (facts->document->definitions[i].kind == GRAPHQL_FRAGMENT)
			check_condition(check, &facts->document->definitions[i].condition);
	}
}

/* Fragments to look into, each at most once a depth. */
struct depth_walk {
	const struct facts *facts;
	bool *seen; /* [definition * INTROSPECTION_LISTS + depth] */
	size_t *todo;
	size_t todo_count;
};

static bool is_list_field(const char *name)
{
	return strcmp(name, "fields") == 0 || strcmp(name, "interfaces") == 0 ||
	       strcmp(name, "possibleTypes") == 0 || strcmp(name, "inputFields") == 0;
}

static bool set_too_deep(struct depth_walk *walk, const struct graphql_selection_set *set,
			 size_t depth)
{
	for (size_t i = 0; set != NULL && i < set->count; i++) {
		const struct graphql_selection *node = &set->items[i];
		const struct graphql_definition *fragment;
		size_t inner = depth;

		if (node->kind == GRAPHQL_SPREAD) {
			size_t state;

			fragment = facts_fragment(walk->facts, node->name.text);
			if (fragment == NULL)
				continue;
			state = (size_t)(fragment - walk->facts->document->definitions) *
					INTROSPECTION_LISTS +
				depth;
			if (!walk->seen[state])
				walk->todo[walk->todo_count++] = state;
			walk->seen[state] = true;
			continue;
		}
		if (node->kind == GRAPHQL_FIELD && is_list_field(node->name.text))
			inner++;
		if (inner == INTROSPECTION_LISTS || set_too_deep(walk, node->set, inner))
			return true;
	}
	return false;
}

static bool too_deep(const struct facts *facts, const struct graphql_selection *root)
{
	size_t states = facts->document->definition_count * INTROSPECTION_LISTS;
	struct depth_walk walk = {
		.facts = facts,
		.seen = mem_zalloc(states, sizeof(*walk.seen)),
		.todo = mem_zalloc(states, sizeof(*walk.todo)),
	};
	bool deep = set_too_deep(&walk, root->set, 0);

	while (!deep && walk.todo_count > 0) {
		size_t state = walk.todo[--walk.todo_count];

		deep = set_too_deep(&walk,
				    facts->document->definitions[state / INTROSPECTION_LISTS].set,
				    state % INTROSPECTION_LISTS);
	}
	mem_free(walk.seen);
	mem_free(walk.todo);
	return deep;
}

void check_introspection(struct check *check)
{
	const struct facts *facts = &check->facts;

	for (size_t i = 0; i < facts->document->selection_count; i++) {
		const struct graphql_selection *node = facts->selections[i].node;

		if (node == NULL || node->kind != GRAPHQL_FIELD || node->set == NULL ||
		    (strcmp(node->name.text, "__schema") != 0 &&
		     strcmp(node->name.text, "__type") != 0))
			continue;
		if (too_deep(facts, node))
			diag_add(check->diags, &finding_graphql_introspection_depth,
				 check_name_place(check, &node->name),
				 "this looks into lists of fields or types %d levels deep",
				 INTROSPECTION_LISTS)
				->help = "ask for fewer levels of `fields`, `interfaces`, "
					 "`possibleTypes` and `inputFields`";
	}
}
