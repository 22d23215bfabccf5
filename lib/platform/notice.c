/* Which of an app's definitions users notice, and what they are called. */
#include "platform/notice.h"

#include "app/app.h"
#include "base/arena.h"
#include "bundle/bundle.h"
#include "platform/inventory.h"

/* What a kind of definition is called here; NULL: users notice none of them. */
static const char *kind_word(const struct definition *definition)
{
	static const char *const words[DEF_KINDS] = {
		[DEF_PAGE] = "page",
		[DEF_SETTINGS_SCHEMA] = "settings",
		[DEF_SETTINGS_PAGE] = "settings-page",
		[DEF_BLOCK] = "block",
		[DEF_WEBHOOK] = "webhook",
		[DEF_EVENT] = "event",
	};

	if (definition->kind == DEF_EXTENSION)
		return definition->type != NULL ? definition->type : "extension";
	return words[definition->kind];
}

static void add_definition(struct inventory *inventory, const struct app *app,
			   const struct definition *definition)
{
	const char *kind = kind_word(definition);
	struct thing *thing;

	if (kind == NULL)
		return;
	thing = inventory_thing(inventory, kind, definition->id != NULL ? definition->id : "");
	if (definition->kind != DEF_WEBHOOK && definition->kind != DEF_EVENT &&
	    definition->kind != DEF_SETTINGS_PAGE)
		texts_of_definition(inventory, thing, app, definition->module);
}

/* Hosts, environment and sizes. */
static void take_bundles(struct inventory *inventory, struct arena *arena,
			 const struct bundles *bundles)
{
	*inventory = (struct inventory){.arena = arena};
	for (size_t i = 0; i < bundles->count; i++) {
		const struct bundle *bundle = &bundles->items[i];
		struct bundle_part *part =
			arena_push(arena, &inventory->parts, &inventory->part_count, sizeof(*part));

		part->path = arena_strdup(arena, bundle->path);
		part->bytes = bundle->len;
		outside_add(inventory, bundle->path, bundle->bytes, bundle->len);
	}
}

void inventory_take(struct inventory *inventory, struct arena *arena, const struct app *app,
		    const struct bundles *bundles)
{
	struct app job = app_in(app, arena);

	take_bundles(inventory, arena, bundles);
	for (size_t i = 0; i < job.definition_count; i++)
		add_definition(inventory, &job, job.definitions[i]);
	older_surfaces_add(inventory, &job);
	if (job.legacy_settings != NULL && app_definition(&job, DEF_SETTINGS_SCHEMA, 0) == NULL)
		texts_of_definition(inventory, inventory_thing(inventory, "settings", ""), &job,
				    job.legacy_settings);
	inventory_sort(inventory);
}
