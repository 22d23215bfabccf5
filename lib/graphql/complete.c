/* Completing values. The answer is written as it is found; where an error makes a place null, what
 * was written for it is taken back. */
#include "graphql/complete.h"

#include "base/arena.h"
#include "base/error.h"
#include "graphql/leaf.h"

/* The value that is being completed. */
struct spot {
	struct asked *asked;
	const struct graphql_type *parent;
	const struct graphql_path *path;
	unsigned level; /* objects and lists around it */
};

static enum outcome complete(struct run *run, const struct spot *spot,
			     const struct graphql_ref *type, const struct graphql_datum *datum);

static enum outcome stop(struct run *run, const char *reason)
{
	run->stopped = reason;
	return OUTCOME_STOPPED;
}

/* One step; false when there have been enough. */
static bool may_go_on(struct run *run)
{
	return run->collector.steps-- > 0 &&
	       run->out->len - run->out_start + run->problems.json.len < GRAPHQL_ANSWER_LIMIT;
}

static enum outcome stop_large(struct run *run)
{
	return stop(run, "this query asks for too much at once: ask for fewer records or fields, "
			 "or in several queries");
}

/* An error about the field that is being answered. */
static enum outcome fail(struct run *run, const struct spot *spot, const char *message)
{
	const struct asked *asked = spot->asked;
	size_t *offsets =
		arena_alloc(run->collector.coercion.arena, asked->node_count * sizeof(*offsets));

	for (size_t i = 0; i < asked->node_count; i++)
		offsets[i] = asked->nodes[i]->start;
	problems_add(&run->problems, message, offsets, asked->node_count, spot->path);
	return OUTCOME_NULL;
}

static enum outcome fail_at(struct run *run, const struct spot *spot, const struct fault *fault)
{
	problems_add(&run->problems, fault->message, &fault->at, 1, spot->path);
	return OUTCOME_NULL;
}

static enum outcome complete_list(struct run *run, const struct spot *spot,
				  const struct graphql_ref *item, const struct graphql_datum *datum)
{
	struct arena *arena = run->collector.coercion.arena;
	struct graphql_path path = {.before = spot->path};
	struct spot inside = *spot;

	if (datum->kind != GRAPHQL_LIST)
		return fail(run, spot,
			    arena_printf(arena,
					 "Expected Iterable, but did not find one for field "
					 "\"%s.%s\".",
					 spot->parent->name, spot->asked->field->name));
	if (spot->level == GRAPHQL_ANSWER_DEPTH)
		return stop(run, "the answer to this query would be nested too deep");
	inside.path = &path;
	inside.level++;
	buf_putc(run->out, '[');
	for (; path.index < datum->count; path.index++) {
		enum outcome outcome;

		if (!may_go_on(run))
			return stop_large(run);
		if (path.index > 0)
			buf_putc(run->out, ',');
		outcome = complete(run, &inside, item, &datum->items[path.index]);
		if (outcome != OUTCOME_DONE)
			return outcome;
	}
	buf_putc(run->out, ']');
	return OUTCOME_DONE;
}

static enum outcome complete_node(struct run *run, const struct spot *spot,
				  const struct graphql_type *type,
				  const struct graphql_datum *datum)
{
	struct arena *arena = run->collector.coercion.arena;
	const struct graphql_type *object = datum->type != NULL ? datum->type : type;
	const struct plan *plan;

	if (datum->kind != GRAPHQL_NODE)
		return fail(run, spot,
			    arena_printf(arena, "`%s` was answered with a value that has no fields",
					 type->name));
	if (object->kind != GRAPHQL_OBJECT || !graphql_type_is_subtype(object, type))
		return fail(run, spot,
			    arena_printf(arena,
					 "Runtime Object type \"%s\" is not a possible type for "
					 "\"%s\".",
					 object->name, type->name));
	plan = collect_below(&run->collector, spot->asked, object);
	if (plan->fault.message != NULL)
		return fail_at(run, spot, &plan->fault);
	return complete_object(run, plan, datum->node, spot->path, spot->level);
}

