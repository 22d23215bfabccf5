/* See environment.h. Codes and their fields: lib/platform/README.md. */
#include "local/developer/environment.h"

#include <stddef.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"

static void begin(struct buf *errors, const char *code, const char *key, const char *message)
{
	if (errors->len > 0)
		buf_putc(errors, ',');
	buf_putc(errors, '{');
	buf_put_json_member(errors, "code", code);
	buf_put_json_member(errors, "message", message);
	if (key != NULL)
		buf_put_json_member(errors, "key", key);
}

static void add(struct buf *errors, const char *code, const char *key, const char *message)
{
	begin(errors, code, key, message);
	buf_putc(errors, '}');
}

static void add_limit(struct buf *errors, const char *code, const char *key, const char *message,
		      const char *name, int limit)
{
	begin(errors, code, key, message);
	buf_printf(errors, ",\"%s\":%d}", name, limit);
}

static bool is_well_formed(const char *key)
{
	return key[0] >= 'A' && key[0] <= 'Z' &&
	       strspn(key, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == strlen(key);
}

static void check_one(const char *key, const char *value, struct buf *errors)
{
	if (str_starts(key, "ATTIO_") || str_starts(key, "__ATTIO"))
		add(errors, "RESERVED_KEY_PREFIX", key, "the key is reserved for the platform");
	else if (!is_well_formed(key))
		add(errors, "INVALID_KEY_FORMAT", key,
		    "the key must start with an uppercase letter, and then have uppercase letters, "
		    "digits and underscores only");
	if (strlen(key) > ENVIRONMENT_KEY_BYTES)
		add_limit(errors, "KEY_TOO_LONG", key, "the key is too long", "max_bytes",
			  ENVIRONMENT_KEY_BYTES);
	if (value[strspn(value, " \t\r\n\v\f")] == '\0')
		add(errors, "EMPTY_VALUE", key, "the value is empty");
	else if (strlen(value) > ENVIRONMENT_VALUE_BYTES)
		add_limit(errors, "VALUE_TOO_LARGE", key, "the value is too large", "max_bytes",
			  ENVIRONMENT_VALUE_BYTES);
}

bool environment_check(const cJSON *variables, struct buf *errors)
{
	const cJSON *item;

	if (cJSON_GetArraySize(variables) > ENVIRONMENT_MOST)
		add_limit(errors, "TOO_MANY_VARIABLES", NULL, "there are too many variables",
			  "limit", ENVIRONMENT_MOST);
	cJSON_ArrayForEach(item, variables) check_one(item->string, item->valuestring, errors);
	return errors->len > 0;
}
