/* ATT7002 and ATT7004: what Attio's review refuses or a log must not hold. */
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "graphql/document.h"
#include "rules/internal.h"
#include "rules/types.h"
#include "rules/values.h"
#include "rules/visit.h"

static bool is_sdk(const char *specifier)
{
	return strcmp(specifier, "attio") == 0 || str_starts(specifier, "attio/");
}

static bool is_experimental(const char *name)
{
	return name != NULL &&
	       (str_starts(name, "experimental_") || str_starts(name, "Experimental_"));
}

static void experimental(const struct rule *rule, struct diags *diags, struct place place,
			 const char *name)
{
	diag_add(diags, &rule->info, place, "`%s` is experimental", name)->help =
		"it may change or go without notice, and Attio's review does not accept it; use "
		"what the SDK "
		"offers without this prefix";
}

/* Whether the leftmost name of `a.b.c` is imported from the SDK. */
static bool is_of_sdk(const struct visiting *s, struct node node)
{
	const struct binding *binding;
	struct declared declared;
	const char *package, *name;

	if (package_member(s->app, s->module, node, &package, &name))
		return is_sdk(package);
	node = node_unwrap(node);
	while (node_is(node, NODE_MEMBER_EXPRESSION) || node_is(node, NODE_NESTED_IDENTIFIER))
		node = node_unwrap(node_field(node, FIELD_OBJECT));
	if (!node_is(node, NODE_IDENTIFIER))
		return false;
	name = node_text(&s->module->syntax, s->app->arena, node);
	binding = facts_binding(&s->module->facts, name);
	return binding != NULL && binding->import >= 0 &&
	       is_sdk(s->module->facts.imports[binding->import].specifier) &&
	       !facts_local(&s->module->facts, name, node_start(node), &declared);
}

/* `name` is taken from the object `from`. */
static void judge_member(const struct visiting *v, struct node from, struct node name)
{
	const struct syntax *syntax = &v->module->syntax;
	const char *text;

	if (node_is_null(name) || node_is_null(from))
		return;
	text = node_is(name, NODE_STRING) ? node_string(syntax, v->app->arena, name)
					  : node_text(syntax, v->app->arena, name);
	if (is_experimental(text) && is_of_sdk(v, from))
		experimental(v->rule, v->diags, node_place(syntax, name), text);
}

static bool see_member(const struct visiting *v, struct node node)
{
	judge_member(v, node_field(node, FIELD_OBJECT), node_field(node, FIELD_PROPERTY));
	return true;
}

static bool see_subscript(const struct visiting *v, struct node node)
{
	judge_member(v, node_field(node, FIELD_OBJECT), node_field(node, FIELD_INDEX));
	return true;
}

/* `const {Experimental_Card} = ui` */
static bool see_pattern(const struct visiting *v, struct node node)
{
	struct node pattern = node_parent(node);
	struct node name = node_is(node, NODE_PAIR_PATTERN) ? node_field(node, FIELD_KEY) : node;

	if (node_is(pattern, NODE_OBJECT_ASSIGNMENT_PATTERN))
		pattern = node_parent(pattern);
	if (node_is(node_parent(pattern), NODE_VARIABLE_DECLARATOR))
		judge_member(v, node_field(node_parent(pattern), FIELD_VALUE), name);
	return true;
}

/* The imports tell by themselves; true when something else can be found. */
static bool wants_experimental(struct visiting *v)
{
	const struct facts *facts = &v->module->facts;

	if (strstr(v->module->text->bytes, "xperimental_") == NULL)
		return false;
	for (size_t k = 0; k < facts->import_count; k++) {
		const struct import *import = &facts->imports[k];

		for (size_t n = 0; is_sdk(import->specifier) && n < import->name_count; n++) {
			if (is_experimental(import->names[n].imported))
				experimental(v->rule, v->diags, import->names[n].place,
					     import->names[n].imported);
		}
	}
	return true;
}

