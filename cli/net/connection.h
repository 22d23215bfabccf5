/* attio connection ...: what the commands take, and what runs them. */
#ifndef ATTIO_CLI_NET_CONNECTION_H
#define ATTIO_CLI_NET_CONNECTION_H

#include <stdbool.h>

#include "cli/reach.h"

struct cli;

struct connection_add_options {
	struct reach reach;
	bool workspace;
	bool user;
	const char *member;
	const char *value_env;
	bool value_stdin;
	bool oauth;
	long expires_in;
	bool force;
	bool consent;
};

struct connection_expire_options {
	struct reach reach;
	const char *id;
};

struct connection_list_options {
	struct reach reach;
};

struct connection_rm_options {
	struct reach reach;
	const char *id;
	bool force;
};

int connection_add_run(struct cli *cli, const void *options);
int connection_expire_run(struct cli *cli, const void *options);
int connection_list_run(struct cli *cli, const void *options);
int connection_rm_run(struct cli *cli, const void *options);

#endif
