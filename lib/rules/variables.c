/* ATT4030: what a call of runQuery or useQuery gives for the variables of its query: one that is
 * needed and missing, one that the query does not have, a value of another type. */
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "graphql/document.h"
#include "rules/graphql.h"
#include "rules/internal.h"
#include "rules/values.h"
#include "rules/visit.h"

/* A query that is asked somewhere. */
struct asked {
	const struct graphql_definition *query; /* NULL: nothing can be said of it */
	const struct graphql_document *document;
	bool typed;           /* a document of the app: the compiler knows its variables, too */
	struct map variables; /* name -> struct graphql_variable */
	const struct graphql_variable **needed;
	size_t needed_count;
};

struct queries {
	struct map documents; /* path -> struct document */
	struct map asked;     /* path -> struct asked */
	struct asked text;    /* the one that was read last from a text */
	size_t hints;
};

static bool is_needed(const struct graphql_variable *variable)
{
	return variable->type != NULL && variable->type->kind == GRAPHQL_REF_NON_NULL &&
	       variable->default_value == NULL;
}

/* --- the query ----------------------------------------------------------------------------------
 */

static void read_query(struct asked *asked, struct arena *arena,
		       const struct graphql_document *document)
{
	const struct graphql_definition *query = NULL;

	for (size_t i = 0; document != NULL && i < document->definition_count; i++) {
		const struct graphql_definition *item = &document->definitions[i];

		if (item->kind != GRAPHQL_QUERY)
			continue;
		if (query != NULL || document->error_count > 0)
			return;
		query = item;
	}
	asked->query = query;
	asked->document = document;
	for (size_t i = 0; query != NULL && i < query->variable_count; i++) {
		const struct graphql_variable *variable = &query->variables[i];

		bool first = map_get(&asked->variables, variable->name.text) == NULL;

		map_set(&asked->variables, variable->name.text, variable);
		if (first && is_needed(variable))
			*(const struct graphql_variable **)arena_push(
				arena, &asked->needed, &asked->needed_count,
				sizeof(const struct graphql_variable *)) = variable;
	}
}

/* The imported file that a name stands for; NULL: none. */
static const char *imported_file(const struct visiting *v, struct node node)
{
	const struct module *module = v->module;
	const char *name = node_text(&module->syntax, v->app->arena, node);
	const struct binding *binding;
	struct declared declared;

	if (!node_is(node, NODE_IDENTIFIER) ||
	    facts_local(&module->facts, name, node_start(node), &declared))
		return NULL;
	binding = facts_binding(&module->facts, name);
	return binding != NULL && binding->import >= 0 && str_equal(binding->imported, "default") &&
			       module->edges[binding->import].kind == TARGET_FILE
		       ? module->edges[binding->import].file
		       : NULL;
}

static const struct asked *query_of(const struct visiting *v, struct node argument)
{
	struct queries *queries = v->shared;
	struct node node = node_unwrap(argument);
	const char *file = imported_file(v, node), *text;
	const struct document *document;
	struct asked *asked;

	if (file != NULL) {
		asked = map_get(&queries->asked, file);
		if (asked != NULL)
			return asked;
		document = map_get(&queries->documents, file);
		asked = arena_alloc(v->arena, sizeof(*asked));
		*asked = (struct asked){.typed = true};
		read_query(asked, v->arena, document != NULL ? document->parsed : NULL);
		map_set(&queries->asked, file, asked);
		return asked;
	}
	map_dispose(&queries->text.variables);
	queries->text = (struct asked){0};
	text = value_text(v->app, v->module, node);
	if (text != NULL && strchr(text, '$') != NULL)
		read_query(&queries->text, v->arena, graphql_parse(v->arena, text, strlen(text)));
	return &queries->text;
}

/* --- what is given ------------------------------------------------------------------------------
 */

