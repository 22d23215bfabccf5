/* What git tracks, on repositories made by the git program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "git/git.h"
#include "git_box.h"
#include "sys/fs.h"
#include "sys/path.h"

static int set_up(void **state)
{
	struct box *box = mem_zalloc(1, sizeof(*box));

	box_open(box);
	sh(box,
	   "mkdir -p plain repo/apps/one repo/apps/two; cd repo; git init -q -b main\n"
	   "for app in apps/one apps/two .; do echo A=1 >$app/.env; echo B=1 >$app/.env.local; "
	   "done; touch ../plain/.env");
	*state = box;
	return 0;
}

static int tear_down(void **state)
{
	box_close(*state);
	mem_free(*state);
	return 0;
}

/* The names that are tracked, of three, with a blank before each. */
static void expect(const struct box *box, const char *folder, const char *expected)
{
	static const char *const names[] = {".env", ".env.local", ".env.production", NULL};
	struct error error = {0};
	struct buf text = {0};
	const char *const *tracked;

	if (git_tracked_files(path_join(box->arena, box->root, folder), names, box->arena, &tracked,
			      &error) != 0)
		fail_msg("%s: %s", error.message, error.why);
	for (; *tracked != NULL; tracked++)
		buf_printf(&text, " %s", *tracked);
	assert_string_equal(buf_cstr(&text), expected);
	buf_dispose(&text);
}

static void index_of_the_repository(void **state)
{
	const struct box *box = *state;

	expect(box, "repo", "");
	sh(box, "cd repo; git add apps/one .env.local");
	expect(box, "repo", " .env.local");
	expect(box, "repo/apps/one", " .env .env.local");
	expect(box, "repo/apps/two", "");
	sh(box, "cd repo; git commit -qm one; rm apps/one/.env; git rm -q --cached .env.local");
	expect(box, "repo", "");
	expect(box, "repo/apps/one", " .env .env.local");
	sh(box, "cd repo; git update-index --index-version=4");
	expect(box, "repo/apps/one", " .env .env.local");
}

static void a_conflict_is_tracked(void **state)
{
	const struct box *box = *state;

	sh(box, "cd repo; git commit -qm zero --allow-empty; git checkout -qb a; echo 1 >.env\n"
		"git add .env; git commit -qm a; git checkout -q main; echo 2 >.env; git add .env\n"
		"git commit -qm b; ! git merge -q a >../log");
	expect(box, "repo", " .env");
}

static void other_repositories(void **state)
{
	const struct box *box = *state;

	sh(box, "cd repo; git add apps; git commit -qm one; git worktree add -q ../tree\n"
		"cd ..; git init -q outer; cd outer; git submodule --quiet add ../repo part\n"
		"rm part/.git/index 2>/dev/null || rm .git/modules/part/index");
	expect(box, "tree/apps/one", " .env .env.local");
	expect(box, "outer/part/apps/one", "");
	sh(box, "git -C outer/part reset -q");
	expect(box, "outer/part/apps/one", " .env .env.local");
}

static void nothing_is_tracked(void **state)
{
	const struct box *box = *state;

	expect(box, "plain", "");
	sh(box, "cd repo; echo apps >.gitignore; git add .; git init -q --bare ../bare");
	expect(box, "repo/apps/one", "");
	expect(box, "bare", "");
}

static void broken_repositories(void **state)
{
	const struct box *box = *state;
	static const char *const names[] = {".env", NULL};
	const char *const *tracked;
	struct error error = {0};

	sh(box, "cd repo; git add .; echo broken >.git/index");
	assert_int_equal(git_tracked_files(path_join(box->arena, box->root, "repo"), names,
					   box->arena, &tracked, &error),
			 -1);
	assert_int_equal(error.kind, ERROR_SYSTEM);
	assert_null(*tracked);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(index_of_the_repository), TEST(a_conflict_is_tracked),
		TEST(other_repositories),      TEST(nothing_is_tracked),
		TEST(broken_repositories),
	};

	return cmocka_run_group_tests_name("tracked", tests, NULL, NULL);
}
