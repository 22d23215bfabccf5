/* As esbuild looks for them (ResolveGlob in internal/resolver): in the folder before the first
 * thing that is not known, and where that may hold slashes in all folders below that are no links.
 */
#include "app/glob.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/files.h"
#include "sys/path.h"

enum { FOLDER_DEPTH = 64 };

struct walk {
	struct resolver *resolver;
	const struct glob *glob;
	bool deep; /* some part may hold slashes */
	glob_found found;
	void *payload;
};

/* Of each position in the path whether what came before may end there: as many steps as the path
 * has characters for each part of the pattern, however many ways there are. */
static void after_text(bool *ends, const char *path, size_t len, const char *text)
{
	size_t wanted = strlen(text);

	for (size_t at = len + 1; at-- > 0;)
		ends[at] = at >= wanted && ends[at - wanted] &&
			   strncmp(path + at - wanted, text, wanted) == 0;
}

static void after_wildcard(bool *ends, const char *path, size_t len, enum glob_wildcard wildcard)
{
	bool open = false;

	for (size_t at = 0; at <= len && wildcard == GLOB_NAME; at++) {
		open = ends[at] || (open && path[at - 1] != '/');
		ends[at] = open;
	}
	for (size_t at = 0; at <= len && wildcard == GLOB_FOLDERS; at++) {
		bool boundary = at == len || (at > 0 && path[at - 1] == '/');

		open = open || ends[at];
		ends[at] = ends[at] || (open && boundary);
	}
}

bool glob_fits(const struct glob *glob, const char *path)
{
	size_t len = strlen(path);
	bool *ends = mem_zalloc(len + 1, sizeof(*ends)), fits;

	ends[0] = true;
	for (size_t i = 0; i < glob->count; i++) {
		const char *text = glob->parts[i].prefix;

		/* The slash after folders belongs to them. */
		if (i > 0 && glob->parts[i - 1].wildcard == GLOB_FOLDERS && text[0] == '/')
			text++;
		after_text(ends, path, len, text);
		after_wildcard(ends, path, len, glob->parts[i].wildcard);
	}
	fits = ends[len];
	mem_free(ends);
	return fits;
}

static void walk_folder(struct walk *walk, const char *folder, const char *prefix, int depth)
{
	const struct app *app = walk->resolver->folders.app;
	struct fs_entry *entries;
	struct error error = {0};
	size_t count;

	if (depth > FOLDER_DEPTH ||
	    files_list(&app->texts.files, folder, &entries, &count, &error) != 0)
		return;
	for (size_t i = 0; i < count; i++) {
		const char *path = path_join(app->arena, folder, entries[i].name);
		const char *specifier = arena_printf(app->arena, "%s%s", prefix, entries[i].name);

		if (entries[i].type == FS_FILE && glob_fits(walk->glob, specifier))
			walk->found(specifier, resolve_file(walk->resolver, path), walk->payload);
		else if (entries[i].type == FS_DIR && walk->deep && !entries[i].link)
			walk_folder(walk, path, arena_printf(app->arena, "%s/", specifier),
				    depth + 1);
	}
}

void glob_each(struct resolver *resolver, const char *folder, const struct glob *glob,
	       glob_found found, void *payload)
{
	struct walk walk = {resolver, glob, false, found, payload};
	struct arena *arena = resolver->folders.app->arena;
	const char *first = glob->parts[0].prefix;
	size_t len = (size_t)(strrchr(first, '/') + 1 - first);
	const char *prefix = arena_strndup(arena, first, len);

	for (size_t i = 0; i < glob->count; i++)
		walk.deep |= glob->parts[i].wildcard == GLOB_FOLDERS;
	walk_folder(&walk, path_join(arena, folder, prefix), prefix, 0);
}
