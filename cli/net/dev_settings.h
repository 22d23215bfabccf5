/* The options of `attio dev` as the platform takes them. */
#ifndef ATTIO_CLI_NET_DEV_SETTINGS_H
#define ATTIO_CLI_NET_DEV_SETTINGS_H

#include "local/run/platform.h"

struct cli;
struct dev_options;
struct error;

/* Fills what the options and the app at `root` decide; memory is the cli's arena. Not: events, the
 * host. -1 with ERROR_USAGE. */
int dev_settings(struct cli *cli, const struct dev_options *options, const char *root,
		 struct platform_options *out, struct error *error);

#endif
