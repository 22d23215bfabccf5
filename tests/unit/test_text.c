/* Texts: lines and columns, both ways. */
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
#include "base/str.h"
#include "diag/text.h"
#include "sys/fs.h"
#include "sys/path.h"

struct world {
	struct arena *arena;
	struct texts texts;
};

static int set_up(void **state)
{
	struct world *world = mem_zalloc(1, sizeof(*world));
	world->arena = arena_new();
	texts_init(&world->texts, world->arena, "/nowhere");
	*state = world;
	return 0;
}

static int tear_down(void **state)
{
	struct world *world = *state;
	texts_dispose(&world->texts);
	arena_free(world->arena);
	mem_free(world);
	return 0;
}

static struct text *add(struct world *world, const char *bytes)
{
	return texts_add(&world->texts, "t", bytes, strlen(bytes));
}

static void test_positions(void **state)
{
	struct world *world = *state;
	static const struct {
		const char *bytes;
		size_t offset, line, column;
	} rows[] = {
		{"", 0, 1, 1},
		{"", 9, 1, 1},
		{"abc", 0, 1, 1},
		{"abc", 2, 1, 3},
		{"abc", 3, 1, 4},
		{"abc", 99, 1, 4},
		{"a\nb", 1, 1, 2},
		{"a\nb", 2, 2, 1},
		{"a\n", 2, 2, 1},
		{"a\r\nb", 1, 1, 2},
		{"a\r\nb", 2, 1, 3}, /* the LF after a CR */
		{"a\r\nb", 3, 2, 1},
		{"a\rb", 2, 1, 3}, /* a lone CR ends no line */
		{"\n\n\nx", 3, 4, 1},
		{"\xc3\xa9x", 2, 1, 2},
		{"\xf0\x9f\x98\x80x", 4, 1, 3},
		{"\xf0\x9f\x98\x80x", 2, 1, 1}, /* inside a character */
		{"\xffx", 1, 1, 2},
		{"\xef\xbb\xbfx", 0, 1, 1},
		{"\xef\xbb\xbfx", 3, 1, 1},
		{"\xef\xbb\xbfx", 4, 1, 2},
		{"\xef\xbb\xbfx\ny", 5, 2, 1},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct text *text = add(world, rows[i].bytes);
		struct position at = text_position(&world->texts, text, rows[i].offset);
		assert_int_equal(at.line, rows[i].line);
		assert_int_equal(at.column, rows[i].column);
		size_t len = strlen(rows[i].bytes);
		assert_int_equal(at.offset, rows[i].offset < len ? rows[i].offset : len);
	}
}

/* Going to line and column and back arrives, for each offset of an ASCII text. */
static void test_there_and_back(void **state)
{
	struct world *world = *state;
	static const char bytes[] = "one\n\n  two\r\nthree\n\n";
	struct text *text = add(world, bytes);
	for (size_t offset = 0; offset <= sizeof(bytes) - 1; offset++) {
		struct position at = text_position(&world->texts, text, offset);
		assert_int_equal(text_offset(&world->texts, text, at.line, at.column - 1), offset);
	}
}

static void test_offsets_are_clamped(void **state)
{
	struct world *world = *state;
	struct text *text = add(world, "ab\ncd");
	static const struct {
		size_t line, column, offset;
	} rows[] = {
		{1, 0, 0}, {1, 2, 2},  {1, 99, 2}, {2, 0, 3},        {2, 99, 5},
		{3, 0, 5}, {99, 9, 5}, {0, 5, 0},  {1, SIZE_MAX, 2},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_int_equal(text_offset(&world->texts, text, rows[i].line, rows[i].column),
				 rows[i].offset);
}

static void test_lines(void **state)
{
	struct world *world = *state;
	struct text *text = add(world, "one\r\n\ntwo\rx\n");
	static const char *const lines[] = {"", "one", "", "two\rx", "", ""};
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		size_t len;
		const char *line = text_line(&world->texts, text, i, &len);
		assert_int_equal(len, strlen(lines[i]));
		assert_memory_equal(line, lines[i], len);
	}
	assert_int_equal(text->line_count, 4);
}

