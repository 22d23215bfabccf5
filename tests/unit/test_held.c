/* Folders that processes hold: made, joined, left behind by killed ones, swept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/fs.h"
#include "sys/held.h"
#include "sys/path.h"
#include "temp_box.h"

static size_t entries_of(struct box *box)
{
	struct fs_entry *entries;
	struct error error;
	size_t count;

	assert_int_equal(fs_list(box->arena, box->root, &entries, &count, &error), 0);
	return count;
}

static void sweep(struct box *box, unsigned ms)
{
	held_sweep(box->arena, box->root, "run-", ms);
}

/* A process that makes a folder and lives until it is killed; *path gets the folder. */
static pid_t start_maker(struct box *box, const char **path)
{
	struct error error = {0};
	struct held held;
	char text[256] = "";
	int ends[2];
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		if (held_make(&held, box->arena, box_path(box, "run-"), &error) == 0 &&
		    write(ends[1], held.path, strlen(held.path)) > 0)
			for (;;)
				pause();
		_exit(1);
	}
	assert_true(pid > 0);
	assert_true(read(ends[0], text, sizeof(text) - 1) > 0);
	close(ends[0]);
	close(ends[1]);
	*path = arena_strdup(box->arena, text);
	return pid;
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void test_lives_as_long_as_it_is_held(void **state)
{
	struct box *box = *state;
	struct error error;
	struct held held;

	assert_int_equal(held_make(&held, box->arena, box_path(box, "run-"), &error), 0);
	assert_true(str_starts(held.path, box_path(box, "run-")));
	sweep(box, 0);
	assert_int_equal(fs_type(held.path), FS_DIR);
	held_remove(&held, 0);
	assert_null(held.path);
	assert_int_equal(entries_of(box), 0);
	held_remove(&held, 0);
	held_let_go(&held);
}

static void test_what_a_killed_maker_left_is_swept(void **state)
{
	struct box *box = *state;
	const char *path;
	pid_t pid = start_maker(box, &path);

	sweep(box, 0);
	assert_int_equal(fs_type(path), FS_DIR);
	end(pid);
	sweep(box, 0);
	assert_int_equal(fs_type(path), FS_NONE);
}

static void test_who_joined_keeps_it_when_the_maker_is_gone(void **state)
{
	struct box *box = *state;
	struct error error;
	struct held held;
	const char *path;
	pid_t pid = start_maker(box, &path);

	assert_int_equal(held_join(&held, box->arena, path, &error), 0);
	end(pid);
	sweep(box, 30);
	assert_int_equal(fs_type(path), FS_DIR);
	held_let_go(&held);
	sweep(box, 0);
	assert_int_equal(fs_type(path), FS_NONE);
	assert_int_equal(held_join(&held, box->arena, path, &error), -1);
	assert_int_equal(error.kind, ERROR_NOT_FOUND);
	assert_null(held.path);
}

static void test_nobody_joins_who_is_alone(void **state)
{
	struct box *box = *state;
	struct held held, other;
	struct error error;

	assert_int_equal(held_make(&held, box->arena, box_path(box, "run-"), &error), 0);
	assert_int_equal(held_join(&other, box->arena, held.path, &error), 0);
	assert_false(held_alone(&held, 30));
	held_remove(&held, 0);
	assert_int_equal(entries_of(box), 1);
	held_let_go(&other);
	sweep(box, 0);
	assert_int_equal(entries_of(box), 0);
}

static void test_waits_for_who_is_ending(void **state)
{
	struct box *box = *state;
	struct error error = {0};
	struct held held;
	const char *path;
	pid_t pid = start_maker(box, &path), joined;
	int ends[2];
	char byte;

	assert_int_equal(pipe(ends), 0);
	joined = fork();
	if (joined == 0) {
		int result = held_join(&held, box->arena, path, &error);

		if (write(ends[1], "x", 1) == 1)
			usleep(50000);
		_exit(result != 0);
	}
	assert_int_equal(read(ends[0], &byte, 1), 1);
	end(pid);
	sweep(box, 30000);
	assert_int_equal(fs_type(path), FS_NONE);
	assert_int_equal(waitpid(joined, NULL, 0), joined);
	close(ends[0]);
	close(ends[1]);
}

/* Other names, files and links are not ours. */
static void test_leaves_everything_else(void **state)
{
	struct box *box = *state;
	static const char *const names[] = {"run-", "run-abc", "run-abcdefg", "other-abcdef"};
	struct error error;

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		assert_int_equal(fs_make_dirs(path_join(box->arena, box->root, names[i]), &error),
				 0);
	assert_int_equal(fs_write_atomic(path_join(box->arena, box->root, "run-abcdef"), "x", 1,
					 0600, &error),
			 0);
	assert_int_equal(symlink("other-abcdef", path_join(box->arena, box->root, "run-fedcba")),
			 0);
	sweep(box, 0);
	assert_int_equal(entries_of(box), ARRAY_LEN(names) + 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_lives_as_long_as_it_is_held, box_set_up,
						box_tear_down),
		cmocka_unit_test_setup_teardown(test_what_a_killed_maker_left_is_swept, box_set_up,
						box_tear_down),
		cmocka_unit_test_setup_teardown(test_who_joined_keeps_it_when_the_maker_is_gone,
						box_set_up, box_tear_down),
		cmocka_unit_test_setup_teardown(test_nobody_joins_who_is_alone, box_set_up,
						box_tear_down),
		cmocka_unit_test_setup_teardown(test_waits_for_who_is_ending, box_set_up,
						box_tear_down),
		cmocka_unit_test_setup_teardown(test_leaves_everything_else, box_set_up,
						box_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
