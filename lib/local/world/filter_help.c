/* Refusals, places and bound values. */
#include "local/world/filter_help.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "local/refusal.h"

int filter_refuse(const struct place *place, const char *format, ...)
{
	char message[400];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	refusal_bad(place->refusal, "filter_error", "Error in filter.");
	return refusal_issue(place->refusal, "custom", place->path, NULL, NULL, "%s", message);
}

static struct place deeper(const struct place *place, struct buf *item)
{
	struct place inner = *place;

	inner.path = arena_printf(place->compiled->arena, "%s%s%s", place->path,
				  place->path[0] != '\0' ? "," : "", buf_cstr(item));
	inner.depth++;
	buf_dispose(item);
	return inner;
}

struct place place_in(const struct place *place, const char *member)
{
	struct buf item = {0};

	buf_put_json_string(&item, member, strlen(member));
	return deeper(place, &item);
}

/* The service writes an index as a string too. */
struct place place_at(const struct place *place, size_t index)
{
	struct buf item = {0};

	buf_printf(&item, "\"%zu\"", index);
	return deeper(place, &item);
}

const char *place_row(const struct place *place)
{
	return place->alias == 0 ? "i" : arena_printf(place->compiled->arena, "i%d", place->alias);
}

const struct attribute *place_attribute(const struct place *place, const char *name)
{
	const struct attribute *attribute = owner_attribute(place->owner, name);

	if (attribute != NULL && !attribute->archived && attribute->type < VALUE_TYPES)
		return attribute;
	refusal_bad(place->refusal, "unknown_filter_attribute_slug", "Unknown attribute slug: %s.",
		    name);
	if (strlen(place->path) < sizeof(place->refusal->path))
		snprintf(place->refusal->path, sizeof(place->refusal->path), "%s", place->path);
	return NULL;
}

static struct bind *add_bind(struct compiled *compiled)
{
	return arena_push(compiled->arena, &compiled->binds, &compiled->count,
			  sizeof(*compiled->binds));
}

void compiled_text(struct compiled *compiled, const char *text)
{
	struct bind *bind = add_bind(compiled);

	bind->kind = BIND_TEXT;
	bind->text = text;
}

void compiled_integer(struct compiled *compiled, long long integer)
{
	struct bind *bind = add_bind(compiled);

	bind->kind = BIND_INTEGER;
	bind->integer = integer;
}

void compiled_number(struct compiled *compiled, double number)
{
	struct bind *bind = add_bind(compiled);

	bind->kind = BIND_NUMBER;
	bind->number = number;
}

void compiled_dispose(struct compiled *compiled)
{
	buf_dispose(&compiled->sql);
}
