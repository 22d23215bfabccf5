/* Findings: sorting, the human form to the byte, the JSON form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "diag/diag.h"
#include "diag/report.h"
#include "diag/text.h"

static const struct rule_info rule_error = {"ATT2101", "client-no-fetch", SEVERITY_ERROR};
static const struct rule_info rule_warning = {"ATT1002", "odd-name", SEVERITY_WARNING};
static const struct rule_info rule_foreign = {"TS2322", "types", SEVERITY_ERROR};

struct world {
	struct arena *arena;
	struct texts texts;
	struct diags diags;
	struct buf out;
};

static int set_up(void **state)
{
	struct world *world = mem_zalloc(1, sizeof(*world));
	world->arena = arena_new();
	world->diags.arena = world->arena;
	texts_init(&world->texts, world->arena, "/nowhere");
	*state = world;
	return 0;
}

static int tear_down(void **state)
{
	struct world *world = *state;
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

/* The place of the first `needle` in the text of `file`. */
static struct place find(struct world *world, const char *file, const char *needle)
{
	struct text *text = texts_find(&world->texts, file);
	const char *at = strstr(text->bytes, needle);
	assert_non_null(at);
	size_t start = (size_t)(at - text->bytes);
	return (struct place){.file = file, .start = start, .end = start + strlen(needle)};
}

static const char *human(struct world *world, bool color)
{
	buf_clear(&world->out);
	report_human(&world->out, &world->diags, &world->texts,
		     &(const struct report_look){.color = color});
	return buf_cstr(&world->out);
}

static const char *human_in(struct world *world, size_t columns)
{
	buf_clear(&world->out);
	report_human(&world->out, &world->diags, &world->texts,
		     &(const struct report_look){.columns = columns});
	return buf_cstr(&world->out);
}

/* The source line and the mark line of one finding about `start`..`end` of a one-line text. */
static void check_frame(const char *bytes, size_t start, size_t end, const char *frame)
{
	void *state;
	set_up(&state);
	struct world *world = state;
	add_text(world, "f.ts", bytes);
	diag_add(&world->diags, &rule_foreign, (struct place){"f.ts", start, end}, "m");
	const char *out = human(world, false);
	const char *body = strstr(out, "  |\n");
	assert_non_null(body);
	assert_string_equal(body + 4, frame);
	tear_down(&state);
}

static void test_sort(void **state)
{
	struct world *world = *state;
	struct diags *diags = &world->diags;
	struct place a5 = {"a.ts", 5, 6}, a50 = {"a.ts", 50, 51}, b = {"b.ts", 0, 0}, none = {0};
	diag_add(diags, &rule_error, b, "1");
	diag_add(diags, &rule_error, a50, "2");
	diag_add(diags, &rule_error, a5, "3")->help = "first";
	diag_add(diags, &rule_warning, a5, "4");
	diag_add(diags, &rule_error, none, "5");
	diag_add(diags, &rule_error, a5, "3")->help = "again";
	diag_add(diags, &rule_error, a5, "other message");
	diag_add(diags, &rule_error, b, "1");
	diags_sort(diags);
	static const char *const order[] = {"5", "4", "3", "other message", "2", "1"};
	assert_int_equal(diags->count, ARRAY_LEN(order));
	for (size_t i = 0; i < ARRAY_LEN(order); i++)
		assert_string_equal(diags->items[i].message, order[i]);
	assert_string_equal(diags->items[2].help, "first");
	assert_int_equal(diags_count(diags, SEVERITY_ERROR), 5);
	assert_int_equal(diags_count(diags, SEVERITY_WARNING), 1);
	/* Adding after sorting still works, and sorting twice changes nothing. */
	for (int i = 0; i < 20; i++)
		diag_add(diags, &rule_error, a50, "2");
	diags_sort(diags);
	assert_int_equal(diags->count, ARRAY_LEN(order));
}

