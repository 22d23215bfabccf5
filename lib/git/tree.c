/* All files below a folder as a commit or the index has them: the index is the list in both cases,
 * a tree is read into one in memory first. */
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "git/changes.h"
#include "git/internal.h"

struct walk {
	const struct holder *holder;
	git_tree *tree; /* NULL: the index */
	git_file_fn *each;
	void *user;
	struct error *error;
};

static int give(const struct walk *walk, const char *path)
{
	/* Of its own, so that the walk never holds more than one file. */
	struct arena *arena = arena_new();
	const char *prefix = walk->holder->prefix;
	size_t skip = strcmp(prefix, ".") == 0 ? 0 : strlen(prefix) + 1;
	const char *bytes;
	size_t len;
	int failed = content_read(walk->holder, arena, walk->tree, path, &bytes, &len, walk->error);

	if (!failed && bytes != NULL && walk->each(path + skip, bytes, len, walk->user) != 0)
		failed = -1;
	arena_free(arena);
	return failed;
}

static int walk_list(const struct walk *walk, git_index *list)
{
	const char *prefix = walk->holder->prefix;
	const char *below =
		strcmp(prefix, ".") == 0 ? "" : arena_printf(walk->holder->arena, "%s/", prefix);
	size_t at = 0;

	if (below[0] != '\0' && git_index_find_prefix(&at, list, below) != 0)
		return 0;
	for (; at < git_index_entrycount(list); at++) {
		const git_index_entry *entry = git_index_get_byindex(list, at);

		if (!str_starts(entry->path, below))
			break;
		/* The sides of a conflict are the same file. */
		if (GIT_INDEX_ENTRY_STAGE(entry) == 0 && give(walk, entry->path) != 0)
			return -1;
	}
	return 0;
}

static int walk_tree(struct walk *walk, const char *revision)
{
	git_index *list = NULL;
	const char *id;
	int failed = revision_tree(walk->holder, revision, &walk->tree, &id, walk->error);

	if (!failed && (git_index_new(&list) != 0 || git_index_read_tree(list, walk->tree) != 0))
		failed = holder_failed(walk->holder, "read the files of a commit", walk->error);
	if (!failed)
		failed = walk_list(walk, list);
	git_index_free(list);
	git_tree_free(walk->tree);
	return failed;
}

int git_tree_files(const char *folder, const char *revision, git_file_fn *each, void *user,
		   struct error *error)
{
	struct holder holder;
	struct walk walk = {.holder = &holder, .each = each, .user = user, .error = error};
	struct arena *scratch = arena_new();
	int failed = holder_open(&holder, scratch, folder, error);

	if (!failed) {
		failed = revision != NULL ? walk_tree(&walk, revision)
					  : walk_list(&walk, holder.index);
		holder_close(&holder);
	}
	arena_free(scratch);
	return failed;
}
