/* Types whose value is one text, number, truth or moment. */
#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "local/world/moment.h"
#include "local/world/schema.h"
#include "local/world/value_kinds.h"

#define TEXT_LIMIT ((size_t)10 << 20)

static int put_value_text(const struct reading *reading, struct value *value, const char *text)
{
	struct buf out = {0};

	buf_putc(&out, '{');
	value_put_string(&out, "value", text);
	buf_putc(&out, '}');
	value->json = value_take(reading, &out);
	return 0;
}

static int put_value_number(const struct reading *reading, struct value *value, double number)
{
	struct buf out = {0};

	buf_puts(&out, "{\"value\":");
	value_put_number(&out, number);
	buf_putc(&out, '}');
	value->json = value_take(reading, &out);
	return 0;
}

int kind_text(const struct reading *reading, const cJSON *input, struct value *value)
{
	const char *text;

	if (value_string(reading, input, "value", &text) != 0)
		return -1;
	if (strlen(text) > TEXT_LIMIT)
		return value_bad(reading, "too_big", value_path(reading, input, "value"), NULL,
				 NULL, "Text values may have at most 10 MB");
	put_value_text(reading, value, text);
	/* A key is for comparing; what is longer than any name is not compared. */
	value->key = reading->attribute->unique ? text : NULL;
	return 0;
}

int kind_number(const struct reading *reading, const cJSON *input, struct value *value)
{
	double number;

	if (value_number(reading, input, "value", &number) != 0)
		return -1;
	put_value_number(reading, value, number);
	value->key = reading->attribute->unique ? value->json : NULL;
	return 0;
}

int kind_checkbox(const struct reading *reading, const cJSON *input, struct value *value)
{
	const cJSON *item = value_field(input, "value");
	bool truth = cJSON_IsTrue(item);

	if (cJSON_IsString(item) &&
	    (str_is(item->valuestring, "true") || str_is(item->valuestring, "false")))
		truth = str_is(item->valuestring, "true");
	else if (!cJSON_IsBool(item))
		return value_bad_type(reading, value_path(reading, input, "value"), "boolean",
				      item);
	value->json = truth ? "{\"value\":true}" : "{\"value\":false}";
	return 0;
}

/* At most four decimals are kept; the code is the attribute's. */
int kind_currency(const struct reading *reading, const cJSON *input, struct value *value)
{
	const char *code = reading->attribute->currency_code;
	struct buf out = {0};
	double number;

	if (value_number(reading, input, "currency_value", &number) != 0)
		return -1;
	if (fabs(number) < 1e11)
		number = round(number * 10000) / 10000;
	buf_putc(&out, '{');
	value_put_string(&out, "currency_code", code != NULL ? code : "USD");
	buf_puts(&out, ",\"currency_value\":");
	value_put_number(&out, number);
	buf_putc(&out, '}');
	value->json = value_take(reading, &out);
	return 0;
}

int kind_date(const struct reading *reading, const cJSON *input, struct value *value)
{
	const char *text;
	char date[MOMENT_SIZE];

	if (value_string(reading, input, "value", &text) != 0)
		return -1;
	if (moment_date(text, date) != 0)
		return value_bad(reading, "invalid_string", value_path(reading, input, "value"),
				 NULL, NULL, "Invalid date");
	return put_value_text(reading, value, date);
}

int kind_timestamp(const struct reading *reading, const cJSON *input, struct value *value)
{
	const char *text;
	char at[MOMENT_SIZE];

	if (value_string(reading, input, "value", &text) != 0)
		return -1;
	if (moment_timestamp(text, at) != 0)
		return value_bad(reading, "invalid_string", value_path(reading, input, "value"),
				 NULL, NULL, "Invalid timestamp");
	return put_value_text(reading, value, at);
}

int kind_rating(const struct reading *reading, const cJSON *input, struct value *value)
{
	const char *path = value_path(reading, input, "value");
	double number;

	if (value_number(reading, input, "value", &number) != 0)
		return -1;
	if (number != floor(number))
		return value_bad(reading, "invalid_type", path, "integer", "float",
				 "Expected integer, received float");
	if (number < 0)
		return value_bad(reading, "too_small", path, NULL, NULL,
				 "Number must be greater than or equal to 0");
	if (number > 5)
		return value_bad(reading, "too_big", path, NULL, NULL,
				 "Number must be less than or equal to 5");
	return put_value_number(reading, value, number);
}
