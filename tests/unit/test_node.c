/* Which Node is taken: fakes that say a version, in folders of a search path. */
#include "sys/node.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "sys/fs.h"
#include "sys/loop.h"
#include "sys/path.h"

struct box {
	struct arena *arena;
	struct loop *loop;
	char *root;
};

static int setup(void **state)
{
	static struct box box;
	struct error error;

	box.arena = arena_new();
	box.loop = loop_open(&error);
	*state = &box;
	return box.loop == NULL ||
	       fs_make_temp_dir(box.arena, "/tmp/attio-node-", &box.root, &error) != 0;
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

/* A program that says `text`, and writes down that it was asked. */
static const char *fake(struct box *box, const char *folder, const char *text)
{
	struct error error;
	const char *dir = path_join(box->arena, box->root, folder);
	const char *path = path_join(box->arena, dir, "node");
	const char *script = arena_printf(
		box->arena, "#!/bin/sh\necho asked >>%s/asked\necho '%s'\n", dir, text);

	assert_int_equal(fs_make_dirs(dir, &error), 0);
	assert_int_equal(fs_write_atomic(path, script, strlen(script), 0755, &error), 0);
	assert_int_equal(chmod(path, 0755), 0);
	return path;
}

static const char *in(struct box *box, const char *name)
{
	return path_join(box->arena, box->root, name);
}

static size_t asked(struct box *box, const char *folder)
{
	char *text;
	size_t len;
	struct error error;
	const char *file = path_join(box->arena, in(box, folder), "asked");

	if (fs_read(box->arena, file, 4096, &text, &len, &error) != 0)
		return 0;
	return len / strlen("asked\n");
}

static void test_search(void **state)
{
	struct box *box = *state;
	struct node node;
	struct error error = {0};

	fake(box, "old", "v18.20.4");
	fake(box, "odd", "no version");
	const char *good = fake(box, "good", "v22.12.0");
	fake(box, "later", "v24.1.0");
	struct node_places places = {
		.search = arena_printf(box->arena, "rel::%s:%s:%s:%s:%s", in(box, "none"),
				       in(box, "old"), in(box, "odd"), in(box, "good"),
				       in(box, "later")),
		.cache = in(box, "cache"),
	};
	for (int i = 0; i < 2; i++) {
		assert_int_equal(node_find(box->arena, box->loop, &places, &node, &error), 0);
		assert_string_equal(node.path, good);
		assert_int_equal(node.major, 22);
		assert_int_equal(node.minor, 12);
	}
	/* The second time it was remembered; what says no version is asked again. */
	assert_int_equal(asked(box, "good"), 1);
	assert_int_equal(asked(box, "old"), 1);
	assert_int_equal(asked(box, "odd"), 2);
	assert_int_equal(asked(box, "later"), 0);
	/* Another program in its place is asked. */
	fake(box, "good", "v20.1.0 ");
	assert_int_equal(node_find(box->arena, box->loop, &places, &node, &error), 0);
	assert_int_equal(node.major, 20);
}

static void test_named(void **state)
{
	struct box *box = *state;
	struct node node;
	struct error error = {0};
	struct node_places places = {.named = fake(box, "named", "v19.9.0")};

	assert_int_equal(node_find(box->arena, box->loop, &places, &node, &error), -1);
	assert_int_equal(error.kind, ERROR_TOOL);
	assert_non_null(strstr(error.message, "`ATTIO_NODE`"));
	assert_non_null(strstr(error.why, "is Node 19"));
	places.named = in(box, "nothing");
	assert_int_equal(node_find(box->arena, box->loop, &places, &node, &error), -1);
	assert_non_null(strstr(error.why, "does not exist"));
	places.named = fake(box, "odd", "v22");
	assert_int_equal(node_find(box->arena, box->loop, &places, &node, &error), -1);
	assert_non_null(strstr(error.why, "says no version"));
	places.named = fake(box, "named", "v23.0.0");
	assert_int_equal(node_find(box->arena, box->loop, &places, &node, &error), 0);
	assert_int_equal(node.major, 23);
}

static void test_words(void **state)
{
	static const struct {
		int major, minor;
		const char *flag;
	} rows[] = {
		{20, 20, "--experimental-permission"},
		{22, 12, "--experimental-permission"},
		{22, 13, "--permission"},
		{23, 0, "--permission"},
		{24, 1, "--permission"},
	};
	struct box *box = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct node node = {"/n", rows[i].major, rows[i].minor};
		const char *const *words = node_host_words(box->arena, &node, "/h", "main.cjs",
							   i % 2 == 0 ? NULL : "/c/code");
		size_t last = 0;

		assert_string_equal(words[0], "/n");
		assert_string_equal(words[1], rows[i].flag);
		assert_string_equal(words[3], "--allow-fs-read=/h/");
		assert_string_equal(words[4], rows[i].major < 24 ? "--no-warnings"
								 : "--max-semi-space-size=1");
		while (words[last + 1] != NULL)
			last++;
		if (i % 2 != 0) {
			assert_string_equal(words[last--], "/c/code");
			assert_string_equal(words[last - 1], "--allow-fs-read=/c/code");
		}
		assert_string_equal(words[last], "/h/main.cjs");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_search, setup, teardown),
		cmocka_unit_test_setup_teardown(test_named, setup, teardown),
		cmocka_unit_test_setup_teardown(test_words, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
