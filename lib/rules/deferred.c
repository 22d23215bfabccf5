/* ATT5019: a step that defers and has nothing that could finish it. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "rules/calls.h"
#include "rules/internal.h"
#include "rules/values.h"

struct deferring {
	const struct app *app;
	struct called found; /* the first `{type: "defer"}`; module NULL: there is none */
};

static void see(const struct called *called, void *payload)
{
	struct deferring *d = payload;
	struct value object = {VALUE_OBJECT, called->module, called->node, false};

	if (d->found.module != NULL || !node_is(called->node, NODE_OBJECT))
		return;
	if (str_equal(value_text(d->app, called->module, value_property(d->app, &object, "type")),
		      "defer"))
		d->found = *called;
}

/* The function that the default export of `execute.ts` holds, or what stands there. */
static struct value handler_of(const struct app *app, const struct module *execute)
{
	struct resolved exported = app_resolve_export(app, execute, "default");
	struct value value = {VALUE_UNKNOWN, exported.module, exported.node, false}, function;
	struct node argument;

	if (!exported.found || exported.opaque || node_is_null(exported.node))
		return (struct value){0};
	argument = node_last(node_field(exported.node, FIELD_ARGUMENTS));
	function = value_of(app, exported.module, argument);
	return function.kind == VALUE_FUNCTION ? function : value;
}

static void check(const struct rule *rule, const struct app *app, struct diags *diags)
{
	const struct definition *definition;

	for (size_t i = 0; (definition = app_definition(app, DEF_BLOCK, i)) != NULL; i++) {
		const struct block *block = definition->block;
		const struct module *execute = block->handlers[HANDLER_EXECUTE];
		struct deferring deferring = {.app = app};
		struct value handler;
		struct diag *diag;

		if (execute == NULL || block->handlers[HANDLER_FINISH] != NULL ||
		    syntax_is_broken(&execute->syntax))
			continue;
		handler = handler_of(app, execute);
		if (handler.module == NULL || syntax_is_broken(&handler.module->syntax))
			continue;
		calls_walk(app, handler.module, handler.node, see, &deferring);
		if (deferring.found.module == NULL)
			continue;
		diag = diag_add(diags, &rule->info,
				node_place(&handler.module->syntax, deferring.found.from),
				"the block `%s` defers and has no `finish.ts`", block->id);
		diag->label = "the run would wait forever";
		diag->help = arena_printf(app->arena,
					  "add `%s/finish.ts` with `export default "
					  "Workflows.defineWorkflowBlockFinish(block, async "
					  "(request) => ...)`; it runs when `finishCallbackUrl` is "
					  "called",
					  block->folder);
		if (!node_same(deferring.found.node, deferring.found.from))
			diag_note(diags, diag,
				  node_place(&deferring.found.module->syntax, deferring.found.node),
				  "given here");
	}
}

const struct rule rule_block_defer_finish = {
	.info = {"ATT5019", "block-defer-finish", SEVERITY_ERROR},
	.summary = "A step defers and has no finish.ts",
	.explanation =
		"A step that gives `{type: \"defer\"}` waits until somebody calls its "
		"`finishCallbackUrl`. Each call runs `finish.ts`, and only that can end the wait. "
		"Without the file the run never goes on.",
	.bad = "// src/app/blocks/check/execute.ts, and no finish.ts beside it\n"
	       "return {type: \"defer\"}",
	.good = "// src/app/blocks/check/finish.ts\nexport default "
		"Workflows.defineWorkflowBlockFinish(block, async (request) => {\n"
		"  return {type: \"outcome\", id: \"checked\", data: null}\n})",
	.check = check,
};
