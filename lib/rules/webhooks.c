/* ATT3007: createWebhookHandler names a webhook file by a string that nothing else checks. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "rules/internal.h"
#include "rules/values.h"
#include "sys/path.h"

struct search {
	const struct rule *rule;
	const struct app *app;
	struct diags *diags;
	const struct module *module;
};

/* The text of an expression when it is known: a literal, a constant, or a template literal whose
 * parts are known; NULL otherwise. */
static const char *known_text(const struct app *app, const struct module *module, TSNode function,
			      TSNode expression, int steps)
{
	struct value value;
	const char *text;
	struct buf out = {0};

	if (steps <= 0)
		return NULL;
	value = value_of(app, module, function, expression);
	if (value.kind != VALUE_LITERAL || value.awaited)
		return NULL;
	text = node_string(&value.module->syntax, app->arena, value.node);
	if (text != NULL || !node_is(value.node, "template_string"))
		return text;
	size_t at = ts_node_start_byte(value.node) + 1;
	for (uint32_t i = 0; i < ts_node_named_child_count(value.node); i++) {
		TSNode part = ts_node_named_child(value.node, i);
		const char *inner;

		if (!node_is(part, "template_substitution"))
			continue;
		inner = known_text(app, value.module, function, node_first(part), steps - 1);
		if (inner == NULL) {
			buf_dispose(&out);
			return NULL;
		}
		buf_add(&out, value.module->text->bytes + at, ts_node_start_byte(part) - at);
		buf_puts(&out, inner);
		at = ts_node_end_byte(part);
	}
	buf_add(&out, value.module->text->bytes + at, ts_node_end_byte(value.node) - 1 - at);
	text = arena_strdup(app->arena, buf_cstr(&out));
	buf_dispose(&out);
	return text;
}

static TSNode enclosing_function(TSNode node)
{
	for (TSNode at = ts_node_parent(node); !ts_node_is_null(at); at = ts_node_parent(at)) {
		TSNode outer = ts_node_parent(at);

		/* The outermost function: its constants are in scope as well. */
		if (node_is_function(at) && ts_node_is_null(outer))
			return at;
		if (node_is(outer, "program") || node_is(outer, "export_statement"))
			return at;
	}
	return (TSNode){0};
}

/* The value of `fileName` in the object given as first argument; null when it cannot be seen. */
static TSNode file_name_value(const struct search *s, TSNode call, TSNode function,
			      const struct module **module)
{
	TSNode argument = node_first(node_field(call, "arguments")), found = {0};
	struct value object;

	if (ts_node_is_null(argument))
		return found;
	object = value_of(s->app, s->module, function, argument);
	if (!node_is(object.node, "object"))
		return found;
	*module = object.module;
	for (uint32_t i = 0; i < ts_node_named_child_count(object.node); i++) {
		TSNode item = ts_node_named_child(object.node, i), key = node_field(item, "key");

		if (node_is(item, "spread_element"))
			return (TSNode){0};
		if (node_is(item, "shorthand_property_identifier") &&
		    node_text_is(&object.module->syntax, item, "fileName"))
			found = item;
		if (node_is(item, "pair") &&
		    (node_text_is(&object.module->syntax, key, "fileName") ||
		     str_equal(node_string(&object.module->syntax, s->app->arena, key), "fileName")))
			found = node_field(item, "value");
	}
	return found;
}

