/* ATT3004: what a server function takes and gives crosses as JSON. Types are read off their
 * declarations in the app's own modules; what comes from a package or takes inference is trusted.
 */
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "rules/handler.h"
#include "rules/json_loss.h"
#include "rules/types.h"

#define CROSSING_DEPTH 12
/* Types of more parts than this are trusted from there on. */
#define MAX_PARTS 500
#define MAX_VALUES 5000 /* in what one function returns */

struct crossing {
	const struct rule *rule;
	const struct app *app;
	struct diags *diags;
	const struct handler *handler;
	const char *what;   /* "the parameter `filter`", "the return value" */
	struct place place; /* of the parameter or the return type */
	/* The parts of types that were looked into for `what`: types name themselves
	 * (`type Json = string | Json[]`), and one is often used in many places. */
	struct node *seen;
	size_t seen_count;
	size_t values;      /* looked at: constants can hold each other many times over */
	struct place *told; /* one mistake in a type that several parameters share is one finding */
	size_t told_count;
};

/* Whether this part of a type is met for the first time. */
static bool is_new(struct crossing *c, struct node part)
{
	struct node *slot;

	for (size_t i = 0; i < c->seen_count; i++) {
		if (node_same(c->seen[i], part))
			return false;
	}
	if (c->seen_count == MAX_PARTS)
		return false;
	slot = arena_push(c->app->arena, &c->seen, &c->seen_count, sizeof(*slot));
	*slot = part;
	return true;
}

static bool is_told(struct crossing *c, struct place place)
{
	struct place *slot;

	for (size_t i = 0; i < c->told_count; i++) {
		if (c->told[i].start == place.start && c->told[i].end == place.end &&
		    str_equal(c->told[i].file, place.file))
			return true;
	}
	slot = arena_push(c->app->arena, &c->told, &c->told_count, sizeof(*slot));
	*slot = place;
	return false;
}

static void report(struct crossing *c, const struct module *module, struct node node,
		   const char *holds, bool date)
{
	struct rule_info info = c->rule->info;
	bool here = module == c->handler->definition->module;
	struct place at = node_place(&module->syntax, node);
	struct diag *diag;

	if (is_told(c, at))
		return;
	if (date)
		info.severity = SEVERITY_WARNING;
	diag = diag_add(c->diags, &info, here ? at : c->place,
			date ? "%s holds %s, which arrives as a string"
			     : "%s holds %s, which cannot cross as JSON",
			c->what, holds);
	diag->help = date ? "declare it as a string, or make a `Date` of it where it arrives"
			  : "send plain objects, arrays, strings, numbers, booleans and null";
	if (!here)
		diag_note(c->diags, diag, at, "declared here");
}

static bool is_jsx(const struct crossing *c, const struct type *type)
{
	static const char *const react[] = {"ReactNode", "ReactElement", "ReactChild",
					    "ReactPortal"};
	static const char *const texts[] = {"JSX.Element", "React.JSX.Element", "React.ReactNode",
					    "React.ReactElement"};
	const char *text = node_text(&type->module->syntax, c->app->arena, type->node);

	for (size_t i = 0; i < ARRAY_LEN(react); i++) {
		if (str_equal(type->package, "react") && str_equal(type->imported, react[i]))
			return true;
	}
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		if (node_is(type->node, NODE_NESTED_TYPE_IDENTIFIER) && strcmp(text, texts[i]) == 0)
			return true;
	}
	return false;
}

/* A class that says itself how it becomes JSON. */
static bool has_to_json(const struct module *module, struct node class)
{
	struct node body = node_field(class, FIELD_BODY);

	for (struct node at = node_down_named(body); !node_is_null(at); at = node_next_named(at)) {
		if (node_text_is(&module->syntax, node_field(at, FIELD_NAME), "toJSON"))
			return true;
	}
	return false;
}

static bool is_class(struct node node)
{
	return node_is(node, NODE_CLASS_DECLARATION) ||
	       node_is(node, NODE_ABSTRACT_CLASS_DECLARATION) || node_is(node, NODE_CLASS);
}

