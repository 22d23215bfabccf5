/* ATT2009: arguments of a server function call that do not survive the way to the server, which is
 * JSON. Only what is visibly written there counts; types are ATT3004's matter. */
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "rules/client.h"
#include "rules/json_loss.h"
#include "rules/visit.h"

#define CALLEE_STEPS 16
#define VALUE_DEPTH 24
#define VALUE_COUNT 10000 /* in one call: constants can hold each other many times over */

struct scan {
	const struct rule *rule;
	const struct app *app;
	const struct module *module;
	struct diags *diags;
	int left; /* values that may still be looked at in this call */
};

/* --- is it a server function? -------------------------------------------------------------------
 */

static bool export_is_server(const struct app *app, const struct module *module, const char *name,
			     int steps);
static bool name_is_server(const struct app *app, const struct module *module,
			   struct node identifier, int steps);
static bool is_server(const struct app *app, const struct module *module, struct node callee,
		      int steps);

/* The import() or require() that a node is; -1 when it is none. */
static int import_at(const struct module *module, struct node node)
{
	for (size_t i = 0; i < module->facts.import_count; i++) {
		const struct import *import = &module->facts.imports[i];

		if ((import->kind == IMPORT_DYNAMIC || import->kind == IMPORT_REQUIRE) &&
		    import->place.start == node_start(node) && import->place.end == node_end(node))
			return (int)i;
	}
	return -1;
}

/* The module whose namespace an expression is; NULL when it is no such thing. */
static const struct module *namespace_of(const struct app *app, const struct module *module,
					 struct node node, int steps)
{
	const struct binding *binding;
	struct declared declared;
	const char *name;
	int import;

	node = node_unwrap(node);
	while (node_is(node, NODE_AWAIT_EXPRESSION))
		node = node_unwrap(node_first(node));
	if (node_is(node, NODE_CALL_EXPRESSION)) {
		import = import_at(module, node);
		return import < 0 ? NULL : module->edges[import].module;
	}
	if (!node_is(node, NODE_IDENTIFIER) || steps <= 0)
		return NULL;
	name = node_text(&module->syntax, app->arena, node);
	if (facts_local(&module->facts, name, node_start(node), &declared))
		return declared.as == DECLARED_VARIABLE &&
				       node_is(node_field(declared.node, FIELD_NAME),
					       NODE_IDENTIFIER)
			       ? namespace_of(app, module, node_field(declared.node, FIELD_VALUE),
					      steps - 1)
			       : NULL;
	binding = facts_binding(&module->facts, name);
	if (binding == NULL)
		return NULL;
	if (binding->import >= 0)
		return str_equal(binding->imported, "*") ? module->edges[binding->import].module
							 : NULL;
	return namespace_of(app, module, binding->value, steps - 1);
}

static bool member_is_server(const struct app *app, const struct module *space, const char *name,
			     int steps)
{
	if (space == NULL)
		return false;
	return space->role == ROLE_SERVER ? str_equal(name, "default")
					  : export_is_server(app, space, name, steps - 1);
}

/* A variable: `const f = send`, `const {default: f} = await import("./send.server")`. */
static bool variable_is_server(const struct app *app, const struct module *module,
			       struct node declarator, struct node name, int steps)
{
	struct node pattern = node_field(declarator, FIELD_NAME),
		    value = node_field(declarator, FIELD_VALUE);
	struct node item = node_parent(name);

	if (!node_is(declarator, NODE_VARIABLE_DECLARATOR) || node_is_null(value))
		return false;
	if (node_is(pattern, NODE_IDENTIFIER))
		return node_text_is(&module->syntax,
				    node_field(node_parent(declarator), FIELD_KIND), "const") &&
		       is_server(app, module, value, steps - 1);
	return node_is(item, NODE_PAIR_PATTERN) && node_same(node_parent(item), pattern) &&
	       member_is_server(app, namespace_of(app, module, value, steps - 1),
				node_text(&module->syntax, app->arena, node_field(item, FIELD_KEY)),
				steps);
}

struct named {
	const struct module *module;
	const char *name;
	struct node found;
};

static void find_name(struct node name, void *payload)
{
	struct named *named = payload;

	if (node_text_is(&named->module->syntax, name, named->name))
		named->found = name;
}

static bool binding_is_server(const struct app *app, const struct module *module, const char *name,
			      int steps)
{
	const struct binding *binding = facts_binding(&module->facts, name);
	struct named named = {.module = module, .name = name};
	const struct module *target;

	if (binding == NULL || steps <= 0)
		return false;
	if (binding->import < 0) {
		pattern_names(node_field(binding->node, FIELD_NAME), find_name, &named);
		return !node_is_null(named.found) &&
		       variable_is_server(app, module, binding->node, named.found, steps);
	}
	target = module->edges[binding->import].module;
	return member_is_server(app, target, binding->imported, steps);
}

