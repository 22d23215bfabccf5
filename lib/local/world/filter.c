/* Conditions of one object are met together; those on one attribute's fields by one value of it. */
#include "local/world/filter.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "local/refusal.h"
#include "local/world/filter_help.h"

#define DEPTH 20
/* Conditions on attributes: each is a subquery, and SQLite's time grows with their square. */
#define CONDITION_LIMIT 1000
#define GROUP_LIMIT 5000 /* members of one $and or $or */
#define PART 200
#define BIND_LIMIT 32000 /* SQLite can be built to take as few as 32766 */

static int compile_object(const struct place *place, const cJSON *filter);

/* ---- values of an attribute ---- */

/* Within a subquery whose value is `v`: an operand, operators, or an object of fields. */
static int compile_wanted(const struct place *place, const struct attribute *attribute,
			  const cJSON *wanted)
{
	struct buf *sql = &place->compiled->sql;
	const cJSON *member;

	if (!cJSON_IsObject(wanted) || is_operators(wanted))
		return condition_compile(place, attribute, field_find(attribute->type, NULL),
					 wanted);
	if (wanted->child == NULL)
		return filter_refuse(place, "A condition is missing");
	cJSON_ArrayForEach(member, wanted)
	{
		struct place inner = place_in(place, member->string);
		const struct field *field = field_find(attribute->type, member->string);

		if (field == NULL)
			return filter_refuse(&inner, "Unknown field \"%s\" of type \"%s\"",
					     member->string, attribute->type_name);
		if (member != wanted->child)
			buf_puts(sql, " AND ");
		if (condition_compile(&inner, attribute, field, member) != 0)
			return -1;
	}
	return 0;
}

/* {"$not_empty": BOOLEAN}, alone: whether there is a value at all is asked. NULL for all else. */
static const cJSON *asks_for_any(const cJSON *wanted)
{
	const cJSON *operand = cJSON_GetObjectItemCaseSensitive(wanted, "$not_empty");

	return cJSON_IsBool(operand) && wanted->child == operand && operand->next == NULL ? operand
											  : NULL;
}

/* An empty text counts as none. */
static void compile_any(const struct place *place, const struct attribute *attribute, bool any)
{
	struct compiled *compiled = place->compiled;

	buf_printf(&compiled->sql,
		   "%sEXISTS (SELECT 1 FROM vals v WHERE v.item = %s.row AND v.attribute = ? AND "
		   "v.active_until IS NULL%s)",
		   any ? "" : "NOT ", place_row(place),
		   attribute->type == VALUE_TEXT
			   ? " AND coalesce(json_extract(v.value, '$.value'), '') <> ''"
			   : "");
	compiled_integer(compiled, attribute->row);
}

static int compile_attribute(const struct place *place, const struct attribute *attribute,
			     const cJSON *wanted)
{
	struct compiled *compiled = place->compiled;
	const cJSON *any = asks_for_any(wanted);

	if (++compiled->conditions > CONDITION_LIMIT)
		return filter_refuse(place, "There are more than %d conditions", CONDITION_LIMIT);
	if (any != NULL) {
		compile_any(place, attribute, cJSON_IsTrue(any));
		return 0;
	}
	buf_printf(&compiled->sql,
		   "EXISTS (SELECT 1 FROM vals v WHERE v.item = %s.row AND v.attribute = ? AND "
		   "v.active_until IS NULL AND ",
		   place_row(place));
	compiled_integer(compiled, attribute->row);
	if (compile_wanted(place, attribute, wanted) != 0)
		return -1;
	buf_putc(&compiled->sql, ')');
	return 0;
}

/* The item's own id, or an entry's record: columns of the item, not values. */
static int compile_own(const struct place *place, const char *column, const cJSON *wanted)
{
	static const struct attribute plain = {
		.type = VALUE_TEXT, .type_name = "text", .slug = "record_id"};
	struct field field = {"value", FIELD_REF, NULL,
			      OP_EQ | OP_IN | OP_NOT_EMPTY | OP_CONTAINS | OP_STARTS | OP_ENDS};

	field.sql = arena_printf(place->compiled->arena, "%s.%s", place_row(place), column);
	if (cJSON_IsObject(wanted) && !is_operators(wanted)) {
		const cJSON *inner = cJSON_GetObjectItemCaseSensitive(wanted, "value");

		if (inner == NULL)
			inner = cJSON_GetObjectItemCaseSensitive(wanted, "target_record_id");
		if (inner == NULL || wanted->child != inner || inner->next != NULL)
			return filter_refuse(place, "Unknown field");
		wanted = inner;
	}
	return condition_compile(place, &plain, &field, wanted);
}