static void test_human_whole(void **state)
{
	struct world *world = *state;
	add_text(world, "src/x.tsx",
		 "1\n2\n3\n4\n5\n6\n7\n8\n\tconst a = () => {\n\t\treturn fetch(url)\n\t}\n");
	add_text(world, "src/y.ts", "import x from \"./x\"\n");
	struct diag *diag = diag_add(&world->diags, &rule_error, find(world, "src/x.tsx", "fetch"),
				     "`%s` does not exist here", "fetch");
	diag->label = "no network";
	diag->help = "move the call";
	diag_note(&world->diags, diag, find(world, "src/y.ts", "\"./x\""), "imported here");
	diag_note(&world->diags, diag, (struct place){"app.json", 0, 0}, "named in `%s`", "app");
	diag_add(&world->diags, &rule_warning, (struct place){0}, "no place");
	diag_add(&world->diags, &rule_foreign, (struct place){"gone.ts", 4, 5}, "no text");
	assert_string_equal(human(world, false), "error[ATT2101]: `fetch` does not exist here\n"
						 "  --> src/x.tsx:10:10\n"
						 "   |\n"
						 " 9 |     const a = () => {\n"
						 "10 |         return fetch(url)\n"
						 "   |                ^^^^^ no network\n"
						 "   |\n"
						 "note: imported here\n"
						 "  --> src/y.ts:1:15\n"
						 "   |\n"
						 " 1 | import x from \"./x\"\n"
						 "   |               ^^^^^\n"
						 "   |\n"
						 "note: named in `app`\n"
						 "  --> app.json\n"
						 "   = help: move the call\n"
						 "   = see:  attio explain ATT2101\n"
						 "\n"
						 "warning[ATT1002]: no place\n"
						 "  = see:  attio explain ATT1002\n"
						 "\n"
						 "error[TS2322]: no text\n"
						 " --> gone.ts\n");
}

static void test_color(void **state)
{
	struct world *world = *state;
	add_text(world, "a.ts", "x");
	diag_add(&world->diags, &rule_error, (struct place){"a.ts", 0, 1}, "m");
	assert_string_equal(human(world, true), "\033[1;31merror[ATT2101]\033[0m: m\n"
						"\033[34m -->\033[0m a.ts:1:1\n"
						"\033[34m  |\033[0m\n"
						"\033[34m1 |\033[0m x\n"
						"\033[34m  |\033[0m \033[1;31m^\033[0m\n"
						"\033[34m  |\033[0m\n"
						"\033[34m  =\033[0m see:  attio explain ATT2101\n");
}

static void test_frames(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		size_t start, end;
		const char *frame;
	} rows[] = {
		{"abc", 1, 1, "1 | abc\n  |  ^\n"},
		{"abc", 3, 3, "1 | abc\n  |    ^\n"},
		{"abc", 1, 99, "1 | abc\n  |  ^^\n"},
		{"a\nb", 1, 2, "1 | a\n  |  ^\n"},
		{"ab\r\ncd\r\n", 1, 2, "1 | ab\n  |  ^\n"},
		{"\ta\tb", 3, 4, "1 |     a    b\n  |          ^\n"},
		{"\ta", 0, 1, "1 |     a\n  | ^^^^\n"},
		{"\xe6\x97\xa5\xe6\x9c\xac x", 3, 6, "1 | \xe6\x97\xa5\xe6\x9c\xac x\n  |   ^^\n"},
		{"e\xcc\x81 x", 4, 5, "1 | e\xcc\x81 x\n  |   ^\n"},
		{"a\x1b[31mb", 6, 7, "1 | a\\x1b[31mb\n  |          ^\n"},
		{"\xe2\x80\xaez", 3, 4, "1 | \\u{202e}z\n  |         ^\n"},
		{"a\xff"
		 "b",
		 2, 3,
		 "1 | a\xef\xbf\xbd"
		 "b\n  |   ^\n"},
		{"\xef\xbb\xbfxy", 3, 4, "1 | xy\n  | ^\n"},
		{"f(\n  1,\n  2\n)\n", 0, 13, "1 | f(\n  | ^^\n  | \xe2\x80\xa6 3 more lines\n"},
		{"f(\n)", 0, 4, "1 | f(\n  | ^^\n  | \xe2\x80\xa6 1 more line\n"},
		{"\n\nx", 2, 3, "2 |\n3 | x\n  | ^\n"},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		check_frame(rows[i].bytes, rows[i].start, rows[i].end, rows[i].frame);
}