static void judge_type(struct crossing *c, struct node written, const struct module *where,
		       struct type type);

static void judge_node(struct crossing *c, const struct module *module, struct node node)
{
	if (!node_is_null(node))
		judge_type(c, node, module, type_of(c->app, module, node));
}

/* The types that an interface extends. */
static void judge_bases(struct crossing *c, const struct type *type)
{
	for (struct node at = node_down(type->node); !node_is_null(at); at = node_next(at)) {
		if (!node_is(at, NODE_EXTENDS_TYPE_CLAUSE))
			continue;
		for (struct node child = node_down_named(at); !node_is_null(child);
		     child = node_next_named(child))
			judge_node(c, type->module, child);
	}
}

static void judge_members(struct crossing *c, const struct type *type)
{
	struct node body = type->node;

	if (node_is(body, NODE_INTERFACE_DECLARATION)) {
		judge_bases(c, type);
		body = node_field(body, FIELD_BODY);
	}
	for (struct node item = node_down_named(body); !node_is_null(item);
	     item = node_next_named(item)) {
		if (node_is(item, NODE_METHOD_SIGNATURE) || node_is(item, NODE_CALL_SIGNATURE) ||
		    node_is(item, NODE_CONSTRUCT_SIGNATURE)) {
			if (!node_text_is(&type->module->syntax, node_field(item, FIELD_NAME),
					  "toJSON"))
				report(c, type->module, item, "a function", false);
		} else if (node_is(item, NODE_PROPERTY_SIGNATURE) ||
			   node_is(item, NODE_INDEX_SIGNATURE)) {
			judge_node(c, type->module, node_field(item, FIELD_TYPE));
		}
	}
}

/* A brand such as `string & {tag: symbol}` exists for the checker alone. */
static bool holds_objects(const struct crossing *c, const struct type *type, int depth)
{
	if (!node_is(type->node, NODE_INTERSECTION_TYPE) || depth == 0)
		return type_is_object(type);
	for (struct node part = node_down_named(type->node); !node_is_null(part);
	     part = node_next_named(part)) {
		struct type member = type_of(c->app, type->module, part);

		if (!node_is(part, NODE_COMMENT) && !holds_objects(c, &member, depth - 1))
			return false;
	}
	return true;
}

static void judge_intersection(struct crossing *c, const struct type *type)
{
	if (!is_new(c, type->node) || !holds_objects(c, type, CROSSING_DEPTH))
		return;
	for (struct node at = node_down_named(type->node); !node_is_null(at);
	     at = node_next_named(at))
		judge_node(c, type->module, at);
}

/* `Array<T>`, `Map<K, V>`, ... whose name means the global one. */
static void judge_generic(struct crossing *c, struct node written, const struct module *where,
			  const struct type *type)
{
	static const char *const containers[] = {"Array",      "ReadonlyArray", "Record",
						 "Partial",    "Readonly",      "Required",
						 "NonNullable"};
	struct node name = node_field(type->node, FIELD_NAME);
	struct node arguments = node_field(type->node, FIELD_TYPE_ARGUMENTS);
	const char *text = node_text(&type->module->syntax, c->app->arena, name);
	const char *holds = json_loss(text);

	if (facts_binding_type(&type->module->facts, text) != NULL) {
		struct type resolved = type_of(c->app, type->module, name);

		if (is_class(resolved.node) && !has_to_json(resolved.module, resolved.node))
			report(c, where, written,
			       arena_printf(c->app->arena, "an instance of `%s`", text), false);
		else if (is_jsx(c, &resolved))
			report(c, where, written, "JSX", false);
		else if (node_is(resolved.node, NODE_INTERFACE_DECLARATION) &&
			 is_new(c, resolved.node))
			judge_members(c, &resolved); /* its type parameters are unknown */
		else if (node_is(resolved.node, NODE_TYPE_ALIAS_DECLARATION) &&
			 is_new(c, resolved.node))
			judge_node(c, resolved.module, node_field(resolved.node, FIELD_VALUE));
		return;
	}
	if (holds != NULL) {
		report(c, where, written, holds, false);
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(containers); i++) {
		if (strcmp(text, containers[i]) != 0)
			continue;
		if (!is_new(c, type->node))
			return;
		for (struct node at = node_down_named(arguments); !node_is_null(at);
		     at = node_next_named(at))
			judge_node(c, type->module, at);
	}
}