static bool export_is_server(const struct app *app, const struct module *module, const char *name,
			     int steps)
{
	const struct export *item = facts_export(&module->facts, name);

	if (item == NULL || steps <= 0)
		return false;
	if (item->import >= 0)
		return member_is_server(app, module->edges[item->import].module, item->imported,
					steps);
	return item->local != NULL && binding_is_server(app, module, item->local, steps - 1);
}

static bool name_is_server(const struct app *app, const struct module *module,
			   struct node identifier, int steps)
{
	const char *name = node_text(&module->syntax, app->arena, identifier);
	struct declared declared;

	if (facts_local(&module->facts, name, node_start(identifier), &declared))
		return declared.as == DECLARED_VARIABLE &&
		       variable_is_server(app, module, declared.node, declared.name, steps);
	return binding_is_server(app, module, name, steps);
}

static bool is_server(const struct app *app, const struct module *module, struct node callee,
		      int steps)
{
	callee = node_unwrap(callee);
	if (steps <= 0)
		return false;
	if (node_is(callee, NODE_IDENTIFIER))
		return name_is_server(app, module, callee, steps);
	if (node_is(callee, NODE_MEMBER_EXPRESSION))
		return member_is_server(
			app, namespace_of(app, module, node_field(callee, FIELD_OBJECT), steps),
			node_text(&module->syntax, app->arena, node_field(callee, FIELD_PROPERTY)),
			steps);
	return false;
}

/* --- does it survive? ---------------------------------------------------------------------------
 */

/* A class with `toJSON` says itself how it crosses; so may one that extends another. */
static bool has_own_json(const struct value *class)
{
	struct node body = node_field(class->node, FIELD_BODY);

	for (struct node at = node_down_named(class->node); !node_is_null(at);
	     at = node_next_named(at)) {
		if (node_is(at, NODE_CLASS_HERITAGE) &&
		    node_is(node_first(at), NODE_EXTENDS_CLAUSE))
			return true;
	}
	for (struct node child = node_down_named(body); !node_is_null(child);
	     child = node_next_named(child)) {
		if (node_text_is(&class->module->syntax, node_field(child, FIELD_NAME), "toJSON"))
			return true;
	}
	return false;
}

static const char *new_words(const struct app *app, const struct value *value)
{
	struct node constructor = node_unwrap(node_field(value->node, FIELD_CONSTRUCTOR));
	struct value class;
	const char *name;

	if (!node_is(constructor, NODE_IDENTIFIER))
		return NULL;
	name = node_text(&value->module->syntax, app->arena, constructor);
	if (is_global(app, value->module, constructor))
		return json_loss(name);
	class = value_of(app, value->module, constructor);
	return class.kind == VALUE_CLASS && !has_own_json(&class) ? "a class instance" : NULL;
}

static const char *call_words(const struct app *app, const struct value *value)
{
	struct node callee = node_unwrap(node_field(value->node, FIELD_FUNCTION)), object;

	object = node_is(callee, NODE_MEMBER_EXPRESSION)
			 ? node_unwrap(node_field(callee, FIELD_OBJECT))
			 : callee;
	if (!node_is(object, NODE_IDENTIFIER) || !is_global(app, value->module, object))
		return json_loss_of_call(app, value);
	if (node_text_is(&value->module->syntax, object, "Symbol"))
		return node_same(object, callee) ||
				       node_text_is(&value->module->syntax,
						    node_field(callee, FIELD_PROPERTY), "for")
			       ? "a symbol"
			       : NULL;
	return node_same(object, callee) && node_text_is(&value->module->syntax, object, "BigInt")
		       ? "a bigint"
		       : json_loss_of_call(app, value);
}

/* `Symbol.iterator` and the other well-known ones. */
static bool is_known_symbol(const struct app *app, const struct value *value)
{
	struct node object = node_unwrap(node_field(value->node, FIELD_OBJECT));

	return node_is(value->node, NODE_MEMBER_EXPRESSION) && node_is(object, NODE_IDENTIFIER) &&
	       node_text_is(&value->module->syntax, object, "Symbol") &&
	       is_global(app, value->module, object);
}

