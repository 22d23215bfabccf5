/* Which Node runs app code, and with which words. Node 20 is the oldest one that can keep files and
 * processes from a program; Debian 12 has 18, so one may be in our own folders. */
#ifndef ATTIO_SYS_NODE_H
#define ATTIO_SYS_NODE_H

struct arena;
struct error;
struct loop;

/* What decides; all may be NULL. */
struct node_places {
	const char *named;  /* $ATTIO_NODE: this one or none */
	const char *search; /* $PATH */
	const char *cache;  /* folder that remembers versions, so that Node need not be asked */
};

struct node {
	const char *path;
	int major, minor;
};

/* The named Node, else the first `node` of the search path that is new enough, else ours.
 * Everything is in the arena. The loop waits for Node to say its version; NULL: only versions that
 * are remembered count. -1 with ERROR_TOOL. */
int node_find(struct arena *arena, struct loop *loop, const struct node_places *places,
	      struct node *node, struct error *error);

/* The words that start a program of the host of app code (install_host), NULL at the end: Node, its
 * permissions, the program ("main.cjs"), and a file that it may read, too, or NULL. The child wants
 * an environment with nothing but the settings. */
const char *const *node_host_words(struct arena *arena, const struct node *node, const char *host,
				   const char *program, const char *file);
extern const char *const node_host_settings[]; /* "NAME=VALUE", NULL at the end */

#endif
