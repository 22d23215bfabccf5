/* The surfaces of the older layout: what the lists of the object `app` in src/app.ts name, through
 * any constants and modules. What only running would tell says nothing. */
#include <string.h>

#include "app/app.h"
#include "app/entry_lists.h"
#include "base/arena.h"
#include "platform/inventory.h"
#include "platform/notice.h"
#include "rules/values.h"

enum { DEPTH = 12 };

struct listing {
	struct inventory *inventory;
	const struct app *app;
	const char *type;
};

/* False: it is not there, or cannot be seen. */
static bool find_member(const struct app *app, struct value *value, const char *const *members)
{
	for (; *members != NULL; members++) {
		struct node node = value_property(app, value, *members);

		if (node_is_null(node))
			return false;
		*value = value_of(app, value->module, node);
	}
	return true;
}

/* A folder's extension takes the place of a surface with its id. */
static bool is_replaced(const struct listing *listing, const char *id)
{
	const struct definition *definition = app_definition_by_id(listing->app, DEF_EXTENSION, id);

	return definition != NULL && definition->type != NULL &&
	       strcmp(definition->type, listing->type) == 0;
}

static void add_surface(struct listing *listing, const struct value *object)
{
	struct node node = value_property(listing->app, object, "id");
	const char *id = node_is_null(node) ? NULL : value_text(listing->app, object->module, node);

	if (id == NULL || is_replaced(listing, id))
		return;
	texts_of_object(listing->inventory, inventory_thing(listing->inventory, listing->type, id),
			listing->app, object);
}

/* The elements of a list, and of those that are spread into it. */
static void add_all(struct listing *listing, const struct value *list, int depth)
{
	if (!node_is(list->node, NODE_ARRAY) || depth > DEPTH)
		return;
	for (struct node item = node_down_named(list->node); !node_is_null(item);
	     item = node_next_named(item)) {
		bool spread = node_is(item, NODE_SPREAD_ELEMENT);
		struct value value =
			value_of(listing->app, list->module, spread ? node_down_named(item) : item);

		if (spread)
			add_all(listing, &value, depth + 1);
		else if (node_is(value.node, NODE_OBJECT))
			add_surface(listing, &value);
	}
}

void older_surfaces_add(struct inventory *inventory, const struct app *app)
{
	static const char *const page[] = {"settings", "workspace", NULL};
	struct resolved found;
	struct value whole, value;

	if (app->entry == NULL)
		return;
	found = app_resolve_export(app, app->entry, "app");
	if (!found.found || node_is_null(found.node))
		return;
	if (node_is(found.node, NODE_VARIABLE_DECLARATOR))
		found.node = node_field(found.node, FIELD_VALUE);
	whole = value_of(app, found.module, found.node);
	for (size_t i = 0; i < ENTRY_LISTS; i++) {
		struct listing listing = {inventory, app, entry_lists[i].type};

		value = whole;
		if (find_member(app, &value, entry_lists[i].members))
			add_all(&listing, &value, 0);
	}
	value = whole;
	if (find_member(app, &value, page))
		inventory_thing(inventory, "settings-page", "");
}
