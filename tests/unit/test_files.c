/* Files of a folder under an overlay: every question, with what the disk has and what it has not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "sys/files.h"
#include "sys/overlay.h"
#include "sys/path.h"

struct box {
	struct arena *arena;
	const char *top; /* the folder of `files` is top/app */
	struct files files;
};

static void write_file(const struct box *box, const char *path, const char *text)
{
	const char *full = path_join(box->arena, box->files.root, path);
	struct error error;

	assert_int_equal(fs_make_dirs(path_dir(box->arena, full), &error), 0);
	assert_int_equal(fs_write_atomic(full, text, strlen(text), 0644, &error), 0);
}

static int set_up(void **state)
{
	struct box *box = mem_zalloc(1, sizeof(*box));
	struct error error;
	char *made;

	box->arena = arena_new();
	assert_int_equal(fs_make_temp_dir(box->arena, "/tmp/attio-test-", &made, &error), 0);
	box->top = fs_real_path(box->arena, made, &error);
	box->files.arena = box->arena;
	box->files.root = path_join(box->arena, box->top, "app");
	write_file(box, "package.json", "disk");
	write_file(box, "src/a.ts", "disk a");
	write_file(box, "src/lib/b.ts", "disk b");
	write_file(box, "src/lib/deep/c.ts", "disk c");
	write_file(box, "src/only/d.ts", "disk d");
	write_file(box, "../shared/e.ts", "disk e");
	*state = box;
	return 0;
}

static int tear_down(void **state)
{
	struct box *box = *state;
	struct error error;

	fs_remove_tree(box->top, &error);
	arena_free(box->arena);
	mem_free(box);
	return 0;
}

static void lay_over(struct box *box, struct overlay_file *items, size_t count)
{
	struct overlay *overlay = arena_alloc(box->arena, sizeof(*overlay));

	for (size_t i = 0; i < count; i++) {
		items[i].len = items[i].bytes != NULL ? strlen(items[i].bytes) : 0;
		if (i > 0) /* the tests' own mistake */
			assert_true(strcmp(items[i - 1].path, items[i].path) < 0);
	}
	*overlay = (struct overlay){items, count};
	box->files.overlay = overlay;
}

static void assert_text(const struct box *box, const char *path, const char *expected)
{
	struct error error = {0};
	const char *bytes;
	size_t len;

	if (files_read(&box->files, path, 1000, &bytes, &len, &error) != 0)
		fail_msg("%s: %s: %s", path, error.message, error.why);
	assert_int_equal(len, strlen(expected));
	assert_string_equal(bytes, expected);
	assert_int_equal(files_type(&box->files, path), FS_FILE);
}

static void assert_gone(const struct box *box, const char *path)
{
	struct error error = {0};
	const char *bytes;
	size_t len;

	assert_int_equal(files_type(&box->files, path), FS_NONE);
	assert_int_equal(files_read(&box->files, path, 1000, &bytes, &len, &error), -1);
	assert_int_equal(error.kind, ERROR_SYSTEM);
	assert_non_null(strstr(error.message, path_base(path)));
}

/* "lib/ a.ts link@": folders end with a slash, links with an at sign. */
static void assert_list(const struct box *box, const char *folder, const char *expected)
{
	struct error error = {0};
	struct fs_entry *entries;
	struct buf out = {0};
	size_t count;

	if (files_list(&box->files, folder, &entries, &count, &error) != 0)
		fail_msg("%s: %s: %s", folder, error.message, error.why);
	for (size_t i = 0; i < count; i++)
		buf_printf(&out, "%s%s%s%s", i > 0 ? " " : "", entries[i].name,
			   entries[i].type == FS_DIR ? "/" : "", entries[i].link ? "@" : "");
	assert_string_equal(buf_cstr(&out), expected);
	buf_dispose(&out);
}

