/* A GraphQL schema, read from its text (type system definitions) and linked: every type reference
 * leads to its type. What the specification defines itself is part of every schema: the scalars,
 * the directives, the introspection types and fields. */
#ifndef ATTIO_GRAPHQL_SCHEMA_H
#define ATTIO_GRAPHQL_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/map.h"
#include "graphql/document.h"

struct arena;
struct error;
struct graphql_type;

/* A reference to a type with its wrappers: [Int!] is LIST of NON_NULL of NAMED Int. */
struct graphql_ref {
	enum graphql_ref_kind kind;
	const struct graphql_type *named; /* the type at the core, whatever the kind */
	const struct graphql_ref *of;     /* NULL for GRAPHQL_REF_NAMED */
};

/* An argument or an input field. */
struct graphql_input {
	const char *name;
	const struct graphql_input_def *definition;
	const struct graphql_ref *type;
	bool has_default;
};

struct graphql_field {
	const char *name;
	const struct graphql_field_def *definition;
	const struct graphql_ref *type;
	struct graphql_input *arguments;
	size_t argument_count;
};

struct graphql_type {
	const char *name;
	enum graphql_definition_kind kind; /* GRAPHQL_SCALAR to GRAPHQL_INPUT */
	bool specified; /* a scalar or introspection type of the specification itself */
	const struct graphql_definition *definition;
	struct graphql_field *fields; /* of an object or interface */
	size_t field_count;
	struct graphql_input *inputs; /* of an input type */
	size_t input_count;
	bool one_of;         /* an input type of which exactly one field is given */
	const char **values; /* of an enum */
	size_t value_count;
	const struct graphql_enum_def **value_defs; /* beside `values` */
	size_t value_def_count;
	const struct graphql_type **interfaces; /* that an object or interface declares */
	size_t interface_count;
	/* The objects that a value of an interface or union can be, in the schema's order. */
	const struct graphql_type **possible;
	size_t possible_count;
};

/* Where a directive stands; a bit set. Places in type system definitions are not told apart. */
enum graphql_location {
	GRAPHQL_AT_QUERY = 1,
	GRAPHQL_AT_MUTATION = 2,
	GRAPHQL_AT_SUBSCRIPTION = 4,
	GRAPHQL_AT_FIELD = 8,
	GRAPHQL_AT_FRAGMENT_DEFINITION = 16,
	GRAPHQL_AT_FRAGMENT_SPREAD = 32,
	GRAPHQL_AT_INLINE_FRAGMENT = 64,
	GRAPHQL_AT_VARIABLE_DEFINITION = 128
};

struct graphql_directive_type {
	const char *name;
	const struct graphql_definition *definition;
	struct graphql_input *arguments;
	size_t argument_count;
	unsigned locations; /* GRAPHQL_AT_... */
	bool repeatable;
};

struct graphql_schema {
	struct arena *arena;
	const char *description; /* or NULL */
	struct map
		types; /* name -> struct graphql_type, in the schema's order, the specified last */
	struct map directives; /* name -> struct graphql_directive_type */
	const struct graphql_type *query;
	const struct graphql_type *mutation;     /* or NULL */
	const struct graphql_type *subscription; /* or NULL */
	struct graphql_field meta_typename;      /* __typename, on every composite type */
	struct graphql_field meta_schema;        /* __schema, on the query type */
	struct graphql_field meta_type;          /* __type, on the query type */
};

/* Reads a schema's text; `path` is for messages. A text that is no schema that can be used is an
 * error. *schema is freed with graphql_schema_free. */
int graphql_schema_parse(const char *bytes, size_t len, const char *path,
			 struct graphql_schema **schema, struct error *error);
/* Where the schema is that an app's SDK ships: the first node_modules/attio/schema.graphql in
 * `folder` (absolute) or a folder above it, as the official CLI does. NULL when there is none. */
const char *graphql_schema_path(struct arena *arena, const char *folder);
/* Its text, in the arena; *path NULL when there is none. */
int graphql_schema_text(struct arena *arena, const char *folder, const char **path, char **text,
			size_t *len, struct error *error);
/* Reads that schema; 0 with *schema NULL when there is none. */
int graphql_schema_read(const char *folder, struct graphql_schema **schema, struct error *error);
/* NULL is fine. */
void graphql_schema_free(struct graphql_schema *schema);

/* NULL when there is none. */
const struct graphql_type *graphql_schema_type(const struct graphql_schema *schema,
					       const char *name);
const struct graphql_directive_type *graphql_schema_directive(const struct graphql_schema *schema,
							      const char *name);
/* A field of `type` as a query may select it: also __typename, and __schema and __type. */
const struct graphql_field *graphql_schema_field(const struct graphql_schema *schema,
						 const struct graphql_type *type, const char *name);
/* The argument or input field of that name, or NULL. */
const struct graphql_input *graphql_input_find(const struct graphql_input *inputs, size_t count,
					       const char *name);
/* Non-null and without a default. */
bool graphql_input_required(const struct graphql_input *input);
/* A written type as a reference, in `arena`; NULL when it names no type. */
const struct graphql_ref *graphql_ref_resolve(const struct graphql_schema *schema,
					      struct arena *arena,
					      const struct graphql_type_ref *written);
/* The reference without its outer `!`. */
const struct graphql_ref *graphql_ref_nullable(const struct graphql_ref *ref);
/* As written: `[Int!]`. */
const char *graphql_ref_words(struct arena *arena, const struct graphql_ref *ref);

/* An object, interface or union: something to select from. */
bool graphql_type_is_composite(const struct graphql_type *type);
/* A scalar or enum. */
bool graphql_type_is_leaf(const struct graphql_type *type);
/* A scalar, enum or input type: what a variable can be. */
bool graphql_type_is_input(const struct graphql_type *type);
/* Whether every value of `sub` is one of `super`: the same type, a member, an implementation. */
bool graphql_type_is_subtype(const struct graphql_type *sub, const struct graphql_type *super);
/* Whether a value can be of both (composite) types. */
bool graphql_types_overlap(const struct graphql_type *a, const struct graphql_type *b);

#endif
