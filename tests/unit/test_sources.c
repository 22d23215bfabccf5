/* Parsed sources that outlive an app: what is shared, what is parsed anew, what goes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app_folder.h"
#include "base/buf.h"
#include "base/mem.h"
#include "diag/report.h"
#include "rules/rules.h"
#include "source/sources.h"

static struct source *take(struct sources *sources, const char *path, const char *text)
{
	struct source *source = sources_take(sources, path, text, strlen(text));

	if (source->syntax.entries == NULL)
		source_fill(source, NULL, &(struct repairs){0});
	return source;
}

static void test_content_decides(void **state)
{
	struct sources *sources = sources_new(true);
	char text[] = "export const a = 1\n";
	struct source *first = take(sources, "a.ts", text), *other, *elsewhere;

	(void)state;
	assert_ptr_equal(take(sources, "a.ts", "export const a = 1\n"), first);
	assert_int_equal(first->users, 2);
	/* The same text under another name: places name the file, and the dialect may differ. */
	elsewhere = take(sources, "b.ts", text);
	assert_ptr_not_equal(elsewhere, first);
	assert_string_equal(elsewhere->facts.exports[0].place.file, "b.ts");
	other = take(sources, "a.ts", "export const b = 1\n");
	assert_ptr_not_equal(other, first);
	assert_string_equal(other->facts.exports[0].name, "b");
	assert_ptr_not_equal(take(sources, "a.ts", ""), other);
	assert_ptr_not_equal(take(sources, "a.ts", "export const b = 1"), other);
	/* The bytes are the store's own. */
	memset(text, 'x', sizeof(text) - 1);
	assert_string_equal(first->bytes, "export const a = 1\n");
	assert_int_equal(sources_count(sources), 5);
	sources_free(sources);
}

static void test_sweep(void **state)
{
	struct sources *sources = sources_new(true);
	struct source *held = take(sources, "held.ts", "1"), *a = take(sources, "a.ts", "1");

	(void)state;
	sources_release(a);
	sources_sweep(sources);
	assert_int_equal(sources_count(sources), 2); /* of this round */
	sources_sweep(sources);
	assert_int_equal(sources_count(sources), 2); /* of the one before */
	sources_sweep(sources);
	assert_int_equal(sources_count(sources), 1);
	/* What is used stays, and is found. */
	assert_ptr_equal(take(sources, "held.ts", "1"), held);
	sources_release(held);
	sources_release(held);
	/* Many contents of one file, as somebody types: two rounds of them stay. */
	for (int i = 0; i < 50; i++) {
		char text[16];

		snprintf(text, sizeof(text), "x%d", i);
		a = take(sources, "a.ts", text);
		assert_string_equal(a->bytes, text);
		sources_release(a);
		sources_sweep(sources);
		assert_true(sources_count(sources) <= 3);
	}
	sources_free(sources);
}

/* --- with apps ---------------------------------------------------------------------------------
 */

static void open_with(struct app *app, const struct app_folder *folder, struct sources *sources,
		      const char *cache)
{
	const struct app_options options = {.sources = sources, .cache = cache};
	struct error error = {0};

	assert_int_equal(app_open(app, folder->root, &options, &error), 0);
}

static char *report(struct app *app)
{
	struct arena *arena = arena_new();
	struct diags diags = {.arena = arena};
	struct texts texts;
	struct buf out = {0};

	texts_over(&texts, arena, &app->texts);
	rules_run(app, &texts, &diags);
	report_human(&out, &diags, &texts, &(const struct report_look){0});
	texts_dispose(&texts);
	arena_free(arena);
	return buf_take(&out);
}

static void write_app(struct app_folder *folder)
{
	folder_write(folder, "package.json", "{\"name\": \"x\"}");
	folder_write(folder, "src/app.ts",
		     "import {go} from \"./go\"\nexport const app = {record: {}, go}\n");
	folder_write(folder, "src/go.ts",
		     "import type {T} from \"./t\"\nimport send from \"./send.server\"\n"
		     "export const go = (t: T) => { fetch(\"/x\"); send(t) }\n");
	folder_write(folder, "src/t.ts", "export type T = 1\n");
	folder_write(folder, "src/send.server.ts", "export default function send() {}\n");
}

