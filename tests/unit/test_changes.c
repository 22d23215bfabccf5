/* Changed files, on real repositories. */
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
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "git_box.h"
#include "sys/fs.h"
#include "sys/path.h"

/* libgit2 1.5 loses memory when it opens a repository of format 1; for valgrind see valgrind.supp.
 */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libpcre2-8.so\n";
}

/* `repo`: package.json, src/{app,old,gone}.ts, committed on main. */
static int set_up(void **state)
{
	struct box *box = mem_zalloc(1, sizeof(*box));

	box_open(box);
	git_libgit2_init();
	git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_SYSTEM, "");
	git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_XDG, "");
	git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_GLOBAL, box->root);
	sh(box, "git init -q -b main repo; cd repo; mkdir src\n"
		"printf '/dist\\nnode_modules\\n*.log\\n' >.gitignore; echo '{}' >package.json\n"
		"echo app >src/app.ts; echo gone >src/gone.ts\n"
		"for i in 1 2 3 4 5 6 7 8; do echo \"line $i\"; done >src/old.ts\n"
		"git add .; git commit -qm one");
	*state = box;
	return 0;
}

static int tear_down(void **state)
{
	git_libgit2_shutdown();
	box_close(*state);
	mem_free(*state);
	return 0;
}

static int ask(struct box *box, const char *folder, const char *since)
{
	box->error = (struct error){0};
	return git_changed_files(path_join(box->arena, box->root, folder), since, box->arena,
				 &box->changes, &box->error);
}

/* "A src/new.ts|R src/b.ts<src/a.ts|": kind, then as seen from the folder; "!" marks outside. */
static const char *told(struct box *box)
{
	struct buf text = {0};

	for (size_t i = 0; i < box->changes.count; i++) {
		const struct git_change *change = &box->changes.items[i];

		buf_printf(&text, "%s%c %s", change->outside ? "!" : "", "AMDR"[change->kind],
			   change -> file);
		if (change->kind == GIT_CHANGE_RENAMED)
			buf_printf(&text, "<%s", change->old_file);
		else
			assert_null(change->old_path);
		buf_putc(&text, '|');
	}
	const char *copy = arena_strdup(box->arena, buf_cstr(&text));
	buf_dispose(&text);
	return copy;
}

/* "src/a.ts=text|src/b.ts-|": what the state has there, or that there is nothing. */
static const char *state_of(struct box *box, const struct overlay *overlay)
{
	struct buf text = {0};

	for (size_t i = 0; i < overlay->count; i++) {
		const struct overlay_file *file = &overlay->files[i];

		if (file->bytes != NULL)
			assert_int_equal(file->len, strlen(file->bytes));
		buf_printf(&text, "%s%s%s|", file->path, file->bytes != NULL ? "=" : "-",
			   file->bytes != NULL ? file->bytes : "");
	}
	const char *copy = arena_strdup(box->arena, buf_cstr(&text));
	buf_dispose(&text);
	return copy;
}

static void expect(struct box *box, const char *folder, const char *since, const char *changes,
		   const char *before, const char *now)
{
	if (ask(box, folder, since) != 0)
		fail_msg("%s: %s", box->error.message, box->error.why);
	assert_string_equal(told(box), changes);
	assert_string_equal(state_of(box, &box->changes.before), before);
	assert_string_equal(state_of(box, &box->changes.now), now);
}

static void expect_error(struct box *box, const char *folder, const char *since,
			 enum error_kind kind, const char *message, const char *fix)
{
	assert_int_equal(ask(box, folder, since), -1);
	assert_int_equal(box->error.kind, kind);
	if (strstr(box->error.message, message) == NULL || strstr(box->error.fix, fix) == NULL)
		fail_msg("message `%s`, why `%s`, fix `%s`", box->error.message, box->error.why,
			 box->error.fix);
}

