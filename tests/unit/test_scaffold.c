/* New apps: slugs, titles, templates and the all-or-nothing writing of a folder. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "scaffold/scaffold.h"
#include "scaffold/slug.h"
#include "scaffold/template.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "temp_box.h"

static void put(struct box *box, const char *path, const char *text)
{
	struct error error;
	const char *whole = box_path(box, path);
	assert_int_equal(fs_make_dirs(path_dir(box->arena, whole), &error), 0);
	assert_int_equal(fs_write_atomic(whole, text, strlen(text), 0644, &error), 0);
}

static const char *text_of(struct box *box, const char *path)
{
	struct error error;
	char *text;
	size_t len;
	assert_int_equal(fs_read(box->arena, box_path(box, path), 1 << 20, &text, &len, &error), 0);
	return text;
}

static size_t entries_in(struct box *box, const char *path)
{
	struct error error;
	struct fs_entry *entries;
	size_t count;
	assert_int_equal(fs_list(box->arena, box_path(box, path), &entries, &count, &error), 0);
	return count;
}

static void slugs(void **state)
{
	struct box *box = *state;
	static const char longest[] =
		"a234567890123456789012345678901234567890123456789012345678901234";
	static const struct {
		const char *slug;
		bool good;
		const char *suggestion;
	} rows[] = {
		{"my-app", true, "my-app"},
		{"a", true, "a"},
		{"a1-2b", true, "a1-2b"},
		{"myattioapp", true, "myattioapp"},
		{"attio2", true, "attio2"},
		{longest, true, longest},
		{"", false, NULL},
		{"My App!", false, "my-app"},
		{"my_app", false, "my-app"},
		{"1app", false, "app"},
		{"42", false, NULL},
		{"-app", false, "app"},
		{"app-", false, "app"},
		{"my--app", false, "my-app"},
		{"my-attio-app", false, "my-app"},
		{"attio", false, NULL},
		{"attio-sync", false, "sync"},
		{"for-attio", false, "for"},
		{"..", false, NULL},
		{"\xc3\xa9t\xc3\xa9", false, "t"},
		{"app\n", false, "app"},
		{"a2345678901234567890123456789012345678901234567890123456789012345", false, NULL},
		{"a234567890123456789012345678901234567890123456789012345678901-bcd", false,
		 "a234567890123456789012345678901234567890123456789012345678901"},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct error error = {0};
		int failed = slug_check(rows[i].slug, &error);
		const char *suggestion = slug_suggest(box->arena, rows[i].slug);
		if ((failed == 0) != rows[i].good)
			fail_msg("`%s`: %s", rows[i].slug, error.why);
		if (!str_equal(suggestion, rows[i].suggestion))
			fail_msg("`%s` suggests `%s`", rows[i].slug, suggestion ? suggestion : "");
		if (failed) {
			assert_int_equal(error.kind, ERROR_USAGE);
			assert_true(error.why[0] && error.fix[0]);
		}
		if (suggestion)
			assert_int_equal(slug_check(suggestion, &error), 0);
	}
}

static void reasons_of_bad_slugs(void **state)
{
	(void)state;
	struct error error;
	slug_check("my-attio-app", &error);
	assert_non_null(strstr(error.why, "`attio`"));
	assert_non_null(strstr(error.fix, "`my-app`"));
	slug_check("a2345678901234567890123456789012345678901234567890123456789012345", &error);
	assert_non_null(strstr(error.why, "65 characters"));
}

static void titles(void **state)
{
	struct box *box = *state;
	assert_string_equal(slug_title(box->arena, "my-crm-app"), "My Crm App");
	assert_string_equal(slug_title(box->arena, "a"), "A");
	assert_string_equal(slug_title(box->arena, "x-2go"), "X 2go");
}

static void templates_are_listed_and_found(void **state)
{
	struct box *box = *state;
	struct template *list, found;
	struct error error;
	size_t count;
	put(box, "t/two/template.json", "{\"name\":\"zebra\",\"description\":\"Z\"}");
	put(box, "t/three/template.json", "{\"name\":\"ant\",\"description\":\"A\"}");
	put(box, "t/no-template/file", "");
	put(box, "t/README.md", "");
	assert_int_equal(template_list(box->arena, box_path(box, "t"), &list, &count, &error), 0);
	assert_int_equal(count, 2);
	assert_string_equal(list[0].name, "ant");
	assert_string_equal(list[1].description, "Z");
	assert_int_equal(template_find(box->arena, box_path(box, "t"), "zebra", &found, &error), 0);
	assert_string_equal(found.folder, box_path(box, "t/two"));
	assert_int_equal(template_find(box->arena, box_path(box, "t"), "zebro", &found, &error),
			 -1);
	assert_int_equal(error.kind, ERROR_USAGE);
	assert_non_null(strstr(error.why, "`ant`, `zebra`"));
	assert_non_null(strstr(error.fix, "`zebra`"));
	assert_int_equal(
		template_find(box->arena, box_path(box, "t"), "quite-other", &found, &error), -1);
	assert_string_equal(error.fix, "");
}

static void damaged_templates_are_errors(void **state)
{
	struct box *box = *state;
	struct template found;
	struct error error;
	assert_int_equal(template_find(box->arena, box_path(box, "t"), "x", &found, &error), -1);
	assert_int_equal(error.kind, ERROR_SYSTEM);
	put(box, "t/x/template.json", "{\"name\":\"x\"}");
	assert_int_equal(template_find(box->arena, box_path(box, "t"), "x", &found, &error), -1);
	put(box, "t/x/template.json", "{");
	assert_int_equal(template_find(box->arena, box_path(box, "t"), "x", &found, &error), -1);
	put(box, "u/file", "");
	assert_int_equal(template_find(box->arena, box_path(box, "u"), "x", &found, &error), -1);
	assert_int_equal(error.kind, ERROR_SYSTEM);
}

static void placeholders_are_filled_in(void **state)
{
	struct box *box = *state;
	struct error error;
	struct template from = {"x", "X", box_path(box, "t")};
	struct template_file *files;
	size_t count;
	put(box, "t/template.json", "{}");
	put(box, "t/a/template.json", "kept");
	put(box, "t/dot-gitignore", "dist");
	put(box, "t/text", "{{slug}}{{{slug}} {{title}} {{slugs}} {{ slug }} style={{a: 1}} {{");
	assert_int_equal(fs_write_atomic(box_path(box, "t/bytes"), "{{slug}}\0", 9, 0644, &error),
			 0);
	assert_int_equal(
		template_read(box->arena, &from, "my-app", "My App", &files, &count, &error), 0);
	assert_int_equal(count, 4);
	assert_string_equal(files[0].path, ".gitignore");
	assert_string_equal(files[1].path, "a/template.json");
	assert_string_equal(files[1].bytes, "kept");
	assert_string_equal(files[2].path, "bytes");
	assert_int_equal(files[2].len, 9);
	assert_string_equal(files[2].bytes, "{{slug}}");
	assert_string_equal(files[3].bytes,
			    "my-app{my-app My App {{slugs}} {{ slug }} style={{a: 1}} {{");
	assert_int_equal(files[3].len, strlen(files[3].bytes));
}

/* The templates that we ship: run from the top of the source tree, as `make` does. */
static void shipped_templates_are_whole(void **state)
{
	struct box *box = *state;
	struct template *list;
	struct error error;
	size_t count;
	assert_int_equal(template_list(box->arena, "templates", &list, &count, &error), 0);
	assert_int_equal(count, 4);
	for (size_t i = 0; i < count; i++) {
		struct template_file *files;
		size_t file_count, dots = 0;
		assert_string_equal(path_base(list[i].folder), list[i].name);
		assert_true(strlen(list[i].description) > 10);
		assert_int_equal(template_read(box->arena, &list[i], "my-app", "My App", &files,
					       &file_count, &error),
				 0);
		for (size_t j = 0; j < file_count; j++) {
			const char *left = strstr(files[j].bytes, "{{");

			/* "${{" is GitHub's, in its workflow's file. */
			while (left != NULL && left > files[j].bytes && left[-1] == '$')
				left = strstr(left + 2, "{{");
			assert_null(left);
			dots += files[j].path[0] == '.';
		}
		/* .gitignore, .npmrc and .github */
		assert_int_equal(dots, 3);
	}
}

