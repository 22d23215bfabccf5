/* ATT3001, ATT3002: the default export of a server function, webhook or event is an async function.
 * The platform calls it blindly, so a mistake shows only when a user runs into it. */
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "rules/flow.h"
#include "rules/handler.h"
#include "rules/types.h"

static const enum definition_kind handler_kinds[] = {DEF_SERVER, DEF_WEBHOOK, DEF_EVENT};

/* --- ATT3001
 * ---------------------------------------------------------------------------------------- */

/* `module.exports = ...`: exports that the ES module facts do not show. */
static bool is_commonjs(const struct module *module)
{
	return module->facts.export_count == 0 &&
	       (strstr(module->text->bytes, "module.exports") != NULL ||
		strstr(module->text->bytes, "exports.default") != NULL);
}

/* The left side of `module.exports = ...` at the top level, or null. */
static struct node commonjs_target(const struct module *module)
{
	static const char *const names[] = {"module.exports", "module.exports.default",
					    "exports.default"};
	struct node root = syntax_root(&module->syntax);

	for (struct node child = node_down_named(root); !node_is_null(child);
	     child = node_next_named(child)) {
		struct node value = node_down_named(child), left = node_field(value, FIELD_LEFT);

		if (!node_is(child, NODE_EXPRESSION_STATEMENT) ||
		    !node_is(value, NODE_ASSIGNMENT_EXPRESSION))
			continue;
		for (size_t i = 0; i < ARRAY_LEN(names); i++)
			if (node_text_is(&module->syntax, left, names[i]))
				return left;
	}
	return (struct node){0};
}

/* JavaScript can be written so; in TypeScript `module` is no name that the app has, and who imports
 * the file finds no default export. */
static void judge_commonjs(const struct rule *rule, struct diags *diags,
			   const struct handler *handler)
{
	const struct module *module = handler->definition->module;
	struct node left = commonjs_target(module);
	struct place place = node_place(&module->syntax, left);
	struct diag *diag;

	if (node_is_null(left) || !path_is_typescript(module->path))
		return;
	diag = diag_add(diags, &rule->info, place,
			"this %s has no default export, which `module.exports` does not make",
			handler->what);
	diag->help = "write `export default` instead of `module.exports =`";
	place.end = node_start(node_field(node_parent(left), FIELD_RIGHT));
	diag_edit(diags, diag, place, "export default ");
}

/* `new Proxy(...)` and `new Function(...)` can be called. */
static bool is_callable_object(const struct value *value)
{
	struct node constructor = node_field(value->node, FIELD_CONSTRUCTOR);

	return value->kind == VALUE_NEW &&
	       (node_text_is(&value->module->syntax, constructor, "Proxy") ||
		node_text_is(&value->module->syntax, constructor, "Function"));
}

/* What has one export has it under the wrong name. */
static const char *default_remedy(const struct app *app, const struct handler *handler)
{
	const struct facts *facts = &handler->definition->module->facts;
	const char *name = facts->export_count == 1 ? facts->exports[0].name : NULL;

	if (handler->item != NULL || name == NULL || facts->exports[0].type_only)
		return "add `export default async function ...`: the platform calls the default "
		       "export and nothing else";
	return arena_printf(app->arena,
			    "make it `export default async function %s`%s: the platform calls the "
			    "default export and nothing else",
			    name,
			    handler->definition->module->role == ROLE_SERVER
				    ? ", and import it without braces"
				    : "");
}

static void default_export(const struct rule *rule, const struct app *app, struct diags *diags,
			   const struct handler *handler)
{
	struct diag *diag;
	const char *words;

	if (handler->item == NULL || handler->item->type_only || !handler->resolved.found) {
		if (handler->item == NULL && is_commonjs(handler->definition->module)) {
			judge_commonjs(rule, diags, handler);
			return;
		}
		diag = diag_add(diags, &rule->info, export_place(handler),
				"this %s has no default export", handler->what);
		diag->help = default_remedy(app, handler);
		return;
	}
	words = value_words(&handler->value);
	if (words == NULL || handler->value.kind == VALUE_FUNCTION ||
	    is_callable_object(&handler->value))
		return;
	diag = diag_add(diags, &rule->info, export_place(handler),
			"the default export of this %s is %s, not a function", handler->what,
			words);
	diag->help = "default-export an async function";
}

