/* ATT3005: what a webhook takes and gives. */
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

/* Packages whose requests and responses are never those of the web platform. What other packages
 * call `Request` may well be one. */
static bool is_foreign(const struct type *type)
{
	static const char *const packages[] = {"http",    "node:http",  "https",       "node:https",
					       "http2",   "express",    "node:http2",  "koa",
					       "fastify", "aws-lambda", "@vercel/node"};

	for (size_t i = 0; type->package != NULL && i < ARRAY_LEN(packages); i++) {
		if (strcmp(type->package, packages[i]) == 0)
			return true;
	}
	return false;
}

/* Whether a declared type may be `name`, every member of it (`all`) or at least one. Classes and
 * interfaces that extend something are trusted. */
static bool is_named(const struct app *app, const struct type *declared, const char *name, bool all,
		     int depth)
{
	struct type type = *declared, member;

	if (type_is_promise(&type) && all)
		type = type_argument(app, &type);
	if (is_foreign(&type))
		return false;
	if (depth >= TYPE_DEPTH || type_is_open(&type) || type_is_derived(&type) ||
	    str_equal(type.name, name))
		return true;
	if (!node_is(type.node, NODE_UNION_TYPE))
		return false;
	for (struct node at = {0}; type_next_member(app, &type, &at, &member);) {
		if (is_named(app, &member, name, all, depth + 1) != all)
			return !all;
	}
	return all;
}

static bool is_response_type(const struct app *app, const struct type *declared)
{
	return is_named(app, declared, "Response", true, 0);
}

/* `new X(...)`: a Response, a promise, or a class that may extend one. */
static bool may_make_response(const struct app *app, const struct value *value)
{
	struct node constructor = node_unwrap(node_field(value->node, FIELD_CONSTRUCTOR));
	struct node arguments = node_field(value->node, FIELD_TYPE_ARGUMENTS);
	struct value class;
	struct type type;

	if (!node_is(constructor, NODE_IDENTIFIER))
		return true;
	class = value_of(app, value->module, constructor);
	if (class.kind == VALUE_CLASS) {
		for (struct node at = node_down_named(class.node); !node_is_null(at);
		     at = node_next_named(at)) {
			if (node_is(at, NODE_CLASS_HERITAGE))
				return true;
		}
		return false;
	}
	if (!is_global(app, value->module, constructor))
		return true; /* a package's class */
	if (node_text_is(&value->module->syntax, constructor, "Promise")) {
		type = type_of(app, value->module, node_first(arguments));
		return node_is_null(arguments) || is_response_type(app, &type);
	}
	return node_text_is(&value->module->syntax, constructor, "Response");
}

static bool is_wrong_response(const struct return_check *check, const struct value *value)
{
	struct type type;

	switch (value->kind) {
	case VALUE_CALL:
		type = called_type(check->app, value);
		return !node_is_null(type.node) && !is_response_type(check->app, &type);
	case VALUE_NEW:
		return !may_make_response(check->app, value);
	case VALUE_FUNCTION:
	case VALUE_CLASS:
	case VALUE_OBJECT:
	case VALUE_LITERAL:
	case VALUE_COMPUTED:
	case VALUE_UNDEFINED:
		return true;
	default:
		return false;
	}
}

static void judge_response(void *payload, struct node place, struct node expression)
{
	struct return_check *check = payload;
	const struct value *function = &check->handler->value;
	struct diag *diag;

	if (node_is_null(expression)) {
		diag = diag_add(check->diags, &check->rule->info,
				function_place(check->handler, place),
				"this webhook returns nothing here");
	} else {
		struct value value = value_of(check->app, function->module, expression);
		const char *words = value_words(&value);

		if (!is_wrong_response(check, &value))
			return;
		diag = diag_add(check->diags, &check->rule->info,
				function_place(check->handler, place),
				"this webhook returns %s instead of a `Response`",
				words != NULL ? words : "another type");
	}
	diag->help = "return `new Response(...)` on every path: it is what the caller gets";
}

/* Whether the first one is all that must be given: an Express handler is written anew, so that
 * nothing else is told of it. */
static bool webhook_parameters(const struct rule *rule, const struct app *app, struct diags *diags,
			       const struct handler *handler)
{
	struct parameter list[MAX_PARAMETERS];
	size_t count = read_parameters(app, &handler->value, list);
	bool extra = false;

	for (size_t i = 1; i < count; i++) {
		if (!list[i].required)
			continue;
		extra = true;
		diag_add(diags, &rule->info, function_place(handler, list[i].node),
			 "a webhook gets one argument, the `Request`")
			->help = "remove the other parameters, or make them optional; the "
				 "answer is the `Response` that it returns";
	}
	if (extra)
		return false;
	if (count > 0 && list[0].typed && !list[0].rest) {
		struct type type = type_of(app, list[0].module, list[0].annotation);

		if (!is_named(app, &type, "Request", false, 0))
			diag_add(diags, &rule->info, annotation_place(handler, &list[0]),
				 "a webhook's argument is a `Request`")
				->help =
				"declare it as `(request: Request)` and read the body with "
				"`await request.json()`";
	}
	return true;
}

static void webhook_signature(const struct rule *rule, const struct app *app, struct diags *diags,
			      const struct handler *handler)
{
	struct return_check check = {rule, app, diags, handler};
	const struct value *function = &handler->value;
	struct type type;

	if (function->kind != VALUE_FUNCTION)
		return;
	if (!webhook_parameters(rule, app, diags, handler))
		return;
	type = return_type(app, function->module, function->node);
	if (!node_is_null(type.node) && !is_response_type(app, &type)) {
		diag_add(diags, &rule->info, return_type_place(handler),
			 "a webhook's declared result must be `Promise<Response>`")
			->help =
			"return a `Response` on every path and declare `Promise<Response>`";
		return;
	}
	each_returned(function->module, function->node, judge_response, &check);
	if (falls_off_end(app, function->module, function->node))
		diag_add(diags, &rule->info, signature_place(handler),
			 "this webhook can end without returning a `Response`")
			->help = "end it with `return new Response(null, {status: 200})`, so that "
				 "the caller "
				 "gets an answer on every path";
}

static void check_webhook_signature(const struct rule *rule, const struct app *app,
				    struct diags *diags)
{
	static const enum definition_kind kinds[] = {DEF_WEBHOOK};

	each_handler(rule, app, diags, kinds, ARRAY_LEN(kinds), webhook_signature);
}

const struct rule rule_webhook_signature = {
	.info = {"ATT3005", "webhook-signature", SEVERITY_ERROR},
	.summary = "A webhook does not take a Request and return a Response",
	.explanation =
		"A webhook is called with one `Request` and must return a `Response` (or a promise "
		"of "
		"one) on every path that does not throw. A missing or wrong result reaches the "
		"calling service as a failure, and most services then send the call again.",
	.bad = "// src/app/webhooks/lead.webhook.ts\nexport default async function lead(req: "
	       "Request) {\n"
	       "  await req.json()\n}",
	.good = "// src/app/webhooks/lead.webhook.ts\nexport default async function lead(req: "
		"Request) {\n"
		"  await req.json()\n  return new Response(null, {status: 204})\n}",
	.check = check_webhook_signature,
};
