/* JSON Schemas of the documents of the commands that drive the local platform, made from what its
 * control API says that it answers (local/openapi.h). */
#ifndef ATTIO_CLI_SCHEMA_PLATFORM_H
#define ATTIO_CLI_SCHEMA_PLATFORM_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* The name of the schema at this place, "action-run"; NULL behind the last. */
const char *schema_platform_name(size_t at);
/* Appends the schema of that name; false when there is none. */
bool schema_platform_put(struct buf *out, const char *name);

#endif