/* A value that is not null, in a position without its `!`. */
static enum outcome complete_value(struct run *run, const struct spot *spot,
				   const struct graphql_ref *type,
				   const struct graphql_datum *datum)
{
	const char *message;

	if (datum->kind == GRAPHQL_FAILED)
		return fail(run, spot, datum->text);
	if (type->kind == GRAPHQL_REF_LIST)
		return complete_list(run, spot, type->of, datum);
	if (graphql_type_is_composite(type->named))
		return complete_node(run, spot, type->named, datum);
	message = graphql_put_leaf(run->collector.coercion.arena, run->out, type->named, datum);
	return message == NULL ? OUTCOME_DONE : fail(run, spot, message);
}

/* Null where the value is null or has an error, or all that is around it. */
static enum outcome settle(struct run *run, const struct graphql_ref *type, size_t start,
			   enum outcome outcome)
{
	if (outcome != OUTCOME_NULL || type->kind == GRAPHQL_REF_NON_NULL)
		return outcome;
	run->out->len = start;
	buf_puts(run->out, "null");
	return OUTCOME_DONE;
}

static enum outcome complete(struct run *run, const struct spot *spot,
			     const struct graphql_ref *type, const struct graphql_datum *datum)
{
	size_t start = run->out->len;
	enum outcome outcome = OUTCOME_NULL;

	if (datum->kind != GRAPHQL_NULL)
		outcome = complete_value(run, spot, graphql_ref_nullable(type), datum);
	else if (type->kind == GRAPHQL_REF_NON_NULL)
		fail(run, spot,
		     arena_printf(run->collector.coercion.arena,
				  "Cannot return null for non-nullable field %s.%s.",
				  spot->parent->name, spot->asked->field->name));
	return settle(run, type, start, outcome);
}

/* What answers a field: the schema itself, or the resolver. */
static int resolve(struct run *run, const struct spot *spot, const void *node,
		   struct graphql_datum *datum)
{
	const struct asked *asked = spot->asked;
	const struct graphql_schema *schema = run->introspection.schema;
	const struct graphql_call call = {
		.parent = spot->parent,
		.node = node,
		.field = asked->field,
		.arguments = asked->arguments,
		.argument_count = asked->argument_count,
		.arena = run->collector.coercion.arena,
	};

	*datum = (struct graphql_datum){.kind = GRAPHQL_NULL};
	if (asked->field == &schema->meta_typename)
		*datum = graphql_text(spot->parent->name);
	else if (asked->field == &schema->meta_schema)
		*datum = introspect_schema(&run->introspection);
	else if (asked->field == &schema->meta_type)
		*datum = introspect_type(&run->introspection, asked->arguments[0].text);
	else if (spot->parent->specified)
		*datum = introspect_field(&run->introspection, spot->parent, node,
					  asked->field->name, asked->arguments,
					  asked->argument_count);
	else
		return run->resolver->resolve(run->resolver->context, &call, datum, run->error);
	return 0;
}

static enum outcome complete_field(struct run *run, const struct spot *spot, const void *node)
{
	const struct graphql_ref *type = spot->asked->field->type;
	struct graphql_datum datum;

	if (!asked_arguments(&run->collector, spot->asked))
		return settle(run, type, run->out->len, fail_at(run, spot, &spot->asked->fault));
	if (resolve(run, spot, node, &datum) != 0)
		return OUTCOME_STOPPED;
	return complete(run, spot, type, &datum);
}

enum outcome complete_object(struct run *run, const struct plan *plan, const void *node,
			     const struct graphql_path *path, unsigned level)
{
	if (level == GRAPHQL_ANSWER_DEPTH)
		return stop(run, "the answer to this query would be nested too deep");
	buf_putc(run->out, '{');
	for (size_t i = 0; i < plan->count; i++) {
		struct asked *asked = &plan->asked[i];
		struct graphql_path here = {.before = path, .key = asked->key};
		struct spot spot = {
			.asked = asked, .parent = plan->type, .path = &here, .level = level + 1};
		enum outcome outcome;

		if (!may_go_on(run))
			return stop_large(run);
		buf_printf(run->out, "%s\"%s\":", i > 0 ? "," : "", asked->key);
		outcome = complete_field(run, &spot, node);
		if (outcome != OUTCOME_DONE)
			return outcome;
	}
	buf_putc(run->out, '}');
	return OUTCOME_DONE;
}
