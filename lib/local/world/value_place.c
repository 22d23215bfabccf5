/* Locations: the ten fields, or an address in one text, of which is taken what is certain: a
 * country at its end, a postal code, a region, a place before them, and the rest as lines. */
#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "local/world/countries.h"
#include "local/world/schema.h"
#include "local/world/value_kinds.h"

enum place_field {
	LINE_1,
	LINE_2,
	LINE_3,
	LINE_4,
	LOCALITY,
	REGION,
	POSTCODE,
	COUNTRY,
	LATITUDE,
	LONGITUDE,
	PLACE_FIELDS
};

static const char *const fields[PLACE_FIELDS] = {"line_1",   "line_2",   "line_3",   "line_4",
						 "locality", "region",   "postcode", "country_code",
						 "latitude", "longitude"};

#define PARTS 12

/* The parts between commas, without spaces around them; what is more stays in the last. */
static size_t split(struct arena *arena, const char *text, const char *parts[PARTS])
{
	size_t count = 0;

	while (count < PARTS) {
		size_t len = count + 1 < PARTS ? strcspn(text, ",\n") : strlen(text);
		const char *next = text + len;

		while (len > 0 && isspace((unsigned char)*text)) {
			text++;
			len--;
		}
		while (len > 0 && isspace((unsigned char)text[len - 1]))
			len--;
		if (len > 0)
			parts[count++] = arena_strndup(arena, text, len);
		if (*next == '\0')
			break;
		text = next + 1;
	}
	return count;
}

static bool has_digit(const char *text)
{
	return strcspn(text, "0123456789") < strlen(text);
}

/* "CA 94105", "94105", "SW1A 2AA", "London SW1A 2AA": words with a digit at the end are the postal
 * code, what is before them is the region or the place. */
static void read_postcode(struct arena *arena, const char *part, const char *place[PLACE_FIELDS],
			  const char **rest)
{
	const char *at = part;

	*rest = part;
	while (*at != '\0') {
		size_t word = strcspn(at, " ");

		if (has_digit(arena_strndup(arena, at, word)))
			break;
		at += word;
		at += strspn(at, " ");
	}
	if (*at == '\0' || strlen(at) > 10)
		return;
	place[POSTCODE] = at;
	while (at > part && at[-1] == ' ')
		at--;
	*rest = arena_strndup(arena, part, (size_t)(at - part));
}

static void read_address(struct arena *arena, const char *text, const char *place[PLACE_FIELDS])
{
	const char *parts[PARTS];
	size_t count = split(arena, text, parts);
	const char *rest = NULL;

	if (count > 1 && country_by_name(parts[count - 1]) != NULL)
		place[COUNTRY] = country_by_name(parts[--count]);
	if (count > 1) {
		read_postcode(arena, parts[count - 1], place, &rest);
		if (place[POSTCODE] != NULL || count > 2)
			count--;
		else
			rest = NULL;
		if (rest != NULL && rest[0] != '\0') {
			if (count > 1 || !has_digit(parts[0]))
				place[REGION] = rest;
			else
				place[LOCALITY] = rest;
		}
	}
	if (count > 0 && place[LOCALITY] == NULL && !(count == 1 && has_digit(parts[0])))
		place[LOCALITY] = parts[--count];
	for (size_t i = 0; i < count && i < 4; i++)
		place[LINE_1 + i] = parts[i];
}

int kind_location(const struct reading *reading, const cJSON *input, struct value *value)
{
	const char *place[PLACE_FIELDS] = {NULL};
	struct buf out = {0};

	if (cJSON_IsString(input)) {
		read_address(reading->arena, input->valuestring, place);
	} else if (!cJSON_IsObject(input)) {
		return value_bad_type(reading, "", "object", input);
	} else {
		for (size_t i = 0; i < PLACE_FIELDS; i++) {
			const cJSON *item = value_field(input, fields[i]);

			if (cJSON_IsNull(item))
				continue;
			if (value_string(reading, input, fields[i], &place[i]) != 0)
				return -1;
		}
		if (place[COUNTRY] != NULL &&
		    (strlen(place[COUNTRY]) != 2 || country_by_name(place[COUNTRY]) == NULL))
			return value_bad(reading, "invalid_enum_value", "\"country_code\"", NULL,
					 NULL, "Invalid country code");
	}
	buf_putc(&out, '{');
	for (size_t i = 0; i < PLACE_FIELDS; i++)
		value_put_string(&out, fields[i], place[i]);
	buf_putc(&out, '}');
	value->json = value_take(reading, &out);
	return 0;
}
