/* What tsc prints, as data: the forms of TypeScript 5 and 7, and texts made to mislead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "diag/diag.h"
#include "diag/text.h"
#include "types/diagnostics.h"

#define HEAD(file, line, column, kind, code)                                                       \
	"\x1b[96m" file "\x1b[0m:\x1b[93m" line "\x1b[0m:\x1b[93m" column "\x1b[0m - " kind        \
	"\x1b[0m\x1b[90m TS" code ": \x1b[0m"
#define ERROR_KIND "\x1b[91merror"
#define PLACE(file, line, column)                                                                  \
	"  \x1b[96m" file "\x1b[0m:\x1b[93m" line "\x1b[0m:\x1b[93m" column "\x1b[0m"
#define SOURCE(number, text) "\x1b[7m" number "\x1b[0m " text "\n"
#define MARKS(gutter, marks) "\x1b[7m" gutter "\x1b[0m \x1b[91m" marks "\x1b[0m\n"
#define RELATED_MARKS(gutter, marks) "    \x1b[7m" gutter "\x1b[0m \x1b[96m" marks "\x1b[0m\n"

static struct ts_output read(struct arena *arena, const char *text)
{
	struct ts_output output = {.arena = arena};

	ts_output_read(&output, text, strlen(text));
	return output;
}

static void assert_span(const struct ts_span *span, const char *file, size_t line, size_t column,
			size_t end_line, size_t end_column)
{
	assert_string_equal(span->file, file);
	assert_int_equal(span->line, line);
	assert_int_equal(span->column, column);
	assert_int_equal(span->end_line, end_line);
	assert_int_equal(span->end_column, end_column);
	assert_false(span->offsets);
}

static void one_with_its_reasons(void **state)
{
	struct arena *arena = arena_new();
	struct ts_output output =
		read(arena,
		     HEAD("src/a (1) b.ts", "7", "3", ERROR_KIND,
			  "2322") "First.\n  Why.\n    And why.\n\n" SOURCE("7", "\xc3\xa4 x")
			     MARKS(" ", "  ~~~~") "\n/app/src/a.ts\n/lib.d.ts\n\nFound 1 error in "
						  "src/a.ts\n\nwhatever\n");

	(void)state;
	assert_int_equal(output.count, 1);
	assert_int_equal(output.items[0].code, 2322);
	assert_false(output.items[0].warning);
	assert_string_equal(output.items[0].message, "First.\n  Why.\n    And why.");
	assert_span(&output.items[0].span, "src/a (1) b.ts", 7, 3, 7, 7);
	assert_int_equal(output.file_count, 2);
	assert_string_equal(output.files[1], "/lib.d.ts");
	assert_null(output.odd);
	arena_free(arena);
}

static void a_span_of_many_lines(void **state)
{
	struct arena *arena = arena_new();
	struct ts_output output =
		read(arena, HEAD("a.ts", "9", "5", ERROR_KIND, "1") "M\r\n\r\n" SOURCE(
				    "  9", "abcdefgh") MARKS("   ", "    ~~~~") SOURCE(" 10", "xyz")
				    MARKS("   ", "~~~") "\x1b[7m...\x1b[0m \n" SOURCE("100", "  6)")
					    MARKS("   ", "~~~~"));

	(void)state;
	assert_span(&output.items[0].span, "a.ts", 9, 5, 100, 5);
	assert_string_equal(output.items[0].message, "M");
	arena_free(arena);
}

/* TypeScript 7 has the text behind the place, 5 below the source. */
static void related_places_of_both_forms(void **state)
{
	static const char *const texts[] = {
		HEAD("a.ts", "1", "1", ERROR_KIND, "2") "M\n\n" SOURCE("1", "x") MARKS(
			" ", "~") "\n" PLACE("b.ts", "2", "3") " - One.\n    " SOURCE("2", "  yy")
			RELATED_MARKS(" ", "  ~~") "\n" PLACE("c.ts", "4", "1") " - Two.\n",
		HEAD("a.ts", "1", "1", ERROR_KIND, "2") "M\n\n" SOURCE("1", "x")
			MARKS(" ", "~") "\n" PLACE("b.ts", "2", "3") "\n    " SOURCE("2", "  yy")
				RELATED_MARKS(" ", "  ~~") "    One.\n" PLACE(
					"c.ts", "4", "1") "\n    " SOURCE("4", "z")
					RELATED_MARKS(" ", "") "    Two.\n\n" HEAD(
						"d.ts", "1", "1", ERROR_KIND, "3") "N\n",
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct arena *arena = arena_new();
		struct ts_output output = read(arena, texts[i]);

		assert_int_equal(output.count, 1 + i);
		assert_int_equal(output.items[0].related_count, 2);
		assert_string_equal(output.items[0].related[0].message, "One.");
		assert_span(&output.items[0].related[0].span, "b.ts", 2, 3, 2, 5);
		assert_string_equal(output.items[0].related[1].message, "Two.");
		assert_span(&output.items[0].related[1].span, "c.ts", 4, 1, 4, 1);
		assert_span(&output.items[0].span, "a.ts", 1, 1, 1, 2);
		assert_null(output.odd);
		arena_free(arena);
	}
}

