/* ATT2015: hooks of React that are not called in the same order each time a component is drawn:
 * under a condition, in a loop, after an early return, in a function inside of the component, in
 * `try`. What decides is what eslint-plugin-react-hooks says; where it would only guess, nothing is
 * told. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "rules/client.h"
#include "rules/components.h"
#include "rules/flow.h"
#include "rules/visit.h"

static bool is_hook_name(const char *name)
{
	return str_starts(name, "use") && name[3] >= 'A' && name[3] <= 'Z';
}

static bool is_component_name(const char *name)
{
	return name[0] >= 'A' && name[0] <= 'Z';
}

/* The name by which the function is known: its own, that of the constant it is the value of, or of
 * a call that wraps it (`memo(() => ...)`). NULL: it has none. */
static const char *function_name(const struct module *module, struct arena *arena,
				 struct node function)
{
	struct node name = node_field(function, FIELD_NAME), at = function, parent;

	if (!node_is_null(name))
		return node_text(&module->syntax, arena, name);
	parent = node_parent(at);
	while (node_is(parent, NODE_PARENTHESIZED_EXPRESSION) ||
	       node_is(parent, NODE_AS_EXPRESSION) || node_is(parent, NODE_SATISFIES_EXPRESSION)) {
		at = parent;
		parent = node_parent(at);
	}
	if (!node_is(parent, NODE_VARIABLE_DECLARATOR) && !node_is(parent, NODE_PAIR))
		return NULL;
	name = node_field(parent, node_is(parent, NODE_PAIR) ? FIELD_KEY : FIELD_NAME);
	return node_is(name, NODE_IDENTIFIER) || node_is(name, NODE_PROPERTY_IDENTIFIER)
		       ? node_text(&module->syntax, arena, name)
		       : NULL;
}

/* The function around `node`; null at the top level. */
static struct node function_around(struct node node)
{
	struct node at = node_parent(node);

	while (!node_is_null(at) && !node_is_function(at) && !node_same(at, node_parent(at)))
		at = node_parent(at);
	return node_is_function(at) ? at : (struct node){0};
}

/* --- on the way to a call -----------------------------------------------------------------------
 */

/* Where the first `return` of the function itself ends that is not its last statement; of the one
 * that was asked about last, since calls come in the order of the text. */
struct returns {
	struct node function;
	size_t end; /* (size_t)-1: there is none */
};

static bool see_return(struct node node, void *payload)
{
	size_t *end = payload;

	if (node_is_function(node))
		return false;
	if (node_is(node, NODE_RETURN_STATEMENT) && node_end(node) < *end)
		*end = node_end(node);
	return true;
}

/* A `return` before the call that is not always taken: else nothing after it runs at all. */
static bool is_after_return(struct returns *returns, struct node call, struct node function)
{
	struct node at = node_down_named(node_field(function, FIELD_BODY));

	if (!node_same(returns->function, function)) {
		returns->function = function;
		returns->end = (size_t)-1;
		for (; !node_is_null(at); at = node_next_named(at))
			node_walk(at, see_return, &returns->end);
	}
	return returns->end <= node_start(call);
}

/* --- functions ----------------------------------------------------------------------------------
 */

/* The argument of memo() or forwardRef() is a component without a name. */
static bool is_wrapped(const struct visiting *v, struct node function)
{
	struct node list = node_parent(function), callee;
	const char *package, *name;

	if (!node_is(list, NODE_ARGUMENTS))
		return false;
	callee = node_field(node_parent(list), FIELD_FUNCTION);
	return package_member(v->app, v->module, callee, &package, &name) &&
	       str_equal(package, "react") &&
	       (str_equal(name, "memo") || str_equal(name, "forwardRef"));
}

static bool renders(const struct visiting *v, struct node function)
{
	const char *name = function_name(v->module, v->app->arena, function);

	return name != NULL ? is_hook_name(name) || is_component_name(name)
			    : is_wrapped(v, function);
}

/* Whether one of the functions around it is a component or a hook. */
static bool is_inside_component(const struct visiting *v, struct node function)
{
	for (struct node at = function_around(function); !node_is_null(at);
	     at = function_around(at))
		if (renders(v, at))
			return true;
	return false;
}

