/* GraphQL merges selections of one response key; a field is certain to be there only if some
 * selection of it holds whenever its object is there. The conditions are kept whole from the root
 * on, so that `name @include(if: $a) {first}` alone has a certain `first`, and next to a plain
 * `name {last}` an uncertain one. */
#include "types/selected.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"

/* A fragment's set that was taken already, and when. */
struct visit {
	const struct graphql_selection_set *set;
	struct condition when;
};

struct collecting {
	struct selecting *selecting;
	const struct graphql_type *object;
	struct selected_list *list;
	struct map by_key; /* key -> index into the list + 1 */
	struct visit *visits;
	size_t visit_count;
};

void selecting_init(struct selecting *selecting, struct arena *arena,
		    const struct graphql_schema *schema, const struct graphql_document *document)
{
	*selecting = (struct selecting){.arena = arena, .schema = schema};
	for (size_t i = 0; i < document->definition_count; i++) {
		struct graphql_definition *definition = &document->definitions[i];

		if (definition->kind == GRAPHQL_FRAGMENT && definition->name.text != NULL &&
		    map_get(&selecting->fragments, definition->name.text) == NULL)
			map_set(&selecting->fragments, definition->name.text, definition);
	}
}

void selecting_dispose(struct selecting *selecting)
{
	map_dispose(&selecting->fragments);
}

/* --- conditions --------------------------------------------------------------------------------
 */

/* Whether `given` being true makes `wanted` true. */
static bool implies(const struct condition *given, const struct condition *wanted)
{
	size_t at = 0;

	for (size_t i = 0; i < wanted->count; i++) {
		while (at < given->count && strcmp(given->terms[at], wanted->terms[i]) < 0)
			at++;
		if (at == given->count || strcmp(given->terms[at], wanted->terms[i]) != 0)
			return false;
	}
	return true;
}

static bool equal(const struct condition *a, const struct condition *b)
{
	return a->count == b->count && implies(a, b);
}

static struct condition with_term(struct arena *arena, struct condition when, const char *term)
{
	struct condition more = {arena_alloc(arena, (when.count + 1) * sizeof(*more.terms)), 0};
	size_t i = 0;

	while (i < when.count && strcmp(when.terms[i], term) < 0)
		more.terms[more.count++] = when.terms[i++];
	if (i < when.count && strcmp(when.terms[i], term) == 0)
		return when;
	more.terms[more.count++] = term;
	while (i < when.count)
		more.terms[more.count++] = when.terms[i++];
	return more;
}

/* `when` and what the selection's own @include and @skip demand. */
static struct condition own_condition(struct arena *arena, struct condition when,
				      const struct graphql_directives *directives)
{
	for (size_t i = 0; i < directives->count; i++) {
		const struct graphql_directive *directive = &directives->items[i];
		bool skip = str_equal(directive->name.text, "skip");
		const struct graphql_value *value = NULL;

		if (!skip && !str_equal(directive->name.text, "include"))
			continue;
		for (size_t k = 0; k < directive->argument_count; k++)
			if (str_equal(directive->arguments[k].name.text, "if"))
				value = &directive->arguments[k].value;
		if (value == NULL)
			continue;
		if (value->kind == GRAPHQL_VALUE_VARIABLE)
			when = with_term(arena, when,
					 arena_printf(arena, "%s%s", skip ? "!" : "", value->text));
		else if (value->kind == GRAPHQL_VALUE_BOOLEAN &&
			 str_equal(value->text, "true") == skip)
			when = with_term(arena, when, "");
	}
	return when;
}

/* --- collecting --------------------------------------------------------------------------------
 */

static bool collect(struct collecting *c, const struct graphql_selection_set *set,
		    struct condition when);

static void add_field(struct collecting *c, const struct graphql_selection *selection,
		      struct condition when)
{
	struct arena *arena = c->selecting->arena;
	const char *key =
		selection->alias.text != NULL ? selection->alias.text : selection->name.text;
	const struct graphql_field *field =
		graphql_schema_field(c->selecting->schema, c->object, selection->name.text);
	size_t at = (size_t)map_get(&c->by_key, key);
	struct selected *selected;

