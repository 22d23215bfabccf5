/* libgit2 before 1.7 does not know that the history of a shallow clone is cut: it asks for the
 * parents of the last commits and fails, also for `HEAD^` in a clone of depth 2, the cheapest and
 * so the commonest set-up in CI. The history that is left is short, so plain sets do. */
#include "git/shallow.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "git/internal.h"
#include "sys/fs.h"
#include "sys/path.h"

/* More than any shallow file: 400,000 commits. */
#define SHALLOW_LIMIT ((size_t)16 << 20)

struct walk {
	const struct holder *holder;
	struct map cut; /* commits whose parents are not here */
	git_oid *todo;  /* a queue: it only grows, `done` of it are behind us */
	size_t todo_count;
	size_t done;
};

static const char *key(struct arena *arena, const git_oid *id)
{
	char text[GIT_OID_HEXSZ + 1];

	return arena_strdup(arena, git_oid_tostr(text, sizeof(text), id));
}

static int read_cut(struct walk *walk)
{
	struct arena *arena = walk->holder->arena;
	const char *folder = git_repository_commondir(walk->holder->repository);
	struct error ignored;
	char *text;
	size_t len;

	if (fs_read(arena, path_join(arena, folder, "shallow"), SHALLOW_LIMIT, &text, &len,
		    &ignored) != 0)
		return -1;
	while (*text != '\0') {
		size_t line = strcspn(text, "\r\n");
		const char *id = arena_strndup(arena, text, line);

		if (line > 0)
			map_set(&walk->cut, id, id);
		text += line;
		text += strspn(text, "\r\n");
	}
	return 0;
}

static void push(struct walk *walk, const git_oid *id)
{
	git_oid *slot =
		arena_push(walk->holder->arena, &walk->todo, &walk->todo_count, sizeof(*slot));

	*slot = *id;
}

static int push_parents(struct walk *walk, const git_oid *id, const char *name)
{
	git_commit *commit;

	if (map_get(&walk->cut, name) != NULL)
		return 0;
	if (git_commit_lookup(&commit, walk->holder->repository, id) != 0)
		return -1;
	for (unsigned i = 0; i < git_commit_parentcount(commit); i++)
		push(walk, git_commit_parent_id(commit, i));
	git_commit_free(commit);
	return 0;
}

/* Walks all that the commits on the list lead to and adds it to `seen`. What is in `stop` (may be
 * NULL) goes to `hits` instead and is not passed. */
static int reach(struct walk *walk, struct map *seen, const struct map *stop, struct map *hits)
{
	while (walk->done < walk->todo_count) {
		git_oid id = walk->todo[walk->done++];
		const char *name = key(walk->holder->arena, &id);

		if (map_get(seen, name) != NULL)
			continue;
		if (stop != NULL && map_get(stop, name) != NULL) {
			map_set(hits, name, name);
			continue;
		}
		map_set(seen, name, name);
		if (push_parents(walk, &id, name) != 0)
			return -1;
	}
	return 0;
}

/* Of the common commits, the first that is no ancestor of another one. */
static int choose(struct walk *walk, const struct map *common, git_oid *base)
{
	struct map older = {0};
	int failed = common->count == 0 ? -1 : 0;

	for (size_t i = 0; common->count > 1 && i < common->count && failed == 0; i++) {
		git_oid id;

		failed = git_oid_fromstr(&id, common->entries[i].key) != 0 ||
			 push_parents(walk, &id, common->entries[i].key) != 0 ||
			 reach(walk, &older, NULL, NULL) != 0;
	}
	for (size_t i = 0; i < common->count && failed == 0; i++) {
		if (map_get(&older, common->entries[i].key) == NULL) {
			failed = git_oid_fromstr(base, common->entries[i].key);
			break;
		}
	}
	map_dispose(&older);
	return failed != 0 ? -1 : 0;
}

int shallow_merge_base(const struct holder *holder, const git_oid *one, const git_oid *two,
		       git_oid *base)
{
	struct walk walk = {.holder = holder};
	struct map first = {0}, second = {0}, common = {0};
	int failed = read_cut(&walk);

	if (failed == 0) {
		push(&walk, one);
		failed = reach(&walk, &first, NULL, NULL);
	}
	if (failed == 0) {
		push(&walk, two);
		failed = reach(&walk, &second, &first, &common);
	}
	if (failed == 0)
		failed = choose(&walk, &common, base);
	map_dispose(&walk.cut);
	map_dispose(&first);
	map_dispose(&second);
	map_dispose(&common);
	return failed;
}
