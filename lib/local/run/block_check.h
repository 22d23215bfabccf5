/* Whether JSON fits a schema node of a workflow block: a configuration its config schema, the data
 * of an outcome that outcome's. Nodes are the JSON of the SDK's: {"type": "struct", "fields"},
 * "array" with "element", "record" with "value", "union" with "nodes", "string-enum" with "values",
 * and leaves. A node of an unknown type takes anything. */
#ifndef ATTIO_LOCAL_RUN_BLOCK_CHECK_H
#define ATTIO_LOCAL_RUN_BLOCK_CHECK_H

#include <cjson/cJSON.h>

/* Adds what does not fit to the array `problems`, as {"path", "message"}. `value` NULL: it is
 * absent. A schema that is a plain object of nodes is a struct of them. */
void block_check(const cJSON *schema, const cJSON *value, cJSON *problems);

#endif
