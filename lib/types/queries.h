/* A GraphQL document -> the text of the declaration file beside it. Pure: no files. */
#ifndef ATTIO_TYPES_QUERIES_H
#define ATTIO_TYPES_QUERIES_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct error;
struct graphql_document;
struct graphql_schema;

/* Adds the text for a document in which graphql_check finds no error. (In others, what the schema
 * does not know is left out.) -1 when there is no query in it, or when its types would be longer
 * than a few megabytes; `name` is the document in the message. */
int queries_declare(const struct graphql_schema *schema, const char *name,
		    const struct graphql_document *document, struct buf *out, struct error *error);

/* Whether a declaration file beside a document says that it was generated, by us or by the official
 * CLI. */
bool queries_is_generated(const char *bytes, size_t len);

#endif
