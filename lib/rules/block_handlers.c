/* ATT5010 to ATT5017: the files of a workflow block besides its definition. The official CLI looks
 * at their names only; what they export is called at run time, by a name that the define function
 * gives. */
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "rules/internal.h"
#include "rules/values.h"
#include "sys/path.h"

static const struct handler_form {
	const char *file; /* without .ts */
	const char *legacy;
	const char *define;
	bool trigger;
} forms[HANDLER_KINDS] = {
	[HANDLER_EXECUTE] = {"execute", NULL, "defineWorkflowBlockExecute", false},
	[HANDLER_FINISH] = {"finish", "on-resume-callback", "defineWorkflowBlockFinish", false},
	[HANDLER_ACTIVATE] = {"activate", NULL, "defineWorkflowBlockActivate", true},
	[HANDLER_TRIGGER] = {"trigger", "on-trigger-callback", "defineWorkflowBlockTrigger", true},
	[HANDLER_DEACTIVATE] = {"deactivate", NULL, "defineWorkflowBlockDeactivate", true},
};

struct block_handler {
	const struct rule *rule;
	const struct app *app;
	struct diags *diags;
	const struct block *block;
	const struct module *module;
	const struct handler_form *form;
	struct place place; /* of the default export */
	bool exported;
	struct value value;
	/* When it is a call: the last name of the callee, and the package that it comes from or
	 * NULL. */
	const char *callee;
	const char *package;
};

typedef void (*block_handler_check)(const struct block_handler *handler);

/* `Workflows.defineX` of a package, `sdk.Workflows.defineX`, or a name for one of them. */
static void read_callee(struct block_handler *h)
{
	const struct module *module = h->value.module;
	struct node callee = node_unwrap(node_field(h->value.node, FIELD_FUNCTION));
	const char *path = NULL;

	if (package_path(h->app, module, callee, &h->package, &path)) {
		h->callee = strrchr(path, '.') == NULL ? path : strrchr(path, '.') + 1;
		return;
	}
	h->package = NULL;
	if (node_is(callee, NODE_MEMBER_EXPRESSION))
		callee = node_field(callee, FIELD_PROPERTY);
	else if (!node_is(callee, NODE_IDENTIFIER))
		return;
	h->callee = node_text(&module->syntax, h->app->arena, callee);
}

static void read_export(struct block_handler *h)
{
	const struct export *item = facts_export(&h->module->facts, "default");
	struct resolved resolved = app_resolve_export(h->app, h->module, "default");

	h->place = item != NULL ? item->place : (struct place){.file = h->module->path};
	h->exported = resolved.found;
	if (!resolved.found || resolved.opaque || node_is_null(resolved.node))
		return;
	h->value = value_of(h->app, resolved.module, resolved.node);
	if (h->value.kind == VALUE_CALL && !h->value.awaited)
		read_callee(h);
}

static void each_block_handler(const struct rule *rule, const struct app *app, struct diags *diags,
			       block_handler_check check)
{
	const struct definition *definition;

	for (size_t i = 0; (definition = app_definition(app, DEF_BLOCK, i)) != NULL; i++) {
		for (size_t kind = 0; kind < HANDLER_KINDS; kind++) {
			struct block_handler h = {.rule = rule,
						  .app = app,
						  .diags = diags,
						  .block = definition->block,
						  .module = definition->block->handlers[kind],
						  .form = &forms[kind]};

			if (h.module == NULL || syntax_is_broken(&h.module->syntax))
				continue;
			read_export(&h);
			check(&h);
		}
	}
}

static const char *remedy(const struct block_handler *h)
{
	return arena_printf(
		h->app->arena,
		"write `export default Workflows.%s(block, async (...) => ...)` with `Workflows` "
		"of `attio/server`",
		h->form->define);
}

