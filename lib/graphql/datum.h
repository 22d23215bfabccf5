/* A value that is no text of a document any more: an argument or variable after coercion (October
 * 2021, section 6.1.2 and 6.4.1), and what a resolver answers. Plain data: whoever makes one gives
 * it memory that lives as long as the execution. */
#ifndef ATTIO_GRAPHQL_DATUM_H
#define ATTIO_GRAPHQL_DATUM_H

#include <stdbool.h>
#include <stddef.h>

struct graphql_type;

enum graphql_datum_kind {
	GRAPHQL_NULL, /* a zeroed struct */
	GRAPHQL_TRUTH,
	GRAPHQL_NUMBER,
	GRAPHQL_TEXT, /* a string, an id, or the name of an enum's value */
	GRAPHQL_LIST,
	GRAPHQL_RECORD, /* an input object; or of a custom scalar: JSON */
	GRAPHQL_NODE,   /* an answer only: something to select from */
	GRAPHQL_FAILED  /* an answer only: `text` says why there is none */
};

struct graphql_datum {
	enum graphql_datum_kind kind;
	const char *name; /* of an argument, a variable or a member of a record; else NULL */
	bool truth;
	double number;
	const char *text; /* `len` bytes, NUL-terminated */
	size_t len;
	struct graphql_datum *items; /* of a list or a record */
	size_t count;
	/* A node: which object type it is (NULL: the type of its position, which is an object
	 * type), and what the resolver knows it by. */
	const struct graphql_type *type;
	const void *node;
};

struct graphql_datum graphql_text(const char *text); /* NULL gives null */
struct graphql_datum graphql_number(double number);
struct graphql_datum graphql_truth(bool truth);
/* `node` NULL gives null. */
struct graphql_datum graphql_node(const struct graphql_type *type, const void *node);
struct graphql_datum graphql_list(struct graphql_datum *items, size_t count);

/* The item of that name, or NULL. */
const struct graphql_datum *graphql_datum_find(const struct graphql_datum *items, size_t count,
					       const char *name);

#endif
