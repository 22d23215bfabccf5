/* Collecting fields; see the header. A document may chain its fragments as deep as it is long, so
 * the way back is a list and no recursion. */
#include "graphql/collect.h"

#include <string.h>

#include "base/arena.h"
#include "base/mem.h"

/* Selections of a set that are still to be looked at. */
struct rest {
	const struct graphql_selection *items;
	size_t count;
};

struct walk {
	struct collector *collector;
	struct plan *plan;
	struct map keys; /* key in the answer -> its place in the plan, a size_t */
	const struct graphql_type *type;
	struct rest *rests; /* a stack */
	size_t rest_count;
	size_t rest_room;
};

void collector_init(struct collector *collector, const struct graphql_document *document)
{
	collector->document = document;
	collector->seen = arena_alloc(collector->coercion.arena,
				      document->definition_count * sizeof(*collector->seen));
	for (size_t i = 0; i < document->definition_count; i++) {
		const struct graphql_definition *definition = &document->definitions[i];

		if (definition->kind == GRAPHQL_FRAGMENT)
			map_set(&collector->fragments, definition->name.text, definition);
	}
}

/* The `if` of @skip or @include. False with the plan's fault. */
static bool condition(struct walk *walk, const struct graphql_directive *written, bool *met)
{
	const struct collector *collector = walk->collector;
	const struct graphql_directive_type *directive =
		graphql_schema_directive(collector->coercion.schema, written->name.text);
	struct graphql_datum *arguments;
	size_t count;

	if (!coerce_arguments(&collector->coercion, directive->arguments, directive->argument_count,
			      written->arguments, written->argument_count, written->start,
			      &arguments, &count, &walk->plan->fault))
		return false;
	*met = count > 0 && arguments[0].truth;
	return true;
}

static bool is_included(struct walk *walk, const struct graphql_directives *directives)
{
	for (size_t i = 0; i < directives->count; i++) {
		const struct graphql_directive *directive = &directives->items[i];
		bool skip = strcmp(directive->name.text, "skip") == 0;
		bool met;

		if (!skip && strcmp(directive->name.text, "include") != 0)
			continue;
		if (!condition(walk, directive, &met) || met == skip)
			return false;
	}
	return true;
}

static void add_field(struct walk *walk, const struct graphql_selection *node)
{
	struct arena *arena = walk->collector->coercion.arena;
	const char *key = node->alias.text != NULL ? node->alias.text : node->name.text;
	/* Places are found by number: the list moves while it grows. */
	const size_t *place = map_get(&walk->keys, key);
	const struct graphql_selection **slot;
	struct asked *asked;

	if (place == NULL) {
		size_t *number = arena_alloc(arena, sizeof(*number));

		*number = walk->plan->count;
		asked = arena_push(arena, &walk->plan->asked, &walk->plan->count, sizeof(*asked));
		asked->key = key;
		asked->field = graphql_schema_field(walk->collector->coercion.schema, walk->type,
						    node->name.text);
		map_set(&walk->keys, key, number);
	} else {
		asked = &walk->plan->asked[*place];
	}
	slot = arena_push(arena, &asked->nodes, &asked->node_count, sizeof(*slot));
	*slot = node;
}

static void push(struct walk *walk, const struct graphql_selection_set *set)
{
	if (walk->rest_count == walk->rest_room) {
		walk->rest_room = walk->rest_room != 0 ? walk->rest_room * 2 : 8;
		walk->rests = mem_realloc(walk->rests, walk->rest_room * sizeof(*walk->rests));
	}
	walk->rests[walk->rest_count++] = (struct rest){set->items, set->count};
}

static bool applies(const struct walk *walk, const struct graphql_name *name)
{
	const struct graphql_type *type;

	if (name->text == NULL)
		return true;
	type = graphql_schema_type(walk->collector->coercion.schema, name->text);
	return type != NULL && graphql_type_is_subtype(walk->type, type);
}

static void visit_spread(struct walk *walk, const struct graphql_selection *node)
{
	struct collector *collector = walk->collector;
	const struct graphql_definition *fragment = map_get(&collector->fragments, node->name.text);
	size_t *seen;

	if (fragment == NULL)
		return;
	seen = &collector->seen[fragment - collector->document->definitions];
	if (*seen == collector->round)
		return;
	*seen = collector->round;
	if (applies(walk, &fragment->condition))
		push(walk, fragment->set);
}

static void walk_set(struct walk *walk, const struct graphql_selection_set *set)
{
	push(walk, set);
	while (walk->rest_count > 0 && walk->plan->fault.message == NULL) {
		struct rest *rest = &walk->rests[walk->rest_count - 1];
		const struct graphql_selection *node;

		if (rest->count == 0) {
			walk->rest_count--;
			continue;
		}
		if (walk->collector->steps-- <= 0)
			return;
		node = rest->items++;
		rest->count--;
		if (!is_included(walk, &node->directives))
			continue;
		if (node->kind == GRAPHQL_FIELD)
			add_field(walk, node);
		else if (node->kind == GRAPHQL_SPREAD)
			visit_spread(walk, node);
		else if (applies(walk, &node->condition))
			push(walk, node->set);
	}
}

static struct plan *end(struct walk *walk)
{
	map_dispose(&walk->keys);
	mem_free(walk->rests);
	return walk->plan;
}

static struct walk begin(struct collector *collector, const struct graphql_type *type)
{
	struct walk walk = {.collector = collector, .type = type};

	walk.plan = arena_alloc(collector->coercion.arena, sizeof(*walk.plan));
	walk.plan->type = type;
	collector->round++;
	return walk;
}

struct plan *collect_root(struct collector *collector, const struct graphql_definition *operation,
			  const struct graphql_type *type)
{
	struct walk walk = begin(collector, type);

	walk_set(&walk, operation->set);
	return end(&walk);
}

struct plan *collect_below(struct collector *collector, struct asked *asked,
			   const struct graphql_type *type)
{
	struct walk walk;

	for (struct plan *plan = asked->plans; plan != NULL; plan = plan->next) {
		if (plan->type == type)
			return plan;
	}
	walk = begin(collector, type);
	for (size_t i = 0; i < asked->node_count && walk.plan->fault.message == NULL; i++) {
		if (asked->nodes[i]->set != NULL)
			walk_set(&walk, asked->nodes[i]->set);
	}
	walk.plan->next = asked->plans;
	asked->plans = walk.plan;
	return end(&walk);
}

bool asked_arguments(const struct collector *collector, struct asked *asked)
{
	const struct graphql_selection *node = asked->nodes[0];

	if (!asked->coerced) {
		asked->coerced = true;
		coerce_arguments(&collector->coercion, asked->field->arguments,
				 asked->field->argument_count, node->arguments,
				 node->argument_count, node->start, &asked->arguments,
				 &asked->argument_count, &asked->fault);
	}
	return asked->fault.message == NULL;
}
