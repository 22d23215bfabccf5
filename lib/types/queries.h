/* A GraphQL document -> the text of the declaration file beside it. Pure: no files. */
#ifndef ATTIO_TYPES_QUERIES_H
#define ATTIO_TYPES_QUERIES_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct graphql_document;
struct graphql_schema;

/* Adds the text for a document in which graphql_check finds no error. (In others, what the schema
 * does not know is left out.) *loose: fragments and aliases multiply in it to more than a few
 * megabytes, so that the answer is `any`. False when there is no query in it. */
bool queries_declare(const struct graphql_schema *schema, const struct graphql_document *document,
		     struct buf *out, bool *loose);

#endif
