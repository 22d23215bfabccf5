/* attio widget, page and tab show: what the commands take, and what runs them. */
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
};

int page_show_run(struct cli *cli, const void *options);
int tab_show_run(struct cli *cli, const void *options);
int widget_show_run(struct cli *cli, const void *options);

#endif
