/* Becoming attio-net. */
#ifndef ATTIO_CLI_HANDOFF_H
#define ATTIO_CLI_HANDOFF_H

struct cli;

/* Replaces the process by attio-net with the same words, so signals, exit code and streams need no
 * forwarding. Does not return when all is well; else the failure was told and its exit code is
 * returned. */
int handoff(struct cli *cli);

#endif