/* Why the call does not happen each time the component is drawn, or not while one is; NULL: it
 * does, as far as can be seen. */
static const char *fault(const struct visiting *v, struct node call)
{
	const struct syntax *syntax = &v->module->syntax;
	struct node function = function_around(call);
	const char *between;

	if (node_is_null(function))
		return "outside of a component";
	if (!renders(v, function)) {
		if (function_name(v->module, v->app->arena, function) != NULL)
			return "in a function that is no component and no hook";
		return is_inside_component(v, function) ? "in a function inside of a component"
							: NULL;
	}
	if (node_is_async(function))
		return "in an `async` function";
	between = flow_obstacle(syntax, call, function);
	if (between == NULL && is_after_return(v->own, call, function))
		between = "after a `return` that is not always taken";
	return between;
}

/* --- calls --------------------------------------------------------------------------------------
 */

/* A hook of React or of the SDK; or one of the app's own, which a name alone makes one: *own. */
static bool is_hook(const struct visiting *v, struct node callee, const char **hook, bool *own)
{
	const struct value call = {VALUE_CALL, v->module, node_parent(callee), false};
	const char *package, *name;

	*own = false;
	if (package_member(v->app, v->module, callee, &package, &name)) {
		*hook = name;
		return is_hook_name(name) &&
		       (str_equal(package, "react") || str_equal(package, "attio/client"));
	}
	if (!node_is(callee, NODE_IDENTIFIER))
		return false;
	*hook = node_text(&v->module->syntax, v->app->arena, callee);
	*own = true;
	return is_hook_name(*hook) && callee_of(v->app, &call).kind == VALUE_FUNCTION;
}

/* What is wrong then is the component, whatever it calls. */
static bool is_async_component(const struct visiting *v, struct node function)
{
	const char *name;

	if (!node_is_async(function) || !renders(v, function))
		return false;
	name = function_name(v->module, v->app->arena, function);
	return name == NULL || is_component_name(name);
}

static bool see_call(const struct visiting *v, struct node node)
{
	struct node callee = node_field(node, FIELD_FUNCTION);
	const char *hook, *where;
	struct diag *diag;
	bool own;

	if (!is_hook(v, callee, &hook, &own) || (where = fault(v, node)) == NULL)
		return true;
	if (is_async_component(v, function_around(node))) {
		tell_async_component(v, v->module, function_around(node), "the component");
		return true;
	}
	/* What the name promises is not always so: of these only what breaks the order. */
	if (own && !renders(v, function_around(node)))
		return true;
	diag = diag_add(v->diags, &v->rule->info, node_place(&v->module->syntax, callee),
			"the hook `%s` is called %s", hook, where);
	diag->help = "call it at the top of the component, before any condition or `return`, and "
		     "use its result below";
	if (own)
		diag->severity = SEVERITY_WARNING;
	return true;
}

static bool wants(struct visiting *v)
{
	struct returns *returns = arena_alloc(v->arena, sizeof(*returns));

	*returns = (struct returns){.end = (size_t)-1};
	v->own = returns;
	return strstr(v->module->text->bytes, "use") != NULL;
}

static const struct walk calls = {
	.modules = WALK_CLIENT,
	.wants = wants,
	.visits = (const struct visit[]){{NODE_CALL_EXPRESSION, see_call}, {NODE_NONE, NULL}},
};

const struct rule rule_hook_order = {
	.info = {"ATT2015", "hook-order", SEVERITY_ERROR},
	.summary = "A hook of React that is not called each time a component is drawn",
	.explanation =
		"React knows hooks by the order in which a component calls them. One that is "
		"called "
		"under a condition, in a loop, after an early `return` or in a callback is missed "
		"the next time, and the component fails; outside of a component each call fails. "
		"For a hook of the app's own this is a warning.",
	.bad = "if (open) {\n  const [name, setName] = useState(\"\")\n}",
	.good = "const [name, setName] = useState(\"\")\nif (open) {\n  return "
		"<Row>{name}</Row>\n}",
	.walk = &calls,
};
