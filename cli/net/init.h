/* attio init; its row is in cli/cmd_init.c. */
#ifndef ATTIO_CLI_NET_INIT_H
#define ATTIO_CLI_NET_INIT_H

#include <stdbool.h>

#include "cli/net/linking.h"

struct cli;

struct init_options {
	const char *dir; /* NULL only when app is given: use the slug as the folder's name */
	const char *template_name; /* never NULL: "lead-checker" by default */
	const char *app;           /* slug; NULL: made from the folder's name */
	bool no_git;
	bool link; /* to the app on Attio, once the files are there */
	struct linking_options linking;
};

/* `options`: struct init_options. Returns an exit code. */
int init_run(struct cli *cli, const void *options);

#endif
