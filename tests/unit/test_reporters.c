/* Every form to the byte, on one list of odd findings; UPDATE=1 writes tests/unit/golden anew. The
 * cases in tests/cases/report check the same files against the published schemas. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "diag/diag.h"
#include "diag/report.h"
#include "diag/reporters.h"
#include "diag/text.h"
#include "sys/fs.h"

static const struct report_rule rules[] = {
	{{"ATT1002", "odd-name", SEVERITY_WARNING},
	 "A name is odd",
	 "Names should be `plain`.\n\nRename the file.",
	 NULL,
	 NULL},
	{{"ATT2101", "client-no-fetch", SEVERITY_ERROR},
	 "Client code calls \"fetch\" & fails",
	 "There is no network.",
	 "// a.ts\nfetch(\"\xf0\x9f\x98\x80\")\n",
	 "// a.server.ts\nfetch(url)"},
};
static const struct rule_info foreign = {"TS2322", "types", SEVERITY_ERROR};

static const char spaced[] = "src/a b.ts";
static const char unicode[] = "src/\xc3\xbc,n:i%.ts";
static const char marked[] = "src/bom.ts";

struct world {
	struct arena *arena;
	struct texts texts;
	struct diags diags;
	struct report_input input;
	struct buf out;
};

static int set_up(void **state)
{
	struct world *world = mem_zalloc(1, sizeof(*world));
	world->arena = arena_new();
	world->diags.arena = world->arena;
	texts_init(&world->texts, world->arena, "/nowhere");
	world->input = (struct report_input){.diags = &world->diags,
					     .texts = &world->texts,
					     .prefix = "",
					     .command = "validate",
					     .version = "0.0.0",
					     .rules = rules,
					     .rule_count = ARRAY_LEN(rules)};
	*state = world;
	return 0;
}

static int tear_down(void **state)
{
	struct world *world = *state;
	cJSON_Delete(world->input.document);
	buf_dispose(&world->out);
	texts_dispose(&world->texts);
	arena_free(world->arena);
	mem_free(world);
	return 0;
}

static void add_text(struct world *world, const char *path, const char *bytes)
{
	texts_add(&world->texts, path, bytes, strlen(bytes));
}

/* From the first `from` to the end of the first `to` after it. */
static struct place span(struct world *world, const char *file, const char *from, const char *to)
{
	struct text *text = texts_find(&world->texts, file);
	const char *start = strstr(text->bytes, from);
	assert_non_null(start);
	const char *end = strstr(start, to);
	assert_non_null(end);
	return (struct place){.file = file,
			      .start = (size_t)(start - text->bytes),
			      .end = (size_t)(end - text->bytes) + strlen(to)};
}

static void add_document(struct world *world)
{
	static const char head[] =
		"{\"schema\":\"attio.validate/"
		"1\",\"tool\":{\"name\":\"attio\",\"version\":\"0.0.0\"},"
		"\"ok\":false,\"exit\":1,\"root\":\"/nowhere\","
		"\"summary\":{\"files\":3,\"errors\":6,\"warnings\":1,\"ms\":5}}";
	world->input.document = cJSON_Parse(head);
	assert_non_null(world->input.document);
	cJSON_AddItemToObject(world->input.document, "diagnostics",
			      report_json(&world->diags, &world->texts));
}

static void add_odd_findings(struct world *world)
{
	struct diags *diags = &world->diags;
	const struct rule_info *error = &rules[1].info, *warning = &rules[0].info;
	struct diag *diag;

	add_text(world, spaced, "const a = \"\xf0\x9f\x98\x80\" + bad(\"<&>\")\n\nx()\r\n\tx()\n");
	add_text(world, unicode, "f(\n\t1,\n\t2\n)\n");
	add_text(world, marked, "\xef\xbb\xbf\xe6\x97\xa5 = old\n");
	diag_add(
		diags, error, (struct place){0}, "%s",
		"no place: \x1b[31m \"q\" 'a' <b> & ]]> | ::x %0A \xff\nnext\tline\r \xe2\x80\xae");
	diag_add(diags, warning, (struct place){.file = "package.json"},
		 "`name` is odd, <b>not</b> *so* `a|b`")
		->help = "rename: it, now";
	diag = diag_add(diags, error, span(world, spaced, "bad", ")"), "after an emoji");
	diag->label = "here";
	diag->help = "say `good`";
	diag->fix_is_safe = true;
	diag_edit(diags, diag, span(world, spaced, "bad", "bad"), "good\n\"x\"");
	diag_edit(diags, diag, (struct place){.file = spaced}, "import good\n");
	/* Two that differ by nothing but the line. */
	diag_add(diags, error, span(world, spaced, "x()", "x()"), "twice");
	diag_add(diags, error, span(world, spaced, "\tx()", "\tx()"), "twice");
	diag = diag_add(diags, error, span(world, unicode, "f(", ")"), "over lines");
	diag_note(diags, diag, span(world, spaced, "const", "a"), "declared here");
	diag_note(diags, diag, (struct place){.file = "package.json"}, "named here");
	diag_note(diags, diag, (struct place){0}, "nowhere");
	/* In two files, the first one twice. */
	diag_edit(diags, diag, span(world, unicode, "f", "f"), "g");
	diag_edit(diags, diag, span(world, marked, "old", "old"), "new");
	diag_edit(diags, diag, span(world, unicode, "2", "2"), "");
	diag = diag_add(diags, &foreign, (struct place){"src/gone.ts", 3, 4}, "no text, no rule");
	diag_edit(diags, diag, (struct place){"src/gone.ts", 3, 4}, "lost");
	diag = diag_add(diags, error, span(world, marked, "old", "old"), "behind a mark");
	diag_edit(diags, diag, span(world, marked, "old", "old"), "new");
	diags_sort(diags);
	add_document(world);
}