static void judge_type(struct crossing *c, struct node written, const struct module *where,
		       struct type type)
{
	const char *holds = json_loss(type.name);

	if (node_is_null(type.node))
		return;
	/* Point at the annotation's type, without its colon. */
	while (node_is(written, NODE_TYPE_ANNOTATION))
		written = node_first(written);
	if (is_jsx(c, &type)) {
		report(c, where, written, "JSX", false);
	} else if (node_is(type.node, NODE_GENERIC_TYPE) && type.package == NULL) {
		judge_generic(c, written, where, &type);
	} else if (holds == NULL &&
		   (type_is_word(&type, "symbol") || type_is_word(&type, "bigint") ||
		    type_is_word(&type, "unique symbol"))) {
		report(c, where, written, type_is_word(&type, "bigint") ? "a bigint" : "a symbol",
		       false);
	} else if (holds != NULL) {
		report(c, where, written, holds, false);
	} else if (str_equal(type.name, "Date")) {
		report(c, where, written, "a `Date`", true);
	} else if (node_is(type.node, NODE_FUNCTION_TYPE) ||
		   node_is(type.node, NODE_CONSTRUCTOR_TYPE)) {
		report(c, where, written, "a function", false);
	} else if (is_class(type.node) && type.package == NULL) {
		if (!has_to_json(type.module, type.node))
			report(c, where, written,
			       arena_printf(c->app->arena, "an instance of `%s`",
					    node_text(&type.module->syntax, c->app->arena,
						      node_field(type.node, FIELD_NAME))),
			       false);
	} else if (node_is(type.node, NODE_INTERSECTION_TYPE)) {
		judge_intersection(c, &type);
	} else if (type_is_open(&type) || !is_new(c, type.node)) {
		return;
	} else if (node_is(type.node, NODE_UNION_TYPE)) {
		struct type member;

		for (struct node at = {0}; type_next_member(c->app, &type, &at, &member);) {
			if (member.module == where &&
			    node_start(member.node) >= node_start(written) &&
			    node_end(member.node) <= node_end(written))
				judge_type(c, member.node, where, member);
			else
				judge_type(c, written, where, member);
		}
	} else if (node_is(type.node, NODE_ARRAY_TYPE) || node_is(type.node, NODE_TUPLE_TYPE) ||
		   node_is(type.node, NODE_OPTIONAL_TYPE) || node_is(type.node, NODE_REST_TYPE)) {
		for (struct node part = node_down_named(type.node); !node_is_null(part);
		     part = node_next_named(part)) {
			struct node child = part;

			if (!node_is_null(node_field(child, FIELD_TYPE)))
				child = node_field(child, FIELD_TYPE);
			judge_node(c, type.module, child);
		}
	} else if (type_is_object(&type)) {
		judge_members(c, &type);
	}
}

/* --- values that are returned without a declared type
 * ---------------------------------------------- */

static void judge_value(struct crossing *c, const struct module *module, struct node expression,
			bool inside, int steps);

static void judge_new(struct crossing *c, const struct value *value, const struct module *module,
		      struct node expression)
{
	struct node class = node_field(value->node, FIELD_CONSTRUCTOR);
	const char *name = node_text(&value->module->syntax, c->app->arena, class);
	struct value of;

	if (!node_is(class, NODE_IDENTIFIER))
		return;
	if (is_global(c->app, value->module, class)) {
		if (strcmp(name, "Date") == 0)
			report(c, module, expression, "a `Date`", true);
		else if (json_loss(name) != NULL && strcmp(name, "Promise") != 0)
			report(c, module, expression, json_loss(name), false);
		return;
	}
	of = value_of(c->app, value->module, class);
	if (of.kind == VALUE_CLASS && !has_to_json(of.module, of.node))
		report(c, module, expression,
		       arena_printf(c->app->arena, "an instance of `%s`", name), false);
}