static void nothing_changed(void **state)
{
	struct box *box = *state;

	sh(box, "cd repo; mkdir dist node_modules; echo x >dist/x.js; echo x >node_modules/x.js\n"
		"echo x >src/x.log; chmod 755 src/app.ts; touch -d 2001-01-01 src/old.ts");
	expect(box, "repo", "HEAD", "", "", "");
	expect(box, "repo", NULL, "", "", "");
	assert_string_equal(box->changes.top, path_join(box->arena, box->root, "repo"));
	assert_int_equal(strlen(box->changes.base), 40);
}

static void all_kinds_since_a_revision(void **state)
{
	struct box *box = *state;

	/* Committed, staged, in the work tree and untracked. */
	sh(box, "cd repo; git switch -qc topic; git mv src/old.ts src/new.ts; echo 9 >>src/new.ts\n"
		"git commit -qam two; git rm -q src/gone.ts; echo staged >src/staged.ts\n"
		"git add src/staged.ts; echo more >>src/app.ts; mkdir -p src/deep/er\n"
		"echo u >src/deep/er/u.ts");
	const char *lines = "line 1\nline 2\nline 3\nline 4\nline 5\nline 6\nline 7\nline 8\n";
	expect(box, "repo", "main",
	       "M src/app.ts|A src/deep/er/u.ts|D src/gone.ts|R src/new.ts<src/old.ts|"
	       "A src/staged.ts|",
	       arena_printf(box->arena,
			    "src/app.ts=app\n|src/deep/er/u.ts-|src/gone.ts=gone\n|src/new.ts-|"
			    "src/old.ts=%s|src/staged.ts-|",
			    lines),
	       "");
}

static void the_base_is_where_the_branch_left(void **state)
{
	struct box *box = *state;

	sh(box, "cd repo; git switch -qc topic; echo t >src/topic.ts; git add .\n"
		"git commit -qm topic; git switch -q main; echo m >src/app.ts\n"
		"git commit -qam main; git tag -am tag v1; git switch -q topic");
	expect(box, "repo", "main", "A src/topic.ts|", "src/topic.ts-|", "");
	expect(box, "repo", "v1", "A src/topic.ts|", "src/topic.ts-|", "");
	expect(box, "repo", "HEAD^", "A src/topic.ts|", "src/topic.ts-|", "");
	/* A tree has no history: it is compared with directly. */
	expect(box, "repo", "main^{tree}", "M src/app.ts|A src/topic.ts|",
	       "src/app.ts=m\n|src/topic.ts-|", "");
}

static void histories_without_a_common_commit(void **state)
{
	struct box *box = *state;

	sh(box, "cd repo; git switch -q --orphan other; echo '{}' >package.json; git add .\n"
		"git commit -qm root");
	expect(box, "repo", "main", "D .gitignore|D src/app.ts|D src/gone.ts|D src/old.ts|",
	       arena_printf(box->arena,
			    ".gitignore=/dist\nnode_modules\n*.log\n|src/app.ts=app\n|"
			    "src/gone.ts=gone\n|src/old.ts=%s|",
			    "line 1\nline 2\nline 3\nline 4\nline 5\nline 6\nline 7\nline 8\n"),
	       "");
}

static void what_the_index_says_and_the_disk_does_not(void **state)
{
	struct box *box = *state;

	/* Gone from the index but there; staged and undone; added and removed; announced only. */
	sh(box, "cd repo; git rm -q --cached src/gone.ts; echo changed >src/app.ts\n"
		"git add src/app.ts; echo app >src/app.ts; echo x >src/x.ts; git add src/x.ts\n"
		"rm src/x.ts; echo n >src/n.ts; git add -N src/n.ts");
	expect(box, "repo", "HEAD", "A src/n.ts|", "src/n.ts-|", "");
	expect(box, "repo", NULL, "M src/app.ts|D src/gone.ts|A src/x.ts|", "src/n.ts-|",
	       "src/app.ts=changed\n|src/gone.ts-|src/n.ts-|src/x.ts=x\n|");
	sh(box, "cd repo; echo edited >src/gone.ts");
	expect(box, "repo", "HEAD", "M src/gone.ts|A src/n.ts|", "src/gone.ts=gone\n|src/n.ts-|",
	       "");
}

