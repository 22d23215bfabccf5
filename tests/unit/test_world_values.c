/* local/world, the pure files: moments, phone numbers, folding, and what a value of each type is
 * made of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "local/refusal.h"
#include "local/world/fold.h"
#include "local/world/moment.h"
#include "local/world/phone.h"
#include "local/world/schema.h"
#include "local/world/value.h"
#include "json/json.h"

static void test_moments(void **state)
{
	static const struct {
		const char *text;
		const char *expected; /* NULL: none */
	} rows[] = {
		{"2023", "2023-01-01T00:00:00.000000000Z"},
		{"2023-11", "2023-11-01T00:00:00.000000000Z"},
		{"2024-02-29", "2024-02-29T00:00:00.000000000Z"},
		{"2023-02-29", NULL},
		{"2023-05-01T12", "2023-05-01T12:00:00.000000000Z"},
		{"2023-05-01 12:30", "2023-05-01T12:30:00.000000000Z"},
		{"2023-05-01T12:30:15.5Z", "2023-05-01T12:30:15.500000000Z"},
		{"2023-05-01T12:30:15.123456789123Z", "2023-05-01T12:30:15.123456789Z"},
		{"2023-12-31T23:30:00-01:00", "2024-01-01T00:30:00.000000000Z"},
		{"2024-03-01T00:10:00+0530", "2024-02-29T18:40:00.000000000Z"},
		{"9999-12-31T23:59:59Z", "9999-12-31T23:59:59.000000000Z"},
		{"9999-12-31T23:59:59-01:00", NULL},
		{"0000-01-01", NULL},
		{"2023-13-01", NULL},
		{"2023-05-01T25:00", NULL},
		{"2023-05-01T12:30:15.5Zx", NULL},
		{"yesterday", NULL},
		{"", NULL},
	};
	char out[MOMENT_SIZE];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		int result = moment_timestamp(rows[i].text, out);

		if (rows[i].expected == NULL)
			assert_int_equal(result, -1);
		else
			assert_string_equal(out, rows[i].expected);
	}
	assert_int_equal(moment_date("2024-03-01T00:10:00+05:30", out), 0);
	assert_string_equal(out, "2024-02-29");
}

static void test_durations(void **state)
{
	static const struct {
		const char *duration;
		const char *expected;
	} rows[] = {
		{"PT0S", "2024-01-31T10:00:00.000000000Z"},
		{"P1M", "2024-02-29T10:00:00.000000000Z"},
		{"P1Y1M", "2025-02-28T10:00:00.000000000Z"},
		{"-P1M", "2023-12-31T10:00:00.000000000Z"},
		{"P2W", "2024-02-14T10:00:00.000000000Z"},
		{"PT36H30M1S", "2024-02-01T22:30:01.000000000Z"},
		{"P99999Y", NULL},
		{"-P99999Y", NULL},
		{"P1", NULL},
		{"P", NULL},
		{"PT1Y", NULL},
		{"1D", NULL},
	};
	char out[MOMENT_SIZE];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		int result = moment_after("2024-01-31T10:00:00Z", rows[i].duration, out);

		if (rows[i].expected == NULL)
			assert_int_equal(result, -1);
		else
			assert_string_equal(out, rows[i].expected);
	}
}

