/* The new texts as the app lays out its own: by the prettier that comes with the SDK (or with the
 * app), with the app's configuration, in Node. */
#ifndef ATTIO_MIGRATE_PRETTY_H
#define ATTIO_MIGRATE_PRETTY_H

#include <stddef.h>

struct loop;
struct migration;

/* Formats the files of the plan that want it. Returns how many stay as they are; *why then is the
 * cause, in a few words. `host` is the folder of install_host, `node` Node's path. */
size_t migrate_format(struct migration *plan, const char *root, const char *host, const char *node,
		      struct loop *loop, const char **why);

#endif
