/* Parsing with checks in front of cJSON, and typed getters behind it. Documents come from files
 * and from the network, so every step here assumes that they may be malformed on purpose. */
#include "json/json.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "json/scan.h"

/* Whole numbers beyond this are not exact in a double. */
static const double MAX_EXACT_INT = 9007199254740991.0;

static const char BOM[] = "\xef\xbb\xbf";
enum { BOM_LEN = 3 };

void json_use_mem(void)
{
	cJSON_Hooks hooks = {.malloc_fn = mem_alloc, .free_fn = mem_free};

	cJSON_InitHooks(&hooks);
}

static int not_valid(struct error *error, const char *document, const char *text, size_t at,
		     const char *reason)
{
	size_t line = 1, start = 0;
	for (size_t i = 0; i < at; i++) {
		if (text[i] == '\n') {
			line++;
			start = i + 1;
		}
	}
	size_t column = utf8_utf16_len(text + start, at - start) + 1;
	error_set(error, ERROR_SERVICE, "%s: not valid JSON at line %zu, column %zu", document,
		  line, column);
	return error_why(error, "%s", reason);
}

/* Parses `body`; places in complaints are counted in `source`, which has the same length but still
 * its comments. */
static cJSON *parse(const char *body, const char *source, size_t len, const char *document,
		    size_t *offset, struct error *error)
{
	size_t skipped = len >= BOM_LEN && memcmp(body, BOM, BOM_LEN) == 0 ? BOM_LEN : 0;
	size_t at = 0;
	const char *reason = json_scan(body + skipped, len - skipped, &at);
	cJSON *value = NULL;
	if (reason == NULL) {
		value = cJSON_ParseWithLengthOpts(body + skipped, len - skipped, NULL, false);
		if (value == NULL) {
			at = 0;
			reason = "the JSON library cannot read it";
		}
	}
	if (value == NULL)
		not_valid(error, document, source + skipped, at, reason);
	if (offset != NULL)
		*offset = skipped + at;
	return value;
}

cJSON *json_parse(const char *text, size_t len, const char *document, size_t *offset,
		  struct error *error)
{
	return parse(text, text, len, document, offset, error);
}

cJSON *json_parse_answer(const char *text, size_t len, const char *document, struct error *error)
{
	char *copy = mem_strndup(text, len);
	json_mend_escapes(copy, len);
	cJSON *value = parse(copy, text, len, document, NULL, error);
	mem_free(copy);
	return value;
}

cJSON *json_parse_relaxed(const char *text, size_t len, const char *document, size_t *offset,
			  struct error *error)
{
	char *copy = mem_strndup(text, len);
	json_blank_comments(copy, len);
	cJSON *value = parse(copy, text, len, document, offset, error);
	mem_free(copy);
	return value;
}

/* The member `key`, or NULL with the complaint. */
static const cJSON *member(const cJSON *object, const char *document, const char *key,
			   struct error *error)
{
	if (!cJSON_IsObject(object)) {
		error_set(error, ERROR_SERVICE, "%s: an object with `%s` is expected", document,
			  key);
		return NULL;
	}
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
	if (item == NULL)
		error_set(error, ERROR_SERVICE, "%s: `%s` is missing", document, key);
	return item;
}

static int wrong_type(struct error *error, const char *document, const char *key, const char *what)
{
	return error_set(error, ERROR_SERVICE, "%s: `%s` must be %s", document, key, what);
}

int json_get_string(const cJSON *object, const char *document, const char *key, const char **value,
		    struct error *error)
{
	const cJSON *item = member(object, document, key, error);
	if (item == NULL)
		return -1;
	if (!cJSON_IsString(item) || item->valuestring == NULL)
		return wrong_type(error, document, key, "a string");
	*value = item->valuestring;
	return 0;
}

int json_get_int(const cJSON *object, const char *document, const char *key, long long *value,
		 struct error *error)
{
	const cJSON *item = member(object, document, key, error);
	if (item == NULL)
		return -1;
	double number = item->valuedouble;
	/* The range test comes first and is false for NaN: the conversion is then defined. */
	if (!cJSON_IsNumber(item) || !(number >= -MAX_EXACT_INT && number <= MAX_EXACT_INT) ||
	    (double)(long long)number != number)
		return wrong_type(error, document, key, "a whole number");
	*value = (long long)number;
	return 0;
}

int json_get_bool(const cJSON *object, const char *document, const char *key, bool *value,
		  struct error *error)
{
	const cJSON *item = member(object, document, key, error);
	if (item == NULL)
		return -1;
	if (!cJSON_IsBool(item))
		return wrong_type(error, document, key, "true or false");
	*value = cJSON_IsTrue(item);
	return 0;
}

int json_get_object(const cJSON *object, const char *document, const char *key, const cJSON **value,
		    struct error *error)
{
	const cJSON *item = member(object, document, key, error);
	if (item == NULL)
		return -1;
	if (!cJSON_IsObject(item))
		return wrong_type(error, document, key, "an object");
	*value = item;
	return 0;
}

int json_get_array(const cJSON *object, const char *document, const char *key, const cJSON **value,
		   struct error *error)
{
	const cJSON *item = member(object, document, key, error);
	if (item == NULL)
		return -1;
	if (!cJSON_IsArray(item))
		return wrong_type(error, document, key, "an array");
	*value = item;
	return 0;
}

const char *json_string_or_null(const cJSON *object, const char *key)
{
	/* cJSON itself returns NULL for NULL and for values that are no objects. */
	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
}