static void test_reading(void **state)
{
	struct world *world = *state;
	struct error error;
	char *root;
	struct text *text;
	assert_int_equal(fs_make_temp_dir(world->arena, "/tmp/attio-text-", &root, &error), 0);
	const char *path = path_join(world->arena, root, "src/a.ts");
	assert_int_equal(fs_make_dirs(path_dir(world->arena, path), &error), 0);
	assert_int_equal(fs_write_atomic(path, "let a\n", 6, 0644, &error), 0);
	struct texts texts;
	texts_init(&texts, world->arena, root);
	assert_int_equal(texts_read(&texts, "src/a.ts", &text, &error), 0);
	assert_string_equal(text->bytes, "let a\n");
	assert_string_equal(text->path, "src/a.ts");
	/* Read once: later changes of the file are not seen. */
	assert_int_equal(fs_write_atomic(path, "changed", 7, 0644, &error), 0);
	assert_ptr_equal(texts_find(&texts, "src/a.ts"), text);
	assert_int_equal(texts_read(&texts, path, &text, &error), 0);
	assert_string_equal(text->bytes, "changed");
	assert_null(texts_find(&texts, "src/b.ts"));
	assert_int_equal(texts_read(&texts, "src", &text, &error), -1);
	assert_string_equal(error.why, "it is a folder");
	texts_dispose(&texts);
	assert_int_equal(fs_remove_tree(root, &error), 0);
}

static void test_utf16(void **state)
{
	struct world *world = *state;
	static const struct {
		const char *bytes;
		size_t line, column, offset;
	} rows[] = {
		{"", 1, 1, 0},
		{"", 1, 9, 0},
		{"", 7, 1, 0},
		{"", 0, 0, 0},
		{"abc", 1, 3, 2},
		{"abc", 1, 4, 3},
		{"abc", 1, 5, 3},
		{"ab\ncd", 1, 3, 2},
		{"ab\ncd", 1, 9, 2}, /* not into the next line */
		{"ab\ncd", 2, 2, 4},
		{"ab\ncd", 2, SIZE_MAX, 5},
		{"ab\ncd", 3, 1, 5},
		{"ab\r\ncd", 1, 9, 2}, /* before the CR */
		{"ab\r\ncd", 2, 1, 4},
		{"\r\n\r\nx", 1, 2, 0},
		{"\r\n\r\nx", 2, 2, 2},
		{"\r\n\r\nx", 3, 2, 5},
		{"a\rb", 1, 3, 2},
		{"ab\r", 1, 9, 3}, /* a CR without LF is an ordinary character */
		{"ab\n", 2, 1, 3},
		{"ab\n", 2, 5, 3},
		{"\xc3\xa9x", 1, 2, 2},
		{"\xe2\x82\xacx", 1, 2, 3},
		{"\xf0\x9f\x98\x80x", 1, 1, 0},
		{"\xf0\x9f\x98\x80x", 1, 2, 0}, /* between the surrogates */
		{"\xf0\x9f\x98\x80x", 1, 3, 4},
		{"\xf0\x9f\x98\x80x", 1, 4, 5},
		{"a\xf0\x9f\x98\x80", 1, 3, 1},
		{"\xff\xfex", 1, 3, 2}, /* an invalid byte is one U+FFFD */
		{"\xf0\x9f", 1, 2, 1},
		{"\xed\xa0\x80x", 1, 4, 3}, /* a surrogate as UTF-8 has it is invalid */
		{"\xef\xbb\xbfx", 1, 1, 3},
		{"\xef\xbb\xbfx", 1, 2, 4},
		{"\xef\xbb\xbf", 1, 9, 3},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct text *text = add(world, rows[i].bytes);
		size_t offset =
			text_offset_utf16(&world->texts, text, rows[i].line, rows[i].column);

		if (offset != rows[i].offset)
			fail_msg("row %zu: %zu", i, offset);
	}
}