/* Fields of a query, wherever they stand; the innermost selections last. */
static void check_selections(const struct rule *rule, const struct app *app,
			     const struct document *document,
			     const struct graphql_selection_set *whole, struct diags *diags)
{
	const struct graphql_selection_set **sets = NULL;
	size_t count = 0;

	*(const struct graphql_selection_set **)arena_push(app->arena, &sets, &count,
							   sizeof(*sets)) = whole;
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; sets[i] != NULL && k < sets[i]->count; k++) {
			const struct graphql_selection *item = &sets[i]->items[k];
			struct place place = {document->path, item->name.start, item->name.end};
			const struct graphql_selection_set *below = item->set;

			if (item->kind == GRAPHQL_FIELD && is_experimental(item->name.text))
				experimental(rule, diags, place, item->name.text);
			*(const struct graphql_selection_set **)arena_push(
				app->arena, &sets, &count, sizeof(*sets)) = below;
		}
	}
}

static void check_queries(const struct rule *rule, const struct app *app, struct diags *diags)
{
	for (size_t i = 0; i < app->documents.count; i++) {
		const struct document *document = &app->documents.items[i];
		const struct graphql_document *parsed = document->parsed;

		if (parsed == NULL || strstr(parsed->bytes, "xperimental_") == NULL)
			continue;
		for (size_t k = 0; k < parsed->definition_count; k++)
			check_selections(rule, app, document, parsed->definitions[k].set, diags);
	}
}

static const struct walk experiments = {
	.wants = wants_experimental,
	.visits =
		(const struct visit[]){
			{NODE_MEMBER_EXPRESSION, see_member},
			{NODE_NESTED_IDENTIFIER, see_member},
			{NODE_SUBSCRIPT_EXPRESSION, see_subscript},
			{NODE_SHORTHAND_PROPERTY_IDENTIFIER_PATTERN, see_pattern},
			{NODE_PAIR_PATTERN, see_pattern},
			{NODE_JSX_CLOSING_ELEMENT, NULL}, /* told at the opening one */
			{NODE_NONE, NULL},
		},
};

/* --- logged tokens
 * ---------------------------------------------------------------------------------- */

#define LEAK_STEPS 24

static struct node leak(const struct visiting *s, struct node node, int steps);

static bool is_connection_type(const struct type *type)
{
	static const char *const types[] = {"Connection", "WorkspaceConnection", "UserConnection"};

	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		if (str_equal(type->package, "attio/server") && str_equal(type->imported, types[i]))
			return true;
	}
	return false;
}

/* Whether an expression is a connection: of the SDK's getters, or declared as one. */
static bool is_connection(const struct visiting *s, struct node node)
{
	static const char *const getters[] = {"getWorkspaceConnection", "getUserConnection"};
	struct value value = value_of(s->app, s->module, node);
	const char *package, *name;
	struct type type;

	if (value.kind == VALUE_CALL &&
	    package_member(s->app, value.module, node_field(value.node, FIELD_FUNCTION), &package,
			   &name) &&
	    strcmp(package, "attio/server") == 0) {
		for (size_t i = 0; i < ARRAY_LEN(getters); i++) {
			if (strcmp(name, getters[i]) == 0)
				return true;
		}
	}
	type = expression_type(s->app, s->module, node);
	if (is_connection_type(&type))
		return true;
	/* `({connection}: {connection: Connection})` of an event handler */
	if (node_is(node, NODE_IDENTIFIER) &&
	    node_text_is(&s->module->syntax, node, "connection") && s->module->role == ROLE_EVENT) {
		struct declared declared;

		return facts_local(&s->module->facts, "connection", node_start(node), &declared) &&
		       declared.as == DECLARED_PARAMETER;
	}
	return false;
}

