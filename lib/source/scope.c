/* Lexical scopes from the syntax tree. Declarations are handed out while the tree is walked, each
 * with the stretch of source in which its name holds, so that no table of scopes need be kept. */
#include "source/scope.h"

#include <string.h>

#include "base/mem.h"

/* Deeper patterns than any person writes are not looked into. */
#define PATTERN_DEPTH 64

static void names_below(struct node node, pattern_visitor visit, void *payload, int depth)
{
	if (node_is_null(node) || depth > PATTERN_DEPTH)
		return;
	if (node_is(node, NODE_IDENTIFIER) ||
	    node_is(node, NODE_SHORTHAND_PROPERTY_IDENTIFIER_PATTERN)) {
		visit(node, payload);
		return;
	}
	if (node_is(node, NODE_PAIR_PATTERN)) {
		names_below(node_field(node, FIELD_VALUE), visit, payload, depth + 1);
		return;
	}
	if (node_is(node, NODE_ASSIGNMENT_PATTERN) ||
	    node_is(node, NODE_OBJECT_ASSIGNMENT_PATTERN)) {
		names_below(node_field(node, FIELD_LEFT), visit, payload, depth + 1);
		return;
	}
	if (!node_is(node, NODE_OBJECT_PATTERN) && !node_is(node, NODE_ARRAY_PATTERN) &&
	    !node_is(node, NODE_REST_PATTERN))
		return;
	for (struct node at = node_down(node); !node_is_null(at); at = node_next(at))
		names_below(at, visit, payload, depth + 1);
}

void pattern_names(struct node pattern, pattern_visitor visit, void *payload)
{
	names_below(pattern, visit, payload, 0);
}

/* --- scopes -------------------------------------------------------------------------------------
 */

static void push(struct scopes *scopes, struct node node, bool function)
{
	if (scopes->count == scopes->room) {
		scopes->room = scopes->room == 0 ? 16 : scopes->room * 2;
		scopes->items = mem_realloc(scopes->items, scopes->room * sizeof(*scopes->items));
	}
	scopes->items[scopes->count] = (struct scope){
		.start = node_start(node),
		.end = node_end(node),
		.function = function,
		.top = scopes->count == 0,
	};
	scopes->count++;
}

void scopes_dispose(struct scopes *scopes)
{
	mem_free(scopes->items);
	*scopes = (struct scopes){0};
}

struct giver {
	struct declared declared;
	declared_visitor visit;
	void *payload;
};

static void give_name(struct node name, void *payload)
{
	struct giver *giver = payload;

	giver->declared.name = name;
	giver->visit(&giver->declared, giver->payload);
}

/* Tells of what `pattern` binds in the innermost scope, or in the innermost function's for `var`.
 */
static void declare(const struct scopes *scopes, enum declared_as as, struct node pattern,
		    struct node node, bool var, declared_visitor visit, void *payload)
{
	struct giver giver = {.visit = visit, .payload = payload};
	size_t at = scopes->count - 1;

	while (var && at > 0 && !scopes->items[at].function)
		at--;
	giver.declared = (struct declared){
		.as = as,
		.node = node,
		.top = scopes->items[at].top,
		.start = scopes->items[at].start,
		.end = scopes->items[at].end,
	};
	while (node_is(pattern, NODE_NESTED_IDENTIFIER)) /* namespace A.B {} */
		pattern = node_first(pattern);
	/* Class and namespace names are other node types than identifiers. */
	if (as == DECLARED_OTHER && !node_is_null(pattern))
		give_name(pattern, &giver);
	else
		pattern_names(pattern, give_name, &giver);
}

static void declare_variables(const struct scopes *scopes, const struct syntax *syntax,
			      struct node node, declared_visitor visit, void *payload)
{
	struct node kind = node_field(node, FIELD_KIND);
	bool var = node_is(node, NODE_VARIABLE_DECLARATION) || node_text_is(syntax, kind, "var");

	for (struct node at = node_down(node); !node_is_null(at); at = node_next(at))
		if (node_is(at, NODE_VARIABLE_DECLARATOR))
			declare(scopes, DECLARED_VARIABLE, node_field(at, FIELD_NAME), at, var,
				visit, payload);
}

/* What a walk tells about: where it is and whom to tell. */
struct telling {
	struct scopes *scopes;
	const struct syntax *syntax;
	declared_visitor visit;
	void *payload;
};

static void tell(const struct telling *t, enum declared_as as, struct node pattern,
		 struct node node)
{
	declare(t->scopes, as, pattern, node, false, t->visit, t->payload);
}

