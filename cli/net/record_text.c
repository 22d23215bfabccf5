/* See record_text.h. Each value of the REST API names its type, and what of it is the value depends
 * on that. */
#include "cli/net/record_text.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "json/json.h"

struct value_form {
	const char *type;
	const char *shown; /* path of the member that people see */
	/* Path of the member that is written; "" for several of them, see write_object; NULL: the
	 * service fills it in. */
	const char *written;
};

static const struct value_form forms[] = {
	{"text", "value", "value"},
	{"number", "value", "value"},
	{"checkbox", "value", "value"},
	{"rating", "value", "value"},
	{"date", "value", "value"},
	{"timestamp", "value", "value"},
	{"currency", "currency_value", "currency_value"},
	{"select", "option.title", "option.title"},
	{"status", "status.title", "status.title"},
	{"domain", "domain", "domain"},
	{"email-address", "email_address", "original_email_address"},
	{"phone-number", "phone_number", "original_phone_number"},
	{"personal-name", "full_name", ""},
	{"location", "locality", ""},
	{"record-reference", "target_record_id", ""},
	{"actor-reference", "referenced_actor_id", ""},
	{"interaction", "interacted_at", NULL},
};

/* Which members make up a value that is an object when it is written. */
static const char *const written_members[] = {
	"first_name",
	"last_name",
	"full_name",
	"line_1",
	"line_2",
	"line_3",
	"line_4",
	"locality",
	"region",
	"postcode",
	"country_code",
	"latitude",
	"longitude",
	"target_object",
	"target_record_id",
	"referenced_actor_type",
	"referenced_actor_id",
};

static const struct value_form *form_of(const cJSON *value)
{
	const char *type = json_string_or_null(value, "attribute_type");

	for (size_t i = 0; type != NULL && i < sizeof(forms) / sizeof(forms[0]); i++)
		if (strcmp(forms[i].type, type) == 0)
			return &forms[i];
	return NULL;
}

static const char *shown(struct cli *cli, const cJSON *value)
{
	const struct value_form *form = form_of(value);

	return answer_text(cli, value, form != NULL ? form->shown : "value");
}

const char *record_name(struct cli *cli, const cJSON *record)
{
	const cJSON *names = answer_member(record, "values.name");

	if (cJSON_GetArraySize(names) == 0)
		names = answer_member(record, "values.title");
	return cJSON_GetArraySize(names) > 0 ? shown(cli, cJSON_GetArrayItem(names, 0)) : "";
}

void record_print(struct cli *cli, const cJSON *record)
{
	const cJSON *attribute, *value;

	answer_line(cli, "%s", answer_text(cli, record, "id.record_id"));
	cJSON_ArrayForEach(attribute, answer_member(record, "values"))
	{
		const char *line = "";

		cJSON_ArrayForEach(value, attribute) line = arena_printf(
			cli->arena, "%s%s%s", line, line[0] != '\0' ? ", " : "", shown(cli, value));
		if (line[0] != '\0')
			answer_line(cli, "  %s: %s", attribute->string, line);
	}
}

static cJSON *write_object(const cJSON *value)
{
	cJSON *object = cJSON_CreateObject();

	for (size_t i = 0; i < sizeof(written_members) / sizeof(written_members[0]); i++) {
		const cJSON *member = cJSON_GetObjectItemCaseSensitive(value, written_members[i]);

		if (member != NULL)
			cJSON_AddItemToObject(object, written_members[i],
					      cJSON_Duplicate(member, true));
	}
	return object;
}

static cJSON *write_value(const cJSON *value)
{
	const struct value_form *form = form_of(value);

	if (form == NULL || form->written == NULL)
		return NULL;
	return form->written[0] == '\0'
		       ? write_object(value)
		       : cJSON_Duplicate(answer_member(value, form->written), true);
}

static bool is_writable(const char *slug, const cJSON *attributes)
{
	const cJSON *attribute;

	cJSON_ArrayForEach(attribute, answer_member(attributes, "data"))
	{
		const char *name = json_string_or_null(attribute, "api_slug");

		if (name != NULL && strcmp(name, slug) == 0)
			return answer_true(attribute, "is_writable");
	}
	return false;
}

cJSON *record_to_write(const cJSON *record, const cJSON *attributes)
{
	cJSON *result = cJSON_CreateObject();
	cJSON *values = cJSON_AddObjectToObject(result, "values");
	const cJSON *attribute, *value;

	cJSON_ArrayForEach(attribute, answer_member(record, "values"))
	{
		cJSON *list;

		if (!cJSON_IsArray(attribute) || !is_writable(attribute->string, attributes))
			continue;
		list = cJSON_CreateArray();
		cJSON_ArrayForEach(value, attribute)
		{
			cJSON *written = write_value(value);

			if (written != NULL)
				cJSON_AddItemToArray(list, written);
		}
		if (cJSON_GetArraySize(list) > 0)
			cJSON_AddItemToObject(values, attribute->string, list);
		else
			cJSON_Delete(list);
	}
	return result;
}
