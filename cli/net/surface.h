/* attio ... show, attio ... list: what the commands take that render or list parts of the app, and
 * what runs them. */
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

struct surface_list_options {
	struct reach reach;
	const char *const *records; /* at most one */
};

/* The surfaces whose kind ends with `kind`; `none` is said when there are none. */
int list_surfaces(struct cli *cli, const struct surface_list_options *options, const char *kind,
		  const char *none);

int widget_list_run(struct cli *cli, const void *options);
int page_list_run(struct cli *cli, const void *options);
int tab_list_run(struct cli *cli, const void *options);
int widget_show_run(struct cli *cli, const void *options);
int block_show_run(struct cli *cli, const void *options);
int page_show_run(struct cli *cli, const void *options);
int settings_show_run(struct cli *cli, const void *options);
int tab_show_run(struct cli *cli, const void *options);

#endif
