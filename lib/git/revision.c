/* From what a person or a CI job calls a revision to the tree to compare with. Most failures here
 * happen in CI, in clones that hold too little, so the errors tell what to fetch. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "git/internal.h"
#include "git/shallow.h"

#define FETCH_ALL                                                                                  \
	"fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` for "               \
	"actions/checkout"

enum { SHOWN_NAMES = 6 };

struct names {
	struct arena *arena;
	const char **items; /* ends with NULL once complete */
	size_t count;
};

/* Branches and tags as people write them. */
static int add_name(const char *reference, void *user)
{
	static const char *const kinds[] = {"refs/heads/", "refs/remotes/", "refs/tags/", NULL};
	struct names *names = user;

	for (const char *const *kind = kinds; *kind != NULL; kind++) {
		if (str_starts(reference, *kind) && !str_ends(reference, "/HEAD")) {
			const char **slot = arena_push(names->arena, &names->items, &names->count,
						       sizeof(*slot));
			*slot = arena_strdup(names->arena, reference + strlen(*kind));
		}
	}
	return 0;
}

/* `main` where there is only `origin/main` is the usual mistake; then come typing mistakes. */
static const char *near_name(const struct names *names, const char *revision)
{
	const char *tail = arena_printf(names->arena, "/%s", revision);

	for (size_t i = 0; i < names->count; i++) {
		if (str_ends(names->items[i], tail))
			return names->items[i];
	}
	return str_nearest(revision, names->items);
}

static void tell_names(const struct names *names, struct error *error)
{
	struct buf list = {0};

	for (size_t i = 0; i < names->count && i < SHOWN_NAMES; i++)
		buf_printf(&list, "%s`%s`", i > 0 ? ", " : "", names->items[i]);
	if (names->count > SHOWN_NAMES)
		buf_puts(&list, ", ...");
	if (names->count > 0)
		error_why(error, "the branches and tags here are %s", buf_cstr(&list));
	buf_dispose(&list);
}

static bool is_id(const char *revision)
{
	size_t len = strspn(revision, "0123456789abcdefABCDEF");

	return revision[len] == '\0' && len >= 7;
}

static int unknown_revision(const struct holder *holder, const char *revision, struct error *error)
{
	struct names names = {.arena = holder->arena};
	bool shallow = git_repository_is_shallow(holder->repository) == 1;

	error_set(error, ERROR_USAGE, "git knows no revision `%s` here", revision);
	if (is_id(revision) && revision[strspn(revision, "0")] == '\0')
		return error_fix(error, "this id stands for a branch that is new: name the branch "
					"it was made from");
	git_reference_foreach_name(holder->repository, add_name, &names);
	arena_push(names.arena, &names.items, &names.count, sizeof(*names.items));
	names.count--;
	const char *near = near_name(&names, revision);
	if (near != NULL)
		return error_fix(error, "did you mean `%s`", near);
	if (shallow) {
		error_why(error, "the clone is shallow");
		return error_fix(error, FETCH_ALL);
	}
	if (is_id(revision))
		return error_fix(error, "fetch it first: the commit is not in this clone");
	tell_names(&names, error);
	return error_fix(error, "name a branch, a tag or a commit; `git fetch` gets new ones");
}

/* A range names two revisions; CI recipes are full of them. */
static int refuse_spelling(const char *revision, struct error *error)
{
	const char *dots = strstr(revision, "..");

	if (revision[0] == '\0') {
		error_set(error, ERROR_USAGE, "the name of the revision is empty");
		return error_fix(error, "name a branch, a tag or a commit; perhaps a variable is "
					"not set");
	}
	if (dots == NULL)
		return 0;
	error_set(error, ERROR_USAGE, "`%s` is a range of revisions, not one revision", revision);
	if (dots == revision)
		return error_fix(error, "name the revision that the changes started from");
	return error_fix(error, "name the one that the changes started from: `%.*s`",
			 (int)(dots - revision), revision);
}

/* Git's short word for HEAD, which libgit2 only knows alone. "@{1}" is about the current branch,
 * and a branch may be called "@x". */
static const char *spell_out(const struct holder *holder, const char *revision)
{
	if (revision[0] != '@' || revision[1] == '\0' || strchr("~^:@", revision[1]) == NULL)
		return revision;
	return arena_printf(holder->arena, "HEAD%s", revision + 1);
}

