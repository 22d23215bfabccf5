/* Within the room: a record is written where one with the same value of a unique attribute is, else
 * made: the REST API's assert. */
#ifndef ATTIO_LOCAL_WORLD_MATCHING_H
#define ATTIO_LOCAL_WORLD_MATCHING_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "local/world/write.h"

/* By slug or id. Refused when it is none, or not unique. */
int matching_attribute(const struct owner *owner, const char *name,
		       const struct attribute **attribute, struct refusal *refusal);
/* Fills `item` with the record. Refused when several match. */
int matching_write(struct writing *writing, const struct owner *owner,
		   const struct attribute *matching, const cJSON *values, struct item *item,
		   bool *created);

#endif
