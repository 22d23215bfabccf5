/* The schema that an app's SDK ships: where it is, and reading it. */
#include "graphql/schema.h"

#include "base/arena.h"
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/path.h"

/* The largest public schemas have a few megabytes. */
#define SCHEMA_LIMIT ((size_t)64 << 20)

const char *graphql_schema_path(struct arena *arena, const char *folder)
{
	static const char name[] = "node_modules/attio/schema.graphql";
	const char *found = fs_find_up(arena, folder, name, FS_FILE);

	return found != NULL ? path_join(arena, found, name) : NULL;
}

int graphql_schema_text(struct arena *arena, const char *folder, const char **path, char **text,
			size_t *len, struct error *error)
{
	*path = graphql_schema_path(arena, folder);
	if (*path == NULL)
		return 0;
	if (bounds_may_read(folder, *path, error) != 0)
		return -1;
	return fs_read(arena, *path, SCHEMA_LIMIT, text, len, error);
}

int graphql_schema_read(const char *folder, struct graphql_schema **schema, struct error *error)
{
	struct arena *arena = arena_new();
	const char *path;
	char *text;
	size_t len;
	int result;

	*schema = NULL;
	result = graphql_schema_text(arena, folder, &path, &text, &len, error);
	if (result == 0 && path != NULL)
		result = graphql_schema_parse(text, len, path, schema, error);
	arena_free(arena);
	return result;
}