	if (field == NULL)
		return;
	if (at == 0) {
		selected = arena_push(arena, &c->list->items, &c->list->count, sizeof(*selected));
		selected->key = key;
		selected->field = field;
		map_set(&c->by_key, key, (void *)c->list->count);
	} else {
		selected = &c->list->items[at - 1];
	}
	c->selecting->steps += selected->occurrences.count / 16;
	for (size_t i = 0; i < selected->occurrences.count; i++) {
		const struct occurrence *known = &selected->occurrences.items[i];

		if (known->set == selection->set && equal(&known->when, &when))
			return;
	}
	struct occurrence *slot = arena_push(arena, &selected->occurrences.items,
					     &selected->occurrences.count, sizeof(*slot));
	*slot = (struct occurrence){when, selection->set};
}

/* A fragment, if it applies to the object; each once under one condition. */
static bool collect_fragment(struct collecting *c, const char *type_name,
			     const struct graphql_selection_set *set, struct condition when)
{
	if (type_name != NULL) {
		const struct graphql_type *type =
			graphql_schema_type(c->selecting->schema, type_name);

		if (type == NULL || !graphql_type_is_subtype(c->object, type))
			return true;
	}
	for (size_t i = 0; i < c->visit_count; i++)
		if (c->visits[i].set == set && equal(&c->visits[i].when, &when))
			return true;
	struct visit *visit =
		arena_push(c->selecting->arena, &c->visits, &c->visit_count, sizeof(*visit));
	*visit = (struct visit){set, when};
	return collect(c, set, when);
}

static bool collect(struct collecting *c, const struct graphql_selection_set *set,
		    struct condition when)
{
	if (set == NULL)
		return true;
	for (size_t i = 0; i < set->count; i++) {
		const struct graphql_selection *selection = &set->items[i];
		struct condition own =
			own_condition(c->selecting->arena, when, &selection->directives);
		bool fine = true;

		/* Looking up earlier visits counts too. */
		c->selecting->steps += 1 + c->visit_count / 16;
		if (c->selecting->steps > SELECTING_LIMIT)
			return false;
		if (selection->kind == GRAPHQL_FIELD) {
			add_field(c, selection, own);
		} else if (selection->kind == GRAPHQL_INLINE) {
			fine = collect_fragment(c, selection->condition.text, selection->set, own);
		} else {
			const struct graphql_definition *fragment =
				map_get(&c->selecting->fragments, selection->name.text);

			if (fragment != NULL)
				fine = collect_fragment(c, fragment->condition.text, fragment->set,
							own);
		}
		if (!fine)
			return false;
	}
	return true;
}

/* Whether the object can be there without the field. */
static bool can_be_absent(const struct selected *selected, const struct occurrences *sets)
{
	for (size_t i = 0; i < sets->count; i++) {
		bool there = false;

		for (size_t k = 0; k < selected->occurrences.count && !there; k++)
			there = implies(&sets->items[i].when, &selected->occurrences.items[k].when);
		if (!there)
			return true;
	}
	return false;
}

bool select_fields(struct selecting *selecting, const struct graphql_type *object,
		   const struct occurrences *sets, struct selected_list *list)
{
	struct collecting c = {.selecting = selecting, .object = object, .list = list};
	bool fine = true;

	*list = (struct selected_list){0};
	for (size_t i = 0; i < sets->count && fine; i++)
		fine = collect(&c, sets->items[i].set, sets->items[i].when);
	map_dispose(&c.by_key);
	for (size_t i = 0; i < list->count && fine; i++) {
		struct selected *selected = &list->items[i];

		selecting->steps += sets->count * selected->occurrences.count / 16;
		fine = selecting->steps <= SELECTING_LIMIT;
		selected->optional = fine && can_be_absent(selected, sets);
	}
	return fine;
}
