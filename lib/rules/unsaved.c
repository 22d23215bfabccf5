/* ATT3013: `connection-added` asks for the connection that it was called about. It runs before the
 * platform keeps that connection; the handler's argument is the only way to it. */
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"
#include "rules/calls.h"
#include "rules/flow.h"
#include "rules/handler.h"

struct asking {
	const struct rule *rule;
	const struct app *app;
	struct diags *diags;
	const struct handler *handler;
	struct map told; /* offsets in the handler's file */
};

/* An app that asks who owns the connection has both kinds, and may well want the other one. */
static bool tells_kinds_apart(const struct module *module)
{
	return strstr(module->text->bytes, "ownedBy") != NULL;
}

static void see(const struct called *called, void *payload)
{
	struct asking *a = payload;
	const struct module *start = a->handler->value.module;
	const char *package, *name, *key;
	struct diag *diag;

	if (!node_is(called->node, NODE_CALL_EXPRESSION) ||
	    !package_member(a->app, called->module, node_field(called->node, FIELD_FUNCTION),
			    &package, &name) ||
	    !str_equal(package, "attio/server") ||
	    (!str_equal(name, "getWorkspaceConnection") && !str_equal(name, "getUserConnection")))
		return;
	/* `given ?? getWorkspaceConnection()` has another one here. */
	if (!called->certain || !flow_is_certain(&called->module->syntax, called->node,
						 called->function, called->returned))
		return;
	key = arena_printf(a->app->arena, "%zu", node_start(called->from));
	if (map_get(&a->told, key) != NULL)
		return;
	map_set(&a->told, key, a);
	diag = diag_add(a->diags, &a->rule->info, node_place(&start->syntax, called->from),
			"`%s` does not have the new connection yet", name);
	diag->label = "it is kept when this handler is done";
	diag->help = "take the connection from the handler's argument: `async ({connection}) => "
		     "...`, and hand it on";
	if (!node_same(called->node, called->from))
		diag_note(a->diags, diag, node_place(&called->module->syntax, called->node),
			  "asked for here");
}

static void check_handler(const struct rule *rule, const struct app *app, struct diags *diags,
			  const struct handler *handler)
{
	struct asking asking = {rule, app, diags, handler, {0}};

	if (!str_equal(handler->definition->id, "connection-added") ||
	    handler->value.kind != VALUE_FUNCTION || tells_kinds_apart(handler->value.module))
		return;
	calls_walk(app, handler->value.module, handler->value.node, see, &asking);
	map_dispose(&asking.told);
}

static void check(const struct rule *rule, const struct app *app, struct diags *diags)
{
	static const enum definition_kind kinds[] = {DEF_EVENT};

	each_handler(rule, app, diags, kinds, 1, check_handler);
}

const struct rule rule_connection_unsaved = {
	.info = {"ATT3013", "connection-unsaved", SEVERITY_WARNING},
	.summary = "connection-added asks for a connection that is not kept yet",
	.explanation =
		"The platform runs `connection-added` before it keeps the new connection, so that "
		"an error can refuse it. Until then `getWorkspaceConnection` and "
		"`getUserConnection` know only what was there before: at the first connection they "
		"throw, and after that they give the old one. The new one is the handler's "
		"argument.\n\n"
		"Nothing is said in a handler that looks at `ownedBy`: an app with both kinds of "
		"connections may want the other one; nor of a call that depends on a condition.",
	.bad = "// src/app/events/connection-added.event.ts\n"
	       "export default async function connectionAdded() {\n"
	       "  const {value} = getWorkspaceConnection()\n}",
	.good = "// src/app/events/connection-added.event.ts\n"
		"export default async function connectionAdded({connection}: {connection: "
		"Connection}) {\n  const {value} = connection\n}",
	.check = check,
};
