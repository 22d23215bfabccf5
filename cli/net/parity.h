/* attio dev --parity: how true the local platform is. */
#ifndef ATTIO_CLI_NET_PARITY_H
#define ATTIO_CLI_NET_PARITY_H

struct cli;

/* Prints the list, or under --json the platform's answer. Returns an exit code. */
int parity_tell(struct cli *cli, const char *state);

#endif
