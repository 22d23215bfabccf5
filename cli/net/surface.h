/* attio ... show: what the commands take that render a part of the app, and what runs them. */
#ifndef ATTIO_CLI_NET_SURFACE_H
#define ATTIO_CLI_NET_SURFACE_H

#include <stdbool.h>

#include "cli/reach.h"

struct cli;

struct surface_show_options {
	struct reach reach;
	const char *id;
	const char *const *records;
	const char *member;
	const char *const *steps;
	const char *answer;
	const char *confirm;
	const char *config;
};

int widget_show_run(struct cli *cli, const void *options);
int block_show_run(struct cli *cli, const void *options);
int page_show_run(struct cli *cli, const void *options);
int settings_show_run(struct cli *cli, const void *options);
int tab_show_run(struct cli *cli, const void *options);

#endif
