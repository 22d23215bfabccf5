#include "platform/comparison.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "bundle/sizes.h"
#include "platform/inventory.h"

struct comparing {
	struct changes *changes;
	struct arena *arena;
};

static void add(struct comparing *comparing, enum change_kind kind, const struct thing *thing,
		const char *name, const char *before, const char *after)
{
	struct change *change = arena_push(comparing->arena, &comparing->changes->items,
					   &comparing->changes->count, sizeof(*change));

	*change = (struct change){kind, thing->kind, thing->id, name, before, after};
}

static const char *text_of(const struct thing *thing, const char *name)
{
	for (size_t i = 0; i < thing->count; i++)
		if (str_is(thing->texts[i].name, name))
			return thing->texts[i].text;
	return NULL;
}

static void compare_texts(struct comparing *comparing, const struct thing *before,
			  const struct thing *after)
{
	for (size_t i = 0; i < before->count; i++) {
		const char *name = before->texts[i].name;
		const char *now = text_of(after, name);

		if (!str_equal(before->texts[i].text, now))
			add(comparing, CHANGE_ALTERED, after, name, before->texts[i].text, now);
	}
	for (size_t i = 0; i < after->count; i++)
		if (text_of(before, after->texts[i].name) == NULL)
			add(comparing, CHANGE_ALTERED, after, after->texts[i].name, NULL,
			    after->texts[i].text);
}

/* Both lists are sorted. */
static void compare_things(struct comparing *comparing, const struct inventory *before,
			   const struct inventory *after)
{
	size_t b = 0;
	size_t a = 0;

	while (b < before->count || a < after->count) {
		int way = b == before->count  ? 1
			  : a == after->count ? -1
					      : thing_order(&before->things[b], &after->things[a]);

		if (way < 0)
			add(comparing, CHANGE_REMOVED, &before->things[b++], NULL, NULL, NULL);
		else if (way > 0)
			add(comparing, CHANGE_ADDED, &after->things[a++], NULL, NULL, NULL);
		else
			compare_texts(comparing, &before->things[b++], &after->things[a++]);
	}
}

static long long size_in(const struct inventory *inventory, const char *path)
{
	for (size_t i = 0; i < inventory->part_count; i++)
		if (str_is(inventory->parts[i].path, path))
			return (long long)inventory->parts[i].bytes;
	return -1;
}

static void add_size(struct comparing *comparing, const char *path, long long before,
		     long long after)
{
	struct size_change *size = arena_push(comparing->arena, &comparing->changes->sizes,
					      &comparing->changes->size_count, sizeof(*size));

	*size = (struct size_change){path, before, after};
}

void changes_between(struct changes *changes, struct arena *arena, const struct inventory *before,
		     const struct inventory *after)
{
	static const struct inventory nothing = {0};
	struct comparing comparing = {changes, arena};

	*changes = (struct changes){0};
	if (before == NULL)
		before = &nothing;
	compare_things(&comparing, before, after);
	for (size_t i = 0; i < after->part_count; i++)
		add_size(&comparing, after->parts[i].path, size_in(before, after->parts[i].path),
			 (long long)after->parts[i].bytes);
	for (size_t i = 0; i < before->part_count; i++)
		if (size_in(after, before->parts[i].path) < 0)
			add_size(&comparing, before->parts[i].path,
				 (long long)before->parts[i].bytes, -1);
}

/* On one line. */
static void put_text(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++)
		if (*text == '\n')
			buf_puts(out, "\\n");
		else
			buf_putc(out, *text);
}

static void put_change(struct buf *out, const struct change *change, const struct change *last)
{
	static const char signs[] = {'+', '-', '~'};

	if (change->kind != CHANGE_ALTERED || last == NULL || last->kind != CHANGE_ALTERED ||
	    !str_is(last->what, change->what) || !str_is(last->id, change->id)) {
		buf_printf(out, "%c ", signs[change->kind]);
		put_text(out, change->what);
		if (*change->id != '\0') {
			buf_puts(out, " `");
			put_text(out, change->id);
			buf_putc(out, '`');
		}
		buf_putc(out, '\n');
	}
	if (change->kind != CHANGE_ALTERED)
		return;
	buf_puts(out, "    ");
	put_text(out, change->name);
	buf_puts(out, ": ");
	put_text(out, change->before != NULL ? change->before : change->after);
	if (change->before == NULL)
		buf_puts(out, " (new)");
	else if (change->after == NULL)
		buf_puts(out, " (gone)");
	else {
		buf_puts(out, " -> ");
		put_text(out, change->after);
	}
	buf_putc(out, '\n');
}

static void put_size(struct buf *out, const struct size_change *size)
{
	long long moved = size->after - size->before;

	buf_printf(out, "  %s  ", size->path);
	sizes_put(out, size->after >= 0 ? (size_t)size->after : 0);
	if (size->after < 0)
		buf_puts(out, " (gone)");
	else if (size->before < 0)
		buf_puts(out, " (new)");
	else if (moved != 0) {
		buf_printf(out, " (%c", moved > 0 ? '+' : '-');
		sizes_put(out, (size_t)(moved > 0 ? moved : -moved));
		buf_putc(out, ')');
	}
	buf_putc(out, '\n');
}

void changes_put(struct buf *out, const struct changes *changes)
{
	for (size_t i = 0; i < changes->count; i++)
		put_change(out, &changes->items[i], i > 0 ? &changes->items[i - 1] : NULL);
	if (changes->count == 0)
		buf_puts(out, "nothing that users of the app would notice\n");
	buf_puts(out, "bundles\n");
	for (size_t i = 0; i < changes->size_count; i++)
		put_size(out, &changes->sizes[i]);
}

void changes_add_json(cJSON *object, const struct changes *changes)
{
	static const char *const kinds[] = {"added", "removed", "altered"};
	cJSON *list = cJSON_AddArrayToObject(object, "changes");
	cJSON *sizes;

	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->items[i];
		cJSON *item = cJSON_CreateObject();

		cJSON_AddStringToObject(item, "change", kinds[change->kind]);
		cJSON_AddStringToObject(item, "kind", change->what);
		cJSON_AddStringToObject(item, "id", change->id);
		if (change->name != NULL) {
			cJSON_AddStringToObject(item, "name", change->name);
			cJSON_AddItemToObject(item, "before",
					      change->before != NULL
						      ? cJSON_CreateString(change->before)
						      : cJSON_CreateNull());
			cJSON_AddItemToObject(item, "after",
					      change->after != NULL
						      ? cJSON_CreateString(change->after)
						      : cJSON_CreateNull());
		}
		cJSON_AddItemToArray(list, item);
	}
	sizes = cJSON_AddArrayToObject(object, "sizes");
	for (size_t i = 0; i < changes->size_count; i++) {
		const struct size_change *size = &changes->sizes[i];
		cJSON *item = cJSON_CreateObject();

		cJSON_AddStringToObject(item, "path", size->path);
		if (size->before >= 0)
			cJSON_AddNumberToObject(item, "before", (double)size->before);
		if (size->after >= 0)
			cJSON_AddNumberToObject(item, "after", (double)size->after);
		cJSON_AddItemToArray(sizes, item);
	}
}
