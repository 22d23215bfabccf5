/* Putting the bundles on the disk. The new folder is built aside and takes the old one's place at
 * the end, so a failure leaves the last good output as it was. Because the old folder is removed as
 * a whole, it must be recognised as an output first. A `dist` with other things in it (the official
 * tool writes into any) keeps them, and one that cannot be exchanged stays: there the finished
 * files are moved in one by one. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "bundle/bundle.h"
#include "sys/fs.h"
#include "sys/path.h"

#define TEMP_NAME ".attio-build-"

enum { LEFTOVER_SECONDS = 600 };

/* What is in a folder that is to be replaced. */
struct content {
	bool workflow;   /* a folder of block bundles */
	bool others;     /* scripts that no build of today writes */
	const char *odd; /* something that no build has ever written */
};

static bool is_one_of(const char *name, const char *const *names)
{
	for (; *names != NULL; names++) {
		if (strcmp(name, *names) == 0)
			return true;
	}
	return false;
}

static bool is_script(const char *name)
{
	return str_ends(name, ".js") || str_ends(name, ".css") || str_ends(name, ".map");
}

static int look_at_blocks(struct arena *arena, const char *folder, struct content *content,
			  struct error *error)
{
	struct fs_entry *entries = NULL;
	size_t count = 0;

	if (fs_list(arena, folder, &entries, &count, error) != 0)
		return -1;
	content->workflow = true;
	for (size_t i = 0; i < count; i++) {
		if (entries[i].type != FS_FILE || !is_script(entries[i].name))
			content->odd = arena_printf(arena, "workflow/%s", entries[i].name);
	}
	return 0;
}

static int look_into(struct arena *arena, const char *folder, struct content *content,
		     struct error *error)
{
	static const char *const known[] = {
		"index.js",   "index.css",     "index.js.map",   "index.css.map", "server.js",
		"server.css", "server.js.map", "server.css.map", ".DS_Store",     NULL};
	struct fs_entry *entries = NULL;
	size_t count = 0;

	*content = (struct content){0};
	if (fs_list(arena, folder, &entries, &count, error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		const struct fs_entry *entry = &entries[i];

		if (str_starts(entry->name, TEMP_NAME))
			continue;
		if (entry->type == FS_DIR && !entry->link && strcmp(entry->name, "workflow") == 0) {
			if (look_at_blocks(arena, path_join(arena, folder, entry->name), content,
					   error) != 0)
				return -1;
		} else if (entry->type != FS_FILE || entry->link || !is_script(entry->name)) {
			if (!is_one_of(entry->name, known))
				content->odd = entry->name;
		} else if (!is_one_of(entry->name, known)) {
			content->others = true;
		}
	}
	return 0;
}

static int refuse(struct error *error, const char *out, const char *why)
{
	error_set(error, ERROR_CONFLICT, "`%s` is not replaced by the build", out);
	error_why(error, "%s", why);
	error_fix(error, "move what you need out of it and delete the folder, or choose another "
			 "one with `--out`");
	return -1;
}

static bool is_mounted(const char *folder, const char *parent)
{
	struct stat inner, outer;

#ifdef STATX_ATTR_MOUNT_ROOT
	struct statx status;

	if (statx(AT_FDCWD, folder, 0, STATX_BASIC_STATS, &status) == 0 &&
	    ((status.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT) != 0))
		return status.stx_attributes & STATX_ATTR_MOUNT_ROOT;
#endif
	return stat(folder, &inner) == 0 && stat(parent, &outer) == 0 &&
	       inner.st_dev != outer.st_dev;
}

/* Another folder cannot take its place: it is a volume of a container, or what is around it cannot
 * be written. */
static bool is_fixed(const char *target, const char *parent)
{
	return fs_type(target) == FS_DIR &&
	       (is_mounted(target, parent) || (access(parent, W_OK) != 0 && errno != ENOENT));
}

/* Scripts that the official tool leaves behind (it never cleans its `dist`) are accepted where the
 * folder is an output beyond doubt: by its name or by its folder of blocks. *mixed: it holds things
 * to keep. */
static int check_target(struct arena *arena, const char *target, const char *out, bool *mixed,
			struct error *error)
{
	bool is_dist = strcmp(path_base(target), "dist") == 0;
	struct content content;

	*mixed = false;
	switch (fs_type(target)) {
	case FS_NONE:
		return 0;
	case FS_DIR:
		break;
	default:
		error_set(error, ERROR_CONFLICT, "the output folder `%s` is a file", out);
		return error_fix(error, "delete it, or choose another folder with `--out`");
	}
	if (look_into(arena, target, &content, error) != 0)
		return -1;
	*mixed = content.odd != NULL && is_dist;
	if (content.odd != NULL && !is_dist)
		return refuse(error, out,
			      arena_printf(arena, "it holds `%s`, which no build has written",
					   content.odd));
	if (content.others && !content.workflow && !is_dist)
		return refuse(error, out, "it holds scripts that no build has written");
	return 0;
}

static const char *map_path(struct arena *arena, const struct bundle *bundle)
{
	return arena_printf(arena, "%s.map", bundle->path);
}

static int write_bundle(struct arena *arena, const char *folder, const struct bundle *bundle,
			struct error *error)
{
	const char *path = path_join(arena, folder, bundle->path);

