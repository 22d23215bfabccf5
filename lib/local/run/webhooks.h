/* Webhook handlers of the app: addresses that are given out, each leading to a file of `webhooks/`.
 * They stay until the app or somebody else deletes them. */
#ifndef ATTIO_LOCAL_RUN_WEBHOOKS_H
#define ATTIO_LOCAL_RUN_WEBHOOKS_H

#include <stdbool.h>

#include "json/slice.h"

struct arena;
struct buf;
struct error;
struct pieces;

/* As app code asks. A handler is {id, url, fileName, externalWebhookId: text or null}; several of
 * one file are fine. {fileName} -> handler, ERROR_NOT_FOUND when the app has no such file; {} ->
 * all, oldest first; {id} -> handler, ERROR_NOT_FOUND; {id, externalWebhookId} -> {}; {id} -> {}.
 */
int webhooks_create(struct pieces *pieces, struct json_slice params, struct buf *result,
		    struct error *error);
int webhooks_list(struct pieces *pieces, struct json_slice params, struct buf *result,
		  struct error *error);
int webhooks_get(struct pieces *pieces, struct json_slice params, struct buf *result,
		 struct error *error);
int webhooks_update(struct pieces *pieces, struct json_slice params, struct buf *result,
		    struct error *error);
int webhooks_delete(struct pieces *pieces, struct json_slice params, struct buf *result,
		    struct error *error);

struct webhook {
	const char *id;
	const char *file_name;
};

/* In the arena; NULL when there is none. */
int webhooks_find(struct pieces *pieces, struct arena *arena, const char *id,
		  struct webhook **webhook, struct error *error);
/* By id, or the newest of a file by the file's name: what people call it. */
int webhooks_named(struct pieces *pieces, struct arena *arena, const char *name,
		   struct webhook **webhook, struct error *error);
/* For people, as an array: {id, url, file_name, external_webhook_id, created_at, deliveries}. */
int webhooks_show(struct pieces *pieces, struct buf *out, struct error *error);

#endif
