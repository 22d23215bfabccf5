/* Values -> answers; see the header. */
#include "local/query/parts.h"

#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "json/json.h"

static struct graphql_datum node(const struct query *query, const char *type, const void *behind)
{
	return graphql_node(graphql_schema_type(query->graphql, type), behind);
}

struct graphql_datum record_node(const struct query *query, const struct record *record)
{
	static const struct {
		const char *slug;
		const char *type;
	} types[] = {
		{"people", "Person"},    {"companies", "Company"},
		{"deals", "Deal"},       {"workspaces", "WorkspaceRecord"},
		{"users", "UserRecord"},
	};

	if (record == NULL)
		return (struct graphql_datum){.kind = GRAPHQL_NULL};
	for (size_t i = 0; !record->owner->is_list && i < ARRAY_LEN(types); i++) {
		if (str_is(record->owner->slug, types[i].slug))
			return node(query, types[i].type, record);
	}
	return node(query, "CustomRecord", record);
}

struct graphql_datum owner_node(const struct query *query, const struct owner *owner)
{
	static const char *const standard[] = {"people", "companies", "deals", "workspaces",
					       "users"};

	for (size_t i = 0; owner != NULL && !owner->is_list && i < ARRAY_LEN(standard); i++) {
		/* Their types are called as they are. */
		if (str_is(owner->slug, standard[i]))
			return node(query, standard[i], owner);
	}
	return node(query, "Object", owner);
}

static struct graphql_datum actor(const struct query *query, const char *graphql_type,
				  struct actor_part part)
{
	struct actor_part *kept = arena_alloc(query->reading.arena, sizeof(*kept));

	*kept = part;
	return node(query, graphql_type, kept);
}

struct graphql_datum member_node(const struct query *query, const struct member *member)
{
	if (member == NULL)
		return (struct graphql_datum){.kind = GRAPHQL_NULL};
	return actor(query, "User", (struct actor_part){.member = member});
}

static int actor_answer(struct query *query, const struct value *value,
			struct graphql_datum *answer, struct error *error)
{
	static const struct {
		const char *type;
		const char *graphql;
	} types[] = {
		{"system", "SystemActor"},
		{"api-token", "APITokenActor"},
		{"app", "App"},
		{"workflow", "Workflow"},
	};
	const char *type = json_string_or_null(value->json, "referenced_actor_type");
	const struct member *member = NULL;

	for (size_t i = 0; type != NULL && i < ARRAY_LEN(types); i++) {
		if (strcmp(type, types[i].type) == 0) {
			*answer = actor(query, types[i].graphql, (struct actor_part){.type = type});
			return 0;
		}
	}
	if (value->ref != NULL && reading_member(&query->reading, value->ref, &member, error) != 0)
		return -1;
	*answer = member_node(query, member);
	return 0;
}

static struct graphql_datum json_datum(const cJSON *item)
{
	if (cJSON_IsString(item))
		return graphql_text(item->valuestring);
	if (cJSON_IsNumber(item))
		return graphql_number(item->valuedouble);
	if (cJSON_IsBool(item))
		return graphql_truth(cJSON_IsTrue(item));
	return (struct graphql_datum){.kind = GRAPHQL_NULL};
}

static int record_answer(struct query *query, const struct value *value,
			 struct graphql_datum *answer, struct error *error)
{
	const struct record *record = NULL;

	if (value->ref != NULL && reading_record(&query->reading, value->ref, &record, error) != 0)
		return -1;
	*answer = record_node(query, record);
	return 0;
}

/* One value, by its attribute's type. */
static int value_answer(struct query *query, const struct value *value,
			struct graphql_datum *answer, struct error *error)
{
	static const struct {
		const char *text; /* the member of its JSON that is the answer, or: */
		const char *type; /* of the node */
	} plain[VALUE_TYPES] = {
		[VALUE_TEXT] = {"value", NULL},
		[VALUE_NUMBER] = {"value", NULL},
		[VALUE_CHECKBOX] = {"value", NULL},
		[VALUE_CURRENCY] = {NULL, "Money"},
		[VALUE_DATE] = {"value", NULL},
		[VALUE_TIMESTAMP] = {"value", NULL},
		[VALUE_RATING] = {"value", NULL},
		[VALUE_LOCATION] = {NULL, "Location"},
		[VALUE_DOMAIN] = {"domain", NULL},
		[VALUE_EMAIL] = {"email_address", NULL},
		[VALUE_PHONE] = {"phone_number", NULL},
		[VALUE_NAME] = {NULL, "PersonalName"},
		[VALUE_INTERACTION] = {NULL, "Interaction"},
	};
	enum value_type type = value->attribute->type;

	*answer = (struct graphql_datum){.kind = GRAPHQL_NULL};
	if (type == VALUE_RECORD)
		return record_answer(query, value, answer, error);
	if (type == VALUE_ACTOR)
		return actor_answer(query, value, answer, error);
	if (type == VALUE_SELECT || type == VALUE_STATUS) {
		if (value->ref != NULL && attribute_option(value->attribute, value->ref) != NULL)
			*answer = node(query, type == VALUE_STATUS ? "Status" : "SelectOption",
				       value);
	} else if (plain[type].text != NULL) {
		*answer =
			json_datum(cJSON_GetObjectItemCaseSensitive(value->json, plain[type].text));
	} else {
		*answer = node(query, plain[type].type, value);
	}
	return 0;
}

