/* ATT2007: what client code takes from a `.server` module. There the module is a proxy whose only
 * export is the default one, however the import is written: names, a namespace, a re-export,
 * import() or require(). */
#include <string.h>

#include "app/server_only.h"
#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "rules/client.h"
#include "source/scope.h"
#include "sys/path.h"

static const struct rule_info spelled_out = {"ATT2007", "server-import-shape", SEVERITY_WARNING};

/* One import of a server module. */
struct taking {
	const struct rule *rule;
	const struct app *app;
	const struct module *module; /* that imports */
	const struct module *server;
	struct diags *diags;
	const struct map *stars; /* see star_server */
	struct map sites;        /* struct sites of the module, by name */
	const struct module *sites_of;
};

static void tell_name(const struct taking *taking, struct place place, const char *name)
{
	struct diag *diag;

	if (server_lacks_default(taking->server))
		return;
	/* The same words as the build's: lib/bundle/messages.c. */
	diag = diag_add(taking->diags, &taking->rule->info, place,
			"`%s` cannot be imported from the server file `%s`", name,
			taking->server->path);
	diag->label = "client code can call a server file's default export only";
	diag->help = "import the default export, or move what both sides need into a file without "
		     "`.server` in its name";
}

/* --- members of a namespace ---------------------------------------------------------------------
 */

static void judge_key(const struct taking *taking, struct node key)
{
	const struct syntax *syntax = &taking->module->syntax;
	const char *name = node_string(syntax, taking->app->arena, key);

	if (name == NULL)
		name = node_text(syntax, taking->app->arena, key);
	if (strcmp(name, "default") != 0)
		tell_name(taking, node_place(syntax, key), name);
}

/* `const {default: send, helper} = ...` */
static void judge_pattern(const struct taking *taking, struct node pattern)
{
	for (struct node item = node_down_named(pattern); !node_is_null(item);
	     item = node_next_named(item)) {
		struct node key = node_pattern_key(item);

		if (node_is(key, NODE_SHORTHAND_PROPERTY_IDENTIFIER_PATTERN) ||
		    node_is(key, NODE_PROPERTY_IDENTIFIER) || node_is(key, NODE_STRING))
			judge_key(taking, key);
	}
}

/* `ns.helper`, `ns["helper"]` */
static void judge_member(const struct taking *taking, struct node member)
{
	struct node index = node_field(member, FIELD_INDEX);

	if (node_is(member, NODE_MEMBER_EXPRESSION))
		judge_key(taking, node_field(member, FIELD_PROPERTY));
	else if (node_is(index, NODE_STRING))
		judge_key(taking, index);
}

/* Where something is taken from what a name stands for: members, and declarators with a pattern. */
struct sites {
	struct node *items;
	size_t count;
};

static void note_site(struct taking *taking, struct node object, struct node site)
{
	struct arena *arena = taking->app->arena;
	struct sites *sites;
	struct node *slot;
	const char *name;

	object = node_unwrap(object);
	if (!node_is(object, NODE_IDENTIFIER))
		return;
	name = node_text(&taking->module->syntax, arena, object);
	sites = map_get(&taking->sites, name);
	if (sites == NULL) {
		sites = arena_alloc(arena, sizeof(*sites));
		map_set(&taking->sites, name, sites);
	}
	slot = arena_push(arena, &sites->items, &sites->count, sizeof(*slot));
	*slot = site;
}

static bool visit_site(struct node node, void *payload)
{
	if (node_is(node, NODE_TYPE_QUERY) || node_is(node, NODE_IMPORT_STATEMENT))
		return false;
	if (node_is(node, NODE_MEMBER_EXPRESSION) || node_is(node, NODE_SUBSCRIPT_EXPRESSION))
		note_site(payload, node_field(node, FIELD_OBJECT), node);
	else if (node_is(node, NODE_VARIABLE_DECLARATOR) &&
		 node_is(node_field(node, FIELD_NAME), NODE_OBJECT_PATTERN))
		note_site(payload, node_field(node, FIELD_VALUE), node);
	return true;
}

/* Every member that is taken from the namespace that `name` stands for at `offset`. */
static void judge_uses(struct taking *taking, const char *name, size_t offset)
{
	const struct facts *facts = &taking->module->facts;
	struct declared meant, declared;
	bool top = !facts_local(facts, name, offset, &meant), local;
	const struct sites *sites;

	if (taking->sites_of != taking->module) {
		map_dispose(&taking->sites);
		taking->sites_of = taking->module;
		node_walk(syntax_root(&taking->module->syntax), visit_site, taking);
	}
	sites = map_get(&taking->sites, name);
	for (size_t i = 0; sites != NULL && i < sites->count; i++) {
		struct node site = sites->items[i];
		bool pattern = node_is(site, NODE_VARIABLE_DECLARATOR);
		struct node object =
			node_unwrap(node_field(site, pattern ? FIELD_VALUE : FIELD_OBJECT));

		local = facts_local(facts, name, node_start(object), &declared);
		if (top ? local : !local || !node_same(declared.name, meant.name))
			continue;
		if (pattern)
			judge_pattern(taking, node_field(site, FIELD_NAME));
		else
			judge_member(taking, site);
	}
}

