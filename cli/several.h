/* One command line for several apps, as in a repository of many: `attio validate apps/a apps/b`.
 * Each is looked at by itself, one after the other; the answer is one. */
#ifndef ATTIO_CLI_SEVERAL_H
#define ATTIO_CLI_SEVERAL_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "diag/diag.h"
#include "diag/text.h"

struct app;
struct cli;
struct cJSON;
struct error;
struct project_groups;

/* The operand of a command that takes several: its options struct has `paths`. */
/* clang-format off */
#define SEVERAL_OPERAND(type)                                                                      \
	{.name = "PATH",                                                                           \
	 .field = offsetof(type, paths),                                                           \
	 .is_path = true,                                                                          \
	 .many = true,                                                                             \
	 .help = "Folder of the app, or one in it; several apps are done one after the other "     \
		 "(default: the current folder)"}
/* clang-format on */

/* The apps that the paths (ends with NULL; NULL: none) belong to. 0 with fewer than two: then all
 * is as it is for one. -1 with ERROR_USAGE. */
int several_find(struct cli *cli, const char *const *paths, struct project_groups *groups,
		 struct error *error);
/* The only path, NULL: none was given. */
const char *several_first(const char *const *paths);
/* Whether one of the apps asks for git (project_asks_git); tells nobody anything. */
bool several_ask_git(struct cli *cli, const char *const *paths);
/* Options that are about one app: the first that is given of a list that ends with name NULL is
 * refused. */
struct single_option {
	bool given;
	const char *name; /* "--watch" */
};
int several_refuse(const struct single_option *options, struct error *error);

/* What single reports of all apps are made of: findings and texts as seen from the folder that
 * holds all of them. In the cli's arena. */
struct gathered {
	const char *root;
	struct diags findings;
	struct texts texts;
	size_t files;
	struct timespec start;
};
void gathered_init(struct gathered *gathered, struct cli *cli, const struct project_groups *groups);
void gathered_add(struct gathered *gathered, struct app *app, const struct diags *findings);
void gathered_dispose(struct gathered *gathered);

/* Runs `one` for each app; `paths` are those of the command line that belong to it, ends with NULL.
 * Meanwhile messages name the app, and JSON documents are kept. Returns the worst exit code. */
int several_run(struct cli *cli, const struct project_groups *groups,
		int (*one)(struct cli *cli, const char *const *paths, void *data), void *data);
/* The document of all: the command's, with `apps` that holds theirs. The caller frees it. */
struct cJSON *several_document(struct cli *cli, int code);
/* Before an app's part of a human answer: its name. */
void several_head(struct cli *cli);

#endif
