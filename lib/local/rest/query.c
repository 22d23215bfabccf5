#include "local/rest/query.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/percent.h"
#include "base/str.h"
#include "local/rest/shape.h"

/* ---- reading ---- */

int query_read(struct query *query, const char *text, struct arena *arena)
{
	*query = (struct query){0};
	while (*text != '\0') {
		size_t len = strcspn(text, "&");
		const char *equals = memchr(text, '=', len);
		size_t name_len = equals != NULL ? (size_t)(equals - text) : len;
		struct query_item *item;

		if (len > 0) {
			item = arena_push(arena, &query->items, &query->count, sizeof(*item));
			item->name = percent_decode(arena, text, name_len, PERCENT_PLUS_IS_BLANK);
			item->value = equals != NULL ? percent_decode(arena, equals + 1,
								      len - name_len - 1,
								      PERCENT_PLUS_IS_BLANK)
						     : "";
			if (item->name == NULL || item->value == NULL)
				return -1;
		}
		text += len;
		if (*text == '&')
			text++;
	}
	return 0;
}

const char *query_text(const struct query *query, const char *name)
{
	for (size_t i = query->count; i > 0; i--)
		if (strcmp(query->items[i - 1].name, name) == 0)
			return query->items[i - 1].value;
	return NULL;
}

/* ---- checking ---- */

/* What a value stands for, in the words of a body; so that both are checked alike. NULL where its
 * text is nothing of the kind. */
static cJSON *as_json(const struct param *param, const char *text)
{
	char *end;
	double number;

	switch (param->kind) {
	case PARAM_BOOLEAN:
		if (strcmp(text, "true") != 0 && strcmp(text, "false") != 0)
			return NULL;
		return cJSON_CreateBool(text[0] == 't');
	case PARAM_NUMBER:
		errno = 0;
		number = strtod(text, &end);
		if (end == text || *end != '\0' || errno != 0 ||
		    strspn(text, "+-0123456789.") != strlen(text))
			return NULL;
		return cJSON_CreateNumber(number);
	default:
		return cJSON_CreateString(text);
	}
}

static struct shape shape_of(const struct param *param)
{
	struct shape shape = {.name = param->name};

	switch (param->kind) {
	case PARAM_NUMBER:
		shape.kind = SHAPE_INTEGER;
		shape.min = param->least;
		shape.max = param->most;
		break;
	case PARAM_BOOLEAN:
		shape.kind = SHAPE_BOOLEAN;
		break;
	case PARAM_CHOICE:
		shape.kind = SHAPE_CHOICE;
		shape.options = param->options;
		break;
	case PARAM_UUID:
		shape.kind = SHAPE_STRING;
		shape.format = FORMAT_UUID;
		break;
	case PARAM_TIME:
		shape.kind = SHAPE_STRING;
		shape.format = FORMAT_DATETIME;
		break;
	case PARAM_TEXT:
		shape.kind = SHAPE_STRING;
		break;
	}
	return shape;
}

size_t query_check(const struct query *query, const struct param *params, struct buf *issues)
{
	size_t count = 0;

	for (const struct param *one = params; one != NULL && one->name != NULL; one++) {
		const char *text = query_text(query, one->name);
		struct shape members[] = {shape_of(one), {0}};
		const struct shape shape = {.kind = SHAPE_OBJECT, .members = members};
		cJSON *object, *value;

		if (text == NULL)
			continue;
		object = cJSON_CreateObject();
		value = as_json(one, text);
		/* What cannot be read as its kind stays the text that it is. */
		if (value == NULL)
			value = cJSON_CreateString(text);
		cJSON_AddItemToObject(object, one->name, value);
		count += shape_check(&shape, object, issues);
		cJSON_Delete(object);
	}
	return count;
}

long long query_number(const struct query *query, const struct param *params, const char *name)
{
	const char *text = query_text(query, name);

	while (strcmp(params->name, name) != 0)
		params++;
	if (text == NULL)
		return params->standard;
	if (params->kind == PARAM_BOOLEAN)
		return text[0] == 't';
	return strtoll(text, NULL, 10);
}