static void those_without_a_place(void **state)
{
	struct arena *arena = arena_new();
	struct ts_output output =
		read(arena, "\x1b[91merror\x1b[0m\x1b[90m TS5083: \x1b[0mCannot read.\n  Because.\n"
			    "\x1b[93mwarning\x1b[0m\x1b[90m TS6: \x1b[0mHm\n\n"
			    "\x1b[91merror\x1b[0m\x1b[90m TS9: \x1b[0mLast\n"
			    "/app/a.ts\n");

	(void)state;
	assert_int_equal(output.count, 3);
	assert_null(output.items[0].span.file);
	assert_string_equal(output.items[0].message, "Cannot read.\n  Because.");
	assert_true(output.items[1].warning);
	assert_string_equal(output.items[2].message, "Last");
	assert_int_equal(output.file_count, 1);
	arena_free(arena);
}

/* The text of a type can have line ends in it, and a source line can look like anything. */
static void texts_that_mislead(void **state)
{
	struct arena *arena = arena_new();
	struct ts_output output = read(
		arena,
		HEAD("a.ts", "1", "1", ERROR_KIND,
		     "2322") "Type '`x\n/not/a/file\nFound 3 "
			     "errors\n\n`' is wrong.\n\n" SOURCE("1", "Found 1 error in a.ts:1")
				     MARKS(" ", "~~~") "\n/app/a.ts\n");

	(void)state;
	assert_int_equal(output.count, 1);
	assert_string_equal(output.items[0].message,
			    "Type '`x\n/not/a/file\nFound 3 errors\n\n`' is wrong.");
	assert_span(&output.items[0].span, "a.ts", 1, 1, 1, 4);
	assert_int_equal(output.file_count, 1);
	arena_free(arena);
}

static void what_is_no_output(void **state)
{
	static const char *const texts[] = {
		"hello",
		"error TS1: plain",
		"\x1b[96m",
		"\x1b[96ma.ts\x1b[0m:\x1b[93m0\x1b[0m:\x1b[93m1\x1b[0m - ",
		"\x1b[91merror\x1b[0m\x1b[90m TS: \x1b[0m",
		"    ~~"};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct arena *arena = arena_new();
		struct ts_output output = read(arena, texts[i]);

		assert_int_equal(output.count, 0);
		assert_string_equal(output.odd, texts[i]);
		arena_free(arena);
	}
}

static void add(struct ts_output *output, struct ts_span span)
{
	struct ts_diagnostic *item = ts_output_add(output);

	item->code = (unsigned)output->count;
	item->span = span;
	item->message = "M.";
}

static void tell_one(const char *bytes, struct ts_span span, size_t start, size_t end)
{
	struct arena *arena = arena_new();
	struct ts_output output = {.arena = arena};
	struct ts_telling telling = {.root = "/app"};
	struct diags diags = {.arena = arena};
	struct texts texts;

	texts_init(&texts, arena, "/app");
	texts_add(&texts, "a.ts", bytes, strlen(bytes));
	add(&output, span);
	ts_output_tell(&output, &telling, &texts, &diags);
	assert_int_equal(diags.count, 1);
	assert_string_equal(diags.items[0].place.file, "a.ts");
	assert_int_equal(diags.items[0].place.start, start);
	assert_int_equal(diags.items[0].place.end, end);
	assert_string_equal(diags.items[0].message, "M");
	texts_dispose(&texts);
	arena_free(arena);
}

