/* What git would take of a folder, were it there. */
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "git/git.h"
#include "git/internal.h"
#include "sys/path.h"

static void add(struct arena *arena, const char ***list, size_t *count, const char *name)
{
	*(const char **)arena_push(arena, list, count, sizeof(**list)) = name;
}

/* A pattern with a slash at its end fits folders only, and asks by the name's own. */
static bool is_ignored(const struct holder *holder, const char *name)
{
	const char *path = path_join(holder->arena, holder->prefix, name);
	int ignored = 0;

	if (git_ignore_path_is_ignored(&ignored, holder->repository, path) == 0 && ignored != 0)
		return true;
	path = arena_printf(holder->arena, "%s/", path);
	return git_ignore_path_is_ignored(&ignored, holder->repository, path) == 0 && ignored != 0;
}

int git_find_unignored(const char *folder, const char *const *names, struct arena *arena,
		       bool *inside, const char *const **unignored, struct error *error)
{
	struct arena *scratch = arena_new();
	const char **list = NULL;
	size_t count = 0;
	struct holder holder;
	int failed = holder_open(&holder, scratch, folder, error);

	*inside = failed == 0;
	if (failed == 0) {
		for (; *names != NULL; names++)
			if (!is_ignored(&holder, *names))
				add(arena, &list, &count, *names);
		holder_close(&holder);
	} else if (error->kind == ERROR_USAGE) {
		failed = 0; /* no repository, or none for this folder */
	}
	add(arena, &list, &count, NULL);
	*unignored = list;
	arena_free(scratch);
	return failed;
}
