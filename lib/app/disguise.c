/* `extension.ts.txt`: what an editor that knows no TypeScript saves, and a desktop that hides
 * endings shows as `extension.ts`. Nothing sees such a file, and nothing says so. Helpers are not
 * told: what imports them is. */
#include <string.h>

#include "app/internal.h"
#include "app/places.h"
#include "app/problems.h"
#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/path.h"

static const struct rule_info handler_suffix = {"ATT1012", "handler-suffix", SEVERITY_ERROR};

/* The finding's rule for a definition of that name; NULL: it is none. */
static const struct rule_info *rule_of(const char *path)
{
	static const char *const files[] = {"extension.ts", "extension.tsx", NULL};
	static const char *const suffixes[] = {".webhook.ts", ".event.ts", NULL};
	const char *base = path_base(path);

	for (size_t i = 0; files[i] != NULL; i++)
		if (strcmp(base, files[i]) == 0 && path_is_under(path, FOLDER_EXTENSIONS))
			return &problem_extension;
	for (size_t i = 0; suffixes[i] != NULL; i++)
		if (str_ends(base, suffixes[i]))
			return &handler_suffix;
	return NULL;
}

void discover_disguised(struct app *app, const struct tree *tree)
{
	for (size_t i = 0; i < tree->file_count; i++) {
		const char *path = tree->files[i], *meant;
		const struct rule_info *rule;

		if (!str_ends(path, ".txt"))
			continue;
		meant = arena_strndup(app->arena, path, strlen(path) - strlen(".txt"));
		rule = rule_of(meant);
		if (rule != NULL && map_get(&tree->file_set, meant) == NULL)
			diag_add(&app->problems, rule, (struct place){.file = path},
				 "`%s` is never seen: it is a text file", path_base(path))
				->help =
				arena_printf(app->arena, "rename it to `%s`", path_base(meant));
	}
}