struct giving {
	const struct visiting *v;
	const struct asked *asked;
	struct value object;  /* what holds the variables */
	struct node argument; /* where the call has it */
	struct map given;     /* name -> what gives it */
	size_t needed_given;  /* how many of those are needed */
	struct node stray;    /* the first name that is no variable */
	const char *stray_name;
	bool open; /* a spread, or a name that cannot be read */
};

/* Used in the document and not declared there: that is told of the document. */
static bool is_undeclared(const struct giving *g, const char *name)
{
	const struct graphql_document *document = g->asked->document;
	const char *use = arena_printf(g->v->app->arena, "$%s", name);

	return memmem(document->bytes, document->len, use, strlen(use)) != NULL;
}

static const char *query_words(const struct giving *g)
{
	const char *name = g->asked->query->name.text;

	return name != NULL ? arena_printf(g->v->app->arena, "the query `%s`", name) : "the query";
}

/* The name that an item of an object literal gives; NULL: it cannot be read off. */
static const char *item_name(const struct giving *g, struct node item)
{
	const struct syntax *syntax = &g->object.module->syntax;
	struct node key = node_field(item, FIELD_KEY);

	if (node_is(item, NODE_SHORTHAND_PROPERTY_IDENTIFIER))
		return node_text(syntax, g->v->app->arena, item);
	if (node_is(item, NODE_METHOD_DEFINITION))
		key = node_field(item, FIELD_NAME);
	if (node_is(key, NODE_STRING))
		return node_string(syntax, g->v->app->arena, key);
	return node_is(key, NODE_PROPERTY_IDENTIFIER) ? node_text(syntax, g->v->app->arena, key)
						      : NULL;
}

static void read_object(struct giving *g)
{
	for (struct node item = node_down_named(g->object.node); !node_is_null(item);
	     item = node_next_named(item)) {
		const struct graphql_variable *variable;
		const char *name;

		if (node_is(item, NODE_COMMENT))
			continue;
		name = item_name(g, item);
		if (name == NULL) {
			g->open = true;
			continue;
		}
		variable = map_get(&g->asked->variables, name);
		if (variable != NULL && is_needed(variable) && map_get(&g->given, name) == NULL)
			g->needed_given++;
		map_set(&g->given, name, g);
		if (g->stray_name == NULL && variable == NULL && !is_undeclared(g, name)) {
			g->stray = item;
			g->stray_name = name;
		}
	}
}

/* Where to point for a part of the object: at the argument when it was made elsewhere. */
static struct place part_place(const struct giving *g, struct node part)
{
	if (!node_same(g->object.node, node_unwrap(g->argument)))
		part = g->argument;
	else if (node_is(part, NODE_PAIR))
		part = node_field(part, FIELD_KEY);
	return node_place(&g->v->module->syntax, part);
}

/* Those that are missing, as words; *count of them, *one is the last. */
static const char *missing(const struct giving *g, size_t *count, const char **one)
{
	const char *words = "";
	size_t listed = 0;

	*count = g->asked->needed_count - g->needed_given;
	for (size_t i = 0; i < g->asked->needed_count && listed < *count && listed < 8; i++) {
		const char *name = g->asked->needed[i]->name.text;

		if (map_get(&g->given, name) != NULL)
			continue;
		*one = name;
		words = arena_printf(g->v->app->arena, "%s%s`%s`", words, listed > 0 ? ", " : "",
				     name);
		listed++;
	}
	if (*count > listed)
		words = arena_printf(g->v->app->arena, "%s and %zu more", words, *count - listed);
	return words;
}

/* The variable that a stray name may be; NULL: none is near. */
static const char *meant(const struct giving *g)
{
	const struct graphql_definition *query = g->asked->query;
	const char **names;
	size_t count = 0;

	if (((struct queries *)g->v->shared)->hints++ >= HINTS_MOST)
		return NULL;
	names = arena_alloc(g->v->arena, (query->variable_count + 1) * sizeof(*names));
	for (size_t i = 0; i < query->variable_count; i++)
		if (map_get(&g->given, query->variables[i].name.text) == NULL)
			names[count++] = query->variables[i].name.text;
	names[count] = NULL;
	return str_nearest(g->stray_name, names);
}

