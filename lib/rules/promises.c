/* ATT3009: promises that are started and left. On the server's side the platform may end the
 * function's process as soon as it has returned: work that nobody waits for is lost, and so are its
 * errors. In the client an async function that does not wait for a server function goes on before
 * that has run, and its `catch` never sees what went wrong; a plain function, as event handlers
 * are, has no other way. */
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "rules/handler.h"
#include "rules/internal.h"
#include "rules/types.h"
#include "rules/values.h"
#include "rules/visit.h"

static bool is_one(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (str_equal(name, names[i]))
			return true;
	}
	return false;
}

/* The functions of attio/server that return promises, also those of its objects. */
static bool is_async_sdk(const struct app *app, const struct module *module, struct node callee)
{
	static const char *const functions[] = {"createWebhookHandler", "listWebhookHandlers",
						"getWebhookHandler",    "updateWebhookHandler",
						"deleteWebhookHandler", "getWorkspaceSettings",
						"getWorkspaceSetting",  "setWorkspaceSetting"};
	static const char *const store[] = {"get", "mget", "set", "delete"};
	static const char *const settings[] = {"getSettings", "setSettings"};
	const char *package, *name, *method;

	if (package_member(app, module, callee, &package, &name))
		return strcmp(package, "attio/server") == 0 &&
		       is_one(name, functions, ARRAY_LEN(functions));
	if (!node_is(callee, NODE_MEMBER_EXPRESSION) ||
	    !package_member(app, module, node_field(callee, FIELD_OBJECT), &package, &name) ||
	    strcmp(package, "attio/server") != 0)
		return false;
	method = node_text(&module->syntax, app->arena, node_field(callee, FIELD_PROPERTY));
	return (strcmp(name, "kv") == 0 && is_one(method, store, ARRAY_LEN(store))) ||
	       (strcmp(name, "Settings") == 0 && is_one(method, settings, ARRAY_LEN(settings)));
}

static bool is_fetch(const struct app *app, const struct module *module, struct node callee)
{
	if (node_is(callee, NODE_MEMBER_EXPRESSION))
		return node_text_is(&module->syntax, callee, "globalThis.fetch");
	return node_is(callee, NODE_IDENTIFIER) && node_text_is(&module->syntax, callee, "fetch") &&
	       is_global(app, module, callee);
}

static bool is_async_own(const struct app *app, const struct module *module, struct node call)
{
	struct value value = {VALUE_CALL, module, call, false};
	struct value callee = callee_of(app, &value);
	struct type type;

	if (callee.kind != VALUE_FUNCTION)
		callee = method_of(app, &value);
	if (callee.kind != VALUE_FUNCTION || node_is(callee.node, NODE_GENERATOR_FUNCTION) ||
	    node_is(callee.node, NODE_GENERATOR_FUNCTION_DECLARATION))
		return false;
	if (node_is_async(callee.node))
		return true;
	type = return_type(app, callee.module, callee.node);
	return type_is_promise(&type);
}

bool is_async_call(const struct app *app, const struct module *module, struct node call)
{
	struct node callee = node_unwrap(node_field(call, FIELD_FUNCTION));

	return is_async_sdk(app, module, callee) || is_fetch(app, module, callee) ||
	       is_async_own(app, module, call);
}

/* `Promise.all(...)` and its like, `new Promise(...)`. */
static bool is_promise(const struct app *app, const struct module *module, struct node node)
{
	static const char *const makers[] = {"all", "allSettled", "any", "race"};
	struct node object = node_field(node, FIELD_CONSTRUCTOR);

	if (node_is(node, NODE_CALL_EXPRESSION)) {
		struct node callee = node_unwrap(node_field(node, FIELD_FUNCTION));
		const char *name =
			node_text(&module->syntax, app->arena, node_field(callee, FIELD_PROPERTY));

		if (!node_is(callee, NODE_MEMBER_EXPRESSION) ||
		    !is_one(name, makers, ARRAY_LEN(makers)))
			return false;
		object = node_unwrap(node_field(callee, FIELD_OBJECT));
	}
	return node_is(object, NODE_IDENTIFIER) &&
	       node_text_is(&module->syntax, object, "Promise") && is_global(app, module, object);
}

/* `list.map(async (item) => ...)`: what makes an async call for each item, "map" or "forEach"; NULL
 * for anything else. */
static const char *each_of_list(const struct app *app, const struct module *module,
				struct node call)
{
	struct node callee = node_unwrap(node_field(call, FIELD_FUNCTION));
	struct node first = node_first(node_field(call, FIELD_ARGUMENTS));
	struct node property = node_field(callee, FIELD_PROPERTY);
	bool map = node_text_is(&module->syntax, property, "map");
	struct value value;

	if (!node_is(callee, NODE_MEMBER_EXPRESSION) || node_is_null(first) ||
	    (!map && !node_text_is(&module->syntax, property, "forEach")))
		return NULL;
	value = value_of(app, module, first);
	if (value.kind != VALUE_FUNCTION || !node_is_async(value.node) ||
	    node_is(value.node, NODE_GENERATOR_FUNCTION) ||
	    node_is(value.node, NODE_GENERATOR_FUNCTION_DECLARATION))
		return NULL;
	return map ? "map" : "forEach";
}

bool may_await(struct node node)
{
	while (!node_is_null(node) && !node_is_function(node) && !node_is(node, NODE_CLASS_BODY))
		node = node_parent(node);
	return node_is_function(node) && node_is_async(node);
}