/* Whatever the place in a long line: at most 120 columns, and the marks stand below the marked
 * text. Digits repeat, so that the text under the marks tells where it came from. */
static void test_long_lines(void **state)
{
	(void)state;
	enum { LEN = 1000 };
	static const size_t lens[] = {1, 5, 90, 119, 120, 121, 400};
	for (size_t i = 0; i < ARRAY_LEN(lens); i++) {
		for (size_t start = 0; start + lens[i] <= LEN; start += 7) {
			void *inner;
			set_up(&inner);
			struct world *world = inner;
			char *bytes = arena_alloc(world->arena, LEN + 1);
			for (size_t j = 0; j < LEN; j++)
				bytes[j] = (char)('!' + j % 89);
			add_text(world, "f.ts", bytes);
			struct place place = {"f.ts", start, start + lens[i]};
			diag_add(&world->diags, &rule_foreign, place, "m");
			const char *line = strstr(human(world, false), "1 | ");
			assert_non_null(line);
			line += 4;
			size_t len = strcspn(line, "\n");
			size_t width = utf8_width(line, len, 4);
			assert_int_equal(width, 120);
			const char *marks = line + len + 1 + 4;
			size_t mark = strcspn(marks, "^");
			size_t mark_len = strspn(marks + mark, "^");
			assert_true(mark_len == lens[i] || mark_len >= 100);
			assert_true(mark + mark_len <= 120);
			/* An ellipsis takes three bytes and one column. */
			size_t lead = str_starts(line, "\xe2\x80\xa6") ? 2 : 0;
			assert_memory_equal(line + lead + mark, bytes + start, mark_len);
			assert_int_equal(lead == 0, mark == start);
			tear_down(&inner);
		}
	}
}

/* Whatever the window, the place and the label: no line of a frame is wider, the marks stand below
 * the marked text, and every word of the label is there. */
static void test_windows(void **state)
{
	static const char label[] = "client code runs in Attio's sandbox, without network, and "
				    "waits for an answer of the server";
	struct world *world = *state;
	char bytes[301] = {0};

	for (size_t j = 0; j < sizeof(bytes) - 1; j++)
		bytes[j] = (char)('!' + j % 89);
	add_text(world, "f.ts", bytes);
	for (size_t columns = 40; columns <= 140; columns += 5) {
		for (size_t start = 0; start < 295; start += 7) {
			struct place place = {"f.ts", start, start + 5};

			world->diags.count = 0;
			diag_add(&world->diags, &rule_foreign, place, "m")->label = label;
			const char *line = strstr(human_in(world, columns), "1 | ");
			size_t lead = str_starts(line + 4, "\xe2\x80\xa6") ? 2 : 0;
			const char *marks = strchr(line, '\n') + 1;
			size_t mark = strcspn(marks, "^");

			assert_memory_equal(line + lead + mark, bytes + start, 5);
			for (const char *at = line; *at != '\0'; at += strcspn(at, "\n") + 1)
				assert_true(utf8_width(at, strcspn(at, "\n"), 4) <= columns);
			assert_non_null(strstr(line, "client code"));
			assert_non_null(strstr(line, "server\n"));
		}
	}
}

