/* The host's compiled code in the user's cache: made by a program (fakes here), used only when it
 * is whole, of this Node and these texts, and nobody else can have written it. */
#include "local/run/host_code.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "sys/fs.h"
#include "sys/loop.h"
#include "sys/node.h"
#include "sys/path.h"

enum { PATIENCE_MS = 20000 };

struct box {
	struct arena *arena;
	struct loop *loop;
	char *root;
	struct node node;
	const char *host, *cache;
};

static void put(struct box *box, const char *name, const char *text, unsigned mode)
{
	const char *path = path_join(box->arena, box->root, name);
	struct error error;

	assert_int_equal(fs_write_atomic(path, text, strlen(text), mode, &error), 0);
	assert_int_equal(chmod(path, mode), 0);
}

static int setup(void **state)
{
	static struct box box;
	struct error error;

	box.arena = arena_new();
	box.loop = loop_open(&error);
	*state = &box;
	if (box.loop == NULL ||
	    fs_make_temp_dir(box.arena, "/tmp/attio-code-", &box.root, &error) != 0)
		return -1;
	box.host = path_join(box.arena, box.root, "host");
	box.cache = path_join(box.arena, box.root, "cache/attio");
	assert_int_equal(fs_make_dirs(box.host, &error), 0);
	put(&box, "node", "#!/bin/sh\nprintf '{\"client\":4}\\ncode'\n", 0755);
	put(&box, "host/id", "1 2\n", 0644);
	box.node = (struct node){path_join(box.arena, box.root, "node"), 20, 1};
	return 0;
}

static int teardown(void **state)
{
	struct box *box = *state;
	struct error error;

	fs_remove_tree(box->root, &error);
	loop_close(box->loop);
	arena_free(box->arena);
	return 0;
}

static struct host_code find(struct box *box)
{
	struct host_code code;

	host_code_find(&code, box->arena, box->cache, &box->node, box->host);
	return code;
}

/* Makes it as a command does that waits for it, and gives where. */
static const char *make(struct box *box)
{
	const char *const words[] = {box->node.path, NULL};
	static struct host_code code; /* a child must not move */

	code = find(box);
	assert_non_null(code.file);
	assert_false(code.there);
	host_code_make(&code, box->loop, words, false);
	assert_true(code.making);
	host_code_finish(&code, PATIENCE_MS);
	assert_false(code.making);
	assert_true(code.there);
	return code.file;
}

static void test_made_and_found(void **state)
{
	struct box *box = *state;
	struct error error;
	struct stat info;
	char *text;
	size_t len;
	const char *file = make(box);

	assert_true(find(box).there);
	assert_int_equal(stat(file, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_int_equal(fs_read(box->arena, file, 1000, &text, &len, &error), 0);
	assert_non_null(strstr(text, "\n{\"client\":4}\ncode"));
}

static void test_taken_in_a_turn(void **state)
{
	const char *const words[] = {"/bin/sh", "-c", "printf '{}\\n'", NULL};
	struct box *box = *state;
	struct host_code code = find(box);

	host_code_make(&code, box->loop, words, false);
	while (code.making) {
		loop_turn(box->loop);
		host_code_take(&code);
	}
	assert_true(find(box).there);
}

static void test_of_something_else(void **state)
{
	struct box *box = *state;
	const char *path = box->node.path;

	make(box);
	box->node.minor++;
	assert_false(find(box).there);
	box->node.minor--;
	box->node.path = "/another/node";
	assert_false(find(box).there);
	box->node.path = path;
	put(box, "host/id", "1 3\n", 0644);
	assert_false(find(box).there);
	put(box, "host/id", "1 2\n", 0644);
	assert_true(find(box).there);
	put(box, "node", "#!/bin/sh\nexit 0 # another one\n", 0755);
	assert_false(find(box).there);
}

/* Each byte of the file counts, and so does its end. */
static void test_damaged(void **state)
{
	struct box *box = *state;
	struct error error;
	char *text;
	size_t len;
	const char *file = make(box);

	assert_int_equal(fs_read(box->arena, file, 1000, &text, &len, &error), 0);
	for (size_t i = 0; i < len; i++) {
		text[i] ^= 1;
		assert_int_equal(fs_write_atomic(file, text, len, 0600, &error), 0);
		assert_false(find(box).there);
		text[i] ^= 1;
		assert_int_equal(fs_write_atomic(file, text, i, 0600, &error), 0);
		assert_false(find(box).there);
	}
	assert_int_equal(fs_write_atomic(file, text, len, 0600, &error), 0);
	assert_true(find(box).there);
}

static void test_of_somebody_else(void **state)
{
	struct box *box = *state;
	const char *file = make(box);
	const char *aside = path_join(box->arena, box->root, "aside");
	const char *folder = path_join(box->arena, box->cache, "host");

	assert_int_equal(chmod(file, 0620), 0);
	assert_false(find(box).there);
	assert_int_equal(chmod(file, 0602), 0);
	assert_false(find(box).there);
	assert_int_equal(chmod(file, 0644), 0);
	assert_true(find(box).there);
	assert_int_equal(rename(file, aside), 0);
	assert_int_equal(symlink(aside, file), 0);
	assert_false(find(box).there);
	assert_int_equal(rename(aside, file), 0);
	assert_int_equal(chmod(folder, 0770), 0);
	assert_null(find(box).file);
	assert_int_equal(chmod(folder, 0700), 0);
	assert_true(find(box).there);
	if (geteuid() == 0) {
		assert_int_equal(chown(file, 12345, (gid_t)-1), 0);
		assert_false(find(box).there);
	}
}

/* It will fail the next time, too: then there is nothing to use, and it is not tried again. */
static void test_program_fails(void **state)
{
	struct box *box = *state;
	struct error error;
	char *text;
	size_t len;

	put(box, "node", "#!/bin/sh\necho half\nexit 3\n", 0755);
	assert_int_equal(fs_read(box->arena, make(box), 1000, &text, &len, &error), 0);
	assert_non_null(strstr(text, "\n{}\n"));
	assert_null(strstr(text, "half"));
	assert_true(find(box).there);
}

static void test_ended_before(void **state)
{
	const char *const words[] = {"/bin/sh", "-c", "exec sleep 1000", NULL};
	struct box *box = *state;
	struct host_code code = find(box);

	host_code_make(&code, box->loop, words, false);
	host_code_finish(&code, 1);
	assert_false(code.making);
	assert_false(find(box).there);
	host_code_make(&code, box->loop, words, false);
	host_code_dispose(&code);
	assert_false(find(box).there);
}

static void test_no_place(void **state)
{
	struct box *box = *state;
	struct host_code code;

	host_code_find(&code, box->arena, NULL, &box->node, box->host);
	assert_null(code.file);
	host_code_make(&code, box->loop, NULL, true);
	assert_false(code.making);
	put(box, "cache", "a file", 0644);
	assert_null(find(box).file);
	host_code_dispose(&code);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_made_and_found, setup, teardown),
		cmocka_unit_test_setup_teardown(test_taken_in_a_turn, setup, teardown),
		cmocka_unit_test_setup_teardown(test_of_something_else, setup, teardown),
		cmocka_unit_test_setup_teardown(test_damaged, setup, teardown),
		cmocka_unit_test_setup_teardown(test_of_somebody_else, setup, teardown),
		cmocka_unit_test_setup_teardown(test_program_fails, setup, teardown),
		cmocka_unit_test_setup_teardown(test_ended_before, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_place, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
