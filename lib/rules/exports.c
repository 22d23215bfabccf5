/* What the bundler would refuse later. ATT9006: names imported from a module of the app that does
 * not have them (what packages export, and whether a name is a type, is for the bundler and the
 * type checker). ATT9000: what the client's bundle, a script, cannot hold. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "rules/internal.h"
#include "rules/names.h"
#include "rules/visit.h"
#include "sys/path.h"

struct asked {
	const struct app *app;
	const struct rule *rule;
	struct diags *diags;
	const struct module *module; /* that imports */
	const struct module *target;
	size_t hints; /* how many names were looked for among others */
};

/* A definition or handler without its default export has a finding of its own. */
static bool is_definition(const struct app *app, const struct module *module)
{
	for (size_t i = 0; i < app->definition_count; i++) {
		const struct block *block = app->definitions[i]->block;

		if (app->definitions[i]->module == module ||
		    (block != NULL && block->configurator == module))
			return true;
		for (size_t k = 0; block != NULL && k < HANDLER_KINDS; k++) {
			if (block->handlers[k] == module)
				return true;
		}
	}
	return module->role != ROLE_PLAIN || str_equal(path_base(module->path), FILE_BLOCK) ||
	       path_is_under(module->path, FOLDER_SETTINGS);
}

static const char *nearest(struct asked *a, const char *name)
{
	const char **names = NULL, **slot;
	size_t count = 0;

	if (a->hints++ >= HINTS_MOST)
		return NULL;

	for (size_t i = 0; i < a->target->facts.export_count && i < NEAREST_MOST; i++) {
		slot = arena_push(a->app->arena, &names, &count, sizeof(*slot));
		*slot = a->target->facts.exports[i].name;
	}
	slot = arena_push(a->app->arena, &names, &count, sizeof(*slot));
	*slot = NULL;
	return str_nearest(name, names);
}

/* The same words as the build's: lib/bundle/messages.c. */
static void tell(struct asked *a, const struct import_name *name)
{
	struct arena *arena = a->app->arena;
	const char *path = a->target->path, *near;

	if (str_equal(name->imported, "default")) {
		const struct facts *facts = &a->target->facts;

		diag_add(a->diags, &a->rule->info, name->place, "`%s` has no default export", path)
			->help =
			facts->export_count == 1 && !str_equal(facts->exports[0].name, "*")
				? arena_printf(arena, "import `{%s}`, or export it as the default",
					       facts->exports[0].name)
				: "import one of its names in braces, or add a default export";
		return;
	}
	near = nearest(a, name->imported);
	diag_add(a->diags, &a->rule->info, name->place, "`%s` does not export `%s`", path,
		 name->imported)
		->help = near == NULL || str_equal(near, "default")
				 ? "check the spelling, and that it is exported there"
				 : arena_printf(arena, "did you mean `%s`?", near);
}

static bool has_statements(const struct module *module)
{
	struct node at = node_down_named(syntax_root(&module->syntax));

	while (node_is(at, NODE_COMMENT))
		at = node_next_named(at);
	return !node_is_null(at);
}

/* A file from which nothing can be had, whatever kind of module it is: it is empty, or declares
 * what it does not export. */
static bool is_hollow(const struct module *module)
{
	const char *text = module->text->bytes;

	if (module->facts.binding_count == 0 && has_statements(module))
		return false;

	return module->role == ROLE_PLAIN && !syntax_is_broken(&module->syntax) &&
	       module->facts.export_count == 0 && module->facts.import_count == 0 &&
	       strstr(text, "exports") == NULL && strstr(text, "module") == NULL &&
	       strstr(text, "define") == NULL;
}

static void tell_hollow(struct asked *a, const struct import *import)
{
	for (size_t i = 0; i < import->name_count; i++) {
		const struct import_name *name = &import->names[i];

		if (name->type_only || str_equal(name->imported, "*"))
			continue;
		diag_add(a->diags, &a->rule->info, name->place, "`%s` exports nothing",
			 a->target->path)
			->help = "write `export` before what is meant";
		return;
	}
}