static void test_without_overlay(void **state)
{
	struct box *box = *state;
	struct error error = {0};
	struct fs_entry *entries;
	size_t count;

	assert_text(box, "src/a.ts", "disk a");
	assert_text(box, "../shared/e.ts", "disk e");
	assert_text(box, path_join(box->arena, box->top, "shared/e.ts"), "disk e");
	assert_gone(box, "src/b.ts");
	assert_int_equal(files_type(&box->files, "src"), FS_DIR);
	assert_list(box, ".", "package.json src/");
	assert_int_equal(files_list(&box->files, "none", &entries, &count, &error), -1);
	lay_over(box, NULL, 0);
	assert_list(box, "src", "a.ts lib/ only/");
}

static void test_changed(void **state)
{
	struct box *box = *state;
	struct overlay_file items[] = {
		{"../shared/e.ts", "new e", 0},
		{"package.json", "", 0},
		{"src/a.ts", "new a", 0},
	};

	lay_over(box, items, 3);
	assert_text(box, "src/a.ts", "new a");
	assert_text(box, "package.json", "");
	assert_text(box, "src/lib/b.ts", "disk b");
	assert_text(box, "../shared/e.ts", "new e");
	assert_text(box, path_join(box->arena, box->files.root, "src/a.ts"), "new a");
	assert_text(box, path_join(box->arena, box->top, "shared/e.ts"), "new e");
	assert_list(box, ".", "package.json src/");
	assert_list(box, "src", "a.ts lib/ only/");
}

static void test_limit(void **state)
{
	struct box *box = *state;
	struct overlay_file items[] = {{"src/a.ts", "12345678", 0}};
	struct error error = {0};
	const char *bytes;
	size_t len;

	lay_over(box, items, 1);
	assert_int_equal(files_read(&box->files, "src/a.ts", 8, &bytes, &len, &error), 0);
	assert_int_equal(files_read(&box->files, "src/a.ts", 7, &bytes, &len, &error), -1);
}

static void test_added(void **state)
{
	struct box *box = *state;
	struct overlay_file items[] = {
		{"../other/x/y.ts", "y", 0},  {"src/lib/b-2.ts", "b2", 0},
		{"src/lib/b/1.ts", "b1", 0},  {"src/lib/b/2.ts", "b2", 0},
		{"src/new/far/z.ts", "z", 0}, {"zoo.ts", "zoo", 0},
	};

	lay_over(box, items, 6);
	assert_list(box, ".", "package.json src/ zoo.ts");
	assert_list(box, "src", "a.ts lib/ new/ only/");
	assert_list(box, "src/lib", "b/ b-2.ts b.ts deep/");
	assert_list(box, "src/new", "far/");
	assert_list(box, "src/new/far", "z.ts");
	assert_list(box, "../other", "x/");
	assert_int_equal(files_type(&box->files, "src/new"), FS_DIR);
	assert_int_equal(files_type(&box->files, "src/ne"), FS_NONE);
	assert_text(box, "src/new/far/z.ts", "z");
	assert_text(box, "../other/x/y.ts", "y");
}

static void test_hidden(void **state)
{
	struct box *box = *state;
	struct overlay_file items[] = {
		{"../shared/e.ts", NULL, 0},    {"src/a.ts", NULL, 0},
		{"src/lib/deep/c.ts", NULL, 0}, {"src/none.ts", NULL, 0},
		{"src/only/d.ts", NULL, 0},
	};
	struct error error = {0};
	struct fs_entry *entries;
	size_t count;

	lay_over(box, items, 5);
	assert_gone(box, "src/a.ts");
	assert_gone(box, "../shared/e.ts");
	assert_gone(box, "src/only/d.ts");
	/* A folder goes with its last file. */
	assert_int_equal(files_type(&box->files, "src/only"), FS_NONE);
	assert_int_equal(files_type(&box->files, "../shared"), FS_NONE);
	assert_int_equal(files_type(&box->files, "src/lib"), FS_DIR);
	assert_list(box, "src", "lib/");
	assert_list(box, "src/lib", "b.ts");
	assert_list(box, ".", "package.json src/");
	assert_int_equal(files_list(&box->files, "src/nowhere", &entries, &count, &error), -1);
}