static void tell_stray(const struct giving *g, const char *words, size_t count, const char *one)
{
	const struct visiting *v = g->v;
	const char *near = meant(g);
	struct diag *diag = diag_add(v->diags, &v->rule->info, part_place(g, g->stray),
				     "%s has no variable `%s`", query_words(g), g->stray_name);

	/* A server looks past what it does not know. */
	if (count == 0 && !g->asked->typed)
		diag->severity = SEVERITY_WARNING;
	if (near == NULL && count == 1 && g->asked->query->variable_count == 1)
		near = one;
	if (near == NULL) {
		diag->help = count > 0 ? arena_printf(v->app->arena, "it needs %s", words)
				       : "take it out, or declare it in the query";
		return;
	}
	diag->help = arena_printf(v->app->arena, "did you mean `%s`?", near);
	if (!node_same(g->object.node, node_unwrap(g->argument)))
		return;
	if (node_is(g->stray, NODE_SHORTHAND_PROPERTY_IDENTIFIER))
		diag_edit(v->diags, diag, part_place(g, g->stray),
			  arena_printf(v->app->arena, "%s: %s", near, g->stray_name));
	else if (node_is(node_field(g->stray, FIELD_KEY), NODE_PROPERTY_IDENTIFIER))
		diag_edit(v->diags, diag, part_place(g, g->stray), near);
}

/* --- types --------------------------------------------------------------------------------------
 */

/* What is wrong with a value that is written out for a variable of a built-in type; NULL: nothing
 * that can be seen. */
static const char *misfit(const struct value *value, const struct graphql_type_ref *type)
{
	bool needed = type->kind == GRAPHQL_REF_NON_NULL;
	const char *name;
	bool text, number, truth;

	if (needed)
		type = type->of;
	if (node_is(value->node, NODE_NULL) || value->kind == VALUE_UNDEFINED)
		return needed ? "nothing" : NULL;
	if (type->kind != GRAPHQL_REF_NAMED || value->kind != VALUE_LITERAL)
		return NULL;
	name = type->name.text;
	text = node_is(value->node, NODE_STRING) || node_is(value->node, NODE_TEMPLATE_STRING);
	number = node_is(value->node, NODE_NUMBER);
	truth = node_is(value->node, NODE_TRUE) || node_is(value->node, NODE_FALSE);
	if ((str_equal(name, "String") || str_equal(name, "ID")) && !text)
		return number ? "a number" : truth ? "a boolean" : NULL;
	if ((str_equal(name, "Int") || str_equal(name, "Float")) && !number)
		return text ? "a text" : truth ? "a boolean" : NULL;
	if (str_equal(name, "Boolean") && !truth)
		return text ? "a text" : number ? "a number" : NULL;
	return NULL;
}

static const char *type_words(struct arena *arena, const struct graphql_type_ref *type)
{
	return type->kind == GRAPHQL_REF_NON_NULL ? arena_printf(arena, "%s!", type->of->name.text)
						  : type->name.text;
}

static void judge_values(const struct giving *g)
{
	const struct visiting *v = g->v;

	for (struct node item = node_down_named(g->object.node); !node_is_null(item);
	     item = node_next_named(item)) {
		const char *name = item_name(g, item), *what;
		const struct graphql_variable *variable =
			name != NULL ? map_get(&g->asked->variables, name) : NULL;
		struct value value;

		if (variable == NULL || variable->type == NULL || !node_is(item, NODE_PAIR))
			continue;
		value = value_of(v->app, g->object.module, node_field(item, FIELD_VALUE));
		what = misfit(&value, variable->type);
		if (what != NULL)
			diag_add(v->diags, &v->rule->info, part_place(g, item),
				 "the variable `%s` of %s is given %s", name, query_words(g), what)
				->help = arena_printf(v->app->arena, "its type is `%s`",
						      type_words(v->app->arena, variable->type));
	}
}