static void a_renamed_file_whose_old_path_is_still_there(void **state)
{
	struct box *box = *state;

	sh(box, "cd repo; cp src/old.ts src/new.ts; git rm -q --cached src/old.ts\n"
		"git add src/new.ts");
	expect(box, "repo", "HEAD", "A src/new.ts|", "src/new.ts-|", "");
	if (ask(box, "repo", NULL) != 0)
		fail_msg("%s", box->error.message);
	assert_string_equal(told(box), "R src/new.ts<src/old.ts|");
	/* The commit would lose what is still on the disk. */
	assert_string_equal(state_of(box, &box->changes.now), "src/old.ts-|");
}

static void a_commit_of_what_is_staged(void **state)
{
	struct box *box = *state;

	sh(box, "cd repo; echo staged >src/app.ts; git add src/app.ts; echo later >src/app.ts\n"
		"echo unstaged >>src/gone.ts; rm src/old.ts; echo u >src/untracked.ts\n"
		"echo '{ }' >package.json; git add package.json");
	const char *lines = "line 1\nline 2\nline 3\nline 4\nline 5\nline 6\nline 7\nline 8\n";
	expect(box, "repo", NULL, "M package.json|M src/app.ts|",
	       arena_printf(box->arena,
			    "package.json={}\n|src/app.ts=app\n|src/gone.ts=gone\n|"
			    "src/old.ts=%s|src/untracked.ts-|",
			    lines),
	       arena_printf(box->arena,
			    "src/app.ts=staged\n|src/gone.ts=gone\n|src/old.ts=%s|"
			    "src/untracked.ts-|",
			    lines));
}

static void staged_before_the_first_commit(void **state)
{
	struct box *box = *state;

	sh(box, "git init -q fresh; cd fresh; echo a >a.ts; echo b >b.ts; git add a.ts");
	expect(box, "fresh", NULL, "A a.ts|", "a.ts-|b.ts-|", "b.ts-|");
	assert_string_equal(box->changes.base, "");
	expect_error(box, "fresh", "HEAD", ERROR_USAGE, "no revision `HEAD`", "name a branch");
}

static void the_index_that_git_hands_to_a_hook(void **state)
{
	struct box *box = *state;

	sh(box, "cd repo; git init -q -b main inner; cp .git/index .git/next-index-7.lock\n"
		"echo hook >src/app.ts; GIT_INDEX_FILE=.git/next-index-7.lock git add src/app.ts\n"
		"echo i >inner/i.ts; git -C inner add i.ts");
	expect(box, "repo", NULL, "", "src/app.ts=app\n|", "src/app.ts=app\n|");
	setenv("GIT_INDEX_FILE", ".git/next-index-7.lock", 1);
	expect(box, "repo", NULL, "M src/app.ts|", "src/app.ts=app\n|", "");
	/* That index is not the inner repository's. */
	setenv("GIT_INDEX_FILE", path_join(box->arena, box->root, "repo/.git/next-index-7.lock"),
	       1);
	expect(box, "repo", NULL, "M src/app.ts|", "src/app.ts=app\n|", "");
	expect(box, "repo/inner", NULL, "A i.ts|", "i.ts-|", "");
	unsetenv("GIT_INDEX_FILE");
}

static void seen_from_a_sub_folder(void **state)
{
	struct box *box = *state;

	sh(box, "mkdir -p repo/apps/one/src repo/shared; cd repo; echo 1 >apps/one/src/app.ts\n"
		"echo s >shared/s.ts; echo p >shared/p.png; git add .; git commit -qm apps\n"
		"echo 2 >apps/one/src/app.ts; echo t >shared/s.ts; echo q >shared/p.png\n"
		"git mv shared/s.ts apps/one/src/s.ts; echo r >README; ln -s repo ../linked");
	expect(box, "repo/apps/one", "HEAD",
	       "!A ../../README|M src/app.ts|A src/s.ts|!M ../../shared/p.png|"
	       "!D ../../shared/s.ts|",
	       "../../shared/s.ts=s\n|src/app.ts=1\n|src/s.ts-|", "");
	expect(box, "linked/apps/one", NULL, "R src/s.ts<../../shared/s.ts|",
	       "../../shared/s.ts=s\n|src/app.ts=1\n|src/s.ts-|", "src/app.ts=1\n|src/s.ts=s\n|");
}

