/* First repositories, checked with libgit2 itself: these tests need no git program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <git2.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "git/git.h"
#include "sys/fs.h"
#include "sys/path.h"

struct box {
	struct arena *arena;
	char *root; /* also $HOME */
	const char *app;
};

static const char *const variables[] = {
	"GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL",
	"EMAIL",           "XDG_CONFIG_HOME"};

/* The machine's own configuration must not decide what these tests see. */
static void forget_configuration(const char *home)
{
	static const int levels[] = {GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG,
				     GIT_CONFIG_LEVEL_PROGRAMDATA};
	for (size_t i = 0; i < ARRAY_LEN(levels); i++)
		git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[i], "");
	git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_GLOBAL, home);
}

static void put(struct box *box, const char *path, const char *text)
{
	struct error error;
	const char *whole = path_join(box->arena, box->root, path);
	assert_int_equal(fs_make_dirs(path_dir(box->arena, whole), &error), 0);
	assert_int_equal(fs_write_atomic(whole, text, strlen(text), 0644, &error), 0);
}

static int set_up(void **state)
{
	struct box *box = mem_zalloc(1, sizeof(*box));
	struct error error;
	char *made, *root;
	box->arena = arena_new();
	assert_int_equal(fs_make_temp_dir(box->arena, "/tmp/attio-test-", &made, &error), 0);
	root = fs_real_path(box->arena, made, &error);
	assert_non_null(root);
	box->root = root;
	box->app = path_join(box->arena, box->root, "app");
	for (size_t i = 0; i < ARRAY_LEN(variables); i++)
		unsetenv(variables[i]);
	git_libgit2_init();
	forget_configuration(box->root);
	put(box, "app/.gitignore", "dist\n.env\n");
	put(box, "app/package.json", "{}");
	put(box, "app/src/deep/a.ts", "a");
	put(box, "app/dist/index.js", "generated");
	put(box, "app/.env", "SECRET=1");
	*state = box;
	return 0;
}

static int tear_down(void **state)
{
	struct box *box = *state;
	struct error error;
	git_libgit2_shutdown();
	chmod(box->app, 0755);
	assert_int_equal(fs_remove_tree(box->root, &error), 0);
	arena_free(box->arena);
	mem_free(box);
	return 0;
}

static bool has_git_folder(struct box *box)
{
	return fs_type(path_join(box->arena, box->app, ".git")) != FS_NONE;
}

/* What HEAD's commit says, or empty strings when there is none. */
struct head {
	char branch[64];
	char author[128];
	char committer[128];
	char message[64];
	unsigned parents;
	size_t files; /* in the index */
	bool has_env, clean;
};

static void read_commit(git_repository *repository, struct head *head)
{
	git_oid id;
	git_commit *commit;
	if (git_reference_name_to_id(&id, repository, "HEAD") != 0)
		return;
	assert_int_equal(git_commit_lookup(&commit, repository, &id), 0);
	const git_signature *author = git_commit_author(commit);
	const git_signature *committer = git_commit_committer(commit);
	snprintf(head->author, sizeof(head->author), "%s <%s>", author->name, author->email);
	snprintf(head->committer, sizeof(head->committer), "%s <%s>", committer->name,
		 committer->email);
	snprintf(head->message, sizeof(head->message), "%s", git_commit_message(commit));
	head->parents = git_commit_parentcount(commit);
	git_commit_free(commit);
}

static struct head read_head(struct box *box)
{
	struct head head = {.clean = true};
	git_repository *repository;
	git_reference *reference;
	git_index *index;
	git_status_list *status;
	assert_int_equal(git_repository_open(&repository, box->app), 0);
	assert_int_equal(git_reference_lookup(&reference, repository, "HEAD"), 0);
	snprintf(head.branch, sizeof(head.branch), "%s", git_reference_symbolic_target(reference));
	git_reference_free(reference);
	read_commit(repository, &head);
	assert_int_equal(git_repository_index(&index, repository), 0);
	head.files = git_index_entrycount(index);
	head.has_env = git_index_get_bypath(index, ".env", 0) != NULL;
	git_index_free(index);
	git_status_options options;
	git_status_options_init(&options, GIT_STATUS_OPTIONS_VERSION);
	options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED;
	assert_int_equal(git_status_list_new(&status, repository, &options), 0);
	head.clean = git_status_list_entrycount(status) == 0;
	git_status_list_free(status);
	git_repository_free(repository);
	return head;
}

static enum git_start start(struct box *box)
{
	struct error error = {0};
	enum git_start result = GIT_STARTED_WITHOUT_COMMIT;
	if (git_start_repository(box->app, box->app, "Start", &result, &error) != 0)
		fail_msg("%s: %s", error.message, error.why);
	return result;
}

