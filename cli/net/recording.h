/* attio recording ...: what the commands take, and what runs them. */
#ifndef ATTIO_CLI_NET_RECORDING_H
#define ATTIO_CLI_NET_RECORDING_H

#include "cli/reach.h"

struct cli;

struct recording_list_options {
	struct reach reach;
};

struct recording_export_options {
	struct reach reach;
	const char *out;
};

struct recording_import_options {
	struct reach reach;
	const char *file;
};

int recording_list_run(struct cli *cli, const void *options);
int recording_export_run(struct cli *cli, const void *options);
int recording_import_run(struct cli *cli, const void *options);

#endif
