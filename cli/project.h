/* The app that a command works on: the folder given as operand, or the current one. */
#ifndef ATTIO_CLI_PROJECT_H
#define ATTIO_CLI_PROJECT_H

#include <stdbool.h>
#include <stddef.h>

struct app;
struct arena;
struct cli;
struct error;
struct sources;
struct syntax_judge;

/* Paths of a command line, by the app that they belong to. */
struct project_group {
	const char *root;   /* absolute, real */
	const char *name;   /* the same as seen from the current folder */
	const char **paths; /* as they were given; ends with NULL */
	size_t count;       /* of paths, that NULL too */
};
struct project_groups {
	struct project_group *items;
	size_t count;
};

/* The app that the folder `path` (NULL: the current one) belongs to: the nearest folder upwards
 * that looks like one, else the folder itself. Absolute and real; NULL with ERROR_USAGE. */
const char *project_root(struct cli *cli, const char *path, struct error *error);
/* The same for a command that makes no sense without an app: ERROR_USAGE, too, when the folder is
 * in none. */
const char *project_root_of_app(struct cli *cli, const char *path, struct error *error);
/* Opens that app; `sources` as in app_options. EXIT_OK, or the failure was told and its exit code
 * is returned. Close with app_close. */
int project_open(struct cli *cli, const char *path, struct sources *sources, struct app *app);

/* Whether the app in `root` (NULL: not known) is in a git repository and has files that git must
 * not track, so that it has to be asked. Loading it takes longer than checking a small app. */
bool project_asks_git(struct cli *cli, const char *root);

/* The same for several apps: whether one of them has. */
bool groups_ask_git(struct cli *cli, const struct project_groups *groups);

/* The folder that keeps what can be made again for the app in `root`, or NULL (sys/cache.h). */
char *project_cache_folder(struct cli *cli, const char *root);
/* The same, NULL too when the run shall go without one (--no-cache). */
char *project_cache(struct cli *cli, const char *root);
/* The same for what is of no app, and must not come out of one. */
char *project_user_cache(struct cli *cli);

/* Who decides about texts that our own parser does not read, for app_options; in the cli's arena.
 */
const struct syntax_judge *project_judge(struct cli *cli);

/* An app and the part of it that findings are asked for. */
struct project {
	const char *root;   /* folder of the app: absolute, real */
	const char **paths; /* files and folders, relative to the root */
	size_t count;       /* 0: the whole app */
};

/* Finds the app that all of `paths` belong to (ends with NULL; NULL or none: the current folder),
 * the nearest folder upwards that looks like one; else the folder itself. A file that `may_be_new`
 * need not exist. 0, or -1 with ERROR_USAGE. The memory is the cli's arena. */
int project_find(struct cli *cli, const char *const *paths, bool may_be_new,
		 struct project *project, struct error *error);
/* 0, or -1 with ERROR_USAGE. The memory is the cli's arena. */
int project_split(struct cli *cli, const char *const *paths, struct project_groups *groups,
		  struct error *error);
/* The nearest folder from `folder` up that holds a `.git` (a folder; in a work tree or a submodule
 * a file), or `folder` itself. */
const char *project_repository(struct arena *arena, const char *folder);

#endif
