/* As esbuild folds constants without minifying: literals, `!`, comparisons, the logical operators,
 * and process.env.NODE_ENV, which has one value in every bundle that is shipped
 * (lib/bundle/README.md, Bundles). */
#include "source/constant.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"

#define DEPTH 64 /* of operators in a condition */

enum value_kind { UNKNOWN, UNDEFINED, NULL_VALUE, BOOLEAN, NUMBER, STRING, OBJECT };

struct value {
	enum value_kind kind;
	double number; /* BOOLEAN too */
	const char *text;
};

struct folder {
	const struct syntax *syntax;
	struct arena *arena;
};

enum truth { MAYBE, YES, NO };

static enum truth truth_of(struct value value)
{
	switch (value.kind) {
	case UNDEFINED:
	case NULL_VALUE:
		return NO;
	case BOOLEAN:
	case NUMBER:
		return value.number != 0 ? YES : NO; /* there is no literal of NaN */
	case STRING:
		return value.text[0] != '\0' ? YES : NO;
	case OBJECT:
		return YES;
	case UNKNOWN:
		break;
	}
	return MAYBE;
}

static struct value boolean(bool is)
{
	return (struct value){.kind = BOOLEAN, .number = is ? 1 : 0};
}

static struct value fold(const struct folder *f, struct node node, int depth);

static bool has_operator(const struct folder *f, struct node node, const char *operator)
{
	return node_text_is(f->syntax, node_field(node, FIELD_OPERATOR), operator);
}

static struct value fold_same(const struct folder *f, struct node node, int depth)
{
	struct value left = fold(f, node_field(node, FIELD_LEFT), depth + 1);
	struct value right = fold(f, node_field(node, FIELD_RIGHT), depth + 1);
	bool same, strict = has_operator(f, node, "===") || has_operator(f, node, "!==");
	bool negated = has_operator(f, node, "!=") || has_operator(f, node, "!==");

	if (left.kind == UNKNOWN || right.kind == UNKNOWN || left.kind == OBJECT ||
	    right.kind == OBJECT)
		return (struct value){.kind = UNKNOWN};
	if (left.kind != right.kind) {
		bool empty = left.kind <= NULL_VALUE && right.kind <= NULL_VALUE;

		if (!strict && !empty)
			return (struct value){.kind = UNKNOWN};
		same = !strict && empty;
	} else {
		same = left.kind == STRING ? strcmp(left.text, right.text) == 0
					   : left.number == right.number;
	}
	return boolean(same != negated);
}

static struct value fold_binary(const struct folder *f, struct node node, int depth)
{
	struct value left;

	if (has_operator(f, node, "===") || has_operator(f, node, "!==") ||
	    has_operator(f, node, "==") || has_operator(f, node, "!="))
		return fold_same(f, node, depth);
	if (!has_operator(f, node, "&&") && !has_operator(f, node, "||") &&
	    !has_operator(f, node, "??"))
		return (struct value){.kind = UNKNOWN};
	left = fold(f, node_field(node, FIELD_LEFT), depth + 1);
	if (left.kind == UNKNOWN)
		return left;
	if (has_operator(f, node, "??") ? left.kind > NULL_VALUE
					: (truth_of(left) == YES) == has_operator(f, node, "||"))
		return left;
	return fold(f, node_field(node, FIELD_RIGHT), depth + 1);
}

static struct value fold_unary(const struct folder *f, struct node node, int depth)
{
	enum truth truth;

	if (has_operator(f, node, "void"))
		return (struct value){.kind = UNDEFINED};
	if (!has_operator(f, node, "!"))
		return (struct value){.kind = UNKNOWN};
	truth = truth_of(fold(f, node_field(node, FIELD_ARGUMENT), depth + 1));
	if (truth == MAYBE)
		return (struct value){.kind = UNKNOWN};
	return boolean(truth == NO);
}

