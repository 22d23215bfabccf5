/* The way in and out of both programs, attio and attio-net. */
#ifndef ATTIO_CLI_DISPATCH_H
#define ATTIO_CLI_DISPATCH_H

struct check_git;
struct cli;
struct command;

/* How a command is run whose row has no run function, because that needs the libraries. */
struct net_run {
	const struct command *command;
	int (*run)(struct cli *cli, const void *options);
};

/* What only attio-net has. */
struct net {
	const struct net_run *runs; /* ends with command NULL */
	const struct check_git *git;
};

/* Reads the words, finds the command and runs it; returns the process's exit code. `net` is NULL in
 * attio: a run that needs what it holds is handed over to attio-net, once, before anything was
 * done. */
int dispatch(int argc, char **argv, const struct command *const *commands, const struct net *net);

#endif
