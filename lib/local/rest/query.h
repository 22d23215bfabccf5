/* The query string of a request: taken apart, and checked against what an endpoint takes. Of a
 * name that comes twice the last one counts; names that an endpoint does not know are passed over,
 * as the service does. */
#ifndef ATTIO_LOCAL_REST_QUERY_H
#define ATTIO_LOCAL_REST_QUERY_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;

enum param_kind { PARAM_TEXT, PARAM_NUMBER, PARAM_BOOLEAN, PARAM_UUID, PARAM_CHOICE, PARAM_TIME };

struct param {
	const char *name; /* NULL ends a list */
	enum param_kind kind;
	long long least, most; /* of a number */
	long long standard;    /* of a number or boolean that is not given */
	const char *const *options;
};

/* One that was given. */
struct query_item {
	const char *name, *value;
};

struct query {
	struct query_item *items;
	size_t count;
};

/* Takes "a=b&c=d" apart: percent-encoding, and "+" for a space. -1 when it does not decode to UTF-8
 * without NUL. The items are in the arena. */
int query_read(struct query *query, const char *text, struct arena *arena);
/* NULL when it was not given. */
const char *query_text(const struct query *query, const char *name);
/* Checks what was given; issues as shape_check appends them. */
size_t query_check(const struct query *query, const struct param *params, struct buf *issues);
/* Of one that was checked: its number, or 1 for true and 0 for false; else its standard value. */
long long query_number(const struct query *query, const struct param *params, const char *name);

#endif
