/* Within the room: the object or list, and its attribute, that a path names. */
#ifndef ATTIO_LOCAL_REST_OWNER_H
#define ATTIO_LOCAL_REST_OWNER_H

#include <stdbool.h>

struct rest_call;

struct named_owner {
	const char *id;
	bool is_list;
};

struct named_attribute {
	struct named_owner owner;
	const char *id;
	const char *type;
	bool system;
};

/* Of {target} and {identifier}. Refused with 404 in the service's words. */
int owner_named(struct rest_call *call, struct named_owner *owner);
/* And {attribute}, by slug or id. */
int attribute_named(struct rest_call *call, struct named_attribute *attribute);

#endif
