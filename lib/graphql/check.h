/* Checking a query document: the specification's validation rules (October 2021, section 5) that
 * apply to the queries an Attio app ships, and the platform's own (one query a file, no mutations).
 * Findings: findings.h. */
#ifndef ATTIO_GRAPHQL_CHECK_H
#define ATTIO_GRAPHQL_CHECK_H

struct diags;
struct graphql_document;
struct graphql_schema;

/* Adds a finding for each mistake in the document. `path` is the file in their places; it and the
 * document must live as long as the findings' arena. Without a schema (NULL) only what needs none
 * is checked. A file with syntax errors gets only these; and one with very many mistakes the first
 * of them, with one finding more that counts the rest. */
void graphql_check(const struct graphql_schema *schema, const char *path,
		   const struct graphql_document *document, struct diags *diags);

/* Adds a finding for each reason why a server does not execute a document: the specification's
 * rules, all of them, and none of those for files. Here a warning counts as much as an error. */
void graphql_check_request(const struct graphql_schema *schema,
			   const struct graphql_document *document, struct diags *diags);

#endif