/* `enum Step { document, next = document + 1 }`: members go by their bare names inside. */
static void enter_enum(const struct telling *t, struct node body)
{
	push(t->scopes, body, false);
	for (struct node at = node_down_named(body); !node_is_null(at); at = node_next_named(at)) {
		struct node name =
			node_is(at, NODE_ENUM_ASSIGNMENT) ? node_field(at, FIELD_NAME) : at;

		if (node_is(name, NODE_PROPERTY_IDENTIFIER))
			tell(t, DECLARED_OTHER, name, at);
	}
}

static void enter_for_in(const struct telling *t, struct node node)
{
	struct node kind = node_field(node, FIELD_KIND);

	push(t->scopes, node, false);
	if (!node_is_null(kind))
		declare(t->scopes, DECLARED_VARIABLE, node_field(node, FIELD_LEFT), node,
			node_text_is(t->syntax, kind, "var"), t->visit, t->payload);
}

static void enter(const struct telling *t, struct node node)
{
	switch (node_kind(node)) {
	case NODE_STATEMENT_BLOCK:
	case NODE_SWITCH_BODY:
	case NODE_FOR_STATEMENT:
		push(t->scopes, node, false);
		break;
	case NODE_LEXICAL_DECLARATION:
	case NODE_VARIABLE_DECLARATION:
		declare_variables(t->scopes, t->syntax, node, t->visit, t->payload);
		break;
	case NODE_REQUIRED_PARAMETER:
	case NODE_OPTIONAL_PARAMETER:
		tell(t, DECLARED_PARAMETER, node_field(node, FIELD_PATTERN), node);
		break;
	case NODE_FOR_IN_STATEMENT:
		enter_for_in(t, node);
		break;
	case NODE_ENUM_BODY:
		enter_enum(t, node);
		break;
	case NODE_CATCH_CLAUSE:
		push(t->scopes, node, false);
		tell(t, DECLARED_PARAMETER, node_field(node, FIELD_PARAMETER), node);
		break;
	case NODE_CLASS:
		push(t->scopes, node, false);
		tell(t, DECLARED_OTHER, node_field(node, FIELD_NAME), node);
		break;
	case NODE_CLASS_DECLARATION:
	case NODE_ABSTRACT_CLASS_DECLARATION:
	case NODE_ENUM_DECLARATION:
		tell(t, DECLARED_OTHER, node_field(node, FIELD_NAME), node);
		break;
	/* `var` in a namespace stays there, as in the function that is made of it. */
	case NODE_INTERNAL_MODULE:
	case NODE_MODULE:
		if (!node_is(node_field(node, FIELD_NAME), NODE_STRING))
			tell(t, DECLARED_OTHER, node_field(node, FIELD_NAME), node);
		push(t->scopes, node, true);
		break;
	case NODE_AMBIENT_DECLARATION: /* declare global {} */
		if (node_is(node_first(node), NODE_STATEMENT_BLOCK))
			push(t->scopes, node, true);
		break;
	case NODE_IMPORT_ALIAS: /* import x = A.b */
		tell(t, DECLARED_OTHER, node_first(node), node);
		break;
	/* A declaration's name belongs to the scope around it, an expression's to itself. */
	case NODE_FUNCTION_DECLARATION:
	case NODE_GENERATOR_FUNCTION_DECLARATION:
		tell(t, DECLARED_FUNCTION, node_field(node, FIELD_NAME), node);
		push(t->scopes, node, true);
		break;
	case NODE_FUNCTION_EXPRESSION:
	case NODE_GENERATOR_FUNCTION:
		push(t->scopes, node, true);
		tell(t, DECLARED_FUNCTION, node_field(node, FIELD_NAME), node);
		break;
	case NODE_ARROW_FUNCTION:
		push(t->scopes, node, true);
		tell(t, DECLARED_PARAMETER, node_field(node, FIELD_PARAMETER), node);
		break;
	case NODE_METHOD_DEFINITION:
	case NODE_CLASS_STATIC_BLOCK:
	/* The signatures of types have parameters, too. */
	case NODE_FUNCTION_TYPE:
	case NODE_FUNCTION_SIGNATURE:
	case NODE_METHOD_SIGNATURE:
	case NODE_ABSTRACT_METHOD_SIGNATURE:
	case NODE_CALL_SIGNATURE:
	case NODE_CONSTRUCT_SIGNATURE:
	case NODE_CONSTRUCTOR_TYPE:
		push(t->scopes, node, true);
		break;
	default:
		break;
	}
}

void scopes_enter(struct scopes *scopes, const struct syntax *syntax, struct node node,
		  declared_visitor visit, void *payload)
{
	const struct telling telling = {scopes, syntax, visit, payload};
	size_t start = node_start(node);

	if (scopes->count == 0) {
		push(scopes, syntax_root(syntax), true);
		scopes->items[0].start = 0;
		scopes->items[0].end = syntax->len + 1;
	}
	while (scopes->count > 1 && scopes->items[scopes->count - 1].end <= start)
		scopes->count--;
	enter(&telling, node);
}
