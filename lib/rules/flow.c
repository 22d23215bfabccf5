/* Which statements let control pass to the next one. Where the source is nested deeper than anyone
 * writes, the answer is the one that leads to no finding. */
#include "rules/flow.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
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

	if (node_is_function(node) || node_is(node, NODE_CLASS) ||
	    node_is(node, NODE_CLASS_DECLARATION) || node_is(node, NODE_ABSTRACT_CLASS_DECLARATION))
		return false;
	if (node_is(node, NODE_RETURN_STATEMENT)) {
		returns->visit(node, node_first(node), returns->payload);
		return false;
	}
	return true;
}

void each_return(struct node function, return_visitor visit, void *payload)
{
	struct returns returns = {visit, payload};
	struct node body = node_field(function, FIELD_BODY);

	if (node_is_null(body))
		return;
	if (!node_is(body, NODE_STATEMENT_BLOCK))
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
		if (node_is_named(at) && node_role(at) != FIELD_VALUE)
			alive = completes(f, at); /* `value`: the expression after `case` */
	return alive;
}

static bool is_true(const struct module *module, struct node condition)
{
	condition = node_unwrap(condition);
	return node_is(condition, NODE_TRUE) ||
	       (node_is(condition, NODE_NUMBER) && !node_text_is(&module->syntax, condition, "0"));
}

static bool if_completes(struct flow *f, struct node node)
{
	struct node otherwise = node_field(node, FIELD_ALTERNATIVE);
	bool then = completes(f, node_field(node, FIELD_CONSEQUENCE));
	bool rest = node_is_null(otherwise) || list_completes(f, otherwise);

	return is_true(f->module, node_field(node, FIELD_CONDITION)) ? then : then || rest;
}

/* Does the body of a loop, whose own label is `label` (or null). */
static bool loop_completes(struct flow *f, struct node node, struct node label)
{
	struct target target = {.outer = f->target, .label = label, .loop = true, .plain = true};
	struct node condition = node_field(node, FIELD_CONDITION);
	bool is_for = node_is(node, NODE_FOR_STATEMENT);
	bool endless = node_is(node, NODE_FOR_IN_STATEMENT) ? false
		       : is_for && (node_is_null(node_unwrap(condition)) ||
				    node_is(condition, NODE_EMPTY_STATEMENT))
			       ? true
			       : is_true(f->module, node_is(condition, NODE_EXPRESSION_STATEMENT)
							    ? node_first(condition)
							    : condition);
	bool body;

	f->target = &target;
	body = completes(f, node_field(node, FIELD_BODY));
	f->target = target.outer;
	if (target.broken)
		return true;
	if (endless)
		return false;
	/* The body of do-while runs at least once. */
	return !node_is(node, NODE_DO_STATEMENT) || body || target.continued;
}

/* A literal as it is compared: the value of a text, any other one as it is written. */
static const char *literal_text(const struct flow *f, const struct module *module,
				struct node literal)
{
	const char *text = node_string(&module->syntax, f->app->arena, literal);

	return text != NULL ? text : node_text(&module->syntax, f->app->arena, literal);
}

/* Whether the cases name every member of the discriminant's declared union of literals. */
static bool covers_all(struct flow *f, struct node node, struct node body)
{
	struct type type = expression_type(f->app, f->module, node_field(node, FIELD_VALUE)),
		    member;
	struct map cases = {0};
	bool all = !node_is_null(type.node) && !type_is_open(&type);

	if (!all)
		return false;
	for (struct node at = node_down_named(body); !node_is_null(at); at = node_next_named(at)) {
		struct node value = node_unwrap(node_field(at, FIELD_VALUE));

		if (!node_is_null(value))
			map_set(&cases, literal_text(f, f->module, value), f);
	}
	for (struct node at = {0}; all && type_next_member(f->app, &type, &at, &member);)
		all = node_is(member.node, NODE_LITERAL_TYPE) &&
		      map_get(&cases, literal_text(f, member.module, node_first(member.node))) !=
			      NULL;
	map_dispose(&cases);
	return all;
}

static bool switch_completes(struct flow *f, struct node node)
{
	struct target target = {.outer = f->target, .plain = true};
	struct node body = node_field(node, FIELD_BODY);
	bool has_default = false, last = true;

	f->target = &target;
	for (struct node group = node_down_named(body); !node_is_null(group);
	     group = node_next_named(group)) {
		if (!node_is(group, NODE_SWITCH_CASE) && !node_is(group, NODE_SWITCH_DEFAULT))
			continue;
		has_default = has_default || node_is(group, NODE_SWITCH_DEFAULT);
		last = list_completes(f, group);
	}
	f->target = target.outer;
	return target.broken || last || (!has_default && !covers_all(f, node, body));
}

static bool try_completes(struct flow *f, struct node node)
{
	struct node handler = node_field(node, FIELD_HANDLER),
		    finalizer = node_field(node, FIELD_FINALIZER);
	bool body = completes(f, node_field(node, FIELD_BODY));
	bool caught = !node_is_null(handler) && completes(f, node_field(handler, FIELD_BODY));
	bool last = node_is_null(finalizer) || completes(f, node_field(finalizer, FIELD_BODY));

	return last && (body || caught);
}

