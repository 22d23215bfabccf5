/* The files below the app's src folder, listed once. Names that begin with a dot are overlooked:
 * editors and systems make many of them. Linked folders and node_modules are not entered. (All of
 * it as in the official CLI's globs and in what TypeScript's `include` finds.) */
#ifndef ATTIO_APP_TREE_H
#define ATTIO_APP_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/map.h"
#include "sys/files.h"

struct app;

struct tree {
	const char **files; /* paths relative to the root, in walking order (sorted per folder) */
	size_t file_count;
	struct map file_set;   /* path -> the path itself */
	struct map other_set;  /* pipes, devices and the like */
	struct map folder_set; /* folders that were listed completely */
};

/* Lists src/. Folders that cannot be read become findings of the app. */
void tree_read(struct tree *tree, struct app *app);
void tree_dispose(struct tree *tree);
/* What is at `path`, relative to the root: from the list where it covers the folder, else from the
 * app's files. */
enum fs_type tree_type(const struct tree *tree, const struct app *app, const char *path);

/* Whether the root folder has an entry called `name`, a link that leads nowhere included. */
bool tree_has_entry(const struct files *files, const char *name);

#endif