static void judge_call(struct crossing *c, const struct value *value, const struct module *module,
		       struct node expression, bool inside)
{
	struct node callee = node_unwrap(node_field(value->node, FIELD_FUNCTION));
	struct value target = callee_of(c->app, value);
	struct type type;

	if (node_is(callee, NODE_IDENTIFIER) && is_global(c->app, value->module, callee)) {
		const char *name = node_text(&value->module->syntax, c->app->arena, callee);

		if (strcmp(name, "Symbol") == 0 || strcmp(name, "BigInt") == 0)
			report(c, module, expression, json_loss(name), false);
		else if (strcmp(name, "fetch") == 0 && (inside || value->awaited))
			report(c, module, expression, value->awaited ? "a `Response`" : "a promise",
			       false);
		return;
	}
	if (target.kind != VALUE_FUNCTION) {
		if (json_loss_of_call(c->app, value) != NULL)
			report(c, module, expression, json_loss_of_call(c->app, value), false);
		return;
	}
	type = return_type(c->app, target.module, target.node);
	if (inside && !value->awaited && (node_is_async(target.node) || type_is_promise(&type))) {
		report(c, module, expression, "a promise", false);
		return;
	}
	type = unpromised(c->app, type);
	if (!node_is_null(type.node))
		judge_type(c, expression, module, type);
}

static void judge_value(struct crossing *c, const struct module *module, struct node expression,
			bool inside, int steps)
{
	struct value value;
	size_t len;
	const char *bytes;
	struct type declared;

	if (steps <= 0 || node_is_null(expression) || c->values++ >= MAX_VALUES)
		return;
	if (node_is(expression, NODE_AS_EXPRESSION) ||
	    node_is(node_unwrap(expression), NODE_IDENTIFIER) ||
	    node_is(expression, NODE_SHORTHAND_PROPERTY_IDENTIFIER) ||
	    node_is(node_unwrap(expression), NODE_MEMBER_EXPRESSION)) {
		declared = expression_type(c->app, module, expression);
		if (!node_is_null(declared.node)) {
			if (!type_is_promise(&declared) || inside)
				judge_type(c, expression, module, declared);
			return;
		}
	}
	value = value_of(c->app, module, expression);
	switch (value.kind) {
	case VALUE_FUNCTION:
		report(c, module, expression, "a function", false);
		return;
	case VALUE_CLASS:
		report(c, module, expression, "a class", false);
		return;
	case VALUE_NEW:
		judge_new(c, &value, module, expression);
		return;
	case VALUE_CALL:
		judge_call(c, &value, module, expression, inside);
		return;
	case VALUE_LITERAL:
		bytes = node_bytes(&value.module->syntax, value.node, &len);
		if (node_is(value.node, NODE_REGEX))
			report(c, module, expression, "a regular expression", false);
		else if (node_is(value.node, NODE_NUMBER) && bytes[len - 1] == 'n')
			report(c, module, expression, "a bigint", false);
		else if (kind_is_jsx(node_kind(value.node)))
			report(c, module, expression, "JSX", false);
		return;
	case VALUE_OBJECT:
		for (struct node at = node_down_named(value.node); !node_is_null(at);
		     at = node_next_named(at)) {
			struct node item = at;

			if (node_is(item, NODE_PAIR))
				item = node_field(item, FIELD_VALUE);
			else if (node_is(item, NODE_METHOD_DEFINITION)) {
				bytes = node_bytes(&value.module->syntax, item, &len);
				if (!node_text_is(&value.module->syntax,
						  node_field(item, FIELD_NAME), "toJSON") &&
				    !str_starts(arena_strndup(c->app->arena, bytes, len), "get "))
					report(c, value.module, item, "a function", false);
				continue;
			} else if (node_is(item, NODE_SPREAD_ELEMENT) ||
				   (!node_is(value.node, NODE_ARRAY) &&
				    !node_is(item, NODE_SHORTHAND_PROPERTY_IDENTIFIER))) {
				continue;
			}
			judge_value(c, value.module, item, true, steps - 1);
		}
		return;
	default:
		return;
	}
}