static bool labeled_completes(struct flow *f, struct node node)
{
	struct target target = {.outer = f->target, .label = node_field(node, FIELD_LABEL)};
	struct node body = node_field(node, FIELD_BODY);
	bool alive;

	if (node_is(body, NODE_WHILE_STATEMENT) || node_is(body, NODE_FOR_STATEMENT) ||
	    node_is(body, NODE_FOR_IN_STATEMENT) || node_is(body, NODE_DO_STATEMENT))
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
	struct node label = node_field(node, FIELD_LABEL);
	bool leaves = node_is(node, NODE_BREAK_STATEMENT);

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

	if (node_is(call, NODE_AWAIT_EXPRESSION))
		call = node_unwrap(node_first(call));
	if (!node_is(call, NODE_CALL_EXPRESSION))
		return false;
	callee = value_of(f->app, f->module, node_field(call, FIELD_FUNCTION));
	if (callee.kind != VALUE_FUNCTION)
		return false;
	type = return_type(f->app, callee.module, callee.node);
	if (type_is_promise(&type))
		type = type_argument(f->app, &type);
	return type_is_word(&type, "never");
}

static bool statement_completes(struct flow *f, struct node node)
{
	switch (node_kind(node)) {
	case NODE_RETURN_STATEMENT:
	case NODE_THROW_STATEMENT:
		return false;
	case NODE_BREAK_STATEMENT:
	case NODE_CONTINUE_STATEMENT:
		jump(f, node);
		return false;
	case NODE_STATEMENT_BLOCK:
		return list_completes(f, node);
	case NODE_IF_STATEMENT:
		return if_completes(f, node);
	case NODE_SWITCH_STATEMENT:
		return switch_completes(f, node);
	case NODE_TRY_STATEMENT:
		return try_completes(f, node);
	case NODE_LABELED_STATEMENT:
		return labeled_completes(f, node);
	case NODE_WHILE_STATEMENT:
	case NODE_FOR_STATEMENT:
	case NODE_FOR_IN_STATEMENT:
	case NODE_DO_STATEMENT:
		return loop_completes(f, node, (struct node){0});
	case NODE_EXPRESSION_STATEMENT:
		return !never_returns(f, node);
	default:
		return true;
	}
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
	struct node body = node_field(function, FIELD_BODY);

	return node_is(body, NODE_STATEMENT_BLOCK) && completes(&flow, body);
}

const char *flow_obstacle(const struct syntax *syntax, struct node call, struct node function)
{
	struct node below = call;

	/* A call that stands in no function has the module around it. */
	for (struct node at = node_parent(call); !node_is_null(at) && !node_same(at, function);
	     below = at, at = node_parent(at)) {
		enum node_field role = node_role(below);

		switch (node_kind(at)) {
		case NODE_IF_STATEMENT:
		case NODE_TERNARY_EXPRESSION:
			if (role != FIELD_CONDITION)
				return "under a condition";
			break;
		case NODE_BINARY_EXPRESSION:
			if (role == FIELD_RIGHT) {
				struct node word = node_field(at, FIELD_OPERATOR);

				if (node_text_is(syntax, word, "&&") ||
				    node_text_is(syntax, word, "||") ||
				    node_text_is(syntax, word, "??"))
					return "under a condition";
			}
			break;
		case NODE_SWITCH_CASE:
		case NODE_SWITCH_DEFAULT:
			return "under a condition";
		case NODE_FOR_STATEMENT:
			if (role != FIELD_INITIALIZER)
				return "in a loop";
			break;
		case NODE_FOR_IN_STATEMENT:
			if (role != FIELD_RIGHT)
				return "in a loop";
			break;
		case NODE_WHILE_STATEMENT:
		case NODE_DO_STATEMENT:
			return "in a loop";
		case NODE_CATCH_CLAUSE:
			return "under a condition";
		default:
			break;
		}
	}
	return NULL;
}

static void see_return(struct node statement, struct node value, void *payload)
{
	size_t *first = payload;

	(void)value;
	*first = node_end(statement) < *first ? node_end(statement) : *first;
}

size_t flow_first_return(struct node function)
{
	size_t first = SIZE_MAX;

	each_return(function, see_return, &first);
	return first;
}

bool flow_is_certain(const struct syntax *syntax, struct node node, struct node function,
		     size_t returned)
{
	struct node below = node;

	if (node_same(node, function))
		return true;
	if (flow_obstacle(syntax, node, function) != NULL)
		return false;
	for (struct node at = node_parent(node); !node_is_null(at) && !node_same(at, function);
	     below = at, at = node_parent(at))
		if (node_role(below) == FIELD_VALUE &&
		    (node_is(at, NODE_REQUIRED_PARAMETER) || node_is(at, NODE_OPTIONAL_PARAMETER)))
			return false;
	return returned > node_start(node);
}
