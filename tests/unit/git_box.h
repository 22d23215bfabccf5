/* A temporary folder that is also $HOME, for repositories made by the git program, because that is
 * what makes the repositories of our users. */
#ifndef ATTIO_TESTS_GIT_BOX_H
#define ATTIO_TESTS_GIT_BOX_H

#include <stdlib.h>

#include "base/arena.h"
#include "base/error.h"
#include "git/changes.h"
#include "sys/fs.h"
#include "sys/path.h"

struct box {
	struct arena *arena;
	const char *root; /* also $HOME */
	/* what was asked last */
	struct error error;
	struct git_changes changes;
};

/* Runs a shell script in the box. */
static void sh(const struct box *box, const char *script)
{
	const char *line = arena_printf(box->arena, "cd '%s' && set -e\n%s", box->root, script);

	if (system(line) != 0)
		fail_msg("failed: %s", script);
}

static void box_open(struct box *box)
{
	struct error error;
	char *made;

	box->arena = arena_new();
	assert_int_equal(fs_make_temp_dir(box->arena, "/tmp/attio-test-", &made, &error), 0);
	box->root = fs_real_path(box->arena, made, &error);
	assert_non_null(box->root);
	setenv("HOME", box->root, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("GIT_INDEX_FILE");
	unsetenv("GIT_DIR");
	sh(box, "git config --global user.name a; git config --global user.email a@b.c\n"
		"git config --global protocol.file.allow always");
}

static void box_close(struct box *box)
{
	struct error error;

	assert_int_equal(fs_remove_tree(box->root, &error), 0);
	arena_free(box->arena);
}

#endif
