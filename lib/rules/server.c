/* ATT3001, ATT3002, ATT3005, ATT3006: what the default export of a server function, webhook or event
 * must be. The platform calls it blindly, so a mistake shows only when a user runs into it. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "rules/internal.h"
#include "rules/types.h"
#include "rules/values.h"

/* A handler and what its default export turned out to be. */
struct handler {
	const struct definition *definition;
	const char *what;            /* "server function", "webhook", "event handler" */
	const struct export *item;   /* of the definition's own module; NULL when there is none */
	struct resolved resolved;
	struct value value;
};

static const enum definition_kind handler_kinds[] = {DEF_SERVER, DEF_WEBHOOK, DEF_EVENT};

static const char *kind_words(enum definition_kind kind)
{
	return kind == DEF_SERVER ? "server function" : kind == DEF_WEBHOOK ? "webhook" : "event handler";
}

/* `module.exports = ...`: exports that the ES module facts do not show. */
static bool is_commonjs(const struct module *module)
{
	return module->facts.export_count == 0 &&
	       (strstr(module->text->bytes, "module.exports") != NULL ||
		strstr(module->text->bytes, "exports.default") != NULL);
}

static struct handler read_handler(const struct app *app, const struct definition *definition)
{
	const struct module *module = definition->module;
	struct handler handler = {.definition = definition, .what = kind_words(definition->kind)};

	handler.item = facts_export(&module->facts, "default");
	handler.resolved = app_resolve_export(app, module, "default");
	if (handler.resolved.found && !handler.resolved.opaque && !ts_node_is_null(handler.resolved.node)) {
		TSNode node = handler.resolved.node;

		/* `let f = ...; export default f` */
		if (node_is(node, "variable_declarator"))
			node = node_field(node, "value");
		handler.value = value_of(app, handler.resolved.module, (TSNode){0}, node);
	}
	return handler;
}

/* Calls `check` for every handler that can be read. */
typedef void (*handler_check)(const struct rule *rule, const struct app *app, struct diags *diags,
			      const struct handler *handler);

static void each_handler(const struct rule *rule, const struct app *app, struct diags *diags,
			 const enum definition_kind *kinds, size_t kind_count, handler_check check)
{
	for (size_t k = 0; k < kind_count; k++) {
		const struct definition *definition;

		for (size_t i = 0; (definition = app_definition(app, kinds[k], i)) != NULL; i++) {
			struct handler handler;

			if (ts_node_has_error(definition->module->syntax.root))
				continue; /* what a broken file exports is anybody's guess */
			handler = read_handler(app, definition);
			check(rule, app, diags, &handler);
		}
	}
}

static struct place export_place(const struct handler *handler)
{
	if (handler->item != NULL)
		return handler->item->place;
	return (struct place){.file = handler->definition->module->path};
}

/* Where to point: at the function itself when it is in the handler's own file. */
static struct place function_place(const struct handler *handler, TSNode node)
{
	if (handler->value.module == handler->definition->module && !ts_node_is_null(node))
		return node_place(&handler->value.module->syntax, node);
	return export_place(handler);
}

/* From the start of the function to its body: the signature. */
static struct place signature_place(const struct handler *handler)
{
	TSNode function = handler->value.node, body = node_field(function, "body");
	struct place place = function_place(handler, function);

	if (handler->value.module == handler->definition->module && !ts_node_is_null(body)) {
		place.end = ts_node_start_byte(body);
		while (place.end > place.start &&
		       strchr(" \t\r\n", handler->value.module->text->bytes[place.end - 1]) != NULL)
			place.end--;
	}
	return place;
}

/* --- ATT3001 ---------------------------------------------------------------------------------------- */

