/* What a command can ask about the GraphQL rules beside running them. */
#ifndef ATTIO_RULES_GRAPHQL_H
#define ATTIO_RULES_GRAPHQL_H

struct app;
struct arena;

/* One sentence (static, or in `arena`) when the app holds GraphQL documents that could not be
 * checked against a schema, because it is not installed or not readable; else NULL. */
const char *rules_graphql_note(const struct app *app, struct arena *arena);

#endif
