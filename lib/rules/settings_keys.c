/* ATT6004: settings by a key that the schema does not have. One finding for a key, with all its
 * uses: where a key was renamed in the schema, that is one fault. */
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "rules/internal.h"
#include "rules/values.h"
#include "rules/visit.h"

/* In advice. */
enum { KEYS_LISTED = 8 };

struct keys {
	const struct module *schema;
	struct map known; /* keys of the schema */
	struct map used;  /* those of them that are used */
	struct map told;  /* unknown ones -> struct uses */
};

/* Where an unknown key is used, in the order of the modules. */
struct uses {
	const char *key;
	struct place *places;
	size_t count;
};

/* False when there are keys that cannot be read off. */
static bool read_keys(const struct app *app, struct keys *keys)
{
	const struct export *item = facts_export(&keys->schema->facts, "default");
	const struct syntax *syntax = &keys->schema->syntax;
	struct value fields;
	struct node call;

	if (item == NULL || syntax_is_broken(syntax))
		return false;
	call = node_unwrap(item->value);
	fields = value_of(app, keys->schema, node_first(node_field(call, FIELD_ARGUMENTS)));
	if (!node_is(fields.node, NODE_OBJECT))
		return false;
	for (struct node at = node_down_named(fields.node); !node_is_null(at);
	     at = node_next_named(at)) {
		struct node key = node_field(at, FIELD_KEY);
		const char *text = node_string(&fields.module->syntax, app->arena, key);

		if (node_is(at, NODE_COMMENT))
			continue;
		if (node_is(at, NODE_SHORTHAND_PROPERTY_IDENTIFIER))
			key = at;
		if (text == NULL && (node_is(key, NODE_PROPERTY_IDENTIFIER) || node_same(key, at)))
			text = node_text(&fields.module->syntax, app->arena, key);
		if (text == NULL)
			return false;
		map_set(&keys->known, text, keys);
	}
	return true;
}

static void *prepare(const struct app *app, struct arena *arena)
{
	const struct definition *schema = app_definition(app, DEF_SETTINGS_SCHEMA, 0);
	struct keys *keys;

	if (schema == NULL)
		return NULL;
	keys = arena_alloc(arena, sizeof(*keys));
	*keys = (struct keys){.schema = schema->module};
	if (read_keys(app, keys))
		return keys;
	map_dispose(&keys->known);
	return NULL;
}

/* --- uses ---------------------------------------------------------------------------------------
 */

static void use(const struct visiting *v, const char *key, struct node node)
{
	struct keys *keys = v->shared;
	struct uses *uses;

	if (key == NULL)
		return;
	if (map_get(&keys->known, key) != NULL) {
		map_set(&keys->used, key, keys);
		return;
	}
	uses = map_get(&keys->told, key);
	if (uses == NULL) {
		uses = arena_alloc(v->arena, sizeof(*uses));
		*uses = (struct uses){.key = key};
		map_set(&keys->told, key, uses);
	}
	*(struct place *)arena_push(v->arena, &uses->places, &uses->count, sizeof(struct place)) =
		node_place(&v->module->syntax, node);
}

/* Whether the name is the schema's default export. */
static bool is_schema(const struct visiting *v, struct node node)
{
	const struct keys *keys = v->shared;
	const struct binding *binding;
	const char *name;

	node = node_unwrap(node);
	if (!node_is(node, NODE_IDENTIFIER))
		return false;
	name = node_text(&v->module->syntax, v->app->arena, node);
	binding = facts_binding(&v->module->facts, name);
	return binding != NULL && binding->import >= 0 && str_equal(binding->imported, "default") &&
	       v->module->edges[binding->import].module == keys->schema;
}

/* "useForm" for `Settings.useForm(schema)`; NULL for any other expression. */
static const char *settings_call(const struct visiting *v, struct node node)
{
	const char *package, *path;

	node = node_unwrap(node);
	while (node_is(node, NODE_AWAIT_EXPRESSION))
		node = node_unwrap(node_first(node));
	if (!node_is(node, NODE_CALL_EXPRESSION) ||
	    !is_schema(v, node_first(node_field(node, FIELD_ARGUMENTS))) ||
	    !package_path(v->app, v->module, node_field(node, FIELD_FUNCTION), &package, &path) ||
	    !str_starts(package, "attio/") || !str_starts(path, "Settings."))
		return NULL;
	return path + strlen("Settings.");
}

