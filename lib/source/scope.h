/* Lexical scopes: which names are declared in which stretch of the source. facts.h keeps what is
 * found for lookups. */
#ifndef ATTIO_SOURCE_SCOPE_H
#define ATTIO_SOURCE_SCOPE_H

#include "source/syntax.h"

enum declared_as {
	DECLARED_VARIABLE,
	DECLARED_PARAMETER, /* also of a catch clause */
	DECLARED_FUNCTION,
	DECLARED_OTHER /* class, enum, a member in its enum, namespace */
};

struct declared {
	enum declared_as as;
	struct node name;  /* the declaring identifier */
	struct node node;  /* declarator, parameter, function, class ... */
	bool top;          /* at the top level of the module */
	size_t start, end; /* where the name means this, in bytes */
};

typedef void (*declared_visitor)(const struct declared *declared, void *payload);

/* Calls `visit` for every identifier that a pattern binds; default values are no bindings. */
typedef void (*pattern_visitor)(struct node name, void *payload);
void pattern_names(struct node pattern, pattern_visitor visit, void *payload);

/* Open scopes of a walk in source order. A zeroed struct is ready; scopes_dispose frees it. */
struct scope {
	size_t start, end;
	bool function; /* holds `var` */
	bool top;
};
struct scopes {
	struct scope *items;
	size_t count, room;
};
/* To be called for each named node of a node_walk that begins at the root; tells of declarations.
 */
void scopes_enter(struct scopes *scopes, const struct syntax *syntax, struct node node,
		  declared_visitor visit, void *payload);
void scopes_dispose(struct scopes *scopes);

#endif
