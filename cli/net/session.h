/* A headless session with the app's client side, as `action run` and `widget show` have it: what
 * the user does, and what the user saw. */
#ifndef ATTIO_CLI_NET_SESSION_H
#define ATTIO_CLI_NET_SESSION_H

#include <cjson/cJSON.h>

struct cli;

/* What the user does, as the options say it. */
struct session_script {
	const char *member;       /* --as, or NULL */
	const char *const *steps; /* --step, ends with NULL; or NULL */
	const char *answer;       /* --answer, a file; or NULL */
	const char *confirm;      /* --confirm, or NULL */
};

/* The one record that --record names (ends with NULL, or NULL): NULL without one. EXIT_OK, or that
 * there are several was told. */
int session_record(struct cli *cli, const char *const *records, const char **record);
/* Adds `as`, `steps` and `answers` to a request. EXIT_OK, or the mistake was told. */
int session_add(struct cli *cli, const struct session_script *script, cJSON *body);

/* Prints what the user saw, frees the answer, and returns the exit code: EXIT_FINDINGS when the app
 * failed or a step could not be done, EXIT_NEEDS_INPUT with the option's name when a question had
 * no answer. */
int session_print(struct cli *cli, cJSON *answer);

#endif
