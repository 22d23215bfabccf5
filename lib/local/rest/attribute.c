#include "local/rest/attribute.h"

#include <stddef.h>

#include "base/mem.h"
#include "local/rest/call.h"

int attribute_insert(struct rest_call *call, const struct new_attribute *attribute)
{
	const struct bind binds[] = {BIND_TEXT(":id", attribute->id),
				     BIND_TEXT(":owner", attribute->owner_id),
				     BIND_TEXT(":slug", attribute->slug),
				     BIND_TEXT(":title", attribute->title),
				     BIND_TEXT(":description", attribute->description),
				     BIND_TEXT(":type", attribute->type),
				     BIND_NUMBER(":system", attribute->system),
				     BIND_NUMBER(":writable", !attribute->read_only),
				     BIND_NUMBER(":required", attribute->required),
				     BIND_NUMBER(":unique", attribute->unique),
				     BIND_NUMBER(":multi", attribute->multi),
				     BIND_NUMBER(":has_default", attribute->default_value != NULL),
				     BIND_TEXT(":default", attribute->default_value),
				     BIND_TEXT(":relationship", attribute->relationship_id),
				     BIND_TEXT(":allowed", attribute->allowed_object_ids),
				     BIND_TEXT(":code", attribute->currency_code),
				     BIND_TEXT(":display", attribute->currency_display),
				     BIND_TEXT(":now", call->now),
				     {0}};

	return rest_run(
		call,
		"INSERT INTO attributes (id, owner_id, position, slug, title, description, type, "
		"system, writable, required, uniq, multi, default_enabled, default_value, "
		"relationship_id, allowed_object_ids, currency_code, currency_display, created_at) "
		"VALUES (:id, :owner, (SELECT coalesce(max(position), 0) + 1 FROM attributes WHERE "
		"owner_id = :owner), :slug, :title, :description, :type, :system, :writable, "
		":required, :unique, :multi, :has_default, :default, :relationship, :allowed, "
		":code, :display, :now)",
		binds);
}

int attribute_standard(struct rest_call *call, const char *owner_id, bool of_object)
{
	static const struct new_attribute own[] = {
		{.slug = "record_id", .title = "Record ID", .type = "text", .unique = true},
		{.slug = "created_at",
		 .title = "Created at",
		 .type = "timestamp",
		 .default_value = "{\"type\":\"dynamic\",\"template\":\"PT0S\"}"},
		{.slug = "created_by",
		 .title = "Created by",
		 .type = "actor-reference",
		 .default_value = "{\"type\":\"dynamic\",\"template\":\"current-user\"}"},
	};

	for (size_t i = of_object ? 0 : 1; i < ARRAY_LEN(own); i++) {
		struct new_attribute one = own[i];

		one.owner_id = owner_id;
		one.system = true;
		one.read_only = true;
		one.id = rest_uuid(call);
		if (one.id == NULL || attribute_insert(call, &one) != 0)
			return -1;
	}
	return 0;
}