static void default_export(const struct rule *rule, const struct app *app, struct diags *diags,
			   const struct handler *handler)
{
	struct diag *diag;
	const char *words;

	if (handler->item == NULL || handler->item->type_only || !handler->resolved.found) {
		if (handler->item == NULL && is_commonjs(handler->definition->module))
			return;
		diag = diag_add(diags, &rule->info, export_place(handler),
				"this %s has no default export", handler->what);
		diag->help = "add `export default async function ...`: the platform calls the default "
			     "export and nothing else";
		return;
	}
	words = value_words(&handler->value);
	if (words == NULL || handler->value.kind == VALUE_FUNCTION)
		return;
	diag = diag_add(diags, &rule->info, export_place(handler),
			"the default export of this %s is %s, not a function", handler->what, words);
	diag->help = "default-export an async function";
	(void)app;
}

static void check_default_export(const struct rule *rule, const struct app *app, struct diags *diags)
{
	each_handler(rule, app, diags, handler_kinds, 3, default_export);
}

/* --- ATT3002 ---------------------------------------------------------------------------------------- */

/* Gathers whether every `return` gives a promise as far as can be seen. */
struct promises {
	const struct app *app;
	const struct module *module;
	TSNode function;
	size_t returns;
	bool all;
};

static bool may_be_promise(const struct promises *p, TSNode expression);

static bool call_may_be_promise(const struct promises *p, const struct value *value)
{
	TSNode callee = node_unwrap(node_field(value->node, "function"));
	struct value target;

	if (!node_is(callee, "identifier"))
		return true; /* a member of something: `.then()`, `Promise.all()`, a library */
	target = value_of(p->app, value->module, p->function, callee);
	if (target.kind == VALUE_FUNCTION) {
		struct type type;

		if (node_is_async(target.node))
			return true;
		type = return_type(p->app, target.module, target.node);
		return ts_node_is_null(type.node) || type_is_open(&type) || type_is_promise(&type);
	}
	return true;
}

static bool may_be_promise(const struct promises *p, TSNode expression)
{
	TSNode node = node_unwrap(expression);
	struct value value;

	if (node_is(node, "ternary_expression"))
		return may_be_promise(p, node_field(node, "consequence")) &&
		       may_be_promise(p, node_field(node, "alternative"));
	if (node_is(node, "binary_expression"))
		return false;
	value = value_of(p->app, p->module, p->function, node);
	switch (value.kind) {
	case VALUE_CALL: return call_may_be_promise(p, &value);
	case VALUE_NEW: return node_text_is(&value.module->syntax, node_field(value.node, "constructor"), "Promise");
	case VALUE_UNKNOWN: return true;
	default: return false;
	}
}

static void visit_promise(TSNode statement, TSNode value, void *payload)
{
	struct promises *p = payload;

	(void)statement;
	p->returns++;
	if (ts_node_is_null(value) || !may_be_promise(p, value))
		p->all = false;
}

static bool returns_promise(const struct app *app, const struct value *function)
{
	struct type type = return_type(app, function->module, function->node);
	struct promises p = {app, function->module, function->node, 0, true};

	if (!ts_node_is_null(type.node)) {
		for (size_t i = 0; i < type_member_count(&type); i++) {
			struct type member = type_member(app, &type, i);

			if (type_is_promise(&member) || member.package != NULL)
				return true;
		}
		if (type_is_open(&type) && !type_is_word(&type, "any") && !type_is_word(&type, "unknown"))
			return true;
		if (!type_is_open(&type))
			return false;
	}
	each_return(function->node, visit_promise, &p);
	return p.returns > 0 && p.all && !falls_off_end(function->node);
}

static void handler_async(const struct rule *rule, const struct app *app, struct diags *diags,
			  const struct handler *handler)
{
	struct diag *diag;
	TSNode function = handler->value.node;

	if (handler->value.kind != VALUE_FUNCTION || node_is_async(function) ||
	    node_is(function, "function_signature") || returns_promise(app, &handler->value))
		return;
	diag = diag_add(diags, &rule->info, signature_place(handler), "this %s is not async",
			handler->what);
	diag->help = "write `async` before it: the platform waits for a promise";
	if (handler->value.module == handler->definition->module) {
		size_t at = ts_node_start_byte(function);

		diag_edit(diags, diag,
			  (struct place){.file = handler->definition->module->path, .start = at, .end = at},
			  "async ");
	}
}

