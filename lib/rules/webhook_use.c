/* ATT3010: webhook files that no call of createWebhookHandler names. Only told when the name in
 * every such call is known; else any of the files may be meant. */
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"
#include "rules/internal.h"
#include "rules/values.h"
#include "rules/visit.h"
#include "sys/path.h"

static const char wanted[] = "createWebhookHandler";

struct uses {
	const struct app *app;
	struct arena *arena;
	const struct module *module;
	const char **names;
	size_t count;
	bool unsure; /* a call or another use whose name cannot be read */
};

static void note_call(struct uses *u, struct node call)
{
	struct value object =
		value_of(u->app, u->module, node_first(node_field(call, FIELD_ARGUMENTS)));
	const char *name = NULL;

	if (node_is(object.node, NODE_OBJECT)) {
		struct node value = value_property(u->app, &object, "fileName");

		if (!node_is_null(value))
			name = value_text(u->app, object.module, value);
	}
	if (name == NULL) {
		u->unsure = true;
	} else {
		const char **slot = arena_push(u->arena, &u->names, &u->count, sizeof(*slot));

		*slot = name;
	}
}

static bool is_wanted(const struct uses *u, struct node node)
{
	const char *package, *name;

	return package_member(u->app, u->module, node, &package, &name) &&
	       strcmp(package, "attio/server") == 0 && strcmp(name, wanted) == 0;
}

/* A mention of the function that is neither its call nor a declaration of another name for it. */
static bool escapes(const struct uses *u, struct node node)
{
	struct node parent = node_parent(node);

	while (node_is(parent, NODE_PARENTHESIZED_EXPRESSION) ||
	       node_is(parent, NODE_AS_EXPRESSION) || node_is(parent, NODE_NON_NULL_EXPRESSION) ||
	       node_is(parent, NODE_SATISFIES_EXPRESSION)) {
		node = parent;
		parent = node_parent(parent);
	}
	if (node_is(parent, NODE_CALL_EXPRESSION))
		return !node_same(node_field(parent, FIELD_FUNCTION), node);
	if (node_is(parent, NODE_VARIABLE_DECLARATOR))
		return !node_is(node_field(parent, FIELD_NAME), NODE_IDENTIFIER) &&
		       !node_is(node_field(parent, FIELD_NAME), NODE_OBJECT_PATTERN);
	/* `sdk.createWebhookHandler`: the member is asked in its turn; `typeof` in a type names no
	 * file */
	if (node_is(parent, NODE_MEMBER_EXPRESSION) || node_is(parent, NODE_TYPE_QUERY))
		return false;
	return !node_is(parent, NODE_IMPORT_SPECIFIER) && !node_is(parent, NODE_EXPORT_SPECIFIER) &&
	       !node_is(parent, NODE_NAMESPACE_IMPORT) && !node_is(parent, NODE_IMPORT_CLAUSE) &&
	       is_wanted(u, node);
}

/* Whether a module can reach the SDK's function: it imports the SDK, or a module of the app. */
static bool may_use(const struct module *module)
{
	for (size_t i = 0; i < module->facts.import_count; i++) {
		if (strcmp(module->facts.imports[i].specifier, "attio/server") == 0 ||
		    module->edges[i].kind == TARGET_MODULE)
			return true;
	}
	return false;
}

/* Exact names, and wrong ones that mean the webhook: ATT3007 tells about those. */
static bool is_named(const struct uses *u, const char *id)
{
	for (size_t i = 0; i < u->count; i++) {
		const char *name = u->names[i];

		if (strcmp(name, id) == 0)
			return true;
		if (app_definition_by_id(u->app, DEF_WEBHOOK, name) == NULL &&
		    (strstr(name, id) != NULL || str_equal(path_base(id), name) ||
		     str_distance(name, id, 2) <= 2))
			return true;
	}
	return false;
}

static void *prepare(const struct app *app, struct arena *arena)
{
	struct uses *uses;

	if (app_definition(app, DEF_WEBHOOK, 0) == NULL)
		return NULL;
	uses = arena_alloc(arena, sizeof(*uses));
	uses->app = app;
	uses->arena = arena;
	return uses;
}

static bool wants(struct visiting *v)
{
	struct uses *u = v->shared;

	u->module = v->module;
	u->unsure = u->unsure || syntax_is_broken(&v->module->syntax);
	return !u->unsure && may_use(v->module);
}

static bool see_call(const struct visiting *v, struct node node)
{
	struct uses *u = v->shared;

	if (!u->unsure && is_wanted(u, node_field(node, FIELD_FUNCTION)))
		note_call(u, node);
	return !u->unsure;
}

static bool see_mention(const struct visiting *v, struct node node)
{
	struct uses *u = v->shared;

	if (!u->unsure && (escapes(u, node) || (node_is(node, NODE_SHORTHAND_PROPERTY_IDENTIFIER) &&
						node_text_is(&u->module->syntax, node, wanted))))
		u->unsure = true;
	return !u->unsure;
}

static void tell_unused(const struct visiting *v)
{
	const struct uses *u = v->shared;
	const struct definition *webhook;

	if (u->unsure)
		return;
	for (size_t i = 0; (webhook = app_definition(v->app, DEF_WEBHOOK, i)) != NULL; i++) {
		struct diag *diag;

		if (is_named(u, webhook->id))
			continue;
		diag = diag_add(v->diags, &v->rule->info,
				(struct place){.file = webhook->module->path},
				"nothing registers the webhook `%s`", webhook->id);
		diag->help = arena_printf(
			v->app->arena,
			"call `createWebhookHandler({fileName: \"%s\"})` where its URL is "
			"needed, for example when a connection is added, or delete the file",
			webhook->id);
	}
}

static const struct walk mentions = {
	.prepare = prepare,
	.wants = wants,
	.finish = tell_unused,
	.visits =
		(const struct visit[]){
			{NODE_CALL_EXPRESSION, see_call},
			{NODE_IDENTIFIER, see_mention},
			{NODE_MEMBER_EXPRESSION, see_mention},
			{NODE_SHORTHAND_PROPERTY_IDENTIFIER, see_mention},
			{NODE_IMPORT_STATEMENT, NULL},
			{NODE_NONE, NULL},
		},
};

const struct rule rule_webhook_unused = {
	.info = {"ATT3010", "webhook-unused", SEVERITY_WARNING},
	.summary = "A webhook file that no call of createWebhookHandler names",
	.explanation = "A webhook gets its URL when server code calls `createWebhookHandler` with "
		       "the file's "
		       "name. Without such a call no other service can reach it. The rule is "
		       "silent as long as "
		       "the name in any of the calls is only known at run time.",
	.bad = "src/app/webhooks/lead-processed.webhook.ts, named by no code",
	.good = "// src/app/events/connection-added.event.ts\n"
		"const {url} = await createWebhookHandler({fileName: \"lead-processed\"})",
	.walk = &mentions,
};
