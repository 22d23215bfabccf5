/* What the outside answered, kept by `--net record` and given again by `--net replay`: by method,
 * address and body. Secrets in all of them were replaced before, so recordings can be passed on. */
#ifndef ATTIO_LOCAL_RUN_RECORDINGS_H
#define ATTIO_LOCAL_RUN_RECORDINGS_H

#include <cjson/cJSON.h>

#include "base/sha256.h"

struct arena;
struct buf;
struct clock;
struct error;
struct local_store;

/* In place of the hash: an answer for each body that has none of its own. */
#define RECORDING_ANY_BODY "0000000000000000000000000000000000000000000000000000000000000000"

struct recording_key {
	const char *method;
	const char *url;
	char body[SHA256_TEXT_SIZE]; /* the request's, hashed */
};

/* `answer`: JSON, as the host gets it. It takes the place of an older one. */
int recording_keep(struct local_store *store, const struct clock *clock,
		   const struct recording_key *key, const char *answer, struct error *error);
/* In the arena. ERROR_NOT_FOUND naming the request, and what was recorded for this address. */
int recording_find(struct local_store *store, struct arena *arena, const struct recording_key *key,
		   const char **answer, struct error *error);

/* All of them as a JSON array of {method, url, body, answer, at}, in the order of their coming. */
int recordings_list(struct local_store *store, struct buf *out, struct error *error);
/* Adds those of such an array, all or none. ERROR_USAGE for what is no recording. */
int recordings_add(struct local_store *store, const cJSON *list, struct error *error);

#endif
