/* Jobs on one open app: it can be asked for as long as somebody likes, and nothing in it changes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app_folder.h"
#include "base/buf.h"
#include "base/mem.h"
#include "check/check.h"
#include "diag/report.h"
#include "types/types.h"

/* An app with something for every family of rules to look at. */
static const struct {
	const char *path, *text;
} files[] = {
	{"package.json", "{\"name\": \"x\"}"},
	{"tsconfig.json", "{\"compilerOptions\": {\"verbatimModuleSyntax\": true, \"paths\": "
			  "{\"@/*\": [\"./src/*\"]}}}"},
	{".env", "API_KEY=q8ZtAAAAB3NzaC1yc2EAAAADAQABAAABgQ\nbad-key=\n"},
	{"src/app/queries/a.graphql", "query get_a($id: String!) { person(id: $id) { nmae } }\n"},
	{"src/app/queries/b.gql", "query { a { } \n"},
	{"src/app/extensions/hello/extension.tsx",
	 "import {TextBlock, showToast} from \"attio/client\"\nimport {kv} from \"attio/server\"\n"
	 "import {readFile} from \"node:fs\"\nimport send, {helper} from \"@/send.server\"\n"
	 "import query from \"../../queries/a.graphql\"\nimport {T} from \"@/types\"\n"
	 "import {gone} from \"@/types\"\nimport hook from \"../../webhooks/lead.webhook\"\n"
	 "const key = process.env.API_KEI\nfetch(\"/x\"); document.title = key\n"
	 "send(new Map(), () => 1)\nawait send(query)\n"
	 "export const X = () => <div onClick={() => send({})}>{localStorage.a}</div>\n"
	 "export default Extensions.defineExtension({id: \"Hello\", type: \"record-actoin\"})\n"},
	{"src/app/extensions/hello/other.ts",
	 "export default Extensions.defineExtension({id: \"b\", type: \"record-action\"})\n"},
	{"src/app/extensions/bye/extension.ts",
	 "import {go} from \"./go\"\nexport default Extensions.defineExtension({id: \"bye\", type: "
	 "\"record-tab\", go})\n"},
	{"src/app/extensions/bye/go.ts", "export const go = () => eval(window.name)\n"},
	{"src/types.ts", "export type T = 1\nexport const v = 2\n"},
	{"src/send.server.ts",
	 "import {showToast} from \"attio/client\"\n// attio-ignore ATT3002\n"
	 "const apiKey = \"sk_live_4eC39HqLyjWDarjtT1zdp7dcAAAA\"\n"
	 "export default function send(a: Map<string, Date>, b: () => void) {\n"
	 "\tconsole.log(apiKey, process.env.NOWHERE)\n\tshowToast({})\n}\n"
	 "export function helper() {}\n"},
	{"src/app/webhooks/lead.webhook.ts",
	 "import {createWebhookHandler} from \"attio/server\"\n"
	 "export default async () => { createWebhookHandler({fileName: \"laed\"}) }\n"},
	{"src/app/webhooks/bare.ts", "export default async function bare() {}\n"},
	{"src/other/x.event.ts", "export default 1\n"},
	{"src/app/events/connection-aded.event.ts", "export default async (a, b, c) => {}\n"},
	{"src/app/blocks/b/block.ts",
	 "export default Workflows.defineWorkflowBlock({id: \"b\", type: \"step\"})\n"},
	{"src/app/blocks/b/execute.ts", "export default async function () {}\n"},
	{"src/app/blocks/b/configurator.tsx",
	 "import s from \"../../../send.server\"\nexport default () => s()\n"},
	{"src/app/settings/schema.ts",
	 "const s = Settings.defineWorkspaceSchema({})\nexport default "
	 "s\n"},
	{"src/broken.ts", "export const = (\n"},
	{"src/bad.ts", "export const x = \"\xff\"\n"},
};

/* What is wrong with the app, as people see it. */
static char *report(const struct app *app)
{
	struct arena *arena = arena_new();
	struct diags diags = {.arena = arena};
	struct texts texts;
	struct error error = {0};
	struct buf out = {0};

	texts_over(&texts, arena, &app->texts);
	assert_int_equal(check_app(app, &texts, &diags, &error), 0);
	report_human(&out, &diags, &texts, &(const struct report_look){0});
	texts_dispose(&texts);
	arena_free(arena);
	return buf_take(&out);
}

static void test_nothing_grows(void **state)
{
	struct app_folder folder;
	char *first, *second;
	size_t size, texts, problems;

	(void)state;
	folder_init(&folder);
	for (size_t i = 0; i < ARRAY_LEN(files); i++)
		folder_write(&folder, files[i].path, files[i].text);
	folder_open(&folder);
	size = arena_size(folder.app.arena);
	texts = folder.app.texts.by_path.count;
	problems = folder.app.problems.count;
	first = report(&folder.app);
	second = report(&folder.app);
	assert_int_equal(arena_size(folder.app.arena), size);
	assert_int_equal(folder.app.texts.by_path.count, texts);
	assert_int_equal(folder.app.problems.count, problems);
	/* The texts themselves: nothing was counted in them, and nothing masked by a run. */
	for (size_t i = 0; i < folder.app.module_count; i++) {
		const struct text *text = folder.app.modules[i]->text;

		assert_null(text->lines);
		assert_null(text->shown);
		assert_false(text->searched);
	}
	assert_string_equal(first, second);
	/* There was something to do. */
	assert_non_null(strstr(first, "ATT2001"));
	assert_non_null(strstr(first, "ATT3002"));
	assert_non_null(strstr(first, "ATT4001"));
	assert_non_null(strstr(first, "ATT7001"));
	assert_null(strstr(first, "DarjtT1zdp7dc"));
	mem_free(first);
	mem_free(second);
	folder_dispose(&folder);
}

static void test_types_do_not_grow(void **state)
{
	struct app_folder folder;
	struct error error = {0};
	size_t size;

	(void)state;
	folder_init(&folder);
	for (size_t i = 0; i < ARRAY_LEN(files); i++)
		folder_write(&folder, files[i].path, files[i].text);
	folder_open(&folder);
	size = arena_size(folder.app.arena);
	for (int run = 0; run < 2; run++) {
		struct arena *arena = arena_new();
		struct types types;

		assert_int_equal(types_generate(&folder.app, arena, &types, &error), 0);
		assert_true(types.count > 0);
		assert_int_equal(types_write(&folder.app, &types, &error), 0);
		arena_free(arena);
	}
	assert_int_equal(arena_size(folder.app.arena), size);
	folder_dispose(&folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_grows),
		cmocka_unit_test(test_types_do_not_grow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
