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
	if (node_is(node, "identifier") || node_is(node, "shorthand_property_identifier_pattern")) {
		visit(node, payload);
		return;
	}
	if (node_is(node, "pair_pattern")) {
		names_below(node_field(node, "value"), visit, payload, depth + 1);
		return;
	}
	if (node_is(node, "assignment_pattern") || node_is(node, "object_assignment_pattern")) {
		names_below(node_field(node, "left"), visit, payload, depth + 1);
		return;
	}
	if (!node_is(node, "object_pattern") && !node_is(node, "array_pattern") &&
	    !node_is(node, "rest_pattern"))
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
	/* Class and namespace names are other node types than identifiers. */
	if (as == DECLARED_OTHER && !node_is_null(pattern))
		give_name(pattern, &giver);
	else
		pattern_names(pattern, give_name, &giver);
}

static void declare_variables(const struct scopes *scopes, const struct syntax *syntax,
			      struct node node, declared_visitor visit, void *payload)
{
	struct node kind = node_field(node, "kind");
	bool var = node_is(node, "variable_declaration") || node_text_is(syntax, kind, "var");

	for (struct node at = node_down(node); !node_is_null(at); at = node_next(at))
		if (node_is(at, "variable_declarator"))
			declare(scopes, DECLARED_VARIABLE, node_field(at, "name"), at, var, visit,
				payload);
}

static bool is_function_scope(const char *type)
{
	static const char *const types[] = {
		"arrow_function",
		"function_expression",
		"function_declaration",
		"method_definition",
		"function_type",
		"generator_function",
		"generator_function_declaration",
		"function_signature",
		"method_signature",
		"abstract_method_signature",
		"call_signature",
		"construct_signature",
		"constructor_type",
		"class_static_block",
	};

	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		if (str_is(type, types[i]))
			return true;
	}
	return false;
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

/* Functions and the signatures of types: a scope with parameters. */
static void enter_function(const struct telling *t, struct node node, const char *type)
{
	struct node name = node_field(node, "name");

	/* A declaration's name belongs to the scope around it, an expression's to itself. */
	if (str_is(type, "function_declaration") || str_is(type, "generator_function_declaration"))
		tell(t, DECLARED_FUNCTION, name, node);
	push(t->scopes, node, true);
	if (str_is(type, "function_expression") || str_is(type, "generator_function"))
		tell(t, DECLARED_FUNCTION, name, node);
	if (str_is(type, "arrow_function"))
		tell(t, DECLARED_PARAMETER, node_field(node, "parameter"), node);
}

static void enter_for_in(const struct telling *t, struct node node)
{
	struct node kind = node_field(node, "kind");

	push(t->scopes, node, false);
	if (!node_is_null(kind))
		declare(t->scopes, DECLARED_VARIABLE, node_field(node, "left"), node,
			node_text_is(t->syntax, kind, "var"), t->visit, t->payload);
}

/* Statements and classes; false when the node may be a function. */
static bool enter_block(const struct telling *t, struct node node, const char *type)
{
	if (str_is(type, "identifier"))
		return true; /* the most frequent one, first */
	if (str_is(type, "statement_block") || str_is(type, "switch_body") ||
	    str_is(type, "for_statement")) {
		push(t->scopes, node, false);
	} else if (str_is(type, "lexical_declaration") || str_is(type, "variable_declaration")) {
		declare_variables(t->scopes, t->syntax, node, t->visit, t->payload);
	} else if (str_is(type, "required_parameter") || str_is(type, "optional_parameter")) {
		tell(t, DECLARED_PARAMETER, node_field(node, "pattern"), node);
	} else if (str_is(type, "for_in_statement")) {
		enter_for_in(t, node);
	} else if (str_is(type, "catch_clause")) {
		push(t->scopes, node, false);
		tell(t, DECLARED_PARAMETER, node_field(node, "parameter"), node);
	} else if (str_is(type, "class")) {
		push(t->scopes, node, false);
		tell(t, DECLARED_OTHER, node_field(node, "name"), node);
	} else if (str_is(type, "class_declaration") ||
		   str_is(type, "abstract_class_declaration") || str_is(type, "enum_declaration") ||
		   str_is(type, "internal_module")) {
		tell(t, DECLARED_OTHER, node_field(node, "name"), node);
	} else {
		return false;
	}
	return true;
}

void scopes_enter(struct scopes *scopes, const struct syntax *syntax, struct node node,
		  declared_visitor visit, void *payload)
{
	const struct telling telling = {scopes, syntax, visit, payload};
	const char *type = node_type(node);
	size_t start = node_start(node);

	if (scopes->count == 0) {
		push(scopes, syntax_root(syntax), true);
		scopes->items[0].start = 0;
		scopes->items[0].end = syntax->len + 1;
	}
	while (scopes->count > 1 && scopes->items[scopes->count - 1].end <= start)
		scopes->count--;
	if (!enter_block(&telling, node, type) && is_function_scope(type))
		enter_function(&telling, node, type);
}
