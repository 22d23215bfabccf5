/* The workspace settings of the app: values for the keys of the schema that it registered, null
 * until they are set. */
#ifndef ATTIO_LOCAL_RUN_SETTINGS_H
#define ATTIO_LOCAL_RUN_SETTINGS_H

#include <cjson/cJSON.h>

#include "json/slice.h"

struct buf;
struct error;
struct pieces;

/* As app code asks: {} -> {KEY: value or null}, all keys of the schema in its order (what is stored
 * of other keys is not shown; without a schema all that is stored); {key, value or null} -> {}.
 * ERROR_USAGE for a key that the schema does not have and for a value of another type. */
int settings_get(struct pieces *pieces, struct json_slice params, struct buf *result,
		 struct error *error);
int settings_set(struct pieces *pieces, struct json_slice params, struct buf *result,
		 struct error *error);

/* Several at once, {KEY: value or null}: all of them or, with an error, none. */
int settings_patch(struct pieces *pieces, const cJSON *values, struct error *error);

#endif