static bool fits(const struct graphql_datum *datum, const struct graphql_type *type)
{
	return datum->kind != GRAPHQL_NULL &&
	       (datum->kind != GRAPHQL_NODE || datum->type == NULL ||
		!graphql_type_is_composite(type) || graphql_type_is_subtype(datum->type, type));
}

static struct graphql_datum own_text(const struct record *record, const struct attribute *attribute)
{
	/* Kept with the record itself, where no value of the attribute is. */
	if (str_is(attribute->slug, record->owner->is_list ? "entry_id" : "record_id"))
		return graphql_text(record->id);
	if (str_is(attribute->slug, "created_at"))
		return graphql_text(record->created_at);
	return (struct graphql_datum){.kind = GRAPHQL_NULL};
}

int attribute_answer(struct query *query, const struct record *record,
		     const struct attribute *attribute, const struct graphql_ref *type,
		     struct graphql_datum *answer, struct error *error)
{
	bool list = graphql_ref_nullable(type)->kind == GRAPHQL_REF_LIST;
	size_t count;
	const struct value *values = record_values(record, attribute, &count);
	struct graphql_datum *items;
	size_t kept = 0;

	if (!list)
		count = count > 0;
	if (attribute->type == VALUE_RECORD &&
	    !reading_has_targets(&query->reading, values, count) &&
	    reading_load_targets(&query->reading, attribute, error) != 0)
		return -1;
	items = arena_alloc(query->reading.arena, count * sizeof(*items));
	for (size_t i = 0; i < count; i++) {
		if (value_answer(query, &values[i], &items[kept], error) != 0)
			return -1;
		kept += fits(&items[kept], type->named);
	}
	if (list)
		*answer = graphql_list(items, kept);
	else
		*answer = kept > 0 ? items[0] : own_text(record, attribute);
	return 0;
}

struct graphql_datum attribute_value_node(struct query *query, const struct record *record,
					  const struct attribute *attribute)
{
	/* The type for one value, and the type for several, where there is one. */
	static const char *const types[VALUE_TYPES][2] = {
		[VALUE_TEXT] = {"TextValue"},
		[VALUE_NUMBER] = {"NumberValue"},
		[VALUE_CHECKBOX] = {"CheckboxValue"},
		[VALUE_CURRENCY] = {"CurrencyValue"},
		[VALUE_DATE] = {"DateValue"},
		[VALUE_TIMESTAMP] = {"TimestampValue"},
		[VALUE_RATING] = {"RatingValue"},
		[VALUE_STATUS] = {"StatusValue"},
		[VALUE_SELECT] = {"SelectValue", "MultiSelectValue"},
		[VALUE_RECORD] = {"RecordReferenceValue", "MultiRecordReferenceValue"},
		[VALUE_ACTOR] = {"ActorReferenceValue", "MultiActorReferenceValue"},
		[VALUE_LOCATION] = {"LocationValue"},
		[VALUE_DOMAIN] = {"DomainValue", "MultiDomainValue"},
		[VALUE_EMAIL] = {"MultiEmailAddressValue"},
		[VALUE_PHONE] = {"PhoneNumberValue", "MultiPhoneNumberValue"},
		[VALUE_NAME] = {"PersonalNameValue"},
		[VALUE_INTERACTION] = {"InteractionValue"},
	};
	bool unset_is_null = attribute->type == VALUE_CHECKBOX || attribute->type == VALUE_RATING;
	const char *type = types[attribute->type][0];
	struct attribute_value *kept;
	size_t count;

	record_values(record, attribute, &count);
	if (unset_is_null && count == 0)
		return (struct graphql_datum){.kind = GRAPHQL_NULL};
	if (attribute->multi && types[attribute->type][1] != NULL)
		type = types[attribute->type][1];
	kept = arena_alloc(query->reading.arena, sizeof(*kept));
	kept->record = record;
	kept->attribute = attribute;
	return node(query, type, kept);
}

struct graphql_datum value_part(const struct value *value, const char *field)
{
	/* Where GraphQL and REST spell a field differently. */
	static const char *const spelt[][2] = {
		{"line1", "line_1"}, {"line2", "line_2"},         {"line3", "line_3"},
		{"line4", "line_4"}, {"country", "country_code"},
	};

	if (value->attribute->type == VALUE_SELECT || value->attribute->type == VALUE_STATUS) {
		const struct option *option = attribute_option(value->attribute, value->ref);

		return graphql_text(strcmp(field, "id") == 0 ? option->id : option->title);
	}
	for (size_t i = 0; value->attribute->type == VALUE_LOCATION && i < ARRAY_LEN(spelt); i++) {
		if (strcmp(field, spelt[i][0]) == 0)
			field = spelt[i][1];
	}
	return json_datum(cJSON_GetObjectItemCaseSensitive(value->json, field));
}