/* What was meant by a name with the suffix, the extension or the folder written in. */
static const char *stripped(struct arena *arena, const char *name)
{
	static const char *const endings[] = {".ts", ".js", ".webhook"};
	static const char *const folders[] = {"./",       "/",            "src/", "app/",
					      "webhooks/"};
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

static const char *nearest_webhook(const struct app *app, const char *name)
{
	const char **ids = NULL, **end;
	const struct definition *webhook;
	size_t count = 0;

	for (size_t i = 0; (webhook = app_definition(app, DEF_WEBHOOK, i)) != NULL; i++) {
		const char **slot = arena_push(app->arena, &ids, &count, sizeof(*slot));
		*slot = webhook->id;
		if (str_equal(path_base(webhook->id), name))
			return webhook->id;
	}
	end = arena_push(app->arena, &ids, &count, sizeof(*end));
	*end = NULL;
	return str_nearest(name, ids);
}

static void missing_file(const struct search *s, const struct module *module, TSNode value,
			 const char *name)
{
	const char *plain = stripped(s->app->arena, name);
	bool meant = strcmp(plain, name) != 0 && app_definition_by_id(s->app, DEF_WEBHOOK, plain) != NULL;
	const char *near = meant ? plain : nearest_webhook(s->app, plain);
	TSNode literal = node_unwrap(value);
	struct diag *diag = diag_add(s->diags, &s->rule->info, node_place(&module->syntax, value),
				     "there is no webhook called `%s`", name);

	if (near != NULL)
		diag->help = arena_printf(s->app->arena,
					  meant ? "write `%s`: the path below the webhooks folder, without "
						  "the suffix"
						: "did you mean `%s`?",
					  near);
	else
		diag->help = arena_printf(s->app->arena, "add `%s/%s.webhook.ts`",
					  s->app->has_folder_layout ? "src/app/webhooks" : "src/webhooks",
					  plain);
	if (near != NULL && node_is(literal, "string")) {
		diag_edit(s->diags, diag, node_place(&module->syntax, literal),
			  arena_printf(s->app->arena, "\"%s\"", near));
		diag->fix_is_safe = meant;
	}
}

static bool visit_call(TSNode node, void *payload)
{
	struct search *s = payload;
	const struct module *module = s->module;
	const char *package, *name, *file_name;
	TSNode function, value;

	if (!node_is(node, "call_expression") ||
	    !package_member(s->app, s->module, node_field(node, "function"), &package, &name) ||
	    strcmp(package, "attio/server") != 0 || strcmp(name, "createWebhookHandler") != 0)
		return true;
	function = enclosing_function(node);
	value = file_name_value(s, node, function, &module);
	if (ts_node_is_null(value))
		return true;
	if (node_is(value, "shorthand_property_identifier")) {
		/* `{fileName}`: the constant of that name. */
		TSNode declarator = local_variable(module, function, "fileName");
		struct resolved resolved = {0};

		if (is_parameter(module, function, "fileName"))
			return true;
		if (ts_node_is_null(declarator)) {
			resolved = app_resolve_name(s->app, module, "fileName");
			file_name = resolved.opaque || ts_node_is_null(resolved.node)
					    ? NULL
					    : known_text(s->app, resolved.module, (TSNode){0},
							 resolved.node, 8);
		} else {
			file_name = known_text(s->app, module, function,
					       node_field(declarator, "value"), 8);
		}
	} else {
		file_name = known_text(s->app, module, function, value, 8);
	}
	if (file_name != NULL && app_definition_by_id(s->app, DEF_WEBHOOK, file_name) == NULL)
		missing_file(s, module, value, file_name);
	return true;
}

static void check_webhook_file(const struct rule *rule, const struct app *app, struct diags *diags)
{
	for (size_t i = 0; i < app->module_count; i++) {
		struct search search = {rule, app, diags, app->modules[i]};

		/* The name must be written somewhere; most modules need no walk. */
		if (strstr(app->modules[i]->text->bytes, "attio/server") != NULL ||
		    app->modules[i]->runtimes != 0)
			node_walk(app->modules[i]->syntax.root, visit_call, &search);
	}
}

const struct rule rule_webhook_file_missing = {
	.info = {"ATT3007", "webhook-file-missing", SEVERITY_ERROR},
	.summary = "createWebhookHandler names a webhook that does not exist",
	.explanation =
		"`createWebhookHandler({fileName})` takes the path of a file below `src/app/webhooks` "
		"(or `src/webhooks`) without the suffix `.webhook.ts`: `lead-processed`, "
		"`billing/paid`. Any other text gives a URL that never answers.",
	.bad = "await createWebhookHandler({fileName: \"lead-processed.webhook.ts\"})",
	.good = "await createWebhookHandler({fileName: \"lead-processed\"})",
	.check = check_webhook_file,
};
