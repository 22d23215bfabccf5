/* What the bundler would refuse later. ATT9006: names imported from a module of the app that does
 * not have them (what packages export, and whether a name is a type, is for the bundler and the
 * type checker). ATT9000: what the client's bundle, a script, cannot hold. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "rules/client.h"
#include "rules/internal.h"
#include "rules/visit.h"
#include "sys/path.h"

/* How many modules and names are counted up in all: nothing is told of modules that come later. */
#define COUNTED_MOST 2000000

/* What is known of a module's names. */
struct offer {
	const struct module *module;
	bool odd;     /* it may have names that the facts do not hold */
	bool counted; /* whether what follows is known */
	bool open;    /* it may have any name: one that it passes all names on from is odd, or is no
		       * module of the app */
	struct map names; /* its own, and those that it passes on */
	/* The one whose names it passes on, when it has no others. */
	struct offer *same;
	size_t walked; /* the last walk that came by */
};

struct asked {
	const struct app *app;
	const struct rule *rule;
	struct diags *diags;
	const struct module *module; /* that imports */
	const struct module *target;
	size_t hints;      /* how many names were looked for among others */
	struct map offers; /* struct offer, by the module's path */
	size_t counted;    /* how many names, in all */
	size_t walks;
};

/* `export = x` and `export import a = b.c` give names that the facts do not hold. */
static bool has_odd_exports(const struct module *module)
{
	struct node node = node_down(syntax_root(&module->syntax));

	for (; !node_is_null(node); node = node_next(node)) {
		if (!node_is(node, NODE_EXPORT_STATEMENT))
			continue;
		for (struct node word = node_down(node); !node_is_null(word);
		     word = node_next(word)) {
			if (node_text_is(&module->syntax, word, "=") ||
			    node_is(word, NODE_IMPORT_ALIAS))
				return true;
		}
	}
	return false;
}

static bool is_star(const struct export *item)
{
	return str_is(item->name, "*");
}

static struct offer *offer_of(struct asked *a, const struct module *module)
{
	struct offer *offer = map_get(&a->offers, module->path);

	if (offer == NULL) {
		offer = arena_alloc(a->app->arena, sizeof(*offer));
		offer->module = module;
		offer->odd = syntax_is_broken(&module->syntax) || has_odd_exports(module);
		map_set(&a->offers, module->path, offer);
	}
	return offer;
}

/* The first on the way of modules that only pass on what another has, which may be a circle. */
static struct offer *root_of(struct asked *a, struct offer *offer)
{
	struct offer *at = offer, *next;
	size_t walk = ++a->walks;

	while (!at->odd && at->walked != walk && !at->counted &&
	       at->module->facts.export_count == 1 && is_star(&at->module->facts.exports[0]) &&
	       at->module->edges[at->module->facts.exports[0].import].kind == TARGET_MODULE) {
		if (at->same == NULL)
			at->same = offer_of(
				a, at->module->edges[at->module->facts.exports[0].import].module);
		next = at->same;
		at->walked = walk;
		at = next;
	}
	/* What is passed is asked of the root at once, the next time. */
	for (; offer != at && offer->same != at; offer = next) {
		next = offer->same;
		offer->same = at;
	}
	return at;
}

static void count_names(struct asked *a, struct offer *offer)
{
	struct map seen = {0};

	offer->counted = true;
	map_set(&seen, offer->module->path, offer->module);
	for (size_t next = 0; next < seen.count && !offer->open; next++) {
		const struct module *at = seen.entries[next].value;

		offer->open = offer_of(a, at)->odd;
		for (size_t i = 0; i < at->facts.export_count; i++) {
			const struct export *item = &at->facts.exports[i];
			const struct edge *edge = is_star(item) ? &at->edges[item->import] : NULL;

			if (edge == NULL)
				map_set(&offer->names, item->name, offer);
			else if (edge->kind == TARGET_MODULE)
				map_set(&seen, edge->module->path, edge->module);
			else
				offer->open = true;
			offer->open = offer->open || ++a->counted > COUNTED_MOST;
		}
	}
	map_dispose(&seen);
}

/* Whether a module has a value or a type of that name, as far as the app's own modules tell. A name
 * that it passes on counts: where that leads is asked of the statement that does it. */
static bool may_have(struct asked *a, const struct module *module, const char *name)
{
	struct offer *offer;

	if (facts_export(&module->facts, name) != NULL ||
	    facts_export_type(&module->facts, name) != NULL)
		return true;
	offer = offer_of(a, module);
	if (offer->odd || str_equal(name, "default"))
		return offer->odd;
	offer = root_of(a, offer);
	if (!offer->counted)
		count_names(a, offer);
	return offer->open || map_get(&offer->names, name) != NULL;
}

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

static void check_names(struct asked *a, const struct import *import)
{
	const struct facts *facts = &a->target->facts;
	bool handler = a->target->role != ROLE_PLAIN;

	/* Without any export it may be a CommonJS module. Other rules tell what client code may
	 * take from handlers. */
	if (facts->export_count == 0 || str_ends(a->target->path, ".d.ts") ||
	    (handler && (a->module->runtimes & RUNTIME_CLIENT) != 0))
		return;
	for (size_t i = 0; i < import->name_count; i++) {
		const struct import_name *name = &import->names[i];
		bool by_default = str_equal(name->imported, "default");

		if (name->type_only || str_equal(name->imported, "*") ||
		    may_have(a, a->target, name->imported) ||
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

void check_exports(const struct rule *rule, const struct app *app, struct diags *diags)
{
	struct asked asked = {.app = app, .rule = rule, .diags = diags};

	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];

		if (module->runtimes == 0 || syntax_is_broken(&module->syntax))
			continue;
		for (size_t k = 0; k < module->facts.import_count; k++) {
			const struct import *import = &module->facts.imports[k];

			asked.module = module;
			asked.target = module->edges[k].module;
			if (!module->edges[k].type_only && module->edges[k].kind == TARGET_MODULE &&
			    (import->kind == IMPORT_STATIC || import->kind == IMPORT_EXPORT))
				check_names(&asked, import);
		}
	}
	for (size_t i = 0; i < asked.offers.count; i++)
		map_dispose(&((struct offer *)asked.offers.entries[i].value)->names);
	map_dispose(&asked.offers);
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