static void places_count_as_typescript_counts(void **state)
{
	struct ts_span lines = {"a.ts", false, 2, 2, 2, 4};

	(void)state;
	tell_one("ab\ncdefg\n", lines, 4, 6);
	tell_one("ab\r\ncdefg\r\n", lines, 5, 7);
	tell_one("ab\rcdefg\r", lines, 4, 6);
	tell_one("ab\xe2\x80\xa8"
		 "cdefg",
		 lines, 6, 8);
	tell_one("ab\xe2\x80\xa9"
		 "cdefg",
		 lines, 6, 8);
	tell_one("\xef\xbb\xbf"
		 "ab\ncdefg",
		 lines, 7, 9);
	tell_one("\n\xe6\x97\xa5\xf0\x9f\x98\x80x", lines, 4, 8);
	/* Past the end of the line or of the file; no width. */
	tell_one("ab\nc\nd", lines, 4, 4);
	tell_one("ab", lines, 2, 2);
	tell_one("ab\ncd", (struct ts_span){"a.ts", false, 1, 1, 2, 2}, 0, 4);
	tell_one("ab\ncd", (struct ts_span){"a.ts", false, 1, 2, 1, 2}, 1, 2);
	tell_one("ab\ncd", (struct ts_span){"/app/a.ts", true, 3, 0, 5, 0}, 3, 5);
	tell_one("\xef\xbb\xbf\xf0\x9f\x98\x80"
		 "b\ncd",
		 (struct ts_span){"a.ts", true, 2, 0, 3, 0}, 7, 8);
	tell_one("ab", (struct ts_span){"a.ts", true, 900, 0, 901, 0}, 2, 2);
}

static void some_are_told_otherwise(void **state)
{
	static const char *const configs[] = {"/app/tsconfig.json"};
	static const struct {
		unsigned code;
		const char *file;
		bool side_effects;
		enum severity severity; /* SEVERITY_OFF: not told */
	} cases[] = {
		{2322, "a.ts", false, SEVERITY_ERROR},
		{5023, "tsconfig.json", false, SEVERITY_WARNING},
		{18003, NULL, false, SEVERITY_WARNING},
		{6053, NULL, false, SEVERITY_ERROR},
		{6053, "tsconfig.json", false, SEVERITY_WARNING},
		{1005, "tsconfig.json", false, SEVERITY_WARNING},
		{1005, "a.ts", false, SEVERITY_ERROR},
		{2882, "a.ts", false, SEVERITY_OFF},
		{2882, "a.ts", true, SEVERITY_ERROR},
		{6307, "a.ts", false, SEVERITY_OFF},
		{5033, NULL, false, SEVERITY_OFF},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena *arena = arena_new();
		struct ts_output output = {.arena = arena};
		struct ts_telling telling = {.root = "/app",
					     .configs = configs,
					     .config_count = 1,
					     .side_effects = cases[i].side_effects};
		struct diags diags = {.arena = arena};
		struct texts texts;

		texts_init(&texts, arena, "/app");
		add(&output, (struct ts_span){.file = cases[i].file, .line = 1, .column = 1});
		output.items[0].code = cases[i].code;
		ts_output_tell(&output, &telling, &texts, &diags);
		assert_int_equal(diags.count, cases[i].severity == SEVERITY_OFF ? 0 : 1);
		if (diags.count)
			assert_int_equal(diags.items[0].severity, cases[i].severity);
		texts_dispose(&texts);
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_with_its_reasons),
		cmocka_unit_test(a_span_of_many_lines),
		cmocka_unit_test(related_places_of_both_forms),
		cmocka_unit_test(those_without_a_place),
		cmocka_unit_test(texts_that_mislead),
		cmocka_unit_test(what_is_no_output),
		cmocka_unit_test(places_count_as_typescript_counts),
		cmocka_unit_test(some_are_told_otherwise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