static void commits_with_the_configured_identity(void **state)
{
	struct box *box = *state;
	put(box, ".gitconfig",
	    "[user]\n\tname = Ada\n\temail = ada@example.com\n[init]\n\tdefaultBranch = trunk\n");
	assert_int_equal(start(box), GIT_STARTED_WITH_COMMIT);
	struct head head = read_head(box);
	assert_string_equal(head.branch, "refs/heads/main");
	assert_string_equal(head.author, "Ada <ada@example.com>");
	assert_string_equal(head.committer, "Ada <ada@example.com>");
	assert_string_equal(head.message, "Start");
	assert_int_equal(head.parents, 0);
	assert_int_equal(head.files, 3);
	assert_false(head.has_env);
	assert_true(head.clean);
}

static void variables_win_over_the_configuration(void **state)
{
	struct box *box = *state;
	put(box, ".gitconfig", "[user]\n\tname = Ada\n\temail = ada@example.com\n");
	setenv("GIT_AUTHOR_NAME", "Grace", 1);
	setenv("GIT_COMMITTER_EMAIL", "bot@example.com", 1);
	assert_int_equal(start(box), GIT_STARTED_WITH_COMMIT);
	struct head head = read_head(box);
	assert_string_equal(head.author, "Grace <ada@example.com>");
	assert_string_equal(head.committer, "Ada <bot@example.com>");
}

static void variables_suffice(void **state)
{
	struct box *box = *state;
	setenv("GIT_AUTHOR_NAME", "Grace", 1);
	setenv("GIT_COMMITTER_NAME", "Bot", 1);
	setenv("EMAIL", "me@example.com", 1);
	git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_GLOBAL, "");
	assert_int_equal(start(box), GIT_STARTED_WITH_COMMIT);
	struct head head = read_head(box);
	assert_string_equal(head.author, "Grace <me@example.com>");
	assert_string_equal(head.committer, "Bot <me@example.com>");
}

static void without_identity_nothing_is_committed(void **state)
{
	struct box *box = *state;
	put(box, ".gitconfig", "[user]\n\tname = Ada\n");
	assert_int_equal(start(box), GIT_STARTED_WITHOUT_COMMIT);
	struct head head = read_head(box);
	assert_string_equal(head.branch, "refs/heads/main");
	assert_string_equal(head.message, "");
	assert_int_equal(head.files, 3); /* staged, so that `git commit` is all that is left */
	assert_false(head.has_env);
}

static void half_an_identity_is_none(void **state)
{
	struct box *box = *state;
	setenv("GIT_AUTHOR_NAME", "Grace", 1);
	setenv("GIT_AUTHOR_EMAIL", "grace@example.com", 1);
	assert_int_equal(start(box), GIT_STARTED_WITHOUT_COMMIT); /* no committer */
}

static void a_failure_leaves_the_app_and_no_repository(void **state)
{
	struct box *box = *state;
	struct error error = {0};
	enum git_start result;
	put(box, ".gitconfig", "[user\nname = broken");
	assert_int_equal(git_start_repository(box->app, box->app, "Start", &result, &error), -1);
	assert_int_equal(error.kind, ERROR_SYSTEM);
	assert_true(error.why[0]);
	assert_false(has_git_folder(box));
	assert_int_equal(fs_type(path_join(box->arena, box->app, "package.json")), FS_FILE);
}

static void an_existing_repository_is_not_touched(void **state)
{
	struct box *box = *state;
	struct error error = {0};
	enum git_start result;
	put(box, "app/.git/mine", "mine");
	assert_int_equal(git_start_repository(box->app, box->app, "Start", &result, &error), -1);
	assert_int_equal(error.kind, ERROR_CONFLICT);
	assert_int_equal(fs_type(path_join(box->arena, box->app, ".git/mine")), FS_FILE);
}

static bool inside(struct box *box, const char *path)
{
	struct error error = {0};
	bool result = false;
	if (git_inside_work_tree(path_join(box->arena, box->root, path), &result, &error) != 0)
		fail_msg("%s: %s", error.message, error.why);
	return result;
}

static void work_trees_are_recognised(void **state)
{
	struct box *box = *state;
	git_repository *repository;
	assert_false(inside(box, "app/src/deep"));
	start(box);
	assert_true(inside(box, "app"));
	assert_true(inside(box, "app/src/deep"));
	assert_false(inside(box, "."));
	assert_int_equal(
		git_repository_init(&repository, path_join(box->arena, box->root, "bare.git"), 1),
		0);
	git_repository_free(repository);
	put(box, "bare.git/below/file", "");
	assert_false(inside(box, "bare.git/below"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(commits_with_the_configured_identity, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(variables_win_over_the_configuration, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(variables_suffice, set_up, tear_down),
		cmocka_unit_test_setup_teardown(without_identity_nothing_is_committed, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(half_an_identity_is_none, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_failure_leaves_the_app_and_no_repository, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(an_existing_repository_is_not_touched, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(work_trees_are_recognised, set_up, tear_down),
	};
	return cmocka_run_group_tests_name("git", tests, NULL, NULL);
}