static bool gives_values(const char *call)
{
	return str_equal(call, "useSettings") || str_equal(call, "getSettings");
}

/* Further arguments than the schema: with a key it is one value that comes back. */
static struct node second_argument(struct node call)
{
	struct node node = node_first(node_field(call, FIELD_ARGUMENTS));

	do
		node = node_next_named(node);
	while (node_is(node, NODE_COMMENT));
	return node;
}

/* `Settings.getSettings(schema, "days")` */
static bool see_call(const struct visiting *v, struct node node)
{
	const char *call = settings_call(v, node);
	struct node key = second_argument(node);

	if ((str_equal(call, "getSettings") || str_equal(call, "setSettings")) &&
	    !node_is_null(key))
		use(v, value_text(v->app, v->module, key), key);
	return true;
}

/* `const {days} = Settings.useSettings(schema)` */
static bool see_variable(const struct visiting *v, struct node node)
{
	struct node pattern = node_field(node, FIELD_NAME), value = node_field(node, FIELD_VALUE);

	if (!node_is(pattern, NODE_OBJECT_PATTERN) || !gives_values(settings_call(v, value)))
		return true;
	value = node_unwrap(value);
	while (node_is(value, NODE_AWAIT_EXPRESSION))
		value = node_unwrap(node_first(value));
	if (!node_is_null(second_argument(value)))
		return true;
	for (struct node item = node_down_named(pattern); !node_is_null(item);
	     item = node_next_named(item)) {
		struct node key = node_pattern_key(item);

		if (node_is(key, NODE_SHORTHAND_PROPERTY_IDENTIFIER_PATTERN) ||
		    node_is(key, NODE_PROPERTY_IDENTIFIER))
			use(v, node_text(&v->module->syntax, v->app->arena, key), key);
	}
	return true;
}

/* What a variable of the module is initialised with; null: it is none, or not a plain one. */
static struct node initial_of(const struct visiting *v, struct node name)
{
	const struct facts *facts = &v->module->facts;
	const char *text = node_text(&v->module->syntax, v->app->arena, name);
	const struct binding *binding;
	struct declared declared;
	struct node declarator = {0};

	if (facts_local(facts, text, node_start(name), &declared)) {
		if (declared.as == DECLARED_VARIABLE)
			declarator = declared.node;
	} else {
		binding = facts_binding(facts, text);
		if (binding != NULL && binding->import < 0)
			declarator = binding->node;
	}
	return node_is(declarator, NODE_VARIABLE_DECLARATOR) ? node_field(declarator, FIELD_VALUE)
							     : (struct node){0};
}

/* `values.days` */
static bool see_member(const struct visiting *v, struct node node)
{
	struct node object = node_unwrap(node_field(node, FIELD_OBJECT));
	struct node key = node_field(node, FIELD_PROPERTY), value = object;

	if (node_is(object, NODE_IDENTIFIER)) {
		value = initial_of(v, object);
		/* A part of the values has members of its own. */
		if (!node_is(node_field(node_parent(value), FIELD_NAME), NODE_IDENTIFIER))
			return true;
	}
	if (gives_values(settings_call(v, value)) && node_is(key, NODE_PROPERTY_IDENTIFIER))
		use(v, node_text(&v->module->syntax, v->app->arena, key), key);
	return true;
}

/* `<TextInput name="days" />` of `Settings.useForm(schema)` */
static bool see_element(const struct visiting *v, struct node node)
{
	const struct syntax *syntax = &v->module->syntax;
	struct node name = node_field(node, FIELD_NAME);

	if (node_is(name, NODE_MEMBER_EXPRESSION))
		name = node_unwrap(node_field(name, FIELD_OBJECT));
	if (!node_is(name, NODE_IDENTIFIER) ||
	    !str_equal(settings_call(v, initial_of(v, name)), "useForm"))
		return true;
	for (struct node at = node_down_named(node); !node_is_null(at); at = node_next_named(at)) {
		struct node value = node_last(at);

		if (!node_is(at, NODE_JSX_ATTRIBUTE) ||
		    !node_text_is(syntax, node_first(at), "name"))
			continue;
		if (node_is(value, NODE_JSX_EXPRESSION))
			value = node_first(value);
		use(v, value_text(v->app, v->module, value), at);
	}
	return true;
}

