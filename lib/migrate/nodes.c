/* Questions about object literals and statements, and the lists of the plan. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "migrate/internal.h"

struct node object_member(const struct syntax *syntax, struct arena *arena, struct node object,
			  const char *name)
{
	struct node member = node_down_named(object);

	for (; !node_is_null(member); member = node_next_named(member)) {
		struct node key = node_field(member, FIELD_KEY);
		const char *text;

		if (node_is(member, NODE_SHORTHAND_PROPERTY_IDENTIFIER))
			key = member;
		else if (node_is(member, NODE_METHOD_DEFINITION))
			key = node_field(member, FIELD_NAME);
		text = node_is(key, NODE_STRING) ? node_string(syntax, arena, key)
						 : node_text(syntax, arena, key);
		if (!node_is_null(key) && text != NULL && strcmp(text, name) == 0)
			break;
	}
	return member;
}

struct node member_value(struct node member)
{
	if (node_is(member, NODE_PAIR))
		return node_field(member, FIELD_VALUE);
	return member;
}

struct node top_statement(struct node node)
{
	while (!node_is_null(node) && !node_is(node_parent(node), NODE_PROGRAM))
		node = node_parent(node);
	return node;
}

/* The same again says nothing new: two lists that hold one surface. */
static bool is_told(const struct migration *plan, const struct migrate_blocker *blocker)
{
	for (size_t i = 0; i < plan->blocker_count; i++) {
		const struct migrate_blocker *other = &plan->blockers[i];

		if (str_is(other->code, blocker->code) &&
		    str_is(other->message, blocker->message) &&
		    str_is(other->files[0], blocker->files[0]) &&
		    str_equal(other->files[1], blocker->files[1]))
			return true;
	}
	return false;
}

void block_plan(struct work *work, const char *code, const char *message, const char *a,
		const char *b, const char *symbol, const char *symbol2)
{
	struct migration *plan = work->plan;
	const char **symbols = arena_alloc(work->arena, 3 * sizeof(*symbols));
	struct migrate_blocker blocker = {
		.code = code, .message = message, .files = {a, b}, .symbols = symbols};
	size_t count = 0;

	if (symbol != NULL)
		symbols[count++] = symbol;
	if (symbol2 != NULL)
		symbols[count++] = symbol2;
	if (str_equal(a, b))
		blocker.files[1] = NULL;
	else if (b != NULL && strcmp(a, b) > 0 && strcmp(code, "destination-collision") != 0)
		memcpy(blocker.files, (const char *const[]){b, a}, sizeof(blocker.files));
	if (!is_told(plan, &blocker))
		*(struct migrate_blocker *)arena_push(work->arena, &plan->blockers,
						      &plan->blocker_count, sizeof(blocker)) =
			blocker;
}

struct migrate_op *add_op(struct work *work, const char *kind, const char *id)
{
	struct migration *plan = work->plan;
	struct migrate_op *op = arena_push(work->arena, &plan->ops, &plan->op_count, sizeof(*op));

	op->kind = kind;
	op->id = arena_printf(work->arena, "%s:%s", kind, id);
	return op;
}
