/* Nothing is built for an overlay: it is sorted, so all that it says about a path or a folder is
 * found by bisection. */
#include "sys/files.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "sys/bounds.h"
#include "sys/overlay.h"
#include "sys/path.h"

static bool is_disk(const struct files *files)
{
	return files->overlay == NULL || files->overlay->count == 0;
}

static const char *absolute(const struct files *files, const char *path)
{
	return path_join(files->arena, files->root, path);
}

/* --- what the overlay says ---------------------------------------------------------------------
 */

/* The index of the first file that does not sort before `path`. */
static size_t first_from(const struct overlay *overlay, const char *path)
{
	size_t low = 0, high = overlay->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(overlay->files[middle].path, path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct overlay_file *find(const struct overlay *overlay, const char *path)
{
	size_t at = first_from(overlay, path);

	if (at == overlay->count || strcmp(overlay->files[at].path, path) != 0)
		return NULL;
	return &overlay->files[at];
}

/* The files below a folder, one after the other. */
struct walk {
	const struct overlay *overlay;
	const char *prefix;
	size_t next;
};

static struct walk walk_below(const struct files *files, const char *folder)
{
	const char *prefix =
		strcmp(folder, ".") == 0 ? "" : arena_printf(files->arena, "%s/", folder);

	return (struct walk){files->overlay, prefix, first_from(files->overlay, prefix)};
}

/* *name: its path seen from the folder. */
static const struct overlay_file *walk_next(struct walk *walk, const char **name)
{
	while (walk->next < walk->overlay->count) {
		const struct overlay_file *file = &walk->overlay->files[walk->next];

		if (!str_starts(file->path, walk->prefix))
			return NULL;
		walk->next++;
		*name = file->path + strlen(walk->prefix);
		if (!str_starts(*name, "../"))
			return file;
	}
	return NULL;
}

static bool has_below(const struct files *files, const char *folder, bool shown)
{
	struct walk walk = walk_below(files, folder);
	const struct overlay_file *file;
	const char *name;

	while ((file = walk_next(&walk, &name)) != NULL) {
		if ((file->bytes != NULL) == shown)
			return true;
	}
	return false;
}

enum verdict { SAYS_NOTHING, SAYS_FILE, SAYS_FOLDER, SAYS_GONE };

static enum verdict verdict_on(const struct files *files, const char *path,
			       const struct overlay_file **file)
{
	*file = find(files->overlay, path);
	if (*file != NULL && (*file)->bytes != NULL)
		return SAYS_FILE;
	if (has_below(files, path, true))
		return SAYS_FOLDER;
	return *file != NULL ? SAYS_GONE : SAYS_NOTHING;
}

/* `path` seen from the root with no link on the way, as far as the disk has it. */
static const char *without_links(const struct files *files, const char *path)
{
	const char *at = absolute(files, path), *rest = ".", *real;
	struct error ignored;

	while ((real = fs_real_path(files->arena, at, &ignored)) == NULL && strcmp(at, "/") != 0) {
		rest = path_join(files->arena, path_base(at), rest);
		at = path_dir(files->arena, at);
	}
	return path_relative(files->arena, files->root,
			     path_join(files->arena, real != NULL ? real : "/", rest));
}

static enum verdict ask(const struct files *files, const char *path,
			const struct overlay_file **file)
{
	const char *relative = path_relative(files->arena, files->root, absolute(files, path));
	enum verdict verdict = verdict_on(files, relative, file);
	const char *real;

	if (verdict != SAYS_NOTHING)
		return verdict;
	real = without_links(files, relative);
	return strcmp(real, relative) != 0 ? verdict_on(files, real, file) : SAYS_NOTHING;
}

/* --- the answers -------------------------------------------------------------------------------
 */

/* Whether the overlay empties a folder of the disk. */
static bool is_emptied(const struct files *files, const char *folder)
{
	struct fs_entry *entries;
	size_t count;
	struct error ignored = {0};

	return has_below(files, without_links(files, folder), false) &&
	       files_list(files, folder, &entries, &count, &ignored) == 0 && count == 0;
}

enum fs_type files_type(const struct files *files, const char *path)
{
	const struct overlay_file *file;
	enum fs_type type;

	if (is_disk(files))
		return fs_type(absolute(files, path));
	switch (ask(files, path, &file)) {
	case SAYS_FILE:
		return FS_FILE;
	case SAYS_FOLDER:
		return FS_DIR;
	case SAYS_GONE:
		return FS_NONE;
	case SAYS_NOTHING:
		break;
	}
	type = fs_type(absolute(files, path));
	return type == FS_DIR && is_emptied(files, path) ? FS_NONE : type;
}

static int by_name(const void *a, const void *b)
{
	const struct fs_entry *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* Keeps of what the disk lists in `folder` what is there in this state, as it is there. */
static size_t keep_entries(const struct files *files, const char *folder, struct fs_entry *entries,
			   size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		const char *path = path_join(files->arena, folder, entries[i].name);
		const struct overlay_file *file;
		struct fs_entry entry = entries[i];
		enum verdict verdict = verdict_on(files, path, &file);

		/* Links to folders are left alone: they can lead in circles. */
		if (verdict != SAYS_NOTHING || entry.link != (entry.type == FS_DIR))
			entry.type = files_type(files, path);
		if (verdict != SAYS_NOTHING)
			entry.link = false;
		/* A link that leads nowhere is an entry all the same. */
		if (entry.type != FS_NONE || (verdict == SAYS_NOTHING && entry.link))
			entries[kept++] = entry;
	}
	return kept;
}

/* Adds what the overlay shows in `folder` and is not among the `count` entries. */
static size_t add_entries(const struct files *files, const char *folder, struct fs_entry **entries,
			  size_t count)
{
	struct walk walk = walk_below(files, folder);
	const struct overlay_file *file;
	size_t all = count;
	const char *path;

	while ((file = walk_next(&walk, &path)) != NULL) {
		size_t len = strcspn(path, "/");
		struct fs_entry new = {arena_strndup(files->arena, path, len),
				       path[len] == '/' ? FS_DIR : FS_FILE, false};

		/* Those of one folder follow each other. */
		if (file->bytes == NULL ||
		    (count > 0 && bsearch(&new, *entries, count, sizeof(new), by_name) != NULL) ||
		    (all > count && strcmp((*entries)[all - 1].name, new.name) == 0))
			continue;
		struct fs_entry *entry = arena_push(files->arena, entries, &all, sizeof(*entry));
		*entry = new;
	}
	if (all > 0)
		qsort(*entries, all, sizeof(**entries), by_name);
	return all;
}

static int list(const struct files *files, const char *folder, struct fs_entry **entries,
		size_t *count, struct error *error)
{
	const char *real;
	bool shown;

	if (files->bounds != NULL &&
	    bounds_read(files->bounds, absolute(files, folder), error) != 0)
		return -1;
	if (is_disk(files))
		return fs_list(files->arena, absolute(files, folder), entries, count, error);
	real = without_links(files, folder);
	shown = has_below(files, real, true);
	*entries = NULL;
	*count = 0;
	if (fs_list(files->arena, absolute(files, real), entries, count, error) != 0 && !shown)
		return -1;
	*count = keep_entries(files, real, *entries, *count);
	*count = add_entries(files, real, entries, *count);
	return 0;
}

int files_list(const struct files *files, const char *folder, struct fs_entry **entries,
	       size_t *count, struct error *error)
{
	int result = list(files, folder, entries, count, error);

	if (result != 0)
		error_keep_shortage(files->shortage, error);
	return result;
}

static int read_file(const struct files *files, const char *path, size_t limit, const char **bytes,
		     size_t *len, struct error *error)
{
	const struct overlay_file *file = NULL;
	enum verdict verdict = is_disk(files) ? SAYS_NOTHING : ask(files, path, &file);
	const char *full = absolute(files, path);
	char *text;

	if (verdict == SAYS_GONE || verdict == SAYS_FOLDER)
		return error_system(error, verdict == SAYS_GONE ? ENOENT : EISDIR,
				    "cannot read `%s`", full);
	if (verdict == SAYS_FILE && file->len > limit)
		return error_system(error, EFBIG, "cannot read `%s`", full);
	if (verdict == SAYS_FILE) {
		*bytes = file->bytes;
		*len = file->len;
		return 0;
	}
	if ((files->bounds != NULL && bounds_read(files->bounds, full, error) != 0) ||
	    fs_read(files->arena, full, limit, &text, len, error) != 0)
		return -1;
	*bytes = text;
	return 0;
}

int files_read(const struct files *files, const char *path, size_t limit, const char **bytes,
	       size_t *len, struct error *error)
{
	int result = read_file(files, path, limit, bytes, len, error);

	if (result != 0)
		error_keep_shortage(files->shortage, error);
	return result;
}
