/* Records as the REST API reads them, for people and for writing them again. */
#ifndef ATTIO_CLI_NET_RECORD_TEXT_H
#define ATTIO_CLI_NET_RECORD_TEXT_H

#include <cjson/cJSON.h>

struct cli;

/* The record's name in the cli's arena; "" without one. */
const char *record_name(struct cli *cli, const cJSON *record);
/* Its values on stdout, one attribute a line; empty ones are left out. */
void record_print(struct cli *cli, const cJSON *record);
/* {"values": ...} in the forms that the API takes when writing, of the attributes that can be
 * written: `attributes` is what REST lists. The caller frees it. */
cJSON *record_to_write(const cJSON *record, const cJSON *attributes);

#endif
