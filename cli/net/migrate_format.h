/* The new texts of a migration, laid out by the app's prettier in the Node that is there. */
#ifndef ATTIO_CLI_NET_MIGRATE_FORMAT_H
#define ATTIO_CLI_NET_MIGRATE_FORMAT_H

struct cli;
struct migration;

/* What cannot be formatted stays as it is, with a warning: it is right all the same. */
void format_plan(struct cli *cli, const char *root, struct migration *plan);

#endif
