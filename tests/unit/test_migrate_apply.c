/* migrate/apply: all or nothing, and what is left of a killed run. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "migrate/apply.h"
#include "migrate/migrate.h"
#include "sys/fs.h"
#include "sys/path.h"

struct world {
	struct arena *arena;
	char *root;
	struct error error;
};

static void put(struct world *world, const char *name, const char *text)
{
	const char *path = path_join(world->arena, world->root, name);

	assert_int_equal(fs_make_dirs(path_dir(world->arena, path), &world->error), 0);
	assert_int_equal(fs_write_atomic(path, text, strlen(text), 0640, &world->error), 0);
}

static void expect(struct world *world, const char *name, const char *text)
{
	const char *path = path_join(world->arena, world->root, name);
	char *found;
	size_t len;

	if (text == NULL) {
		assert_int_equal(fs_type(path), FS_NONE);
		return;
	}
	assert_int_equal(fs_read(world->arena, path, 1 << 20, &found, &len, &world->error), 0);
	assert_string_equal(found, text);
}

static int start(void **state)
{
	struct world *world;
	struct arena *arena = arena_new();

	world = arena_alloc(arena, sizeof(*world));
	world->arena = arena;
	assert_int_equal(fs_make_temp_dir(arena, "/tmp/attio-apply-", &world->root, &world->error),
			 0);
	put(world, "src/app.ts", "app");
	put(world, "src/one.ts", "one");
	put(world, "src/use.ts", "use");
	put(world, "src/events/e.event.ts", "event");
	*state = world;
	return 0;
}

static int stop(void **state)
{
	struct world *world = *state;

	fs_remove_tree(world->root, &world->error);
	arena_free(world->arena);
	return 0;
}

static struct migrate_file files[] = {
	{"src/one.ts", "src/app/extensions/one/extension.tsx", "ONE", 3, true},
	{"src/events/e.event.ts", "src/app/events/e.event.ts", NULL, 0, false},
	{"src/use.ts", "src/use.ts", "USE", 3, true},
	{"src/app.ts", NULL, NULL, 0, false},
};
static const struct migration plan = {.files = files, .file_count = 4};

static void expect_before(struct world *world)
{
	expect(world, "src/app.ts", "app");
	expect(world, "src/one.ts", "one");
	expect(world, "src/use.ts", "use");
	expect(world, "src/events/e.event.ts", "event");
	expect(world, "src/app/extensions", NULL);
	expect(world, ".attio", NULL);
}

static void expect_after(struct world *world)
{
	expect(world, "src/app.ts", NULL);
	expect(world, "src/one.ts", NULL);
	expect(world, "src/events", NULL);
	expect(world, "src/use.ts", "USE");
	expect(world, "src/app/extensions/one/extension.tsx", "ONE");
	expect(world, "src/app/events/e.event.ts", "event");
	expect(world, ".attio", NULL);
}

static void test_applied(void **state)
{
	struct world *world = *state;

	assert_int_equal(migrate_apply(&plan, world->arena, world->root, &world->error), 0);
	expect_after(world);
}

/* The last step but one cannot be made: those before it are taken back. */
static void test_taken_back(void **state)
{
	struct world *world = *state;

	put(world, "src/app/events", "a file in the way of a folder");
	assert_int_equal(migrate_apply(&plan, world->arena, world->root, &world->error), -1);
	expect(world, "src/app/events", "a file in the way of a folder");
	unlink(path_join(world->arena, world->root, "src/app/events"));
	expect_before(world);
}

static void test_in_the_way(void **state)
{
	struct world *world = *state;

	put(world, "src/app/events/e.event.ts", "mine");
	assert_int_equal(migrate_apply(&plan, world->arena, world->root, &world->error), -1);
	assert_int_equal(world->error.kind, ERROR_CONFLICT);
	expect(world, "src/app/events/e.event.ts", "mine");
	expect_before(world);
}

