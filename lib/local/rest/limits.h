/* How many calls a token may make in a second: 100 that read, 25 that write, counted apart
 * (lib/local/rest/README.md, Limits). Seconds are those of the platform's clock. */
#ifndef ATTIO_LOCAL_REST_LIMITS_H
#define ATTIO_LOCAL_REST_LIMITS_H

#include <stdbool.h>

#define LIMIT_READS 100
#define LIMIT_WRITES 25

/* A zeroed one has counted nothing. */
struct rest_limits {
	long long second;
	int reads, writes;
};

/* Counts one call at `now_ms`; false when there were too many in its second. Refused ones count for
 * nothing. */
bool limits_take(struct rest_limits *limits, long long now_ms, bool writes);
/* How many of them there were in the second of `now_ms`. */
int limits_taken(const struct rest_limits *limits, long long now_ms, bool writes);
#define HTTP_DATE_SIZE 40
/* The second after `now_ms` as an HTTP date: "Sat, 28 Nov 2026 18:11:40 GMT". */
void limits_retry_after(long long now_ms, char text[HTTP_DATE_SIZE]);

#endif
