#include "local/rest/owner.h"

#include <string.h>

#include "local/rest/call.h"

int owner_named(struct rest_call *call, struct named_owner *owner)
{
	const char *name = rest_capture(call, "identifier");

	owner->is_list = strcmp(rest_capture(call, "target"), "lists") == 0;
	return owner->is_list ? rest_need_list(call, name, &owner->id)
			      : rest_need_object(call, name, &owner->id);
}

int attribute_named(struct rest_call *call, struct named_attribute *attribute)
{
	const char *name = rest_capture(call, "attribute");
	long long system;

	*attribute = (struct named_attribute){0};
	if (owner_named(call, &attribute->owner) != 0)
		return -1;
	const struct bind binds[] = {
		BIND_TEXT(":owner", attribute->owner.id), BIND_TEXT(":name", name), {0}};

	if (rest_text(call,
		      "SELECT id FROM attributes WHERE owner_id = :owner AND (slug = :name OR id = "
		      ":name)",
		      binds, &attribute->id) != 0)
		return -1;
	if (attribute->id == NULL)
		return refusal_missing(call->refusal, "Attribute with slug/ID \"%s\" not found.",
				       name);
	if (rest_text(call,
		      "SELECT type FROM attributes WHERE owner_id = :owner AND (slug = :name OR id "
		      "= :name)",
		      binds, &attribute->type) != 0 ||
	    rest_number(call,
			"SELECT system FROM attributes WHERE owner_id = :owner AND (slug = :name "
			"OR id = :name)",
			binds, &system) != 0)
		return -1;
	attribute->system = system != 0;
	return 0;
}
