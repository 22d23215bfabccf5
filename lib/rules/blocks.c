/* ATT5xxx: workflow blocks. Found while the app model is read (lib/app/blocks.c). */
#include "rules/internal.h"

const struct rule rule_block_folder = {
	.info = {"ATT5001", "block-folder", SEVERITY_ERROR},
	.summary = "Something other than a block folder stands in a blocks folder",
	.explanation =
		"Directly below `src/blocks` and `src/app/blocks` there are only folders, one a "
		"workflow block. Hidden files, notes and READMEs are overlooked.",
	.bad = "src/app/blocks/helpers.ts",
	.good = "src/app/blocks/send-sms/helpers.ts",
};

const struct rule rule_block_definition = {
	.info = {"ATT5002", "block-definition", SEVERITY_ERROR},
	.summary = "A block folder has no definition that can be read",
	.explanation =
		"Each block folder has a `block.ts` that default-exports a call of "
		"`defineWorkflowBlock` with literal `id` and `type` (`step` or `trigger`) in the "
		"object given to it.",
	.bad = "// src/app/blocks/send-sms/block.ts\nexport default "
	       "Workflows.defineWorkflowBlock({id: ID})",
	.good = "// src/app/blocks/send-sms/block.ts\n"
		"export default Workflows.defineWorkflowBlock({type: \"step\", id: \"send-sms\"})",
};

const struct rule rule_block_handler_missing = {
	.info = {"ATT5003", "block-handler-missing", SEVERITY_ERROR},
	.summary = "A workflow block lacks a handler file that its type requires",
	.explanation = "A step needs `execute.ts` (and may have `finish.ts`); a trigger needs "
		       "`activate.ts`, "
		       "`trigger.ts` and `deactivate.ts`.",
	.bad = "src/app/blocks/on-lead/block.ts  (type: "
	       "\"trigger\")\nsrc/app/blocks/on-lead/activate.ts",
	.good = "src/app/blocks/on-lead/{block,activate,trigger,deactivate}.ts",
};

const struct rule rule_block_handler_extension = {
	.info = {"ATT5004", "block-handler-extension", SEVERITY_ERROR},
	.summary = "A block's handler is a .tsx file",
	.explanation =
		"Handlers run on the server and are `.ts` files; only `configurator.tsx` is client "
		"code.",
	.bad = "src/app/blocks/send-sms/execute.tsx",
	.good = "src/app/blocks/send-sms/execute.ts",
};

const struct rule rule_block_handler_legacy = {
	.info = {"ATT5005", "block-handler-legacy", SEVERITY_WARNING},
	.summary = "A block's handler has its old file name",
	.explanation =
		"`on-trigger-callback.ts` is now `trigger.ts`, `on-resume-callback.ts` is now "
		"`finish.ts`. The old names still work where the new file is absent.",
	.bad = "src/app/blocks/on-lead/on-trigger-callback.ts",
	.good = "src/app/blocks/on-lead/trigger.ts",
};
