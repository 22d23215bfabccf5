/* See dev_known.h. */
#include "cli/net/dev_known.h"

#include <string.h>

#include "base/mem.h"
#include "diag/diag.h"
#include "diag/parts.h"

static uint64_t mark_of(const struct diag *diag, struct texts *texts)
{
	uint64_t hash = part_fingerprint(diag, texts);
	const char *file = diag->place.file != NULL ? diag->place.file : "";

	hash = part_hash(hash, diag->code, strlen(diag->code) + 1);
	return part_hash(hash, file, strlen(file));
}

/* Each of the known ones stands for one finding. */
static bool was_there(uint64_t *marks, size_t *count, uint64_t mark)
{
	for (size_t i = 0; i < *count; i++)
		if (marks[i] == mark) {
			marks[i] = marks[--*count];
			return true;
		}
	return false;
}

void dev_known_take(struct dev_known *known, const struct diags *findings, struct texts *texts,
		    struct diags *fresh)
{
	uint64_t *marks = mem_zalloc(findings->count + 1, sizeof(*marks));
	size_t left = known->count;

	for (size_t i = 0; i < findings->count; i++) {
		const struct diags one = {.items = &findings->items[i], .count = 1};

		marks[i] = mark_of(one.items, texts);
		if (!was_there(known->marks, &left, marks[i]))
			diags_append(fresh, &one);
	}
	mem_free(known->marks);
	*known = (struct dev_known){marks, findings->count};
}

void dev_known_dispose(struct dev_known *known)
{
	mem_free(known->marks);
	*known = (struct dev_known){0};
}
