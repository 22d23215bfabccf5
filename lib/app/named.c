/* Finding definition files by their names. */
#include <stdlib.h>
#include <string.h>

#include "app/internal.h"
#include "app/problems.h"
#include "base/arena.h"
#include "sys/path.h"

static int compare_paths(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct module *definition_file(struct app *app, const struct tree *tree, const char *path)
{
	enum fs_type type = tree_type(tree, app, path);

	if (type == FS_FILE)
		return modules_add(app, path);
	if (type == FS_DIR)
		diag_add(&app->problems, &problem_file_unreadable, (struct place){.file = path},
			 "`%s` is a folder where a source file is expected", path)
			->help = "rename the folder";
	return NULL;
}

const char **files_below(struct app *app, const struct tree *tree, const char *folder,
			 bool (*wanted)(const char *path, const void *data), const void *data,
			 size_t *count)
{
	const char **found = NULL;

	*count = 0;
	for (size_t i = 0; i < tree->file_count; i++) {
		const char *path = tree->files[i];

		if (path_is_under(path, folder) && wanted(path, data)) {
			const char **slot = arena_push(app->arena, &found, count, sizeof(*slot));
			*slot = path;
		}
	}
	if (*count > 1)
		qsort(found, *count, sizeof(*found), compare_paths);
	return found;
}

static bool is_named(const char *path, const void *base)
{
	const char *name = path_base(path);
	size_t len = strlen(base);

	return strncmp(name, base, len) == 0 &&
	       (strcmp(name + len, ".ts") == 0 || strcmp(name + len, ".tsx") == 0);
}

void read_each(struct app *app, const struct tree *tree, enum definition_kind kind,
	       const struct rule_info *rule, void (*read)(struct app *app, struct module *module))
{
	const struct home *home = &homes[kind];
	size_t count;
	const char **files = files_below(app, tree, home->folder, is_named, home->base, &count);

	for (size_t i = 0; i < count; i++) {
		struct module *module = modules_get(app, files[i]);

		if (module == NULL)
			continue;
		/* "x.ts" sorts right before "x.tsx". */
		if (i > 0 && strcmp(path_ext(files[i]), ".tsx") == 0 &&
		    strncmp(files[i - 1], files[i], strlen(files[i]) - 1) == 0)
			report_pair(app, rule, (struct place){.file = files[i - 1]},
				    whole_file(module), "the other one",
				    arena_printf(app->arena,
						 "this folder has both `%s.ts` and `%s.tsx`",
						 home->base, home->base))
				->help = "keep one of the two files";
		else
			read(app, module);
	}
}
