/* ATT3007: createWebhookHandler names a webhook file by a string that nothing else checks. */
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"
#include "rules/handler.h"
#include "rules/internal.h"
#include "rules/values.h"
#include "rules/visit.h"
#include "sys/path.h"

static const char wanted[] = "createWebhookHandler";

/* What was meant by a name with the suffix, the extension or the folder written in. */
static const char *stripped(struct arena *arena, const char *name)
{
	static const char *const endings[] = {".ts", ".js", ".webhook"};
	static const char *const folders[] = {"./", "/", "src/", "app/", "webhooks/"};
	char *text = arena_strdup(arena, name);

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		if (str_ends(text, endings[i]))
			text[strlen(text) - strlen(endings[i])] = '\0';
	}
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		if (str_starts(text, folders[i]))
			text += strlen(folders[i]);
	}
	return text;
}

/* What all calls ask about. */
struct webhooks {
	bool handed_on;       /* hands_on_sdk of any module */
	struct map by_base;   /* the last part of an id -> the first id that has it */
	const char **nearest; /* NEAREST_MOST of the ids; ends with NULL */
	struct map stray; /* what files in a wrong place or under a wrong name may be meant by */
	size_t hints;
};

/* The beginnings of a file's name: "lead-processed.webhok.ts" is "lead", "lead-processed", ... */
static void add_stray(struct webhooks *webhooks, struct arena *arena, const char *file)
{
	for (const char *at = file; *at != '\0'; at++)
		if (strchr(".-_", *at) != NULL)
			map_set(&webhooks->stray, arena_strndup(arena, file, (size_t)(at - file)),
				webhooks);
}

static struct webhooks *read_webhooks(const struct app *app, struct arena *arena)
{
	struct webhooks *webhooks = arena_alloc(arena, sizeof(*webhooks));
	const struct definition *webhook;
	size_t count = 0;

	*webhooks = (struct webhooks){0};
	webhooks->nearest = arena_alloc(arena, (NEAREST_MOST + 1) * sizeof(*webhooks->nearest));
	for (size_t i = 0; (webhook = app_definition(app, DEF_WEBHOOK, i)) != NULL; i++) {
		const char *base = path_base(webhook->id);

		if (map_get(&webhooks->by_base, base) == NULL)
			map_set(&webhooks->by_base, base, webhook->id);
		if (count < NEAREST_MOST)
			webhooks->nearest[count++] = webhook->id;
	}
	webhooks->nearest[count] = NULL;
	for (size_t i = 0; i < app->module_count; i++)
		if (is_stray_webhook(app, app->modules[i]))
			add_stray(webhooks, arena, stray_webhook_name(app, app->modules[i]));
	return webhooks;
}

static const char *nearest_webhook(struct webhooks *webhooks, const char *name)
{
	const char *same = map_get(&webhooks->by_base, name);

	if (same != NULL || webhooks->hints++ >= HINTS_MOST)
		return same;
	return str_nearest(name, webhooks->nearest);
}

static void missing_file(const struct visiting *s, const struct module *module, struct node value,
			 const char *name)
{
	const char *plain = stripped(s->app->arena, name);
	bool meant = strcmp(plain, name) != 0 &&
		     app_definition_by_id(s->app, DEF_WEBHOOK, plain) != NULL;
	const char *near = meant ? plain : nearest_webhook(s->shared, plain);
	struct node literal = node_unwrap(value);
	struct diag *diag = diag_add(s->diags, &s->rule->info, node_place(&module->syntax, value),
				     "there is no webhook called `%s`", name);

	if (near != NULL)
		diag->help = arena_printf(
			s->app->arena,
			meant ? "write `%s`: the path below the webhooks folder, without "
				"the suffix"
			      : "did you mean `%s`?",
			near);
	else
		diag->help = arena_printf(
			s->app->arena, "add `%s/%s.webhook.ts`",
			s->app->has_folder_layout ? FOLDER_WEBHOOKS : FOLDER_OLD_WEBHOOKS, plain);
	if (near != NULL && node_is(literal, NODE_STRING)) {
		diag_edit(s->diags, diag, node_place(&module->syntax, literal),
			  arena_printf(s->app->arena, "\"%s\"", near));
		diag->fix_is_safe = meant;
	}
}

static bool writes_name(const struct module *module)
{
	return strstr(module->text->bytes, wanted) != NULL;
}

/* Keeps the walk fast: a module that does not write the function's name can only reach it by
 * something that it imports from another module of the app. */
