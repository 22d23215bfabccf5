/* A value that crossed, as lines "POINTER: VALUE": part of lines.h. */
#ifndef ATTIO_LOCAL_FLOW_VALUES_H
#define ATTIO_LOCAL_FLOW_VALUES_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "local/flow/varying.h"

/* Stands before an id of what is shown until all ids get their names. */
#define VALUES_SHOWN "<shown:"

struct values {
	cJSON *lines; /* to which they are added */
	struct varying_now now;
	int depth;        /* of the lines in the tree */
	const char *kind; /* of the crossing */
};

/* Crossings of which host and platform wrote the values: an action, what the user saw. */
bool values_ours(const char *kind);

/* One line, without what varies. */
void values_add_line(const struct values *values, const char *text);
/* Lines of "/input" or "/output"; none for nothing. Members stand in the order of their names, for
 * the order in which code writes them means nothing. */
void values_add(const struct values *values, const char *pointer, const cJSON *value);

#endif
