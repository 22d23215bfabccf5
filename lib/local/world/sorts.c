/* Sorting: by a field of the first value; what has none comes last, then the older item comes
 * first.
 */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "local/refusal.h"
#include "local/world/filter_help.h"

#define SORTS_MOST 20

/* What rows are compared by: an option by its place among the options, text without its case. */
static void put_value(struct compiled *compiled, const struct field *field)
{
	if (field->kind == FIELD_OPTION)
		buf_puts(&compiled->sql, "(SELECT position FROM options WHERE id = v.ref)");
	else if (field->kind == FIELD_TEXT)
		buf_printf(&compiled->sql, "fold(%s)", field->sql);
	else
		buf_puts(&compiled->sql, field->sql);
}

static int put_source(const struct place *place, const cJSON *sort,
		      const struct attribute **attribute)
{
	const cJSON *path = cJSON_GetObjectItemCaseSensitive(sort, "path");
	const cJSON *name = cJSON_GetObjectItemCaseSensitive(sort, "attribute");

	if (path != NULL)
		return path_compile(place, path, attribute);
	if (!cJSON_IsString(name))
		return filter_refuse(place, "A sort has \"attribute\" or \"path\"");
	*attribute = place_attribute(place, name->valuestring);
	if (*attribute == NULL)
		return -1;
	buf_puts(&place->compiled->sql,
		 "FROM vals v WHERE v.item = i.row AND v.attribute = ? AND v.active_until IS NULL");
	compiled_integer(place->compiled, (*attribute)->row);
	return 0;
}

/* The field is named after its source is known, so the source is compiled aside. */
static int compile_sort(const struct place *place, const cJSON *sort)
{
	struct compiled *compiled = place->compiled;
	const cJSON *direction = cJSON_GetObjectItemCaseSensitive(sort, "direction");
	const char *name = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(sort, "field"));
	const struct attribute *attribute = NULL;
	const struct field *field;
	struct buf before = compiled->sql;
	struct buf source;
	int result;

	if (!cJSON_IsObject(sort) || !cJSON_IsString(direction) ||
	    (!str_is(direction->valuestring, "asc") && !str_is(direction->valuestring, "desc")))
		return filter_refuse(place, "A sort has a \"direction\", \"asc\" or \"desc\"");
	compiled->sql = (struct buf){0};
	result = put_source(place, sort, &attribute);
	source = compiled->sql;
	compiled->sql = before;
	field = field_find(attribute != NULL ? attribute->type : VALUE_TEXT, name);
	if (result == 0 && field == NULL)
		result = filter_refuse(place, "Unknown field \"%s\"", name);
	if (result == 0) {
		buf_puts(&compiled->sql, "(SELECT ");
		put_value(compiled, field);
		buf_printf(&compiled->sql, " %s ORDER BY v.position LIMIT 1) %s NULLS LAST, ",
			   buf_cstr(&source),
			   str_is(direction->valuestring, "asc") ? "ASC" : "DESC");
	}
	buf_dispose(&source);
	return result;
}

int sorts_compile(struct compiled *compiled, const struct owner *owner, const cJSON *sorts,
		  struct refusal *refusal)
{
	struct place place = {compiled, owner, 0, "\"sorts\"", refusal, 0};
	const cJSON *item;
	size_t index = 0;

	if (sorts != NULL && (!cJSON_IsArray(sorts) || cJSON_GetArraySize(sorts) > SORTS_MOST))
		return filter_refuse(&place, "Expected an array of at most %d sorts", SORTS_MOST);
	cJSON_ArrayForEach(item, sorts)
	{
		struct place inner = place_at(&place, index++);

		if (compile_sort(&inner, item) != 0)
			return -1;
	}
	buf_puts(&compiled->sql, "i.created_at, i.id");
	return 0;
}
