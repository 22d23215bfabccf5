/* Ours and not cJSON_Utils: that library is one more to install, its older versions read past the
 * end of an array's index, and it gives no reason. */
#include "json/pointer.h"

#include <limits.h>
#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"

/* Takes the next token off a pointer that starts with a slash: *at is then its end. False for an
 * escape that does not exist. */
static bool next_token(const char **at, struct buf *token)
{
	buf_clear(token);
	for ((*at)++; **at != '\0' && **at != '/'; (*at)++) {
		if (**at != '~') {
			buf_putc(token, **at);
			continue;
		}
		(*at)++;
		if (**at != '0' && **at != '1')
			return false;
		buf_putc(token, **at == '0' ? '~' : '/');
	}
	return true;
}

/* A decimal index without leading zeros; -1 when it is none. */
static int index_of(const char *token)
{
	long index = 0;

	if (token[0] == '\0' || (token[0] == '0' && token[1] != '\0'))
		return -1;
	for (; *token != '\0'; token++) {
		if (*token < '0' || *token > '9')
			return -1;
		index = index * 10 + (*token - '0');
		if (index > INT_MAX / 2)
			return -1;
	}
	return (int)index;
}

static cJSON *child(cJSON *parent, const char *token)
{
	if (cJSON_IsObject(parent))
		return cJSON_GetObjectItemCaseSensitive(parent, token);
	if (cJSON_IsArray(parent) && index_of(token) >= 0)
		return cJSON_GetArrayItem(parent, index_of(token));
	return NULL;
}

/* Walks to what holds the value, or should: *token is then its name there. */
static cJSON *parent_of(cJSON *document, const char *pointer, struct buf *token)
{
	const char *at = pointer;
	cJSON *value = document;

	while (value != NULL && *at == '/') {
		if (!next_token(&at, token))
			return NULL;
		if (*at == '\0')
			return value;
		value = child(value, buf_cstr(token));
	}
	return NULL;
}

static bool put(cJSON *parent, const char *token, cJSON *value)
{
	cJSON *old = child(parent, token);

	if (old != NULL) {
		if (cJSON_IsObject(parent))
			return cJSON_ReplaceItemInObjectCaseSensitive(parent, token, value) != 0;
		return cJSON_ReplaceItemViaPointer(parent, old, value) != 0;
	}
	if (cJSON_IsObject(parent))
		return cJSON_AddItemToObject(parent, token, value) != 0;
	if (cJSON_IsArray(parent) &&
	    (strcmp(token, "-") == 0 || index_of(token) == cJSON_GetArraySize(parent)))
		return cJSON_AddItemToArray(parent, value) != 0;
	return false;
}

int json_pointer_set(cJSON **document, const char *pointer, cJSON *value, struct error *error)
{
	struct buf token = {0};
	cJSON *parent;
	bool done = false;

	if (*pointer == '\0') {
		cJSON_Delete(*document);
		*document = value;
		return 0;
	}
	parent = parent_of(*document, pointer, &token);
	if (parent != NULL)
		done = put(parent, buf_cstr(&token), value);
	buf_dispose(&token);
	if (done)
		return 0;
	cJSON_Delete(value);
	error_set(error, ERROR_USAGE, "there is no place `%.200s` in this document", pointer);
	if (*pointer != '/')
		return error_fix(error, "a JSON pointer starts with a slash: `/data/0/name`");
	return error_why(error, "a member or item on the way is missing");
}
