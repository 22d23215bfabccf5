/* Within the room: new attributes. */
#ifndef ATTIO_LOCAL_REST_ATTRIBUTE_H
#define ATTIO_LOCAL_REST_ATTRIBUTE_H

#include <stdbool.h>

struct rest_call;

/* As the columns of `attributes`; texts that are NULL are NULL there. */
struct new_attribute {
	const char *id, *owner_id;
	const char *slug, *title, *description, *type;
	bool system, read_only, required, unique, multi;
	const char *default_value;      /* JSON */
	const char *relationship_id;    /* the attribute of the other side */
	const char *allowed_object_ids; /* JSON */
	const char *currency_code, *currency_display;
};

/* Behind those that its owner has. */
int attribute_insert(struct rest_call *call, const struct new_attribute *attribute);
/* The ones that a new object, or list, begins with. */
int attribute_standard(struct rest_call *call, const char *owner_id, bool of_object);

#endif
