/* Changing a value inside a document by its JSON pointer (RFC 6901). */
#ifndef ATTIO_JSON_POINTER_H
#define ATTIO_JSON_POINTER_H

#include <cjson/cJSON.h>

struct error;

/* Puts `value` at `pointer` and takes it over, also on failure: "" is the whole document, a member
 * of an object is replaced or added, an item of an array replaced, and "-" or the array's length
 * adds one at its end. ERROR_USAGE when the way there does not exist; then nothing has changed. */
int json_pointer_set(cJSON **document, const char *pointer, cJSON *value, struct error *error);

#endif