static void check_handler_async(const struct rule *rule, const struct app *app, struct diags *diags)
{
	each_handler(rule, app, diags, handler_kinds, 3, handler_async);
}

/* --- parameters -------------------------------------------------------------------------------------- */

#define MAX_PARAMETERS 16

struct parameter {
	TSNode node;    /* required_parameter, optional_parameter, or the bare name of an arrow function */
	TSNode pattern;
	TSNode type;    /* type_annotation, or null */
	bool required;
};

static size_t read_parameters(const struct value *function, struct parameter *list)
{
	TSNode single = node_field(function->node, "parameter");
	TSNode all = node_field(function->node, "parameters");
	size_t count = 0;

	if (!ts_node_is_null(single)) {
		list[0] = (struct parameter){.node = single, .pattern = single, .required = true};
		return 1;
	}
	for (uint32_t i = 0; i < ts_node_named_child_count(all) && count < MAX_PARAMETERS; i++) {
		TSNode node = ts_node_named_child(all, i), pattern = node_field(node, "pattern");

		if (ts_node_is_null(pattern) || node_is(pattern, "this"))
			continue;
		list[count++] = (struct parameter){
			.node = node,
			.pattern = pattern,
			.type = node_field(node, "type"),
			.required = node_is(node, "required_parameter") &&
				    ts_node_is_null(node_field(node, "value")) &&
				    !node_is(pattern, "rest_pattern"),
		};
	}
	return count;
}

/* --- returned values ----------------------------------------------------------------------------------- */

struct return_check {
	const struct rule *rule;
	const struct app *app;
	struct diags *diags;
	const struct handler *handler;
	/* Complains about one returned expression. */
	void (*judge)(struct return_check *check, TSNode place, TSNode expression);
};

static void judge_parts(struct return_check *check, TSNode expression)
{
	TSNode node = node_unwrap(expression);

	if (node_is(node, "ternary_expression")) {
		judge_parts(check, node_field(node, "consequence"));
		judge_parts(check, node_field(node, "alternative"));
		return;
	}
	check->judge(check, expression, node);
}

static void visit_return(TSNode statement, TSNode value, void *payload)
{
	struct return_check *check = payload;

	if (ts_node_is_null(value))
		check->judge(check, statement, value);
	else
		judge_parts(check, value);
}

/* The declared return type of a call of one of the app's own functions; null node when unknown. */
static struct type called_type(const struct app *app, const struct value *value, TSNode function)
{
	TSNode callee = node_unwrap(node_field(value->node, "function"));
	struct value target;

	if (!node_is(callee, "identifier"))
		return (struct type){0};
	target = value_of(app, value->module, function, callee);
	if (target.kind != VALUE_FUNCTION)
		return (struct type){0};
	return return_type(app, target.module, target.node);
}

/* T of a declared Promise<T>, or the type itself. */
static struct type unpromised(const struct app *app, struct type type)
{
	return type_is_promise(&type) ? type_argument(app, &type) : type;
}

/* --- ATT3005 ---------------------------------------------------------------------------------------- */

static bool is_response_type(const struct app *app, const struct type *declared)
{
	struct type type = unpromised(app, *declared);

	if (type_is_open(&type))
		return true;
	for (size_t i = 0; i < type_member_count(&type); i++) {
		struct type member = type_member(app, &type, i);

		member = unpromised(app, member);
		if (!type_is_open(&member) && !str_equal(member.name, "Response"))
			return false;
	}
	return true;
}

static bool is_response_class(const struct app *app, const struct value *value)
{
	TSNode callee = node_unwrap(node_field(value->node, "constructor"));
	struct resolved resolved;

	if (node_text_is(&value->module->syntax, callee, "Response"))
		return true;
	if (!node_is(callee, "identifier"))
		return true;
	resolved = app_resolve_name(app, value->module,
				    node_text(&value->module->syntax, app->arena, callee));
	if (resolved.opaque && resolved.found)
		return true; /* a package's class may be a Response */
	/* The app's own class may extend Response; a global of another name does not. */
	return resolved.found && !ts_node_is_null(resolved.node);
}