static void no_default(const struct block_handler *h)
{
	if (!h->exported)
		diag_add(h->diags, &h->rule->info, h->place,
			 "the handler file `%s.ts` has no default export", h->form->file)
			->help = remedy(h);
}

static void not_defined(const struct block_handler *h)
{
	const char *words = value_words(&h->value);

	if (!h->exported || h->value.kind == VALUE_CALL || words == NULL || h->value.awaited)
		return;
	diag_add(h->diags, &h->rule->info, h->place,
		 "`%s.ts` exports %s, which the platform cannot call", h->form->file, words)
		->help = remedy(h);
}

static bool is_sdk(const char *package)
{
	return package != NULL && (strcmp(package, "attio") == 0 || str_starts(package, "attio/"));
}

static const struct handler_form *form_of(const char *define)
{
	for (size_t i = 0; i < HANDLER_KINDS; i++) {
		if (str_equal(forms[i].define, define))
			return &forms[i];
	}
	return NULL;
}

static void wrong_kind(const struct block_handler *h)
{
	const struct handler_form *form = form_of(h->callee);
	struct diag *diag;

	if (h->callee == NULL || form == h->form || (form == NULL && !is_sdk(h->package)))
		return;
	if (form != NULL)
		diag = diag_add(h->diags, &h->rule->info, h->place,
				"`%s.ts` holds the handler for `%s.ts`", h->form->file, form->file);
	else
		diag = diag_add(h->diags, &h->rule->info, h->place,
				"`%s.ts` holds no handler but a `%s`", h->form->file, h->callee);
	diag->help = arena_printf(h->app->arena, "make it with `Workflows.%s`", h->form->define);
}

/* The value of the block's own definition. */
static struct value own_definition(const struct block_handler *h)
{
	struct resolved resolved = app_resolve_export(h->app, h->block->definition, "default");

	if (!resolved.found || resolved.opaque || node_is_null(resolved.node))
		return (struct value){0};
	return value_of(h->app, resolved.module, resolved.node);
}

static void wrong_block(const struct block_handler *h)
{
	struct node argument = node_first(node_field(h->value.node, FIELD_ARGUMENTS));
	struct value own, given;
	struct diag *diag;

	if (form_of(h->callee) == NULL || node_is_null(argument))
		return;
	own = own_definition(h);
	given = value_of(h->app, h->value.module, argument);
	if (node_is_null(own.node) || given.kind == VALUE_UNKNOWN || given.kind == VALUE_NAME ||
	    given.kind == VALUE_OTHER ||
	    (given.module == own.module && node_same(given.node, own.node)))
		return;
	/* A call of something that may well hand the definition on. */
	if (given.kind == VALUE_CALL &&
	    (node_is(node_unwrap(node_field(given.node, FIELD_FUNCTION)), NODE_MEMBER_EXPRESSION)
		     ? node_text_is(&given.module->syntax,
				    node_field(node_unwrap(node_field(given.node, FIELD_FUNCTION)),
					       FIELD_PROPERTY),
				    "defineWorkflowBlock")
		     : node_text_is(&given.module->syntax, node_field(given.node, FIELD_FUNCTION),
				    "defineWorkflowBlock")) == 0)
		return;
	diag = diag_add(h->diags, &h->rule->info,
			h->value.module == h->module ? node_place(&h->module->syntax, argument)
						     : h->place,
			"`%s.ts` is not made for its own block `%s`", h->form->file, h->block->id);
	diag->help = "give it the default export of `./block`";
	diag_note(h->diags, diag, node_place(&given.module->syntax, given.node),
		  "it is made for this one");
}

