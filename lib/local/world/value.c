/* The table of parsers by type, and the rules about lists of values. */
#include "local/world/value.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "local/refusal.h"
#include "local/world/schema.h"
#include "local/world/value_kinds.h"

static kind_parser *const parsers[VALUE_TYPES] = {
	[VALUE_TEXT] = kind_text,
	[VALUE_NUMBER] = kind_number,
	[VALUE_CHECKBOX] = kind_checkbox,
	[VALUE_CURRENCY] = kind_currency,
	[VALUE_DATE] = kind_date,
	[VALUE_TIMESTAMP] = kind_timestamp,
	[VALUE_RATING] = kind_rating,
	[VALUE_STATUS] = kind_option,
	[VALUE_SELECT] = kind_option,
	[VALUE_RECORD] = kind_record,
	[VALUE_ACTOR] = kind_actor,
	[VALUE_LOCATION] = kind_location,
	[VALUE_DOMAIN] = kind_domain,
	[VALUE_EMAIL] = kind_email,
	[VALUE_PHONE] = kind_phone,
	[VALUE_NAME] = kind_personal_name,
	[VALUE_INTERACTION] = kind_interaction,
};

int value_parse(struct arena *arena, const struct schema *schema, const struct attribute *attribute,
		const cJSON *input, struct value *value, struct refusal *refusal)
{
	struct reading reading = {arena, schema, attribute, refusal};

	memset(value, 0, sizeof(*value));
	if (attribute->type >= VALUE_TYPES)
		return refusal_bad(refusal, "validation_type",
				   "Attributes of the type \"%s\" cannot be written.",
				   attribute->type_name);
	return parsers[attribute->type](&reading, input, value);
}

static bool same(const struct value *a, const struct value *b)
{
	if (a->key != NULL && b->key != NULL)
		return str_is(a->key, b->key);
	return a->look == b->look && str_equal(a->json, b->json) && str_equal(a->ref, b->ref) &&
	       a->look_object == b->look_object &&
	       str_equal(a->look_attribute, b->look_attribute) &&
	       str_equal(a->look_text, b->look_text);
}

static int add_value(struct arena *arena, const struct schema *schema,
		     const struct attribute *attribute, const cJSON *input, struct value **values,
		     size_t *count, struct refusal *refusal)
{
	struct value value;
	struct value *kept;

	if (value_parse(arena, schema, attribute, input, &value, refusal) != 0)
		return -1;
	for (size_t i = 0; i < *count; i++)
		if (same(&(*values)[i], &value))
			return 0;
	kept = arena_push(arena, values, count, sizeof(**values));
	*kept = value;
	return 0;
}

int value_parse_list(struct arena *arena, const struct schema *schema,
		     const struct attribute *attribute, const cJSON *input, struct value **values,
		     size_t *count, struct refusal *refusal)
{
	struct reading reading = {arena, schema, attribute, refusal};
	const cJSON *item;

	*values = NULL;
	*count = 0;
	if (input == NULL || cJSON_IsNull(input))
		return 0;
	if (!cJSON_IsArray(input)) {
		if (attribute->multi)
			return value_bad_type(&reading, "", "array", input);
		return add_value(arena, schema, attribute, input, values, count, refusal);
	}
	if (!attribute->multi && cJSON_GetArraySize(input) > 1)
		return value_bad(&reading, "too_big", "", NULL, NULL,
				 "Array must contain at most 1 element(s)");
	cJSON_ArrayForEach(item, input)
	{
		if (add_value(arena, schema, attribute, item, values, count, refusal) != 0)
			return -1;
	}
	return 0;
}
