#include "sys/node.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "sys/cache.h"
#include "sys/child.h"
#include "sys/fs.h"
#include "sys/install.h"
#include "sys/path.h"

enum { OLDEST = 20, PATIENCE_MS = 10000, ANSWER_MAX = 4096, LINE_MAX_LEN = 64 };

/* "v22.13.1" */
static bool read_version(const char *text, struct node *node)
{
	char *end;

	if (text[0] != 'v')
		return false;
	long major = strtol(text + 1, &end, 10);
	if (*end != '.' || major < 1 || major > 9999)
		return false;
	long minor = strtol(end + 1, &end, 10);
	if (*end != '.' || minor < 0 || minor > 9999)
		return false;
	node->major = (int)major;
	node->minor = (int)minor;
	return true;
}

static int ask(struct loop *loop, struct node *node, struct error *error)
{
	const char *words[] = {node->path, "--version", NULL};
	const struct child_command command = {.name = "Node", .words = words, .limit = ANSWER_MAX};
	struct child child;

	if (child_start(&child, loop, &command, error) != 0)
		return -1;
	child_limit(&child, PATIENCE_MS);
	bool ended = child_finish(&child);
	bool known = ended && read_version(buf_cstr(&child.output), node);
	child_dispose(&child, 0);
	if (known)
		return 0;
	error_set(error, ERROR_TOOL, "Node cannot be used");
	return error_why(error, "`%s --version` says no version", node->path);
}

/* Starting Node to hear its version takes longer than all the rest of a command. */
static int find_version(struct arena *arena, struct loop *loop, const char *cache,
			struct node *node, struct error *error)
{
	char *file = cache != NULL ? cache_file_of(arena, cache, "node-", node->path) : NULL;
	uint64_t stamp = fs_stamp(node->path);
	struct error ignored;
	char *text;
	size_t len;

	if (file != NULL && stamp != 0 &&
	    fs_read(arena, file, LINE_MAX_LEN, &text, &len, &ignored) == 0) {
		char *end;
		if (strtoull(text, &end, 16) == stamp && *end == ' ' && read_version(end + 1, node))
			return 0;
	}
	if (loop == NULL)
		return error_set(error, ERROR_TOOL, "no version is remembered");
	if (ask(loop, node, error) != 0)
		return -1;
	if (file != NULL && stamp != 0) {
		text = arena_printf(arena, "%llx v%d.%d.0\n", (unsigned long long)stamp,
				    node->major, node->minor);
		fs_write_cache(file, text, strlen(text));
	}
	return 0;
}

/* A `node` in the folders of the search path that is new enough; relative folders do not count. */
static bool search(struct arena *arena, struct loop *loop, const struct node_places *places,
		   struct node *node)
{
	struct error ignored;

	for (const char *at = places->search; at != NULL && *at != '\0';) {
		size_t len = strcspn(at, ":");
		const char *folder = arena_printf(arena, "%.*s", (int)len, at);
		at += at[len] == ':' ? len + 1 : len;
		if (folder[0] != '/')
			continue;
		const char *path = path_join(arena, folder, "node");
		if (fs_type(path) != FS_FILE || access(path, X_OK) != 0)
			continue;
		/* A manager of versions has a link or a script there: that is what is to be run. */
		node->path = path;
		if (find_version(arena, loop, places->cache, node, &ignored) == 0 &&
		    node->major >= OLDEST)
			return true;
	}
	return false;
}

int node_find(struct arena *arena, struct loop *loop, const struct node_places *places,
	      struct node *node, struct error *error)
{
	char *path;

	*node = (struct node){0};
	if (places->named != NULL && *places->named != '\0') {
		if (install_node(arena, places->named, &path, error) != 0)
			return -1;
		node->path = path;
		if (find_version(arena, loop, places->cache, node, error) != 0)
			return -1;
		if (node->major >= OLDEST)
			return 0;
		error_set(error, ERROR_TOOL, "`ATTIO_NODE` names a Node that is too old");
		error_why(error, "`%s` is Node %d; app code needs Node %d or later", node->path,
			  node->major, OLDEST);
		return error_fix(error, "correct the variable or unset it");
	}
	if (search(arena, loop, places, node))
		return 0;
	int found = node->major;
	if (install_node(arena, NULL, &path, error) == 0) {
		node->path = path;
		return find_version(arena, loop, places->cache, node, error);
	}
	error_set(error, ERROR_TOOL, "Node %d or later is missing", OLDEST);
	if (found != 0)
		error_why(error, "the one in $PATH is Node %d", found);
	else
		error_why(error, "there is no `node` in the folders of $PATH");
	return error_fix(error, "install Node %d or later, or name one with `ATTIO_NODE`", OLDEST);
}

/* Threads come and go with the app's generations, and glibc keeps memory for each that there was.
 */
const char *const node_host_settings[] = {"MALLOC_ARENA_MAX=1", NULL};

const char *const *node_host_words(struct arena *arena, const struct node *node, const char *host,
				   const char *program, const char *file)
{
	const char **words = arena_alloc(arena, 12 * sizeof(*words));
	bool renamed = node->major > 22 || (node->major == 22 && node->minor >= 13);
	size_t n = 0;

	words[n++] = node->path;
	/* No name is known to all versions: 24 refuses the old one. */
	words[n++] = renamed ? "--permission" : "--experimental-permission";
	words[n++] = "--allow-worker";
	words[n++] = arena_printf(arena, "--allow-fs-read=%s/", host);
	/* What passes through is soon forgotten. On earlier versions any flag of V8's has Node
	 * compile its own code at each start, and that of each Worker, instead of reading it from
	 * where it has it compiled, which is 25 to 30 ms; there only the host's own sweeps help
	 * (lib/local/host/sweep.js). */
	if (node->major >= 24)
		words[n++] = "--max-semi-space-size=1";
	/* That permissions were an experiment is no news for the user. */
	words[n++] = "--no-warnings";
	if (file != NULL)
		words[n++] = arena_printf(arena, "--allow-fs-read=%s", file);
	words[n++] = path_join(arena, host, program);
	if (file != NULL)
		words[n++] = file;
	words[n] = NULL;
	return words;
}
