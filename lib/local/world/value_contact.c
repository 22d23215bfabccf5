/* Ways to reach somebody: domains, e-mail addresses, phone numbers, and names. What is a root
 * domain the Public Suffix List says (libpsl, its built-in copy). */
#include <string.h>

#include <libpsl.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "local/world/phone.h"
#include "local/world/schema.h"
#include "local/world/value_kinds.h"

const char *domain_root(struct arena *arena, const char *domain)
{
	const char *root = psl_registrable_domain(psl_builtin(), domain);

	return arena_strdup(arena, root != NULL ? root : domain);
}

/* Labels of letters, digits, "-", "_" and what is not ASCII, at least two of them. */
static bool is_domain(const char *text)
{
	size_t labels = 1;
	size_t len = 0;

	if (strlen(text) > 253)
		return false;
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '.') {
			if (len == 0)
				return false;
			labels++;
			len = 0;
		} else if (c > 0x7f || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
			   c == '_' || (c == '-' && len > 0 && text[1] != '.' && text[1] != '\0')) {
			if (++len > 63)
				return false;
		} else {
			return false;
		}
	}
	return labels > 1 && len > 0;
}

/* The host of what may be a whole address: "https://www.Example.com/path" is "www.example.com". */
static const char *host_of(const struct reading *reading, const char *text)
{
	const char *start = strstr(text, "://");
	char *host;

	text += strspn(text, " \t");
	start = start != NULL ? start + 3 : text;
	host = arena_strdup(reading->arena, value_lower(reading, start));
	host[strcspn(host, "/?#: \t")] = '\0';
	return host;
}

int kind_domain(const struct reading *reading, const cJSON *input, struct value *value)
{
	struct buf out = {0};
	const char *text;
	const char *domain;

	if (value_string(reading, input, "domain", &text) != 0)
		return -1;
	domain = host_of(reading, text);
	if (!is_domain(domain))
		return value_bad(reading, "custom", value_path(reading, input, "domain"), NULL,
				 NULL, "Invalid domain");
	buf_putc(&out, '{');
	value_put_string(&out, "domain", domain);
	value_put_string(&out, "root_domain", domain_root(reading->arena, domain));
	buf_putc(&out, '}');
	value->json = value_take(reading, &out);
	value->key = domain;
	return 0;
}

static bool is_local_part(const char *text, size_t len)
{
	if (len == 0 || len > 64 || text[0] == '.' || text[len - 1] == '.')
		return false;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c <= ' ' || c == 0x7f || strchr("\"(),:;<>@[\\]", c) != NULL)
			return false;
	}
	return true;
}

int kind_email(const struct reading *reading, const cJSON *input, struct value *value)
{
	const char *field = cJSON_IsObject(input) && value_field(input, "email_address") == NULL
				    ? "original_email_address"
				    : "email_address";
	struct buf out = {0};
	const char *text;
	const char *address;
	const char *at;

	if (cJSON_IsObject(input) && value_field(input, field) == NULL)
		field = "email_address";
	if (value_string(reading, input, field, &text) != 0)
		return -1;
	address = value_lower(reading, text);
	at = strrchr(address, '@');
	if (at == NULL || !is_local_part(address, (size_t)(at - address)) || !is_domain(at + 1))
		return value_bad(reading, "invalid_string", value_path(reading, input, field), NULL,
				 NULL, "Invalid email");
	buf_putc(&out, '{');
	value_put_string(&out, "original_email_address", text);
	value_put_string(&out, "email_address", address);
	value_put_string(&out, "email_domain", at + 1);
	value_put_string(&out, "email_root_domain", domain_root(reading->arena, at + 1));
	value_put_string(&out, "email_local_specifier",
			 arena_strndup(reading->arena, address, (size_t)(at - address)));
	buf_putc(&out, '}');
	value->json = value_take(reading, &out);
	value->key = address;
	return 0;
}

int kind_phone(const struct reading *reading, const cJSON *input, struct value *value)
{
	const cJSON *country = cJSON_IsObject(input) ? value_field(input, "country_code") : NULL;
	const char *field = cJSON_IsObject(input) &&
					    value_field(input, "original_phone_number") == NULL &&
					    value_field(input, "phone_number") != NULL
				    ? "phone_number"
				    : "original_phone_number";
	struct buf out = {0};
	struct phone phone;
	const char *text;

	if (value_string(reading, input, field, &text) != 0)
		return -1;
	if (country != NULL && !cJSON_IsString(country) && !cJSON_IsNull(country))
		return value_bad_type(reading, "\"country_code\"", "string", country);
	switch (phone_read(text, cJSON_IsString(country) ? country->valuestring : NULL, &phone)) {
	case 0:
		break;
	case -2:
		return value_bad(reading, "custom", value_path(reading, input, field), NULL, NULL,
				 "Phone number is missing a country code");
	case -3:
		return value_bad(reading, "invalid_enum_value", "\"country_code\"", NULL, NULL,
				 "Invalid country code");
	default:
		return value_bad(reading, "custom", value_path(reading, input, field), NULL, NULL,
				 "Invalid phone number");
	}
	buf_putc(&out, '{');
	value_put_string(&out, "original_phone_number", text);
	value_put_string(&out, "country_code", phone.country);
	value_put_string(&out, "phone_number", phone.number);
	buf_putc(&out, '}');
	value->json = value_take(reading, &out);
	value->key = arena_strdup(reading->arena, phone.number);
	return 0;
}

static const char *trimmed(const struct reading *reading, const char *text, size_t len)
{
	while (len > 0 && (*text == ' ' || *text == '\t')) {
		text++;
		len--;
	}
	while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t'))
		len--;
	return arena_strndup(reading->arena, text, len);
}

static int split_name(const struct reading *reading, const char *text, const char *parts[3])
{
	const char *comma = strchr(text, ',');

	if (comma == NULL) {
		parts[0] = trimmed(reading, text, strlen(text));
		parts[1] = "";
		parts[2] = parts[0];
		return 0;
	}
	parts[0] = trimmed(reading, comma + 1, strlen(comma + 1));
	parts[1] = trimmed(reading, text, (size_t)(comma - text));
	parts[2] = trimmed(reading, arena_printf(reading->arena, "%s %s", parts[0], parts[1]),
			   strlen(parts[0]) + strlen(parts[1]) + 1);
	return 0;
}

int kind_personal_name(const struct reading *reading, const cJSON *input, struct value *value)
{
	static const char *const fields[3] = {"first_name", "last_name", "full_name"};
	const char *parts[3] = {NULL, NULL, NULL};
	struct buf out = {0};

	if (cJSON_IsString(input)) {
		split_name(reading, input->valuestring, parts);
	} else if (!cJSON_IsObject(input)) {
		return value_bad_type(reading, "", "object", input);
	} else {
		for (size_t i = 0; i < 3; i++) {
			const cJSON *item = value_field(input, fields[i]);

			if (cJSON_IsNull(item))
				continue;
			if (value_string(reading, input, fields[i], &parts[i]) != 0)
				return -1;
		}
	}
	buf_putc(&out, '{');
	for (size_t i = 0; i < 3; i++)
		value_put_string(&out, fields[i], parts[i]);
	buf_putc(&out, '}');
	value->json = value_take(reading, &out);
	return 0;
}
