/* An app in a temporary folder, for tests of the model and the rules. */
#ifndef ATTIO_TESTS_APP_FOLDER_H
#define ATTIO_TESTS_APP_FOLDER_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/error.h"
#include "sys/fs.h"
#include "sys/path.h"

struct app_folder {
	struct arena *arena;
	char *root;
	struct app app;
};

static inline void folder_init(struct app_folder *folder)
{
	struct error error = {0};

	folder->arena = arena_new();
	folder->app = (struct app){0};
	if (fs_make_temp_dir(folder->arena, "/tmp/attio-test-", &folder->root, &error) != 0)
		abort();
}

static inline void folder_write(struct app_folder *folder, const char *path, const char *text)
{
	struct error error = {0};
	char *full = path_join(folder->arena, folder->root, path);
	FILE *file;

	if (fs_make_dirs(path_dir(folder->arena, full), &error) != 0)
		abort();
	file = fopen(full, "wb");
	if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0)
		abort();
}

static inline void folder_open(struct app_folder *folder)
{
	struct error error = {0};

	app_close(&folder->app);
	if (app_open(&folder->app, folder->root, NULL, &error) != 0)
		abort();
}

static inline void folder_dispose(struct app_folder *folder)
{
	struct error error = {0};

	app_close(&folder->app);
	fs_remove_tree(folder->root, &error);
	arena_free(folder->arena);
}

#endif
