/* Values that point at something: options and statuses, records, members; and interactions. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "local/refusal.h"
#include "local/world/moment.h"
#include "local/world/schema.h"
#include "local/world/value_kinds.h"

/* ---- options and statuses ---- */

/* The title or id of {"option": "title" | {"id": {"option_id"}, "title"}} or of a bare text. */
static const char *option_name(const cJSON *input, const char *kind, const char *id_name)
{
	const cJSON *item = value_field(input, kind);

	if (cJSON_IsObject(item)) {
		const cJSON *id = cJSON_GetObjectItemCaseSensitive(
			cJSON_GetObjectItemCaseSensitive(item, "id"), id_name);

		item = cJSON_IsString(id) ? id : cJSON_GetObjectItemCaseSensitive(item, "title");
	}
	return cJSON_GetStringValue(item);
}

static const struct option *find_option(const struct attribute *attribute, const char *name)
{
	const struct option *archived = attribute_option(attribute, name);

	if (archived != NULL)
		return archived;
	for (size_t i = 0; i < attribute->option_count; i++) {
		const struct option *option = &attribute->options[i];

		if (!str_is(option->title, name))
			continue;
		if (!option->archived)
			return option;
		archived = option;
	}
	return archived;
}

int kind_option(const struct reading *reading, const cJSON *input, struct value *value)
{
	bool status = reading->attribute->type == VALUE_STATUS;
	const char *kind = status ? "status" : "option";
	const char *name = option_name(input, kind, status ? "status_id" : "option_id");
	const struct option *option;

	if (name == NULL)
		return value_bad_type(reading, value_path(reading, input, kind), "string",
				      value_field(input, kind));
	option = find_option(reading->attribute, name);
	if (option == NULL)
		return refusal_bad(reading->refusal, "value_not_found",
				   "Cannot find %s attribute with %s option title \"%s\".",
				   status ? "status" : "select", status ? "status" : "select",
				   name);
	value->json = "{}";
	value->ref = option->id;
	return 0;
}

/* ---- records ---- */

static bool may_refer(const struct attribute *attribute, const struct owner *object)
{
	if (attribute->allowed_count == 0)
		return true;
	for (size_t i = 0; i < attribute->allowed_count; i++)
		if (str_is(attribute->allowed[i], object->id))
			return true;
	return false;
}

/* {"target_object", SLUG: [{..}] | "text"}: by a unique attribute of the target. */
static int by_attribute(const struct reading *reading, const cJSON *input, struct value *value)
{
	const cJSON *member;

	cJSON_ArrayForEach(member, input)
	{
		const struct attribute *attribute;
		const cJSON *item = member;

		if (str_is(member->string, "target_object") ||
		    str_is(member->string, "target_record_id"))
			continue;
		attribute = owner_attribute(value->look_object, member->string);
		if (attribute == NULL)
			return refusal_bad(reading->refusal, "value_not_found",
					   "Cannot find attribute with slug/ID \"%s\".",
					   member->string);
		if (!attribute->unique)
			return value_bad(reading, "custom",
					 arena_printf(reading->arena, "\"%s\"", attribute->slug),
					 NULL, NULL,
					 "A record can only be found by a unique attribute");
		while (cJSON_IsArray(item) || cJSON_IsObject(item))
			item = item->child;
		if (!cJSON_IsString(item))
			return value_bad_type(
				reading, arena_printf(reading->arena, "\"%s\"", attribute->slug),
				"string", item);
		value->look_attribute = attribute->slug;
		value->look_text = item->valuestring;
		return 0;
	}
	return value_bad_type(reading, "\"target_record_id\"", "string", NULL);
}

int kind_record(const struct reading *reading, const cJSON *input, struct value *value)
{
	const cJSON *id;
	const char *name;

	value->look = LOOK_RECORD;
	value->json = "{}";
	if (cJSON_IsString(input)) {
		value->look_text = input->valuestring;
		return 0;
	}
	if (!cJSON_IsObject(input))
		return value_bad_type(reading, "", "object", input);
	if (value_string(reading, input, "target_object", &name) != 0)
		return -1;
	value->look_object = schema_object(reading->schema, name);
	if (value->look_object == NULL)
		return refusal_bad(reading->refusal, "value_not_found",
				   "Object with slug/ID \"%s\" not found.", name);
	if (!may_refer(reading->attribute, value->look_object))
		return value_bad(reading, "custom", "\"target_object\"", NULL, NULL,
				 "This attribute does not allow records of this object");
	id = value_field(input, "target_record_id");
	if (id == NULL)
		return by_attribute(reading, input, value);
	if (!cJSON_IsString(id))
		return value_bad_type(reading, "\"target_record_id\"", "string", id);
	value->look_attribute = "record_id";
	value->look_text = id->valuestring;
	return 0;
}

