/* A module's facts, pass by pass: the top level (facts.c), then the whole tree (uses.c). Finding by
 * name is lookup.c. */
#include <string.h>

#include "base/map.h"
#include "source/reader.h"
#include "sys/path.h"

void facts_read(struct facts *facts, const struct syntax *syntax, struct arena *arena)
{
	struct reader r = {.facts = facts, .syntax = syntax, .arena = arena};

	*facts = (struct facts){0};
	read_top_level(&r);
	bind_imports(&r);
	read_uses(&r, strstr(path_ext(syntax->path), "ts") != NULL);
	map_dispose(&r.imported);
}
