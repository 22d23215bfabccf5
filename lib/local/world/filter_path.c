/* A path goes from records to records: [["companies", "team"], ["people", "name"]]. Its first step
 * names what is queried; of a list, "parent_record" leads to the entry's record. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "local/refusal.h"
#include "local/world/filter_help.h"

struct step {
	const struct owner *owner;
	const char *attribute; /* slug or id */
};

static int read_step(const struct place *place, const cJSON *item, struct step *step)
{
	const cJSON *first = cJSON_GetArrayItem(item, 0);
	const cJSON *second = cJSON_GetArrayItem(item, 1);

	if (!cJSON_IsArray(item) || cJSON_GetArraySize(item) != 2 || !cJSON_IsString(first) ||
	    !cJSON_IsString(second))
		return filter_refuse(place, "Expected [object or list, attribute]");
	step->owner = schema_object(place->compiled->schema, first->valuestring);
	if (step->owner == NULL)
		step->owner = schema_list(place->compiled->schema, first->valuestring);
	if (step->owner == NULL)
		return filter_refuse(place, "Unknown object or list \"%s\"", first->valuestring);
	step->attribute = second->valuestring;
	return 0;
}

/* From the row to the records that the step's attribute points at, of the next step's object. */
static int join(struct place *place, const struct step *step, const struct owner *next)
{
	struct compiled *compiled = place->compiled;
	const char *from = place_row(place);
	const struct attribute *attribute;
	int to = ++compiled->aliases;

	if (step->owner->is_list && str_is(step->attribute, "parent_record")) {
		buf_printf(&compiled->sql,
			   " JOIN items i%d ON i%d.id = %s.parent_id AND i%d.owner_id = ?", to, to,
			   from, to);
		compiled_text(compiled, next->id);
		place->alias = to;
		return 0;
	}
	attribute = place_attribute(place, step->attribute);
	if (attribute == NULL)
		return -1;
	if (attribute->type != VALUE_RECORD)
		return filter_refuse(place, "\"%s\" does not lead to records", step->attribute);
	buf_printf(
		&compiled->sql,
		" JOIN vals j%d ON j%d.item = %s.row AND j%d.attribute = ? AND "
		"j%d.active_until IS NULL JOIN items i%d ON i%d.id = j%d.ref AND i%d.owner_id = ?",
		to, to, from, to, to, to, to, to, to);
	compiled_integer(compiled, attribute->row);
	compiled_text(compiled, next->id);
	place->alias = to;
	return 0;
}

int path_compile(const struct place *place, const cJSON *path, const struct attribute **last)
{
	struct compiled *compiled = place->compiled;
	const char *start = place_row(place);
	struct place at = *place;
	int count = cJSON_GetArraySize(path);
	struct step step = {0};
	size_t index = 0;
	const cJSON *item;
	int first = ++compiled->aliases;

	*last = NULL;
	if (!cJSON_IsArray(path) || count == 0 || count > 8)
		return filter_refuse(place, "Expected a path of 1 to 8 steps");
	buf_printf(&compiled->sql, "FROM items i%d", first);
	at.alias = first;
	cJSON_ArrayForEach(item, path)
	{
		struct place here = place_at(place, index);
		struct step former = step;

		if (read_step(&here, item, &step) != 0)
			return -1;
		if (index == 0 && step.owner != place->owner)
			return filter_refuse(&here, "A path begins with what is queried, \"%s\"",
					     place->owner->slug);
		here.alias = at.alias;
		here.owner = former.owner;
		if (index++ > 0 && join(&here, &former, step.owner) != 0)
			return -1;
		at.alias = here.alias;
		at.owner = step.owner;
	}
	if (str_is(step.attribute, "record_id") ||
	    (step.owner->is_list && str_is(step.attribute, "parent_record"))) {
		bool parent = step.owner->is_list;

		/* The id stands where a value's would. */
		buf_printf(
			&compiled->sql,
			" JOIN (SELECT row AS item, %s AS ref, id AS key, created_at AS "
			"active_from, json_object('value', %s) AS value, 0 AS position FROM items) "
			"v ON v.item = %s.row WHERE i%d.row = %s.row",
			parent ? "parent_id" : "id", parent ? "parent_id" : "id", place_row(&at),
			first, start);
		return 0;
	}
	*last = place_attribute(&at, step.attribute);
	if (*last == NULL)
		return -1;
	buf_printf(&compiled->sql,
		   " JOIN vals v ON v.item = %s.row AND v.attribute = ? AND v.active_until IS NULL "
		   "WHERE i%d.row = %s.row",
		   place_row(&at), first, start);
	compiled_integer(compiled, (*last)->row);
	return 0;
}
