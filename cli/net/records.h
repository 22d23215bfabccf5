/* attio records ...: what the commands take, and what runs them. */
#ifndef ATTIO_CLI_NET_RECORDS_H
#define ATTIO_CLI_NET_RECORDS_H

#include <stdbool.h>

#include "cli/reach.h"

struct cli;

struct records_create_options {
	struct reach reach;
	const char *object;
	const char *const *pairs;
	const char *values;
	const char *member;
};

struct records_delete_options {
	struct reach reach;
	const char *record;
	const char *member;
};

struct records_export_options {
	struct reach reach;
	const char *object;
	const char *out;
};

struct records_get_options {
	struct reach reach;
	const char *record;
};

struct records_import_options {
	struct reach reach;
	const char *object;
	const char *file;
	const char *match;
	const char *member;
};

struct records_list_options {
	struct reach reach;
	const char *object;
	const char *query;
	long limit;
	long offset;
};

struct records_set_options {
	struct reach reach;
	const char *record;
	const char *const *pairs;
	const char *values;
	bool overwrite;
	const char *member;
};

int records_create_run(struct cli *cli, const void *options);
int records_delete_run(struct cli *cli, const void *options);
int records_export_run(struct cli *cli, const void *options);
int records_get_run(struct cli *cli, const void *options);
int records_import_run(struct cli *cli, const void *options);
int records_list_run(struct cli *cli, const void *options);
int records_set_run(struct cli *cli, const void *options);

/* All records of an object, as `attio records import` takes them: an array, which the caller frees
 * also after a failure, which was told. */
struct cJSON;
struct client;
int records_all(struct cli *cli, struct client *client, const char *object, struct cJSON **all);

#endif