/* `({value}: Connection)`, and `({connection: {value}})` of an event handler. */
static bool takes_value(const struct visiting *s, struct node parameter,
			const struct declared *declared)
{
	const struct syntax *syntax = &s->module->syntax;
	struct node item = declared->name, pattern = node_field(parameter, FIELD_PATTERN);
	struct node inner, key;
	struct type type;

	if (declared->as != DECLARED_PARAMETER || !node_is(pattern, NODE_OBJECT_PATTERN))
		return false;
	if (node_is(node_parent(item), NODE_PAIR_PATTERN))
		item = node_parent(item);
	key = node_is(item, NODE_PAIR_PATTERN) ? node_field(item, FIELD_KEY) : item;
	if (!node_text_is(syntax, key, "value"))
		return false;
	inner = node_parent(item);
	if (node_same(inner, pattern)) {
		type = type_of(s->app, s->module, node_field(parameter, FIELD_TYPE));
		return is_connection_type(&type);
	}
	return s->module->role == ROLE_EVENT &&
	       node_same(node_parent(node_parent(inner)), pattern) &&
	       node_text_is(syntax, node_field(node_parent(inner), FIELD_KEY), "connection");
}

/* A local name: what it was given, or the property that a pattern took. */
static struct node leaking_name(const struct visiting *s, struct node node, int steps)
{
	const char *name = node_text(&s->module->syntax, s->app->arena, node);
	const struct binding *binding = facts_binding(&s->module->facts, name);
	struct declared declared;
	struct node holder, pattern;

	if (facts_local(&s->module->facts, name, node_start(node), &declared))
		holder = declared.node;
	else if (binding != NULL && binding->import < 0)
		holder = binding->node;
	else
		return (struct node){0};
	if (!node_is(holder, NODE_VARIABLE_DECLARATOR))
		return takes_value(s, holder, &declared) ? node : (struct node){0};
	pattern = node_field(holder, FIELD_NAME);
	if (node_is(pattern, NODE_IDENTIFIER)) {
		if (node_is_null(leak(s, node_field(holder, FIELD_VALUE), steps - 1)))
			return (struct node){0};
		return node;
	}
	if (!node_is(pattern, NODE_OBJECT_PATTERN))
		return (struct node){0};
	for (struct node item = node_down_named(pattern); !node_is_null(item);
	     item = node_next_named(item)) {
		bool pair = node_is(item, NODE_PAIR_PATTERN);

		if (node_text_is(&s->module->syntax, pair ? node_field(item, FIELD_VALUE) : item,
				 name) &&
		    node_text_is(&s->module->syntax, pair ? node_field(item, FIELD_KEY) : item,
				 "value") &&
		    is_connection(s, node_field(holder, FIELD_VALUE)))
			return node;
	}
	return (struct node){0};
}

/* Only calls that give their argument's text back: of others nobody knows what they return. */
static bool gives_text_back(const struct visiting *s, struct node callee)
{
	static const char *const functions[] = {"String", "JSON.stringify", "encodeURIComponent",
						"btoa"};
	static const char *const methods[] = {"toString", "trim", "concat", "valueOf"};

	for (size_t i = 0; i < ARRAY_LEN(functions); i++) {
		if (node_text_is(&s->module->syntax, callee, functions[i]))
			return true;
	}
	for (size_t i = 0; i < ARRAY_LEN(methods); i++) {
		if (node_text_is(&s->module->syntax, node_field(callee, FIELD_PROPERTY),
				 methods[i]))
			return true;
	}
	return false;
}

/* What a member or subscript takes of its object; NULL when that cannot be seen. */
static const char *property_name(const struct visiting *s, struct node node)
{
	if (node_is(node, NODE_SUBSCRIPT_EXPRESSION))
		return value_text(s->app, s->module, node_field(node, FIELD_INDEX));
	return node_text(&s->module->syntax, s->app->arena, node_field(node, FIELD_PROPERTY));
}

static struct node leak_of_children(const struct visiting *s, struct node node, int steps)
{
	struct node found = {0};

