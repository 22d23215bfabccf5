/* Webhooks, events and server functions: told by their names. */
#include <string.h>

#include "app/internal.h"
#include "app/problems.h"
#include "base/arena.h"
#include "base/mem.h"
#include "sys/path.h"

/* A server function keeps its suffix in its id: `send-to-alc.server`. */
static size_t cut_of(enum definition_kind kind, const char *path)
{
	size_t ext = strlen(path_ext(path));

	return kind == DEF_SERVER ? ext : ext + 1 + strlen(role_suffix(homes[kind].role));
}

static void add_handler(struct app *app, enum definition_kind kind, const char *folder,
			struct module *module)
{
	const char *relative = path_relative(app->arena, folder, module->path);
	size_t len = strlen(relative) - cut_of(kind, relative);
	const char *id = arena_strndup(app->arena, relative, len);
	const struct definition *first = app_definition_by_id(app, kind, id);

	if (first != NULL) {
		report_pair(app, &problem_handler_duplicate, whole_file(first->module),
			    whole_file(module), "the other one",
			    arena_printf(app->arena, "two files define the %s `%s`",
					 kind == DEF_EVENT ? "event" : role_words(homes[kind].role),
					 id))
			->help = "rename or remove one of them: the path below the folder, without "
				 "the suffix, is what names it";
		return;
	}
	add_definition(app, kind, module, id);
}

void adopt_server(struct app *app, struct module *module)
{
	const struct definition *definition;

	for (size_t i = 0; (definition = app_definition(app, DEF_SERVER, i)) != NULL; i++) {
		if (definition->module == module)
			return;
	}
	add_handler(app, DEF_SERVER, homes[DEF_SERVER].folder, module);
}

static void add_below(struct app *app, const struct tree *tree, enum definition_kind kind,
		      const char *folder)
{
	for (size_t i = 0; i < tree->file_count; i++) {
		struct module *module = map_get(&app->by_path, tree->files[i]);

		if (module != NULL && module->role == homes[kind].role && !module->odd_suffix &&
		    path_is_under(module->path, folder))
			add_handler(app, kind, folder, module);
	}
}

void discover_handlers(struct app *app, const struct tree *tree)
{
	static const enum definition_kind kinds[] = {DEF_WEBHOOK, DEF_EVENT, DEF_SERVER};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		const struct home *home = &homes[kinds[i]];

		if (home->older != NULL)
			add_below(app, tree, kinds[i], home->older);
		add_below(app, tree, kinds[i], home->folder);
	}
}