static bool wants(struct visiting *v)
{
	const struct keys *keys = v->shared;

	for (size_t i = 0; i < v->module->facts.import_count; i++)
		if (v->module->edges[i].module == keys->schema)
			return !syntax_is_broken(&v->module->syntax);
	return false;
}

/* --- telling ------------------------------------------------------------------------------------
 */

static const char *unused_key(const struct keys *keys)
{
	for (size_t i = 0; i < keys->known.count; i++)
		if (map_get(&keys->used, keys->known.entries[i].key) == NULL)
			return keys->known.entries[i].key;
	return NULL;
}

static const char *advice(const struct visiting *v, const struct keys *keys, const char *key,
			  bool look)
{
	const char **names = arena_alloc(v->arena, (keys->known.count + 1) * sizeof(*names));
	const char *near = NULL, *words = "";
	size_t count = 0;

	for (; count < keys->known.count && (look || count < KEYS_LISTED); count++) {
		names[count] = keys->known.entries[count].key;
		if (count < KEYS_LISTED)
			words = arena_printf(v->app->arena, "%s%s`%s`", words,
					     count > 0 ? ", " : "", names[count]);
	}
	names[count] = NULL;
	if (look)
		near = str_nearest(key, names);
	/* One that is not there and one that nobody uses: it was renamed. */
	if (near == NULL && keys->told.count == 1 && keys->used.count + 1 == keys->known.count)
		near = unused_key(keys);
	if (near != NULL)
		return arena_printf(v->app->arena, "did you mean `%s`?", near);
	return keys->known.count == 0
		       ? arena_printf(v->app->arena, "add it to `%s`", keys->schema->path)
		       : arena_printf(v->app->arena, "it has %s", words);
}

static void finish(const struct visiting *v)
{
	struct keys *keys = v->shared;

	for (size_t i = 0; i < keys->told.count; i++) {
		const struct uses *uses = keys->told.entries[i].value;
		struct diag *diag = diag_add(v->diags, &v->rule->info, uses->places[0],
					     "the settings schema has no `%s`", uses->key);

		diag->help = advice(v, keys, uses->key, i < HINTS_MOST);
		for (size_t k = 1; k < uses->count; k++)
			diag_note(v->diags, diag, uses->places[k], "and here");
		diag_note(v->diags, diag, (struct place){.file = keys->schema->path}, "the schema");
	}
	map_dispose(&keys->known);
	map_dispose(&keys->used);
	map_dispose(&keys->told);
}

static const struct walk walk = {
	.modules = WALK_ALL,
	.prepare = prepare,
	.wants = wants,
	.finish = finish,
	.visits = (const struct visit[]){{NODE_CALL_EXPRESSION, see_call},
					 {NODE_VARIABLE_DECLARATOR, see_variable},
					 {NODE_MEMBER_EXPRESSION, see_member},
					 {NODE_JSX_OPENING_ELEMENT, see_element},
					 {NODE_JSX_SELF_CLOSING_ELEMENT, see_element},
					 {NODE_NONE, NULL}},
};

const struct rule rule_settings_key_unknown = {
	.info = {"ATT6004", "settings-key-unknown", SEVERITY_ERROR},
	.summary = "A setting that the schema does not have",
	.explanation =
		"The schema in `src/app/settings/` says which settings there are. An input of the "
		"settings page, `useSettings`, `getSettings` and `setSettings` name them by the "
		"schema's keys; there is nothing under any other name.\n\n"
		"One finding names all places that use the key, as after it was renamed in the "
		"schema.",
	.bad = "// src/app/settings/schema.ts: {days: Settings.Schema.number()}\n"
	       "<NumberInput name=\"day\" label=\"Days\" />",
	.good = "// src/app/settings/schema.ts: {days: Settings.Schema.number()}\n"
		"<NumberInput name=\"days\" label=\"Days\" />",
	.walk = &walk,
};