static const char *report(struct world *world,
			  void (*function)(struct buf *, const struct report_input *))
{
	buf_clear(&world->out);
	function(&world->out, &world->input);
	return buf_cstr(&world->out);
}

static void check_golden(struct world *world, const char *name)
{
	const char *path = arena_printf(world->arena, "tests/unit/golden/odd.%s", name);
	struct error error = {0};
	char *expected;
	size_t len;

	if (getenv("UPDATE") != NULL) {
		if (fs_write_atomic(path, buf_cstr(&world->out), world->out.len, 0666, &error) != 0)
			fail_msg("%s", error.message);
		return;
	}
	if (fs_read(world->arena, path, 1 << 20, &expected, &len, &error) != 0)
		fail_msg("%s", error.message);
	assert_int_equal(strlen(expected), len);
	assert_string_equal(buf_cstr(&world->out), expected);
}

static void test_odd_findings(void **state)
{
	struct world *world = *state;

	add_odd_findings(world);
	for (const struct reporter *r = reporters; r->name != NULL; r++) {
		world->input.prefix = r->needs & REPORT_FROM_HERE ? "" : "apps/my app";
		report(world, r->report);
		assert_int_equal(utf8_invalid_at(world->out.ptr, world->out.len), world->out.len);
		assert_null(strchr(world->out.ptr, '\x1b'));
		assert_true(str_ends(world->out.ptr, "\n"));
		check_golden(world, r->name);
	}
	report(world, report_markdown);
	check_golden(world, "md");
}

static void test_names(void **state)
{
	size_t i = 0;

	(void)state;
	for (const struct reporter *r = reporters; r->name != NULL; r++, i++) {
		assert_non_null(report_formats[i]);
		assert_string_equal(report_formats[i], r->name);
		assert_ptr_equal(reporter_find(r->name), r);
	}
	assert_null(report_formats[i]);
	assert_null(reporter_find("xml"));
	assert_null(reporter_find(""));
}

static void test_nothing_found(void **state)
{
	struct world *world = *state;

	world->input.prefix = "apps/x";
	world->input.document = cJSON_Parse("{\"diagnostics\":[]}");
	assert_string_equal(report(world, report_unix), "");
	assert_string_equal(report(world, report_agent), "");
	assert_string_equal(report(world, report_github), "");
	assert_string_equal(report(world, report_gitlab), "[]\n");
	assert_string_equal(report(world, report_ndjson), "{\"type\":\"summary\"}\n");
	assert_string_equal(report(world, report_rdjson),
			    "{\"source\":{\"name\":\"attio\"},\"diagnostics\":[]}\n");
	assert_string_equal(report(world, report_markdown),
			    "### attio validate: 0 errors, 0 warnings\n");
	assert_string_equal(
		report(world, report_junit),
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<testsuites name=\"attio validate\" tests=\"1\" failures=\"0\" errors=\"0\" "
		"skipped=\"0\">\n"
		"  <testsuite name=\"attio validate\" tests=\"1\" failures=\"0\" errors=\"0\" "
		"skipped=\"0\">\n"
		"    <testcase classname=\"apps/x\" name=\"attio validate\"/>\n"
		"  </testsuite>\n"
		"</testsuites>\n");
	assert_non_null(strstr(report(world, report_sarif), ",\"results\":[]}"));
}