static bool is_wrong_response(const struct return_check *check, const struct value *value)
{
	struct type type;

	switch (value->kind) {
	case VALUE_CALL:
		type = called_type(check->app, value, check->handler->value.node);
		return !ts_node_is_null(type.node) && !is_response_type(check->app, &type);
	case VALUE_NEW: return !is_response_class(check->app, value);
	case VALUE_FUNCTION:
	case VALUE_CLASS:
	case VALUE_OBJECT:
	case VALUE_LITERAL:
	case VALUE_UNDEFINED: return true;
	default: return false;
	}
}

static void judge_response(struct return_check *check, TSNode place, TSNode expression)
{
	const struct value *function = &check->handler->value;
	struct diag *diag;

	if (ts_node_is_null(expression)) {
		diag = diag_add(check->diags, &check->rule->info, function_place(check->handler, place),
				"this webhook returns nothing here");
	} else {
		struct value value = value_of(check->app, function->module, function->node, expression);
		const char *words = value_words(&value);

		if (!is_wrong_response(check, &value))
			return;
		diag = diag_add(check->diags, &check->rule->info, function_place(check->handler, place),
				"this webhook returns %s instead of a `Response`",
				words != NULL ? words : "another type");
	}
	diag->help = "return `new Response(...)` on every path: it is what the caller gets";
}

static void webhook_parameters(const struct rule *rule, const struct app *app, struct diags *diags,
			       const struct handler *handler)
{
	struct parameter list[MAX_PARAMETERS];
	size_t count = read_parameters(&handler->value, list);

	for (size_t i = 0; i < count; i++) {
		struct type type;
		bool fits = false;

		if (i > 0) {
			if (list[i].required)
				diag_add(diags, &rule->info, function_place(handler, list[i].node),
					 "a webhook gets one argument, the `Request`")
					->help = "remove the other parameters, or make them optional";
			continue;
		}
		type = type_of(app, handler->value.module, list[i].type);
		if (ts_node_is_null(list[i].type) || type_is_open(&type) ||
		    node_is(list[i].pattern, "rest_pattern"))
			continue;
		for (size_t m = 0; m < type_member_count(&type); m++) {
			struct type member = type_member(app, &type, m);
			fits = fits || type_is_open(&member) || str_equal(member.name, "Request");
		}
		if (!fits)
			diag_add(diags, &rule->info, function_place(handler, list[i].type),
				 "a webhook's argument is a `Request`")
				->help = "declare it as `(request: Request)` and read the body with "
					 "`await request.json()`";
	}
}

static void webhook_signature(const struct rule *rule, const struct app *app, struct diags *diags,
			      const struct handler *handler)
{
	struct return_check check = {rule, app, diags, handler, judge_response};
	struct type type;

	if (handler->value.kind != VALUE_FUNCTION)
		return;
	webhook_parameters(rule, app, diags, handler);
	type = return_type(app, handler->value.module, handler->value.node);
	if (!ts_node_is_null(type.node) && !is_response_type(app, &type)) {
		TSNode declared = node_field(handler->value.node, "return_type");

		diag_add(diags, &rule->info,
			 ts_node_is_null(declared) ? signature_place(handler)
						   : function_place(handler, node_first(declared)),
			 "a webhook's declared result must be `Promise<Response>`")
			->help = "return a `Response` on every path and declare `Promise<Response>`";
		return;
	}
	each_return(handler->value.node, visit_return, &check);
	if (falls_off_end(handler->value.node))
		diag_add(diags, &rule->info, signature_place(handler),
			 "this webhook can end without returning a `Response`")
			->help = "end it with `return new Response(null, {status: 200})`, so that the caller "
				 "gets an answer on every path";
}

static void check_webhook_signature(const struct rule *rule, const struct app *app,
				    struct diags *diags)
{
	static const enum definition_kind kinds[] = {DEF_WEBHOOK};

	each_handler(rule, app, diags, kinds, 1, webhook_signature);
}

/* --- ATT3006 ---------------------------------------------------------------------------------------- */