	for (struct node at = node_down_named(node); !node_is_null(at) && node_is_null(found);
	     at = node_next_named(at)) {
		struct node child = at;

		if (node_is(child, NODE_PAIR))
			child = node_field(child, FIELD_VALUE);
		else if (node_is(child, NODE_TEMPLATE_SUBSTITUTION) ||
			 node_is(child, NODE_SPREAD_ELEMENT))
			child = node_first(child);
		else if (node_is(child, NODE_STRING_FRAGMENT))
			continue;
		found = leak(s, child, steps - 1);
	}
	return found;
}

/* The part of an expression that puts a token into its value; null when none does. */
static struct node leak(const struct visiting *s, struct node node, int steps)
{
	const struct syntax *syntax = &s->module->syntax;
	const char *package, *name;
	struct node found = {0};

	node = node_unwrap(node);
	if (steps <= 0 || node_is_null(node))
		return found;
	if (node_is(node, NODE_AWAIT_EXPRESSION))
		return leak(s, node_first(node), steps - 1);
	if ((node_is(node, NODE_IDENTIFIER) || node_is(node, NODE_MEMBER_EXPRESSION)) &&
	    package_member(s->app, s->module, node, &package, &name) &&
	    strcmp(package, "attio/server") == 0 && strcmp(name, "ATTIO_API_TOKEN") == 0)
		return node;
	if (node_is(node, NODE_SHORTHAND_PROPERTY_IDENTIFIER)) {
		const struct binding *binding =
			facts_binding(&s->module->facts, node_text(syntax, s->app->arena, node));

		if (binding != NULL && binding->import >= 0 &&
		    strcmp(s->module->facts.imports[binding->import].specifier, "attio/server") ==
			    0 &&
		    str_equal(binding->imported, "ATTIO_API_TOKEN"))
			return node;
		return is_connection(s, node) ? node : leaking_name(s, node, steps);
	}
	if (node_is(node, NODE_IDENTIFIER))
		return is_connection(s, node) ? node : leaking_name(s, node, steps);
	if (node_is(node, NODE_MEMBER_EXPRESSION) || node_is(node, NODE_SUBSCRIPT_EXPRESSION))
		return str_equal(property_name(s, node), "value") &&
				       is_connection(s, node_unwrap(node_field(node, FIELD_OBJECT)))
			       ? node
			       : found;
	if (node_is(node, NODE_TEMPLATE_STRING) || node_is(node, NODE_OBJECT) ||
	    node_is(node, NODE_ARRAY))
		return leak_of_children(s, node, steps);
	if (node_is(node, NODE_BINARY_EXPRESSION)) {
		static const char *const handing[] = {"+", "??", "||"};

		for (size_t i = 0; i < ARRAY_LEN(handing); i++) {
			if (node_text_is(syntax, node_field(node, FIELD_OPERATOR), handing[i]))
				found = leak(s, node_field(node, FIELD_LEFT), steps - 1);
		}
		if (node_is_null(found) &&
		    (node_text_is(syntax, node_field(node, FIELD_OPERATOR), "&&") ||
		     node_text_is(syntax, node_field(node, FIELD_OPERATOR), "+") ||
		     node_text_is(syntax, node_field(node, FIELD_OPERATOR), "??") ||
		     node_text_is(syntax, node_field(node, FIELD_OPERATOR), "||")))
			found = leak(s, node_field(node, FIELD_RIGHT), steps - 1);
		return found;
	}
	if (node_is(node, NODE_TERNARY_EXPRESSION)) {
		found = leak(s, node_field(node, FIELD_CONSEQUENCE), steps - 1);
		return node_is_null(found) ? leak(s, node_field(node, FIELD_ALTERNATIVE), steps - 1)
					   : found;
	}
	if (node_is(node, NODE_CALL_EXPRESSION) &&
	    gives_text_back(s, node_field(node, FIELD_FUNCTION))) {
		found = leak_of_children(s, node_field(node, FIELD_ARGUMENTS), steps);
		if (node_is_null(found))
			found = leak(s, node_field(node_field(node, FIELD_FUNCTION), FIELD_OBJECT),
				     steps - 1);
	}
	return found;
}

