/* ATT4025: fields that come under one name in the answer must be the same field, with the same
 * arguments, and of one shape (specification section 5.3.2).
 *
 * The fields of a selection set, inline fragments included, are collected once and sorted by their
 * name in the answer; two sets are compared by running along both. A fragment is its selection set.
 * Each pair of sets is compared once (once more when the first time both could not apply to the
 * same object, which asks for less). A budget stops what is still too much, at about the size where
 * the official tool gives up too. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/mem.h"
#include "graphql/checks.h"
#include "graphql/findings.h"

enum {
	BUDGET = 8000000,   /* points */
	POINTS_FIELDS = 32, /* for a pair of fields */
	POINTS_SETS = 16,   /* for a pair of sets that is compared, or a step through both */
	POINTS_ASKED = 2,   /* for a pair of sets, whether or not it has been compared */
	DEPTH = 1000,       /* of comparisons that lead to others */
	CONFLICTS = 50,     /* that are told */
};

struct item {
	const char *key; /* name in the answer */
	const struct selection_fact *fact;
};

/* What a selection set asks for; made when it is first needed. */
struct collected {
	bool made;
	struct item *items; /* sorted by key, then in the document's order */
	size_t count;
	size_t *fragments; /* ids of the sets of fragments spread in it */
	size_t fragment_count;
};

struct conflict {
	size_t a, b; /* ids of the selections */
};

struct merge {
	struct check *check;
	struct arena *arena;
	struct collected *sets; /* by id */
	/* Pairs that were compared: open addressing, 0 is free. */
	uint64_t *pairs;
	size_t pair_slots; /* a power of two */
	size_t pair_count;
	struct conflict conflicts[CONFLICTS];
	size_t conflict_count;
	long budget;
	unsigned depth;
};

static void compare_sets(struct merge *merge, size_t a, size_t b, bool exclusive);

/* Nothing more is told, whatever would be found. */
static bool is_over(const struct merge *merge)
{
	return merge->budget < 0 || merge->conflict_count == CONFLICTS;
}