static void strange_names(void **state)
{
	struct box *box = *state;

	sh(box,
	   "cd repo; echo 1 >'src/a b.ts'; echo 1 >'src/grün-日本.ts'; echo 1 >'src/[x]*.ts'\n"
	   "echo 1 >'src/-dash\"q.ts'; git add .; git commit -qm names\n"
	   "for f in src/*\\ *.ts src/gr*.ts 'src/[x]*.ts' src/-*.ts; do echo 2 >\"$f\"; done");
	expect(box, "repo", "HEAD",
	       "M src/-dash\"q.ts|M src/[x]*.ts|M src/a b.ts|M src/grün-日本.ts|",
	       "src/-dash\"q.ts=1\n|src/[x]*.ts=1\n|src/a b.ts=1\n|src/grün-日本.ts=1\n|", "");
}

static void line_ends_of_a_checkout(void **state)
{
	struct box *box = *state;

	sh(box,
	   "cd repo; echo '*.ts text eol=crlf' >.gitattributes; git add .gitattributes\n"
	   "git commit -qm crlf; rm src/*.ts; git checkout -q .; git status --porcelain >s\n"
	   "test ! -s s || grep -q s s; rm s; touch src/app.ts; printf 'new\\r\\n' >src/gone.ts");
	expect(box, "repo", "HEAD", "M src/gone.ts|", "src/gone.ts=gone\r\n|", "");
	sh(box, "cd repo; git add src/gone.ts; printf 'more\\r\\n' >src/gone.ts");
	expect(box, "repo", NULL, "M src/gone.ts|", "src/gone.ts=gone\r\n|",
	       "src/gone.ts=new\r\n|");
}

static void links(void **state)
{
	struct box *box = *state;

	sh(box, "cd repo; mkdir lib; echo l >lib/l.ts; ln -s ../lib/l.ts src/link.ts\n"
		"ln -s link.ts src/twice.ts; ln -s loop.ts src/loop.ts; ln -s ../lib src/folder\n"
		"ln -s /etc/passwd src/far.ts; echo f >src/file.ts; git add .; git commit -qm l\n"
		"for f in link twice loop far file; do ln -sf app.ts src/$f.ts; done\n"
		"rm src/folder; ln -s . src/folder");
	/* A file that became a link is modified. What the old links led to is told, where that
	 * was a file of the repository. */
	expect(box, "repo", "HEAD",
	       "M src/far.ts|M src/file.ts|M src/folder|M src/link.ts|M src/loop.ts|"
	       "M src/twice.ts|",
	       "src/far.ts-|src/file.ts=f\n|src/folder-|src/link.ts=l\n|src/loop.ts-|"
	       "src/twice.ts=l\n|",
	       "");
}

static void work_trees_and_submodules(void **state)
{
	struct box *box = *state;

	sh(box, "cd repo; git worktree add -q -b side ../side; echo s >../side/src/app.ts");
	expect(box, "side", "main", "M src/app.ts|", "src/app.ts=app\n|", "");
	expect(box, "repo", "HEAD", "", "", "");
	sh(box, "git init -q -b main super; cd super; echo r >r.ts\n"
		"git submodule --quiet add ../repo sub; git add .; git commit -qm s\n"
		"echo s >sub/src/app.ts; echo 2 >r.ts");
	expect(box, "super", "HEAD", "M r.ts|", "r.ts=r\n|", "");
	expect(box, "super/sub", "HEAD", "M src/app.ts|", "src/app.ts=app\n|", "");
	assert_string_equal(box->changes.top, path_join(box->arena, box->root, "super/sub"));
}

