/* What a request writes into one attribute, checked and brought to the form that is kept. Pure:
 * what the store must be asked for (which record, which member) is left as a question in the value.
 */
#ifndef ATTIO_LOCAL_WORLD_VALUE_H
#define ATTIO_LOCAL_WORLD_VALUE_H

#include <stddef.h>

#include <cjson/cJSON.h>

struct arena;
struct attribute;
struct refusal;
struct schema;

enum value_look {
	LOOK_NOTHING,
	LOOK_RECORD, /* of look_object (NULL: any allowed one), whose look_attribute (NULL: any
			unique one) is look_text */
	LOOK_MEMBER  /* whose id or e-mail address is look_text */
};

/* Texts live in the arena or the schema. Columns of `vals`: lib/local/migration_world.c. */
struct value {
	const char *json;
	const char *key; /* or NULL */
	const char *ref; /* or NULL */
	enum value_look look;
	const struct owner *look_object;
	const char *look_attribute;
	const char *look_text;
};

/* One value. Refused as the service does: validation_type with the place inside the value, or
 * value_not_found for an option that is not there. Interactions are taken here; whether an
 * attribute may be written is the caller's question. */
int value_parse(struct arena *arena, const struct schema *schema, const struct attribute *attribute,
		const cJSON *input, struct value *value, struct refusal *refusal);

/* The values that a request gives an attribute: null and [] are none, a bare value is one; a
 * multi-valued attribute needs an array, a single one at most one value. Equal ones count once. */
int value_parse_list(struct arena *arena, const struct schema *schema,
		     const struct attribute *attribute, const cJSON *input, struct value **values,
		     size_t *count, struct refusal *refusal);

#endif
