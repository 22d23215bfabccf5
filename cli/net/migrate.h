/* attio migrate folder-structure; its row is in cli/cmd_migrate.c. */
#ifndef ATTIO_CLI_NET_MIGRATE_H
#define ATTIO_CLI_NET_MIGRATE_H

#include <stdbool.h>

struct cli;

struct migrate_options {
	const char *path; /* NULL: the current folder */
	bool dry_run;
	bool yes;
};

/* `options`: struct migrate_options. Returns an exit code. */
int migrate_folder_structure_run(struct cli *cli, const void *options);

#endif
