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

/* The id of a server file (path relative to the root): the one of its definition. The model adopts
 * every server file that client code imports; should esbuild find one more (through a package that
 * lies beside the app), its id is the path seen from src without the extension, or with it when
 * that id is taken. */
const char *split_server_id(struct arena *arena, const struct app *app, const char *path);

/* The server functions of the shared bundle (block NULL), or those that a block's configurator
 * reaches, in the app's order. */
void split_servers(struct arena *arena, const struct app *app, const struct block *block,
		   struct server_list *list);

/* Adds a file if the list does not have it; true when it was added. */
bool split_add(struct arena *arena, const struct app *app, struct server_list *list,
	       const char *path);

/* A server file, webhook or event of the app that is a link to a file of perhaps another name. */
struct split_link {
	const char *real; /* absolute */
	const struct module *module;
};

struct split_links {
	struct split_link *items;
	size_t count;
};

void split_find_links(struct arena *arena, const struct app *app, struct split_links *links);

#endif
