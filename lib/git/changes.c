/* libgit2's comparisons, turned into what a check needs. Its comparison of a tree with the work
 * tree goes through the index, which is what makes it fast; four answers of it are about the index
 * and not about the files, and are put right here: a file that is gone from the index but still on
 * the disk, one that a sparse checkout keeps away, an edit that was staged and undone, and
 * `git add -N`. */
#include "git/changes.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "git/internal.h"
#include "sys/path.h"

struct job {
	struct holder holder; /* its arena is scratch */
	struct arena *arena;  /* of the results */
	struct git_changes *out;
	struct error *error;
};

static const char *seen_from_folder(const struct job *job, const char *path)
{
	return path_relative(job->arena, job->holder.prefix, path);
}

static bool is_outside(const char *file)
{
	return str_starts(file, "../");
}

static void add_change(struct job *job, enum git_change_kind kind, const char *path,
		       const char *old_path)
{
	struct git_changes *out = job->out;
	struct git_change *change =
		arena_push(job->arena, &out->items, &out->count, sizeof(*change));

	change->kind = kind;
	change->path = arena_strdup(job->arena, path);
	change->file = seen_from_folder(job, path);
	change->outside = is_outside(change->file);
	if (old_path == NULL)
		return;
	change->old_path = arena_strdup(job->arena, old_path);
	change->old_file = seen_from_folder(job, old_path);
	change->outside = change->outside && is_outside(change->old_file);
}

/* Of a folder's surroundings an app reads modules and configuration, never images. */
static bool matters(const char *file)
{
	static const char *const kinds[] = {".ts",  ".tsx", ".mts",  ".cts",     ".js",  ".jsx",
					    ".mjs", ".cjs", ".json", ".graphql", ".gql", NULL};

	if (!is_outside(file))
		return true;
	for (const char *const *kind = kinds; *kind != NULL; kind++) {
		if (str_equal(path_ext(file), *kind))
			return true;
	}
	return false;
}

static void overlay_add(struct job *job, struct overlay *overlay, const char *path,
			const char *bytes, size_t len)
{
	struct overlay_file *file =
		arena_push(job->arena, &overlay->files, &overlay->count, sizeof(*file));

	*file = (struct overlay_file){seen_from_folder(job, path), bytes, len};
}

static void overlay_hide(struct job *job, struct overlay *overlay, const char *path)
{
	if (matters(seen_from_folder(job, path)))
		overlay_add(job, overlay, path, NULL, 0);
}

/* The file as `tree`, or for NULL the index, has it. */
static int overlay_show(struct job *job, struct overlay *overlay, git_tree *tree, const char *path)
{
	const char *bytes;
	size_t len;

	if (!matters(seen_from_folder(job, path)))
		return 0;
	if (content_read(&job->holder, job->arena, tree, path, &bytes, &len, job->error) != 0)
		return -1;
	overlay_add(job, overlay, path, bytes, len);
	return 0;
}

static bool on_disk(const struct job *job, const char *path)
{
	struct stat st;
	const char *whole = path_join(job->holder.arena, job->holder.top, path);

	return lstat(whole, &st) == 0 && !S_ISDIR(st.st_mode);
}

/* Whether the file on the disk has the content `id`; false where that is not easily told. */
static bool disk_has(const struct job *job, const char *path, const git_oid *id)
{
	struct stat st;
	git_oid now;

	if (lstat(path_join(job->holder.arena, job->holder.top, path), &st) != 0 ||
	    !S_ISREG(st.st_mode))
		return false;
	return git_repository_hashfile(&now, job->holder.repository, path, GIT_OBJECT_BLOB, NULL) ==
		       0 &&
	       git_oid_equal(&now, id) != 0;
}

static bool is_announced(const struct job *job, const char *path)
{
	const git_index_entry *entry = git_index_get_bypath(job->holder.index, path, 0);

	return entry != NULL && (entry->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD) != 0;
}

/* Whether a sparse checkout keeps the file away from the disk; libgit2 takes it for deleted. */
static bool is_kept_away(const struct job *job, const char *path)
{
	const git_index_entry *entry = git_index_get_bypath(job->holder.index, path, 0);

	return entry != NULL && (entry->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE) != 0 &&
	       !on_disk(job, path);
}

/* Submodules, and other repositories that lie in the work tree ("folder/"). */
static bool is_other_repository(const git_diff_delta *delta)
{
	return delta->old_file.mode == GIT_FILEMODE_COMMIT ||
	       delta->new_file.mode == GIT_FILEMODE_COMMIT || str_ends(delta->new_file.path, "/");
}

