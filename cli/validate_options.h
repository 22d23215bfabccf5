/* What `attio validate` is asked, and what of it does not go together. */
#ifndef ATTIO_CLI_VALIDATE_OPTIONS_H
#define ATTIO_CLI_VALIDATE_OPTIONS_H

#include <stdbool.h>

struct cli;
struct error;

#define BASELINE_FILE "attio-baseline.json" /* what --write-baseline without a file writes */

struct validate_options {
	const char *const *paths;   /* ends with NULL; NULL: the app of the current folder */
	const char *const *reports; /* "FORMAT=FILE", ends with NULL; NULL: none */
	const char *const *select;  /* codes joined by commas, ends with NULL; NULL: all */
	const char *const *ignore;  /* the same; NULL: none */
	const char *baseline;       /* file; NULL: none */
	const char *write_baseline; /* file, or BASELINE_FILE; NULL: do not */
	const char *fix;            /* "safe" or "unsafe"; NULL: do not */
	const char *stdin_filename; /* what standard input stands for; NULL: it is not read */
	const char *since;          /* a revision; NULL: not asked */
	long max_warnings;          /* only with has_max_warnings */
	bool has_max_warnings;
	bool staged;
	bool diff;
	bool watch;
};

bool validate_reads_stdin(const struct validate_options *options);
/* Whether only what some change caused is asked for. */
bool validate_asks_changes(const struct validate_options *options);
/* The file to record all findings in, NULL: none. With --baseline it is that one, written anew. */
const char *validate_new_baseline(const struct validate_options *o);
/* 0, or -1 with ERROR_USAGE. */
int validate_check_options(struct cli *cli, const struct validate_options *options,
			   struct error *error);

#endif