/* A server function as client code sees it: whatever it is, the proxy's answer is a promise. */
static bool is_server_function(const struct app *app, const struct module *module, struct node call)
{
	struct value value = {VALUE_CALL, module, call, false};
	struct value callee = callee_of(app, &value);

	return callee.kind == VALUE_FUNCTION && callee.module != module &&
	       callee.module->role == ROLE_SERVER;
}

static bool on_server(const struct module *module)
{
	return (module->runtimes & RUNTIME_SERVER_SIDE) != 0;
}

/* Adds the finding about a promise, or about calls for the items of a list. */
static struct diag *tell(const struct visiting *p, struct node node, const char *each)
{
	bool new = node_is(node, NODE_NEW_EXPRESSION);
	struct node callee =
		node_unwrap(node_field(node, new ? FIELD_CONSTRUCTOR : FIELD_FUNCTION));
	struct place place = node_place(&p->module->syntax, node);
	struct diag *diag;
	size_t len;
	const char *bytes = node_bytes(&p->module->syntax, callee, &len);

	if (node_is(callee, NODE_IDENTIFIER) || node_is(callee, NODE_MEMBER_EXPRESSION))
		place = node_place(&p->module->syntax, callee);
	if (each != NULL)
		place = node_place(&p->module->syntax, node_field(callee, FIELD_PROPERTY));
	if (each != NULL)
		diag = diag_add(p->diags, &p->rule->info, place,
				"nothing waits for the calls that `%s` makes", each);
	else if (len > 0 && len <= 60 && memchr(bytes, '\n', len) == NULL &&
		 !node_is_function(callee))
		diag = diag_add(p->diags, &p->rule->info, place, "nothing waits for `%s%.*s`",
				new ? "new " : "", (int)len, bytes);
	else
		diag = diag_add(p->diags, &p->rule->info, place, "nothing waits for this call");
	diag->label = on_server(p->module) ? "its work may be cut off and its errors are lost"
					   : "what follows runs before it, and its errors are lost";
	diag->help = "write `await` before it, or `void` when it may be lost";
	if (str_equal(each, "map"))
		diag->help = "write `await Promise.all(...)` around it";
	else if (each != NULL)
		diag->help = "use a `for` loop with `await`, or `await Promise.all(list.map(...))`";
	return diag;
}

static void judge(const struct visiting *p, struct node node, bool whole)
{
	struct place at;
	struct diag *diag;
	const char *each = NULL;

	node = node_unwrap(node);
	if (node_is(node, NODE_TERNARY_EXPRESSION)) {
		judge(p, node_field(node, FIELD_CONSEQUENCE), false);
		judge(p, node_field(node, FIELD_ALTERNATIVE), false);
		return;
	}
	if (node_is(node, NODE_BINARY_EXPRESSION)) {
		judge(p, node_field(node, FIELD_RIGHT), false);
		return;
	}
	if (!node_is(node, NODE_CALL_EXPRESSION) && !node_is(node, NODE_NEW_EXPRESSION))
		return;
	if (node_is(node, NODE_CALL_EXPRESSION))
		each = each_of_list(p->app, p->module, node);
	if (!on_server(p->module)) {
		if (each != NULL || !node_is(node, NODE_CALL_EXPRESSION) || !may_await(node) ||
		    !is_server_function(p->app, p->module, node))
			return;
	} else if (each == NULL && !is_promise(p->app, p->module, node) &&
		   (node_is(node, NODE_NEW_EXPRESSION) || !is_async_call(p->app, p->module, node)))
		return;
	diag = tell(p, node, each);
	if (!whole || !may_await(node) || str_equal(each, "forEach"))
		return;
	at = node_place(&p->module->syntax, node);
	at.end = at.start;
	diag_edit(p->diags, diag, at, each != NULL ? "await Promise.all(" : "await ");
	if (each != NULL) {
		at.start = at.end = node_end(node);
		diag_edit(p->diags, diag, at, ")");
	}
}

static bool see_statement(const struct visiting *v, struct node node)
{
	struct node expression = node_first(node), list = node_unwrap(expression);

	if (!node_is(list, NODE_SEQUENCE_EXPRESSION)) {
		judge(v, expression,
		      node_is(expression, NODE_CALL_EXPRESSION) ||
			      node_is(expression, NODE_NEW_EXPRESSION));
		return true;
	}
	for (struct node at = node_down_named(list); !node_is_null(at); at = node_next_named(at))
		judge(v, at, false);
	return true;
}

static bool is_built(struct visiting *v)
{
	return v->module->runtimes != 0;
}

static const struct walk statements = {
	.wants = is_built,
	.visits = (const struct visit[]){{NODE_EXPRESSION_STATEMENT, see_statement},
					 {NODE_NONE, NULL}},
};

const struct rule rule_floating_promise = {
	.info = {"ATT3009", "floating-promise", SEVERITY_WARNING},
	.summary = "Asynchronous work is started and nobody waits for it",
	.explanation =
		"When a server function, webhook or event handler returns, the platform may "
		"stop it. A "
		"promise that was neither awaited nor returned may then never finish, and "
		"an error in it "
		"is seen by nobody. In client code the same goes for a server function that an "
		"async function calls: the next line runs before it has, and no `catch` "
		"sees its errors. `void` before the call says that this is meant.",
	.bad = "export default async function save(id: string) {\n  kv.set(\"last\", id)\n}",
	.good = "export default async function save(id: string) {\n  await kv.set(\"last\", id)\n}",
	.walk = &statements,
};