static bool pattern_takes(const struct module *module, TSNode pattern, const char *name)
{
	for (uint32_t i = 0; i < ts_node_named_child_count(pattern); i++) {
		TSNode item = ts_node_named_child(pattern, i), key = item;

		if (node_is(item, "rest_pattern"))
			return true;
		if (node_is(item, "pair_pattern"))
			key = node_field(item, "key");
		else if (node_is(item, "object_assignment_pattern"))
			key = node_field(item, "left");
		if (node_text_is(&module->syntax, key, name))
			return true;
	}
	return ts_node_named_child_count(pattern) == 0;
}

static bool holds_connection(const struct app *app, const struct type *type)
{
	for (size_t i = 0; i < type_member_count(type); i++) {
		struct type member = type_member(app, type, i);

		/* The connection itself, instead of an object that holds it: the usual slip. */
		if (str_equal(member.imported, "Connection"))
			continue;
		if (type_is_open(&member) || str_equal(member.name, "object"))
			return true;
		if (type_is_object(&member) && type_has_property(app, &member, "connection"))
			return true;
	}
	return false;
}

static void event_parameters(const struct rule *rule, const struct app *app, struct diags *diags,
			     const struct handler *handler)
{
	static const char help[] = "take `({connection}: {connection: Connection})`";
	struct parameter list[MAX_PARAMETERS];
	size_t count = read_parameters(&handler->value, list);
	struct type type;

	for (size_t i = 1; i < count; i++) {
		if (list[i].required)
			diag_add(diags, &rule->info, function_place(handler, list[i].node),
				 "an event handler gets one argument, an object with `connection`")
				->help = help;
	}
	if (count == 0 || node_is(list[0].pattern, "rest_pattern"))
		return;
	if (!ts_node_is_null(list[0].type)) {
		type = type_of(app, handler->value.module, list[0].type);
		if (!ts_node_is_null(type.node) && !holds_connection(app, &type)) {
			diag_add(diags, &rule->info, function_place(handler, list[0].node),
				 "the argument of an event handler is an object with `connection`")
				->help = help;
			return;
		}
	}
	if (node_is(list[0].pattern, "array_pattern") ||
	    (node_is(list[0].pattern, "object_pattern") &&
	     !pattern_takes(handler->value.module, list[0].pattern, "connection")))
		diag_add(diags, &rule->info, function_place(handler, list[0].pattern),
			 "the argument of an event handler has only the property `connection`")
			->help = help;
}

/* Whether a call visibly gives a value: SDK functions and `fetch` by name, methods of a Response,
 * functions of the app by their declared type. Other calls may well return nothing. */
static bool call_gives_value(const struct return_check *check, const struct value *value)
{
	static const char *const sdk[] = {"createWebhookHandler", "updateWebhookHandler",
					  "getWebhookHandler",    "listWebhookHandlers",
					  "getCurrentUser",       "getWorkspaceConnection",
					  "getUserConnection",    NULL};
	static const char *const methods[] = {"json", "text", "map", "filter", NULL};
	TSNode callee = node_unwrap(node_field(value->node, "function"));
	struct type type = called_type(check->app, value, check->handler->value.node);
	const char *package, *name;

	if (!ts_node_is_null(type.node)) {
		type = unpromised(check->app, type);
		return !type_is_open(&type) && !type_is_word(&type, "void") &&
		       !type_is_word(&type, "undefined");
	}
	if (package_member(check->app, value->module, callee, &package, &name)) {
		for (size_t i = 0; sdk[i] != NULL && strcmp(package, "attio/server") == 0; i++) {
			if (strcmp(name, sdk[i]) == 0 && strcmp(name, "updateWebhookHandler") != 0)
				return true;
		}
		return false;
	}
	if (node_text_is(&value->module->syntax, callee, "fetch"))
		return true;
	for (size_t i = 0; node_is(callee, "member_expression") && methods[i] != NULL; i++) {
		if (node_text_is(&value->module->syntax, node_field(callee, "property"), methods[i]))
			return true;
	}
	return false;
}