static void test_wide_at_the_edges(void **state)
{
	(void)state;
	/* 200 wide characters behind 0 or 1 narrow ones: cut at both parities, never too wide. */
	for (size_t shift = 0; shift < 2; shift++) {
		for (size_t at = 0; at < 200; at++) {
			void *inner;
			set_up(&inner);
			struct world *world = inner;
			struct buf bytes = {0};
			for (size_t i = 0; i < shift; i++)
				buf_putc(&bytes, 'x');
			for (size_t i = 0; i < 200; i++)
				buf_puts(&bytes, "\xe6\x97\xa5");
			texts_add(&world->texts, "f.ts", bytes.ptr, bytes.len);
			size_t start = shift + at * 3;
			struct place place = {"f.ts", start, start + 3};
			diag_add(&world->diags, &rule_foreign, place, "m");
			const char *line = strstr(human(world, false), "1 | ") + 4;
			size_t len = strcspn(line, "\n");
			size_t width = utf8_width(line, len, 4);
			assert_true(width <= 120 && width >= 118);
			const char *marks = line + len + 1 + 4;
			assert_int_equal(strspn(marks + strcspn(marks, "^"), "^"), 2);
			buf_dispose(&bytes);
			tear_down(&inner);
		}
	}
}

static void test_note_frames_are_limited(void **state)
{
	struct world *world = *state;
	add_text(world, "a.ts", "x\n");
	struct place place = {"a.ts", 0, 1};
	struct diag *diag = diag_add(&world->diags, &rule_error, place, "m");
	for (int i = 0; i < 5; i++)
		diag_note(&world->diags, diag, place, "n%d", i);
	const char *out = human(world, false);
	size_t frames = 0, places = 0;
	for (const char *at = out; (at = strstr(at, "1 | x\n")); at++)
		frames++;
	for (const char *at = out; (at = strstr(at, "--> a.ts:1:1\n")); at++)
		places++;
	assert_int_equal(frames, 1 + 3);
	assert_int_equal(places, 1 + 5);
}

/* Names and messages from outside cannot steer the terminal. */
static void test_texts_are_harmless(void **state)
{
	struct world *world = *state;
	struct diag *diag = diag_add(&world->diags, &rule_error, (struct place){"a\x1b.ts", 0, 0},
				     "bad\x1b[2J `%s`", "x\ny\xff");
	diag->help = "h\x07\xe2\x80\xae";
	assert_string_equal(human(world, false), "error[ATT2101]: bad\\x1b[2J `x y\xef\xbf\xbd`\n"
						 " --> a\\x1b.ts\n"
						 "  = help: h\\x07\\u{202e}\n"
						 "  = see:  attio explain ATT2101\n");
}

static cJSON *first(struct world *world, cJSON **array)
{
	*array = report_json(&world->diags, &world->texts);
	return cJSON_GetArrayItem(*array, 0);
}

static const char *string_of(const cJSON *object, const char *key)
{
	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
}

static void test_json(void **state)
{
	struct world *world = *state;
	add_text(world, "a.ts", "x\n  \xf0\x9f\x98\x80 y\n");
	struct diag *diag =
		diag_add(&world->diags, &rule_error, find(world, "a.ts", "y"), "bad\xff");
	diag->help = "h";
	diag->fix_is_safe = true;
	diag_note(&world->diags, diag, find(world, "a.ts", "x"), "note");
	diag_edit(&world->diags, diag, (struct place){"a.ts", 0, 0}, "new");
	cJSON *array;
	cJSON *object = first(world, &array);
	char *print = cJSON_PrintUnformatted(object);
	char *tail = strstr(print, ",\"fingerprint\":\"");
	assert_non_null(tail);
	assert_int_equal(strspn(tail + 16, "0123456789abcdef"), 16);
	assert_string_equal(tail + 32, "\"}");
	*tail = '\0';
	assert_string_equal(
		print,
		"{\"code\":\"ATT2101\",\"name\":\"client-no-fetch\",\"severity\":\"error\","
		"\"message\":\"bad\xef\xbf\xbd\",\"file\":\"a.ts\","
		"\"range\":{\"start\":{\"line\":2,\"column\":6,\"offset\":9},"
		"\"end\":{\"line\":2,\"column\":7,\"offset\":10}},"
		"\"related\":[{\"file\":\"a.ts\",\"range\":{"
		"\"start\":{\"line\":1,\"column\":1,\"offset\":0},"
		"\"end\":{\"line\":1,\"column\":2,\"offset\":1}},\"message\":\"note\"}],"
		"\"help\":\"h\",\"fix\":{\"safe\":true,\"edits\":[{\"file\":\"a.ts\",\"range\":{"
		"\"start\":{\"line\":1,\"column\":1,\"offset\":0},"
		"\"end\":{\"line\":1,\"column\":1,\"offset\":0}},\"text\":\"new\"}]}");
	cJSON_free(print);
	cJSON_Delete(array);
}