static void wrong_origin(const struct block_handler *h)
{
	struct node callee = node_field(h->value.node, FIELD_FUNCTION);
	struct value call = h->value, target;
	struct diag *diag;

	/* Importing `attio/client` is ATT3003. */
	if (form_of(h->callee) == NULL || str_equal(h->package, "attio/server") ||
	    str_equal(h->package, "attio/client"))
		return;
	if (h->package == NULL) {
		/* Known to be something else: a function of the app, or no binding at all. */
		target = callee_of(h->app, &call);
		while (node_is(callee, NODE_MEMBER_EXPRESSION))
			callee = node_unwrap(node_field(callee, FIELD_OBJECT));
		if (target.kind != VALUE_FUNCTION && !(node_is(callee, NODE_IDENTIFIER) &&
						       is_global(h->app, h->value.module, callee)))
			return;
	}
	diag = diag_add(
		h->diags, &h->rule->info,
		h->value.module == h->module
			? node_place(&h->module->syntax, node_field(h->value.node, FIELD_FUNCTION))
			: h->place,
		"`%s` does not come from `attio/server` here", h->callee);
	diag->help = "write `import {Workflows} from \"attio/server\"`";
}

static void check_no_default(const struct rule *rule, const struct app *app, struct diags *diags)
{
	each_block_handler(rule, app, diags, no_default);
}

static void check_not_defined(const struct rule *rule, const struct app *app, struct diags *diags)
{
	each_block_handler(rule, app, diags, not_defined);
}

static void check_wrong_kind(const struct rule *rule, const struct app *app, struct diags *diags)
{
	each_block_handler(rule, app, diags, wrong_kind);
}

static void check_wrong_block(const struct rule *rule, const struct app *app, struct diags *diags)
{
	each_block_handler(rule, app, diags, wrong_block);
}

static void check_wrong_origin(const struct rule *rule, const struct app *app, struct diags *diags)
{
	each_block_handler(rule, app, diags, wrong_origin);
}

/* --- other files of the folder
 * -------------------------------------------------------------------- */

static const struct module *file_of(const struct app *app, const struct block *block,
				    const char *name)
{
	return app_module(app, arena_printf(app->arena, "%s/%s", block->folder, name));
}

/* Whether the module default-exports what `defineConfigurator` returns. */
static bool defines_configurator(const struct app *app, const struct module *module)
{
	struct resolved resolved = app_resolve_export(app, module, "default");
	const char *package, *path;
	struct value value;

	if (!resolved.found || resolved.opaque || node_is_null(resolved.node))
		return false;
	value = value_of(app, resolved.module, resolved.node);
	return value.kind == VALUE_CALL &&
	       package_path(app, value.module, node_field(value.node, FIELD_FUNCTION), &package,
			    &path) &&
	       str_ends(path, "defineConfigurator");
}

/* A file directly in the block's folder that is meant to be its configurator, but is called or
 * spelled otherwise. */
static bool is_lost_configurator(const struct app *app, const struct block *block,
				 const struct module *module)
{
	static const char *const names[] = {"configurator.ts", "configurator.js",
					    "configurator.jsx"};
	const char *base = path_base(module->path);

	for (size_t i = 0; i < HANDLER_KINDS; i++) {
		if (block->handlers[i] == module)
			return false; /* ATT5012 */
	}
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (strcmp(base, names[i]) == 0)
			return true;
	}
	return defines_configurator(app, module) && !is_imported(app, module, NULL);
}

static void check_configurator_file(const struct rule *rule, const struct app *app,
				    struct diags *diags)
{
	struct map blocks = {0}; /* without a configurator, by folder */
	const struct definition *definition;

	/* Beside the real one such a file is a helper, or left over. */
	for (size_t i = 0; (definition = app_definition(app, DEF_BLOCK, i)) != NULL; i++)
		if (definition->block->configurator == NULL)
			map_set(&blocks, definition->block->folder, definition->block);
	for (size_t k = 0; blocks.count > 0 && k < app->module_count; k++) {
		const struct module *module = app->modules[k];
		const struct block *block = map_get(&blocks, path_dir(app->arena, module->path));

		if (block == NULL || !is_lost_configurator(app, block, module))
			continue;
		diag_add(diags, &rule->info, (struct place){.file = module->path},
			 "`%s` is not read: a configurator is the file `configurator.tsx`",
			 path_base(module->path))
			->help = "rename it to `configurator.tsx`";
	}
	map_dispose(&blocks);
}

