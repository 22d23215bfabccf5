/* The light program's side of the commands that need git, the network or the local store: it
 * becomes attio-net, which has the same table and reads the same words. handoff.c defines the run
 * functions of those commands (commands.h); cli/net/ defines the real ones. */
#ifndef ATTIO_CLI_HANDOFF_H
#define ATTIO_CLI_HANDOFF_H

struct cli;

/* Does not return when all is well; else the exit code of the failure. */
int handoff(struct cli *cli);

#endif
