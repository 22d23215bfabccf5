/* See checkup.h: the list that every look adds to. */
#include "cli/net/checkup.h"

#include <stdarg.h>

#include "base/arena.h"

void checkup_add(struct checkup *checkup, enum checkup_level level, const char *name,
		 const char *fix, const char *format, ...)
{
	struct checkup_line *line =
		arena_push(checkup->arena, &checkup->lines, &checkup->count, sizeof(*line));
	va_list args;

	va_start(args, format);
	line->text = arena_vprintf(checkup->arena, format, args);
	va_end(args);
	line->name = name;
	line->level = level;
	line->fix = fix;
}

void checkup_repaired(struct checkup *checkup)
{
	struct checkup_line *line = &checkup->lines[checkup->count - 1];

	line->repaired = true;
	line->level = CHECKUP_OK;
	line->fix = NULL;
}
