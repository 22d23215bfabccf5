/* Baselines: what is known, what is new, what is gone, what is broken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "check/baseline.h"
#include "diag/diag.h"
#include "diag/text.h"

static const struct rule_info one = {"ATT1", "one", SEVERITY_ERROR};
static const struct rule_info two = {"ATT2", "two", SEVERITY_WARNING};

struct world {
	struct arena *arena;
	struct texts texts;
	struct diags diags;
};

static void begin(struct world *world, const char *text)
{
	*world = (struct world){.arena = arena_new()};
	texts_init(&world->texts, world->arena, "/nowhere");
	texts_add(&world->texts, "a.ts", text, strlen(text));
	world->diags.arena = world->arena;
}

static void end(struct world *world)
{
	texts_dispose(&world->texts);
	arena_free(world->arena);
}

/* A finding at each place where `word` stands. */
static void find(struct world *world, const struct rule_info *rule, const char *word)
{
	const char *bytes = texts_find(&world->texts, "a.ts")->bytes;

	for (const char *at = bytes; (at = strstr(at, word)) != NULL; at++) {
		size_t start = (size_t)(at - bytes);
		diag_add(&world->diags, rule, (struct place){"a.ts", start, start + 1}, "%s is bad",
			 word);
	}
}

static size_t count_new(struct world *world, struct baseline *baseline)
{
	size_t count = 0;

	for (size_t i = 0; i < world->diags.count; i++)
		count += !baseline_take(baseline, &world->diags.items[i], &world->texts);
	return count;
}

static const char *text_of(struct world *world)
{
	struct baseline baseline;
	struct buf out = {0};

	baseline_make(&baseline, world->arena, &world->diags, &world->texts);
	baseline_print(&out, &baseline);
	const char *text = arena_strdup(world->arena, buf_cstr(&out));
	buf_dispose(&out);
	return text;
}

static void read(struct world *world, struct baseline *baseline, const char *text)
{
	struct error error = {0};

	assert_int_equal(
		baseline_parse(baseline, world->arena, text, strlen(text), "b.json", &error), 0);
}

static void test_known_and_new(void **state)
{
	struct world old, now;
	struct baseline baseline;

	(void)state;
	begin(&old, "x();\ny();\n  x();\n");
	find(&old, &one, "x()");
	find(&old, &two, "y()");
	diag_add(&old.diags, &one, (struct place){0}, "the app is bad");
	const char *text = text_of(&old);

	read(&old, &baseline, text);
	assert_int_equal(baseline.count, 3); /* x twice */
	assert_int_equal(count_new(&old, &baseline), 0);
	assert_int_equal(baseline_left(&baseline), 0);

	/* Moved and indented anew; one x more is new; y is gone, and so is the app's. */
	begin(&now, "\n\n// text\n\tx();\n x();\nx();\n");
	find(&now, &one, "x()");
	read(&now, &baseline, text);
	assert_int_equal(count_new(&now, &baseline), 1);
	assert_int_equal(baseline_left(&baseline), 2);
	baseline_rewind(&baseline);
	assert_int_equal(baseline_left(&baseline), 4);
	assert_int_equal(count_new(&now, &baseline), 1);
	end(&now);

	/* The same line, another code. */
	begin(&now, "x();\n");
	find(&now, &two, "x()");
	read(&now, &baseline, text);
	assert_int_equal(count_new(&now, &baseline), 1);
	end(&now);
	end(&old);
}

static void test_text(void **state)
{
	struct world world, turned;
	struct baseline baseline;

	(void)state;
	begin(&world, "x();\ny();\nx();\n");
	assert_string_equal(text_of(&world),
			    "{\n  \"schema\": \"attio.baseline/1\",\n  \"findings\": []\n}\n");
	find(&world, &two, "y()");
	find(&world, &one, "x()");
	begin(&turned, "x();\ny();\nx();\n");
	find(&turned, &one, "x()");
	find(&turned, &two, "y()");
	const char *text = text_of(&world);
	assert_string_equal(text, text_of(&turned));
	assert_non_null(
		strstr(text, "{\"file\": \"a.ts\", \"code\": \"ATT1\", \"fingerprint\": \""));
	assert_non_null(strstr(text, "\", \"count\": 2},\n"));
	/* A merge may leave an entry twice. */
	read(&world, &baseline,
	     "{\"schema\": \"attio.baseline/1\", \"findings\": ["
	     "{\"file\": \"a\", \"code\": \"b\", \"fingerprint\": \"0123456789abcdef\"},"
	     "{\"file\": \"a\", \"code\": \"b\", \"fingerprint\": \"0123456789abcdef\", \"count\": "
	     "3}]}");
	assert_int_equal(baseline.count, 1);
	assert_int_equal(baseline_left(&baseline), 4);
	end(&world);
	end(&turned);
}

#define START "{\"schema\": \"attio.baseline/1\",\n\"findings\": "
#define ENTRY "{\"code\": \"A\", \"fingerprint\": \"0123456789abcdef\", \"count\": "

static void test_broken(void **state)
{
	static const struct {
		const char *text, *message;
	} rows[] = {
		{"", "b.json: not valid JSON at line 1, column 1"},
		{"{\n<<<<<<< HEAD\n", "b.json: not valid JSON at line 2, column 1"},
		{"[]", "b.json:1:1: this is no baseline"},
		{"{}", "b.json:1:1: this is no baseline"},
		{"{\n\"schema\": \"attio.baseline/2\"}", "b.json:2:11: this is no baseline"},
		{"{\"schema\": \"attio.baseline/1\"}", "b.json:1:1: `findings` must be an array"},
		{START "{}}", "b.json:2:13: `findings` must be an array"},
		{START "[1]}", "b.json:2:14: a finding must be an object"},
		{START "[\n{}]}", "b.json:3:1: a finding needs a `code`"},
		{START "[{\"code\": \"A\",\n\"file\": 1}]}", "b.json:3:9: `file` must be a string"},
		{START "[{\"code\": \"A\",\n\"fingerprint\": \"0123\"}]}",
		 "b.json:3:16: `fingerprint` must be 16 hexadecimal digits"},
		{START "[{\"code\": \"A\", \"fingerprint\": \"0123456789abcdefg\"}]}",
		 "b.json:2:43: `fingerprint` must be"},
		{START "[" ENTRY "0}]}", "b.json:2:72: `count` must be"},
		{START "[" ENTRY "1.5}]}", "b.json:2:72: `count` must be"},
		{START "[" ENTRY "\"1\"}]}", "b.json:2:72: `count` must be"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena *arena = arena_new();
		struct baseline baseline;
		struct error error = {0};
		const char *message = rows[i].message;

		assert_int_equal(baseline_parse(&baseline, arena, rows[i].text,
						strlen(rows[i].text), "b.json", &error),
				 -1);
		assert_int_equal(error.kind, ERROR_USAGE);
		if (strncmp(error.message, message, strlen(message)) != 0)
			fail_msg("row %zu: `%s`", i, error.message);
		assert_non_null(strstr(error.fix, "--write-baseline=b.json"));
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_and_new),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_broken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
