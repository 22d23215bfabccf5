/* A temporary folder of a test's own, made by the set-up and removed by the tear-down of cmocka. */
#ifndef ATTIO_TESTS_TEMP_BOX_H
#define ATTIO_TESTS_TEMP_BOX_H

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "sys/fs.h"
#include "sys/path.h"

struct box {
	struct arena *arena;
	char *root; /* the real path, for code that resolves links */
};

static int box_set_up(void **state)
{
	struct box *box = mem_zalloc(1, sizeof(*box));
	struct error error;
	char *made;

	box->arena = arena_new();
	assert_int_equal(fs_make_temp_dir(box->arena, "/tmp/attio-test-", &made, &error), 0);
	box->root = fs_real_path(box->arena, made, &error);
	assert_non_null(box->root);
	*state = box;
	return 0;
}

static int box_tear_down(void **state)
{
	struct box *box = *state;
	struct error error;

	assert_int_equal(fs_remove_tree(box->root, &error), 0);
	arena_free(box->arena);
	mem_free(box);
	return 0;
}

/* The path in the box. */
static inline const char *box_path(const struct box *box, const char *path)
{
	return path_join(box->arena, box->root, path);
}

#endif