static bool may_be_wanted(const struct visiting *s, struct node callee)
{
	const bool *named = s->own;
	const struct binding *binding;

	if (*named)
		return true;
	callee = node_unwrap(callee);
	while (node_is(callee, NODE_MEMBER_EXPRESSION))
		callee = node_unwrap(node_field(callee, FIELD_OBJECT));
	if (!node_is(callee, NODE_IDENTIFIER))
		return false;
	binding = facts_binding(&s->module->facts,
				node_text(&s->module->syntax, s->app->arena, callee));
	return binding != NULL &&
	       (binding->import < 0 || s->module->edges[binding->import].kind == TARGET_MODULE);
}

static bool see_call(const struct visiting *v, struct node node)
{
	struct node argument = node_first(node_field(node, FIELD_ARGUMENTS)), value;
	const char *package, *name, *file_name;
	struct value object;

	if (node_is_null(argument) || !may_be_wanted(v, node_field(node, FIELD_FUNCTION)) ||
	    !package_member(v->app, v->module, node_field(node, FIELD_FUNCTION), &package, &name) ||
	    strcmp(package, "attio/server") != 0 || strcmp(name, wanted) != 0)
		return true;
	object = value_of(v->app, v->module, argument);
	if (!node_is(object.node, NODE_OBJECT))
		return true;
	value = value_property(v->app, &object, "fileName");
	if (node_is_null(value))
		return true;
	file_name = value_text(v->app, object.module, value);
	if (file_name != NULL && app_definition_by_id(v->app, DEF_WEBHOOK, file_name) == NULL &&
	    map_get(&((struct webhooks *)v->shared)->stray, path_base(file_name)) == NULL)
		missing_file(v, object.module, value, file_name);
	return true;
}

static bool is_sdk(const struct module *module, int import)
{
	return import >= 0 && strcmp(module->facts.imports[import].specifier, "attio/server") == 0;
}

/* Whether a module hands something of the SDK on by another way than a function of its own. */
static bool hands_on_sdk(const struct module *module)
{
	const struct facts *facts = &module->facts;

	for (size_t i = 0; i < facts->export_count; i++) {
		const struct export *item = &facts->exports[i];
		const struct binding *binding =
			item->local == NULL ? NULL : facts_binding(facts, item->local);
		struct node value = node_unwrap(binding == NULL ? item->value : binding->value);

		if (item->type_only)
			continue;
		if (is_sdk(module, item->import) ||
		    (binding != NULL && is_sdk(module, binding->import)) ||
		    node_is(value, NODE_IDENTIFIER) || node_is(value, NODE_MEMBER_EXPRESSION) ||
		    node_is(value, NODE_AWAIT_EXPRESSION))
			return true;
	}
	return false;
}

static void *prepare(const struct app *app, struct arena *arena)
{
	struct webhooks *webhooks = read_webhooks(app, arena);

	for (size_t i = 0; i < app->module_count && !webhooks->handed_on; i++)
		webhooks->handed_on = hands_on_sdk(app->modules[i]);
	return webhooks;
}

static void finish(const struct visiting *v)
{
	struct webhooks *webhooks = v->shared;

	map_dispose(&webhooks->by_base);
	map_dispose(&webhooks->stray);
}

static bool may_call(struct visiting *v)
{
	const struct webhooks *webhooks = v->shared;
	bool *named = arena_alloc(v->arena, sizeof(*named));

	*named = writes_name(v->module);
	v->own = named;
	return *named || webhooks->handed_on;
}

static const struct walk calls = {
	.prepare = prepare,
	.wants = may_call,
	.finish = finish,
	.visits = (const struct visit[]){{NODE_CALL_EXPRESSION, see_call}, {NODE_NONE, NULL}},
};

const struct rule rule_webhook_file_missing = {
	.info = {"ATT3007", "webhook-file-missing", SEVERITY_ERROR},
	.summary = "createWebhookHandler names a webhook that does not exist",
	.explanation = "`createWebhookHandler({fileName})` takes the path of a file below "
		       "`src/app/webhooks` "
		       "(or `src/webhooks`) without the suffix `.webhook.ts`: `lead-processed`, "
		       "`billing/paid`. Any other text gives a URL that never answers.",
	.bad = "await createWebhookHandler({fileName: \"lead-processed.webhook.ts\"})",
	.good = "await createWebhookHandler({fileName: \"lead-processed\"})",
	.walk = &calls,
};