/* ---- actors ---- */

static int other_actor(const struct reading *reading, const char *type, const cJSON *id,
		       struct value *value)
{
	static const char *const types[] = {"workspace-member", "app", "api-token", "system", NULL};
	struct buf out = {0};
	size_t at = 0;

	while (types[at] != NULL && !str_is(types[at], type))
		at++;
	/* Members only; the others are for attributes that the platform itself writes. */
	if (types[at] == NULL || reading->attribute->writable)
		return value_bad(reading, "invalid_literal", "\"referenced_actor_type\"", NULL,
				 NULL, "Invalid literal value, expected \"workspace-member\"");
	buf_putc(&out, '{');
	value_put_string(&out, "referenced_actor_type", types[at]);
	value_put_string(&out, "referenced_actor_id", cJSON_GetStringValue(id));
	buf_putc(&out, '}');
	value->ref = cJSON_GetStringValue(id);
	value->json = value_take(reading, &out);
	return 0;
}

int kind_actor(const struct reading *reading, const cJSON *input, struct value *value)
{
	const char *field =
		cJSON_IsObject(input) &&
				value_field(input, "workspace_member_email_address") != NULL
			? "workspace_member_email_address"
			: "referenced_actor_id";
	const cJSON *type =
		cJSON_IsObject(input) ? value_field(input, "referenced_actor_type") : NULL;

	if (type != NULL && !str_equal(cJSON_GetStringValue(type), "workspace-member"))
		return cJSON_IsString(type)
			       ? other_actor(reading, type->valuestring,
					     value_field(input, "referenced_actor_id"), value)
			       : value_bad_type(reading, "\"referenced_actor_type\"", "string",
						type);
	value->look = LOOK_MEMBER;
	return value_string(reading, input, field, &value->look_text);
}

/* ---- interactions ---- */

/* {"interaction_type", "interacted_at", "owner_actor": {"type", "id"}}: written by the seed and by
 * `attio records` only. */
int kind_interaction(const struct reading *reading, const cJSON *input, struct value *value)
{
	static const char *const types[] = {"calendar-event",    "call",    "chat-thread", "email",
					    "in-person-meeting", "meeting", NULL};
	const cJSON *owner = cJSON_IsObject(input) ? value_field(input, "owner_actor") : NULL;
	struct buf out = {0};
	char at[MOMENT_SIZE];
	const char *type;
	const char *text;
	size_t i = 0;

	if (!cJSON_IsObject(input))
		return value_bad_type(reading, "", "object", input);
	if (value_string(reading, input, "interaction_type", &type) != 0 ||
	    value_string(reading, input, "interacted_at", &text) != 0)
		return -1;
	while (types[i] != NULL && !str_is(types[i], type))
		i++;
	if (types[i] == NULL)
		return value_bad(reading, "invalid_enum_value", "\"interaction_type\"", NULL, NULL,
				 "Invalid interaction type");
	if (moment_timestamp(text, at) != 0)
		return value_bad(reading, "invalid_string", "\"interacted_at\"", NULL, NULL,
				 "Invalid timestamp");
	if (!cJSON_IsObject(owner))
		return value_bad_type(reading, "\"owner_actor\"", "object", owner);
	buf_putc(&out, '{');
	value_put_string(&out, "interaction_type", type);
	value_put_string(&out, "interacted_at", at);
	buf_puts(&out, ",\"owner_actor\":{");
	value_put_string(&out, "type", cJSON_GetStringValue(value_field(owner, "type")));
	value_put_string(&out, "id", cJSON_GetStringValue(value_field(owner, "id")));
	buf_puts(&out, "}}");
	value->json = value_take(reading, &out);
	return 0;
}