/* A pattern or name that is given the namespace. */
static void judge_target(struct taking *taking, struct node target, size_t offset)
{
	if (node_is(target, NODE_OBJECT_PATTERN))
		judge_pattern(taking, target);
	else if (node_is(target, NODE_IDENTIFIER))
		judge_uses(taking, node_text(&taking->module->syntax, taking->app->arena, target),
			   offset);
}

/* `import("./x.server").then((ns) => ...)` */
static void judge_then(struct taking *taking, struct node member)
{
	struct node call = node_parent(member), callback, parameter;

	if (!node_is(call, NODE_CALL_EXPRESSION) ||
	    !node_text_is(&taking->module->syntax, node_field(member, FIELD_PROPERTY), "then") ||
	    !node_same(node_field(call, FIELD_FUNCTION), member))
		return;
	callback = node_unwrap(node_first(node_field(call, FIELD_ARGUMENTS)));
	if (!node_is_function(callback))
		return;
	parameter = node_field(callback, FIELD_PARAMETER); /* of `ns => ...` */
	if (node_is_null(parameter))
		parameter = node_field(node_first(node_field(callback, FIELD_PARAMETERS)),
				       FIELD_PATTERN);
	judge_target(taking, parameter, node_start(node_field(callback, FIELD_BODY)));
}

/* What is done with the value of an import() or require(). */
static void judge_call(struct taking *taking, struct node call, bool promise)
{
	struct node node = node_outermost(call), parent = node_parent(node);

	if (promise && node_is(parent, NODE_AWAIT_EXPRESSION)) {
		node = node_outermost(parent);
		parent = node_parent(node);
		promise = false;
	}
	if (node_is(parent, NODE_MEMBER_EXPRESSION) || node_is(parent, NODE_SUBSCRIPT_EXPRESSION)) {
		if (!node_same(node_field(parent, FIELD_OBJECT), node))
			return;
		if (promise)
			judge_then(taking, parent);
		else
			judge_member(taking, parent);
	} else if (!promise && node_is(parent, NODE_VARIABLE_DECLARATOR)) {
		struct node name = node_field(parent, FIELD_NAME);

		judge_target(taking, name, node_start(name));
	}
}

/* --- imports ------------------------------------------------------------------------------------
 */

static void judge_names(struct taking *taking, const struct import *import)
{
	for (size_t n = 0; n < import->name_count; n++) {
		const struct import_name *name = &import->names[n];
		const struct export *item;

		if (name->type_only || str_equal(name->imported, "default"))
			continue;
		if (strcmp(name->imported, "*") == 0) {
			if (import->kind != IMPORT_EXPORT && name->local != NULL)
				judge_uses(taking, name->local, import->place.start);
			continue;
		}
		/* `export {Type} from` may leave out the word `type`. */
		item = facts_export(&taking->server->facts, name->imported);
		if (import->kind != IMPORT_EXPORT || item == NULL || !item->type_only)
			tell_name(taking, name->place, name->imported);
	}
}

/* What is known of a name that a server module has, by the paths of modules: where it leads to
 * through `export *` alone. */
struct leads {
	struct map known; /* a server module, or `nowhere` */
	const char **asked;
	size_t count;
};

static const struct module nowhere;

/* The server module that `name` comes from through `export *`; NULL when it comes from elsewhere.
 */
static const struct module *follow_stars(struct arena *arena, const struct module *module,
					 const char *name, struct leads *leads)
{
	const struct module *found = map_get(&leads->known, module->path);
	const struct export *item;
	const char **asked;

	if (found != NULL)
		return found != &nowhere ? found : NULL;
	if (facts_export(&module->facts, name) != NULL)
		return NULL;
	map_set(&leads->known, module->path, &nowhere);
	asked = arena_push(arena, &leads->asked, &leads->count, sizeof(*asked));
	*asked = module->path;
	for (size_t i = 0;
	     found == NULL && (item = facts_star(&module->facts, i)) != NULL && !item->type_only;
	     i++) {
		const struct module *target = module->edges[item->import].module;
		const struct export *other;

		if (target == NULL)
			continue;
		other = facts_export(&target->facts, name);
		if (target->role == ROLE_SERVER)
			found = other != NULL && !other->type_only ? target : NULL;
		else
			found = follow_stars(arena, target, name, leads);
	}
	if (found != NULL)
		map_set(&leads->known, module->path, found);
	return found;
}

/* The same, with what is known from the questions before. */
static const struct module *star_server(const struct taking *taking, const struct module *module,
					const char *name)
{
	struct leads *leads = map_get(taking->stars, name);
	const struct module *found;

	if (leads == NULL)
		return NULL; /* no server module has such a name */
	leads->count = 0;
	found = follow_stars(taking->app->arena, module, name, leads);
	/* What was left in a circle, on the way to what was found, may lead there as well. */
	for (size_t i = 0; found != NULL && i < leads->count; i++)
		if (map_get(&leads->known, leads->asked[i]) == &nowhere)
			map_set(&leads->known, leads->asked[i], NULL);
	return found;
}

