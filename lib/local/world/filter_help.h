/* Within the room: what the compilers of conditions, paths and sorts share. */
#ifndef ATTIO_LOCAL_WORLD_FILTER_HELP_H
#define ATTIO_LOCAL_WORLD_FILTER_HELP_H

#include "local/world/fields.h"
#include "local/world/filter.h"

/* Where the compiler is: in which part of the request, on which row. */
struct place {
	struct compiled *compiled;
	const struct owner *owner;
	int alias;        /* 0: the items of the query, `i`; else `i1`, `i2`, ... */
	const char *path; /* inside of a JSON array */
	struct refusal *refusal;
	int depth;
};

/* "Error in filter." with an issue that says more; -1. */
int filter_refuse(const struct place *place, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* The place of a member or of an item. */
struct place place_in(const struct place *place, const char *member);
struct place place_at(const struct place *place, size_t index);
/* `i` or `i3`, in the arena. */
const char *place_row(const struct place *place);
/* An attribute by slug or id; NULL with the refusal. */
const struct attribute *place_attribute(const struct place *place, const char *name);

void compiled_text(struct compiled *compiled, const char *text);
void compiled_integer(struct compiled *compiled, long long integer);
void compiled_number(struct compiled *compiled, double number);

/* filter_condition.c: `v` fulfils what `wanted` says about the field: an operand alone ($eq), or an
 * object of operators. */
int condition_compile(const struct place *place, const struct attribute *attribute,
		      const struct field *field, const cJSON *wanted);
/* Whether all members of the object are operators ($...). */
bool is_operators(const cJSON *object);

/* filter_path.c: the tables that a path leads over from the place's row to its last attribute:
 * appends "FROM vals v ... WHERE ..." whose last attribute's value is `v`; *last is that attribute,
 * NULL for the record itself (then only its row's id is meant). */
int path_compile(const struct place *place, const cJSON *path, const struct attribute **last);

#endif
