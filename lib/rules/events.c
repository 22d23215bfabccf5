/* ATT3006: what an event handler takes and gives. */
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "rules/flow.h"
#include "rules/handler.h"
#include "rules/parameters.h"
#include "rules/types.h"

/* Unions of aliases of unions ... nested deeper than this are trusted. */
#define TYPE_DEPTH 16

struct return_check {
	const struct rule *rule;
	const struct app *app;
	struct diags *diags;
	const struct handler *handler;
};

static const char event_help[] = "take `({connection}: {connection: Connection})`";

/* Whether an object pattern takes `name`; a computed key might be it. */
static bool pattern_takes(const struct app *app, const struct module *module, struct node pattern,
			  const char *name)
{
	if (node_count(pattern) == 0)
		return true;
	for (struct node item = node_down_named(pattern); !node_is_null(item);
	     item = node_next_named(item)) {
		struct node key = node_pattern_key(item);
		const char *text;

		if (node_is(item, NODE_COMMENT))
			continue;
		if (node_is(item, NODE_REST_PATTERN))
			return true;
		text = node_string(&module->syntax, app->arena, key);
		if (node_is(key, NODE_COMPUTED_PROPERTY_NAME) || str_equal(text, name) ||
		    node_text_is(&module->syntax, key, name))
			return true;
	}
	return false;
}

static bool holds_connection(const struct app *app, const struct type *type, int depth)
{
	struct type member;

	/* The connection itself, instead of an object that holds it: the usual slip. */
	if (str_equal(type->imported, "Connection"))
		return false;
	if (depth >= TYPE_DEPTH || type_is_open(type) || str_equal(type->name, "object"))
		return true;
	if (!node_is(type->node, NODE_UNION_TYPE))
		return node_text_is(&type->module->syntax, type->node, "object") ||
		       type_is_derived(type) ||
		       (type_is_object(type) && type_has_property(app, type, "connection"));
	for (struct node at = {0}; type_next_member(app, type, &at, &member);) {
		if (holds_connection(app, &member, depth + 1))
			return true;
	}
	return false;
}

/* How a parameter without a type is used in the function's body. */
struct member_uses {
	const struct module *module;
	const char *name;
	bool other;      /* a member that is not `connection` is read */
	bool connection; /* `connection` is read, or the value goes somewhere as a whole */
};

static bool visit_member(struct node node, void *payload)
{
	struct member_uses *uses = payload;
	const struct syntax *syntax = &uses->module->syntax;

	if (node_is(node, NODE_MEMBER_EXPRESSION) &&
	    node_text_is(syntax, node_field(node, FIELD_OBJECT), uses->name)) {
		if (node_text_is(syntax, node_field(node, FIELD_PROPERTY), "connection"))
			uses->connection = true;
		else
			uses->other = true;
		return false;
	}
	if ((node_is(node, NODE_IDENTIFIER) || node_is(node, NODE_SHORTHAND_PROPERTY_IDENTIFIER)) &&
	    node_text_is(syntax, node, uses->name))
		uses->connection = true;
	return true;
}

/* `function added(connection) { use(connection.value) }` without types, as in JavaScript: whatever
 * is read from the argument is not `connection`. */
static bool is_used_otherwise(const struct app *app, const struct value *function, struct node name)
{
	struct member_uses uses = {.module = function->module};

	if (!node_is(name, NODE_IDENTIFIER))
		return false;
	uses.name = node_text(&function->module->syntax, app->arena, name);
	node_walk(node_field(function->node, FIELD_BODY), visit_member, &uses);
	return uses.other && !uses.connection;
}

static bool is_wrong_event_pattern(const struct app *app, const struct value *function,
				   const struct parameter *parameter)
{
	if (node_is(parameter->pattern, NODE_ARRAY_PATTERN))
		return true;
	if (node_is(parameter->pattern, NODE_OBJECT_PATTERN))
		return !pattern_takes(app, function->module, parameter->pattern, "connection");
	return !parameter->typed && is_used_otherwise(app, function, parameter->pattern);
}

static void event_parameters(const struct rule *rule, const struct app *app, struct diags *diags,
			     const struct handler *handler)
{
	struct parameter list[MAX_PARAMETERS];
	size_t count = read_parameters(app, &handler->value, list);
	struct type type;

	for (size_t i = 1; i < count; i++) {
		if (list[i].required)
			diag_add(diags, &rule->info, function_place(handler, list[i].node),
				 "an event handler gets one argument, an object with `connection`")
				->help = event_help;
	}
	if (count == 0 || list[0].rest)
		return;
	if (list[0].typed) {
		type = type_of(app, list[0].module, list[0].annotation);
		if (!node_is_null(type.node) && !holds_connection(app, &type, 0)) {
			diag_add(diags, &rule->info, function_place(handler, list[0].node),
				 "the argument of an event handler is an object with `connection`")
				->help = event_help;
			return;
		}
	}
	if (is_wrong_event_pattern(app, &handler->value, &list[0]))
		diag_add(diags, &rule->info, function_place(handler, list[0].pattern),
			 "the argument of an event handler has only the property `connection`")
			->help = event_help;
}

