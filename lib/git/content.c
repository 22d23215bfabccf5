/* Files out of a tree or the index. A link is followed inside the same state, because that is what
 * reading its path on the disk would give. */
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "diag/text.h"
#include "git/internal.h"
#include "sys/path.h"

/* As many as Linux follows. */
enum { LINK_HOPS = 40 };

struct entry {
	git_oid id;
	uint32_t mode; /* 0: no such entry */
};

static int find_entry(const struct holder *holder, git_tree *tree, const char *path,
		      struct entry *entry, struct error *error)
{
	*entry = (struct entry){0};
	if (tree == NULL) {
		const git_index_entry *staged = git_index_get_bypath(holder->index, path, 0);

		/* `git add -N` announces a file without its content. */
		if (staged == NULL || (staged->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD) != 0)
			return 0;
		*entry = (struct entry){staged->id, staged->mode};
		return 0;
	}
	git_tree_entry *found = NULL;
	int code = git_tree_entry_bypath(&found, tree, path);
	if (code == 0)
		*entry = (struct entry){*git_tree_entry_id(found), git_tree_entry_filemode(found)};
	git_tree_entry_free(found);
	/* A missing object is no missing entry. */
	const git_error *last = git_error_last();
	if (code == 0 || (code == GIT_ENOTFOUND && last != NULL && last->klass == GIT_ERROR_TREE))
		return 0;
	return holder_failed(holder, "read an old folder", error);
}

/* Whether the blob is too large to be read as a text. */
static bool is_huge(const struct holder *holder, const git_oid *id)
{
	git_odb *odb = NULL;
	git_object_t type;
	size_t len = 0;

	if (git_repository_odb(&odb, holder->repository) == 0 &&
	    git_odb_read_header(&len, &type, odb, id) != 0)
		len = 0; /* reading it will tell why */
	git_odb_free(odb);
	return len > TEXT_LIMIT;
}

static int read_blob(const struct holder *holder, struct arena *arena, const git_oid *id,
		     const char *checkout_path, const char **bytes, size_t *len,
		     struct error *error)
{
	git_blob *blob = NULL;
	git_buf filtered = {0};

	*bytes = "";
	*len = 0;
	if (is_huge(holder, id))
		return 0;
	int failed = git_blob_lookup(&blob, holder->repository, id);
	if (failed == 0 && checkout_path != NULL)
		failed = git_blob_filter(&filtered, blob, checkout_path, NULL);
	if (failed != 0) {
		holder_failed(holder, "read the content of a file", error);
	} else {
		*len = checkout_path != NULL ? filtered.size : (size_t)git_blob_rawsize(blob);
		*bytes = arena_strndup(
			arena, checkout_path != NULL ? filtered.ptr : git_blob_rawcontent(blob),
			*len);
	}
	git_buf_dispose(&filtered);
	git_blob_free(blob);
	return failed != 0 ? -1 : 0;
}

int content_read(const struct holder *holder, struct arena *arena, git_tree *tree, const char *path,
		 const char **bytes, size_t *len, struct error *error)
{
	*bytes = NULL;
	*len = 0;
	for (int hops = 0; hops < LINK_HOPS; hops++) {
		struct entry entry;
		const char *target;
		size_t target_len;

		if (find_entry(holder, tree, path, &entry, error) != 0)
			return -1;
		if (entry.mode == GIT_FILEMODE_BLOB || entry.mode == GIT_FILEMODE_BLOB_EXECUTABLE)
			return read_blob(holder, arena, &entry.id, path, bytes, len, error);
		if (entry.mode != GIT_FILEMODE_LINK)
			return 0; /* nothing, a folder, a submodule */
		if (read_blob(holder, holder->arena, &entry.id, NULL, &target, &target_len,
			      error) != 0)
			return -1;
		if (path_is_absolute(target))
			return 0;
		path = path_join(holder->arena, path_dir(holder->arena, path), target);
	}
	return 0;
}
