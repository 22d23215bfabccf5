/* How many calls a token may make in a second: 100 that read, 25 that write, counted apart
 * (lib/local/rest/README.md, Limits). Seconds are those of the platform's clock. */
#ifndef ATTIO_LOCAL_REST_LIMITS_H
#define ATTIO_LOCAL_REST_LIMITS_H

#include <stdbool.h>

#define LIMIT_READS 100
#define LIMIT_WRITES 25

/* Callers that are counted at once: the token, and each flow of app code. Of more than so many in a
 * second one is forgotten. */
#define LIMIT_CALLERS 64

struct rest_counts {
	long long caller, second;
	int reads, writes;
};

/* A zeroed one has counted nothing. */
struct rest_limits {
	struct rest_counts counts[LIMIT_CALLERS];
};

/* Counts one call of `caller` at `now_ms`; false when it had too many in that second. Refused ones
 * count for nothing. */
bool limits_take(struct rest_limits *limits, long long caller, long long now_ms, bool writes);
/* How many of them the caller had that had most, in the second of `now_ms`. */
int limits_most(const struct rest_limits *limits, long long now_ms, bool writes);
#define HTTP_DATE_SIZE 40
/* The second after `now_ms` as an HTTP date: "Sat, 28 Nov 2026 18:11:40 GMT". */
void limits_retry_after(long long now_ms, char text[HTTP_DATE_SIZE]);

#endif
