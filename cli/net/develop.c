/* attio dev: the platform, Attio's alone, or what it has of the SDK. */
#include "cli/cli.h"
#include "cli/net/dev.h"
#include "cli/net/dev_pushed.h"
#include "cli/net/parity.h"

int dev_run(struct cli *cli, const void *opaque)
{
	const struct dev_options *options = opaque;

	if (options->parity)
		return parity_tell(cli, options->state);
	return options->remote ? dev_pushed_serve(cli, options) : dev_serve(cli, options);
}

int dev_platform_run(struct cli *cli, const void *opaque)
{
	const struct dev_options *given = opaque;
	struct dev_options options = *given;
	struct cli told = *cli;

	options.eager = true;
	told.json = true;
	return dev_serve_own(&told, &options);
}
