/* Trouble on purpose (`attio dev --chaos`), to see how an app takes it, and a client of the
 * developer API: "fetch.error=10%,fetch.latency=300,rest.429=50%,developer.500=5%,seed=7". The same
 * seed gives the same trouble. */
#ifndef ATTIO_LOCAL_RUN_CHAOS_H
#define ATTIO_LOCAL_RUN_CHAOS_H

#include <stdint.h>

struct error;

enum chaos_target { CHAOS_FETCH, CHAOS_REST, CHAOS_DEVELOPER, CHAOS_TARGETS };

struct chaos_rule {
	unsigned error_percent; /* no answer at all */
	unsigned status_percent;
	unsigned status;  /* answered in the other's place */
	unsigned latency; /* ms before the request goes out; of the developer API: before the
			   * answer's second half */
};

struct chaos {
	struct chaos_rule rules[CHAOS_TARGETS];
	uint64_t state;
};

/* What happens to one request. */
struct chaos_turn {
	unsigned latency; /* ms */
	unsigned status;  /* 0: none */
	int error;        /* not 0: it gets no answer */
};

/* As the words name it: "fetch". Static. */
const char *chaos_target_name(enum chaos_target target);
/* `spec` NULL: no trouble. ERROR_USAGE with the word that is wrong. */
int chaos_set(struct chaos *chaos, const char *spec, struct error *error);
struct chaos_turn chaos_next(struct chaos *chaos, enum chaos_target target);

#endif
