/* ATT2008: client code that imports a webhook or event file. The import is what is wrong; what the
 * client's rules would say about the code behind it is told as notes of that one finding. */
#include <string.h>

#include "base/arena.h"
#include "rules/client.h"
#include "rules/visit.h"

/* What the rules about the client say of one module. */
static void gather(const struct app *app, const struct module *module, struct diags *found)
{
	for (size_t i = 0; i < module->facts.import_count; i++) {
		const struct import *import = &module->facts.imports[i];

		if (!module->edges[i].type_only && strcmp(import->specifier, "attio/server") == 0 &&
		    module->edges[i].kind == TARGET_PACKAGE)
			diag_add(found, &rule_client_no_server_sdk.info, import->specifier_place,
				 "client code cannot import `attio/server`");
	}
	visit_module(&rule_client_no_network, app, module, found); /* and ATT2002, ATT2003 */
	visit_module(&rule_client_no_html, app, module, found);
	diags_sort(found);
}

struct behind {
	const struct app *app;
	const struct map *client; /* what the client reaches in other ways */
	struct map told;
};

static void note_behind(struct behind *behind, struct diags *diags, size_t at,
			const struct module *handler)
{
	const struct module **items = NULL, **slot;
	size_t count = 0;

	if (map_get(&behind->told, handler->path) != NULL)
		return;
	map_set(&behind->told, handler->path, handler);
	slot = arena_push(behind->app->arena, &items, &count, sizeof(*slot));
	*slot = handler;
	for (size_t next = 0; next < count; next++) {
		const struct module *module = items[next];
		struct diags found = {.arena = behind->app->arena};

		if (!syntax_is_broken(&module->syntax))
			gather(behind->app, module, &found);
		for (size_t i = 0; i < found.count; i++)
			diag_note(diags, &diags->items[at], found.items[i].place, "%s",
				  found.items[i].message);
		for (size_t i = 0; i < module->facts.import_count; i++) {
			const struct module *target = module->edges[i].module;

			if (target == NULL || module->edges[i].type_only ||
			    target->role == ROLE_SERVER ||
			    map_get(behind->client, target->path) != NULL ||
			    map_get(&behind->told, target->path) != NULL)
				continue;
			map_set(&behind->told, target->path, target);
			slot = arena_push(behind->app->arena, &items, &count, sizeof(*slot));
			*slot = target;
		}
	}
}

void check_client_handlers(const struct rule *rule, const struct app *app, struct diags *diags)
{
	struct map client = client_reach(app);
	struct behind behind = {.app = app, .client = &client};

	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];

		if (map_get(&client, module->path) == NULL)
			continue;
		for (size_t k = 0; k < module->facts.import_count; k++) {
			const struct import *import = &module->facts.imports[k];
			const struct module *target = module->edges[k].module;
			struct diag *diag;

			if (target == NULL || module->edges[k].type_only ||
			    (target->role != ROLE_WEBHOOK && target->role != ROLE_EVENT))
				continue;
			/* The same words as the build's: lib/bundle/messages.c. */
			diag = diag_add(diags, &rule->info, import->specifier_place,
					"client code imports `%s`, %s", target->path,
					target->role == ROLE_EVENT ? "an event handler"
								   : "a webhook");
			diag->help =
				"its source would be sent to every user's browser; move what both "
				"need into a file of its own";
			app_chain_notes(app, diags, diag, module, RUNTIME_CLIENT);
			note_behind(&behind, diags, diags->count - 1, target);
		}
	}
	map_dispose(&behind.told);
	map_dispose(&client);
}
