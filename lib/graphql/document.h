/* GraphQL documents as data: operations and fragments, and type system definitions (a schema's
 * text). One parser for all of them, after the specification of October 2021, sections 2 and 3;
 * descriptions of operations, fragments and variables (a later draft) are taken too, but only those
 * of the type system are kept.
 *
 * Everything is in the caller's arena. Offsets are bytes from the start of the text, `end` is one
 * past the last byte. Where something may be absent its name has text NULL, or its pointer is NULL.
 */
#ifndef ATTIO_GRAPHQL_DOCUMENT_H
#define ATTIO_GRAPHQL_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* Selections, values and types nested deeper than this are a syntax error. */
#define GRAPHQL_DEPTH_LIMIT 200

struct graphql_name {
	const char *text;
	size_t start;
	size_t end;
};

enum graphql_value_kind {
	GRAPHQL_VALUE_VARIABLE,
	GRAPHQL_VALUE_INT,
	GRAPHQL_VALUE_FLOAT,
	GRAPHQL_VALUE_STRING,
	GRAPHQL_VALUE_BOOLEAN,
	GRAPHQL_VALUE_NULL,
	GRAPHQL_VALUE_ENUM,
	GRAPHQL_VALUE_LIST,
	GRAPHQL_VALUE_OBJECT
};

struct graphql_value {
	enum graphql_value_kind kind;
	size_t start;
	size_t end;
	/* A variable's name without `$`; a string's meaning; the others as written. NULL for lists
	 * and objects. `len` counts its bytes: a string can hold NUL. */
	const char *text;
	size_t len;
	bool block;                  /* a string written with three quotes */
	struct graphql_value *items; /* of a list */
	size_t item_count;
	struct graphql_argument *fields; /* of an object */
	size_t field_count;
};

/* An argument, or a field of an input object. */
struct graphql_argument {
	struct graphql_name name;
	struct graphql_value value;
};

struct graphql_directive {
	struct graphql_name name; /* without `@` */
	size_t start;
	size_t end;
	struct graphql_argument *arguments;
	size_t argument_count;
};

struct graphql_directives {
	struct graphql_directive *items;
	size_t count;
};

enum graphql_ref_kind { GRAPHQL_REF_NAMED, GRAPHQL_REF_LIST, GRAPHQL_REF_NON_NULL };

/* A type as written: `[Int!]`. */
struct graphql_type_ref {
	enum graphql_ref_kind kind;
	size_t start;
	size_t end;
	struct graphql_name name;          /* GRAPHQL_REF_NAMED */
	const struct graphql_type_ref *of; /* the others */
};

struct graphql_variable {
	struct graphql_name name; /* without `$`; start is at the `$` */
	size_t end;               /* of the whole definition */
	struct graphql_type_ref *type;
	struct graphql_value *default_value;
	struct graphql_directives directives;
};

enum graphql_selection_kind {
	GRAPHQL_FIELD,
	GRAPHQL_SPREAD, /* ...Name */
	GRAPHQL_INLINE  /* ... on Type { }, ... { } */
};

struct graphql_selection {
	enum graphql_selection_kind kind;
	size_t id; /* counted through the document, in its order */
	size_t start;
	size_t end;
	struct graphql_name alias;
	struct graphql_name name;      /* of the field or the fragment */
	struct graphql_name condition; /* GRAPHQL_INLINE: its type */
	struct graphql_argument *arguments;
	size_t argument_count;
	struct graphql_directives directives;
	struct graphql_selection_set *set;
};

struct graphql_selection_set {
	size_t id; /* counted through the document */
	size_t start;
	size_t end;
	struct graphql_selection *items;
	size_t count;
};

/* An argument or an input field, as a schema defines it. */
struct graphql_input_def {
	const char *description; /* or NULL */
	struct graphql_name name;
	struct graphql_type_ref *type;
	struct graphql_value *default_value;
	struct graphql_directives directives;
};

struct graphql_field_def {
	const char *description; /* or NULL */
	struct graphql_name name;
	struct graphql_input_def *arguments;
	size_t argument_count;
	struct graphql_type_ref *type;
	struct graphql_directives directives;
};

/* What stands beside the name of an enum's value. */
struct graphql_enum_def {
	const char *description; /* or NULL */
	struct graphql_directives directives;
};

enum graphql_definition_kind {
	GRAPHQL_QUERY,
	GRAPHQL_MUTATION,
	GRAPHQL_SUBSCRIPTION,
	GRAPHQL_FRAGMENT,
	GRAPHQL_SCHEMA, /* from here on: type system */
	GRAPHQL_SCALAR,
	GRAPHQL_OBJECT,
	GRAPHQL_INTERFACE,
	GRAPHQL_UNION,
	GRAPHQL_ENUM,
	GRAPHQL_INPUT,
	GRAPHQL_DIRECTIVE
};

struct graphql_definition {
	enum graphql_definition_kind kind;
	bool extension; /* extend type ... */
	bool shorthand; /* a query that is only braces */
	size_t start;   /* after a description */
	size_t end;
	size_t keyword_end; /* `query`, `fragment`, ...; of a shorthand query its brace */
	struct graphql_name name;
	struct graphql_directives directives;
	/* Operations and fragments. */
	struct graphql_variable *variables;
	size_t variable_count;
	struct graphql_name condition; /* a fragment's type */
	struct graphql_selection_set *set;
	/* Type system. */
	const char *description;    /* or NULL */
	struct graphql_name *names; /* interfaces of a type, members of a union, values of an enum,
				     * locations of a directive, types of the schema's operations */
	size_t name_count;
	struct graphql_enum_def *values; /* of an enum: beside `names` */
	size_t value_count;
	struct graphql_name *operations; /* of a schema: query, mutation; beside `names` */
	size_t operation_count;
	struct graphql_field_def *fields;
	size_t field_count;
	struct graphql_input_def *inputs; /* of an input type, or a directive's arguments */
	size_t input_count;
	bool repeatable;
};

struct graphql_syntax_error {
	size_t start;
	size_t end;
	const char *message; /* one sentence */
	const char *label;   /* or NULL */
	const char *help;    /* or NULL */
	/* A related place, when related_message is not NULL. */
	size_t related_start;
	size_t related_end;
	const char *related_message;
};

struct graphql_document {
	const char *bytes;
	size_t len;
	struct graphql_definition *definitions;
	size_t definition_count;
	size_t selection_count; /* ids of selections are below it */
	size_t set_count;
	/* At most one for each definition: reading goes on where the next one visibly begins. A
	 * definition with an error is not in the list. */
	struct graphql_syntax_error *errors;
	size_t error_count;
};

/* Parses a document; `bytes` are borrowed. Never fails: see errors. */
struct graphql_document *graphql_parse(struct arena *arena, const char *bytes, size_t len);

#endif
