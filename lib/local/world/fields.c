/* One table a type; its first row is the main field. */
#include "local/world/fields.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"

#define JSON(name) "json_extract(v.value, '$." name "')"
#define OPS_TEXT (OP_EQ | OP_IN | OP_CONTAINS | OP_STARTS | OP_ENDS | OP_NOT_EMPTY)
#define OPS_RANGE (OP_EQ | OP_IN | OP_LESS | OP_NOT_EMPTY)
#define OPS_CHOICE (OP_EQ | OP_IN | OP_NOT_EMPTY)

#define TEXT_FIELD(name)                                                                           \
	{                                                                                          \
		name, FIELD_TEXT, JSON(name), OPS_TEXT                                             \
	}

static const struct field text_fields[] = {TEXT_FIELD("value")};
static const struct field number_fields[] = {{"value", FIELD_NUMBER, JSON("value"), OPS_RANGE}};
static const struct field truth_fields[] = {
	{"value", FIELD_TRUTH, JSON("value"), OP_EQ | OP_NOT_EMPTY}};
static const struct field currency_fields[] = {
	{"currency_value", FIELD_NUMBER, JSON("currency_value"), OPS_RANGE},
	{"currency_code", FIELD_TEXT, JSON("currency_code"), OPS_CHOICE},
};
static const struct field date_fields[] = {{"value", FIELD_DATE, JSON("value"), OPS_RANGE}};
static const struct field time_fields[] = {{"value", FIELD_TIME, JSON("value"), OPS_RANGE}};
static const struct field status_fields[] = {{"status", FIELD_OPTION, "v.ref", OPS_CHOICE}};
static const struct field select_fields[] = {{"option", FIELD_OPTION, "v.ref", OPS_CHOICE}};
static const struct field record_fields[] = {
	{"target_record_id", FIELD_REF, "v.ref", OPS_CHOICE},
	{"target_object", FIELD_OBJECT, JSON("target_object_id"), OPS_CHOICE},
};
static const struct field actor_fields[] = {
	{"referenced_actor_id", FIELD_REF, JSON("referenced_actor_id"), OPS_CHOICE},
	{"referenced_actor_type", FIELD_TEXT, JSON("referenced_actor_type"), OPS_CHOICE},
};
static const struct field location_fields[] = {
	TEXT_FIELD("locality"),  TEXT_FIELD("line_1"),       TEXT_FIELD("line_2"),
	TEXT_FIELD("line_3"),    TEXT_FIELD("line_4"),       TEXT_FIELD("region"),
	TEXT_FIELD("postcode"),  TEXT_FIELD("country_code"), TEXT_FIELD("latitude"),
	TEXT_FIELD("longitude"),
};
static const struct field domain_fields[] = {
	{"domain", FIELD_KEY, "v.key", OPS_TEXT},
	TEXT_FIELD("root_domain"),
};
static const struct field email_fields[] = {
	{"email_address", FIELD_KEY, "v.key", OPS_TEXT},
	TEXT_FIELD("original_email_address"),
	TEXT_FIELD("email_domain"),
	TEXT_FIELD("email_root_domain"),
	TEXT_FIELD("email_local_specifier"),
};
static const struct field phone_fields[] = {
	{"phone_number", FIELD_PHONE, "v.key", OPS_TEXT},
	TEXT_FIELD("original_phone_number"),
	TEXT_FIELD("country_code"),
};
static const struct field name_fields[] = {TEXT_FIELD("full_name"), TEXT_FIELD("first_name"),
					   TEXT_FIELD("last_name")};
static const struct field interaction_fields[] = {
	{"interacted_at", FIELD_TIME, JSON("interacted_at"), OPS_RANGE},
	{"interaction_type", FIELD_TEXT, JSON("interaction_type"), OPS_CHOICE},
	{"owner_actor", FIELD_REF, JSON("owner_actor.id"), OPS_CHOICE},
};
/* Of a value of any type: since when it is there. */
static const struct field active_from = {"active_from", FIELD_TIME, "v.active_from", OP_LESS};

#define TABLE(fields)                                                                              \
	{                                                                                          \
		fields, ARRAY_LEN(fields)                                                          \
	}

static const struct {
	const struct field *fields;
	size_t count;
} tables[VALUE_TYPES] = {
	[VALUE_TEXT] = TABLE(text_fields),
	[VALUE_NUMBER] = TABLE(number_fields),
	[VALUE_CHECKBOX] = TABLE(truth_fields),
	[VALUE_CURRENCY] = TABLE(currency_fields),
	[VALUE_DATE] = TABLE(date_fields),
	[VALUE_TIMESTAMP] = TABLE(time_fields),
	[VALUE_RATING] = TABLE(number_fields),
	[VALUE_STATUS] = TABLE(status_fields),
	[VALUE_SELECT] = TABLE(select_fields),
	[VALUE_RECORD] = TABLE(record_fields),
	[VALUE_ACTOR] = TABLE(actor_fields),
	[VALUE_LOCATION] = TABLE(location_fields),
	[VALUE_DOMAIN] = TABLE(domain_fields),
	[VALUE_EMAIL] = TABLE(email_fields),
	[VALUE_PHONE] = TABLE(phone_fields),
	[VALUE_NAME] = TABLE(name_fields),
	[VALUE_INTERACTION] = TABLE(interaction_fields),
};

const struct field *field_find(enum value_type type, const char *name)
{
	if (type >= VALUE_TYPES)
		return NULL;
	if (name == NULL)
		return &tables[type].fields[0];
	for (size_t i = 0; i < tables[type].count; i++)
		if (str_is(tables[type].fields[i].name, name))
			return &tables[type].fields[i];
	return str_is(name, active_from.name) ? &active_from : NULL;
}
