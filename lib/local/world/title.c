/* Of people the full name, of all else a text. */
#include "local/world/title.h"

#include <stddef.h>

#include "base/str.h"
#include "local/world/fields.h"
#include "local/world/schema.h"

const struct attribute *title_attribute(const struct owner *object)
{
	const struct attribute *name = owner_attribute(object, "name");

	if (name != NULL && !name->archived &&
	    (name->type == VALUE_TEXT || name->type == VALUE_NAME))
		return name;
	for (size_t i = 0; i < object->attribute_count; i++) {
		const struct attribute *attribute = &object->attributes[i];

		if (attribute->type == VALUE_TEXT && !attribute->archived &&
		    !str_is(attribute->slug, "record_id"))
			return attribute;
	}
	return NULL;
}

const char *title_sql(const struct attribute *attribute)
{
	return field_find(attribute->type, NULL)->sql;
}