/* --- calls --------------------------------------------------------------------------------------
 */

static void judge(struct giving *g)
{
	const char *one = NULL, *words;
	size_t count;

	read_object(g);
	words = missing(g, &count, &one);
	if (g->stray_name != NULL)
		tell_stray(g, words, g->open ? 0 : count, one);
	else if (count > 0 && !g->open)
		diag_add(g->v->diags, &g->v->rule->info, part_place(g, g->argument),
			 "%s needs the variable%s %s", query_words(g), count > 1 ? "s" : "", words)
			->help = "give its value in the second argument";
	judge_values(g);
	map_dispose(&g->given);
}

static struct node next_argument(struct node node)
{
	do
		node = node_next_named(node);
	while (node_is(node, NODE_COMMENT));
	return node;
}

static bool see_call(const struct visiting *v, struct node node)
{
	struct node callee = node_field(node, FIELD_FUNCTION);
	struct node first = node_first(node_field(node, FIELD_ARGUMENTS));
	struct giving giving = {.v = v};
	const char *package, *name;

	if (node_is_null(first) || node_is(first, NODE_SPREAD_ELEMENT) ||
	    !package_member(v->app, v->module, callee, &package, &name) ||
	    !str_equal(package, "attio/client") ||
	    (!str_equal(name, "runQuery") && !str_equal(name, "useQuery")))
		return true;
	giving.asked = query_of(v, first);
	if (giving.asked->query == NULL)
		return true;
	giving.argument = next_argument(first);
	if (node_is_null(giving.argument)) {
		/* Nothing is given: the call itself is the place, and its query stands for it. */
		giving.argument = first;
		giving.object = (struct value){VALUE_UNDEFINED, v->module, first, false};
	} else {
		giving.object = value_of(v->app, v->module, giving.argument);
		if (!node_is(giving.object.node, NODE_OBJECT) &&
		    giving.object.kind != VALUE_UNDEFINED)
			return true;
	}
	if (!node_is(giving.object.node, NODE_OBJECT))
		giving.object.node = (struct node){0};
	judge(&giving);
	return true;
}

static void *prepare(const struct app *app, struct arena *arena)
{
	struct queries *queries = arena_alloc(arena, sizeof(*queries));

	*queries = (struct queries){0};
	for (size_t i = 0; i < app->documents.count; i++)
		map_set(&queries->documents, app->documents.items[i].path,
			&app->documents.items[i]);
	return queries;
}

static bool wants(struct visiting *v)
{
	return strstr(v->module->text->bytes, "Query") != NULL;
}

static void finish(const struct visiting *v)
{
	struct queries *queries = v->shared;

	for (size_t i = 0; i < queries->asked.count; i++)
		map_dispose(&((struct asked *)queries->asked.entries[i].value)->variables);
	map_dispose(&queries->asked);
	map_dispose(&queries->text.variables);
	map_dispose(&queries->documents);
}

static const struct walk walk = {
	.modules = WALK_CLIENT,
	.prepare = prepare,
	.wants = wants,
	.finish = finish,
	.visits = (const struct visit[]){{NODE_CALL_EXPRESSION, see_call}, {NODE_NONE, NULL}},
};

const struct rule rule_graphql_variables_given = {
	.info = {"ATT4030", "graphql-variables-given", SEVERITY_ERROR},
	.summary = "A query is asked without its variables, or with others",
	.explanation =
		"`runQuery` and `useQuery` take the values of a query's variables as second "
		"argument. One whose type ends with `!` and that has no default must be there, "
		"and each name must be one that the query declares; else Attio refuses the query. "
		"The compiler does not miss an argument that is left out.",
	.bad = "// get-person.graphql: query getPerson($id: String!) { ... }\n"
	       "const {person} = await runQuery(getPerson)",
	.good = "// get-person.graphql: query getPerson($id: String!) { ... }\n"
		"const {person} = await runQuery(getPerson, {id: recordId})",
	.walk = &walk,
};