/* A kill after each number of steps: what had arrived is gone from the private folder. */
static void test_resumed(void **state)
{
	struct world *world = *state;
	static const char list[] =
		"src/one.ts\tsrc/app/extensions/one/extension.tsx\n"
		"src/events/e.event.ts\tsrc/app/events/e.event.ts\nsrc/use.ts\tsrc/use.ts\n"
		"src/app.ts\t\n";
	enum migrate_rest rest;

	for (int made = 0; made <= 4; made++) {
		put(world, "src/app.ts", "app");
		put(world, "src/one.ts", "one");
		put(world, "src/use.ts", "use");
		put(world, "src/events/e.event.ts", "event");
		put(world, ".attio/migrate/steps", list);
		put(world,
		    made > 0 ? "src/app/extensions/one/extension.tsx" : ".attio/migrate/new-0",
		    "ONE");
		put(world, made > 1 ? "src/app/events/e.event.ts" : ".attio/migrate/new-1",
		    "event");
		put(world, made > 2 ? "src/use.ts" : ".attio/migrate/new-2", "USE");
		assert_int_equal(migrate_resume(world->arena, world->root, &rest, &world->error),
				 0);
		assert_int_equal(rest, MIGRATE_COMPLETED);
		expect_after(world);
	}
	assert_int_equal(migrate_resume(world->arena, world->root, &rest, &world->error), 0);
	assert_int_equal(rest, MIGRATE_NONE);
}

static void test_not_begun(void **state)
{
	struct world *world = *state;
	enum migrate_rest rest;

	put(world, ".attio/migrate/new-0", "half");
	assert_int_equal(migrate_resume(world->arena, world->root, &rest, &world->error), 0);
	assert_int_equal(rest, MIGRATE_DROPPED);
	expect_before(world);
}

static void test_busy(void **state)
{
	struct world *world = *state;
	enum migrate_rest rest;
	int fd;

	put(world, ".attio/migrate/new-0", "half");
	fd = open(path_join(world->arena, world->root, ".attio/migrate"), O_RDONLY | O_DIRECTORY);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	assert_int_equal(migrate_resume(world->arena, world->root, &rest, &world->error), 0);
	assert_int_equal(rest, MIGRATE_BUSY);
	assert_int_equal(migrate_apply(&plan, world->arena, world->root, &world->error), -1);
	assert_int_equal(world->error.kind, ERROR_CONFLICT);
	close(fd);
}

/* A list from a clone leads nowhere but into src. */
static void test_foreign_steps(void **state)
{
	static const char *const lists[] = {"../x\tsrc/y\n",    "src/one.ts\t/etc/passwd\n",
					    "src/../../x\t\n",  "src/one.ts\tsrc/../../y\n",
					    "package.json\t\n", "src/one.ts\n"};
	struct world *world = *state;
	enum migrate_rest rest;

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		put(world, ".attio/migrate/steps", lists[i]);
		assert_int_equal(migrate_resume(world->arena, world->root, &rest, &world->error),
				 -1);
		expect(world, "src/one.ts", "one");
	}
}

/* Nor does a link in src. */
static void test_foreign_links(void **state)
{
	struct world *world = *state;
	const char *outside = arena_printf(world->arena, "%s-outside", world->root);
	enum migrate_rest rest;

	assert_int_equal(fs_make_dirs(outside, &world->error), 0);
	assert_int_equal(symlink(outside, path_join(world->arena, world->root, "src/link")), 0);
	put(world, ".attio/migrate/steps", "src/one.ts\tsrc/link/profile\n");
	put(world, ".attio/migrate/new-0", "evil");
	assert_int_equal(migrate_resume(world->arena, world->root, &rest, &world->error), -1);
	expect(world, "src/one.ts", "one");
	assert_int_equal(fs_type(path_join(world->arena, outside, "profile")), FS_NONE);
	fs_remove_tree(outside, &world->error);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_applied, start, stop),
		cmocka_unit_test_setup_teardown(test_taken_back, start, stop),
		cmocka_unit_test_setup_teardown(test_in_the_way, start, stop),
		cmocka_unit_test_setup_teardown(test_resumed, start, stop),
		cmocka_unit_test_setup_teardown(test_not_begun, start, stop),
		cmocka_unit_test_setup_teardown(test_busy, start, stop),
		cmocka_unit_test_setup_teardown(test_foreign_steps, start, stop),
		cmocka_unit_test_setup_teardown(test_foreign_links, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
