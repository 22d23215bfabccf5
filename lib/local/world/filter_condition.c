/* One field of one value against operators. Operands are brought to the form that is kept, so that
 * SQLite compares like with like. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/refusal.h"
#include "local/world/filter_help.h"
#include "local/world/fold.h"
#include "local/world/moment.h"

static const struct {
	const char *name;
	int bit;
	const char *sql;
} operators[] = {
	{"$eq", OP_EQ, " = "},
	{"$in", OP_IN, NULL},
	{"$contains", OP_CONTAINS, NULL},
	{"$starts_with", OP_STARTS, NULL},
	{"$ends_with", OP_ENDS, NULL},
	{"$lt", OP_LESS, " < "},
	{"$lte", OP_LESS, " <= "},
	{"$gt", OP_LESS, " > "},
	{"$gte", OP_LESS, " >= "},
	{"$not_empty", OP_NOT_EMPTY, NULL},
};

bool is_operators(const cJSON *object)
{
	const cJSON *member;

	if (!cJSON_IsObject(object) || object->child == NULL)
		return false;
	cJSON_ArrayForEach(member, object)
	{
		if (member->string[0] != '$')
			return false;
	}
	return true;
}

static const char *folded(const struct place *place, const char *text)
{
	struct buf out = {0};
	const char *copy;

	fold_text(&out, text, strlen(text));
	copy = arena_strndup(place->compiled->arena, buf_cstr(&out), out.len);
	buf_dispose(&out);
	return copy;
}

/* A phone number without the signs that people put between its digits. */
static const char *digits_of(const struct place *place, const char *text)
{
	char *copy = arena_strdup(place->compiled->arena, text);
	char *end = copy;

	for (; *text != '\0'; text++)
		if (strchr(" ().-/", *text) == NULL)
			*end++ = *text;
	*end = '\0';
	return copy;
}

static const char *option_id(const struct place *place, const struct attribute *attribute,
			     const char *name)
{
	bool status = attribute->type == VALUE_STATUS;

	for (size_t i = 0; i < attribute->option_count; i++)
		if (str_is(attribute->options[i].id, name) ||
		    str_is(attribute->options[i].title, name))
			return attribute->options[i].id;
	refusal_bad(place->refusal, "value_not_found",
		    "Cannot find %s attribute with %s option title \"%s\".",
		    status ? "status" : "select", status ? "status" : "select", name);
	return NULL;
}

static int bind_option(const struct place *place, const struct attribute *attribute,
		       const char *name)
{
	const char *id = option_id(place, attribute, name);

	if (id == NULL)
		return -1;
	compiled_text(place->compiled, id);
	return 0;
}

static int bind_moment(const struct place *place, const struct field *field, const char *text)
{
	char at[MOMENT_SIZE];

	if ((field->kind == FIELD_DATE ? moment_date(text, at) : moment_timestamp(text, at)) != 0)
		return filter_refuse(place, "\"%s\" is not a date", text);
	compiled_text(place->compiled, arena_strdup(place->compiled->arena, at));
	return 0;
}

/* Binds the operand of a comparison. */
static int bind_operand(const struct place *place, const struct attribute *attribute,
			const struct field *field, const cJSON *operand)
{
	const char *text = cJSON_GetStringValue(operand);
	const struct owner *object;

	if (field->kind == FIELD_NUMBER && cJSON_IsNumber(operand)) {
		compiled_number(place->compiled, operand->valuedouble);
		return 0;
	}
	if (field->kind == FIELD_TRUTH && cJSON_IsBool(operand)) {
		compiled_integer(place->compiled, cJSON_IsTrue(operand) ? 1 : 0);
		return 0;
	}
	if (text == NULL || field->kind == FIELD_NUMBER || field->kind == FIELD_TRUTH)
		return filter_refuse(place, "Expected %s",
				     field->kind == FIELD_NUMBER  ? "number"
				     : field->kind == FIELD_TRUTH ? "boolean"
								  : "string");
	switch (field->kind) {
	case FIELD_DATE:
	case FIELD_TIME:
		return bind_moment(place, field, text);
	case FIELD_OPTION:
		return bind_option(place, attribute, text);
	case FIELD_OBJECT:
		object = schema_object(place->compiled->schema, text);
		compiled_text(place->compiled, object != NULL ? object->id : text);
		return 0;
	case FIELD_PHONE:
		compiled_text(place->compiled, digits_of(place, text));
		return 0;
	case FIELD_KEY:
	case FIELD_REF:
		compiled_text(place->compiled, folded(place, text));
		return 0;
	default:
		compiled_text(place->compiled, text);
		return 0;
	}
}

