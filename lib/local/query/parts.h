/* Within the room: values of attributes as GraphQL answers. */
#ifndef ATTIO_LOCAL_QUERY_PARTS_H
#define ATTIO_LOCAL_QUERY_PARTS_H

#include "graphql/datum.h"
#include "graphql/schema.h"
#include "local/query/reading.h"

/* One query that is being answered. */
struct query {
	struct reading reading;
	const struct graphql_schema *graphql;
	const char *member_id; /* who asks; NULL: the first member */
};

/* What is behind a node of the types of values (TextValue, MultiSelectValue, ...). */
struct attribute_value {
	const struct record *record;
	const struct attribute *attribute;
};

/* Behind SystemActor and the like, and User. */
struct actor_part {
	const char *type; /* "system", "api-token", ... */
	const struct member *member;
};

/* Behind a record's node there is a struct record, behind an object's or a list's a struct owner.
 */
struct graphql_datum record_node(const struct query *query, const struct record *record);
struct graphql_datum owner_node(const struct query *query, const struct owner *owner);
struct graphql_datum member_node(const struct query *query, const struct member *member);

/* What an attribute of a record answers in a field of this type: all its values when the type is a
 * list, else the first. References to what is not there, or not of the type, are left out. */
int attribute_answer(struct query *query, const struct record *record,
		     const struct attribute *attribute, const struct graphql_ref *type,
		     struct graphql_datum *answer, struct error *error);
/* The member of AttributeValue that holds the attribute; null when that cannot say "unset". */
struct graphql_datum attribute_value_node(struct query *query, const struct record *record,
					  const struct attribute *attribute);
/* A field of PersonalName, Location, Interaction, Money, SelectOption or Status. */
struct graphql_datum value_part(const struct value *value, const char *field);

#endif