static void check_configurator_export(const struct rule *rule, const struct app *app,
				      struct diags *diags)
{
	const struct definition *definition;

	for (size_t i = 0; (definition = app_definition(app, DEF_BLOCK, i)) != NULL; i++) {
		const struct module *module = definition->block->configurator;

		if (module == NULL || syntax_is_broken(&module->syntax) ||
		    app_resolve_export(app, module, "default").found)
			continue;
		diag_add(diags, &rule->info, (struct place){.file = module->path},
			 "`configurator.tsx` has no default export")
			->help =
			"write `export default Workflows.defineConfigurator(block, ...)` with "
			"`Workflows` of `attio/client`, or delete the file";
	}
}

static void unused_file(const struct rule *rule, const struct app *app, struct diags *diags,
			const struct block *block, const char *name)
{
	const struct module *module =
		name == NULL ? NULL : file_of(app, block, arena_printf(app->arena, "%s.ts", name));
	struct diag *diag;

	if (module == NULL || (is_imported(app, module, NULL) &&
			       strstr(module->text->bytes, "defineWorkflowBlock") == NULL))
		return;
	diag = diag_add(diags, &rule->info, (struct place){.file = module->path},
			"`%s.ts` is not read: `%s` is a %s block", name, block->id,
			block->trigger ? "trigger" : "step");
	diag->help =
		block->trigger
			? "a trigger has `activate.ts`, `trigger.ts` and `deactivate.ts`; delete "
			  "this "
			  "file, or change the block's type"
			: "a step has `execute.ts` and perhaps `finish.ts`; delete this file, or "
			  "change the block's type";
}

static void check_unused_files(const struct rule *rule, const struct app *app, struct diags *diags)
{
	const struct definition *definition;

	for (size_t i = 0; (definition = app_definition(app, DEF_BLOCK, i)) != NULL; i++) {
		for (size_t k = 0; k < HANDLER_KINDS; k++) {
			if (forms[k].trigger == definition->block->trigger)
				continue;
			unused_file(rule, app, diags, definition->block, forms[k].file);
			unused_file(rule, app, diags, definition->block, forms[k].legacy);
		}
	}
}

static const char good_handler[] =
	"// src/app/blocks/send-sms/execute.ts\nimport {Workflows} from \"attio/server\"\n"
	"import block from \"./block\"\n"
	"export default Workflows.defineWorkflowBlockExecute(block, async () => ({type: "
	"\"exit\"}))";

const struct rule rule_block_handler_default = {
	.info = {"ATT5010", "block-handler-default", SEVERITY_ERROR},
	.summary = "A block's handler file has no default export",
	.explanation = "The platform takes the default export of `execute.ts`, `finish.ts`, "
		       "`activate.ts`, "
		       "`trigger.ts` and `deactivate.ts`. Without one the block fails when a "
		       "workflow runs it; "
		       "nothing tells before.",
	.bad = "// src/app/blocks/send-sms/execute.ts\nexport const execute = async () => {}",
	.good = good_handler,
	.check = check_no_default,
};

const struct rule rule_block_handler_plain = {
	.info = {"ATT5011", "block-handler-plain", SEVERITY_ERROR},
	.summary = "A block's handler is a plain function or value",
	.explanation = "A handler is what one of the `Workflows.defineWorkflowBlock...` functions "
		       "returns: it "
		       "ties the function to the block's definition. A bare function is not found "
		       "at run time.",
	.bad = "// src/app/blocks/send-sms/execute.ts\nexport default async function execute() {}",
	.good = good_handler,
	.check = check_not_defined,
};

