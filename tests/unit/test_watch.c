/* Waiting for changes of files, asked for. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app_folder.h"
#include "base/error.h"
#include "base/mem.h"
#include "sys/loop.h"
#include "sys/watch.h"

struct world {
	struct app_folder folder;
	struct loop *loop;
	struct watch *watch;
	struct watch_list list;
	const char *trees[2], *folders[2], *names[3];
};

static bool is_skipped(const char *name)
{
	return strcmp(name, "skipped") == 0;
}

static int set_up(void **state)
{
	static const struct watch_options options = {.skip = is_skipped, .quiet_ms = 5};
	struct world *world = mem_zalloc(1, sizeof(*world));
	struct error error = {0};

	folder_init(&world->folder);
	folder_write(&world->folder, "src/deep/a.ts", "");
	folder_write(&world->folder, "src/skipped/b.ts", "");
	folder_write(&world->folder, "package.json", "");
	world->loop = loop_open(&error);
	assert_non_null(world->loop);
	assert_int_equal(loop_catch_end(world->loop, &error), 0);
	world->watch = watch_open(world->loop, &options);
	world->trees[0] = path_join(world->folder.arena, world->folder.root, "src");
	world->folders[0] = world->folder.root;
	world->names[0] = "package.json";
	world->list = (struct watch_list){
		.trees = world->trees, .folders = world->folders, .names = world->names};
	*state = world;
	return 0;
}

static int tear_down(void **state)
{
	struct world *world = *state;

	watch_close(world->watch);
	loop_close(world->loop);
	folder_dispose(&world->folder);
	mem_free(world);
	return 0;
}

static void expect(struct world *world, int news)
{
	struct error error = {0};
	int got = watch_next(world->watch, &world->list, &error);

	if (got < 0)
		fail_msg("%s: %s", error.message, error.why);
	assert_int_equal(got, news);
}

/* What was written does not count: the signal is what is told next. */
static void expect_nothing(struct world *world)
{
	struct loop_timer timer;

	loop_timer_attach(&timer, world->loop);
	loop_timer_start(&timer, 100);
	while (!timer.over)
		loop_turn(world->loop);
	loop_timer_detach(&timer);
	raise(SIGINT);
	expect(world, 0);
}

static void changes_are_told(void **state)
{
	static const char *const paths[] = {"src/a.ts", "src/deep/a.ts", "package.json",
					    "src/new/deep/c.ts", "src/new/deep/c.ts"};
	struct world *world = *state;

	expect(world, 1);
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		folder_write(&world->folder, paths[i], "changed");
		expect(world, 1);
	}
	expect_nothing(world);
}

static void the_rest_is_not_told(void **state)
{
	static const char *const paths[] = {"README.md", "src/.hidden", "src/a.ts~",
					    "src/skipped/b.ts", "other/package.json"};
	struct world *world = *state;

	folder_write(&world->folder, "other/x", "");
	expect(world, 1);
	for (size_t i = 0; i < ARRAY_LEN(paths); i++)
		folder_write(&world->folder, paths[i], "changed");
	expect_nothing(world);
}

/* Between two calls, in turns for somebody else; judged by the list of the next call. */
static void changes_meanwhile_are_told(void **state)
{
	static const char *const paths[] = {"src/deep/a.ts", "learned.json"};
	struct world *world = *state;

	expect(world, 1);
	world->names[1] = "learned.json";
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		struct loop_timer timer;

		folder_write(&world->folder, paths[i], "changed");
		loop_timer_attach(&timer, world->loop);
		loop_timer_start(&timer, 100);
		while (!timer.over)
			loop_turn(world->loop);
		loop_timer_detach(&timer);
		expect(world, 1);
	}
	expect_nothing(world);
}

/* Thousands of names that nobody asked for take no memory and hide nothing. */
static void many_names_are_one_change(void **state)
{
	struct world *world = *state;

	expect(world, 1);
	for (int i = 0; i < 2000; i++) {
		char name[32];

		snprintf(name, sizeof(name), "some-file-%d", i);
		folder_write(&world->folder, name, "");
	}
	for (int i = 0; i < 5; i++)
		loop_look(world->loop);
	expect(world, 1);
	expect_nothing(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(changes_are_told, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_rest_is_not_told, set_up, tear_down),
		cmocka_unit_test_setup_teardown(changes_meanwhile_are_told, set_up, tear_down),
		cmocka_unit_test_setup_teardown(many_names_are_one_change, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
