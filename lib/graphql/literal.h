/* A value as GraphQL text again, in one form whatever it was written like. Only lib/graphql
 * includes this. */
#ifndef ATTIO_GRAPHQL_LITERAL_H
#define ATTIO_GRAPHQL_LITERAL_H

struct arena;
struct graphql_value;

/* `{a: [1, "x"], b: $v}` */
const char *graphql_literal_words(struct arena *arena, const struct graphql_value *value);

#endif
