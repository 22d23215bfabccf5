/* ATT1021 and ATT1022 in the older layout: the ids of what the lists of `app` in src/app.ts hold.
 * The platform's tools never look at them; two of one id in a list cannot both be reached. */
#include <string.h>

#include "app/identifiers.h"
#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "rules/internal.h"
#include "rules/values.h"

/* Lists of lists of lists ... by spreads: deeper than this nobody goes. */
#define SPREAD_DEPTH 16

static const char *const lists[][3] = {
	{"record", "actions", NULL},
	{"record", "bulkActions", NULL},
	{"record", "widgets", NULL},
	{"callRecording", "insight", "textActions"},
	{"callRecording", "summary", "textActions"},
	{"callRecording", "transcript", "textActions"},
	{"object", "actions", NULL},
};

struct surface {
	const char *id;
	struct place id_place;
	struct place item_place; /* in the list */
};

struct surfaces {
	struct surface *items;
	size_t count;
};

/* The id of a surface: of an object, or of the object that a call is given. */
static void add_surface(const struct app *app, const struct module *module, struct node item,
			struct surfaces *found)
{
	struct value value = value_of(app, module, item);
	struct surface *surface;
	const char *id;
	struct node node;

	if (value.kind == VALUE_CALL)
		value = value_of(app, value.module,
				 node_first(node_field(value.node, FIELD_ARGUMENTS)));
	if (!node_is(value.node, NODE_OBJECT))
		return;
	node = value_property(app, &value, "id");
	id = value_text(app, value.module, node);
	if (id == NULL)
		return;
	surface = arena_push(app->arena, &found->items, &found->count, sizeof(*surface));
	surface->id = id;
	surface->id_place = node_place(&value.module->syntax, node);
	surface->item_place = node_place(&module->syntax, item);
}

static void gather(const struct app *app, const struct value *list, struct surfaces *found,
		   int depth);

/* `a.concat(b)` and `a.filter(Boolean)`. */
static void gather_call(const struct app *app, const struct value *list, struct surfaces *found,
			int depth)
{
	const struct syntax *syntax = &list->module->syntax;
	struct node callee = node_field(list->node, FIELD_FUNCTION);
	struct node arguments = node_field(list->node, FIELD_ARGUMENTS);
	struct node name = node_field(callee, FIELD_PROPERTY);
	bool joins = node_text_is(syntax, name, "concat");
	struct value part;

	if (!joins && !node_text_is(syntax, name, "filter"))
		return;
	part = value_of(app, list->module, node_field(callee, FIELD_OBJECT));
	gather(app, &part, found, depth + 1);
	for (struct node item = node_down_named(arguments); joins && !node_is_null(item);
	     item = node_next_named(item)) {
		part = value_of(app, list->module, item);
		if (node_is(part.node, NODE_ARRAY))
			gather(app, &part, found, depth + 1);
		else
			add_surface(app, list->module, item, found);
	}
}

static void gather(const struct app *app, const struct value *list, struct surfaces *found,
		   int depth)
{
	if (depth > SPREAD_DEPTH)
		return;
	if (list->kind == VALUE_CALL)
		gather_call(app, list, found, depth);
	if (!node_is(list->node, NODE_ARRAY))
		return;
	for (struct node item = node_down_named(list->node); !node_is_null(item);
	     item = node_next_named(item)) {
		if (node_is(item, NODE_SPREAD_ELEMENT)) {
			struct value inner = value_of(app, list->module, node_first(item));

			gather(app, &inner, found, depth + 1);
		} else if (!node_is(item, NODE_COMMENT)) {
			add_surface(app, list->module, item, found);
		}
	}
}

/* The list that `path` names inside the value of `app`. */
static bool find_list(const struct app *app, const char *const *path, struct value *list)
{
	struct resolved entry = app_resolve_export(app, app->entry, "app");

	if (!entry.found || entry.opaque || node_is_null(entry.node))
		return false;
	*list = value_of(app, entry.module, entry.node);
	for (size_t i = 0; i < ARRAY_LEN(lists[0]) && path[i] != NULL; i++) {
		struct node property;

		if (!node_is(list->node, NODE_OBJECT))
			return false;
		property = value_property(app, list, path[i]);
		if (node_is_null(property))
			return false;
		*list = value_of(app, list->module, property);
	}
	return node_is(list->node, NODE_ARRAY) || list->kind == VALUE_CALL;
}

typedef void (*list_check)(const struct rule *rule, const struct app *app, struct diags *diags,
			   const struct surfaces *surfaces);

static void each_list(const struct rule *rule, const struct app *app, struct diags *diags,
		      list_check check)
{
	for (size_t i = 0; app->entry != NULL && i < ARRAY_LEN(lists); i++) {
		struct surfaces surfaces = {0};
		struct value list;

		if (!find_list(app, lists[i], &list))
			continue;
		gather(app, &list, &surfaces, 0);
		check(rule, app, diags, &surfaces);
	}
}

static void invalid_ids(const struct rule *rule, const struct app *app, struct diags *diags,
			const struct surfaces *surfaces)
{
	const struct rule_info info = {rule->info.code, rule->info.name, SEVERITY_WARNING};

	for (size_t i = 0; i < surfaces->count; i++) {
		const struct surface *surface = &surfaces->items[i];
		const char *why = id_problem(app->arena, surface->id);
		struct diag *diag;

		if (why == NULL)
			continue;
		diag = diag_add(diags, &info, surface->id_place,
				"`%s` is not an id as extensions have it", surface->id);
		diag->label = why;
		diag->help =
			"choose another one before the app moves to `src/app/extensions`, where it "
			"would be refused";
	}
}

static void duplicate_ids(const struct rule *rule, const struct app *app, struct diags *diags,
			  const struct surfaces *surfaces)
{
	struct map seen = {0};

	(void)app;
	for (size_t i = 0; i < surfaces->count; i++) {
		const struct surface *surface = &surfaces->items[i];
		const struct surface *first = map_get(&seen, surface->id);
		bool same = first != NULL && first->id_place.file == surface->id_place.file &&
			    first->id_place.start == surface->id_place.start;
		struct diag *diag;

		if (first == NULL) {
			map_set(&seen, surface->id, surface);
			continue;
		}
		/* One object listed twice has one id: point at the second entry of the list. */
		diag = diag_add(diags, &rule->info, same ? surface->item_place : surface->id_place,
				"the id `%s` is twice in one list of `app`", surface->id);
		diag->help = same ? "remove one of the two entries" : "give each its own id";
		diag_note(diags, diag, same ? first->item_place : first->id_place, "the other one");
	}
	map_dispose(&seen);
}

void check_surface_ids(const struct rule *rule, const struct app *app, struct diags *diags)
{
	each_list(rule, app, diags, invalid_ids);
}

void check_surface_duplicates(const struct rule *rule, const struct app *app, struct diags *diags)
{
	each_list(rule, app, diags, duplicate_ids);
}
