/* Patches: by rows, and by the property that git and patch make the second text from the first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "diag/patch.h"
#include "sys/fs.h"
#include "sys/path.h"

enum { PAIRS = 400 };

static void test_rows(void **state)
{
	static const struct {
		const char *before, *after, *hunks;
	} rows[] = {
		{"a\n", "a\n", NULL},
		{"a\n", "b\n", "@@ -1 +1 @@\n-a\n+b\n"},
		{"", "b\n", "@@ -0,0 +1 @@\n+b\n"},
		{"a\n", "", "@@ -1 +0,0 @@\n-a\n"},
		{"a", "a\n", "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"},
		{"a\r\nb\r\n", "a\r\nc\r\n", "@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n"},
		{"a\nx", "b\nx", "@@ -1,2 +1,2 @@\n-a\n+b\n x\n\\ No newline at end of file\n"},
		{"1\n2\n3\n4\n5\n6\n7\n8\n9\n", "0\n1\n2\n3\n4\n5\n6\n8\n9\n",
		 "@@ -1,9 +1,9 @@\n+0\n 1\n 2\n 3\n 4\n 5\n 6\n-7\n 8\n 9\n"},
		{"1\n2\n3\n4\n5\n6\n7\n8\n", "0\n1\n2\n3\n4\n5\n6\n7\n",
		 "@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n@@ -5,4 +6,3 @@\n 5\n 6\n 7\n-8\n"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf out = {0};
		const char *header = "diff --git a/f b/f\n--- a/f\n+++ b/f\n";

		patch_put(&out, "f", rows[i].before, strlen(rows[i].before), rows[i].after,
			  strlen(rows[i].after));
		if (rows[i].hunks == NULL) {
			assert_int_equal(out.len, 0);
			continue;
		}
		assert_memory_equal(buf_cstr(&out), header, strlen(header));
		assert_string_equal(out.ptr + strlen(header), rows[i].hunks);
		buf_dispose(&out);
	}
}

static void test_fewest_lines(void **state)
{
	/* The example of Myers' paper: five changed lines are enough. */
	struct buf out = {0};
	const char *before = "a\nb\nc\na\nb\nb\na\n", *after = "c\nb\na\nb\na\nc\n";
	int changed = 0;

	(void)state;
	patch_put(&out, "f", before, strlen(before), after, strlen(after));
	for (const char *c = strstr(out.ptr, "@@\n"); c != NULL; c = strchr(c + 1, '\n'))
		changed += c[1] == '-' || c[1] == '+';
	assert_int_equal(changed, 5);
	buf_dispose(&out);
}

/* --- the property ------------------------------------------------------------------------------
 */

static void put_random_line(struct buf *out)
{
	static const char *const lines[] = {"one", "two",         "",  "three",
					    "  x", "@@ -1 +1 @@", "-", "\\"};
	static const char *const ends[] = {"\n", "\n", "\n", "\r\n", "\r"};

	buf_puts(out, lines[(size_t)rand() % ARRAY_LEN(lines)]);
	buf_puts(out, ends[(size_t)rand() % ARRAY_LEN(ends)]);
}

/* A text of lines of few kinds, so that there is much to confuse. */
static void make_pair(struct buf *before, struct buf *after)
{
	int count = rand() % 40, changes = 1 + rand() % 8;

	for (int i = 0; i < count; i++) {
		struct buf line = {0};

		put_random_line(&line);
		buf_add(before, buf_cstr(&line), line.len);
		int kind = rand() % (count + 1) < changes ? rand() % 3 : -1;
		if (kind == 0 || kind == -1)
			buf_add(after, buf_cstr(&line), line.len);
		if (kind == 0 || kind == 1)
			put_random_line(after);
		buf_dispose(&line);
	}
	if (rand() % 4 == 0)
		buf_puts(before, "end");
	if (rand() % 4 == 0)
		buf_puts(after, "end");
}

static void write_file(struct arena *arena, const char *folder, const char *name, struct buf *text)
{
	struct error error = {0};

	assert_int_equal(fs_write_atomic(path_join(arena, folder, name), buf_cstr(text), text->len,
					 0644, &error),
			 0);
}

static void run(struct arena *arena, const char *folder, const char *command)
{
	const char *line = arena_printf(arena, "cd '%s' && %s >log 2>&1 || { cat log; false; }",
					folder, command);

	if (system(line) != 0) /* NOLINT: the test's own words */
		fail_msg("failed in %s: %s", folder, command);
}

/* All pairs are files of one folder and one patch, so that each tool starts once. */
static void test_tools_apply_it(void **state)
{
	struct arena *arena = arena_new();
	struct error error = {0};
	struct buf patch = {0};
	char *root;

	(void)state;
	srand(7);
	assert_int_equal(fs_make_temp_dir(arena, "/tmp/attio-patch-", &root, &error), 0);
	run(arena, root, "mkdir git patch after && git -C git -c init.defaultBranch=main init -q");
	for (int i = 0; i < PAIRS; i++) {
		struct buf before = {0}, after = {0};
		const char *name = arena_printf(arena, i % 2 ? "file %d.ts" : "f%d.ts", i);

		make_pair(&before, &after);
		write_file(arena, path_join(arena, root, "git"), name, &before);
		write_file(arena, path_join(arena, root, "patch"), name, &before);
		write_file(arena, path_join(arena, root, "after"), name, &after);
		patch_put(&patch, name, buf_cstr(&before), before.len, buf_cstr(&after), after.len);
		buf_dispose(&before);
		buf_dispose(&after);
	}
	write_file(arena, root, "p.diff", &patch);
	run(arena, root, "git -C git apply --whitespace=nowarn ../p.diff");
	run(arena, root, "rm -rf git/.git && diff -r git after");
	/* patch(1) removes files that become empty unless told that this is no standard. */
	run(arena, root, "patch -s --binary --posix -p1 -d patch <p.diff");
	run(arena, root, "diff -r patch after");
	assert_int_equal(fs_remove_tree(root, &error), 0);
	buf_dispose(&patch);
	arena_free(arena);
}

static void test_large_changes_are_one_block(void **state)
{
	struct buf before = {0}, after = {0}, out = {0};

	(void)state;
	for (int i = 0; i < 3000; i++) {
		buf_printf(&before, "a%d\n", i);
		buf_printf(&after, "b%d\n", i);
	}
	patch_put(&out, "f", before.ptr, before.len, after.ptr, after.len);
	assert_non_null(strstr(out.ptr, "@@ -1,3000 +1,3000 @@\n-a0\n-a1\n"));
	assert_non_null(strstr(out.ptr, "-a2999\n+b0\n"));
	buf_dispose(&before);
	buf_dispose(&after);
	buf_dispose(&out);
}

static void test_odd_names(void **state)
{
	struct buf out = {0};
	static const char line[] = "diff --git \"a/a \\\"b\\\"\\012.ts\" ";

	(void)state;
	patch_put(&out, "a \"b\"\n.ts", "x", 1, "y", 1);
	assert_memory_equal(out.ptr, line, strlen(line));
	buf_dispose(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_fewest_lines),
		cmocka_unit_test(test_tools_apply_it),
		cmocka_unit_test(test_large_changes_are_one_block),
		cmocka_unit_test(test_odd_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
