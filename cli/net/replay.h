/* attio __replay: flow files for `attio test`. */
#ifndef ATTIO_CLI_NET_REPLAY_H
#define ATTIO_CLI_NET_REPLAY_H

struct cli;

struct replay_options {
	const char *run;          /* the folder of the run */
	const char *const *files; /* ends with NULL */
};

/* A line of JSON a file, as soon as it is known: {file, equal, diff, ms, error?}. The exit code is
 * EXIT_OK when all were replayed, whatever differs; else the last line is a document of failure. */
int replay_run(struct cli *cli, const void *options);

#endif