static const struct template_file app_files[] = {
	{".gitignore", "dist\n", 5},
	{"package.json", "{}\n", 3},
	{"src/app/a.ts", "a", 1},
	{"src/b.ts", "", 0},
};

static void check_app(struct box *box, const char *folder)
{
	for (size_t i = 0; i < ARRAY_LEN(app_files); i++) {
		const char *path = path_join(box->arena, folder, app_files[i].path);
		assert_string_equal(text_of(box, path), app_files[i].bytes);
	}
	assert_int_equal(entries_in(box, folder), 3);
}

static int write_app(struct box *box, const char *folder, struct error *error)
{
	return scaffold_write(box_path(box, folder), app_files, ARRAY_LEN(app_files), NULL, error);
}

static void a_new_folder_is_made(void **state)
{
	struct box *box = *state;
	struct error error;
	struct stat st;
	mode_t mask = umask(022);
	assert_int_equal(write_app(box, "my-app", &error), 0);
	umask(mask);
	check_app(box, "my-app");
	assert_int_equal(entries_in(box, "."), 1);
	assert_int_equal(stat(box_path(box, "my-app"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0755);
	assert_int_equal(stat(box_path(box, "my-app/src/app/a.ts"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0644);
}

static void missing_parents_are_made(void **state)
{
	struct box *box = *state;
	struct error error;
	assert_int_equal(write_app(box, "a/b/my-app", &error), 0);
	check_app(box, "a/b/my-app");
	assert_int_equal(entries_in(box, "a/b"), 1);
}

static void an_empty_folder_is_filled_and_stays_the_same_folder(void **state)
{
	struct box *box = *state;
	struct error error;
	struct stat before, after;
	assert_int_equal(mkdir(box_path(box, "real"), 0700), 0);
	assert_int_equal(symlink("real", box_path(box, "link")), 0);
	assert_int_equal(stat(box_path(box, "real"), &before), 0);
	assert_int_equal(write_app(box, "link", &error), 0);
	check_app(box, "real");
	assert_int_equal(stat(box_path(box, "link"), &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_int_equal(after.st_mode & 0777, 0700);
	assert_int_equal(entries_in(box, "."), 2);
}

static void what_is_in_the_way_is_not_touched(void **state)
{
	struct box *box = *state;
	static const char *const targets[] = {"full", "file", "dangling", "file/below"};
	put(box, "full/mine", "mine");
	put(box, "file", "mine");
	assert_int_equal(symlink("nowhere", box_path(box, "dangling")), 0);
	for (size_t i = 0; i < ARRAY_LEN(targets); i++) {
		struct error error = {0};
		assert_int_equal(write_app(box, targets[i], &error), -1);
		assert_int_equal(error.kind, ERROR_CONFLICT);
		assert_true(error.why[0] && error.fix[0]);
	}
	assert_int_equal(entries_in(box, "."), 3);
	assert_int_equal(entries_in(box, "full"), 1);
	assert_string_equal(text_of(box, "full/mine"), "mine");
	assert_string_equal(text_of(box, "file"), "mine");
}

/* A limit on the size of files stands for the full disk: writing fails in the second file. */
static void write_with_small_files_only(struct box *box, const char *folder)
{
	struct error error = {0};
	struct rlimit before, small;
	char big[4096];
	memset(big, 'x', sizeof(big));
	const struct template_file files[] = {
		{"a", "a", 1}, {"b/big", big, sizeof(big)}, {"c", "c", 1}};
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = 1024;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	int failed = scaffold_write(box_path(box, folder), files, ARRAY_LEN(files), NULL, &error);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(failed, -1);
	assert_int_equal(error.kind, ERROR_SYSTEM);
	assert_non_null(strstr(error.message, "b/big"));
	assert_true(error.why[0]);
}

static void a_failure_half_way_leaves_nothing(void **state)
{
	struct box *box = *state;
	write_with_small_files_only(box, "my-app");
	assert_int_equal(entries_in(box, "."), 0);
	write_with_small_files_only(box, "new/parents/my-app");
	assert_int_equal(entries_in(box, "."), 0);
	assert_int_equal(mkdir(box_path(box, "empty"), 0755), 0);
	write_with_small_files_only(box, "empty");
	assert_int_equal(entries_in(box, "empty"), 0);
}

/* ---- what killed runs leave ---- */

static void leftovers_of_killed_runs_are_removed(void **state)
{
	struct box *box = *state;
	struct error error;
	put(box, ".attio-init-aaaaaa/app/src/half.ts", "h");
	assert_int_equal(mkdir(box_path(box, ".attio-init-bbbbbb"), 0700), 0);
	assert_int_equal(write_app(box, "a/my-app", &error), 0);
	check_app(box, "a/my-app");
	assert_int_equal(entries_in(box, "."), 1);
	/* In an existing folder as well, which counts as empty. */
	put(box, "empty/.attio-init-cccccc/app/half.ts", "h");
	assert_int_equal(write_app(box, "empty", &error), 0);
	check_app(box, "empty");
	/* One that had not begun to move anything into it. */
	put(box, "still/.attio-init-dddddd/moving/half.ts", "h");
	assert_int_equal(write_app(box, "still", &error), 0);
	check_app(box, "still");
	/* One that was killed after its app had arrived, beside the app. */
	assert_int_equal(mkdir(box_path(box, ".attio-init-eeeeee"), 0700), 0);
	assert_int_equal(write_app(box, "empty", &error), -1);
	check_app(box, "empty");
	assert_int_equal(access(box_path(box, ".attio-init-eeeeee"), F_OK), -1);
	/* What was moved into the folder around is that folder's matter. */
	put(box, ".attio-init-ffffff/moving/half.ts", "h");
	assert_int_equal(write_app(box, "other", &error), 0);
	assert_string_equal(text_of(box, ".attio-init-ffffff/moving/half.ts"), "h");
}

static void what_is_in_use_or_not_ours_is_no_leftover(void **state)
{
	struct box *box = *state;
	static const char *const kept[] = {
		".attio-init-aaaaaa/app/live.ts", /* locked below */
		".attio-init-notes/app/a.ts",
		".attio-init-bbbbbb/app/a.ts",
		".attio-init-bbbbbb/mine",
	};
	struct error error;
	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		put(box, kept[i], "k");
	put(box, "elsewhere/app/a.ts", "k");
	assert_int_equal(symlink("elsewhere", box_path(box, ".attio-init-cccccc")), 0);
	int fd = open(box_path(box, ".attio-init-aaaaaa"), O_RDONLY);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	assert_int_equal(write_app(box, "my-app", &error), 0);
	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		assert_string_equal(text_of(box, kept[i]), "k");
	assert_string_equal(text_of(box, "elsewhere/app/a.ts"), "k");
	assert_int_equal(close(fd), 0);
	assert_int_equal(write_app(box, "other", &error), 0);
	assert_int_equal(access(box_path(box, ".attio-init-aaaaaa"), F_OK), -1);
}

/* Killed between the renames into an existing folder: the rest follows, and what the user has put
 * there meanwhile stays. */
static void a_move_that_was_cut_is_finished(void **state)
{
	struct box *box = *state;
	struct error error = {0};
	put(box, "app/package.json", "{}");
	put(box, "app/README.md", "mine");
	put(box, "app/.attio-init-aaaaaa/moving/README.md", "theirs");
	put(box, "app/.attio-init-aaaaaa/moving/src/a.ts", "a");
	put(box, "app/.attio-init-aaaaaa/moving/.git/HEAD", "ref");
	assert_int_equal(write_app(box, "app", &error), -1);
	assert_int_equal(error.kind, ERROR_CONFLICT);
	assert_non_null(strstr(error.why, "complete now"));
	assert_string_equal(text_of(box, "app/README.md"), "mine");
	assert_string_equal(text_of(box, "app/src/a.ts"), "a");
	assert_string_equal(text_of(box, "app/.git/HEAD"), "ref");
	assert_int_equal(entries_in(box, "app"), 4);
	/* All had arrived: nothing to finish, and nothing that the message would be about. */
	assert_int_equal(mkdir(box_path(box, "app/.attio-init-bbbbbb"), 0700), 0);
	assert_int_equal(mkdir(box_path(box, "app/.attio-init-bbbbbb/moving"), 0700), 0);
	assert_int_equal(write_app(box, "app", &error), -1);
	assert_non_null(strstr(error.why, "not empty"));
	assert_int_equal(entries_in(box, "app"), 4);
}

static void add_repository(void *context, const char *built)
{
	struct box *box = context;
	struct error error;
	assert_string_equal(text_of(box, path_join(box->arena, built, "package.json")), "{}\n");
	const char *head = path_join(box->arena, built, ".git/HEAD");
	assert_int_equal(fs_make_dirs(path_dir(box->arena, head), &error), 0);
	assert_int_equal(fs_write_atomic(head, "ref", 3, 0644, &error), 0);
}

static void what_is_added_arrives_with_the_app(void **state)
{
	struct box *box = *state;
	static const char *const targets[] = {"new", "missing/parent/new", "empty"};
	struct scaffold_extra extra = {add_repository, box};
	struct error error;
	assert_int_equal(mkdir(box_path(box, "empty"), 0755), 0);
	for (size_t i = 0; i < ARRAY_LEN(targets); i++) {
		const char *target = box_path(box, targets[i]);
		assert_int_equal(
			scaffold_write(target, app_files, ARRAY_LEN(app_files), &extra, &error), 0);
		assert_string_equal(text_of(box, path_join(box->arena, target, ".git/HEAD")),
				    "ref");
		assert_int_equal(entries_in(box, targets[i]), 4);
	}
	assert_int_equal(entries_in(box, "."), 3);
}

static void a_parent_that_is_a_dead_link_is_in_the_way(void **state)
{
	struct box *box = *state;
	struct error error = {0};
	assert_int_equal(symlink("nowhere", box_path(box, "dead")), 0);
	assert_int_equal(write_app(box, "dead/below/my-app", &error), -1);
	assert_int_equal(error.kind, ERROR_CONFLICT);
	assert_non_null(strstr(error.why, "symbolic link"));
	assert_int_equal(entries_in(box, "."), 1);
}

static volatile sig_atomic_t interrupted;

static void note_interrupt(int number)
{
	(void)number;
	interrupted++;
}

static void signals_work_again_afterwards(void **state)
{
	struct box *box = *state;
	struct error error;
	signal(SIGINT, note_interrupt);
	assert_int_equal(write_app(box, "my-app", &error), 0);
	raise(SIGINT);
	signal(SIGINT, SIG_DFL);
	assert_int_equal(interrupted, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(slugs, box_set_up, box_tear_down),
		cmocka_unit_test(reasons_of_bad_slugs),
		cmocka_unit_test_setup_teardown(titles, box_set_up, box_tear_down),
		cmocka_unit_test_setup_teardown(templates_are_listed_and_found, box_set_up,
						box_tear_down),
		cmocka_unit_test_setup_teardown(damaged_templates_are_errors, box_set_up,
						box_tear_down),
		cmocka_unit_test_setup_teardown(placeholders_are_filled_in, box_set_up,
						box_tear_down),
		cmocka_unit_test_setup_teardown(shipped_templates_are_whole, box_set_up,
						box_tear_down),
		cmocka_unit_test_setup_teardown(a_new_folder_is_made, box_set_up, box_tear_down),
		cmocka_unit_test_setup_teardown(missing_parents_are_made, box_set_up,
						box_tear_down),
		cmocka_unit_test_setup_teardown(an_empty_folder_is_filled_and_stays_the_same_folder,
						box_set_up, box_tear_down),
		cmocka_unit_test_setup_teardown(what_is_in_the_way_is_not_touched, box_set_up,
						box_tear_down),
		cmocka_unit_test_setup_teardown(a_failure_half_way_leaves_nothing, box_set_up,
						box_tear_down),
		cmocka_unit_test_setup_teardown(leftovers_of_killed_runs_are_removed, box_set_up,
						box_tear_down),
		cmocka_unit_test_setup_teardown(what_is_in_use_or_not_ours_is_no_leftover,
						box_set_up, box_tear_down),
		cmocka_unit_test_setup_teardown(a_move_that_was_cut_is_finished, box_set_up,
						box_tear_down),
		cmocka_unit_test_setup_teardown(what_is_added_arrives_with_the_app, box_set_up,
						box_tear_down),
		cmocka_unit_test_setup_teardown(a_parent_that_is_a_dead_link_is_in_the_way,
						box_set_up, box_tear_down),
		cmocka_unit_test_setup_teardown(signals_work_again_afterwards, box_set_up,
						box_tear_down),
	};
	return cmocka_run_group_tests_name("scaffold", tests, NULL, NULL);
}