static bool is_member(const struct folder *f, struct node node, const char *name)
{
	char *text;

	if (node_is(node, NODE_MEMBER_EXPRESSION))
		return node_text_is(f->syntax, node_field(node, FIELD_PROPERTY), name);
	if (!node_is(node, NODE_SUBSCRIPT_EXPRESSION))
		return false;
	text = node_string(f->syntax, f->arena, node_field(node, FIELD_INDEX));
	return text != NULL && strcmp(text, name) == 0;
}

/* process.env.NODE_ENV, with dots or brackets */
static bool is_node_env(const struct folder *f, struct node node)
{
	struct node env = node_field(node, FIELD_OBJECT), process = node_field(env, FIELD_OBJECT);

	return is_member(f, node, "NODE_ENV") && is_member(f, env, "env") &&
	       node_is(process, NODE_IDENTIFIER) && node_text_is(f->syntax, process, "process");
}

static struct value fold_number(const struct folder *f, struct node node)
{
	const char *text = node_text(f->syntax, f->arena, node);
	char *end;
	double number = strtod(text, &end);

	return *end == '\0' ? (struct value){.kind = NUMBER, .number = number}
			    : (struct value){.kind = UNKNOWN};
}

static struct value fold(const struct folder *f, struct node node, int depth)
{
	char *text;

	node = node_unwrap(node);
	if (depth > DEPTH || node_is_null(node))
		return (struct value){.kind = UNKNOWN};
	if (node_is_function(node))
		return (struct value){.kind = OBJECT};
	switch (node_kind(node)) {
	case NODE_TRUE:
	case NODE_FALSE:
		return boolean(node_is(node, NODE_TRUE));
	case NODE_NULL:
		return (struct value){.kind = NULL_VALUE};
	case NODE_UNDEFINED:
		return (struct value){.kind = UNDEFINED};
	case NODE_NUMBER:
		return fold_number(f, node);
	case NODE_OBJECT:
	case NODE_ARRAY:
	case NODE_REGEX:
		return (struct value){.kind = OBJECT};
	case NODE_UNARY_EXPRESSION:
		return fold_unary(f, node, depth);
	case NODE_BINARY_EXPRESSION:
		return fold_binary(f, node, depth);
	case NODE_MEMBER_EXPRESSION:
	case NODE_SUBSCRIPT_EXPRESSION:
		return is_node_env(f, node) ? (struct value){.kind = STRING, .text = "production"}
					    : (struct value){.kind = UNKNOWN};
	default:
		text = node_string(f->syntax, f->arena, node);
		return text != NULL ? (struct value){.kind = STRING, .text = text}
				    : (struct value){.kind = UNKNOWN};
	}
}

static bool is_ruled_out(const struct folder *f, struct node parent, struct node child)
{
	enum node_field role = node_role(child);
	struct value value;

	switch (node_kind(parent)) {
	case NODE_IF_STATEMENT:
	case NODE_TERNARY_EXPRESSION:
		if (role != FIELD_CONSEQUENCE && role != FIELD_ALTERNATIVE)
			return false;
		return truth_of(fold(f, node_field(parent, FIELD_CONDITION), 0)) ==
		       (role == FIELD_CONSEQUENCE ? NO : YES);
	case NODE_BINARY_EXPRESSION:
		if (role != FIELD_RIGHT)
			return false;
		value = fold(f, node_field(parent, FIELD_LEFT), 0);
		if (has_operator(f, parent, "??"))
			return value.kind > NULL_VALUE;
		return truth_of(value) == (has_operator(f, parent, "&&")   ? NO
					   : has_operator(f, parent, "||") ? YES
									   : MAYBE) &&
		       truth_of(value) != MAYBE;
	default:
		return false;
	}
}

bool is_dead(const struct syntax *syntax, struct node node)
{
	struct folder f = {syntax, arena_new_small(256)};
	bool dead = false;

	for (struct node parent = node_parent(node); !dead && !node_is_null(parent);
	     parent = node_parent(node)) {
		dead = is_ruled_out(&f, parent, node);
		node = parent;
	}
	arena_free(f.arena);
	return dead;
}
