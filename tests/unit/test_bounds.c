/* What lies inside of an app's repository, through links and past them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/path.h"

struct place {
	struct arena *arena;
	const char *top;
	struct bounds bounds;
};

static void put(const struct place *place, const char *name)
{
	const char *path = path_join(place->arena, place->top, name);
	struct error error;

	assert_int_equal(fs_make_dirs(path_dir(place->arena, path), &error), 0);
	assert_int_equal(fs_write_derived(path, "x", 1, &error), 0);
}

static void lead(const struct place *place, const char *name, const char *target)
{
	assert_int_equal(symlink(target, path_join(place->arena, place->top, name)), 0);
}

static void set_up(struct place *place, bool repository)
{
	struct error error;
	char *top;

	*place = (struct place){.arena = arena_new()};
	assert_int_equal(fs_make_temp_dir(place->arena, "/tmp/attio-bounds-", &top, &error), 0);
	place->top = fs_real_path(place->arena, top, &error);
	put(place, "repo/app/src/x.ts");
	put(place, "repo/app/node_modules/in/index.js");
	put(place, "repo/shared/y.ts");
	put(place, "out/z.ts");
	put(place, "out/.env");
	put(place, "package/package.json");
	put(place, "package/deep/index.js");
	put(place, "package/.npmrc");
	put(place, "store/node_modules/q/index.js");
	if (repository)
		put(place, "repo/.git");
	lead(place, "repo/app/src/shared", "../../shared");
	lead(place, "repo/app/src/out", "../../../out");
	lead(place, "repo/app/src/z.ts", "../../../out/z.ts");
	lead(place, "repo/app/src/self", "/proc/self/environ");
	lead(place, "repo/app/src/gone", "../../../out/not-there");
	lead(place, "repo/app/src/twice", "z.ts");
	lead(place, "repo/app/src/round", "round");
	lead(place, "repo/app/node_modules/linked", "../../../package");
	lead(place, "repo/app/node_modules/bare", "../../../out");
	lead(place, "repo/app/node_modules/q", "../../../store/node_modules/q");
	bounds_find(&place->bounds, place->arena, path_join(place->arena, place->top, "repo/app"));
}

static void tear_down(struct place *place)
{
	struct error error;

	bounds_dispose(&place->bounds);
	fs_remove_tree(place->top, &error);
	arena_free(place->arena);
}

static void test_reading(void **state)
{
	static const struct {
		const char *path;
		bool repository, alone; /* whether it may be read */
	} rows[] = {
		{"repo/app/src/x.ts", true, true},
		{"repo/app/src/new.ts", true, true},
		{"repo/app/src/shared/y.ts", true, false},
		{"repo/shared/y.ts", true, true}, /* without a repository: written out */
		{"repo/app/src/out/z.ts", false, false},
		{"repo/app/src/out", false, false},
		{"repo/app/src/z.ts", false, false},
		{"repo/app/src/self", false, false},
		{"repo/app/src/gone", false, false},
		{"repo/app/src/twice", false, false},
		{"repo/app/src/round", true, true}, /* leads nowhere */
		{"out/z.ts", false, true},
		{"/proc/self/environ", false, false},
		{"repo/app/node_modules/in/index.js", true, true},
		{"repo/app/node_modules/linked/deep/index.js", true, true},
		{"repo/app/node_modules/linked/.npmrc", false, false},
		{"repo/app/node_modules/q/index.js", true, true},
		{"repo/app/node_modules/bare/z.ts", false, false},
		{"repo/app/node_modules/bare/.env", false, false},
	};
	struct error error;
	struct place place;

	(void)state;
	for (int repository = 0; repository < 2; repository++) {
		set_up(&place, repository);
		assert_int_equal(place.bounds.repository, repository);
		for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
			const char *path = path_join(place.arena, place.top, rows[i].path);
			bool may = bounds_read(&place.bounds, path, &error) == 0;

			if (may != (repository ? rows[i].repository : rows[i].alone))
				fail_msg("%s (%d)", rows[i].path, repository);
			if (!may && error.why[0] == '\0')
				fail_msg("%s: no cause", rows[i].path);
		}
		tear_down(&place);
	}
}

static void test_writing(void **state)
{
	static const struct {
		const char *path;
		bool may;
	} rows[] = {
		{"repo/app/dist", true},
		{"repo/app/src/x.ts", true},
		{"repo/app/src/shared/new", true},
		{"repo/app/src/out/new", false},
		{"repo/app/src/z.ts", false},
		{"repo/app/src/gone", false},
		{"repo/app/node_modules/linked/index.js", false},
		{"elsewhere/named", true}, /* by the user */
	};
	struct error error;
	struct place place;

	(void)state;
	set_up(&place, true);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *path = path_join(place.arena, place.top, rows[i].path);

		if ((bounds_write(&place.bounds, path, &error) == 0) != rows[i].may ||
		    (bounds_may_write(place.bounds.folder, path, &error) == 0) != rows[i].may)
			fail_msg("%s", rows[i].path);
	}
	tear_down(&place);
}

/* The workspace is what its package.json or pnpm's file says. */
static void test_workspaces(void **state)
{
	struct error error;
	struct place place;
	const char *path;

	(void)state;
	set_up(&place, false);
	path = path_join(place.arena, place.top, "repo/package.json");
	assert_int_equal(fs_write_derived(path, "{\"workspaces\": [\"app\"]}", 23, &error), 0);
	bounds_dispose(&place.bounds);
	bounds_find(&place.bounds, place.arena, path_join(place.arena, place.top, "repo/app"));
	assert_true(place.bounds.repository);
	assert_string_equal(place.bounds.folder, path_join(place.arena, place.top, "repo"));
	tear_down(&place);
}

static void test_taking(void **state)
{
	struct place place;

	(void)state;
	set_up(&place, true);
	assert_true(
		bounds_takes(&place.bounds, path_join(place.arena, place.top, "repo/shared/y.ts")));
	assert_true(bounds_takes(&place.bounds,
				 path_join(place.arena, place.top, "package/deep/index.js")));
	assert_false(bounds_takes(&place.bounds, path_join(place.arena, place.top, "out/z.ts")));
	assert_false(
		bounds_takes(&place.bounds, path_join(place.arena, place.top, "package/.npmrc")));
	assert_false(bounds_takes(&place.bounds, "/proc/self/environ"));
	assert_true(bounds_hides(&place.bounds,
				 path_join(place.arena, place.top, "repo/app/src/z.ts")));
	assert_false(bounds_hides(&place.bounds,
				  path_join(place.arena, place.top, "package/deep/index.js")));
	tear_down(&place);
}

static void test_pattern(void **state)
{
	struct arena *arena = arena_new();
	struct bounds bounds = {.arena = arena, .folder = "/a\xc3\xa4", .repository = true};

	(void)state;
	assert_string_equal(
		bounds_outside(&bounds, arena),
		"^([^\\x{2f}]|\\x{2f}([^\\x{61}]|\\x{61}([^\\x{e4}]|\\x{e4}([^\\x{2f}]))"
		"))");
	bounds.repository = false;
	assert_string_equal(bounds_outside(&bounds, arena), "^/(proc|sys|dev)/");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reading),    cmocka_unit_test(test_writing),
		cmocka_unit_test(test_workspaces), cmocka_unit_test(test_taking),
		cmocka_unit_test(test_pattern),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