/* The path of a deletion or a rename's old path can still be there: taken out of the index only, or
 * never checked out. A rename in letter case only looks the same where case does not count. */
static bool is_still_there(const struct job *job, const git_diff_delta *delta)
{
	if (is_kept_away(job, delta->old_file.path))
		return true;
	return on_disk(job, delta->old_file.path) &&
	       (delta->status == GIT_DELTA_DELETED ||
		strcasecmp(delta->old_file.path, delta->new_file.path) != 0);
}

static void add_if_edited(struct job *job, const git_diff_file *old)
{
	if (!is_kept_away(job, old->path) && !disk_has(job, old->path, &old->id))
		add_change(job, GIT_CHANGE_MODIFIED, old->path, NULL);
}

/* One difference between a tree and the files on the disk. */
static void take_disk_delta(struct job *job, const git_diff_delta *delta)
{
	const char *old = delta->old_file.path;
	const char *new = delta->new_file.path;

	switch (delta->status) {
	case GIT_DELTA_ADDED:
	case GIT_DELTA_UNTRACKED:
	case GIT_DELTA_COPIED:
		add_change(job, GIT_CHANGE_ADDED, new, NULL);
		break;
	case GIT_DELTA_DELETED:
		if (is_still_there(job, delta))
			add_if_edited(job, &delta->old_file);
		else
			add_change(job, GIT_CHANGE_DELETED, old, NULL);
		break;
	case GIT_DELTA_RENAMED:
		if (is_still_there(job, delta)) {
			add_if_edited(job, &delta->old_file);
			add_change(job, GIT_CHANGE_ADDED, new, NULL);
		} else {
			add_change(job, GIT_CHANGE_RENAMED, new, old);
		}
		break;
	case GIT_DELTA_MODIFIED:
		add_if_edited(job, &delta->old_file);
		break;
	case GIT_DELTA_TYPECHANGE:
	case GIT_DELTA_CONFLICTED:
	case GIT_DELTA_UNREADABLE:
		add_change(job, GIT_CHANGE_MODIFIED, new, NULL);
		break;
	default:
		break;
	}
}

/* One difference between HEAD and the index. */
static void take_staged_delta(struct job *job, const git_diff_delta *delta)
{
	const char *new = delta->new_file.path;

	if (is_announced(job, new))
		return;
	switch (delta->status) {
	case GIT_DELTA_ADDED:
	case GIT_DELTA_COPIED:
		add_change(job, GIT_CHANGE_ADDED, new, NULL);
		break;
	case GIT_DELTA_DELETED:
		add_change(job, GIT_CHANGE_DELETED, delta->old_file.path, NULL);
		break;
	case GIT_DELTA_RENAMED:
		add_change(job, GIT_CHANGE_RENAMED, new, delta->old_file.path);
		break;
	case GIT_DELTA_MODIFIED:
	case GIT_DELTA_TYPECHANGE:
	case GIT_DELTA_CONFLICTED:
		add_change(job, GIT_CHANGE_MODIFIED, new, NULL);
		break;
	default:
		break;
	}
}

enum sides { TREE_AND_DISK, TREE_AND_INDEX, INDEX_AND_DISK };

static int compare(struct job *job, enum sides sides, git_tree *tree, git_diff **diff)
{
	git_diff_options options;
	git_repository *repository = job->holder.repository;
	git_index *index = job->holder.index;
	int failed = git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);

	options.flags = GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS |
			GIT_DIFF_INCLUDE_TYPECHANGE | GIT_DIFF_IGNORE_FILEMODE |
			GIT_DIFF_IGNORE_SUBMODULES | GIT_DIFF_SKIP_BINARY_CHECK;
	if (failed == 0 && sides == TREE_AND_DISK)
		failed = git_diff_tree_to_workdir_with_index(diff, repository, tree, &options);
	else if (failed == 0 && sides == TREE_AND_INDEX)
		failed = git_diff_tree_to_index(diff, repository, tree, index, &options);
	else if (failed == 0)
		failed = git_diff_index_to_workdir(diff, repository, index, &options);
	return failed != 0 ? holder_failed(&job->holder, "compare the files", job->error) : 0;
}

static int find_renames(struct job *job, git_diff *diff)
{
	git_diff_find_options options;
	int failed = git_diff_find_options_init(&options, GIT_DIFF_FIND_OPTIONS_VERSION);

	options.flags = GIT_DIFF_FIND_RENAMES | GIT_DIFF_FIND_FOR_UNTRACKED;
	if (failed == 0)
		failed = git_diff_find_similar(diff, &options);
	return failed != 0 ? holder_failed(&job->holder, "find renamed files", job->error) : 0;
}

