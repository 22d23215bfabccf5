/* Finding facts by name: sorted once, looked up by bisection, since generated modules have tens of
 * thousands of names. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "source/reader.h"

static int compare_locals(const void *a, const void *b)
{
	const struct local *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	if (order != 0)
		return order;
	if (x->declared.start != y->declared.start)
		return x->declared.start < y->declared.start ? -1 : 1;
	if (x->declared.end != y->declared.end)
		return x->declared.end > y->declared.end ? -1 : 1;
	/* Twice in one scope (`var` twice, overloads): the one that is written first counts. */
	return node_start(x->declared.name) > node_start(y->declared.name) ? -1 : 1;
}

/* A name and where it is in its list, for sorting. */
struct named {
	const char *name;
	size_t index;
};

static int compare_named(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order != 0 ? order : x->index < y->index ? -1 : 1;
}

static size_t *sorted(struct arena *arena, struct named *names, size_t count)
{
	size_t *indices = arena_alloc(arena, (count + 1) * sizeof(*indices));

	qsort(names, count, sizeof(*names), compare_named);
	for (size_t i = 0; i < count; i++)
		indices[i] = names[i].index;
	return indices;
}

void sort_names(struct facts *facts, struct arena *arena)
{
	size_t room = facts->export_count > facts->binding_count ? facts->export_count
								 : facts->binding_count;
	struct named *names = mem_zalloc(room + 1, sizeof(*names));

	for (size_t i = 0; i < facts->export_count; i++)
		names[i] = (struct named){facts->exports[i].name, i};
	facts->exports_by_name = sorted(arena, names, facts->export_count);
	for (size_t i = 0; i < facts->binding_count; i++)
		names[i] = (struct named){facts->bindings[i].name, i};
	facts->bindings_by_name = sorted(arena, names, facts->binding_count);
	mem_free(names);
	if (facts->local_count > 1)
		qsort(facts->locals, facts->local_count, sizeof(*facts->locals), compare_locals);
}

/* The first of the name in a list of which `name_at` gives the n-th name in sorted order; `count`
 * when there is none. */
typedef const char *(*name_getter)(const struct facts *facts, size_t n);

static const char *export_name(const struct facts *facts, size_t n)
{
	return facts->exports[facts->exports_by_name[n]].name;
}

static const char *binding_name(const struct facts *facts, size_t n)
{
	return facts->bindings[facts->bindings_by_name[n]].name;
}

static const char *local_name(const struct facts *facts, size_t n)
{
	return facts->locals[n].name;
}

static size_t first_of_name(const struct facts *facts, name_getter name_at, size_t count,
			    const char *name)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(name_at(facts, middle), name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct export *find_export(const struct facts *facts, const char *name, bool type)
{
	const struct export *other = NULL;
	size_t n = first_of_name(facts, export_name, facts->export_count, name);

	for (; n < facts->export_count && strcmp(export_name(facts, n), name) == 0; n++) {
		const struct export *item = &facts->exports[facts->exports_by_name[n]];

		if (item->type_only == type)
			return item;
		if (other == NULL)
			other = item;
	}
	return other;
}

const struct export *facts_export(const struct facts *facts, const char *name)
{
	return find_export(facts, name, false);
}

const struct export *facts_export_type(const struct facts *facts, const char *name)
{
	return find_export(facts, name, true);
}

static const struct binding *find_binding(const struct facts *facts, const char *name, bool type)
{
	const struct binding *other = NULL;
	size_t n = first_of_name(facts, binding_name, facts->binding_count, name);

	for (; n < facts->binding_count && strcmp(binding_name(facts, n), name) == 0; n++) {
		const struct binding *item = &facts->bindings[facts->bindings_by_name[n]];

		if (item->type_only == type)
			return item;
		if (other == NULL)
			other = item;
	}
	return other;
}

const struct binding *facts_binding(const struct facts *facts, const char *name)
{
	return find_binding(facts, name, false);
}

const struct binding *facts_binding_type(const struct facts *facts, const char *name)
{
	return find_binding(facts, name, true);
}

bool facts_local(const struct facts *facts, const char *name, size_t offset, struct declared *found)
{
	size_t first = first_of_name(facts, local_name, facts->local_count, name);
	size_t low = first, high = facts->local_count;

	/* Scopes nest, and are sorted by where they begin: the last one that begins before `offset`
	 * and holds it is the innermost. */
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct local *local = &facts->locals[middle];

		if (strcmp(local->name, name) == 0 && local->declared.start <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low > first; low--) {
		if (offset < facts->locals[low - 1].declared.end) {
			*found = facts->locals[low - 1].declared;
			return true;
		}
	}
	return false;
}
