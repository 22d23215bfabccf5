/* attio dev: the platform, Attio's alone, or what it has of the SDK. attio __platform: that of one
 * test, in a folder that is new. */
#include "base/arena.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/net/dev.h"
#include "cli/net/dev_pushed.h"
#include "cli/net/parity.h"
#include "sys/fs.h"
#include "sys/held.h"
#include "sys/path.h"

#define PREFIX "attio-test-"

int dev_run(struct cli *cli, const void *opaque)
{
	const struct dev_options *options = opaque;

	if (options->parity)
		return parity_tell(cli, options->state);
	return options->remote ? dev_pushed_serve(cli, options) : dev_serve(cli, options);
}

/* In that of a run, which outlives us and looks into it, or in the system's, where we sweep up what
 * killed ones left. */
static int make_folder(struct cli *cli, const char *run, struct held *held, const char **folder,
		       struct error *error)
{
	const char *base = cli_env(cli, "TMPDIR");
	char *path;

	if (run != NULL) {
		if (held_join(held, cli->arena, path_join(cli->arena, cli->cwd, run), error) != 0 ||
		    fs_make_temp_dir(cli->arena, path_join(cli->arena, held->path, PREFIX), &path,
				     error) != 0)
			return -1;
		*folder = path;
		return 0;
	}
	if (base == NULL || base[0] != '/')
		base = "/tmp";
	held_sweep(cli->arena, base, PREFIX, 0);
	if (held_make(held, cli->arena, path_join(cli->arena, base, PREFIX), error) != 0)
		return -1;
	*folder = held->path;
	return 0;
}

int dev_platform_run(struct cli *cli, const void *opaque)
{
	const struct dev_options *given = opaque;
	struct dev_options options = *given;
	struct held held = {NULL, -1, -1};
	struct cli told = *cli;
	struct error error = {0};
	int code;

	options.eager = true;
	told.json = true;
	if (make_folder(&told, given->state, &held, &options.state, &error) != 0)
		code = cli_fail(&told, &error);
	else
		code = dev_serve_own(&told, &options);
	if (given->state == NULL)
		held_remove(&held, 0);
	held_let_go(&held);
	return code;
}