/* ---- paths ---- */

static int compile_path(const struct place *place, const cJSON *filter)
{
	struct compiled *compiled = place->compiled;
	const cJSON *path = cJSON_GetObjectItemCaseSensitive(filter, "path");
	const cJSON *constraints = cJSON_GetObjectItemCaseSensitive(filter, "constraints");
	static const struct attribute own = {
		.type = VALUE_TEXT, .type_name = "text", .slug = "record_id"};
	struct place on_path = place_in(place, "path");
	struct place inner = place_in(place, "constraints");
	const struct attribute *last;

	if (constraints == NULL || cJSON_GetArraySize(filter) != 2)
		return filter_refuse(place, "A path filter has \"path\" and \"constraints\"");
	buf_puts(&compiled->sql, "EXISTS (SELECT 1 ");
	if (path_compile(&on_path, path, &last) != 0)
		return -1;
	buf_puts(&compiled->sql, " AND ");
	if (compile_wanted(&inner, last != NULL ? last : &own, constraints) != 0)
		return -1;
	buf_putc(&compiled->sql, ')');
	return 0;
}

/* ---- $and, $or, $not ---- */

static int compile_group(const struct place *place, const cJSON *list, const char *between)
{
	struct buf *sql = &place->compiled->sql;
	const cJSON *item;
	size_t count = 0;

	if (!cJSON_IsArray(list))
		return filter_refuse(place, "Expected array");
	if (cJSON_GetArraySize(list) > GROUP_LIMIT)
		return filter_refuse(place, "There are more than %d conditions", GROUP_LIMIT);
	buf_puts(sql, "((");
	cJSON_ArrayForEach(item, list)
	{
		struct place inner = place_at(place, count);

		/* SQLite counts a row of operators as a depth: in parts it is as flat as wide. */
		if (count > 0)
			buf_printf(sql, "%s%s%s", count % PART == 0 ? ")" : "", between,
				   count % PART == 0 ? "(" : "");
		count++;
		if (compile_object(&inner, item) != 0)
			return -1;
	}
	if (count == 0)
		buf_puts(sql, str_is(between, " AND ") ? "1" : "0");
	buf_puts(sql, "))");
	return 0;
}

static int compile_member(const struct place *place, const cJSON *member)
{
	const char *name = member->string;
	bool is_list = place->owner->is_list;
	const struct attribute *attribute;

	if (str_is(name, "$and"))
		return compile_group(place, member, " AND ");
	if (str_is(name, "$or"))
		return compile_group(place, member, " OR ");
	if (str_is(name, "$not")) {
		buf_puts(&place->compiled->sql, "NOT ");
		return compile_object(place, member);
	}
	if (name[0] == '$')
		return filter_refuse(place, "Unknown operator \"%s\"", name);
	if (str_is(name, is_list ? "entry_id" : "record_id"))
		return compile_own(place, "id", member);
	if (is_list && (str_is(name, "parent_record") || str_is(name, "parent_record_id")))
		return compile_own(place, "parent_id", member);
	attribute = place_attribute(place, name);
	return attribute != NULL ? compile_attribute(place, attribute, member) : -1;
}

static int compile_object(const struct place *place, const cJSON *filter)
{
	struct buf *sql = &place->compiled->sql;
	const cJSON *member;

	if (!cJSON_IsObject(filter))
		return filter_refuse(place, "Expected object");
	if (place->depth > DEPTH)
		return filter_refuse(place, "The filter is nested too deeply");
	if (cJSON_GetObjectItemCaseSensitive(filter, "path") != NULL)
		return compile_path(place, filter);
	buf_putc(sql, '(');
	cJSON_ArrayForEach(member, filter)
	{
		struct place inner = place_in(place, member->string);

		if (member != filter->child)
			buf_puts(sql, " AND ");
		if (compile_member(&inner, member) != 0)
			return -1;
	}
	if (filter->child == NULL)
		buf_putc(sql, '1');
	buf_putc(sql, ')');
	return 0;
}

int filter_compile(struct compiled *compiled, const struct owner *owner, const cJSON *filter,
		   struct refusal *refusal)
{
	struct place place = {compiled, owner, 0, "", refusal, 0};

	if (filter == NULL) {
		buf_putc(&compiled->sql, '1');
		return 0;
	}
	if (compile_object(&place, filter) != 0)
		return -1;
	return compiled->count <= BIND_LIMIT ? 0
					     : filter_refuse(&place, "There are too many values");
}
