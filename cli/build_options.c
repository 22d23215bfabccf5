/* See build_options.h. */
#include "cli/build_options.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/several.h"
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/path.h"

int build_check_out(struct cli *cli, const char *root, const char *named, struct error *error)
{
	const char *source = path_join(cli->arena, root, "src");
	const char *out = named;

	if (bounds_may_write(root, named, error) != 0)
		return -1;
	if (fs_type(out) != FS_NONE) {
		out = fs_real_path(cli->arena, out, error);
		if (out == NULL)
			return -1;
	}
	if (path_is_under(root, out))
		error_set(error, ERROR_USAGE, "the output folder `%s` contains the app", named);
	else if (path_is_under(out, source))
		error_set(error, ERROR_USAGE, "the output folder `%s` is among the app's sources",
			  named);
	else
		return 0;
	return error_fix(error, "choose a folder of its own, such as `dist`");
}

enum bundle_map build_map(const char *kind)
{
	if (kind == NULL)
		return BUNDLE_MAP_NONE;
	if (strcmp(kind, "inline") == 0)
		return BUNDLE_MAP_INLINE;
	return strcmp(kind, "external") == 0 ? BUNDLE_MAP_EXTERNAL : BUNDLE_MAP_LINKED;
}

static bool wants_treemap(const struct build_options *o)
{
	bool wants = false;

	for (size_t i = 0; o->reports != NULL && o->reports[i] != NULL; i++)
		wants = wants || str_starts(o->reports[i], "treemap=");
	return wants;
}

int build_refuse_several(const struct build_options *o, struct error *error)
{
	const struct single_option single[] = {
		{o->watch, "--watch"},
		{o->out != NULL, "--out"},
		{wants_treemap(o), "--report treemap"},
		{o->metafile != NULL, "--metafile"},
		{.name = NULL},
	};

	return several_refuse(single, error);
}