/* What a value is when it cannot cross, in words; NULL when it can or nobody knows. */
static const char *lost_words(const struct app *app, const struct value *value)
{
	const struct syntax *syntax = &value->module->syntax;
	size_t len;
	const char *bytes;

	if (value->awaited)
		return NULL;
	switch (value->kind) {
	case VALUE_FUNCTION:
		return "a function";
	case VALUE_CLASS:
		return "a class";
	case VALUE_NEW:
		return new_words(app, value);
	case VALUE_CALL:
		return call_words(app, value);
	case VALUE_OTHER:
		return is_known_symbol(app, value) ? "a symbol" : NULL;
	case VALUE_LITERAL:
		if (kind_is_jsx(node_kind(value->node)))
			return "JSX";
		if (node_is(value->node, NODE_REGEX))
			return "a regular expression";
		bytes = node_bytes(syntax, value->node, &len);
		return node_is(value->node, NODE_NUMBER) && len > 1 && bytes[len - 1] == 'n'
			       ? "a bigint"
			       : NULL;
	default:
		return NULL;
	}
}

/* Where to point: at the node, or at the argument `shown` when the node was found through a name.
 */
static void judge(struct scan *scan, const struct module *module, struct node node,
		  struct node shown, int depth);

static void judge_method(struct scan *scan, const struct module *module, struct node method,
			 struct node shown);

static void tell(struct scan *scan, const struct module *module, struct node node,
		 struct node shown, const char *words)
{
	bool here = node_is_null(shown);
	struct diag *diag = diag_add(scan->diags, &scan->rule->info,
				     node_place(&scan->module->syntax, here ? node : shown),
				     "%s cannot be sent to a server function", words);

	diag->help =
		"arguments travel as JSON: send texts, numbers, booleans, null, lists and plain "
		"objects";
	if (!here)
		diag_note(scan->diags, diag, node_place(&module->syntax, node),
			  "%s is written here", words);
}

static void judge_method(struct scan *scan, const struct module *module, struct node method,
			 struct node shown)
{
	struct node name = node_field(method, FIELD_NAME);

	for (struct node at = node_down(method); !node_is_null(at); at = node_next(at))
		if (node_is(at, TOKEN_GET) || node_is(at, TOKEN_SET))
			return; /* an accessor's value crosses */
	if (!node_text_is(&module->syntax, name, "toJSON"))
		tell(scan, module, name, shown, "a function");
}

/* The parts of what is spread: `[...new Set(ids)]` is a plain list. */
static void judge_spread(struct scan *scan, const struct module *module, struct node spread,
			 struct node shown, int depth)
{
	struct node inner = node_unwrap(node_first(spread));

	if (node_is(inner, NODE_OBJECT) || node_is(inner, NODE_ARRAY))
		judge(scan, module, inner, shown, depth - 1);
}

static void judge_items(struct scan *scan, const struct module *module, struct node list,
			struct node shown, int depth)
{
	for (struct node at = node_down_named(list); !node_is_null(at); at = node_next_named(at)) {
		struct node item = at;

		if (node_is(item, NODE_PAIR))
			item = node_field(item, FIELD_VALUE);
		if (node_is(item, NODE_METHOD_DEFINITION))
			judge_method(scan, module, item, shown);
		else if (node_is(item, NODE_SPREAD_ELEMENT))
			judge_spread(scan, module, item, shown, depth);
		else if (!node_is(item, NODE_COMMENT))
			judge(scan, module, item, shown, depth - 1);
	}
}

/* The value of a shorthand property `{send}`; unknown when it is not a constant. */
static struct value shorthand_value(const struct app *app, const struct module *module,
				    struct node item)
{
	struct value unknown = {VALUE_UNKNOWN, module, item, false};
	const char *name = node_text(&module->syntax, app->arena, item);
	struct declared declared;
	struct resolved resolved;

	if (facts_local(&module->facts, name, node_start(item), &declared)) {
		if (declared.as == DECLARED_FUNCTION)
			return (struct value){VALUE_FUNCTION, module, declared.node, false};
		return declared.as == DECLARED_VARIABLE &&
				       node_is(node_field(declared.node, FIELD_NAME),
					       NODE_IDENTIFIER) &&
				       node_text_is(
					       &module->syntax,
					       node_field(node_parent(declared.node), FIELD_KIND),
					       "const")
			       ? value_of(app, module, node_field(declared.node, FIELD_VALUE))
			       : unknown;
	}
	resolved = app_resolve_name(app, module, name);
	return !resolved.found || resolved.opaque || node_is_null(resolved.node)
		       ? unknown
		       : value_of(app, resolved.module, resolved.node);
}

static void judge(struct scan *scan, const struct module *module, struct node node,
		  struct node shown, int depth)
{
	static const char *const logical[] = {"&&", "||", "??"};
	struct node plain = node_unwrap(node);
	struct value value;
	const char *words;

