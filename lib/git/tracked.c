/* Which files git tracks: what its index holds. */
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "git/git.h"
#include "git/internal.h"
#include "sys/path.h"

static const char *const *find_tracked(const struct holder *holder, const char *const *names,
				       struct arena *arena)
{
	const char **tracked = NULL, **slot;
	size_t count = 0, at;

	for (const char *const *name = names; *name != NULL; name++) {
		const char *path = path_join(holder->arena, holder->prefix, *name);

		if (git_index_find(&at, holder->index, path) != 0)
			continue;
		slot = arena_push(arena, &tracked, &count, sizeof(*slot));
		*slot = *name;
	}
	slot = arena_push(arena, &tracked, &count, sizeof(*slot));
	*slot = NULL;
	return tracked;
}

int git_tracked_files(const char *folder, const char *const *names, struct arena *arena,
		      const char *const **tracked, struct error *error)
{
	static const char *const none[] = {NULL};
	struct arena *scratch = arena_new();
	struct holder holder;
	int failed = holder_open(&holder, scratch, folder, error);

	*tracked = none;
	if (failed == 0) {
		*tracked = find_tracked(&holder, names, arena);
		holder_close(&holder);
	} else if (error->kind == ERROR_USAGE) {
		failed = 0; /* no repository, or none for this folder */
	}
	arena_free(scratch);
	return failed;
}