static void a_merge_in_conflict(void **state)
{
	struct box *box = *state;

	sh(box, "cd repo; git switch -qc a; echo a >src/app.ts; git commit -qam a\n"
		"git switch -q main; echo m >src/app.ts; git commit -qam m\n"
		"git merge -q a >/dev/null && exit 1; test -f .git/MERGE_HEAD");
	expect(box, "repo", "HEAD", "M src/app.ts|", "src/app.ts=m\n|", "");
	expect(box, "repo", NULL, "M src/app.ts|", "src/app.ts=m\n|", "");
}

static void sparse_work_trees(void **state)
{
	struct box *box = *state;

	sh(box, "mkdir -p repo/a repo/b; cd repo; echo a >a/a.ts; echo b >b/b.ts; git add .\n"
		"git commit -qm ab; git sparse-checkout set a\n"
		"git config core.repositoryformatversion 1; test ! -e b; echo 2 >a/a.ts");
	expect(box, "repo", "HEAD", "M a/a.ts|", "a/a.ts=a\n|", "");
	expect(box, "repo", NULL, "", "a/a.ts=a\n|", "a/a.ts=a\n|");
}

static void revisions_that_are_not_there(void **state)
{
	struct box *box = *state;

	sh(box, "cd repo; git branch feature/login; git tag v1.0.0\n"
		"git update-ref refs/remotes/origin/trunk HEAD");
	expect_error(box, "repo", "mian", ERROR_USAGE, "`mian`", "did you mean `main`");
	expect_error(box, "repo", "trunks", ERROR_USAGE, "`trunks`", "`git fetch`");
	assert_non_null(
		strstr(box->error.why, "`feature/login`, `main`, `origin/trunk`, `v1.0.0`"));
	expect_error(box, "repo", "login", ERROR_USAGE, "`login`", "`feature/login`");
	expect_error(box, "repo", "main...HEAD", ERROR_USAGE, "range", "`main`");
	expect_error(box, "repo", "..HEAD", ERROR_USAGE, "range", "started from");
	expect_error(box, "repo", "", ERROR_USAGE, "empty", "variable");
	expect_error(box, "repo", "HEAD:src/app.ts", ERROR_USAGE, "single file", "a commit");
	expect_error(box, "repo", "0000000000000000000000000000000000000000", ERROR_USAGE,
		     "no revision", "new");
	expect_error(box, "repo", "1234567890123456789012345678901234567890", ERROR_USAGE,
		     "no revision", "fetch it");
	/* DWIM of git itself still works. */
	assert_int_equal(ask(box, "repo", "origin/trunk"), 0);
}

/* Whatever git takes for a revision means the same here. */
static void revisions_as_git_spells_them(void **state)
{
	static const char *const spellings[] = {
		"HEAD",         "@",        "@~1",       "@~",     "@^",    "@^^",
		"@~1^{commit}", "@^0",      "@^{/two}",  "HEAD~2", "@{0}",  "@{1}",
		"@@{1}",        "main@{1}", "topic@{u}", "@{u}~1", "@{-1}", "v1^{}",
		"v1~0",         ":/two",    "@x",        "@x~1",
	};
	struct box *box = *state;

	sh(box, "cd repo; git commit -q --allow-empty -m two; git tag -am v v1\n"
		"git branch @x; git switch -q --track -c topic main\n"
		"git commit -q --allow-empty -m three; git commit -q --allow-empty -m four");
	for (size_t i = 0; i < ARRAY_LEN(spellings); i++) {
		char *id;
		size_t len;

		sh(box,
		   arena_printf(box->arena, "cd repo; git rev-list -1 '%s' | tr -d '\\n' >../id",
				spellings[i]));
		assert_int_equal(fs_read(box->arena, path_join(box->arena, box->root, "id"), 100,
					 &id, &len, &box->error),
				 0);
		if (ask(box, "repo", spellings[i]) != 0)
			fail_msg("`%s`: %s", spellings[i], box->error.message);
		if (strcmp(box->changes.base, id) != 0)
			fail_msg("`%s` is %s, not %s", spellings[i], box->changes.base, id);
	}
	expect_error(box, "repo", "@~9", ERROR_USAGE, "`@~9`", "");
	expect_error(box, "repo", "@y", ERROR_USAGE, "`@y`", "");
}

