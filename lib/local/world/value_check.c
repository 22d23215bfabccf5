/* Reading out of the request's JSON, and saying in the words of the service what is wrong there. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "local/refusal.h"
#include "local/world/schema.h"
#include "local/world/value_kinds.h"

int value_bad(const struct reading *reading, const char *code, const char *path,
	      const char *expected, const char *received, const char *message)
{
	refusal_bad(reading->refusal, "validation_type",
		    "An invalid value was passed to attribute with slug \"%s\".",
		    reading->attribute->slug);
	return refusal_issue(reading->refusal, code, path, expected, received, "%s", message);
}

static const char *kind_of(const cJSON *input)
{
	if (input == NULL)
		return "undefined";
	if (cJSON_IsNull(input))
		return "null";
	if (cJSON_IsBool(input))
		return "boolean";
	if (cJSON_IsNumber(input))
		return "number";
	if (cJSON_IsString(input))
		return "string";
	return cJSON_IsArray(input) ? "array" : "object";
}

int value_bad_type(const struct reading *reading, const char *path, const char *expected,
		   const cJSON *received)
{
	char message[96];

	if (received == NULL)
		snprintf(message, sizeof(message), "Required");
	else
		snprintf(message, sizeof(message), "Expected %s, received %s", expected,
			 kind_of(received));
	return value_bad(reading, "invalid_type", path, expected, kind_of(received), message);
}

const cJSON *value_field(const cJSON *input, const char *field)
{
	return cJSON_IsObject(input) ? cJSON_GetObjectItemCaseSensitive(input, field) : input;
}

const char *value_path(const struct reading *reading, const cJSON *input, const char *field)
{
	return cJSON_IsObject(input) ? arena_printf(reading->arena, "\"%s\"", field) : "";
}

int value_string(const struct reading *reading, const cJSON *input, const char *field,
		 const char **text)
{
	const cJSON *item = value_field(input, field);

	if (!cJSON_IsString(item))
		return value_bad_type(reading, value_path(reading, input, field), "string", item);
	*text = item->valuestring;
	return 0;
}

int value_number(const struct reading *reading, const cJSON *input, const char *field,
		 double *number)
{
	const cJSON *item = value_field(input, field);

	if (!cJSON_IsNumber(item) || !isfinite(item->valuedouble))
		return value_bad_type(reading, value_path(reading, input, field), "number", item);
	*number = item->valuedouble;
	return 0;
}

const char *value_take(const struct reading *reading, struct buf *out)
{
	const char *text = arena_strndup(reading->arena, buf_cstr(out), out->len);

	buf_dispose(out);
	return text;
}

void value_put_string(struct buf *out, const char *name, const char *text)
{
	buf_printf(out, "%s\"%s\":", out->len > 0 && out->ptr[out->len - 1] != '{' ? "," : "",
		   name);
	if (text != NULL)
		buf_put_json_string(out, text, strlen(text));
	else
		buf_puts(out, "null");
}

/* The shortest of the forms that read back as the same number. */
void value_put_number(struct buf *out, double number)
{
	char text[40];

	if (number == floor(number) && fabs(number) < 1e15) {
		buf_printf(out, "%.0f", number == 0 ? 0.0 : number);
		return;
	}
	for (int digits = 15; digits <= 17; digits++) {
		double again = 0;

		snprintf(text, sizeof(text), "%.*g", digits, number);
		again = strtod(text, NULL);
		if (memcmp(&again, &number, sizeof(again)) == 0)
			break;
	}
	buf_puts(out, text);
}

const char *value_lower(const struct reading *reading, const char *text)
{
	char *copy = arena_strdup(reading->arena, text);

	for (char *at = copy; *at != '\0'; at++)
		if (*at >= 'A' && *at <= 'Z')
			*at = (char)(*at - 'A' + 'a');
	return copy;
}
