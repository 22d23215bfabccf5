/* A list that a command hands out: to a file, or as its answer. */
#ifndef ATTIO_CLI_NET_LISTS_H
#define ATTIO_CLI_NET_LISTS_H

#include <cjson/cJSON.h>

struct cli;

/* Writes it to `file` (NULL: standard output, or the document's `key`) as a JSON list, an item a
 * line; `key` is also what people call the items. Frees it. */
int list_give(struct cli *cli, const char *file, const char *key, cJSON *all);

#endif