static void check_default_export(const struct rule *rule, const struct app *app,
				 struct diags *diags)
{
	each_handler(rule, app, diags, handler_kinds, ARRAY_LEN(handler_kinds), default_export);
}

/* --- ATT3002
 * ---------------------------------------------------------------------------------------- */

#define PROMISE_STEPS 16

/* Gathers whether every `return` gives a promise as far as can be seen. */
struct promises {
	const struct app *app;
	const struct module *module;
	size_t returns;
	bool all;
	int steps;
};

static bool returns_promise(const struct app *app, const struct value *function, int steps);
static bool may_be_promise(const struct promises *p, struct node expression);

static bool is_listed(const struct module *module, struct node node, const char *const *words)
{
	for (size_t i = 0; words[i] != NULL; i++) {
		if (node_text_is(&module->syntax, node, words[i]))
			return true;
	}
	return false;
}

/* Calls that cannot give a promise: functions of the language and methods of its strings, arrays,
 * numbers and dates. What we do not know is trusted. */
static bool is_plain_call(const struct app *app, const struct module *module, struct node callee)
{
	static const char *const functions[] = {"String",
						"Number",
						"Boolean",
						"BigInt",
						"Symbol",
						"Array",
						"Object",
						"Date",
						"parseInt",
						"parseFloat",
						"isNaN",
						"isFinite",
						"encodeURIComponent",
						"decodeURIComponent",
						"encodeURI",
						"decodeURI",
						"btoa",
						"atob",
						"structuredClone",
						NULL};
	static const char *const spaces[] = {"JSON",   "Math",    "Object",   "Array",
					     "Number", "String",  "Date",     "BigInt",
					     "Symbol", "console", "Response", NULL};
	static const char *const methods[] = {
		"map",           "filter",      "join",        "slice",     "splice",
		"concat",        "flat",        "flatMap",     "sort",      "reverse",
		"toSorted",      "toReversed",  "some",        "every",     "includes",
		"indexOf",       "lastIndexOf", "startsWith",  "endsWith",  "toString",
		"toUpperCase",   "toLowerCase", "trim",        "trimStart", "trimEnd",
		"split",         "replace",     "replaceAll",  "substring", "substr",
		"padStart",      "padEnd",      "repeat",      "charAt",    "charCodeAt",
		"localeCompare", "toFixed",     "toISOString", "toJSON",    "toLocaleString",
		"valueOf",       "getTime",     "getFullYear", NULL};
	struct node object;

	if (node_is(callee, NODE_IDENTIFIER))
		return is_listed(module, callee, functions) && is_global(app, module, callee);
	if (!node_is(callee, NODE_MEMBER_EXPRESSION))
		return false;
	object = node_unwrap(node_field(callee, FIELD_OBJECT));
	if (node_is(object, NODE_IDENTIFIER) && is_listed(module, object, spaces) &&
	    is_global(app, module, object))
		return true;
	return is_listed(module, node_field(callee, FIELD_PROPERTY), methods);
}

/* `rows.reduce((sum, row) => sum + row.amount, 0)`: what begins as no promise and is handed on by a
 * function that is not async stays none. */
static bool is_plain_fold(const struct app *app, const struct value *call)
{
	struct node callee = node_unwrap(node_field(call->node, FIELD_FUNCTION));
	struct node arguments = node_field(call->node, FIELD_ARGUMENTS);
	struct value step, first;

	if (!node_is(callee, NODE_MEMBER_EXPRESSION) ||
	    !node_text_is(&call->module->syntax, node_field(callee, FIELD_PROPERTY), "reduce") ||
	    node_count(arguments) != 2)
		return false;
	step = value_of(app, call->module, node_down_named(arguments));
	first = value_of(app, call->module, node_next_named(node_down_named(arguments)));
	return step.kind == VALUE_FUNCTION && !node_is_async(step.node) &&
	       (first.kind == VALUE_LITERAL || first.kind == VALUE_OBJECT);
}

static bool call_may_be_promise(const struct promises *p, const struct value *call)
{
	struct node callee = node_unwrap(node_field(call->node, FIELD_FUNCTION));
	struct value target;

	if (is_plain_call(p->app, call->module, callee) || is_plain_fold(p->app, call))
		return false;
	target = callee_of(p->app, call);
	return target.kind != VALUE_FUNCTION || node_is_async(target.node) ||
	       returns_promise(p->app, &target, p->steps - 1);
}