static void judge_returned(void *payload, struct node place, struct node expression)
{
	struct crossing *c = payload;

	(void)place;
	if (!node_is_null(expression))
		judge_value(c, c->handler->value.module, expression, false, CROSSING_DEPTH);
}

/* The promise that a function returns is not part of what crosses; nor are those of a union. */
static void judge_return(struct crossing *c, struct node written, const struct module *where,
			 struct type type)
{
	struct type member;

	for (struct node at = {0}; type_next_member(c->app, &type, &at, &member);) {
		if (type_is_promise(&member))
			judge_node(c, member.module,
				   node_first(node_field(member.node, FIELD_TYPE_ARGUMENTS)));
		else
			judge_type(c, written, where, member);
	}
}

static void check_crossing(const struct rule *rule, const struct app *app, struct diags *diags,
			   const struct handler *handler)
{
	const struct module *module = handler->value.module;
	struct node function = handler->value.node, parameters, returned;
	struct crossing c = {.rule = rule, .app = app, .diags = diags, .handler = handler};
	struct type type;
	size_t n = 0;

	if (handler->value.kind != VALUE_FUNCTION)
		return;
	parameters = node_field(function, FIELD_PARAMETERS);
	for (struct node node = node_down_named(parameters); !node_is_null(node);
	     node = node_next_named(node)) {
		struct node pattern = node_field(node, FIELD_PATTERN), annotation;
		const struct module *where = module;

		if (node_is_null(pattern))
			continue;
		annotation = node_field(node, FIELD_TYPE);
		if (node_is_null(annotation))
			annotation = context_parameter(app, module, function, n, &where);
		n++;
		if (node_is_null(annotation) || node_is(pattern, NODE_THIS))
			continue;
		c.what = node_is(pattern, NODE_IDENTIFIER)
				 ? arena_printf(app->arena, "the parameter `%s`",
						node_text(&module->syntax, app->arena, pattern))
				 : "a parameter";
		c.place = function_place(handler, node);
		c.seen_count = 0;
		judge_node(&c, where, annotation);
	}
	c.what = "the return value";
	c.seen_count = 0;
	returned = node_field(function, FIELD_RETURN_TYPE);
	c.place = function_place(handler, node_is_null(returned) ? function : returned);
	type = return_type(app, module, function);
	if (node_is_null(type.node)) {
		c.place = signature_place(handler);
		each_returned(module, function, judge_returned, &c);
		return;
	}
	judge_return(&c, node_is_null(returned) ? type.node : returned,
		     node_is_null(returned) ? type.module : module, type);
}

static void check_boundary_types(const struct rule *rule, const struct app *app,
				 struct diags *diags)
{
	static const enum definition_kind kinds[] = {DEF_SERVER};

	each_handler(rule, app, diags, kinds, ARRAY_LEN(kinds), check_crossing);
}

const struct rule rule_boundary_type = {
	.info = {"ATT3004", "boundary-type", SEVERITY_ERROR},
	.summary = "A server function takes or returns what cannot cross as JSON",
	.explanation = "Arguments and results of a server function travel between Attio's browser "
		       "sandbox and "
		       "its servers as JSON. Functions, `Map`, `Set`, symbols, bigints, streams, "
		       "promises inside "
		       "a value, `Request`, `Response`, JSX and instances of classes do not "
		       "survive that. A "
		       "`Date` arrives as a string (a warning).",
	.bad = "// src/count.server.ts\nexport default async function count(ids: Set<string>) {\n"
	       "  return new Map([[\"count\", ids.size]])\n}",
	.good = "// src/count.server.ts\nexport default async function count(ids: string[]) {\n"
		"  return {count: new Set(ids).size}\n}",
	.check = check_boundary_types,
};
