/* Which statements let control pass to the next one. Where the source is nested deeper than anyone
 * writes, the answer is the one that leads to no finding. */
#include "rules/flow.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "rules/types.h"
#include "rules/values.h"

#define FLOW_DEPTH 200

/* --- returns
 * -------------------------------------------------------------------------------------- */

struct returns {
	return_visitor visit;
	void *payload;
};

static bool visit_statement(struct node node, void *payload)
{
	struct returns *returns = payload;

	if (node_is_function(node) || node_is(node, "class") ||
	    node_is(node, "class_declaration") || node_is(node, "abstract_class_declaration"))
		return false;
	if (node_is(node, "return_statement")) {
		returns->visit(node, node_first(node), returns->payload);
		return false;
	}
	return true;
}

void each_return(struct node function, return_visitor visit, void *payload)
{
	struct returns returns = {visit, payload};
	struct node body = node_field(function, "body");

	if (node_is_null(body))
		return;
	if (!node_is(body, "statement_block"))
		visit(body, body, payload);
	else
		node_walk(body, visit_statement, &returns);
}

/* --- completion
 * ------------------------------------------------------------------------------------ */

/* A statement that `break` or `continue` can name, innermost first. */
struct target {
	struct target *outer;
	struct node label; /* or null */
	bool loop;
	bool plain; /* a `break` without label ends it: loops and switch */
	bool broken;
	bool continued;
};

struct flow {
	const struct app *app;
	const struct module *module;
	struct target *target;
	int depth;
};

static bool completes(struct flow *f, struct node node);

/* Runs the statements among the children; those after the first that does not complete are dead. */
static bool list_completes(struct flow *f, struct node parent)
{
	struct node at = node_down(parent);
	bool alive = true;

	for (; alive && !node_is_null(at); at = node_next(at))
		if (node_is_named(at) && !str_equal(node_field_name(at), "value"))
			alive = completes(f, at); /* `value`: the expression after `case` */
	return alive;
}

static bool is_true(const struct module *module, struct node condition)
{
	condition = node_unwrap(condition);
	return node_is(condition, "true") ||
	       (node_is(condition, "number") && !node_text_is(&module->syntax, condition, "0"));
}

static bool if_completes(struct flow *f, struct node node)
{
	struct node otherwise = node_field(node, "alternative");
	bool then = completes(f, node_field(node, "consequence"));
	bool rest = node_is_null(otherwise) || list_completes(f, otherwise);

	return is_true(f->module, node_field(node, "condition")) ? then : then || rest;
}

/* Does the body of a loop, whose own label is `label` (or null). */
static bool loop_completes(struct flow *f, struct node node, struct node label)
{
	struct target target = {.outer = f->target, .label = label, .loop = true, .plain = true};
	struct node condition = node_field(node, "condition");
	bool is_for = node_is(node, "for_statement");
	bool endless = node_is(node, "for_in_statement") ? false
		       : is_for && (node_is_null(node_unwrap(condition)) ||
				    node_is(condition, "empty_statement"))
			       ? true
			       : is_true(f->module, node_is(condition, "expression_statement")
							    ? node_first(condition)
							    : condition);
	bool body;

	f->target = &target;
	body = completes(f, node_field(node, "body"));
	f->target = target.outer;
	if (target.broken)
		return true;
	if (endless)
		return false;
	/* The body of do-while runs at least once. */
	return !node_is(node, "do_statement") || body || target.continued;
}

/* Whether the cases name every member of the discriminant's declared union of literals. */
static bool covers_all(struct flow *f, struct node node, struct node body)
{
	struct type type = expression_type(f->app, f->module, node_field(node, "value"));
	size_t count = type_member_count(&type);

	if (count == 0 || type_is_open(&type))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct type member = type_member(f->app, &type, i);
		struct node literal = node_is(member.node, "literal_type") ? node_first(member.node)
									   : (struct node){0};
		const char *text, *other;
		bool found = false;

		if (node_is_null(literal))
			return false;
		text = node_string(&member.module->syntax, f->app->arena, literal);
		if (text == NULL)
			text = node_text(&member.module->syntax, f->app->arena, literal);
		for (uint32_t k = 0; k < node_count(body) && !found; k++) {
			struct node value = node_unwrap(node_field(node_child(body, k), "value"));

			if (node_is_null(value))
				continue;
			other = node_string(&f->module->syntax, f->app->arena, value);
			found = other != NULL ? strcmp(other, text) == 0
					      : node_text_is(&f->module->syntax, value, text);
		}
		if (!found)
			return false;
	}
	return true;
}

