/* A GraphQL query as lines, one for each field that it asks for. How it is written (blanks,
 * comments, the order of fields) is not in them. */
#ifndef ATTIO_LOCAL_FLOW_QUERY_H
#define ATTIO_LOCAL_FLOW_QUERY_H

#include <stdbool.h>

#include <cjson/cJSON.h>

/* Adds to an array of strings: ": query name($id: ID!)", "/person(id:$id)/name". False, and nothing
 * added: the text is no query. */
bool query_lines(const char *text, cJSON *lines);

#endif
