/* `attio` starts in a millisecond or two because it does not load curl, git, SQLite and the HTTP
 * server. Commands that need them are run by attio-net, which has the same table and reads the same
 * words: the process is replaced, so signals, exit code and streams need no forwarding. Linked into
 * the light program only; cli/net/ defines the run functions that are defined here anew. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/error.h"
#include "cli/changes.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/project.h"
#include "sys/fs.h"
#include "sys/install.h"
#include "sys/path.h"

/* Does not return when all is well; else the exit code of the failure. */
static int handoff(struct cli *cli)
{
	struct error error;
	char *program;

	if (install_net_program(cli->arena, &program, &error) != 0)
		return cli_fail(cli, &error);
	cli_note(cli, "handing over to `%s`", program);
	/* attio-net meets the same -C in the words, and a relative one counts from the start. */
	if (cli->start_dir != -1 && fchdir(cli->start_dir) != 0) {
		error_system(&error, errno, "cannot go back to the folder attio was started in");
		return cli_fail(cli, &error);
	}
	fflush(cli->out);
	execv(program, cli->argv);
	int sys = errno;
	error_system(&error, sys, "cannot start `%s`", program);
	error.kind = ERROR_TOOL;
	error_fix(&error, "install attio again");
	return cli_fail(cli, &error);
}

int init_run(struct cli *cli, const void *options)
{
	(void)options;
	return handoff(cli);
}

int deploy_run(struct cli *cli, const void *options)
{
	(void)options;
	return handoff(cli);
}

int version_list_run(struct cli *cli, const void *options)
{
	(void)options;
	return handoff(cli);
}

int changes_find(struct cli *cli, const char *root, const char *since, struct git_changes *changes)
{
	(void)root;
	(void)since;
	(void)changes;
	return handoff(cli);
}

/* --- what git tracks ---------------------------------------------------------------------------
 */

/* A larger index is not searched (some 600000 files): git is asked. */
#define INDEX_LIMIT ((size_t)64 << 20)

/* Whether the bytes of `text` and a NUL are in `bytes`. */
static bool holds(const char *bytes, size_t len, const char *text)
{
	size_t want = strlen(text) + 1;
	const char *at = bytes, *end = bytes + len;

	while ((size_t)(end - at) >= want &&
	       (at = memchr(at, text[0], (size_t)(end - at) - want + 1)) != NULL) {
		if (memcmp(at, text, want) == 0)
			return true;
		at++;
	}
	return false;
}

/* Whether git may track the file: false only when its index cannot name it. An index of version 2
 * or 3 spells every path in full with a NUL behind it. Version 4 does not, and after the mark
 * `link` (the number behind it begins with a NUL) the paths are in another file. */
static bool may_be_tracked(struct cli *cli, const char *top, const char *path)
{
	const char *git = path_join(cli->arena, top, ".git");
	const char *index = path_join(cli->arena, git, "index");
	struct error ignored;
	char *bytes;
	size_t len;

	if (fs_type(git) == FS_NONE)
		return false; /* no repository */
	if (fs_type(git) != FS_DIR || cli_env(cli, "GIT_INDEX_FILE") != NULL)
		return true;
	if (fs_type(index) == FS_NONE)
		return false; /* nothing was ever added */
	if (fs_read(cli->arena, index, INDEX_LIMIT, &bytes, &len, &ignored) != 0 || len < 8 ||
	    bytes[7] < 2 || bytes[7] > 3)
		return true;
	return holds(bytes, len, path_relative(cli->arena, top, path)) || holds(bytes, len, "link");
}

/* libgit2 knows, and loading it takes longer than checking a small app: it is asked only where the
 * answer may be yes. */
int tracked_find(struct cli *cli, const char *root, const char *const **tracked)
{
	static const char *const none[] = {NULL};
	const char *top = project_repository(cli->arena, root);

	*tracked = none;
	for (const char *const *name = app_private_files; *name != NULL; name++) {
		const char *path = path_join(cli->arena, root, *name);

		if (fs_type(path) == FS_FILE && may_be_tracked(cli, top, path))
			return handoff(cli);
	}
	return EXIT_OK;
}