static void judge_nothing(struct return_check *check, TSNode place, TSNode expression)
{
	const struct value *function = &check->handler->value;
	struct value value;
	bool wrong;

	if (ts_node_is_null(expression))
		return;
	value = value_of(check->app, function->module, function->node, expression);
	switch (value.kind) {
	case VALUE_UNDEFINED:
	case VALUE_UNKNOWN: wrong = false; break;
	case VALUE_CALL:
		/* A name bound to a call's result stands for a value that somebody kept. */
		wrong = node_is(expression, "identifier") || call_gives_value(check, &value);
		break;
	case VALUE_NEW:
		wrong = !node_text_is(&value.module->syntax, node_field(value.node, "constructor"), "Promise");
		break;
	default: wrong = true; break;
	}
	if (wrong)
		diag_add(check->diags, &check->rule->info, function_place(check->handler, place),
			 "an event handler returns nothing")
			->help = "drop the value: nobody receives it";
}

static void event_signature(const struct rule *rule, const struct app *app, struct diags *diags,
			    const struct handler *handler)
{
	struct return_check check = {rule, app, diags, handler, judge_nothing};
	struct type declared, type;
	bool fits;

	if (handler->value.kind != VALUE_FUNCTION)
		return;
	event_parameters(rule, app, diags, handler);
	declared = return_type(app, handler->value.module, handler->value.node);
	type = unpromised(app, declared);
	fits = ts_node_is_null(type.node) || type_is_open(&type);
	for (size_t i = 0; !fits && i < type_member_count(&type); i++) {
		struct type member = type_member(app, &type, i);

		fits = type_is_word(&member, "void") || type_is_word(&member, "undefined");
	}
	if (!fits) {
		TSNode node = node_field(handler->value.node, "return_type");

		diag_add(diags, &rule->info,
			 ts_node_is_null(node) ? signature_place(handler)
					       : function_place(handler, node_first(node)),
			 "an event handler returns nothing: its declared result must be `Promise<void>`")
			->help = "declare `Promise<void>` and return no value";
		return;
	}
	each_return(handler->value.node, visit_return, &check);
}

static void check_event_signature(const struct rule *rule, const struct app *app, struct diags *diags)
{
	static const enum definition_kind kinds[] = {DEF_EVENT};

	each_handler(rule, app, diags, kinds, 1, event_signature);
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
		"Handlers are async functions. A function that is not, but declares a promise as its "
		"result or returns one on every path, is accepted.",
	.bad = "// src/add.server.ts\nexport default function add(a: number, b: number) {\n"
	       "  return a + b\n}",
	.good = "// src/add.server.ts\nexport default async function add(a: number, b: number) {\n"
		"  return a + b\n}",
	.check = check_handler_async,
};

const struct rule rule_webhook_signature = {
	.info = {"ATT3005", "webhook-signature", SEVERITY_ERROR},
	.summary = "A webhook does not take a Request and return a Response",
	.explanation =
		"A webhook is called with one `Request` and must return a `Response` (or a promise of "
		"one) on every path that does not throw. A missing or wrong result reaches the "
		"calling service as a failure, and most services then send the call again.",
	.bad = "// src/app/webhooks/lead.webhook.ts\nexport default async function lead(req: Request) {\n"
	       "  await req.json()\n}",
	.good = "// src/app/webhooks/lead.webhook.ts\nexport default async function lead(req: Request) {\n"
		"  await req.json()\n  return new Response(null, {status: 204})\n}",
	.check = check_webhook_signature,
};

const struct rule rule_event_signature = {
	.info = {"ATT3006", "event-signature", SEVERITY_ERROR},
	.summary = "An event handler does not take {connection} or returns a value",
	.explanation =
		"An event handler is called with one object that has the property `connection`, and "
		"its result goes nowhere. It may take no argument at all.",
	.bad = "// src/app/events/connection-added.event.ts\n"
	       "export default async function added(connection: Connection) {}",
	.good = "// src/app/events/connection-added.event.ts\n"
		"export default async function added({connection}: {connection: Connection}) {}",
	.check = check_event_signature,
};
