/* attio dev, and the platform that another command starts for itself: what they take, and what runs
 * them. */
#ifndef ATTIO_CLI_NET_DEV_H
#define ATTIO_CLI_NET_DEV_H

#include <stdbool.h>

struct cli;

struct dev_options {
	const char *path; /* NULL: the current folder */
	long port;
	bool port_given;
	const char *state;
	const char *net;
	const char *const *routes;
	const char *chaos;
	const char *now;
	const char *public_url;
	const char *const *limits;
	const char *globals;
	const char *bundles; /* a folder; NULL: our own */
	const char *cacert;  /* PEM file, or NULL */
	bool no_check;
	bool no_build; /* run what is pushed to the developer API */
	bool parity;
	bool open; /* the page, in the browser */
	/* Attio's side */
	const char *workspace; /* slug of one to push to; NULL: none, unless `remote` */
	const char *app;       /* slug; NULL: the name in package.json */
	long timeout;          /* seconds for one request */
	bool remote;           /* nothing runs on this machine */
	/* of the platform of another command */
	bool own;   /* it ends with its standard input, and tells its starter the secret */
	bool eager; /* app code will run */
};

int dev_run(struct cli *cli, const void *options);
/* attio __platform: the same for a test, which gets JSON lines and ends it by closing its input.
 * `state` is the folder in which it makes its own: a run of `attio test`; or NULL. */
int dev_platform_run(struct cli *cli, const void *options);
/* The platform until it is ended: an exit code. */
int dev_serve(struct cli *cli, const struct dev_options *options);
/* The same for another command. */
int dev_serve_own(struct cli *cli, const struct dev_options *options);

#endif
