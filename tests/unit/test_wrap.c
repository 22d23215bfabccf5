/* Line breaking at every width: nothing is lost, and only a word that is wider than the room passes
 * the edge. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/str.h"
#include "base/wrap.h"

static const char text[] = "The quick brown fox jumps \xc3\xbc"
			   "ber an unbreakable/path/of/some/length.ts and rests";

/* The words of both, one after the other. */
static void assert_same_words(const char *got, const char *expected)
{
	for (;;) {
		size_t len;

		got += strspn(got, " \n");
		expected += strspn(expected, " \n");
		len = strcspn(expected, " \n");
		if (len == 0)
			break;
		assert_memory_equal(got, expected, len);
		got += len;
		expected += len;
	}
	assert_string_equal(got, "");
}

static void assert_fits(const char *out, size_t most, size_t indent)
{
	for (const char *line = out; *line != '\0'; line += strcspn(line, "\n") + 1) {
		size_t len = strcspn(line, "\n");
		const char *word = line + strspn(line, " ");

		assert_true((size_t)(word - line) >= indent);
		if (memchr(word, ' ', (size_t)(line + len - word)) != NULL)
			assert_true(utf8_width(line, len, 1) <= most);
	}
}

static void test_text(void **state)
{
	(void)state;
	for (size_t most = 10; most < 90; most++) {
		for (size_t indent = 0; indent < 8; indent += 2) {
			struct buf out = {0};

			wrap_text(&out, most, text, indent, 0);
			assert_same_words(buf_cstr(&out), text);
			assert_fits(buf_cstr(&out), most, indent);
			buf_dispose(&out);
		}
	}
}

static void test_paragraphs(void **state)
{
	struct buf out = {0};

	(void)state;
	wrap_text(&out, 20, "one\n\ntwo three four five six\nseven", 2, 0);
	assert_string_equal(buf_cstr(&out), "  one\n\n  two three four\n  five six\n  seven\n");
	buf_dispose(&out);
}

static void test_item(void **state)
{
	static const struct {
		size_t most;
		const char *term, *out;
	} rows[] = {
		{40, "--a", "  --a      some words that tell what it\n           is for\n"},
		{40, "--long-name",
		 "  --long-name\n           some words that tell what it\n"
		 "           is for\n"},
		{20, "--a", "  --a\n      some words\n      that tell what\n      it is for\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = {0};

		wrap_item(&out, rows[i].most, rows[i].term, 7,
			  "some words that tell what it is for");
		assert_string_equal(buf_cstr(&out), rows[i].out);
		buf_dispose(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_paragraphs),
		cmocka_unit_test(test_item),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