/* A parameter or variable: a promise when it is declared as one, or could be one for all we see. */
static bool name_may_be_promise(const struct promises *p, const struct value *value)
{
	struct type type = expression_type(p->app, value->module, value->node);

	return !node_is_null(type.node) && (type_is_promise(&type) || type.package != NULL);
}

static bool may_be_promise(const struct promises *p, struct node expression)
{
	struct node node = expression;
	struct value value;
	struct type type;

	while (node_is(node, NODE_PARENTHESIZED_EXPRESSION) ||
	       node_is(node, NODE_NON_NULL_EXPRESSION))
		node = node_first(node);
	if (node_is(node, NODE_AS_EXPRESSION)) {
		type = expression_type(p->app, p->module, node);
		if (type_is_promise(&type))
			return true;
	}
	node = node_unwrap(node);
	value = value_of(p->app, p->module, node);
	switch (value.kind) {
	case VALUE_CALL:
		return p->steps <= 0 || call_may_be_promise(p, &value);
	case VALUE_NEW:
		/* A class of the app or of a package may extend Promise. */
		node = node_field(value.node, FIELD_CONSTRUCTOR);
		return node_text_is(&value.module->syntax, node, "Promise") ||
		       !(node_is(node, NODE_IDENTIFIER) && is_global(p->app, value.module, node));
	case VALUE_UNKNOWN:
		return true;
	case VALUE_NAME:
		return name_may_be_promise(p, &value);
	default:
		return false;
	}
}

static void visit_promise(void *payload, struct node place, struct node expression)
{
	struct promises *p = payload;

	(void)place;
	p->returns++;
	/* `place` keeps the casts that `expression` has lost. */
	if (node_is_null(expression) || !may_be_promise(p, place))
		p->all = false;
}

static bool returns_promise(const struct app *app, const struct value *function, int steps)
{
	struct type type = return_type(app, function->module, function->node);
	struct promises p = {app, function->module, 0, true, steps};

	if (!node_is_null(type.node)) {
		struct type member;

		for (struct node at = {0}; type_next_member(app, &type, &at, &member);) {
			if (type_is_promise(&member) || member.package != NULL)
				return true;
		}
		if (!type_is_open(&type))
			return false;
		if (!type_is_word(&type, "any") && !type_is_word(&type, "unknown") &&
		    !type_is_word(&type, "never"))
			return true;
	}
	each_returned(function->module, function->node, visit_promise, &p);
	return p.returns > 0 && p.all && !falls_off_end(app, function->module, function->node);
}

static bool is_generator(struct node function)
{
	return node_is(function, NODE_GENERATOR_FUNCTION) ||
	       node_is(function, NODE_GENERATOR_FUNCTION_DECLARATION);
}

/* Writes `async` before the function and wraps the result that it declares. A type from around the
 * function (of its variable, of `satisfies`) would no longer fit: then there is no fix. */
static void make_async(const struct app *app, struct diags *diags, struct diag *diag,
		       const struct handler *handler)
{
	const struct module *module = handler->value.module;
	struct node function = handler->value.node;
	struct node declared = node_field(function, FIELD_RETURN_TYPE),
		    result = node_first(declared);
	struct type type = return_type(app, module, function);
	struct place place = node_place(&module->syntax, result);

	/* `x is T` is no type of a value. */
	if (node_is(declared, NODE_TYPE_ANNOTATION) ? node_is_null(result)
						    : !node_is_null(type.node))
		return;
	diag_edit(diags, diag,
		  (struct place){module->path, node_start(function), node_start(function)},
		  "async ");
	if (!node_is_null(result))
		diag_edit(diags, diag, place,
			  arena_printf(app->arena, "Promise<%s>",
				       node_text(&module->syntax, app->arena, result)));
}

/* --- a server function that works although it is not async: it does nothing asynchronous, and
 * every call awaits it, as if it were */

struct usage {
	const struct app *app;
	const struct module *module; /* that is looked at */
	const struct value *function;
	size_t awaited;
	bool is_bad;
};

static bool visit_inside(struct node node, void *payload)
{
	struct usage *usage = payload;

	if (node_is(node, NODE_AWAIT_EXPRESSION) ||
	    (node_is(node, NODE_CALL_EXPRESSION) && is_async_call(usage->app, usage->module, node)))
		usage->is_bad = true;
	return !usage->is_bad;
}