static void judge_through_star(struct taking *taking, const struct import *import,
			       const struct module *target)
{
	for (size_t n = 0; n < import->name_count; n++) {
		const struct import_name *name = &import->names[n];

		if (name->type_only || strcmp(name->imported, "*") == 0 ||
		    strcmp(name->imported, "default") == 0)
			continue;
		taking->server = star_server(taking, target, name->imported);
		if (taking->server != NULL)
			tell_name(taking, name->place, name->imported);
	}
}

/* Whether the server module is still what is found when the extension is left out. */
static bool resolves_without(const struct app *app, const struct module *server)
{
	static const char *const order[] = {".tsx", ".ts", ".jsx", ".js"};
	const char *ext = path_ext(server->path);
	int stem = (int)(ext - server->path);

	for (size_t i = 0; i < ARRAY_LEN(order); i++) {
		if (strcmp(order[i], ext) == 0)
			return true;
		if (app_module(app, arena_printf(app->arena, "%.*s%s", stem, server->path,
						 order[i])) != NULL)
			return false;
	}
	return false;
}

/* Whether TypeScript refuses it (TS5097), and with it every build that checks types. */
static bool is_refused(const struct taking *taking, const struct import *import)
{
	const struct tsconfig *tsconfig = &taking->app->tsconfig;

	return tsconfig->present && !tsconfig->incomplete && !tsconfig->spells_endings &&
	       import->kind != IMPORT_REQUIRE && !import->type_only &&
	       path_is_typescript(import->specifier) && path_is_typescript(taking->module->path);
}

/* `./x.server.ts` */
static void judge_spelling(const struct taking *taking, const struct import *import)
{
	const char *ext = path_ext(import->specifier);
	struct place place = import->specifier_place;
	enum dialect dialect;
	struct diag *diag;

	if (import->glob != NULL || !dialect_of(import->specifier, &dialect))
		return;
	diag = diag_add(taking->diags, &spelled_out, place,
			"the import of a server function spells its extension, `%s`", ext);
	if (is_refused(taking, import))
		diag->severity = SEVERITY_ERROR;
	diag->help = "leave the extension out: with it, other tools for Attio apps put the "
		     "server's source "
		     "into the client";
	if (!resolves_without(taking->app, taking->server) || place.end - place.start < 2 ||
	    place.end - place.start != strlen(import->specifier) + 2)
		return; /* escapes in the literal */
	place.end--;
	place.start = place.end - strlen(ext);
	diag_edit(taking->diags, diag, place, "");
	diag->fix_is_safe = true;
}

static void judge_import(struct taking *taking, const struct import *import)
{
	judge_spelling(taking, import);
	if (!path_is_under(taking->server->path, FOLDER_SRC))
		diag_add(taking->diags, &taking->rule->info, import->specifier_place,
			 "the server function `%s` lies outside `src`", taking->server->path)
			->help = "move it below `src`: server functions elsewhere are not found";
	if (import->kind == IMPORT_DYNAMIC || import->kind == IMPORT_REQUIRE)
		judge_call(taking, import_node(taking->module, import),
			   import->kind == IMPORT_DYNAMIC);
	judge_names(taking, import);
}

static void check_module(const struct module *module, void *payload)
{
	struct taking *taking = payload;

	taking->module = module;
	for (size_t i = 0; i < module->facts.import_count; i++) {
		const struct import *import = &module->facts.imports[i];
		const struct module *target = module->edges[i].module;

		if (module->edges[i].type_only || target == NULL)
			continue;
		taking->server = target;
		if (target->role == ROLE_SERVER)
			judge_import(taking, import);
		else
			judge_through_star(taking, import, target);
	}
}

/* The names that server modules have. */
static struct map names_of_servers(const struct app *app)
{
	struct map names = {0};

	for (size_t i = 0; i < app->module_count; i++) {
		const struct facts *facts = &app->modules[i]->facts;

		for (size_t k = 0; k < facts->export_count; k++)
			if (app->modules[i]->role == ROLE_SERVER &&
			    map_get(&names, facts->exports[k].name) == NULL)
				map_set(&names, facts->exports[k].name,
					arena_alloc(app->arena, sizeof(struct leads)));
	}
	return names;
}

void check_server_shape(const struct rule *rule, const struct app *app, struct diags *diags)
{
	struct map stars = names_of_servers(app);
	struct taking taking = {.rule = rule, .app = app, .diags = diags, .stars = &stars};

	each_client_module(app, diags, check_module, &taking);
	map_dispose(&taking.sites);
	for (size_t i = 0; i < stars.count; i++)
		map_dispose(&((struct leads *)stars.entries[i].value)->known);
	map_dispose(&stars);
}
