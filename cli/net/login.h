/* attio login, logout and whoami; their rows are in cli/cmd_login.c. */
#ifndef ATTIO_CLI_NET_LOGIN_H
#define ATTIO_CLI_NET_LOGIN_H

#include <stdbool.h>

struct cli;

struct login_options {
	bool no_browser;
	bool token_stdin;
	const char *export_file; /* NULL: nothing is exported */
	bool force;              /* over any file */
	long timeout;            /* seconds to wait for the browser */
	const char *cacert;      /* PEM file, or NULL */
};

struct whoami_options {
	long timeout; /* seconds for one request, never 0 */
	const char *cacert;
};

struct logout_options {
	char none;
};

/* `options`: the structs above. Each returns an exit code. */
int login_run(struct cli *cli, const void *options);
int logout_run(struct cli *cli, const void *options);
int whoami_run(struct cli *cli, const void *options);

#endif