static void test_json_without_place(void **state)
{
	struct world *world = *state;
	diag_add(&world->diags, &rule_warning, (struct place){0}, "m");
	cJSON *array;
	cJSON *object = first(world, &array);
	assert_string_equal(string_of(object, "severity"), "warning");
	assert_true(cJSON_IsNull(cJSON_GetObjectItemCaseSensitive(object, "file")));
	assert_true(cJSON_IsNull(cJSON_GetObjectItemCaseSensitive(object, "range")));
	assert_true(cJSON_IsNull(cJSON_GetObjectItemCaseSensitive(object, "help")));
	assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(object, "related")),
			 0);
	assert_null(cJSON_GetObjectItemCaseSensitive(object, "fix"));
	cJSON_Delete(array);
}

static char *fingerprint_of(struct world *world, const char *bytes, const char *message)
{
	add_text(world, "a.ts", bytes);
	world->diags.items = NULL;
	world->diags.count = 0;
	diag_add(&world->diags, &rule_error, find(world, "a.ts", "y"), "%s", message);
	cJSON *array;
	cJSON *object = first(world, &array);
	char *copy = arena_strdup(world->arena, string_of(object, "fingerprint"));
	cJSON_Delete(array);
	return copy;
}

/* Moving and indenting keeps the fingerprint; another line or message changes it. The value itself
 * is frozen: stored baselines depend on it. */
static void test_fingerprint(void **state)
{
	struct world *world = *state;
	const char *base = fingerprint_of(world, "y()\n", "m");
	assert_string_equal(base, "4190375a95907d4b");
	assert_string_equal(fingerprint_of(world, "\n\n\t  y()  \r\n", "m"), base);
	assert_string_not_equal(fingerprint_of(world, "y(1)\n", "m"), base);
	assert_string_not_equal(fingerprint_of(world, "y()\n", "n"), base);
}

/* In the line of a minified file what is near decides, at both ends of the line and between. */
static void test_fingerprint_of_a_long_line(void **state)
{
	struct world *world = *state;
	static const size_t places[] = {0, 5, 1500, 8000, 18000, 19998};
	char line[20001];

	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		size_t at = places[i], far = at < 10000 ? 19000 : 1000;
		size_t near = at > 500 ? at - 500 : at + 500;

		memset(line, 'x', sizeof(line) - 1);
		line[sizeof(line) - 1] = '\0';
		line[at] = 'y';
		const char *base = fingerprint_of(world, line, "m");
		line[far] = 'z';
		assert_string_equal(fingerprint_of(world, line, "m"), base);
		line[near] = 'z';
		assert_string_not_equal(fingerprint_of(world, line, "m"), base);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_sort, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_human_whole, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_color, set_up, tear_down),
		cmocka_unit_test(test_frames),
		cmocka_unit_test(test_long_lines),
		cmocka_unit_test_setup_teardown(test_windows, set_up, tear_down),
		cmocka_unit_test(test_wide_at_the_edges),
		cmocka_unit_test_setup_teardown(test_note_frames_are_limited, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_texts_are_harmless, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_json, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_json_without_place, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_fingerprint, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_fingerprint_of_a_long_line, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
