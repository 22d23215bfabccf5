/* ATT9010 as far as the app's own source tells and the engine warns of it only when it bundles.
 * Members of a namespace (`import * as texts`) that its file does not have, and calls of one;
 * `import.meta` in the client's bundle, which is a script; `eval`. */
#include <string.h>

#include "app/remedies.h"
#include "base/arena.h"
#include "base/str.h"
#include "rules/names.h"
#include "rules/visit.h"
#include "sys/path.h"

static bool see_meta(const struct visiting *v, struct node node)
{
	struct node member = node_parent(node);

	/* Vite's. */
	while (node_is(member, NODE_AS_EXPRESSION) ||
	       node_is(member, NODE_PARENTHESIZED_EXPRESSION))
		member = node_parent(member);
	if ((v->module->runtimes & RUNTIME_CLIENT) == 0 &&
	    node_is(member, NODE_MEMBER_EXPRESSION) &&
	    node_text_is(&v->module->syntax, node_field(member, FIELD_PROPERTY), "env"))
		diag_add(v->diags, &v->rule->info, node_place(&v->module->syntax, member),
			 "`import.meta.env` is never there")
			->help = "server code reads `process.env.NAME`";
	if ((v->module->runtimes & RUNTIME_CLIENT) != 0 &&
	    node_text_is(&v->module->syntax, node, "import.meta"))
		diag_add(v->diags, &v->rule->info, node_place(&v->module->syntax, node),
			 "`import.meta` is empty in client code")
			->help = "write the value out, or let a server function give it";
	return true;
}

/* The import that `identifier` is the namespace of; NULL: it is none. *edge: where it leads. */
static const struct import *namespace_of(const struct visiting *v, struct node identifier,
					 const struct edge **edge)
{
	const struct module *module = v->module;
	const struct binding *binding;
	struct declared declared;
	const char *name;

	if (!node_is(identifier, NODE_IDENTIFIER))
		return NULL;
	name = node_text(&module->syntax, v->app->arena, identifier);
	binding = facts_binding(&module->facts, name);
	if (binding == NULL || binding->import < 0 || !str_equal(binding->imported, "*") ||
	    facts_local(&module->facts, name, node_start(identifier), &declared))
		return NULL;
	*edge = &module->edges[binding->import];
	return &module->facts.imports[binding->import];
}

/* The bundler's error. */
static const struct rule_info no_default = {"ATT9006", "bundle-export", SEVERITY_ERROR};

/* The bundler warns, and the compiler, who reads no JavaScript, refuses. */
static void tell_member(const struct visiting *v, struct node property, const char *path,
			const char *name)
{
	const char *ext = path_ext(v->module->path);
	struct place place = node_place(&v->module->syntax, property);
	struct diag *diag;

	if (str_equal(name, "default")) {
		diag_add(v->diags, &no_default, place, "`%s` has no default export", path)->help =
			"use one of its names, or add a default export";
		return;
	}
	diag = diag_add(v->diags, &v->rule->info, place, "`%s` does not export `%s`", path, name);
	diag->help = "check the spelling, and that it is exported there";
	if (strchr(ext, 't') != NULL)
		diag->severity = SEVERITY_ERROR;
}

static bool see_member(const struct visiting *v, struct node node)
{
	struct node property = node_field(node, FIELD_PROPERTY);
	const struct edge *edge;
	const struct import *import = namespace_of(v, node_field(node, FIELD_OBJECT), &edge);
	const char *name;
	bool lacks = false;

	if (import == NULL || import->kind != IMPORT_STATIC || edge->type_only ||
	    !node_is(property, NODE_PROPERTY_IDENTIFIER))
		return true;
	name = node_text(&v->module->syntax, v->app->arena, property);
	/* The default export of what client code takes from a server file is all that it has; that
	 * is told at the import. Without any export it may be a CommonJS module. */
	if (edge->kind == TARGET_MODULE)
		lacks = edge->module->role == ROLE_PLAIN && edge->module->facts.export_count > 0 &&
			!str_ends(edge->module->path, ".d.ts") &&
			!module_may_have(v->shared, v->app, edge->module, name);
	else if (edge->kind == TARGET_FILE)
		lacks = !import_has_attributes(v->module, import) &&
			data_lacks(v->shared, v->app, edge, name);
	if (lacks)
		tell_member(v, property, edge->module != NULL ? edge->module->path : edge->file,
			    name);
	return true;
}

static bool see_call(const struct visiting *v, struct node node)
{
	const struct module *module = v->module;
	bool makes = node_is(node, NODE_NEW_EXPRESSION);
	struct node callee = node_field(node, makes ? FIELD_CONSTRUCTOR : FIELD_FUNCTION);
	struct node name = node_unwrap(callee);
	const struct edge *edge;
	const struct import *import = namespace_of(v, name, &edge);
	struct declared declared;
	struct diag *diag;

	if (import != NULL && import->kind == IMPORT_STATIC && !edge->type_only) {
		diag = diag_add(v->diags, &v->rule->info, node_place(&module->syntax, name),
				"%s `%s` will crash at run-time because it's an import namespace "
				"object, not a %s",
				makes ? "constructing" : "calling",
				node_text(&module->syntax, v->app->arena, name),
				makes ? "constructor" : "function");
		diag->help = remark_remedy(diag->message);
	}
	if (!makes && node_is(callee, NODE_IDENTIFIER) &&
	    node_text_is(&module->syntax, callee, "eval") &&
	    facts_binding(&module->facts, "eval") == NULL &&
	    !facts_local(&module->facts, "eval", node_start(callee), &declared)) {
		diag = diag_add(v->diags, &v->rule->info, node_place(&module->syntax, callee),
				"using direct eval with a bundler is not recommended and may cause "
				"problems");
		diag->help = remark_remedy(diag->message);
	}
	return true;
}

static void *prepare(const struct app *app, struct arena *arena)
{
	struct names *names = arena_alloc(arena, sizeof(*names));

	(void)app;
	*names = (struct names){0};
	return names;
}

static void finish(const struct visiting *v)
{
	names_dispose(v->shared);
}

static bool wants(struct visiting *v)
{
	const char *text = v->module->text->bytes;

	return v->module->runtimes != 0 && !syntax_is_broken(&v->module->syntax) &&
	       (strstr(text, "import.meta") != NULL || strstr(text, "* as ") != NULL ||
		strstr(text, "eval(") != NULL);
}

const struct walk walk_empty = {
	.modules = WALK_ALL,
	.prepare = prepare,
	.wants = wants,
	.finish = finish,
	.visits =
		(const struct visit[]){
			{NODE_META_PROPERTY, see_meta},
			{NODE_MEMBER_EXPRESSION, see_member},
			{NODE_CALL_EXPRESSION, see_call},
			{NODE_NEW_EXPRESSION, see_call},
			{NODE_NONE, NULL},
		},
};
