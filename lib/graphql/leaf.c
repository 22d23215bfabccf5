/* Leaves as JSON. What converts without loss is taken, as the reference implementation does. */
#include "graphql/leaf.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "graphql/datum.h"
#include "graphql/schema.h"
#include "json/json.h"

static void put_number(struct buf *out, double number)
{
	cJSON item = {.type = cJSON_Number, .valuedouble = number};

	json_print(out, &item, false);
}

static void put_any(struct buf *out, const struct graphql_datum *datum)
{
	switch (datum->kind) {
	case GRAPHQL_TRUTH:
		buf_puts(out, datum->truth ? "true" : "false");
		break;
	case GRAPHQL_NUMBER:
		put_number(out, datum->number);
		break;
	case GRAPHQL_TEXT:
		buf_put_json_string(out, datum->text, datum->len);
		break;
	case GRAPHQL_LIST:
	case GRAPHQL_RECORD:
		buf_putc(out, datum->kind == GRAPHQL_LIST ? '[' : '{');
		for (size_t i = 0; i < datum->count; i++) {
			buf_puts(out, i > 0 ? "," : "");
			if (datum->kind == GRAPHQL_RECORD) {
				buf_put_json_string(out, datum->items[i].name,
						    strlen(datum->items[i].name));
				buf_putc(out, ':');
			}
			put_any(out, &datum->items[i]);
		}
		buf_putc(out, datum->kind == GRAPHQL_LIST ? ']' : '}');
		break;
	default:
		buf_puts(out, datum->kind == GRAPHQL_NODE ? "{}" : "null");
		break;
	}
}

static const char *refuse(struct arena *arena, const char *words, const struct graphql_datum *datum)
{
	struct buf text = {0};
	const char *message;

	put_any(&text, datum);
	message = arena_printf(arena, "%s: %s", words, buf_cstr(&text));
	buf_dispose(&text);
	return message;
}

/* The number that a value stands for; false when it stands for none. */
static bool number_of(const struct graphql_datum *datum, double *number)
{
	char *end;

	*number = datum->number;
	if (datum->kind == GRAPHQL_TRUTH)
		*number = datum->truth ? 1 : 0;
	if (datum->kind == GRAPHQL_TEXT) {
		*number = strtod(datum->text, &end);
		if (datum->len == 0 || end != datum->text + datum->len)
			return false;
	}
	return (datum->kind == GRAPHQL_NUMBER || datum->kind == GRAPHQL_TRUTH ||
		datum->kind == GRAPHQL_TEXT) &&
	       isfinite(*number);
}

static const char *put_int(struct arena *arena, struct buf *out, const struct graphql_datum *datum)
{
	double number;

	if (!number_of(datum, &number) || floor(number) != number)
		return refuse(arena, "Int cannot represent non-integer value", datum);
	if (number > 2147483647.0 || number < -2147483648.0)
		return refuse(arena, "Int cannot represent non 32-bit signed integer value", datum);
	put_number(out, number);
	return NULL;
}

static const char *put_float(struct arena *arena, struct buf *out,
			     const struct graphql_datum *datum)
{
	double number;

	if (!number_of(datum, &number))
		return refuse(arena, "Float cannot represent non numeric value", datum);
	put_number(out, number);
	return NULL;
}

static const char *put_string(struct arena *arena, struct buf *out,
			      const struct graphql_datum *datum)
{
	if (datum->kind != GRAPHQL_TEXT && datum->kind != GRAPHQL_TRUTH &&
	    (datum->kind != GRAPHQL_NUMBER || !isfinite(datum->number)))
		return refuse(arena, "String cannot represent value", datum);
	buf_puts(out, datum->kind == GRAPHQL_TEXT ? "" : "\"");
	put_any(out, datum);
	buf_puts(out, datum->kind == GRAPHQL_TEXT ? "" : "\"");
	return NULL;
}

static const char *put_boolean(struct arena *arena, struct buf *out,
			       const struct graphql_datum *datum)
{
	bool number = datum->kind == GRAPHQL_NUMBER && isfinite(datum->number);

	if (datum->kind != GRAPHQL_TRUTH && !number)
		return refuse(arena, "Boolean cannot represent a non boolean value", datum);
	buf_puts(out, (number ? datum->number != 0 : datum->truth) ? "true" : "false");
	return NULL;
}

static const char *put_id(struct arena *arena, struct buf *out, const struct graphql_datum *datum)
{
	bool whole = datum->kind == GRAPHQL_NUMBER && isfinite(datum->number) &&
		     floor(datum->number) == datum->number;

	if (datum->kind != GRAPHQL_TEXT && !whole)
		return refuse(arena, "ID cannot represent value", datum);
	return put_string(arena, out, datum);
}

static const char *put_enum(struct arena *arena, struct buf *out, const struct graphql_type *type,
			    const struct graphql_datum *datum)
{
	for (size_t i = 0; datum->kind == GRAPHQL_TEXT && i < type->value_count; i++) {
		if (strcmp(type->values[i], datum->text) == 0) {
			put_any(out, datum);
			return NULL;
		}
	}
	return refuse(arena, arena_printf(arena, "Enum \"%s\" cannot represent value", type->name),
		      datum);
}

const char *graphql_put_leaf(struct arena *arena, struct buf *out, const struct graphql_type *type,
			     const struct graphql_datum *datum)
{
	static const struct {
		const char *name;
		const char *(*put)(struct arena *arena, struct buf *out,
				   const struct graphql_datum *datum);
	} scalars[] = {
		{"String", put_string},   {"Int", put_int}, {"Float", put_float},
		{"Boolean", put_boolean}, {"ID", put_id},
	};

	if (type->kind == GRAPHQL_ENUM)
		return put_enum(arena, out, type, datum);
	for (size_t i = 0; type->specified && i < sizeof(scalars) / sizeof(scalars[0]); i++) {
		if (str_is(type->name, scalars[i].name))
			return scalars[i].put(arena, out, datum);
	}
	if (datum->kind == GRAPHQL_NODE)
		return refuse(arena, arena_printf(arena, "%s cannot represent value", type->name),
			      datum);
	put_any(out, datum);
	return NULL;
}
