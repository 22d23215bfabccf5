/* The list of findings: adding, sorting. A finding is plain data; what it looks like is the
 * reporters' concern. */
#include "diag/diag.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"

struct diag *diag_add(struct diags *diags, const struct rule_info *rule, struct place place,
		      const char *message, ...)
{
	struct diag *diag = arena_push(diags->arena, &diags->items, &diags->count, sizeof(*diag));
	va_list args;
	va_start(args, message);
	diag->message = arena_vprintf(diags->arena, message, args);
	va_end(args);
	diag->code = rule->code;
	diag->name = rule->name;
	diag->severity = rule->severity;
	diag->place = place;
	return diag;
}

void diag_note(struct diags *diags, struct diag *diag, struct place place, const char *message, ...)
{
	struct note *note =
		arena_push(diags->arena, &diag->notes, &diag->note_count, sizeof(*note));
	va_list args;
	va_start(args, message);
	note->message = arena_vprintf(diags->arena, message, args);
	va_end(args);
	note->place = place;
}

void diag_edit(struct diags *diags, struct diag *diag, struct place place, const char *text)
{
	struct edit *edit =
		arena_push(diags->arena, &diag->edits, &diag->edit_count, sizeof(*edit));
	edit->place = place;
	edit->text = arena_strdup(diags->arena, text);
}

static int compare_sizes(size_t a, size_t b)
{
	return a < b ? -1 : a > b;
}

/* NULL comes first. */
static int compare_strings(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return (a != NULL) - (b != NULL);
	return strcmp(a, b);
}

static int compare_diags(const struct diag *a, const struct diag *b)
{
	int order = compare_strings(a->place.file, b->place.file);
	if (order == 0)
		order = compare_sizes(a->place.start, b->place.start);
	if (order == 0)
		order = compare_strings(a->code, b->code);
	if (order == 0)
		order = compare_sizes(a->place.end, b->place.end);
	return order != 0 ? order : compare_strings(a->message, b->message);
}

/* qsort need not be stable; of two equal findings the one added first must stay. */
struct numbered {
	struct diag diag;
	size_t number;
};

static int compare_numbered(const void *a, const void *b)
{
	const struct numbered *x = a, *y = b;
	int order = compare_diags(&x->diag, &y->diag);
	return order != 0 ? order : compare_sizes(x->number, y->number);
}

void diags_append(struct diags *diags, const struct diags *more)
{
	for (size_t i = 0; i < more->count; i++) {
		struct diag *diag =
			arena_push(diags->arena, &diags->items, &diags->count, sizeof(*diag));

		*diag = more->items[i];
	}
}

void diags_sort(struct diags *diags)
{
	if (diags->count == 0)
		return;
	struct numbered *items = mem_zalloc(diags->count, sizeof(*items));
	for (size_t i = 0; i < diags->count; i++)
		items[i] = (struct numbered){.diag = diags->items[i], .number = i};
	qsort(items, diags->count, sizeof(*items), compare_numbered);
	struct diag *kept = NULL;
	size_t count = 0;
	for (size_t i = 0; i < diags->count; i++) {
		if (i != 0 && compare_diags(&items[i - 1].diag, &items[i].diag) == 0)
			continue;
		/* Pushed anew: arena_push must know the room of the array from its count. */
		struct diag *diag = arena_push(diags->arena, &kept, &count, sizeof(*diag));
		*diag = items[i].diag;
	}
	mem_free(items);
	diags->items = kept;
	diags->count = count;
}

size_t diags_count(const struct diags *diags, enum severity severity)
{
	size_t count = 0;
	for (size_t i = 0; i < diags->count; i++)
		count += diags->items[i].severity == severity;
	return count;
}