/* An app that is opened again over the store is the app that is opened afresh. */
static void test_reopened(void **state)
{
	static const struct {
		const char *path, *text;
	} edits[] = {
		{"src/go.ts", "export const go = () => eval(\"\")\n"},
		{"src/t.ts", "export const T = 1\n"},
		{"src/send.server.ts", "export default async function send() {}\n"},
		{"src/new.webhook.ts", "export default 1\n"},
		{"tsconfig.json", "{\"compilerOptions\": {\"verbatimModuleSyntax\": true}}"},
		{"src/go.ts", "import {T} from \"./t\"\nexport const go = (t: T) => "
			      "import(\"./send.server\")\n"},
		{"src/go.ts", "export const = (\n"},
		{"src/app.ts", "export const app = {record: {}}\n"},
	};
	struct sources *sources = sources_new(true);
	struct app_folder folder;
	struct app app, fresh;

	(void)state;
	folder_init(&folder);
	write_app(&folder);
	open_with(&app, &folder, sources, NULL);
	for (size_t i = 0; i < ARRAY_LEN(edits); i++) {
		struct app next;
		char *got, *wanted;
		size_t parsed = 0;

		folder_write(&folder, edits[i].path, edits[i].text);
		open_with(&next, &folder, sources, NULL);
		for (size_t k = 0; k < next.module_count; k++) {
			const struct module *old = app_module(&app, next.modules[k]->path);

			parsed += old == NULL || old->source != next.modules[k]->source;
		}
		assert_int_equal(parsed, strcmp(path_ext(edits[i].path), ".json") != 0);
		open_with(&fresh, &folder, NULL, NULL);
		got = report(&next);
		wanted = report(&fresh);
		assert_string_equal(got, wanted);
		assert_int_equal(next.module_count, fresh.module_count);
		for (size_t k = 0; k < next.module_count; k++)
			assert_int_equal(next.modules[k]->runtimes, fresh.modules[k]->runtimes);
		mem_free(got);
		mem_free(wanted);
		app_close(&fresh);
		/* The old app is still whole while the new one is there. */
		mem_free(report(&app));
		app_close(&app);
		app = next;
	}
	app_close(&app);
	sources_free(sources);
	folder_dispose(&folder);
}

/* tsconfig decides about the edges of one app, not about what others read in the same source. */
static void test_facts_stay(void **state)
{
	struct sources *sources = sources_new(true);
	struct app_folder folder;
	struct app before, after;
	const struct module *a, *b;

	(void)state;
	folder_init(&folder);
	write_app(&folder);
	folder_write(&folder, "src/go.ts",
		     "import {T} from \"./t\"\nexport const go = (t: T) => t\n");
	open_with(&before, &folder, sources, NULL);
	folder_write(&folder, "tsconfig.json",
		     "{\"compilerOptions\": {\"verbatimModuleSyntax\": true}}");
	open_with(&after, &folder, sources, NULL);
	a = app_module(&before, "src/go.ts");
	b = app_module(&after, "src/go.ts");
	assert_ptr_equal(a->source, b->source);
	assert_true(a->facts.imports[0].type_only);
	assert_true(a->edges[0].type_only);
	assert_false(b->edges[0].type_only);
	assert_int_equal(app_module(&before, "src/t.ts")->runtimes, 0);
	assert_int_equal(app_module(&after, "src/t.ts")->runtimes, RUNTIME_CLIENT);
	app_close(&before);
	app_close(&after);
	sources_free(sources);
	folder_dispose(&folder);
}

/* The cache on the disk stands below the store: it is read once, and what it gave stays whole. */
static void test_above_the_disk(void **state)
{
	struct app_folder folder;
	char *cache, *wanted, *got;
	struct error error = {0};

	(void)state;
	folder_init(&folder);
	write_app(&folder);
	cache = path_join(folder.arena, folder.root, "cache");
	assert_int_equal(fs_make_dirs(cache, &error), 0);
	/* More than is parsed faster than looked up. */
	for (int i = 0; i < 100; i++) {
		char path[64], text[1024];

		snprintf(path, sizeof(path), "src/lib/m%d.ts", i);
		snprintf(text, sizeof(text), "export const m%d = {%0500d: 1}\n", i, i);
		folder_write(&folder, path, text);
	}
	for (int round = 0; round < 2; round++) {
		struct sources *sources = sources_new(true);
		struct app app;

		open_with(&app, &folder, sources, cache);
		assert_int_equal(app_module(&app, "src/lib/m7.ts")->source->syntax.borrowed, round);
		wanted = report(&app);
		app_close(&app);
		open_with(&app, &folder, sources, cache);
		got = report(&app);
		assert_string_equal(got, wanted);
		mem_free(got);
		mem_free(wanted);
		app_close(&app);
		sources_free(sources);
	}
	folder_dispose(&folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_content_decides), cmocka_unit_test(test_sweep),
		cmocka_unit_test(test_reopened),        cmocka_unit_test(test_facts_stay),
		cmocka_unit_test(test_above_the_disk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
