/* Telling the platform of an app whose files are there: it is looked up by its slug, made when it
 * is not there, and its names are written into its files. `attio link` and `attio init --link`. */
#ifndef ATTIO_CLI_NET_LINKING_H
#define ATTIO_CLI_NET_LINKING_H

#include <stdbool.h>

struct cJSON;
struct cli;
struct error;

struct linking_options {
	const char *account; /* slug of the developer account; NULL: the only one, or a question */
	const char *title;   /* of an app that is made; NULL: from the slug, or a question */
	long timeout;        /* seconds for one request, never 0 */
	const char *cacert;  /* PEM file, or NULL */
	bool yes;            /* makes the app without a question */
};

/* What can be said before anything is done: ERROR_USAGE for a title that the platform refuses. */
int linking_check(const struct linking_options *options, struct error *error);

/* `root` is the app's folder. `document` (NULL without --json) gets the answer or the failure, is
 * printed and freed; the id goes to stdout otherwise. `again` is the command that goes on after a
 * failure. Returns an exit code; a failure was told. */
int linking_run(struct cli *cli, const struct linking_options *options, const char *root,
		const char *slug, const char *again, struct cJSON *document);

#endif