const struct rule rule_block_handler_kind = {
	.info = {"ATT5012", "block-handler-kind", SEVERITY_ERROR},
	.summary = "A block's handler file holds another kind of handler",
	.explanation = "Each handler file has its own define function: `execute.ts` uses "
		       "`defineWorkflowBlockExecute`, and so on. With another one the platform "
		       "does not find "
		       "the handler when it needs it.",
	.bad = "// src/app/blocks/on-lead/activate.ts\n"
	       "export default Workflows.defineWorkflowBlockDeactivate(block, async () => {})",
	.good = "// src/app/blocks/on-lead/activate.ts\n"
		"export default Workflows.defineWorkflowBlockActivate(block, async () => {})",
	.check = check_wrong_kind,
};

const struct rule rule_block_handler_block = {
	.info = {"ATT5013", "block-handler-block", SEVERITY_ERROR},
	.summary = "A block's handler is made for another block's definition",
	.explanation = "The first argument of the define function is the definition of the block "
		       "that the file "
		       "belongs to: the default export of `block.ts` in the same folder. With "
		       "another one the "
		       "handler is called with settings that are not its own.",
	.bad = "// src/app/blocks/send-sms/execute.ts\nimport block from \"../send-mail/block\"",
	.good = "// src/app/blocks/send-sms/execute.ts\nimport block from \"./block\"",
	.check = check_wrong_block,
};

const struct rule rule_block_handler_origin = {
	.info = {"ATT5014", "block-handler-origin", SEVERITY_ERROR},
	.summary = "A block's handler is not made with the define function of attio/server",
	.explanation = "Handlers run on the server and are made by `Workflows` of `attio/server`. "
		       "The objects of "
		       "the same name in `attio` and `attio/client` are for definitions and "
		       "configurators. (Where `attio/client` is imported, ATT3003 says so.)",
	.bad = "// src/app/blocks/send-sms/execute.ts\nimport {Workflows} from \"attio\"",
	.good = "// src/app/blocks/send-sms/execute.ts\nimport {Workflows} from \"attio/server\"",
	.check = check_wrong_origin,
};

const struct rule rule_block_configurator_file = {
	.info = {"ATT5015", "block-configurator-file", SEVERITY_ERROR},
	.summary = "A block's configurator is not the file configurator.tsx",
	.explanation = "Only `configurator.tsx` is taken as the block's configurator. A file of "
		       "another name or extension is left out and the block has nothing to "
		       "configure.",
	.bad = "src/app/blocks/send-sms/configurator.ts",
	.good = "src/app/blocks/send-sms/configurator.tsx",
	.check = check_configurator_file,
};

const struct rule rule_block_configurator_default = {
	.info = {"ATT5016", "block-configurator-default", SEVERITY_ERROR},
	.summary = "A block's configurator has no default export",
	.explanation =
		"The client bundle imports the default export of `configurator.tsx`; without one "
		"it cannot be built.",
	.bad = "// src/app/blocks/send-sms/configurator.tsx\n"
	       "export const configurator = Workflows.defineConfigurator(block, () => null)",
	.good = "// src/app/blocks/send-sms/configurator.tsx\n"
		"export default Workflows.defineConfigurator(block, () => null)",
	.check = check_configurator_export,
};

const struct rule rule_block_handler_unused = {
	.info = {"ATT5017", "block-handler-unused", SEVERITY_WARNING},
	.summary = "A handler file that the block's type does not have",
	.explanation = "A step runs `execute.ts` and `finish.ts`, a trigger runs `activate.ts`, "
		       "`trigger.ts` and "
		       "`deactivate.ts`. The files of the other type are left out without a word.",
	.bad = "src/app/blocks/send-sms/block.ts  (type: "
	       "\"step\")\nsrc/app/blocks/send-sms/activate.ts",
	.good = "src/app/blocks/send-sms/block.ts  (type: "
		"\"step\")\nsrc/app/blocks/send-sms/execute.ts",
	.check = check_unused_files,
};
