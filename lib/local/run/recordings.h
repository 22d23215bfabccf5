/* What the outside answered, kept by `--net record` and given again by `--net replay`: by method,
 * address and body. Secrets in an answer were replaced before. */
#ifndef ATTIO_LOCAL_RUN_RECORDINGS_H
#define ATTIO_LOCAL_RUN_RECORDINGS_H

#include <stddef.h>

struct arena;
struct clock;
struct error;
struct local_store;

/* `answer`: JSON, as the host gets it. It takes the place of an older one. */
int recording_keep(struct local_store *store, const struct clock *clock, const char *method,
		   const char *url, const char *body, size_t len, const char *answer,
		   struct error *error);
/* In the arena. ERROR_NOT_FOUND naming the request, and what was recorded for this address. */
int recording_find(struct local_store *store, struct arena *arena, const char *method,
		   const char *url, const char *body, size_t len, const char **answer,
		   struct error *error);

#endif
