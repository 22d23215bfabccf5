/* The client of the platform's control API: what `attio dev` that runs for this app serves, or,
 * when none does, a platform of our own that lives as long as the command. All that commands do to
 * the platform goes through here. */
#ifndef ATTIO_CLI_NET_CLIENT_H
#define ATTIO_CLI_NET_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

#include "cli/reach.h"

struct cli;
struct client;

enum client_need {
	CLIENT_STORE,  /* what the platform keeps */
	CLIENT_APP,    /* app code runs: a platform of our own builds the app first */
	CLIENT_RUNNING /* only makes sense with the `attio dev` that others use */
};

/* EXIT_OK, or the failure was told and its exit code is returned. */
int client_open(struct cli *cli, const struct reach *reach, enum client_need need,
		struct client **client);
/* Ends a platform of our own. NULL is fine. */
void client_close(struct client *client);

/* One call: `path` follows /__attio/api, `body` (NULL: none) is freed. EXIT_OK with an object that
 * the caller frees, or the platform's "no" was told and its exit code is returned. */
int client_call(struct client *client, const char *method, const char *path, cJSON *body,
		cJSON **answer);

/* The same, with the answer whatever its status is; `body` stays the caller's. */
int client_try(struct client *client, const char *method, const char *path, const cJSON *body,
	       long *status, cJSON **answer);
/* Tells the "no" of such an answer, which is freed; its exit code. */
int client_refuse(struct client *client, cJSON *answer, long status);

/* The address of the platform's page at a place (NULL: its first); *link (may be NULL) is what a
 * browser is sent to: page_link.h. Both live in the cli's arena. */
const char *client_page(struct client *client, const char *place, const char **link);

/* A question to the platform's REST API, as the app's own token may ask it: `path` begins with /v2.
 */
int client_ask_rest(struct client *client, const char *path, cJSON **answer);

/* The same as client_call in one: opens, calls once, closes. */
int client_once(struct cli *cli, const struct reach *reach, enum client_need need,
		const char *method, const char *path, cJSON *body, cJSON **answer);

/* Follows the platform's events until `sink` has had enough or the platform ends: each is an
 * object's text. EXIT_OK at the end, else the failure was told. */
typedef bool client_sink(void *context, const char *event, size_t len);
int client_follow(struct client *client, const char *path, client_sink *sink, void *context);

/* Prints the answer as the command's document, its members beside schema, ok and exit, and frees
 * it; nothing but that under --json. Returns `code`. */
int client_print_json(struct cli *cli, cJSON *answer, int code);
/* Moves the members of an answer that a document has not into it, and frees the answer. */
void client_add_members(cJSON *document, cJSON *answer);

#endif