static bool visit_call(struct node node, void *payload)
{
	struct usage *usage = payload;
	struct value call = {VALUE_CALL, usage->module, node, false}, target;
	struct node parent = node_parent(node);

	if (usage->is_bad || !node_is(node, NODE_CALL_EXPRESSION))
		return !usage->is_bad;
	target = callee_of(usage->app, &call);
	if (target.kind != VALUE_FUNCTION || target.module != usage->function->module ||
	    !node_same(target.node, usage->function->node))
		return true;
	while (node_is(parent, NODE_PARENTHESIZED_EXPRESSION))
		parent = node_parent(parent);
	if (node_is(parent, NODE_AWAIT_EXPRESSION))
		usage->awaited++;
	else
		usage->is_bad = true;
	return true;
}

static bool works_all_the_same(const struct app *app, const struct handler *handler)
{
	struct usage usage = {app, handler->value.module, &handler->value, 0, false};

	if (handler->definition->kind != DEF_SERVER)
		return false;
	node_walk(handler->value.node, visit_inside, &usage);
	for (size_t i = 0; i < app->module_count && !usage.is_bad; i++) {
		usage.module = app->modules[i];
		node_walk(syntax_root(&usage.module->syntax), visit_call, &usage);
	}
	return usage.awaited > 0 && !usage.is_bad;
}

static void handler_async(const struct rule *rule, const struct app *app, struct diags *diags,
			  const struct handler *handler)
{
	struct diag *diag;
	struct node function = handler->value.node;

	if (handler->value.kind != VALUE_FUNCTION)
		return;
	if (is_generator(function)) {
		diag_add(diags, &rule->info, signature_place(handler),
			 "this %s is a generator, not an async function", handler->what)
			->help =
			"return one value from an `async function` instead of yielding several";
		return;
	}
	if (node_is_async(function) || returns_promise(app, &handler->value, PROMISE_STEPS))
		return;
	diag = diag_add(diags, &rule->info, signature_place(handler), "this %s is not async",
			handler->what);
	diag->help = "write `async` before it: the platform waits for a promise";
	if (works_all_the_same(app, handler)) {
		diag->severity = SEVERITY_WARNING;
		diag->label = "works only because every call awaits it";
	}
	if (handler->value.module != handler->definition->module)
		diag_note(diags, diag,
			  node_place(&handler->value.module->syntax,
				     node_is_null(node_field(function, FIELD_NAME))
					     ? function
					     : node_field(function, FIELD_NAME)),
			  "this is the function");
	if (handler->value.module == handler->definition->module &&
	    !node_is(function, NODE_METHOD_DEFINITION))
		make_async(app, diags, diag, handler);
}

static void check_handler_async(const struct rule *rule, const struct app *app, struct diags *diags)
{
	each_handler(rule, app, diags, handler_kinds, ARRAY_LEN(handler_kinds), handler_async);
}

const struct rule rule_handler_default_export = {
	.info = {"ATT3001", "handler-default-export", SEVERITY_ERROR},
	.summary = "A server function, webhook or event has no default-exported function",
	.explanation =
		"The platform loads the file and calls its default export. Without one, or with an "
		"object, a class or a literal in its place, every call fails at run time, and no "
		"build step says so.\n\n"
		"What a call or a package's export gives is trusted.",
	.bad = "// src/send.server.ts\nexport async function send() {}",
	.good = "// src/send.server.ts\nexport default async function send() {}",
	.check = check_default_export,
};

const struct rule rule_handler_async = {
	.info = {"ATT3002", "handler-async", SEVERITY_ERROR},
	.summary = "A server function, webhook or event is not async",
	.explanation =
		"Handlers are async functions. A function that is not, but declares a "
		"promise as its "
		"result or returns one on every path, is accepted.\n\n"
		"A server function that does nothing asynchronous and whose every call awaits "
		"it is a warning: it works, but its type promises the value itself, which a "
		"caller in the client never gets.",
	.bad = "// src/add.server.ts\nexport default function add(a: number, b: number) {\n"
	       "  return a + b\n}",
	.good = "// src/add.server.ts\nexport default async function add(a: number, b: number) {\n"
		"  return a + b\n}",
	.check = check_handler_async,
};
