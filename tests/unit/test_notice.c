/* platform/notice, texts, outside, comparison: what is read off an app and its bundles, and what
 * two of them have different. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app_folder.h"
#include "base/buf.h"
#include "base/mem.h"
#include "bundle/bundle.h"
#include "platform/comparison.h"
#include "platform/inventory.h"
#include "platform/notice.h"
#include "json/json.h"

/* "kind id{name=text;...}" of each thing, a line each. */
static const char *told(struct arena *arena, const struct inventory *inventory)
{
	struct buf out = {0};
	const char *text;

	for (size_t i = 0; i < inventory->count; i++) {
		const struct thing *thing = &inventory->things[i];

		buf_printf(&out, "%s %s{", thing->kind, thing->id);
		for (size_t k = 0; k < thing->count; k++)
			buf_printf(&out, "%s=%s;", thing->texts[k].name, thing->texts[k].text);
		buf_puts(&out, "}\n");
	}
	text = arena_strdup(arena, buf_cstr(&out));
	buf_dispose(&out);
	return text;
}

static void test_hosts_and_variables(void **state)
{
	static const struct {
		const char *script;
		const char *says;
	} rows[] = {
		{"fetch('https://api.example/v1')", "host api.example{}\n"},
		{"x = \"HTTPS://API.Example:8443?x\"", "host api.example:8443{}\n"},
		{"x = `wss://${region}.api.example/${path}`", "host *.api.example{}\n"},
		{"x = `https://${host}/path`", ""},
		{"x = `https://user:pw@a.example/`", "host a.example{}\n"},
		{"x = 'see https://docs.example'", ""},
		{"x = 'ftp://a.example'; y = 'https://'", ""},
		{"/* 'https://a.example' */ // \"https://b.example\"", ""},
		{"x = 'https://a.example'; y = \"https://a.example/other\"", "host a.example{}\n"},
		{"x = 'https://[::1]:80/'", "host [::1]:80{}\n"},
		{"process.env.A; process.env['B']; process.env[c]",
		 "environment A{}\nenvironment B{}\n"},
		{"const {A, B: b, C = 1, ...rest} = process.env",
		 "environment A{}\nenvironment B{}\nenvironment C{}\n"},
		{"const e = process.env; e.LATER; f.NOT", "environment LATER{}\n"},
		{"globalThis.process.env.A; process.env.NODE_ENV", "environment A{}\n"},
		{"processXenv.A; a.process.env.B", ""},
		{"x = 'https://a.exa", ""},
		{"", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena *arena = arena_new();
		struct inventory inventory = {.arena = arena};

		outside_add(&inventory, "x.js", rows[i].script, strlen(rows[i].script));
		inventory_sort(&inventory);
		assert_string_equal(told(arena, &inventory), rows[i].says);
		arena_free(arena);
	}
}

static const struct bundles none;

static void write_app(struct app_folder *folder)
{
	folder_init(folder);
	folder_write(folder, "package.json", "{\"name\": \"a\"}");
	folder_write(folder, "src/app/extensions/hello/extension.ts",
		     "import {defineExtension} from 'attio'\nimport {title} from '../../../text'\n"
		     "export default defineExtension({id: 'hello', type: 'record-action', label: "
		     "title, icon: 'Bolt', objects: ['people', \"companies\"], priority: -1, "
		     "onTrigger: async () => {}})\n");
	folder_write(folder, "src/text.ts", "export const title = 'Say ' + 'hello'\n");
	folder_write(folder, "src/app/webhooks/in/done.webhook.ts",
		     "export default async () => {}\n");
	folder_write(folder, "src/app/events/connection-added.event.ts",
		     "export default async () => {}\n");
	folder_write(folder, "src/app/blocks/check/execute.ts", "export default async () => {}\n");
	folder_write(
		folder, "src/app/blocks/check/block.ts",
		"import {Workflows} from 'attio'\nimport {fields} from './fields'\n"
		"export default Workflows.defineWorkflowBlock({type: 'step', id: 'check', title: "
		"'Check', configSchema: Workflows.ConfigSchema.struct(fields)})\n");
	folder_write(folder, "src/app/blocks/check/fields.ts",
		     "import {Workflows} from 'attio'\nexport const fields = {\n  name: "
		     "Workflows.ConfigSchema.string(), // a comment\n  kind: "
		     "Workflows.ConfigSchema.stringEnum([\"a\", /* b */ 'b']).optional(),\n"
		     "  inner: Workflows.ConfigSchema.struct({deep: "
		     "Workflows.ConfigSchema.number()}).optional(),\n}\n");
	folder_write(folder, "src/app/settings/schema.ts",
		     "import {Settings} from 'attio'\nexport default "
		     "Settings.defineWorkspaceSchema({key: Settings.string()})\n");
	folder_open(folder);
}

static void test_what_an_app_says(void **state)
{
	struct app_folder folder;
	struct inventory inventory;

	(void)state;
	write_app(&folder);
	inventory_take(&inventory, folder.arena, &folder.app, &none);
	assert_string_equal(
		told(folder.arena, &inventory),
		"block "
		"check{type=step;title=Check;configSchema=struct();configSchema.name=string();"
		"configSchema.kind=stringEnum([\"a\", "
		"\"b\"]).optional();configSchema.inner=struct()."
		"optional();configSchema.inner.deep=number();}\n"
		"event connection-added{}\n"
		"record-action hello{type=record-action;label=Say hello;icon=Bolt;"
		"objects=[\"people\", \"companies\"];priority=-1;}\n"
		"settings {key=string();}\n"
		"webhook in/done{}\n");
	folder_dispose(&folder);
}

/* Every list of src/app.ts, and every way in which one can name what is in it. */
static void test_the_older_layout(void **state)
{
	static const struct {
		const char *app;  /* the object, over surfaces and lists of other modules */
		const char *kind; /* of the surface `one`, labelled "The one" */
	} rows[] = {
		{"{record: {actions: [one]}}", "record-action"},
		{"{record: {bulkActions: [one]}}", "bulk-record-action"},
		{"{record: {widgets: [one]}}", "record-widget"},
		{"{object: {actions: [one]}}", "object-action"},
		{"{callRecording: {insight: {textActions: [one]}}}",
		 "call-recording-insight-text-action"},
		{"{callRecording: {summary: {textActions: [one]}}}",
		 "call-recording-summary-text-action"},
		{"{callRecording: {transcript: {textActions: [one]}}}",
		 "call-recording-transcript-text-action"},
		{"{record: {actions: [{id: 'one', label: 'The one'}]}}", "record-action"},
		{"{record: {actions: /* all */ [/* of them */ ...listed]}}", "record-action"},
		{"{record: {actions: listed}}", "record-action"},
		{"{record}", "record-action"},
		{"{record: {actions}}", "record-action"},
		{"{'record': {'actions': [passed as any]}} satisfies App", "record-action"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct inventory inventory;
		struct app_folder folder;

		folder_init(&folder);
		folder_write(&folder, "package.json", "{\"name\": \"a\"}");
		folder_write(&folder, "src/one.ts",
			     "const id = 'one'\nconst one = {id, label: `The ${id}`, onTrigger: "
			     "async () => {}}\nexport {one}\nexport default one\n");
		folder_write(&folder, "src/index.ts",
			     "export * from './one'\nexport {default as passed} from './one'\n");
		folder_write(&folder, "src/app.ts",
			     arena_printf(folder.arena,
					  "import type {App} from 'attio'\n"
					  "import {one, passed} from './index'\n"
					  "const listed = [one]\nconst actions = listed\n"
					  "const record = {actions}\n"
					  "export const app = %s\n",
					  rows[i].app));
		folder_open(&folder);
		inventory_take(&inventory, folder.arena, &folder.app, &none);
		assert_string_equal(
			told(folder.arena, &inventory),
			arena_printf(folder.arena, "%s one{label=The one;}\n", rows[i].kind));
		folder_dispose(&folder);
	}
}

/* What folders have goes before what the file lists, and the file's settings are some, too. */
static void test_both_layouts(void **state)
{
	struct inventory inventory;
	struct app_folder folder;

	(void)state;
	folder_init(&folder);
	folder_write(&folder, "package.json", "{\"name\": \"a\"}");
	folder_write(&folder, "src/app.ts",
		     "const hello = {id: 'hello', label: 'Old'}\n"
		     "export const app = {record: {actions: [hello, {id: 'other'}], widgets: "
		     "[hello]}, settings: {workspace: () => null}}\n");
	folder_write(&folder, "src/app.settings.ts",
		     "import {string} from 'attio'\nexport default {workspace: {key: string()}}\n");
	folder_write(&folder, "src/app/extensions/hello/extension.ts",
		     "import {defineExtension} from 'attio'\n"
		     "export default defineExtension({id: 'hello', type: 'record-action', label: "
		     "'New', onTrigger: async () => {}})\n");
	folder_open(&folder);
	inventory_take(&inventory, folder.arena, &folder.app, &none);
	assert_string_equal(told(folder.arena, &inventory),
			    "record-action hello{type=record-action;label=New;}\n"
			    "record-action other{}\n"
			    "record-widget hello{label=Old;}\n"
			    "settings {workspace.key=string();}\n"
			    "settings-page {}\n");
	folder_dispose(&folder);
}

static void test_there_and_back(void **state)
{
	static struct bundle items[] = {{.path = "index.js", .bytes = "1;", .len = 2}};
	const struct bundles one = {.items = items, .count = 1};
	struct app_folder folder;
	struct inventory inventory;
	struct inventory again;
	struct changes changes;
	struct error error = {0};
	cJSON *document;

	(void)state;
	write_app(&folder);
	inventory_take(&inventory, folder.arena, &folder.app, &one);
	document = inventory_json(&inventory);
	assert_int_equal(inventory_read(&again, folder.arena, document, &error), 0);
	assert_string_equal(told(folder.arena, &again), told(folder.arena, &inventory));
	assert_int_equal(again.part_count, 1);
	changes_between(&changes, folder.arena, &again, &inventory);
	assert_int_equal(changes.count, 0);
	cJSON_DeleteItemFromObject(document, "bundles");
	assert_int_equal(inventory_read(&again, folder.arena, document, &error), -1);
	cJSON_Delete(document);
	folder_dispose(&folder);
}

static void add(struct inventory *inventory, const char *kind, const char *id, const char *name,
		const char *text)
{
	struct thing *last = inventory->count > 0 ? &inventory->things[inventory->count - 1] : NULL;
	struct thing *thing = last != NULL && strcmp(last->id, id) == 0
				      ? last
				      : inventory_thing(inventory, kind, id);

	if (name != NULL)
		thing_add(inventory, thing, name, text);
}

static void test_differences(void **state)
{
	struct arena *arena = arena_new();
	struct bundle_part parts[] = {{"index.js", 2048}, {"old.js", 5}};
	struct bundle_part later[] = {{"index.js", 1024}, {"new.js", 7}};
	struct inventory before = {.arena = arena, .parts = parts, .part_count = 2};
	struct inventory after = {.arena = arena, .parts = later, .part_count = 2};
	struct changes changes;
	struct buf text = {0};

	(void)state;
	add(&before, "action", "same", "label", "A");
	add(&after, "action", "same", "label", "A");
	add(&before, "action", "told", "label", "A");
	add(&before, "action", "told", "gone", "x");
	add(&after, "action", "told", "label", "two\nlines");
	add(&after, "action", "told", "new", "y");
	add(&before, "webhook", "gone", NULL, NULL);
	add(&after, "host", "new.example", NULL, NULL);
	add(&after, "settings", "", NULL, NULL);
	inventory_sort(&before);
	inventory_sort(&after);
	changes_between(&changes, arena, &before, &after);
	changes_put(&text, &changes);
	assert_string_equal(buf_cstr(&text), "~ action `told`\n"
					     "    label: A -> two\\nlines\n"
					     "    gone: x (gone)\n"
					     "    new: y (new)\n"
					     "+ host `new.example`\n"
					     "+ settings\n"
					     "- webhook `gone`\n"
					     "bundles\n"
					     "  index.js  1.0 KiB (-1.0 KiB)\n"
					     "  new.js  7 B (new)\n"
					     "  old.js  0 B (gone)\n");
	buf_clear(&text);
	changes_between(&changes, arena, &after, &after);
	changes_put(&text, &changes);
	assert_string_equal(buf_cstr(&text), "nothing that users of the app would notice\nbundles\n"
					     "  index.js  1.0 KiB\n  new.js  7 B\n");
	buf_dispose(&text);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hosts_and_variables), cmocka_unit_test(test_what_an_app_says),
		cmocka_unit_test(test_the_older_layout),    cmocka_unit_test(test_both_layouts),
		cmocka_unit_test(test_there_and_back),      cmocka_unit_test(test_differences),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
