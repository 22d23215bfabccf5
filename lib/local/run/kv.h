/* The app's key-value store: any JSON value under a key, for some time or for good. What has
 * expired on the platform's clock is not there. Keys and sizes have no limits of their own: the
 * real ones are not known. */
#ifndef ATTIO_LOCAL_RUN_KV_H
#define ATTIO_LOCAL_RUN_KV_H

#include <stdbool.h>

#include "json/slice.h"

struct buf;
struct error;
struct pieces;

/* As app code asks: {key} -> {"value"} or null; {key, value, ttl?:
 * seconds}; {keys} -> {KEY: {"value"} or null}; {key}, fine when it is not there. ERROR_USAGE for
 * parameters that are none. */
int kv_get(struct pieces *pieces, struct json_slice params, struct buf *result,
	   struct error *error);
int kv_set(struct pieces *pieces, struct json_slice params, struct buf *result,
	   struct error *error);
int kv_mget(struct pieces *pieces, struct json_slice params, struct buf *result,
	    struct error *error);
int kv_delete(struct pieces *pieces, struct json_slice params, struct buf *result,
	      struct error *error);

/* For people: {"key","value","expires_at"}, of one key (*found) or of all, as an array. */
int kv_show(struct pieces *pieces, const char *key, struct buf *out, bool *found,
	    struct error *error);
int kv_list(struct pieces *pieces, struct buf *out, struct error *error);

#endif