static bool is_nothing(const struct app *app, const struct type *declared, int depth)
{
	struct type type = unpromised(app, *declared), member;

	if (depth >= TYPE_DEPTH || type_is_open(&type) || type_is_word(&type, "void") ||
	    type_is_word(&type, "undefined"))
		return true;
	if (!node_is(type.node, NODE_UNION_TYPE))
		return false;
	for (struct node at = {0}; type_next_member(app, &type, &at, &member);) {
		if (is_nothing(app, &member, depth + 1))
			return true;
	}
	return false;
}

/* Whether a call visibly gives a value: SDK functions and `fetch` by name, methods of a Response
 * and of arrays, functions of the app by their declared type. Other calls may well return nothing.
 */
static bool call_gives_value(const struct app *app, const struct value *call)
{
	static const char *const sdk[] = {"createWebhookHandler",
					  "getWebhookHandler",
					  "listWebhookHandlers",
					  "getCurrentUser",
					  "getWorkspaceConnection",
					  "getUserConnection",
					  NULL};
	static const char *const methods[] = {"json", "text", "map", "filter", NULL};
	struct node callee = node_unwrap(node_field(call->node, FIELD_FUNCTION));
	struct type type = called_type(app, call);
	const char *package, *name;

	if (!node_is_null(type.node))
		return !is_nothing(app, &type, 0);
	if (package_member(app, call->module, callee, &package, &name)) {
		for (size_t i = 0; sdk[i] != NULL && strcmp(package, "attio/server") == 0; i++) {
			if (strcmp(name, sdk[i]) == 0)
				return true;
		}
		return false;
	}
	if (node_text_is(&call->module->syntax, callee, "fetch"))
		return is_global(app, call->module, callee);
	for (size_t i = 0; node_is(callee, NODE_MEMBER_EXPRESSION) && methods[i] != NULL; i++) {
		if (node_text_is(&call->module->syntax, node_field(callee, FIELD_PROPERTY),
				 methods[i]))
			return true;
	}
	return false;
}

/* Whether a call of one of the app's own functions without a declared result is known to give none.
 */
static bool call_gives_nothing(const struct app *app, const struct value *call)
{
	struct value target = callee_of(app, call);
	struct type type = called_type(app, call);

	if (!node_is_null(type.node))
		return is_nothing(app, &type, 0);
	return target.kind == VALUE_FUNCTION && falls_off_end(app, target.module, target.node);
}

static bool is_wrong_event_result(const struct app *app, const struct value *value,
				  struct node expression)
{
	switch (value->kind) {
	case VALUE_UNDEFINED:
	case VALUE_UNKNOWN:
		return false;
	case VALUE_CALL:
		/* A name for an awaited result stands for a value that somebody kept. */
		return call_gives_value(app, value) ||
		       (node_is(expression, NODE_IDENTIFIER) && value->awaited &&
			!call_gives_nothing(app, value));
	case VALUE_NEW:
		return !node_text_is(&value->module->syntax,
				     node_field(value->node, FIELD_CONSTRUCTOR), "Promise");
	case VALUE_NAME: {
		struct type type = expression_type(app, value->module, value->node);

		return node_is_null(type.node) || !is_nothing(app, &type, 0) || type_is_open(&type);
	}
	default:
		return true;
	}
}

static void judge_nothing(void *payload, struct node place, struct node expression)
{
	struct return_check *check = payload;
	struct value value;

	if (node_is_null(expression))
		return;
	value = value_of(check->app, check->handler->value.module, expression);
	if (is_wrong_event_result(check->app, &value, expression))
		diag_add(check->diags, &check->rule->info, function_place(check->handler, place),
			 "an event handler returns nothing")
			->help = "drop the value: nobody receives it";
}

static void event_signature(const struct rule *rule, const struct app *app, struct diags *diags,
			    const struct handler *handler)
{
	struct return_check check = {rule, app, diags, handler};
	const struct value *function = &handler->value;
	struct type type;

	/* What an unknown event would bring, nobody can tell; ATT1013 stands there already. */
	if (function->kind != VALUE_FUNCTION || !is_platform_event(handler->definition->id))
		return;
	event_parameters(rule, app, diags, handler);
	type = return_type(app, function->module, function->node);
	if (!node_is_null(type.node) && !is_nothing(app, &type, 0)) {
		diag_add(diags, &rule->info, return_type_place(handler),
			 "an event handler returns nothing: its declared result must be "
			 "`Promise<void>`")
			->help = "declare `Promise<void>` and return no value";
		return;
	}
	each_returned(function->module, function->node, judge_nothing, &check);
}

static void check_event_signature(const struct rule *rule, const struct app *app,
				  struct diags *diags)
{
	static const enum definition_kind kinds[] = {DEF_EVENT};

	each_handler(rule, app, diags, kinds, ARRAY_LEN(kinds), event_signature);
}

const struct rule rule_event_signature = {
	.info = {"ATT3006", "event-signature", SEVERITY_ERROR},
	.summary = "An event handler does not take {connection} or returns a value",
	.explanation = "An event handler is called with one object that has the property "
		       "`connection`, and "
		       "its result goes nowhere. It may take no argument at all.",
	.bad = "// src/app/events/connection-added.event.ts\n"
	       "export default async function added(connection: Connection) {}",
	.good = "// src/app/events/connection-added.event.ts\n"
		"export default async function added({connection}: {connection: Connection}) {}",
	.check = check_event_signature,
};