static void test_phones(void **state)
{
	static const struct {
		const char *text;
		const char *country;
		int result;
		const char *number;
		const char *found;
	} rows[] = {
		{"+15558675309", NULL, 0, "+15558675309", "US"},
		{"+1 (204) 555-0123", NULL, 0, "+12045550123", "CA"},
		{"+1 242 555 0123", NULL, 0, "+12425550123", "BS"},
		{"+44 20 7183 8750", NULL, 0, "+442071838750", "GB"},
		{"0044 20 7183 8750", NULL, 0, "+442071838750", "GB"},
		{"(020) 7183 8750", "GB", 0, "+442071838750", "GB"},
		{"020 7183 8750", "gb", 0, "+442071838750", "GB"},
		{"06 698 12345", "IT", 0, "+390669812345", "IT"},
		{"+7 701 1234567", NULL, 0, "+77011234567", "KZ"},
		{"+7 495 1234567", NULL, 0, "+74951234567", "RU"},
		{"415 555 0123", NULL, -2, NULL, NULL},
		{"415 555 0123", "XX", -3, NULL, NULL},
		{"+44 abc", NULL, -1, NULL, NULL},
		{"+999 1234567", NULL, -1, NULL, NULL},
		{"+1555", NULL, -1, NULL, NULL},
		{"+12345678901234567890123456789", NULL, -1, NULL, NULL},
		{"", NULL, -1, NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct phone phone;

		assert_int_equal(phone_read(rows[i].text, rows[i].country, &phone), rows[i].result);
		if (rows[i].result != 0)
			continue;
		assert_string_equal(phone.number, rows[i].number);
		assert_string_equal(phone.country, rows[i].found);
	}
}

static void test_folding(void **state)
{
	static const char *const rows[][2] = {
		{"Ada", "ada"},
		{"IR\303\210NE \303\226\303\237", "ir\303\250ne \303\266\303\237"},
		{"\305\201\303\263d\305\272", "\305\202\303\263d\305\272"},
		{"\316\221\316\230", "\316\261\316\270"},
		{"\320\226\320\201", "\320\266\321\221"},
		{"\303\227 x\xff", "\303\227 x\xff"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf out = {0};

		fold_text(&out, rows[i][0], strlen(rows[i][0]));
		assert_string_equal(buf_cstr(&out), rows[i][1]);
		buf_dispose(&out);
	}
}

/* ---- values ---- */

static struct option options[] = {
	{.id = "11111111-1111-4111-8111-111111111111", .title = "Lead"},
	{.id = "22222222-2222-4222-8222-222222222222", .title = "Won", .archived = true},
};

static const struct {
	enum value_type type;
	const char *input;
	const char *json; /* NULL: refused */
	const char *also; /* the key, or of a refusal the issue's message */
} values[] = {
	{VALUE_TEXT, "\"x\"", "{\"value\":\"x\"}", NULL},
	{VALUE_TEXT, "{\"value\":\"x\",\"attribute_type\":\"text\"}", "{\"value\":\"x\"}", NULL},
	{VALUE_TEXT, "7", NULL, "Expected string, received number"},
	{VALUE_TEXT, "{}", NULL, "Required"},
	{VALUE_TEXT, "null", NULL, "Expected string, received null"},
	{VALUE_NUMBER, "-0.1", "{\"value\":-0.1}", NULL},
	{VALUE_NUMBER, "1e21", "{\"value\":1e+21}", NULL},
	{VALUE_NUMBER, "3", "{\"value\":3}", NULL},
	{VALUE_NUMBER, "\"3\"", NULL, "Expected number, received string"},
	{VALUE_CHECKBOX, "true", "{\"value\":true}", NULL},
	{VALUE_CHECKBOX, "\"false\"", "{\"value\":false}", NULL},
	{VALUE_CHECKBOX, "\"yes\"", NULL, "Expected boolean, received string"},
	{VALUE_CURRENCY, "12.34567", "{\"currency_code\":\"EUR\",\"currency_value\":12.3457}",
	 NULL},
	{VALUE_CURRENCY, "{\"currency_value\":99,\"currency_code\":\"USD\"}",
	 "{\"currency_code\":\"EUR\",\"currency_value\":99}", NULL},
	{VALUE_DATE, "\"2023\"", "{\"value\":\"2023-01-01\"}", NULL},
	{VALUE_DATE, "\"soon\"", NULL, "Invalid date"},
	{VALUE_TIMESTAMP, "\"2023-05-01\"", "{\"value\":\"2023-05-01T00:00:00.000000000Z\"}", NULL},
	{VALUE_RATING, "5", "{\"value\":5}", NULL},
	{VALUE_RATING, "6", NULL, "Number must be less than or equal to 5"},
	{VALUE_RATING, "2.5", NULL, "Expected integer, received float"},
	{VALUE_DOMAIN, "\"https://www.Example.co.uk/path?x\"",
	 "{\"domain\":\"www.example.co.uk\",\"root_domain\":\"example.co.uk\"}",
	 "www.example.co.uk"},
	{VALUE_DOMAIN, "{\"domain\":\"app.attio.com\"}",
	 "{\"domain\":\"app.attio.com\",\"root_domain\":\"attio.com\"}", "app.attio.com"},
	{VALUE_DOMAIN, "\"nothing\"", NULL, "Invalid domain"},
	{VALUE_DOMAIN, "\"a b.com c\"", NULL, "Invalid domain"},
	{VALUE_EMAIL, "\"Ada+X@Sub.Example.com\"",
	 "{\"original_email_address\":\"Ada+X@Sub.Example.com\",\"email_address\":"
	 "\"ada+x@sub.example.com\",\"email_domain\":\"sub.example.com\",\"email_root_domain\":"
	 "\"example.com\",\"email_local_specifier\":\"ada+x\"}",
	 "ada+x@sub.example.com"},
	{VALUE_EMAIL, "\"ada\"", NULL, "Invalid email"},
	{VALUE_EMAIL, "\"a b@example.com\"", NULL, "Invalid email"},
	{VALUE_PHONE, "{\"original_phone_number\":\"(415) 555-0123\",\"country_code\":\"US\"}",
	 "{\"original_phone_number\":\"(415) 555-0123\",\"country_code\":\"US\",\"phone_number\":"
	 "\"+14155550123\"}",
	 "+14155550123"},
	{VALUE_PHONE, "\"(415) 555-0123\"", NULL, "Phone number is missing a country code"},
	{VALUE_PHONE, "4155550123", NULL, "Expected string, received number"},
	{VALUE_NAME, "\"Lovelace, Ada\"",
	 "{\"first_name\":\"Ada\",\"last_name\":\"Lovelace\",\"full_name\":\"Ada Lovelace\"}",
	 NULL},
	{VALUE_NAME, "\"Ada Lovelace\"",
	 "{\"first_name\":\"Ada Lovelace\",\"last_name\":\"\",\"full_name\":\"Ada Lovelace\"}",
	 NULL},
	{VALUE_NAME, "{\"first_name\":\"A\",\"last_name\":null,\"full_name\":\"A\"}",
	 "{\"first_name\":\"A\",\"last_name\":null,\"full_name\":\"A\"}", NULL},
	{VALUE_NAME, "{\"first_name\":\"A\",\"full_name\":\"A\"}", NULL, "Required"},
	{VALUE_LOCATION, "\"548 Market St, San Francisco, CA 94104, United States\"",
	 "{\"line_1\":\"548 Market "
	 "St\",\"line_2\":null,\"line_3\":null,\"line_4\":null,\"locality\":"
	 "\"San Francisco\",\"region\":\"CA\",\"postcode\":\"94104\",\"country_code\":\"US\","
	 "\"latitude\":null,\"longitude\":null}",
	 NULL},
	{VALUE_LOCATION, "\"12 St James's Square, London SW1Y 4LB, UK\"",
	 "{\"line_1\":\"12 St James's Square\",\"line_2\":null,\"line_3\":null,\"line_4\":null,"
	 "\"locality\":\"London\",\"region\":null,\"postcode\":\"SW1Y "
	 "4LB\",\"country_code\":\"GB\","
	 "\"latitude\":null,\"longitude\":null}",
	 NULL},
	{VALUE_LOCATION, "\"Berlin\"",
	 "{\"line_1\":null,\"line_2\":null,\"line_3\":null,\"line_4\":null,\"locality\":\"Berlin\","
	 "\"region\":null,\"postcode\":null,\"country_code\":null,\"latitude\":null,\"longitude\":"
	 "null}",
	 NULL},
	{VALUE_LOCATION, "{\"locality\":\"Berlin\"}", NULL, "Required"},
	{VALUE_STATUS, "\"Lead\"", "{}", NULL},
	{VALUE_STATUS,
	 "{\"status\":{\"id\":{\"status_id\":\"22222222-2222-4222-8222-222222222222\"}}}", "{}",
	 NULL},
	{VALUE_STATUS, "7", NULL, "Expected string, received number"},
	{VALUE_INTERACTION,
	 "{\"interaction_type\":\"email\",\"interacted_at\":\"2026\",\"owner_actor\":{\"type\":"
	 "\"system\",\"id\":null}}",
	 "{\"interaction_type\":\"email\",\"interacted_at\":\"2026-01-01T00:00:00.000000000Z\","
	 "\"owner_actor\":{\"type\":\"system\",\"id\":null}}",
	 NULL},
};

static const char *name_of(enum value_type type)
{
	static const char *const names[] = {
		"text",          "number",          "checkbox", "currency", "date",
		"timestamp",     "rating",          "status",   "select",   "record-reference",
		"email-address", "actor-reference", "location", "domain",   "phone-number",
		"personal-name", "interaction"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (value_type_of(names[i]) == type)
			return names[i];
	fail_msg("the type %d has no name", (int)type);
	return NULL;
}

static void test_values(void **state)
{
	static const struct schema schema = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(values); i++) {
		struct attribute attribute = {.slug = "it",
					      .type = values[i].type,
					      .type_name = name_of(values[i].type),
					      .writable = true,
					      .currency_code = "EUR",
					      .options = options,
					      .option_count = ARRAY_LEN(options)};
		struct arena *arena = arena_new();
		struct refusal refusal = {0};
		struct error error = {0};
		struct value value;
		cJSON *input =
			json_parse(values[i].input, strlen(values[i].input), "test", NULL, &error);
		int result;

		assert_non_null(input);
		result = value_parse(arena, &schema, &attribute, input, &value, &refusal);
		if (values[i].json == NULL) {
			assert_int_equal(result, -1);
			assert_string_equal(refusal.code, "validation_type");
			if (strstr(buf_cstr(&refusal.issues), values[i].also) == NULL)
				fail_msg("%s: %s", values[i].input, buf_cstr(&refusal.issues));
		} else {
			if (result != 0)
				fail_msg("%s: %s", values[i].input, buf_cstr(&refusal.issues));
			assert_string_equal(value.json, values[i].json);
			if (values[i].also != NULL)
				assert_string_equal(value.key, values[i].also);
		}
		refusal_dispose(&refusal);
		cJSON_Delete(input);
		arena_free(arena);
	}
}

static void test_lists(void **state)
{
	static const struct {
		bool multi;
		const char *input;
		int count; /* -1: refused */
	} rows[] = {
		{true, "[\"+15558675309\",\"+1 555 867 5309\",\"+15558675309\"]", 1},
		{true, "[]", 0},
		{true, "null", 0},
		{true, "\"+15558675309\"", -1},
		{false, "\"+15558675309\"", 1},
		{false, "[\"+15558675309\"]", 1},
		{false, "[\"+15558675309\",\"+15558675310\"]", -1},
		{false, "[]", 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct attribute attribute = {
			.slug = "it", .type = VALUE_PHONE, .multi = rows[i].multi};
		struct arena *arena = arena_new();
		struct refusal refusal = {0};
		struct error error = {0};
		struct value *list;
		size_t count;
		cJSON *input =
			json_parse(rows[i].input, strlen(rows[i].input), "test", NULL, &error);
		int result =
			value_parse_list(arena, NULL, &attribute, input, &list, &count, &refusal);

		assert_int_equal(result, rows[i].count < 0 ? -1 : 0);
		if (result == 0)
			assert_int_equal(count, rows[i].count);
		refusal_dispose(&refusal);
		cJSON_Delete(input);
		arena_free(arena);
	}
}

static void test_refusals_are_printed(void **state)
{
	struct refusal refusal = {0};
	struct buf out = {0};

	(void)state;
	refusal_bad(&refusal, "validation_type", "An \"x\".");
	refusal_issue(&refusal, "invalid_type", "\"data\",\"values\"", "object", "undefined",
		      "Required");
	refusal_print(&out, &refusal);
	assert_string_equal(
		buf_cstr(&out),
		"{\"status_code\":400,\"type\":\"invalid_request_error\",\"code\":"
		"\"validation_type\",\"message\":\"An \\\"x\\\".\",\"validation_errors\":[{"
		"\"code\":\"invalid_type\",\"path\":[\"data\",\"values\"],\"message\":"
		"\"Required\",\"expected\":\"object\",\"received\":\"undefined\"}]}");
	/* Filled again, nothing of before is left. */
	buf_clear(&out);
	refusal_missing(&refusal, "none");
	refusal_print(&out, &refusal);
	assert_string_equal(buf_cstr(&out),
			    "{\"status_code\":404,\"type\":\"invalid_request_error\","
			    "\"code\":\"not_found\",\"message\":\"none\"}");
	buf_dispose(&out);
	refusal_dispose(&refusal);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_moments),
		cmocka_unit_test(test_durations),
		cmocka_unit_test(test_phones),
		cmocka_unit_test(test_folding),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_refusals_are_printed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
