/* What the stateful pieces of the local platform share: the store, the time, and the facts of the
 * app and of this run that they answer with. Whoever opens the platform fills it. */
#ifndef ATTIO_LOCAL_RUN_PIECES_H
#define ATTIO_LOCAL_RUN_PIECES_H

#include <stddef.h>

#include <cjson/cJSON.h>

#include "local/clock.h"
#include "local/run/consent.h"
#include "local/store.h"

struct pieces {
	struct local_store *store; /* borrowed */
	const struct clock *clock; /* borrowed */
	char workspace_id[LOCAL_ID_SIZE];
	char *hooks_url; /* where hooks are reached, without a slash at the end */
	char *app_slug;  /* of the app that runs; also the key of connections */
	char *app_title; /* of it, for people */
	/* What the app registered last: {"key": {"type": "string" | "number" | "boolean"}}. NULL:
	 * nothing yet. */
	cJSON *settings_schema;
	struct consents consents; /* OAuth connections that wait for an answer */
	char **webhook_files;     /* names without suffix, ends with NULL. NULL: not known */
};

void pieces_dispose(struct pieces *pieces);
/* Copies what is given. */
void pieces_set_app(struct pieces *pieces, const char *slug, const char *title,
		    const char *hooks_url);
void pieces_set_webhook_files(struct pieces *pieces, const char *const *names, size_t count);
/* They are not known any more. */
void pieces_forget_webhook_files(struct pieces *pieces);
/* Takes `{"workspace": {...}}` as the app registers it; anything else is no settings. */
void pieces_set_schema(struct pieces *pieces, const cJSON *schema);

#endif