typedef void take_fn(struct job *job, const git_diff_delta *delta);

static int collect(struct job *job, enum sides sides, git_tree *tree, take_fn *take)
{
	git_diff *diff = NULL;
	int failed = compare(job, sides, tree, &diff);

	if (failed == 0)
		failed = find_renames(job, diff);
	for (size_t i = 0; failed == 0 && i < git_diff_num_deltas(diff); i++) {
		const git_diff_delta *delta = git_diff_get_delta(diff, i);

		if (!is_other_repository(delta))
			take(job, delta);
	}
	git_diff_free(diff);
	return failed;
}

/* The base's files, as far as `changes`, made by comparing with the disk, says that they differ. */
static int fill_before(struct job *job, git_tree *base, const struct git_changes *changes)
{
	struct overlay *before = &job->out->before;
	int failed = 0;

	for (size_t i = 0; i < changes->count && failed == 0; i++) {
		const struct git_change *change = &changes->items[i];

		switch (change->kind) {
		case GIT_CHANGE_RENAMED:
			failed = overlay_show(job, before, base, change->old_path);
			overlay_hide(job, before, change->path);
			break;
		case GIT_CHANGE_ADDED:
			overlay_hide(job, before, change->path);
			break;
		default:
			failed = base == NULL ? 0 : overlay_show(job, before, base, change->path);
		}
	}
	return failed;
}

/* What the next commit holds, as far as the disk differs from it. */
static int fill_now(struct job *job)
{
	struct overlay *now = &job->out->now;
	git_diff *diff = NULL;
	int failed = compare(job, INDEX_AND_DISK, NULL, &diff);

	for (size_t i = 0; failed == 0 && i < git_diff_num_deltas(diff); i++) {
		const git_diff_delta *delta = git_diff_get_delta(diff, i);

		if (is_other_repository(delta) || delta->status == GIT_DELTA_CONFLICTED ||
		    is_kept_away(job, delta->old_file.path))
			continue;
		if (delta->status == GIT_DELTA_UNTRACKED)
			overlay_hide(job, now, delta->new_file.path);
		else
			failed = overlay_show(job, now, NULL, delta->old_file.path);
	}
	git_diff_free(diff);
	return failed;
}

static int since_revision(struct job *job, const char *since)
{
	git_tree *base = NULL;
	int failed = revision_base(&job->holder, since, &base, &job->out->base, job->error);

	if (failed == 0)
		failed = collect(job, TREE_AND_DISK, base, take_disk_delta);
	if (failed == 0)
		failed = fill_before(job, base, job->out);
	git_tree_free(base);
	return failed;
}

static int since_head(struct job *job)
{
	git_tree *head = NULL;
	struct git_changes on_disk_now = {0};
	struct job disk = *job;
	int failed = revision_head(&job->holder, &head, &job->out->base, job->error);

	disk.out = &on_disk_now;
	if (failed == 0)
		failed = collect(job, TREE_AND_INDEX, head, take_staged_delta);
	if (failed == 0)
		failed = fill_now(job);
	if (failed == 0)
		failed = collect(&disk, TREE_AND_DISK, head, take_disk_delta);
	if (failed == 0)
		failed = fill_before(job, head, &on_disk_now);
	git_tree_free(head);
	return failed;
}

static int by_path(const void *a, const void *b)
{
	const struct git_change *x = a, *y = b;

	return strcmp(x->path, y->path);
}

static int by_file(const void *a, const void *b)
{
	const struct overlay_file *x = a, *y = b;

	return strcmp(x->path, y->path);
}

static void sort(struct git_changes *out)
{
	if (out->count > 0)
		qsort(out->items, out->count, sizeof(*out->items), by_path);
	if (out->now.count > 0)
		qsort(out->now.files, out->now.count, sizeof(*out->now.files), by_file);
	if (out->before.count > 0)
		qsort(out->before.files, out->before.count, sizeof(*out->before.files), by_file);
}

int git_changed_files(const char *folder, const char *since, struct arena *arena,
		      struct git_changes *out, struct error *error)
{
	struct job job = {.arena = arena, .out = out, .error = error};
	struct arena *scratch = arena_new();

	*out = (struct git_changes){.base = ""};
	int failed = holder_open(&job.holder, scratch, folder, error);
	if (failed == 0) {
		failed = since != NULL ? since_revision(&job, since) : since_head(&job);
		sort(out);
		out->top = arena_strdup(arena, job.holder.top);
		out->base = arena_strdup(arena, out->base);
		holder_close(&job.holder);
	}
	arena_free(scratch);
	return failed;
}