static int compile_in(const struct place *place, const struct attribute *attribute,
		      const struct field *field, const cJSON *operand)
{
	struct buf *sql = &place->compiled->sql;
	const cJSON *item;
	size_t count = 0;

	if (!cJSON_IsArray(operand))
		return filter_refuse(place, "Expected array");
	buf_printf(sql, "%s IN (", field->sql);
	cJSON_ArrayForEach(item, operand)
	{
		struct place inner = place_at(place, count);

		buf_puts(sql, count++ > 0 ? ", ?" : "?");
		if (bind_operand(&inner, attribute, field, item) != 0)
			return -1;
	}
	buf_putc(sql, ')');
	return 0;
}

/* $contains, $starts_with, $ends_with: letters of either case. */
static int compile_part(const struct place *place, const struct field *field, int bit,
			const cJSON *operand)
{
	struct buf *sql = &place->compiled->sql;
	const char *text = cJSON_GetStringValue(operand);

	if (text == NULL)
		return filter_refuse(place, "Expected string");
	text = folded(place, field->kind == FIELD_PHONE ? digits_of(place, text) : text);
	if (bit == OP_CONTAINS) {
		buf_printf(sql, "instr(fold(%s), ?) > 0", field->sql);
		compiled_text(place->compiled, text);
		return 0;
	}
	if (text[0] == '\0') {
		buf_puts(sql, "1");
		return 0;
	}
	if (bit == OP_STARTS)
		buf_printf(sql, "substr(fold(%s), 1, length(?)) = ?", field->sql);
	else
		buf_printf(sql, "substr(fold(%s), -length(?)) = ?", field->sql);
	compiled_text(place->compiled, text);
	compiled_text(place->compiled, text);
	return 0;
}

static int compile_operator(const struct place *place, const struct attribute *attribute,
			    const struct field *field, const cJSON *operand)
{
	struct buf *sql = &place->compiled->sql;
	size_t i = 0;

	while (i < ARRAY_LEN(operators) && !str_is(operators[i].name, operand->string))
		i++;
	if (i == ARRAY_LEN(operators))
		return filter_refuse(place, "Unknown operator \"%s\"", operand->string);
	if ((operators[i].bit & field->operators) == 0)
		return filter_refuse(
			place,
			"Operator \"%s\" cannot be used with \"%s\" of an attribute of "
			"type \"%s\"",
			operand->string, field->name, attribute->type_name);
	switch (operators[i].bit) {
	case OP_IN:
		return compile_in(place, attribute, field, operand);
	case OP_CONTAINS:
	case OP_STARTS:
	case OP_ENDS:
		return compile_part(place, field, operators[i].bit, operand);
	case OP_NOT_EMPTY:
		if (!cJSON_IsBool(operand))
			return filter_refuse(place, "Expected boolean");
		/* An empty text is empty. */
		buf_printf(sql, "coalesce(%s, '') %s ''", field->sql,
			   cJSON_IsTrue(operand) ? "<>" : "=");
		return 0;
	default:
		buf_printf(sql, "%s%s?", field->sql, operators[i].sql);
		return bind_operand(place, attribute, field, operand);
	}
}

int condition_compile(const struct place *place, const struct attribute *attribute,
		      const struct field *field, const cJSON *wanted)
{
	struct buf *sql = &place->compiled->sql;
	const cJSON *member;

	if (!cJSON_IsObject(wanted)) {
		if ((field->operators & OP_EQ) == 0)
			return filter_refuse(place, "\"%s\" needs an operator", field->name);
		buf_printf(sql, "%s = ?", field->sql);
		return bind_operand(place, attribute, field, wanted);
	}
	if (wanted->child == NULL)
		return filter_refuse(place, "An operator is missing");
	cJSON_ArrayForEach(member, wanted)
	{
		struct place inner = place_in(place, member->string);

		if (member != wanted->child)
			buf_puts(sql, " AND ");
		if (compile_operator(&inner, attribute, field, member) != 0)
			return -1;
	}
	return 0;
}
