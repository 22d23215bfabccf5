#include "rules/calls.h"

#include "base/arena.h"
#include "base/map.h"
#include "rules/flow.h"
#include "rules/values.h"

struct calls {
	const struct app *app;
	called_visitor visit;
	void *payload;
	struct called *queue; /* functions */
	size_t count;
	struct map seen; /* "path:start" of functions that were shown, or wait */
	const struct called *now;
};

static bool is_new(struct calls *c, const struct module *module, struct node function)
{
	const char *key = arena_printf(c->app->arena, "%s:%zu", module->path, node_start(function));

	if (map_get(&c->seen, key) != NULL)
		return false;
	map_set(&c->seen, key, c);
	return true;
}

static void enqueue(struct calls *c, const struct value *function, struct node from, bool certain)
{
	struct called *slot;

	if (function->kind != VALUE_FUNCTION || syntax_is_broken(&function->module->syntax) ||
	    !is_new(c, function->module, function->node))
		return;
	slot = arena_push(c->app->arena, &c->queue, &c->count, sizeof(*slot));
	*slot = (struct called){function->module, function->node, from, function->node, 0, certain};
}

/* The functions that a call runs, or may. */
static void follow(struct calls *c, const struct called *called)
{
	const struct module *module = called->module;
	struct node call = called->node;
	struct value value = {VALUE_CALL, module, call, false};
	bool certain = called->certain &&
		       flow_is_certain(&module->syntax, call, called->function, called->returned);
	struct value target = callee_of(c->app, &value);

	if (target.kind != VALUE_FUNCTION)
		target = method_of(c->app, &value);
	enqueue(c, &target, called->from, certain);
	for (struct node at = node_down_named(node_field(call, FIELD_ARGUMENTS)); !node_is_null(at);
	     at = node_next_named(at)) {
		if (!node_is(node_unwrap(at), NODE_IDENTIFIER))
			continue;
		target = value_of(c->app, module, at);
		enqueue(c, &target, called->from, certain);
	}
}

static bool visit_node(struct node node, void *payload)
{
	struct calls *c = payload;
	struct called called = *c->now;

	if (node_is_function(node) && !node_same(node, called.node) &&
	    !is_new(c, called.module, node))
		return false;
	called.node = node;
	if (node_is_null(called.from))
		called.from = node;
	c->visit(&called, c->payload);
	if (node_is(node, NODE_CALL_EXPRESSION))
		follow(c, &called);
	return true;
}

void calls_walk(const struct app *app, const struct module *module, struct node start,
		called_visitor visit, void *payload)
{
	struct calls c = {.app = app, .visit = visit, .payload = payload};
	struct called *slot = arena_push(app->arena, &c.queue, &c.count, sizeof(*slot));

	*slot = (struct called){module, start, {0}, start, 0, true};
	is_new(&c, module, start);
	for (size_t i = 0; i < c.count; i++) {
		/* A copy: the queue moves when it grows. */
		struct called now = c.queue[i];

		now.returned = flow_first_return(now.function);
		c.now = &now;
		node_walk(now.node, visit_node, &c);
	}
	map_dispose(&c.seen);
}
