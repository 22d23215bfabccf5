/* git/state: which commit, what is not in it, and tags; on repositories made by the git program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "git/state.h"
#include "git_box.h"

static int set_up(void **state)
{
	struct box *box = mem_zalloc(1, sizeof(*box));

	box_open(box);
	sh(box, "mkdir -p plain repo/apps/one/src repo/other repo/kept; ln -s repo link; cd repo; "
		"git init -q -b main\n"
		"echo 1 >apps/one/src/a.ts; echo 2 >other/b; echo dist >.gitignore");
	*state = box;
	return 0;
}

static int tear_down(void **state)
{
	box_close(*state);
	mem_free(*state);
	return 0;
}

static struct git_state look(struct box *box, const char *folder)
{
	const char *const ours[] = {path_join(box->arena, box->root, "repo/plan.json"),
				    path_join(box->arena, box->root, "link/kept/plan.json"),
				    path_join(box->arena, box->root, "nowhere/plan.json"), NULL};
	struct git_state state;

	if (git_state_read(&state, box->arena, path_join(box->arena, box->root, folder), ours,
			   &box->error) != 0)
		fail_msg("%s: %s", box->error.message, box->error.why);
	return state;
}

static void test_no_repository(void **state)
{
	struct git_state found = look(*state, "plain");

	assert_false(found.repository);
	assert_int_equal(found.changed, 0);
	assert_null(found.commit);
}

static void test_each_kind_of_change(void **state)
{
	struct box *box = *state;
	static const struct {
		const char *script;
		size_t changed;
		const char *first;
	} rows[] = {
		{"git add -A; git commit -qm first", 0, NULL},
		{"mkdir dist; touch dist/x", 0, NULL},
		{"mkdir -p apps/one/.attio/local; touch apps/one/.attio/local/x apps/one/.attio/y",
		 0, NULL},
		{"touch plan.json kept/plan.json", 0, NULL},
		{"touch other/plan.json", 1, "other/plan.json"},
		{"rm other/plan.json; git add -A; git commit -qm plans; echo 1 >plan.json; rm "
		 "kept/plan.json",
		 0, NULL},
		{"git checkout -q .; echo 3 >other/b", 1, "other/b"},
		{"git add -A other", 1, "other/b"},
		{"git checkout -q HEAD other; touch new", 1, "new"},
		{"rm new apps/one/src/a.ts", 1, "apps/one/src/a.ts"},
		{"git checkout -q .; for i in 1 2 3 4 5 6 7; do touch z$i; done", 7, "z1"},
		{"rm z*; git mv other/b other/c", 2, "other/b"},
		{"git checkout -q -f HEAD; git checkout -q --detach", 0, NULL},
	};
	struct git_state found = look(box, "repo/apps/one");

	assert_true(found.repository);
	assert_null(found.commit);
	assert_true(found.changed > 0);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		sh(box, arena_printf(box->arena, "cd repo; %s", rows[i].script));
		found = look(box, "repo/apps/one");
		if (found.changed != rows[i].changed)
			fail_msg("%s: %zu changes, first %s", rows[i].script, found.changed,
				 found.names[0]);
		if (rows[i].first != NULL)
			assert_string_equal(found.names[0], rows[i].first);
		assert_int_equal(strlen(found.commit), 40);
		if (i + 1 < ARRAY_LEN(rows))
			assert_string_equal(found.branch, "main");
	}
	assert_null(found.branch);
}

static void test_tags(void **state)
{
	struct box *box = *state;
	static const char *const bad[] = {"", "-x", "a b", "a..b", "x.lock", "a~1"};
	const char *repo = path_join(box->arena, box->root, "repo");
	struct git_state found;

	sh(box, "cd repo; git add -A; git commit -qm first");
	found = look(box, "repo");
	assert_int_equal(git_tag_look(repo, "v1.0", &box->error), 0);
	assert_int_equal(git_tag_make(repo, "v1.0", found.commit, &box->error), 0);
	sh(box, "cd repo; test $(git rev-parse v1.0) = $(git rev-parse HEAD)");
	assert_int_equal(git_tag_look(repo, "v1.0", &box->error), -1);
	assert_int_equal(box->error.kind, ERROR_CONFLICT);
	assert_int_equal(git_tag_make(repo, "v1.0", found.commit, &box->error), -1);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		assert_int_equal(git_tag_look(repo, bad[i], &box->error), -1);
		assert_int_equal(box->error.kind, ERROR_USAGE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_no_repository, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_each_kind_of_change, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_tags, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
