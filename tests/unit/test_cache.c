/* Where what can be made again is kept, for an app and for what is of none. */
#include "sys/cache.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "temp_box.h"

#ifdef __APPLE__
#define OF_HOME "/home/u/Library/Caches/attio"
#else
#define OF_HOME "/home/u/.cache/attio"
#endif

/* NULL: there is no place. A relative one is seen from the app, and of the app. */
static void test_order(void **state)
{
	static const struct {
		struct cache_place place;
		const char *of_app, *of_user;
	} rows[] = {
		{{NULL, NULL, "/home/u"}, OF_HOME, OF_HOME},
		{{NULL, "/x", "/home/u"}, "/x/attio", "/x/attio"},
		{{NULL, "relative", "/home/u"}, OF_HOME, OF_HOME},
		{{"/n", "/x", "/home/u"}, "/n", "/n"},
		{{"n", "/x", "/home/u"}, "/app/n", "/x/attio"},
		{{"../n", NULL, "/home/u"}, "/n", OF_HOME},
		{{"n", NULL, NULL}, "/app/n", NULL},
		{{NULL, NULL, "relative"}, NULL, NULL},
		{{NULL, NULL, NULL}, NULL, NULL},
	};
	struct box *box = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *of_app = cache_folder(box->arena, "/app", &rows[i].place);
		const char *of_user = cache_user_folder(box->arena, &rows[i].place);

		if (rows[i].of_app == NULL)
			assert_null(of_app);
		else
			assert_string_equal(of_app, rows[i].of_app);
		if (rows[i].of_user == NULL)
			assert_null(of_user);
		else
			assert_string_equal(of_user, rows[i].of_user);
	}
}

static void test_of_packages(void **state)
{
	const struct cache_place place = {NULL, NULL, "/home/u"};
	struct box *box = *state;
	const char *modules = path_join(box->arena, box->root, "node_modules");
	struct error error;

	assert_int_equal(fs_make_dirs(modules, &error), 0);
	assert_string_equal(cache_folder(box->arena, box->root, &place),
			    path_join(box->arena, modules, ".cache/attio"));
	assert_string_equal(cache_user_folder(box->arena, &place), OF_HOME);
	/* Behind a link it is somebody else's, too. */
	assert_int_equal(rmdir(modules), 0);
	assert_int_equal(symlink("/tmp", modules), 0);
	assert_string_equal(cache_folder(box->arena, box->root, &place), OF_HOME);
}

static void test_file(void **state)
{
	struct box *box = *state;
	const char *a = cache_file_of(box->arena, "/c", "syntax-", "/a");

	assert_int_equal(strncmp(a, "/c/syntax-", strlen("/c/syntax-")), 0);
	assert_string_equal(a, cache_file_of(box->arena, "/c", "syntax-", "/a"));
	assert_string_not_equal(a, cache_file_of(box->arena, "/c", "syntax-", "/b"));
}

static void test_clear(void **state)
{
	static const char *const names[] = {"syntax-1", "types-app.record", "mine.txt", "syntax"};
	struct box *box = *state;
	struct error error = {0};
	size_t removed = 0;

	for (size_t i = 0; i < 4; i++)
		fs_write_cache(path_join(box->arena, box->root, names[i]), "x", 1);
	fs_write_cache(path_join(box->arena, box->root, "sizes/1"), "x", 1);
	assert_int_equal(cache_size(box->arena, box->root), 3);
	assert_int_equal(cache_clear(box->arena, box->root, &removed, &error), 0);
	assert_int_equal(cache_size(box->arena, box->root), 0);
	assert_int_equal(removed, 3);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(fs_type(path_join(box->arena, box->root, names[i])),
				 i < 2 ? FS_NONE : FS_FILE);
	assert_int_equal(
		cache_clear(box->arena, path_join(box->arena, box->root, "none"), &removed, &error),
		0);
	assert_int_equal(removed, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_order, box_set_up, box_tear_down),
		cmocka_unit_test_setup_teardown(test_of_packages, box_set_up, box_tear_down),
		cmocka_unit_test_setup_teardown(test_file, box_set_up, box_tear_down),
		cmocka_unit_test_setup_teardown(test_clear, box_set_up, box_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
