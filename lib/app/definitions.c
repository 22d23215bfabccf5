/* Reading `export default defineSomething({id: "x", ...})` from a syntax tree. What is merely
 * spelled differently means the same: quoted keys, `as const`, template literals without
 * substitutions, parentheses. (The official CLI accepts some of these in one place and refuses
 * them in another.) */
#include <string.h>

#include "app/identifiers.h"
#include "app/internal.h"
#include "app/problems.h"
#include "base/arena.h"
#include "base/str.h"

struct place whole_file(const struct module *module)
{
	return (struct place){.file = module->path};
}

struct definition *add_definition(struct app *app, enum definition_kind kind, struct module *module,
				  const char *id)
{
	struct definition *definition = arena_alloc(app->arena, sizeof(*definition));
	struct definition **slot =
		arena_push(app->arena, &app->definitions, &app->definition_count, sizeof(*slot));

	*slot = definition;
	slot = arena_push(app->arena, &app->by_kind[kind], &app->kind_count[kind], sizeof(*slot));
	*slot = definition;
	definition->kind = kind;
	definition->module = module;
	definition->id = id;
	definition->id_place = whole_file(module);
	if (id != NULL && map_get(&app->by_id[kind], id) == NULL)
		map_set(&app->by_id[kind], id, definition);
	return definition;
}

void check_id(struct app *app, const char *what, const char *id, struct place place)
{
	const char *why = id_problem(app->arena, id);
	const char *better;
	struct diag *diag;

	if (why == NULL)
		return;
	diag = diag_add(&app->problems, &problem_id_invalid, place, "`%s` is not a valid %s", id,
			what);
	diag->label = why;
	better = id_suggest(app->arena, id);
	diag->help = better == NULL ? "write it like `send-to-crm`: lower case, single hyphens, at "
				      "most 64 characters"
				    : arena_printf(app->arena, "write it as `%s`", better);
}

bool report_syntax(struct app *app, const struct module *module)
{
	return syntax_problem(app->arena, &app->problems, module);
}

struct diag *report_pair(struct app *app, const struct rule_info *rule, struct place first,
			 struct place second, const char *note, const char *message)
{
	struct diag *diag = diag_add(&app->problems, rule, second, "%s", message);

	diag_note(&app->problems, diag, first, "%s", note);
	return diag;
}

bool calls_one_of(const struct module *module, struct node call, const char *const *names)
{
	struct node function;

	if (!node_is(call, NODE_CALL_EXPRESSION))
		return false;
	function = node_unwrap(node_field(call, FIELD_FUNCTION));
	if (node_is(function, NODE_MEMBER_EXPRESSION))
		function = node_field(function, FIELD_PROPERTY);
	else if (!node_is(function, NODE_IDENTIFIER))
		return false;
	for (size_t i = 0; names[i] != NULL; i++) {
		if (node_text_is(&module->syntax, function, names[i]))
			return true;
	}
	return false;
}

struct node default_call(const struct module *module, const char *const *names)
{
	const struct export *item = facts_export(&module->facts, "default");
	struct node value;

	if (item == NULL || item->import >= 0 || node_is_null(item->value))
		return (struct node){0};
	value = node_unwrap(item->value);
	return calls_one_of(module, value, names) ? value : (struct node){0};
}

/* Whether the key of a `pair` is `key`: an identifier or a string. Computed keys stay refused, as
 * the platform's own tool does. */
static bool key_is(const struct app *app, const struct module *module, struct node pair,
		   const char *key)
{
	struct node node = node_field(pair, FIELD_KEY);
	const char *text;

	text = node_string(&module->syntax, app->arena, node);
	if (text != NULL)
		return strcmp(text, key) == 0;
	return node_is(node, NODE_PROPERTY_IDENTIFIER) && node_text_is(&module->syntax, node, key);
}

struct node call_object(struct node call)
{
	return node_unwrap(node_first(node_field(call, FIELD_ARGUMENTS)));
}

void object_needed(struct app *app, const struct rule_info *rule, const struct module *module,
		   struct node call, const char *define)
{
	struct node argument = node_first(node_field(call, FIELD_ARGUMENTS));
	struct node at = node_is_null(argument) ? node_field(call, FIELD_FUNCTION) : argument;
	struct diag *diag = diag_add(&app->problems, rule, node_place(&module->syntax, at),
				     "`%s` must be given an object literal", define);

	diag->help = arena_printf(app->arena,
				  "write `%s({id: \"...\", type: \"...\", ...})`: the platform "
				  "reads the object without running the code, so a name for it is "
				  "not followed",
				  define);
}

const char *call_property(const struct app *app, const struct module *module, struct node call,
			  const char *key, struct place *place)
{
	struct node object = call_object(call);
	struct node value = {0};

	*place = node_place(&module->syntax, call);
	if (!node_is(object, NODE_OBJECT))
		return NULL;
	for (struct node item = node_down_named(object); !node_is_null(item);
	     item = node_next_named(item)) {
		if (node_is(item, NODE_PAIR) && key_is(app, module, item, key))
			value = node_field(item, FIELD_VALUE);
		else if (node_is(item, NODE_SHORTHAND_PROPERTY_IDENTIFIER) &&
			 node_text_is(&module->syntax, item, key))
			value = item;
	}
	if (node_is_null(value)) {
		*place = node_place(&module->syntax, node_field(call, FIELD_FUNCTION));
		return NULL;
	}
	value = node_unwrap(value);
	*place = node_place(&module->syntax, value);
	return node_string(&module->syntax, app->arena, value);
}