static int find_object(const struct holder *holder, const char *revision, git_object **object,
		       struct error *error)
{
	if (refuse_spelling(revision, error) != 0)
		return -1;
	int code = git_revparse_single(object, holder->repository, spell_out(holder, revision));
	if (code == 0)
		return 0;
	if (code == GIT_EAMBIGUOUS) {
		error_set(error, ERROR_USAGE,
			  "several objects of git have ids that begin with `%s`", revision);
		return error_fix(error, "give more digits");
	}
	return unknown_revision(holder, revision, error);
}

static const char *hex(struct arena *arena, const git_oid *id)
{
	char text[GIT_OID_HEXSZ + 1];

	return arena_strdup(arena, git_oid_tostr(text, sizeof(text), id));
}

/* The tree of a commit, a tag or a tree. */
static int object_tree(const struct holder *holder, const git_object *object, git_tree **tree,
		       const char **id, struct error *error)
{
	git_object *peeled = NULL;
	git_object *commit = NULL;

	if (git_object_peel(&peeled, object, GIT_OBJECT_TREE) != 0) {
		error_set(error, ERROR_USAGE, "the revision names a single file, not a commit");
		return error_fix(error, "name a branch, a tag or a commit");
	}
	*tree = (git_tree *)peeled;
	if (git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0)
		*id = hex(holder->arena, git_object_id(commit));
	else
		*id = hex(holder->arena, git_object_id(peeled));
	git_object_free(commit);
	return 0;
}

static int commit_tree(const struct holder *holder, const git_oid *commit, git_tree **tree,
		       const char **id, struct error *error)
{
	git_object *object = NULL;

	if (git_object_lookup(&object, holder->repository, commit, GIT_OBJECT_COMMIT) != 0)
		return holder_failed(holder, "read a commit", error);
	int failed = object_tree(holder, object, tree, id, error);
	git_object_free(object);
	return failed;
}

int revision_head(const struct holder *holder, git_tree **tree, const char **id,
		  struct error *error)
{
	git_oid head;
	int code = git_reference_name_to_id(&head, holder->repository, "HEAD");

	*tree = NULL;
	*id = "";
	if (code == 0)
		return commit_tree(holder, &head, tree, id, error);
	return code == GIT_ENOTFOUND ? 0 : holder_failed(holder, "find HEAD", error);
}

/* Puts the merge base of `one` and HEAD in its place; where there is none `one` stays. */
static int find_base(const struct holder *holder, git_oid *one, const char *revision,
		     struct error *error)
{
	git_oid head, base;

	if (git_reference_name_to_id(&head, holder->repository, "HEAD") != 0 ||
	    git_oid_equal(&head, one) != 0)
		return 0; /* a branch without a commit started from nothing */
	if (git_repository_is_shallow(holder->repository) == 1) {
		if (shallow_merge_base(holder, one, &head, &base) != 0) {
			error_set(error, ERROR_USAGE,
				  "the clone is too shallow to tell where this branch left `%s`",
				  revision);
			return error_fix(error, FETCH_ALL);
		}
		*one = base;
		return 0;
	}
	int code = git_merge_base(&base, holder->repository, one, &head);
	const git_error *last = git_error_last();
	if (code == 0)
		*one = base;
	else if (code != GIT_ENOTFOUND || last == NULL || last->klass != GIT_ERROR_MERGE)
		return holder_failed(holder, "read the history of the git repository", error);
	return 0;
}

int revision_base(const struct holder *holder, const char *revision, git_tree **tree,
		  const char **id, struct error *error)
{
	git_object *object = NULL;
	git_object *commit = NULL;
	int failed;

	if (find_object(holder, revision, &object, error) != 0)
		return -1;
	if (git_object_peel(&commit, object, GIT_OBJECT_COMMIT) != 0) {
		failed = object_tree(holder, object, tree, id, error);
	} else {
		git_oid base = *git_object_id(commit);
		failed = find_base(holder, &base, revision, error);
		if (failed == 0)
			failed = commit_tree(holder, &base, tree, id, error);
	}
	git_object_free(commit);
	git_object_free(object);
	return failed;
}