/* Extensions of the repository's format that mean nothing to a reader are let through, those that
 * change how it is kept are not. */
static void extensions_of_the_format(void **state)
{
	struct box *box = *state;
	static const char *const harmless[] = {
		"noop = true",           "preciousObjects = true",   "partialClone = origin",
		"worktreeConfig = true", "relativeWorktrees = true",
	};

	/* As `git worktree add --relative-paths` makes it. */
	sh(box,
	   "cd repo; git worktree add -q -b side ../side\n"
	   "echo 'gitdir: ../repo/.git/worktrees/side' >../side/.git\n"
	   "echo ../../../../side/.git >.git/worktrees/side/gitdir; echo s >../side/src/app.ts\n"
	   "git config core.repositoryformatversion 1; echo 2 >src/app.ts");
	/* By hand: git itself may be older than the extension. */
	for (size_t i = 0; i < ARRAY_LEN(harmless); i++) {
		sh(box, arena_printf(box->arena, "printf '[extensions]\\n%s\\n' >>repo/.git/config",
				     harmless[i]));
		expect(box, "repo", "HEAD", "M src/app.ts|", "src/app.ts=app\n|", "");
		expect(box, "side", "main", "M src/app.ts|", "src/app.ts=app\n|", "");
	}
	sh(box, "printf '[extensions]\\nrefStorage = reftable\\n' >>repo/.git/config");
	expect_error(box, "repo", "HEAD", ERROR_SYSTEM, "cannot open", "git status");
}

static void shallow_clones(void **state)
{
	struct box *box = *state;

	sh(box, "cd repo; for i in 1 2 3; do echo $i >src/app.ts; git commit -qam $i; done\n"
		"git switch -qc topic HEAD~2; echo t >src/t.ts; git add .; git commit -qm t\n"
		"cd ..; git clone -q --depth 2 --branch main file://$PWD/repo two\n"
		"git clone -q --depth 1 --no-single-branch --branch topic file://$PWD/repo one\n"
		"git clone -q --depth 3 --no-single-branch --branch topic file://$PWD/repo three");
	/* The last commit here: its parents are named but cut off. */
	expect(box, "two", "HEAD^", "M src/app.ts|", "src/app.ts=2\n|", "");
	expect(box, "three", "origin/main", "A src/t.ts|", "src/t.ts-|", "");
	expect_error(box, "one", "origin/main", ERROR_USAGE, "too shallow", "fetch-depth: 0");
	expect_error(box, "two", "HEAD~2", ERROR_USAGE, "no revision", "git fetch --unshallow");
	expect_error(box, "two", "v9", ERROR_USAGE, "no revision", "git fetch --unshallow");
}

static void shallow_clones_with_merges(void **state)
{
	struct box *box = *state;

	/* topic merged main twice: the second merge's parent is the base, not the first one's. */
	sh(box, "cd repo; git switch -qc topic; echo t >src/t.ts; git add .; git commit -qm t\n"
		"for i in 1 2; do git switch -q main; echo $i >src/app.ts; git commit -qam m$i\n"
		"git switch -q topic; git merge -q --no-edit main; done\n"
		"git switch -q main; echo 3 >src/app.ts; git commit -qam m3; git switch -q topic\n"
		"cd ..; git clone -q --depth 4 --no-single-branch --branch topic file://$PWD/repo "
		"cut\ntest -f cut/.git/shallow\n"
		"git -C repo merge-base main topic >base");
	assert_int_equal(ask(box, "repo", "main"), 0);
	const char *full = box->changes.base;
	assert_int_equal(ask(box, "cut", "origin/main"), 0);
	assert_string_equal(box->changes.base, full);
	assert_string_equal(told(box), "A src/t.ts|");
}

