/* The schema's text of what the GraphQL specification defines itself. Only lib/graphql includes
 * this. */
#ifndef ATTIO_GRAPHQL_SPECIFIED_H
#define ATTIO_GRAPHQL_SPECIFIED_H

extern const char graphql_specified_text[];

#endif
