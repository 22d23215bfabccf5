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
	bool type_only;
	size_t index;
};

/* Values before types: interfaces merge, so that thousands of types may share a name with a value.
 */
static int compare_named(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	if (order == 0)
		order = (int)x->type_only - (int)y->type_only;
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
		names[i] = (struct named){facts->exports[i].name, facts->exports[i].type_only, i};
	facts->exports_by_name = sorted(arena, names, facts->export_count);
	for (size_t i = 0; i < facts->binding_count; i++)
		names[i] = (struct named){facts->bindings[i].name, facts->bindings[i].type_only, i};
	facts->bindings_by_name = sorted(arena, names, facts->binding_count);
	mem_free(names);
	if (facts->local_count > 1)
		qsort(facts->locals, facts->local_count, sizeof(*facts->locals), compare_locals);
}

/* Gives the n-th of a list in sorted order. */
typedef struct named named_getter(const struct facts *facts, size_t n);

static struct named nth_export(const struct facts *facts, size_t n)
{
	size_t index = facts->exports_by_name[n];

	return (struct named){facts->exports[index].name, facts->exports[index].type_only, index};
}

static struct named nth_binding(const struct facts *facts, size_t n)
{
	size_t index = facts->bindings_by_name[n];

	return (struct named){facts->bindings[index].name, facts->bindings[index].type_only, index};
}

static struct named nth_local(const struct facts *facts, size_t n)
{
	return (struct named){facts->locals[n].name, false, n};
}

/* The first that is not before the name, or before its types; `count` when there is none. */
static size_t first_of_name(const struct facts *facts, named_getter *nth, size_t count,
			    const char *name, bool type)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		struct named at = nth(facts, middle);
		int order = strcmp(at.name, name);

		if (order < 0 || (order == 0 && at.type_only < type))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The first of the name that is a type, or that is none; if there is none, the first of the other
 * sort; `count` for neither. */
static size_t find_name(const struct facts *facts, named_getter *nth, size_t count,
			const char *name, bool type)
{
	size_t n = first_of_name(facts, nth, count, name, type);

	if (type && (n == count || strcmp(nth(facts, n).name, name) != 0))
		n = first_of_name(facts, nth, count, name, false);
	return n < count && strcmp(nth(facts, n).name, name) == 0 ? nth(facts, n).index : count;
}

static const struct export *find_export(const struct facts *facts, const char *name, bool type)
{
	size_t found = find_name(facts, nth_export, facts->export_count, name, type);

	return found < facts->export_count ? &facts->exports[found] : NULL;
}

const struct export *facts_export(const struct facts *facts, const char *name)
{
	return find_export(facts, name, false);
}

const struct export *facts_export_type(const struct facts *facts, const char *name)
{
	return find_export(facts, name, true);
}

const struct export *facts_star(const struct facts *facts, size_t n)
{
	size_t at = n + first_of_name(facts, nth_export, facts->export_count, "*", false);

	if (at >= facts->export_count || strcmp(nth_export(facts, at).name, "*") != 0)
		return NULL;
	return &facts->exports[facts->exports_by_name[at]];
}

static const struct binding *find_binding(const struct facts *facts, const char *name, bool type)
{
	size_t found = find_name(facts, nth_binding, facts->binding_count, name, type);

	return found < facts->binding_count ? &facts->bindings[found] : NULL;
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
	size_t first = first_of_name(facts, nth_local, facts->local_count, name, false);
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