static void check_names(struct asked *a, struct names *names, const struct import *import)
{
	const struct facts *facts = &a->target->facts;
	bool handler = a->target->role != ROLE_PLAIN;

	if (is_hollow(a->target) && !str_ends(a->target->path, ".d.ts")) {
		tell_hollow(a, import);
		return;
	}
	/* Without any export it may be a CommonJS module. Other rules tell what client code may
	 * take from handlers. */
	if (facts->export_count == 0 || str_ends(a->target->path, ".d.ts") ||
	    (handler && (a->module->runtimes & RUNTIME_CLIENT) != 0))
		return;
	for (size_t i = 0; i < import->name_count; i++) {
		const struct import_name *name = &import->names[i];
		bool by_default = str_equal(name->imported, "default");

		if (name->type_only || str_equal(name->imported, "*") ||
		    module_may_have(names, a->app, a->target, name->imported) ||
		    (by_default && is_definition(a->app, a->target)) ||
		    (import->kind == IMPORT_EXPORT && str_equal(name->local, "default") &&
		     is_definition(a->app, a->module)))
			continue;
		/* ATT1002 */
		if (a->module == a->app->entry && import->kind == IMPORT_EXPORT &&
		    str_equal(name->local, "app"))
			continue;
		tell(a, name);
	}
}

/* A file that is no source has its default export, and JSON the names of its members. */
static void check_data(const struct asked *a, struct names *names, const struct import *import,
		       const struct edge *edge)
{
	/* Refused by the bundler as such (ATT9002). */
	bool client_only = str_ends(edge->file, "ql") || str_ends(edge->file, ".png");
	bool attributed = import_has_attributes(a->module, import);
	bool json = str_ends(edge->file, ".json");

	/* With `{type: "json"}` it is a value, and has no names; other types are the bundler's. */
	if (attributed && !json)
		return;
	if (client_only && (a->module->runtimes & RUNTIME_CLIENT) == 0)
		return;
	for (size_t i = 0; i < import->name_count; i++) {
		const struct import_name *name = &import->names[i];

		bool plain = str_equal(name->imported, "default") || str_equal(name->imported, "*");

		if (name->type_only || plain ||
		    (!attributed && !data_lacks(names, a->app, edge, name->imported)))
			continue;
		diag_add(a->diags, &a->rule->info, name->place, "`%s` does not export `%s`",
			 edge->file, name->imported)
			->help =
			json && !attributed
				? "check the spelling: its members are the names that it has"
				: "import it without braces: `import text from ...`";
	}
}

static void check_import(struct asked *asked, struct names *names, const struct import *import,
			 const struct edge *edge)
{
	if (edge->type_only || (import->kind != IMPORT_STATIC && import->kind != IMPORT_EXPORT))
		return;
	if (edge->kind == TARGET_MODULE)
		check_names(asked, names, import);
	else if (edge->kind == TARGET_FILE)
		check_data(asked, names, import, edge);
	else if (edge->kind == TARGET_PACKAGE)
		check_sdk_names(asked->rule, asked->app, asked->module, import, asked->diags);
}

void check_exports(const struct rule *rule, const struct app *app, struct diags *diags)
{
	struct asked asked = {.app = app, .rule = rule, .diags = diags};
	struct names names = {0};

	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];

		if (module->runtimes == 0 || syntax_is_broken(&module->syntax))
			continue;
		for (size_t k = 0; k < module->facts.import_count; k++) {
			asked.module = module;
			asked.target = module->edges[k].module;
			check_import(&asked, &names, &module->facts.imports[k], &module->edges[k]);
		}
	}
	names_dispose(&names);
	check_stars(rule, app, diags);
}

/* --- ATT9000 -----------------------------------------------------------------------------------
 */

static bool see_await(const struct visiting *v, struct node node)
{
	bool loop = node_is(node, NODE_FOR_IN_STATEMENT);
	struct node word = node_down(node);
	struct place place = node_place(&v->module->syntax, node);

	while (loop && !node_is_null(word) && !node_is(word, TOKEN_AWAIT))
		word = node_next(word);
	if (node_is_null(word))
		return true;
	place.end = place.start + (loop ? 3 : 5);
	/* The same words as the build's. */
	diag_add(v->diags, &v->rule->info, place,
		 "client code cannot use `await` outside of a function")
		->help = "move it into the function that needs the value";
	return false;
}

static bool wants_await(struct visiting *v)
{
	return strstr(v->module->text->bytes, "await") != NULL;
}

const struct walk walk_client_await = {
	.modules = WALK_CLIENT,
	.wants = wants_await,
	.visits =
		(const struct visit[]){
			{NODE_AWAIT_EXPRESSION, see_await},
			{NODE_FOR_IN_STATEMENT, see_await},
			{NODE_ARROW_FUNCTION, NULL},
			{NODE_FUNCTION_DECLARATION, NULL},
			{NODE_FUNCTION_EXPRESSION, NULL},
			{NODE_FUNCTION_SIGNATURE, NULL},
			{NODE_GENERATOR_FUNCTION, NULL},
			{NODE_GENERATOR_FUNCTION_DECLARATION, NULL},
			{NODE_METHOD_DEFINITION, NULL},
			{NODE_NONE, NULL},
		},
};
