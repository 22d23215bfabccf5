/* attio kv ...: what the commands take, and what runs them. */
#ifndef ATTIO_CLI_NET_KV_H
#define ATTIO_CLI_NET_KV_H

#include <stdbool.h>

#include "cli/reach.h"

struct cli;

struct kv_delete_options {
	struct reach reach;
	const char *key;
};

struct kv_get_options {
	struct reach reach;
	const char *key;
};

struct kv_list_options {
	struct reach reach;
};

struct kv_put_options {
	struct reach reach;
	const char *key;
	const char *value;
	long ttl;
};

int kv_delete_run(struct cli *cli, const void *options);
int kv_get_run(struct cli *cli, const void *options);
int kv_list_run(struct cli *cli, const void *options);
int kv_put_run(struct cli *cli, const void *options);

#endif
