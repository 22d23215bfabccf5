/* attio dev: the platform, or what it has of the SDK. */
#include "cli/net/dev.h"
#include "cli/net/parity.h"

int dev_run(struct cli *cli, const void *opaque)
{
	const struct dev_options *options = opaque;

	return options->parity ? parity_tell(cli, options->state) : dev_serve(cli, options);
}
