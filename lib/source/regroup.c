/* The grammar takes `await f<T>(x)` for `(await f)<T>(x)` and `a + b!` for `(a + b)!`, and so it
 * does with every operator before a call that has type arguments or before something with `!`
 * behind it. Written so, without parentheses, the operator is meant to come last. In the table that
 * is a rotation: the operator's node and what stands before its last operand change places with the
 * call, and with the members and calls that begin with it. */
#include "source/regroup.h"

#include <string.h>

#include "base/mem.h"

/* The chain of a rotation: the nodes from `at` up to the operator's, each the first child of the
 * one before. */
struct rotation {
	struct entry *entries;
	uint32_t at;      /* the outermost node of the chain; afterwards the operator's */
	uint32_t links;   /* how many nodes the chain has */
	uint32_t head;    /* how many nodes stand between the operator's and its last operand */
	uint32_t operand; /* the last operand, which stays where it is */
};

static bool is_operator(struct node node)
{
	return node_is(node, NODE_AWAIT_EXPRESSION) || node_is(node, NODE_UNARY_EXPRESSION) ||
	       node_is(node, NODE_BINARY_EXPRESSION);
}

/* A call with type arguments, or `x!`, of what cannot be called or be followed by `!` without
 * parentheses. */
static bool is_misread(struct node node)
{
	const struct entry *entry = &node.of->entries[node.at], *first = entry + 1;

	/* Most nodes can be told at once. */
	if (entry->after == node.at + 1 || first->start != entry->start)
		return false;
	if (!is_operator(node_down(node)))
		return false;
	return node_is(node, NODE_NON_NULL_EXPRESSION) ||
	       (node_is(node, NODE_CALL_EXPRESSION) &&
		node_is(node_field(node, FIELD_TYPE_ARGUMENTS), NODE_TYPE_ARGUMENTS));
}

/* The outermost of the members and calls that `node` begins. */
static struct node chain_start(struct node node)
{
	for (;;) {
		struct node parent = node_parent(node);

		if (!node_same(node_down(parent), node) ||
		    (!node_is(parent, NODE_CALL_EXPRESSION) &&
		     !node_is(parent, NODE_MEMBER_EXPRESSION) &&
		     !node_is(parent, NODE_SUBSCRIPT_EXPRESSION) &&
		     !node_is(parent, NODE_NON_NULL_EXPRESSION)))
			return node;
		node = parent;
	}
}

static void move_head(const struct rotation *r, struct entry *moved)
{
	const struct entry *from = &r->entries[r->at + r->links];
	uint32_t sign = r->at + r->links;

	memcpy(moved, from, (r->head + 1) * sizeof(*moved));
	for (uint32_t i = 1; i <= r->head; i++) {
		moved[i].parent = from[i].parent == sign ? r->at : from[i].parent - r->links;
		moved[i].after -= r->links;
	}
	moved[0].end = r->entries[r->at].end;
	moved[0].parent = r->entries[r->at].parent;
	moved[0].after = r->entries[r->at].after;
	moved[0].field = r->entries[r->at].field;
	moved[0].flags |= r->entries[r->at].flags;
}

/* The children of the chain's nodes, but for the chain itself and the operand. */
static void adopt(const struct rotation *r, uint32_t link, uint32_t parent)
{
	uint32_t end = r->entries[link].after;
	uint32_t child = link + 1 < r->at + r->links ? r->entries[link + 1].after
						     : r->entries[r->operand].after;

	for (; child < end; child = r->entries[child].after)
		r->entries[child].parent = parent;
}

static void rotate(struct rotation *r)
{
	struct entry *moved = mem_alloc((r->head + 1) * sizeof(*moved));
	struct entry *entries = r->entries, *operand = &entries[r->operand];
	uint32_t shift = r->head + 1;

	for (uint32_t i = 0; i < r->links; i++)
		adopt(r, r->at + i, r->at + i + shift);
	move_head(r, moved);
	entries[r->at].field = operand->field;
	operand->field = entries[r->at + r->links].field;
	memmove(&entries[r->at + shift], &entries[r->at], r->links * sizeof(*entries));
	memcpy(&entries[r->at], moved, shift * sizeof(*entries));
	for (uint32_t i = 0; i < r->links; i++) {
		struct entry *link = &entries[r->at + shift + i];

		link->start = operand->start;
		link->parent = i == 0 ? r->at : r->at + shift + i - 1;
	}
	operand->parent = r->at + shift + r->links - 1;
	mem_free(moved);
}

void syntax_regroup(struct syntax *syntax)
{
	for (uint32_t at = 0; at < syntax->count; at++) {
		struct node call = {syntax, at}, start, sign, operand = {0};
		struct rotation r = {.entries = syntax->entries};

		if (!is_misread(call))
			continue;
		sign = node_down(call);
		for (struct node child = node_down(sign); !node_is_null(child);
		     child = node_next(child))
			operand = child;
		if (node_is_null(operand) || !node_is_named(operand) ||
		    node_is(operand, NODE_COMMENT))
			continue;
		start = chain_start(call);
		r.at = start.at;
		r.links = sign.at - start.at;
		r.head = operand.at - sign.at - 1;
		r.operand = operand.at;
		rotate(&r);
		at = r.at; /* the operand may begin with an operator, too */
	}
}
