/* Within the room: what the environment of a dev version may be. */
#ifndef ATTIO_LOCAL_DEVELOPER_ENVIRONMENT_H
#define ATTIO_LOCAL_DEVELOPER_ENVIRONMENT_H

#include <stdbool.h>

#include <cjson/cJSON.h>

struct buf;

/* The limits are chosen here; the service's are not known. */
enum { ENVIRONMENT_MOST = 100, ENVIRONMENT_KEY_BYTES = 128, ENVIRONMENT_VALUE_BYTES = 16384 };

/* Appends what is wrong with `variables`, an object of strings, as the items of a JSON array; false
 * when nothing is. A key that is reserved is not judged for its form too. */
bool environment_check(const cJSON *variables, struct buf *errors);

#endif