/* Both ways over texts of all kinds of pieces: what has a position is found by it, in any order of
 * asking, and columns never leave their line. */
static void test_utf16_both_ways(void **state)
{
	struct world *world = *state;
	static const char *const pieces[] = {
		"a",    "\n",   "\r\n",     "\r",           "\xc3\xa9", "\xf0\x9f\x98\x80",
		"\xff", "\xf0", "\xe2\x82", "\xef\xbb\xbf",
	};
	uint32_t seed = 1;

	for (int round = 0; round < 2000; round++) {
		char bytes[128] = "";
		struct text *text, *fresh;
		size_t len;

		for (int i = 0; i < 12; i++) {
			seed = seed * 1664525 + 1013904223;
			strcat(bytes, pieces[(seed >> 16) % ARRAY_LEN(pieces)]);
		}
		text = add(world, bytes);
		fresh = add(world, bytes);
		len = strlen(bytes);
		for (size_t i = 0; i <= len; i++) {
			size_t offset = (i * 7) % (len + 1); /* up and down */
			struct position at = text_position(&world->texts, text, offset);
			size_t back = text_offset_utf16(&world->texts, text, at.line, at.column);
			struct position again = text_position(&world->texts, fresh, back);

			assert_true(back <= offset || offset < 3); /* in a byte order mark */
			assert_int_equal(
				back, text_offset_utf16(&world->texts, fresh, at.line, at.column));
			assert_int_equal(again.line, at.line);
			/* Between CR and LF there is no position of its own. */
			if (offset == 0 || bytes[offset - 1] != '\r' || bytes[offset] != '\n')
				assert_int_equal(again.column, at.column);
			assert_int_equal(
				text_offset_utf16(&world->texts, text, at.line, again.column),
				back);
		}
	}
}

/* Lines around and far past the length from which columns are counted in steps, with characters of
 * all lengths where a step ends: each offset has the column that one walk over the text gives. */
static void test_long_lines(void **state)
{
	static const char *const pieces[] = {"a", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80",
					     "\xff"};
	static const size_t counts[] = {0, 300, 5000, 1, 500, 350, 3000};
	struct world *world = *state;
	struct buf bytes = {0};
	uint32_t seed = 7;

	buf_puts(&bytes, "\xef\xbb\xbf");
	for (size_t line = 0; line < ARRAY_LEN(counts); line++) {
		for (size_t i = 0; i < counts[line]; i++) {
			seed = seed * 1664525 + 1013904223;
			buf_puts(&bytes, pieces[(seed >> 16) % ARRAY_LEN(pieces)]);
		}
		buf_puts(&bytes, line % 2 == 0 ? "\n" : "\r\n");
	}
	struct text *text = add(world, buf_cstr(&bytes));
	size_t line = 1, column = 1;

	for (size_t at = 3; at < bytes.len;) {
		uint32_t c;
		bool valid;
		size_t more = utf8_decode(bytes.ptr + at, bytes.len - at, &c, &valid);
		struct position last = text_position(&world->texts, text, at + more - 1);

		assert_int_equal(last.line, line);
		assert_int_equal(last.column, column);
		assert_int_equal(text_line_number(&world->texts, text, at), line);
		if (c != '\n' || bytes.ptr[at - 1] != '\r')
			assert_int_equal(text_offset_utf16(&world->texts, text, line, column), at);
		column = c == '\n' ? 1 : column + (c >= 0x10000 ? 2 : 1);
		line += c == '\n' ? 1 : 0;
		at += more;
	}
	assert_int_equal(line, ARRAY_LEN(counts) + 1);
	buf_dispose(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_positions, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_there_and_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_offsets_are_clamped, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_lines, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_reading, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_utf16, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_utf16_both_ways, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_long_lines, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
