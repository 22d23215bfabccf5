/* Which server functions a bundle must be able to call, and under which id. */
#ifndef ATTIO_BUNDLE_SPLIT_H
#define ATTIO_BUNDLE_SPLIT_H

#include <stdbool.h>
#include <stddef.h>

struct app;
struct arena;
struct block;

struct server_module {
	const char *id;
	const char *path; /* relative to the app's root */
};

struct server_list {
	struct server_module *items;
	size_t count;
};

/* Whether the file (absolute, real path) is the app's own code: anything that is in no node_modules
 * folder. Code beside the app (a workspace's shared folder) is its author's code as well. */
bool split_is_own(const struct app *app, const char *path);

/* The id of a server file: the one of its definition; for a file that the platform's own CLI
 * leaves out (odd extension, outside src) the path seen from src without its extension, with it
 * when another server file has that id. */
const char *split_server_id(struct arena *arena, const struct app *app, const char *path);

/* The server functions of the shared bundle (block NULL), or those that a block's configurator
 * reaches: the definitions in the app's order, then the files that client code calls although no
 * definition covers them. */
void split_servers(struct arena *arena, const struct app *app, const struct block *block,
		   struct server_list *list);

/* Adds a file if the list does not have it; true when it was added. */
bool split_add(struct arena *arena, const struct app *app, struct server_list *list,
	       const char *path);

#endif
