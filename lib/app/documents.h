/* The app's GraphQL documents, and the declaration files that stand beside documents. */
#ifndef ATTIO_APP_DOCUMENTS_H
#define ATTIO_APP_DOCUMENTS_H

#include <stddef.h>

struct arena;
struct graphql_document;
struct graphql_schema;
struct texts;

/* *.graphql or *.gql */
struct document {
	const char *path;                      /* relative to the root */
	const struct graphql_document *parsed; /* NULL: it cannot be read ... */
	const char *why;                       /* ... for this reason */
};

struct documents {
	struct document *items; /* in walking order */
	size_t count;
	/* Of the SDK (graphql/schema.h); read when there are documents. NULL: there is none ... */
	struct graphql_schema *schema;
	const char *schema_problem; /* ... or it cannot be used, for this reason; else NULL */
	const char **declarations;  /* *.graphql.d.ts and *.gql.d.ts, whether a document is there or
				     * not */
	size_t declaration_count;
};

/* Looks for them below the texts' root and reads them, in the texts' arena. Overlooked: names that
 * begin with a dot, node_modules, the root's dist, links to folders. Free with documents_dispose.
 */
void documents_read(struct documents *documents, struct texts *texts);
void documents_dispose(struct documents *documents);

#endif
