/* The app's GraphQL documents, and the declaration files that stand beside documents. */
#ifndef ATTIO_APP_DOCUMENTS_H
#define ATTIO_APP_DOCUMENTS_H

#include <stddef.h>

struct app;

struct documents {
	const char **paths; /* *.graphql and *.gql, relative to the root, in walking order */
	size_t count;
	const char **declarations; /* *.graphql.d.ts and *.gql.d.ts, whether a document is there or
				    * not */
	size_t declaration_count;
};

/* Looks for them below the root, in the app's arena. Not entered: node_modules, hidden folders,
 * dist, links to folders. */
void documents_find(const struct app *app, struct documents *documents);

#endif