static int compare_ids(const void *a, const void *b)
{
	const size_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static int compare_items(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	if (order != 0)
		return order;
	return x->fact->node->id < y->fact->node->id ? -1 : x->fact->node->id > y->fact->node->id;
}

static void collect_into(struct merge *merge, struct collected *into,
			 const struct graphql_selection_set *set)
{
	const struct facts *facts = &merge->check->facts;

	for (size_t i = 0; i < set->count; i++) {
		const struct graphql_selection *node = &set->items[i];
		const struct graphql_definition *fragment;

		if (node->kind == GRAPHQL_INLINE) {
			collect_into(merge, into, node->set);
		} else if (node->kind == GRAPHQL_FIELD) {
			struct item *item =
				arena_push(merge->arena, &into->items, &into->count, sizeof(*item));
			item->key = node->alias.text != NULL ? node->alias.text : node->name.text;
			item->fact = &facts->selections[node->id];
		} else {
			fragment = facts_fragment(facts, node->name.text);
			if (fragment == NULL)
				continue;
			size_t *slot = arena_push(merge->arena, &into->fragments,
						  &into->fragment_count, sizeof(*slot));
			*slot = fragment->set->id;
		}
	}
}

/* A fragment that is spread twice counts once. */
static void drop_repeated(struct collected *collected)
{
	size_t *ids = collected->fragments;
	size_t kept = 1;

	qsort(ids, collected->fragment_count, sizeof(*ids), compare_ids);
	for (size_t i = 1; i < collected->fragment_count; i++) {
		if (ids[i] != ids[kept - 1])
			ids[kept++] = ids[i];
	}
	collected->fragment_count = kept;
}

static const struct collected *collect(struct merge *merge, size_t id)
{
	struct collected *collected = &merge->sets[id];

	if (!collected->made) {
		collected->made = true;
		collect_into(merge, collected, merge->check->facts.sets[id].node);
		if (collected->count > 1)
			qsort(collected->items, collected->count, sizeof(*collected->items),
			      compare_items);
		if (collected->fragment_count > 1)
			drop_repeated(collected);
	}
	return collected;
}

static uint64_t *pair_slot(uint64_t *pairs, size_t slots, uint64_t key)
{
	size_t at = (size_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 20) & (slots - 1);

	while (pairs[at] != 0 && pairs[at] != key)
		at = (at + 1) & (slots - 1);
	return &pairs[at];
}

static void grow_pairs(struct merge *merge)
{
	size_t slots = merge->pair_slots != 0 ? merge->pair_slots * 2 : 64;
	uint64_t *pairs = mem_zalloc(slots, sizeof(*pairs));

	for (size_t i = 0; i < merge->pair_slots; i++) {
		if (merge->pairs[i] != 0)
			*pair_slot(pairs, slots, merge->pairs[i]) = merge->pairs[i];
	}
	mem_free(merge->pairs);
	merge->pairs = pairs;
	merge->pair_slots = slots;
}

/* Notes that the pair is compared now; false when that was done before. */
static bool first_time(struct merge *merge, size_t a, size_t b, bool exclusive)
{
	/* Ids are far below 2^31: each is at least two bytes of a text of at most 64 MB. */
	uint64_t key = ((uint64_t)(a < b ? a : b) + 1) << 33 | (uint64_t)(a < b ? b : a) << 1;
	uint64_t *slot;

	if (merge->pair_count >= merge->pair_slots / 2)
		grow_pairs(merge);
	/* What was found to fit without being exclusive fits in any case. */
	if (*pair_slot(merge->pairs, merge->pair_slots, key) != 0)
		return false;
	slot = pair_slot(merge->pairs, merge->pair_slots, key | exclusive);
	if (*slot != 0)
		return false;
	*slot = key | exclusive;
	merge->pair_count++;
	return true;
}

static bool same_value(struct merge *merge, const struct graphql_value *a,
		       const struct graphql_value *b);

/* `list` by name, of one name the first. */
static struct map by_name(struct merge *merge, const struct graphql_argument *list, size_t count)
{
	struct map names = {0};

	for (size_t i = count; i > 0; i--)
		map_set(&names, list[i - 1].name.text, &list[i - 1]);
	merge->budget -= (long)count;
	return names;
}

/* Whether each of `a` is in `b` with the same value: mostly in the same place. */
static bool same_arguments(struct merge *merge, const struct graphql_argument *a, size_t a_count,
			   const struct graphql_argument *b, size_t b_count)
{
	struct map names = {0};
	bool same = a_count == b_count;

	for (size_t i = 0; i < a_count && same; i++) {
		const struct graphql_argument *other = &b[i];

		if (strcmp(other->name.text, a[i].name.text) != 0) {
			if (names.count == 0)
				names = by_name(merge, b, b_count);
			other = map_get(&names, a[i].name.text);
		}
		same = other != NULL && merge->budget >= 0 &&
		       same_value(merge, &a[i].value, &other->value);
	}
	map_dispose(&names);
	return same;
}

static bool same_value(struct merge *merge, const struct graphql_value *a,
		       const struct graphql_value *b)
{
	merge->budget -= 1 + (long)(a->len / 32);
	if (a->kind != b->kind)
		return false;
	if (a->kind == GRAPHQL_VALUE_OBJECT)
		return same_arguments(merge, a->fields, a->field_count, b->fields, b->field_count);
	if (a->kind != GRAPHQL_VALUE_LIST)
		return a->len == b->len && a->block == b->block &&
		       memcmp(a->text, b->text, a->len) == 0;
	if (a->item_count != b->item_count)
		return false;
	for (size_t i = 0; i < a->item_count; i++) {
		if (!same_value(merge, &a->items[i], &b->items[i]))
			return false;
	}
	return true;
}

/* Whether values of the two types could not stand in one place of the answer. */
static bool shapes_differ(const struct graphql_ref *a, const struct graphql_ref *b)
{
	while (a->kind != GRAPHQL_REF_NAMED || b->kind != GRAPHQL_REF_NAMED) {
		if (a->kind != b->kind)
			return true;
		a = a->of;
		b = b->of;
	}
	return a->named != b->named &&
	       (graphql_type_is_leaf(a->named) || graphql_type_is_leaf(b->named));
}

/* NULL when the fields do not conflict by themselves. */
static const char *conflict_words(struct merge *merge, const struct selection_fact *a,
				  const struct selection_fact *b, bool exclusive)
{
	const struct graphql_selection *x = a->node, *y = b->node;
	const struct graphql_field *meta = &merge->check->facts.schema->meta_typename;
	const char *key = x->alias.text != NULL ? x->alias.text : x->name.text;

	if (!exclusive && strcmp(x->name.text, y->name.text) != 0)
		return arena_printf(merge->arena, "`%s` stands for two fields, `%s` and `%s`", key,
				    x->name.text, y->name.text);
	if (!exclusive && !same_arguments(merge, x->arguments, x->argument_count, y->arguments,
					  y->argument_count))
		return arena_printf(merge->arena,
				    "`%s` is asked for twice, with different arguments", key);
	/* Nothing is said about __typename beside other fields: the official tool does not. */
	if (a->field == NULL || b->field == NULL || a->field == meta || b->field == meta ||
	    !shapes_differ(a->field->type, b->field->type))
		return NULL;
	return arena_printf(merge->arena, "`%s` would be `%s` or `%s`, depending on the object",
			    key, graphql_ref_words(merge->arena, a->field->type),
			    graphql_ref_words(merge->arena, b->field->type));
}

static void report(struct merge *merge, const struct selection_fact *a,
		   const struct selection_fact *b, const char *message)
{
	struct check *check = merge->check;
	struct diag *diag;

	for (size_t i = 0; i < merge->conflict_count; i++) {
		if (merge->conflicts[i].a == a->node->id && merge->conflicts[i].b == b->node->id)
			return;
	}
	merge->conflicts[merge->conflict_count++] = (struct conflict){a->node->id, b->node->id};
	diag = diag_add(check->diags, &finding_graphql_field_conflict,
			check_place(check, b->node->start, b->node->name.end), "%s", message);
	diag->help = "give one of them another alias";
	diag_note(check->diags, diag, check_place(check, a->node->start, a->node->name.end),
		  "the other one is here");
}

static void compare_fields(struct merge *merge, const struct item *one, const struct item *other,
			   bool exclusive)
{
	bool ordered = one->fact->node->id < other->fact->node->id;
	const struct selection_fact *a = ordered ? one->fact : other->fact;
	const struct selection_fact *b = ordered ? other->fact : one->fact;
	const char *message;

	merge->budget -= POINTS_FIELDS;
	if (a == b || is_over(merge))
		return;
	/* Two object types: no object is of both. */
	if (a->parent != b->parent && a->parent != NULL && b->parent != NULL &&
	    a->parent->kind == GRAPHQL_OBJECT && b->parent->kind == GRAPHQL_OBJECT)
		exclusive = true;
	message = conflict_words(merge, a, b, exclusive);
	if (merge->budget < 0) /* it is not known whether the arguments differ */
		return;
	if (message != NULL)
		report(merge, a, b, message);
	else if (a->node->set != NULL && b->node->set != NULL)
		compare_sets(merge, a->node->set->id, b->node->set->id, exclusive);
}

/* How many items from `at` on have its key. */
static size_t group_len(const struct collected *set, size_t at)
{
	size_t len = 1;

	while (at + len < set->count && strcmp(set->items[at].key, set->items[at + len].key) == 0)
		len++;
	return len;
}

static void compare_own_fields(struct merge *merge, const struct collected *a,
			       const struct collected *b, bool exclusive)
{
	size_t i = 0, k = 0;

	while (i < a->count && k < b->count && !is_over(merge)) {
		int order = strcmp(a->items[i].key, b->items[k].key);

		merge->budget -= POINTS_SETS;
		if (order < 0) {
			i++;
		} else if (order > 0) {
			k++;
		} else {
			size_t m = group_len(a, i), n = group_len(b, k);

			for (size_t x = i; x < i + m; x++) {
				for (size_t y = k; y < k + n && !is_over(merge); y++)
					compare_fields(merge, &a->items[x], &b->items[y],
						       exclusive);
			}
			i += m;
			k += n;
		}
	}
}

static void compare_sets(struct merge *merge, size_t a, size_t b, bool exclusive)
{
	const struct collected *x, *y;

	/* What is inside one set is compared for itself, and more strictly. */
	merge->budget -= POINTS_ASKED;
	if (a == b || is_over(merge) || !first_time(merge, a, b, exclusive))
		return;
	if (merge->depth == DEPTH) {
		merge->budget = -1;
		return;
	}
	merge->depth++;
	merge->budget -= POINTS_SETS;
	x = collect(merge, a);
	y = collect(merge, b);
	compare_own_fields(merge, x, y, exclusive);
	for (size_t i = 0; i < y->fragment_count && !is_over(merge); i++)
		compare_sets(merge, a, y->fragments[i], exclusive);
	for (size_t i = 0; i < x->fragment_count && !is_over(merge); i++)
		compare_sets(merge, x->fragments[i], b, exclusive);
	merge->depth--;
}

/* One selection set against itself. */
static void compare_within(struct merge *merge, const struct graphql_selection_set *set)
{
	const struct collected *collected = collect(merge, set->id);

	for (size_t i = 0; i < collected->count;) {
		size_t end = i + group_len(collected, i);

		for (; i < end; i++) {
			for (size_t k = i + 1; k < end && !is_over(merge); k++)
				compare_fields(merge, &collected->items[i], &collected->items[k],
					       false);
		}
	}
	for (size_t i = 0; i < collected->fragment_count && !is_over(merge); i++)
		compare_sets(merge, set->id, collected->fragments[i], false);
	if (merge->budget < 0)
		diag_add(merge->check->diags, &finding_graphql_field_conflict,
			 check_place(merge->check, set->start, set->start + 1),
			 "this selects too much under the same names to be checked")
			->help = "select each field once, and split the query";
}

void check_merge(struct check *check)
{
	const struct facts *facts = &check->facts;
	struct merge merge = {.check = check, .arena = check->diags->arena, .budget = BUDGET};

	merge.sets = arena_alloc(merge.arena, facts->document->set_count * sizeof(*merge.sets));
	for (size_t i = 0; i < facts->document->definition_count && !is_over(&merge); i++) {
		if (definition_is_executable(&facts->document->definitions[i]))
			compare_within(&merge, facts->document->definitions[i].set);
	}
	for (size_t i = 0; i < facts->document->selection_count && !is_over(&merge); i++) {
		const struct graphql_selection *node = facts->selections[i].node;

		/* The set of an inline fragment belongs to the one around it. */
		if (node != NULL && node->kind == GRAPHQL_FIELD && node->set != NULL)
			compare_within(&merge, node->set);
	}
	mem_free(merge.pairs);
}
