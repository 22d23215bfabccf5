/* attio deploy and attio version create; their rows are in cli/cmd_deploy.c. */
#ifndef ATTIO_CLI_NET_DEPLOY_H
#define ATTIO_CLI_NET_DEPLOY_H

#include <stdbool.h>

#include "cli/command.h"

struct cli;

struct deploy_options {
	const char *path; /* NULL: the current folder */
	const char *app;  /* slug; NULL: as the app's own files say */
	const char *tsc;  /* "shipped" or "app" */
	bool local;
	long port;          /* only with local; 0: any free one */
	long timeout;       /* seconds for one request, never 0 */
	const char *cacert; /* PEM file, or NULL */
	long major;         /* 0: the newest */
	bool allow_dirty;
	bool fresh;        /* --new */
	bool dry_run;      /* nothing is written, neither here nor there */
	const char *tag;   /* NULL: none; DEPLOY_OWN: "v" and the version; else its name */
	const char *plan;  /* NULL: none; DEPLOY_OWN: on stdout alone; else a file too */
	const char *apply; /* file of a plan, or NULL */
};

/* What --tag and --plan mean without a value. */
#define DEPLOY_OWN BARE_TOLD

/* `options`: struct deploy_options. Returns an exit code. */
int deploy_run(struct cli *cli, const void *options);

#endif
