/* The first repository of a new app, through libgit2 rather than the git program: it is there even
 * where git is not, and starts in a few milliseconds. libgit2 knows the user's configuration files
 * but (before 1.9) not the GIT_AUTHOR_ and GIT_COMMITTER_ variables, so those are read here. */
#include "git/git.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"
#include "git/internal.h"
#include "sys/fs.h"
#include "sys/path.h"

struct identity {
	const char *name;
	const char *email;
};

/* Borrowed from the snapshot `config`. */
static const char *setting(git_config *config, const char *key)
{
	const char *value = NULL;
	if (git_config_get_string(&value, config, key) != 0 || *value == '\0')
		return NULL;
	return value;
}

/* In git's own order: variable, role's setting, user's setting, and $EMAIL for the address. */
static struct identity find_identity(git_config *config, bool author)
{
	struct identity id = {
		git_variable(author ? "GIT_AUTHOR_NAME" : "GIT_COMMITTER_NAME"),
		git_variable(author ? "GIT_AUTHOR_EMAIL" : "GIT_COMMITTER_EMAIL"),
	};
	if (id.name == NULL)
		id.name = setting(config, author ? "author.name" : "committer.name");
	if (id.name == NULL)
		id.name = setting(config, "user.name");
	if (id.email == NULL)
		id.email = setting(config, author ? "author.email" : "committer.email");
	if (id.email == NULL)
		id.email = setting(config, "user.email");
	if (id.email == NULL)
		id.email = git_variable("EMAIL");
	return id;
}

/* NULL when the identity is incomplete or cannot stand in a commit ("<>"). */
static git_signature *make_signature(git_config *config, bool author)
{
	struct identity id = find_identity(config, author);
	git_signature *signature = NULL;
	if (id.name == NULL || id.email == NULL ||
	    git_signature_now(&signature, id.name, id.email) != 0)
		return NULL;
	return signature;
}

static int stage_all(git_repository *repository, git_oid *tree)
{
	git_index *index = NULL;
	int failed = git_repository_index(&index, repository) != 0 ||
		     git_index_add_all(index, NULL, GIT_INDEX_ADD_DEFAULT, NULL, NULL) != 0 ||
		     git_index_write(index) != 0 || git_index_write_tree(tree, index) != 0;
	git_index_free(index);
	return failed != 0 ? -1 : 0;
}

static int commit_tree(git_repository *repository, const git_oid *tree_id,
		       const git_signature *author, const git_signature *committer,
		       const char *message)
{
	git_tree *tree = NULL;
	git_oid commit;
	int failed = git_tree_lookup(&tree, repository, tree_id) != 0 ||
		     git_commit_create(&commit, repository, "HEAD", author, committer, NULL,
				       message, tree, 0, NULL) != 0;
	git_tree_free(tree);
	return failed != 0 ? -1 : 0;
}

static int first_commit(git_repository *repository, const char *folder, const char *message,
			enum git_start *result, struct error *error)
{
	git_oid tree;
	if (stage_all(repository, &tree) != 0)
		return git_failed(error, "add the files to the git repository", folder);
	git_config *config = NULL;
	if (git_repository_config_snapshot(&config, repository) != 0)
		return git_failed(error, "read the configuration of git", folder);
	git_signature *author = make_signature(config, true);
	git_signature *committer = make_signature(config, false);
	int failed = 0;
	if (author != NULL && committer != NULL) {
		failed = commit_tree(repository, &tree, author, committer, message);
		*result = GIT_STARTED_WITH_COMMIT;
		if (failed != 0)
			git_failed(error, "make the first commit", folder);
	} else {
		*result = GIT_STARTED_WITHOUT_COMMIT;
	}
	git_signature_free(author);
	git_signature_free(committer);
	git_config_free(config);
	return failed;
}

/* Whether libgit2 and git would use a repository in `folder`, as they do in a user's own folders
 * and, for root behind sudo, in those of the user in front of it. A missing one will be our own. */
static bool is_mine(const char *folder)
{
	const char *sudo = geteuid() == 0 ? git_variable("SUDO_UID") : NULL;
	struct stat st;
	return stat(folder, &st) != 0 || st.st_uid == geteuid() ||
	       (sudo != NULL && strtoul(sudo, NULL, 10) == st.st_uid);
}

static int start(const char *built, const char *folder, const char *message, enum git_start *result,
		 struct error *error)
{
	git_repository_init_options options;
	git_repository *repository = NULL;
	if (git_repository_init_options_init(&options, GIT_REPOSITORY_INIT_OPTIONS_VERSION) != 0)
		return git_failed(error, "prepare a git repository", folder);
	options.flags = GIT_REPOSITORY_INIT_NO_REINIT;
	options.initial_head = "main";
	if (git_repository_init_ext(&repository, built, &options) != 0)
		return git_failed(error, "make a git repository", folder);
	int failed = first_commit(repository, folder, message, result, error);
	git_repository_free(repository);
	return failed;
}

int git_start_repository(const char *built, const char *folder, const char *message,
			 enum git_start *result, struct error *error)
{
	struct arena *arena = arena_new();
	const char *dot_git = path_join(arena, built, ".git");
	int failed = -1;
	if (fs_type(dot_git) != FS_NONE) {
		error_set(error, ERROR_CONFLICT, "`%s` is a git repository already", folder);
	} else if (!is_mine(folder) || !is_mine(built)) {
		error_set(error, ERROR_SYSTEM, "cannot make a git repository in `%s`", folder);
		error_why(error, "the folder belongs to another user");
	} else if (git_start(folder, error) == 0) {
		failed = start(built, folder, message, result, error);
		git_libgit2_shutdown();
		/* Half a repository would make every git command in the app fail. */
		struct error ignored;
		if (failed != 0)
			fs_remove_tree(dot_git, &ignored);
	}
	arena_free(arena);
	return failed;
}

/* Whether the repository with this .git folder has a work tree. One that we may not open (another
 * owner, a newer format) counts: it is somebody's repository all the same. */
static bool has_work_tree(const char *git_folder)
{
	git_repository *repository = NULL;
	if (git_repository_open_ext(&repository, git_folder, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) !=
	    0)
		return true;
	bool bare = git_repository_is_bare(repository) == 1;
	git_repository_free(repository);
	return !bare;
}

int git_inside_work_tree(const char *folder, bool *inside, struct error *error)
{
	if (git_start(folder, error) != 0)
		return -1;
	git_buf found = {0};
	int code = git_repository_discover(&found, folder, 0, NULL);
	int failed = 0;
	*inside = false;
	if (code == 0)
		*inside = has_work_tree(found.ptr);
	else if (code != GIT_ENOTFOUND)
		failed = git_failed(error, "look for a git repository", folder);
	git_buf_dispose(&found);
	git_libgit2_shutdown();
	return failed;
}