static void test_prefixes(void **state)
{
	static const struct {
		const char *prefix;
		const char *file;
		const char *unix_place;
		const char *location;
	} rows[] = {
		{"", "a.ts", "a.ts:1:1:", "{\"uri\":\"a.ts\",\"uriBaseId\":\"%SRCROOT%\"}"},
		{"", NULL, ".:", "{\"uri\":\"./\",\"uriBaseId\":\"%SRCROOT%\"}"},
		{"x/y", "a.ts",
		 "x/y/a.ts:1:1:", "{\"uri\":\"x/y/a.ts\",\"uriBaseId\":\"%SRCROOT%\"}"},
		{"x/y", NULL, "x/y:", "{\"uri\":\"x/y/\",\"uriBaseId\":\"%SRCROOT%\"}"},
		{"../y", "a.ts",
		 "../y/a.ts:1:1:", "{\"uri\":\"../y/a.ts\",\"uriBaseId\":\"%SRCROOT%\"}"},
		{"x", "/lib/c:d.ts", "/lib/c:d.ts:1:1:", "{\"uri\":\"file:///lib/c%3Ad.ts\"}"},
		{"x", "\xff\n.ts", "x/\xef\xbf\xbd .ts:1:1:",
		 "{\"uri\":\"x/%FF%0A.ts\",\"uriBaseId\":\"%SRCROOT%\"}"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		void *inner;
		set_up(&inner);
		struct world *world = inner;
		world->input.prefix = rows[i].prefix;
		diag_add(&world->diags, &foreign, (struct place){.file = rows[i].file}, "m");
		assert_true(str_starts(report(world, report_unix), rows[i].unix_place));
		const char *out = report(world, report_sarif);
		if (strstr(out, rows[i].location) == NULL)
			fail_msg("no %s in %s", rows[i].location, out);
		tear_down(&inner);
	}
}

/* reviewdog counts bytes, all others UTF-16 units. */
static void test_columns(void **state)
{
	struct world *world = *state;

	add_text(world, "a.ts", "\xf0\x9f\x98\x80 x\n");
	diag_add(&world->diags, &foreign, span(world, "a.ts", "x", "x"), "m");
	assert_non_null(
		strstr(report(world, report_rdjson), "\"start\":{\"line\":1,\"column\":6}"));
	assert_non_null(strstr(report(world, report_sarif), "\"startColumn\":4,"));
	assert_non_null(strstr(report(world, report_github), ",col=4,endColumn=5,"));
	assert_true(str_starts(report(world, report_unix), "a.ts:1:4: "));
}

/* An annotation is one line whatever a message holds, and nothing ends a property early. */
static void test_commands_cannot_be_forged(void **state)
{
	struct world *world = *state;
	struct diag *diag = diag_add(&world->diags, &foreign,
				     (struct place){.file = "a,line=9::x\n::error::y.ts"}, "%s",
				     "a\n::error file=b::c\r%0A");

	diag->help = "d\n::stop-commands::x";
	assert_string_equal(
		report(world, report_github),
		"::error file=a%2Cline=9%3A%3Ax%0A%3A%3Aerror%3A%3Ay.ts,title=TS2322 "
		"types::a%0A::error file=b::c%0D%250A%0Ahelp: d%0A::stop-commands::x\n");
}

static void test_markdown_is_limited(void **state)
{
	struct world *world = *state;
	char *message = arena_alloc(world->arena, 5001);

	memset(message, 'x', 5000);
	message[0] = '`';
	message[4999] = '`';
	for (int i = 0; i < 503; i++)
		diag_add(&world->diags, &foreign, (struct place){0}, "%s", message);
	const char *out = report(world, report_markdown);
	assert_true(world->out.len < 500 * 800);
	assert_non_null(strstr(out, "x`\xe2\x80\xa6 |\n"));
	assert_true(str_ends(out, "\n3 more are in the log of the step.\n"));
}

static void test_gitlab_fingerprints_are_unique(void **state)
{
	struct world *world = *state;
	const char *seen[3];

	add_text(world, "a.ts", "x()\nx()\nx()\n");
	for (size_t at = 0; at < 12; at += 4)
		diag_add(&world->diags, &foreign, (struct place){"a.ts", at, at + 1}, "m");
	const char *out = report(world, report_gitlab);
	for (size_t i = 0; i < 3; i++) {
		out = strstr(out, "\"fingerprint\":\"") + 15;
		seen[i] = arena_strndup(world->arena, out, 16);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(seen[i], seen[j]);
	}
	world->input.prefix = "other";
	out = strstr(report(world, report_gitlab), "\"fingerprint\":\"") + 15;
	assert_int_not_equal(strncmp(out, seen[0], 16), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_odd_findings, set_up, tear_down),
		cmocka_unit_test(test_names),
		cmocka_unit_test_setup_teardown(test_nothing_found, set_up, tear_down),
		cmocka_unit_test(test_prefixes),
		cmocka_unit_test_setup_teardown(test_columns, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_commands_cannot_be_forged, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_markdown_is_limited, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_gitlab_fingerprints_are_unique, set_up,
						tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
