/* Which runtimes a module ends up in: breadth-first from the entry points of each, along value
 * imports. In the client the walk stops at server modules, which become proxies there, and at what
 * is refused there for its name. */
#include <string.h>

#include "app/internal.h"
#include "app/server_only.h"
#include "base/arena.h"

struct queue {
	struct module **items;
	size_t count;
	size_t next;
};

struct colour {
	struct app *app;
	unsigned runtime;
	int index; /* into module.parent */
	struct queue queue;
};

static void reach(struct colour *c, struct module *module, struct module *parent, int import)
{
	struct module **slot;

	if (module == NULL || (module->runtimes & c->runtime) != 0)
		return;
	module->runtimes |= c->runtime;
	module->parent[c->index] = parent;
	module->parent_import[c->index] = import;
	slot = arena_push(c->app->arena, &c->queue.items, &c->queue.count, sizeof(struct module *));
	*slot = module;
}

static void follow(struct colour *c)
{
	while (c->queue.next < c->queue.count) {
		struct module *module = c->queue.items[c->queue.next++];

		for (size_t i = 0; i < module->facts.import_count; i++) {
			struct module *target = module->edges[i].module;

			if (target == NULL || module->edges[i].type_only)
				continue;
			if (c->runtime == RUNTIME_CLIENT &&
			    (target->role == ROLE_SERVER || server_only_import(module, i)))
				continue;
			reach(c, target, module, (int)i);
		}
	}
}

static bool starts_in_client(enum definition_kind kind)
{
	return kind == DEF_APP || kind == DEF_EXTENSION || kind == DEF_PAGE || kind == DEF_BLOCK ||
	       kind == DEF_SETTINGS_PAGE || kind == DEF_SETTINGS_SCHEMA;
}

static bool starts_in_server(enum definition_kind kind)
{
	return kind == DEF_WEBHOOK || kind == DEF_EVENT || kind == DEF_SERVER ||
	       kind == DEF_SETTINGS_SCHEMA;
}

static void colour_client(struct app *app)
{
	struct colour c = {.app = app, .runtime = RUNTIME_CLIENT, .index = 0};

	reach(&c, app->legacy_settings, NULL, -1);
	for (size_t i = 0; i < app->definition_count; i++) {
		const struct definition *definition = app->definitions[i];

		if (starts_in_client(definition->kind))
			reach(&c, definition->module, NULL, -1);
		if (definition->kind == DEF_BLOCK)
			reach(&c, definition->block->configurator, NULL, -1);
	}
	follow(&c);
}

static void colour_server(struct app *app)
{
	struct colour c = {.app = app, .runtime = RUNTIME_SERVER, .index = 1};

	reach(&c, app->legacy_settings, NULL, -1);
	for (size_t i = 0; i < app->definition_count; i++) {
		if (starts_in_server(app->definitions[i]->kind))
			reach(&c, app->definitions[i]->module, NULL, -1);
	}
	follow(&c);
}

static void colour_blocks(struct app *app)
{
	struct colour c = {.app = app, .runtime = RUNTIME_BLOCK, .index = 2};

	for (size_t i = 0; i < app->definition_count; i++) {
		const struct definition *definition = app->definitions[i];

		if (definition->kind != DEF_BLOCK)
			continue;
		reach(&c, definition->module, NULL, -1);
		for (int kind = 0; kind < HANDLER_KINDS; kind++)
			reach(&c, definition->block->handlers[kind], NULL, -1);
		for (size_t k = 0; k < definition->block->server_count; k++)
			reach(&c, definition->block->servers[k]->module, NULL, -1);
	}
	follow(&c);
}

/* A server module that the naming rule misses (.server.tsx, .server.mts, or outside src/) but the
 * client imports becomes a server function all the same: its source must not land in the client,
 * and the call must reach it. `validate` tells the author to rename it. */
static void adopt_servers(struct app *app)
{
	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];

		if ((module->runtimes & RUNTIME_CLIENT) == 0)
			continue;
		for (size_t k = 0; k < module->facts.import_count; k++) {
			struct module *target = module->edges[k].module;

			if (target != NULL && target->role == ROLE_SERVER &&
			    !module->edges[k].type_only)
				adopt_server(app, target);
		}
	}
}

/* The server functions that a configurator reaches by any value import, through other server
 * modules too: a server function that imports another one calls it directly, but may hand its
 * name on. The official CLI misses aliases and dynamic imports here. */
static void collect_servers(struct app *app, struct block *block)
{
	struct queue queue = {0};
	struct map seen = {0};
	struct module **slot;

	if (block->configurator == NULL)
		return;
	slot = arena_push(app->arena, &queue.items, &queue.count, sizeof(struct module *));
	*slot = block->configurator;
	map_set(&seen, block->configurator->path, block->configurator);
	while (queue.next < queue.count) {
		struct module *module = queue.items[queue.next++];

		for (size_t i = 0; i < module->facts.import_count; i++) {
			struct module *target = module->edges[i].module;

			if (target == NULL || module->edges[i].type_only ||
			    map_get(&seen, target->path) != NULL)
				continue;
			map_set(&seen, target->path, target);
			slot = arena_push(app->arena, &queue.items, &queue.count,
					  sizeof(struct module *));
			*slot = target;
		}
	}
	for (size_t i = 0; i < app->definition_count; i++) {
		struct definition *definition = app->definitions[i];

		if (definition->kind == DEF_SERVER &&
		    map_get(&seen, definition->module->path) != NULL) {
			struct definition **server = arena_push(
				app->arena, &block->servers, &block->server_count, sizeof(*server));
			*server = definition;
		}
	}
	map_dispose(&seen);
}

void graph_colour(struct app *app)
{
	colour_client(app);
	adopt_servers(app);
	for (size_t i = 0; i < app->definition_count; i++) {
		if (app->definitions[i]->kind == DEF_BLOCK)
			collect_servers(app, app->definitions[i]->block);
	}
	colour_server(app);
	colour_blocks(app);
}
