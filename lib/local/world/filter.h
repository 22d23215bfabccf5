/* The filter and sort grammar of the REST API, compiled to SQL. Pure: text and values to bind come
 * out, nothing is run. The SQL is an expression over a row of `items` called `i`; it calls
 * fold(text), which world_open adds to the store (fold.h). */
#ifndef ATTIO_LOCAL_WORLD_FILTER_H
#define ATTIO_LOCAL_WORLD_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

#include "base/buf.h"

struct arena;
struct owner;
struct refusal;
struct schema;

enum bind_kind { BIND_TEXT, BIND_NUMBER, BIND_INTEGER };

struct bind {
	enum bind_kind kind;
	const char *text;
	double number;
	long long integer;
};

/* `binds` live in the arena, in the order of the question marks in `sql`. */
struct compiled {
	struct arena *arena;
	const struct schema *schema;
	struct buf sql;
	struct bind *binds;
	size_t count;
	int aliases; /* names of tables that were given out */
	int conditions;
};

/* Appends the condition; "1" for no filter (NULL). Refused: a filter that is none (filter_error
 * with the service's text, the details as validation_errors), unknown_filter_attribute_slug with
 * its path. */
int filter_compile(struct compiled *compiled, const struct owner *owner, const cJSON *filter,
		   struct refusal *refusal);
/* Appends what ORDER BY needs, ending with the time of creation and the id. */
int sorts_compile(struct compiled *compiled, const struct owner *owner, const cJSON *sorts,
		  struct refusal *refusal);
void compiled_dispose(struct compiled *compiled);

#endif
