/* See remarks.h. */
#include "check/remarks.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "check/told.h"
#include "diag/diag.h"

struct remark {
	const char *file;
	size_t start;
	size_t at; /* in `told` */
};

struct remarks {
	struct remark *items; /* by file and start */
	size_t count;
};

static int compare(const struct remark *a, const char *file, size_t start)
{
	int files = strcmp(a->file, file);

	if (files != 0)
		return files;
	return a->start < start ? -1 : a->start > start;
}

static int by_place(const void *a, const void *b)
{
	const struct remark *y = b;

	return compare(a, y->file, y->start);
}

struct remarks *remarks_find(const struct diags *told, struct arena *arena)
{
	static const char *const codes[] = {"ATT2007", "ATT9010", NULL};
	struct remarks *remarks = arena_alloc(arena, sizeof(*remarks));

	*remarks = (struct remarks){0};

	for (size_t i = 0; i < told->count; i++) {
		const struct diag *diag = &told->items[i];

		if (diag->place.file != NULL && is_one_of(diag->code, codes))
			*(struct remark *)arena_push(arena, &remarks->items, &remarks->count,
						     sizeof(*remarks->items)) =
				(struct remark){diag->place.file, diag->place.start, i};
	}
	if (remarks->count > 1)
		qsort(remarks->items, remarks->count, sizeof(*remarks->items), by_place);
	return remarks;
}

/* At the same place. */
static bool is_same_fault(const struct diag *ours, const struct diag *type)
{
	static const struct {
		const char *ours;
		const char *types[3];
	} pairs[] = {
		{"ATT2007", {"TS5097", NULL}},
		{"ATT9010", {"TS2339", "TS2551", NULL}},
	};

	for (size_t i = 0; ours->place.start == type->place.start && i < ARRAY_LEN(pairs); i++)
		if (strcmp(ours->code, pairs[i].ours) == 0 && is_one_of(type->code, pairs[i].types))
			return true;
	return false;
}

/* What the bundler warns of stands in what the compiler finds impossible as a whole. */
static bool is_part(const struct diag *ours, const struct diag *type)
{
	static const char *const codes[] = {
		"TS1117", "TS2300", "TS2322", "TS2335", "TS2367", "TS2393", "TS2678", "TS2703",
		"TS2803", "TS2839", "TS2845", "TS2869", "TS2871", "TS2872", "TS2873", NULL};

	return strcmp(ours->code, "ATT9010") == 0 && is_one_of(type->code, codes);
}

bool remarks_raise(const struct remarks *remarks, const struct diag *type, struct diags *told,
		   size_t *at)
{
	/* The compiler points at what is left of `??`, the bundler at the operator. */
	size_t room = strcmp(type->code, "TS2869") == 0 ? strlen(" ??") : 0;
	size_t low = 0, high = remarks->count;

	if (type->place.file == NULL || type->place.end == 0)
		return false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(&remarks->items[middle], type->place.file, type->place.start) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == remarks->count || remarks->items[low].start >= type->place.end + room ||
	    strcmp(remarks->items[low].file, type->place.file) != 0)
		return false;
	struct diag *diag = &told->items[remarks->items[low].at];

	if (!is_same_fault(diag, type) && !is_part(diag, type))
		return false;
	diag->severity = SEVERITY_ERROR;
	diag_note(told, diag, type->place, "%s", type->message);
	*at = remarks->items[low].at;
	return true;
}
