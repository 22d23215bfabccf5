/* See fix.h. Edits that only touch each other are not made together when one of them inserts: which
 * comes first would then decide the meaning. */
#include "diag/fix.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

bool fix_applies(const struct diag *diag, bool unsafe)
{
	return diag->edit_count > 0 && (diag->fix_is_safe || unsafe);
}

static struct fix_file *file_of(struct fix_plan *plan, const char *key)
{
	for (size_t i = 0; i < plan->file_count; i++) {
		if (strcmp(plan->files[i].key, key) == 0)
			return &plan->files[i];
	}
	return NULL;
}

static bool collide(const struct place *a, const struct place *b)
{
	if (a->start == a->end || b->start == b->end)
		return a->start <= b->end && b->start <= a->end;
	return a->start < b->end && b->start < a->end;
}

static bool fits(struct fix_plan *plan, const struct diag *diag, const char *const *keys)
{
	for (size_t i = 0; i < diag->edit_count; i++) {
		const struct place *place = &diag->edits[i].place;
		const struct fix_file *file = keys[i] != NULL ? file_of(plan, keys[i]) : NULL;

		if (keys[i] == NULL || place->start > place->end)
			return false;
		for (size_t j = 0; file != NULL && j < file->count; j++) {
			if (collide(place, &file->edits[j].place))
				return false;
		}
		for (size_t j = 0; j < i; j++) {
			if (strcmp(keys[i], keys[j]) == 0 && collide(place, &diag->edits[j].place))
				return false;
		}
	}
	return true;
}

static void take(struct fix_plan *plan, const struct diag *diag, const char *const *keys)
{
	for (size_t i = 0; i < diag->edit_count; i++) {
		struct fix_file *file = file_of(plan, keys[i]);

		if (file == NULL) {
			file = arena_push(plan->arena, &plan->files, &plan->file_count,
					  sizeof(*file));
			file->key = keys[i];
		}
		struct edit *edit =
			arena_push(plan->arena, &file->edits, &file->count, sizeof(*edit));
		*edit = diag->edits[i];
	}
	plan->fixed++;
}

static int compare_edits(const void *a, const void *b)
{
	const struct edit *x = a, *y = b;

	return x->place.start < y->place.start ? -1 : x->place.start > y->place.start;
}

void fix_plan(struct fix_plan *plan, struct arena *arena, const struct diags *diags, bool unsafe,
	      fix_key_fn *key, void *user)
{
	*plan = (struct fix_plan){.arena = arena};
	for (size_t i = 0; i < diags->count; i++) {
		const struct diag *diag = &diags->items[i];

		if (!fix_applies(diag, unsafe))
			continue;
		const char **keys = arena_alloc(arena, diag->edit_count * sizeof(*keys));
		for (size_t j = 0; j < diag->edit_count; j++)
			keys[j] = diag->edits[j].place.file != NULL
					  ? key(user, diag->edits[j].place.file)
					  : NULL;
		if (fits(plan, diag, keys))
			take(plan, diag, keys);
	}
	for (size_t i = 0; i < plan->file_count; i++)
		qsort(plan->files[i].edits, plan->files[i].count, sizeof(struct edit),
		      compare_edits);
}

char *fix_apply(struct arena *arena, const char *bytes, size_t len, const struct fix_file *file,
		size_t *fixed_len)
{
	struct buf out = {0};
	size_t at = 0;

	for (size_t i = 0; i < file->count; i++) {
		const struct edit *edit = &file->edits[i];

		if (edit->place.end > len) {
			buf_dispose(&out);
			return NULL;
		}
		buf_add(&out, bytes + at, edit->place.start - at);
		buf_puts(&out, edit->text);
		at = edit->place.end;
	}
	buf_add(&out, bytes + at, len - at);
	*fixed_len = out.len;
	char *text = arena_alloc(arena, out.len + 1);
	memcpy(text, buf_cstr(&out), out.len);
	buf_dispose(&out);
	return text;
}