static bool switch_completes(struct flow *f, struct node node)
{
	struct target target = {.outer = f->target, .plain = true};
	struct node body = node_field(node, "body");
	bool has_default = false, last = true;

	f->target = &target;
	for (uint32_t i = 0; i < node_count(body); i++) {
		struct node group = node_child(body, i);

		if (!node_is(group, "switch_case") && !node_is(group, "switch_default"))
			continue;
		has_default = has_default || node_is(group, "switch_default");
		last = list_completes(f, group);
	}
	f->target = target.outer;
	return target.broken || last || (!has_default && !covers_all(f, node, body));
}

static bool try_completes(struct flow *f, struct node node)
{
	struct node handler = node_field(node, "handler"),
		    finalizer = node_field(node, "finalizer");
	bool body = completes(f, node_field(node, "body"));
	bool caught = !node_is_null(handler) && completes(f, node_field(handler, "body"));
	bool last = node_is_null(finalizer) || completes(f, node_field(finalizer, "body"));

	return last && (body || caught);
}

static bool labeled_completes(struct flow *f, struct node node)
{
	struct target target = {.outer = f->target, .label = node_field(node, "label")};
	struct node body = node_field(node, "body");
	bool alive;

	if (node_is(body, "while_statement") || node_is(body, "for_statement") ||
	    node_is(body, "for_in_statement") || node_is(body, "do_statement"))
		return loop_completes(f, body, target.label);
	f->target = &target;
	alive = completes(f, body);
	f->target = target.outer;
	return alive || target.broken;
}

static bool same_text(const struct module *module, struct node a, struct node b)
{
	size_t a_len, b_len;
	const char *a_text = node_bytes(&module->syntax, a, &a_len);
	const char *b_text = node_bytes(&module->syntax, b, &b_len);

	return a_len == b_len && memcmp(a_text, b_text, a_len) == 0;
}

static void jump(struct flow *f, struct node node)
{
	struct node label = node_field(node, "label");
	bool leaves = node_is(node, "break_statement");

	for (struct target *t = f->target; t != NULL; t = t->outer) {
		bool meant = node_is_null(label) ? (leaves ? t->plain : t->loop)
						 : !node_is_null(t->label) &&
							   same_text(f->module, label, t->label);

		if (!meant)
			continue;
		if (leaves)
			t->broken = true;
		else
			t->continued = true;
		return;
	}
}

/* `fail("...")` of a function that is declared to return `never`. */
static bool never_returns(const struct flow *f, struct node statement)
{
	struct node call = node_unwrap(node_first(statement));
	struct value callee;
	struct type type;

	if (node_is(call, "await_expression"))
		call = node_unwrap(node_first(call));
	if (!node_is(call, "call_expression"))
		return false;
	callee = value_of(f->app, f->module, node_field(call, "function"));
	if (callee.kind != VALUE_FUNCTION)
		return false;
	type = return_type(f->app, callee.module, callee.node);
	if (type_is_promise(&type))
		type = type_argument(f->app, &type);
	return type_is_word(&type, "never");
}

static bool statement_completes(struct flow *f, struct node node)
{
	const char *type = node_type(node);

	if (str_is(type, "return_statement") || str_is(type, "throw_statement"))
		return false;
	if (str_is(type, "break_statement") || str_is(type, "continue_statement")) {
		jump(f, node);
		return false;
	}
	if (str_is(type, "statement_block"))
		return list_completes(f, node);
	if (str_is(type, "if_statement"))
		return if_completes(f, node);
	if (str_is(type, "switch_statement"))
		return switch_completes(f, node);
	if (str_is(type, "try_statement"))
		return try_completes(f, node);
	if (str_is(type, "labeled_statement"))
		return labeled_completes(f, node);
	if (str_is(type, "while_statement") || str_is(type, "for_statement") ||
	    str_is(type, "for_in_statement") || str_is(type, "do_statement"))
		return loop_completes(f, node, (struct node){0});
	if (str_is(type, "expression_statement"))
		return !never_returns(f, node);
	return true;
}

static bool completes(struct flow *f, struct node node)
{
	bool result;

	if (node_is_null(node))
		return true;
	if (f->depth >= FLOW_DEPTH)
		return false;
	f->depth++;
	result = statement_completes(f, node);
	f->depth--;
	return result;
}

bool falls_off_end(const struct app *app, const struct module *module, struct node function)
{
	struct flow flow = {.app = app, .module = module};
	struct node body = node_field(function, "body");

	return node_is(body, "statement_block") && completes(&flow, body);
}