	if (depth <= 0 || node_is_null(node) || scan->left-- <= 0)
		return;
	value = node_is(plain, NODE_SHORTHAND_PROPERTY_IDENTIFIER)
			? shorthand_value(scan->app, module, plain)
			: value_of(scan->app, module, plain);
	if (node_is_null(shown) && (value.module != scan->module || !node_same(value.node, plain)))
		shown = plain; /* it is written elsewhere */
	words = lost_words(scan->app, &value);
	if (words != NULL) {
		tell(scan, value.module, value.node, shown, words);
	} else if (node_is(value.node, NODE_OBJECT) || node_is(value.node, NODE_ARRAY)) {
		if (!value.awaited)
			judge_items(scan, value.module, value.node, shown, depth);
	} else if (node_is(value.node, NODE_TERNARY_EXPRESSION)) {
		judge(scan, value.module, node_field(value.node, FIELD_CONSEQUENCE), shown,
		      depth - 1);
		judge(scan, value.module, node_field(value.node, FIELD_ALTERNATIVE), shown,
		      depth - 1);
	} else if (node_is(value.node, NODE_BINARY_EXPRESSION)) {
		struct node operator= node_field(value.node, FIELD_OPERATOR);

		for (size_t i = 0; i < ARRAY_LEN(logical); i++) {
			if (node_text_is(&value.module->syntax, operator, logical[i]))
				judge(scan, value.module, node_field(value.node, FIELD_RIGHT),
				      shown, depth - 1);
		}
	}
}

/* Judges the items of a list of arguments but the first `skip`. */
static void judge_arguments(struct scan *scan, struct node list, size_t skip)
{
	scan->left = VALUE_COUNT;
	for (struct node argument = node_down_named(list); !node_is_null(argument);
	     argument = node_next_named(argument)) {
		if (node_is(argument, NODE_COMMENT))
			continue;
		if (skip > 0)
			skip--;
		else if (node_is(argument, NODE_SPREAD_ELEMENT))
			judge_spread(scan, scan->module, argument, (struct node){0}, VALUE_DEPTH);
		else
			judge(scan, scan->module, argument, (struct node){0}, VALUE_DEPTH);
	}
}

/* `useAsyncCache({leads: [loadLeads, filter]})` calls `loadLeads(filter)`. */
static void judge_cache(struct scan *scan, struct node call, struct node config)
{
	const char *package, *name;

	if (!node_is(config, NODE_OBJECT) ||
	    !package_member(scan->app, scan->module, node_field(call, FIELD_FUNCTION), &package,
			    &name) ||
	    strcmp(package, "attio/client") != 0 || strcmp(name, "useAsyncCache") != 0)
		return;
	for (struct node at = node_down_named(config); !node_is_null(at);
	     at = node_next_named(at)) {
		struct node list = node_unwrap(node_field(at, FIELD_VALUE));

		if (node_is(list, NODE_ARRAY) &&
		    is_server(scan->app, scan->module, node_first(list), CALLEE_STEPS))
			judge_arguments(scan, list, 1);
	}
}

static bool see_call(const struct visiting *v, struct node node)
{
	struct node arguments = node_field(node, FIELD_ARGUMENTS);
	struct scan scan = {.rule = v->rule, .app = v->app, .module = v->module, .diags = v->diags};

	if (!node_is(arguments, NODE_ARGUMENTS) || node_is_null(node_down_named(arguments)))
		return true;
	if (is_server(v->app, v->module, node_field(node, FIELD_FUNCTION), CALLEE_STEPS))
		judge_arguments(&scan, arguments, 0);
	else
		judge_cache(&scan, node, node_unwrap(node_first(arguments)));
	return true;
}

static const struct walk calls = {
	.modules = WALK_CLIENT,
	.visits = (const struct visit[]){{NODE_CALL_EXPRESSION, see_call}, {NODE_NONE, NULL}},
};

const struct rule rule_server_call_argument = {
	.info = {"ATT2009", "server-call-argument", SEVERITY_WARNING},
	.summary = "A server function is called with something that JSON cannot carry",
	.explanation = "A call of a server function from client code is a request: its arguments "
		       "are turned into "
		       "JSON and back. Functions, JSX, `Map`, `Set`, instances of classes, symbols "
		       "and bigints "
		       "arrive as nothing, as an empty object, or make the call fail.\n\n"
		       "Send plain data: texts, numbers, booleans, null, lists and objects of "
		       "these. Lists for "
		       "`Set`, `Object.fromEntries(map)` for `Map`, a text for a bigint.",
	.bad = "// src/app/extensions/sync/extension.ts\nawait sync(new Set(ids))",
	.good = "// src/app/extensions/sync/extension.ts\nawait sync([...new Set(ids)])",
	.walk = &calls,
};
