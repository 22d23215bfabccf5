/* attio version list; its row is in cli/cmd_version_list.c. */
#ifndef ATTIO_CLI_NET_VERSION_LIST_H
#define ATTIO_CLI_NET_VERSION_LIST_H

struct cli;

/* `options`: struct versions_options. Returns an exit code. */
int version_list_run(struct cli *cli, const void *options);

#endif