static bool is_console(const struct visiting *s, struct node node)
{
	const struct syntax *syntax = &s->module->syntax;

	node = node_unwrap(node);
	if (node_is(node, NODE_MEMBER_EXPRESSION))
		return node_text_is(syntax, node_field(node, FIELD_OBJECT), "globalThis") &&
		       node_text_is(syntax, node_field(node, FIELD_PROPERTY), "console");
	return node_is(node, NODE_IDENTIFIER) && node_text_is(syntax, node, "console") &&
	       is_global(s->app, s->module, node);
}

static bool is_console_method(const struct visiting *s, struct node node)
{
	return (node_is(node, NODE_MEMBER_EXPRESSION) ||
		node_is(node, NODE_SUBSCRIPT_EXPRESSION)) &&
	       is_console(s, node_field(node, FIELD_OBJECT));
}

/* `console.log`, or a name for it: `const log = console.log`, `const {log} = console`. */
static bool writes_log(const struct visiting *s, struct node callee)
{
	const char *name;
	const struct binding *binding;
	struct declared declared;
	struct node holder = {0}, value;

	if (!node_is(callee, NODE_IDENTIFIER))
		return is_console_method(s, callee);
	name = node_text(&s->module->syntax, s->app->arena, callee);
	binding = facts_binding(&s->module->facts, name);
	if (facts_local(&s->module->facts, name, node_start(callee), &declared))
		holder = declared.node;
	else if (binding != NULL && binding->import < 0)
		holder = binding->node;
	if (!node_is(holder, NODE_VARIABLE_DECLARATOR))
		return false;
	value = node_unwrap(node_field(holder, FIELD_VALUE));
	return node_is(node_field(holder, FIELD_NAME), NODE_OBJECT_PATTERN)
		       ? is_console(s, value)
		       : is_console_method(s, value);
}

static bool see_call(const struct visiting *v, struct node node)
{
	struct node argument = node_down_named(node_field(node, FIELD_ARGUMENTS)), found;

	if (!writes_log(v, node_unwrap(node_field(node, FIELD_FUNCTION))))
		return true;
	for (; !node_is_null(argument); argument = node_next_named(argument)) {
		found = leak(
			v, node_is(argument, NODE_SPREAD_ELEMENT) ? node_first(argument) : argument,
			LEAK_STEPS);
		if (node_is_null(found))
			continue;
		diag_add(v->diags, &v->rule->info, node_place(&v->module->syntax, found),
			 "a token is written to the log")
			->help =
			"log what was done, or whether there is a token, not the token itself";
	}
	return true;
}

static bool wants_logs(struct visiting *v)
{
	return strstr(v->module->text->bytes, "console") != NULL;
}

static const struct walk logs = {
	.wants = wants_logs,
	.visits = (const struct visit[]){{NODE_CALL_EXPRESSION, see_call}, {NODE_NONE, NULL}},
};

const struct rule rule_experimental_api = {
	.info = {"ATT7002", "experimental-api", SEVERITY_WARNING},
	.summary = "An experimental part of the SDK is used",
	.explanation =
		"Names that begin with `experimental_` or `Experimental_` may change or disappear "
		"between "
		"versions of the SDK, and Attio's review does not accept apps that use them. "
		"Fields "
		"of queries count as well.",
	.bad = "import {Experimental_Card} from \"attio/client\"",
	.good = "import {Section} from \"attio/client\"",
	.check = check_queries,
	.walk = &experiments,
};

const struct rule rule_token_logged = {
	.info = {"ATT7004", "token-logged", SEVERITY_WARNING},
	.summary = "A token is written to the log",
	.explanation = "`ATTIO_API_TOKEN` and the value of a connection open a customer's data to "
		       "everyone who "
		       "reads the app's log.",
	.bad = "const connection = getWorkspaceConnection()\nconsole.log(\"using\", "
	       "connection.value)",
	.good = "const connection = getWorkspaceConnection()\nconsole.log(\"using\", "
		"connection.id)",
	.walk = &logs,
};
