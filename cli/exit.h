/* Exit codes: stable, documented by `attio help exit-codes` from the table in exit.c. */
#ifndef ATTIO_CLI_EXIT_H
#define ATTIO_CLI_EXIT_H

enum exit_code {
	EXIT_OK = 0,
	EXIT_FINDINGS = 1, /* the command worked and the answer is no */
	EXIT_USAGE = 2,
	EXIT_AUTH = 3,
	EXIT_NOT_FOUND = 4, /* or conflict */
	EXIT_SERVICE = 5,
	EXIT_NETWORK = 6,
	EXIT_NEEDS_INPUT = 7,
	EXIT_SYSTEM = 8, /* this machine: files, disk, ports, a missing or crashed engine */
	EXIT_INTERNAL = 70,
	EXIT_INTERRUPTED = 130, /* as a shell tells of SIGINT */
	EXIT_TERMINATED = 143   /* of SIGTERM */
};

/* Of what runs until it is ended: Ctrl-C is the usual end of it; other signals count as a shell
 * tells of them. `number` 0: none came. */
int exit_of_signal(int number);

struct exit_info {
	int code;
	const char *name; /* "usage" */
	const char *text; /* one line, capital first, no full stop */
};

/* All codes in rising order, with those that the shell makes of signals; ends with name NULL. */
extern const struct exit_info exit_infos[];

#endif
