/* Within the room: the endpoints, as rows. */
#ifndef ATTIO_LOCAL_REST_TABLE_H
#define ATTIO_LOCAL_REST_TABLE_H

#include <stddef.h>

struct param;
struct rest_call;
struct shape;

/* The answer says what moment it is true for: header x-accurate-at. */
#define REST_ACCURATE 1u
/* Answered without a known token too. */
#define REST_OPEN 2u

struct rest_row {
	const char *method, *pattern;
	const char *scopes; /* what the token needs, in words; one with ":read-write" writes */
	unsigned flags;
	const struct param *params;
	const struct shape *body;
	/* 0: answered; -1: refused. A row that writes is one transaction. NULL: this platform does
	 * not have it, which is an answer too. */
	int (*answer)(struct rest_call *call);
	const char *summary; /* for people, a few words */
};

const struct rest_row *rest_table(size_t *count);

#endif