	if (fs_make_dirs(path_dir(arena, path), error) != 0 ||
	    fs_write_derived(path, bundle->bytes, bundle->len, error) != 0)
		return -1;
	if (bundle->map == NULL)
		return 0;
	return fs_write_derived(path_join(arena, folder, map_path(arena, bundle)), bundle->map,
				bundle->map_len, error);
}

static bool is_built(struct arena *arena, const struct bundles *bundles, const char *path)
{
	for (size_t i = 0; i < bundles->count; i++) {
		const struct bundle *bundle = &bundles->items[i];

		if (strcmp(bundle->path, path) == 0 ||
		    (bundle->map != NULL && strcmp(map_path(arena, bundle), path) == 0))
			return true;
	}
	return false;
}

static int remove_unless_built(struct arena *arena, const struct bundles *bundles,
			       const char *target, const char *path, struct error *error)
{
	if (is_built(arena, bundles, path))
		return 0;
	return fs_remove_tree(path_join(arena, target, path), error);
}

/* Bundles of blocks that are gone, and source maps of an earlier build. */
static int remove_stale(struct arena *arena, const struct bundles *bundles, const char *target,
			struct error *error)
{
	const char *folder = path_join(arena, target, "workflow");
	struct fs_entry *entries = NULL;
	size_t count = 0;

	if (remove_unless_built(arena, bundles, target, "index.js.map", error) != 0 ||
	    remove_unless_built(arena, bundles, target, "server.js.map", error) != 0)
		return -1;
	if (fs_type(folder) != FS_DIR)
		return 0;
	if (fs_list(arena, folder, &entries, &count, error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		const char *path = arena_printf(arena, "workflow/%s", entries[i].name);
		bool ours = str_ends(path, ".js") || str_ends(path, ".js.map");

		if (entries[i].type == FS_FILE && ours &&
		    remove_unless_built(arena, bundles, target, path, error) != 0)
			return -1;
	}
	return 0;
}

static int move_file(struct arena *arena, const char *built, const char *target, const char *name,
		     struct error *error)
{
	const char *path = path_join(arena, target, name);

	if (fs_make_dirs(path_dir(arena, path), error) != 0)
		return -1;
	if (rename(path_join(arena, built, name), path) != 0)
		return error_system(error, errno, "cannot write `%s`", path);
	return 0;
}

static int move_files(struct arena *arena, const struct bundles *bundles, const char *built,
		      const char *target, struct error *error)
{
	for (size_t i = 0; i < bundles->count; i++) {
		const struct bundle *bundle = &bundles->items[i];

		if (move_file(arena, built, target, bundle->path, error) != 0)
			return -1;
		if (bundle->map != NULL &&
		    move_file(arena, built, target, map_path(arena, bundle), error) != 0)
			return -1;
	}
	return remove_stale(arena, bundles, target, error);
}

static int write_into(struct arena *arena, const struct bundles *bundles, const char *temp,
		      const char *target, bool in_place, struct error *error)
{
	/* A folder inside the temporary one: that one is private to this user, the result follows
	 * the umask. */
	const char *built = path_join(arena, temp, "dist");

	if (fs_make_dirs(built, error) != 0)
		return -1;
	for (size_t i = 0; i < bundles->count; i++) {
		if (write_bundle(arena, built, &bundles->items[i], error) != 0)
			return -1;
	}
	return in_place ? move_files(arena, bundles, built, target, error)
			: fs_replace_dir(built, target, error);
}

/* An error names the folder that the user knows, not the one where the output was being built. */
static void hide_temp(char *text, size_t size, const char *built, const char *out)
{
	char *at = strstr(text, built);
	char rest[512];

	if (at == NULL)
		return;
	snprintf(rest, sizeof(rest), "%s", at + strlen(built));
	snprintf(at, size - (size_t)(at - text), "%s%s", out, rest);
}

/* What builds left behind that were killed while they wrote. Writing takes an instant, so a folder
 * that is some minutes old belongs to no build that runs. */
static void remove_leftovers(struct arena *arena, const char *parent)
{
	struct fs_entry *entries = NULL;
	struct error ignored;
	struct stat status;
	size_t count = 0;

	if (fs_list(arena, parent, &entries, &count, &ignored) != 0)
		return;
	for (size_t i = 0; i < count; i++) {
		const char *path = path_join(arena, parent, entries[i].name);

		if (str_starts(entries[i].name, TEMP_NAME) && entries[i].type == FS_DIR &&
		    !entries[i].link && stat(path, &status) == 0 &&
		    time(NULL) - status.st_mtime > LEFTOVER_SECONDS)
			fs_remove_tree(path, &ignored);
	}
}

int bundle_write(struct arena *arena, const struct bundles *bundles, const char *out,
		 struct error *error)
{
	struct error ignored;
	const char *target = out, *parent;
	char *temp;
	bool mixed, fixed;
	int result;

	/* Behind a link the folder itself is replaced, the link stays. */
	if (fs_type(out) != FS_NONE && !(target = fs_real_path(arena, out, error)))
		return -1;
	if (check_target(arena, target, out, &mixed, error) != 0)
		return -1;
	fixed = is_fixed(target, path_dir(arena, target));
	parent = fixed ? target : path_dir(arena, target);
	remove_leftovers(arena, parent);
	if (fs_make_dirs(parent, error) != 0 ||
	    fs_make_temp_dir(arena, path_join(arena, parent, TEMP_NAME), &temp, error) != 0)
		return -1;
	result = write_into(arena, bundles, temp, target, mixed || fixed, error);
	if (result != 0) {
		const char *built = path_join(arena, temp, "dist");

		hide_temp(error->message, sizeof(error->message), built, out);
		hide_temp(error->fix, sizeof(error->fix), built, out);
	}
	fs_remove_tree(temp, &ignored);
	return result;
}
