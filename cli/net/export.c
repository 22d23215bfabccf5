#include "cli/net/export.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/error.h"
#include "cli/cli.h"
#include "platform/credential.h"
#include "sys/fs.h"
#include "sys/path.h"

/* What is there, which is a regular file, may go without being asked for. */
static bool may_go(struct cli *cli, const char *path, const struct stat *info)
{
	struct error ignored;
	char *text;
	size_t len;

	if (info->st_uid != geteuid())
		return false;
	if (info->st_size == 0)
		return true;
	return fs_read(cli->arena, path, CREDENTIAL_LIMIT, &text, &len, &ignored) == 0 &&
	       credential_is_one(text, len);
}

int export_check(struct cli *cli, const char *file, bool force, const char **path,
		 struct error *error)
{
	struct stat info;

	*path = path_join(cli->arena, cli->cwd, file);
	if (strcmp(file, "-") == 0) {
		error_set(error, ERROR_USAGE, "a credential is not written to standard output");
		return error_fix(error, "name a file: `attio login --export FILE`");
	}
	/* The link itself is looked at, and would be replaced: it is somebody's. */
	if (lstat(*path, &info) != 0)
		return errno == ENOENT ? 0
				       : error_system(error, errno, "cannot look at `%s`", *path);
	if (!S_ISREG(info.st_mode) && !(S_ISLNK(info.st_mode) && force)) {
		error_set(error, ERROR_USAGE, "`%s` is not a regular file", *path);
		error_why(error,
			  "a credential is written to a file of its own, never to a terminal");
		return error_fix(error, "name a new file");
	}
	if (force || may_go(cli, *path, &info))
		return 0;
	error_set(error, ERROR_USAGE, "`%s` exists and is not a credential of yours", *path);
	return error_fix(error, "name a new file, or replace this one with `--force`");
}

int export_write(const char *path, const struct credential *credential, struct error *error)
{
	struct buf line = {0};
	int result;

	credential_put(&line, credential);
	buf_putc(&line, '\n');
	result = fs_write_atomic(path, line.ptr, line.len, S_IRUSR | S_IWUSR, error);
	buf_dispose(&line);
	return result;
}