static void partial_clones(void **state)
{
	struct box *box = *state;

	sh(box, "cd repo; git config uploadpack.allowFilter true; echo 2 >src/app.ts\n"
		"git commit -qam 2; cd ..; git clone -q --filter=blob:none file://$PWD/repo part");
	expect_error(box, "part", "HEAD^", ERROR_SYSTEM, "cannot", "--no-filter");
	expect(box, "part", "HEAD", "", "", "");
	sh(box, "cd part; git fetch -q --refetch --no-filter");
	expect(box, "part", "HEAD^", "M src/app.ts|", "src/app.ts=app\n|", "");
}

static void folders_that_cannot_be_asked(void **state)
{
	struct box *box = *state;

	sh(box, "mkdir none; git init -q --bare bare.git; mkdir -p repo/dist/app\n"
		"cp -r repo broken; printf garbage >broken/.git/index\n"
		"cp -r repo split; git -C split update-index --split-index");
	expect_error(box, "none", "HEAD", ERROR_USAGE, "no git repository", "git init");
	expect_error(box, "missing", NULL, ERROR_USAGE, "no folder", "name the folder");
	expect_error(box, "bare.git", NULL, ERROR_USAGE, "is bare", "clone");
	expect_error(box, "repo/dist/app", NULL, ERROR_USAGE, "ignores", ".gitignore");
	expect_error(box, "broken", NULL, ERROR_SYSTEM, "index", "git status");
	assert_true(box->error.why[0] != '\0');
	expect_error(box, "split", NULL, ERROR_SYSTEM, "index", "--no-split-index");
}

static void another_users_repository(void **state)
{
	struct box *box = *state;

	if (geteuid() != 0)
		skip(); /* only root can give files away */
	assert_int_equal(chown(path_join(box->arena, box->root, "repo"), 12345, 12345), 0);
	assert_int_equal(chown(path_join(box->arena, box->root, "repo/.git"), 12345, 12345), 0);
	expect_error(box, "repo", NULL, ERROR_SYSTEM, "another user", "safe.directory");
	sh(box, "git config --global --add safe.directory $PWD/repo");
	expect(box, "repo", "HEAD", "", "", "");
}

/* Nothing in the repository may change, the index's times neither: that is what hooks rely on. */
static void nothing_is_written(void **state)
{
	struct box *box = *state;

	sh(box, "cd repo; touch src/app.ts; echo n >src/new.ts; find .git -type f | sort |\n"
		"xargs sha1sum >../sums");
	assert_int_equal(ask(box, "repo", "HEAD"), 0);
	assert_int_equal(ask(box, "repo", NULL), 0);
	sh(box, "cd repo; find .git -type f | sort | xargs sha1sum | cmp - ../sums");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_changed),
		TEST(all_kinds_since_a_revision),
		TEST(the_base_is_where_the_branch_left),
		TEST(histories_without_a_common_commit),
		TEST(what_the_index_says_and_the_disk_does_not),
		TEST(a_renamed_file_whose_old_path_is_still_there),
		TEST(a_commit_of_what_is_staged),
		TEST(staged_before_the_first_commit),
		TEST(the_index_that_git_hands_to_a_hook),
		TEST(seen_from_a_sub_folder),
		TEST(strange_names),
		TEST(line_ends_of_a_checkout),
		TEST(links),
		TEST(work_trees_and_submodules),
		TEST(a_merge_in_conflict),
		TEST(sparse_work_trees),
		TEST(revisions_that_are_not_there),
		TEST(revisions_as_git_spells_them),
		TEST(extensions_of_the_format),
		TEST(shallow_clones),
		TEST(shallow_clones_with_merges),
		TEST(partial_clones),
		TEST(folders_that_cannot_be_asked),
		TEST(another_users_repository),
		TEST(nothing_is_written),
	};
	return cmocka_run_group_tests_name("changes", tests, NULL, NULL);
}
