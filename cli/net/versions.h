/* What the commands about versions share: which app, which platform, its versions. */
#ifndef ATTIO_CLI_NET_VERSIONS_H
#define ATTIO_CLI_NET_VERSIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/net/target.h"
#include "platform/versions.h"

struct cJSON;
struct cli;
struct error;

struct versions_options {
	const char *path; /* NULL: the current folder */
	const char *app;  /* slug; NULL: as the app's own files say */
	bool local;
	long timeout;       /* seconds for one request, never 0 */
	const char *cacert; /* PEM file, or NULL */
};

struct versions {
	const char *root; /* of the app; absolute and real */
	const char *slug;
	const char *target_id; /* what kept versions call the platform */
	struct target target;
	struct platform_version *items; /* the newest first */
	size_t count;
};

/* Finds out which app it is and what its versions are called here; asks nobody. Only package.json
 * is read of the app: an answer must come also when its code is broken. */
int versions_find(struct versions *versions, struct cli *cli,
		  const struct versions_options *options, struct error *error);
/* Asks the platform for them. versions_close in all cases. */
int versions_ask(struct versions *versions, struct cli *cli, const struct versions_options *options,
		 struct error *error);
void versions_close(struct versions *versions);

/* "3.5". ERROR_USAGE: it is none. */
int versions_number(const char *text, long long *major, long long *minor, struct error *error);
/* The members that every document has of a version. */
void versions_add_json(struct cJSON *object, const struct platform_version *version);

#endif
