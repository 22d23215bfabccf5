/* Within the room: the fields of each type that filters and sorts can name. */
#ifndef ATTIO_LOCAL_WORLD_FIELDS_H
#define ATTIO_LOCAL_WORLD_FIELDS_H

#include "local/world/schema.h"

enum field_kind {
	FIELD_TEXT,
	FIELD_NUMBER,
	FIELD_TRUTH,
	FIELD_DATE,
	FIELD_TIME,
	FIELD_KEY,    /* vals.key: compared in lower case, found by an index */
	FIELD_PHONE,  /* vals.key: signs between the digits do not count */
	FIELD_OPTION, /* vals.ref: an option by title or id */
	FIELD_REF,    /* vals.ref: an id */
	FIELD_OBJECT  /* an object by slug or id */
};

/* Operators, as bits. */
enum {
	OP_EQ = 1,
	OP_IN = 2,
	OP_CONTAINS = 4,
	OP_STARTS = 8,
	OP_ENDS = 16,
	OP_LESS = 32, /* $lt $lte $gt $gte */
	OP_NOT_EMPTY = 64
};

struct field {
	const char *name;
	enum field_kind kind;
	const char *sql; /* over a row of vals called `v` */
	int operators;
};

/* The field of a type by its name; its main one for NULL; NULL when there is none. */
const struct field *field_find(enum value_type type, const char *name);

#endif