/* What git does not know keeps its folder: node_modules, an empty folder. */
static void test_hidden_beside_others(void **state)
{
	struct box *box = *state;
	struct overlay_file items[] = {
		{"src/a.ts", NULL, 0},
		{"src/lib/b.ts", NULL, 0},
		{"src/lib/deep/c.ts", NULL, 0},
		{"src/only/d.ts", NULL, 0},
	};
	struct error error;

	write_file(box, "src/only/node_modules/m/index.js", "m");
	assert_int_equal(
		fs_make_dirs(path_join(box->arena, box->files.root, "src/lib/empty"), &error), 0);
	lay_over(box, items, 4);
	assert_list(box, "src", "lib/ only/");
	assert_list(box, "src/only", "node_modules/");
	assert_list(box, "src/lib", "empty/");
}

static void test_whole_app_hidden(void **state)
{
	struct box *box = *state;
	struct overlay_file items[] = {
		{"package.json", NULL, 0},  {"src/a.ts", NULL, 0},
		{"src/lib/b.ts", NULL, 0},  {"src/lib/deep/c.ts", NULL, 0},
		{"src/only/d.ts", NULL, 0},
	};

	lay_over(box, items, 5);
	assert_list(box, ".", "");
	assert_int_equal(files_type(&box->files, "src"), FS_NONE);
}

static void test_file_and_folder_change_places(void **state)
{
	struct box *box = *state;
	struct overlay_file items[] = {
		{"src/a.ts", NULL, 0},
		{"src/a.ts/inner.ts", "inner", 0},
		{"src/only", "was a folder", 0},
		{"src/only/d.ts", NULL, 0},
	};
	struct error error = {0};
	const char *bytes;
	size_t len;

	lay_over(box, items, 4);
	assert_int_equal(files_type(&box->files, "src/a.ts"), FS_DIR);
	assert_int_equal(files_read(&box->files, "src/a.ts", 100, &bytes, &len, &error), -1);
	assert_text(box, "src/a.ts/inner.ts", "inner");
	assert_list(box, "src/a.ts", "inner.ts");
	assert_text(box, "src/only", "was a folder");
	assert_gone(box, "src/only/d.ts");
	assert_list(box, "src", "a.ts/ lib/ only");
}

/* Git tells about the files that links lead to. */
static void test_links(void **state)
{
	struct box *box = *state;
	struct overlay_file items[] = {
		{"../shared/e.ts", "new e", 0},
		{"../shared/f.ts", "f", 0},
		{"src/lib/b.ts", NULL, 0},
	};
	const char *src = path_join(box->arena, box->files.root, "src");

	assert_int_equal(symlink("../../shared", path_join(box->arena, src, "shared")), 0);
	assert_int_equal(symlink("../../shared/e.ts", path_join(box->arena, src, "e.ts")), 0);
	assert_int_equal(symlink("lib/b.ts", path_join(box->arena, src, "b.ts")), 0);
	assert_int_equal(symlink("nowhere", path_join(box->arena, src, "broken")), 0);
	assert_int_equal(symlink(".", path_join(box->arena, src, "circle")), 0);
	lay_over(box, items, 3);
	assert_text(box, "src/shared/e.ts", "new e");
	assert_text(box, "src/shared/f.ts", "f");
	assert_text(box, "src/e.ts", "new e");
	assert_text(box, "src/circle/circle/a.ts", "disk a");
	assert_gone(box, "src/b.ts");
	assert_gone(box, "src/circle/lib/b.ts");
	assert_list(box, "src/shared", "e.ts f.ts");
	assert_list(box, "src", "a.ts b.ts@ broken@ circle/@ e.ts@ lib/ only/ shared/@");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_without_overlay, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_changed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_limit, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_added, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_hidden, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_hidden_beside_others, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_whole_app_hidden, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_file_and_folder_change_places, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_links, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
