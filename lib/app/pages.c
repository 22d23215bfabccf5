/* Pages (experimental): one folder a page, whose name is its slug. */
#include <string.h>

#include "app/identifiers.h"
#include "app/internal.h"
#include "app/problems.h"
#include "base/arena.h"
#include "sys/path.h"

static void read_page(struct app *app, struct module *module)
{
	static const char *const define_page[] = {"definePage", "experimental_definePage", NULL};
	static const char root[] = FOLDER_PAGES;
	const char *folder = path_relative(app->arena, root, path_dir(app->arena, module->path));

	if (strcmp(folder, ".") == 0 || strchr(folder, '/') != NULL) {
		diag_add(&app->problems, &problem_page, whole_file(module),
			 "a page must be in a folder directly inside `%s`", root)
			->help =
			"move it to `" FOLDER_PAGES "/SLUG/page.tsx`; the folder's name is the "
			"page's slug";
		return;
	}
	if (id_fault(folder) != ID_FINE) {
		check_id(app, "page slug (the folder's name)", folder, whole_file(module));
		return;
	}
	if (report_syntax(app, module))
		return;
	if (node_is_null(default_call(module, define_page))) {
		const struct export *item = facts_export(&module->facts, "default");
		diag_add(&app->problems, &problem_page,
			 item != NULL ? item->place : whole_file(module),
			 "a page file must default-export a call of `experimental_definePage` "
			 "directly")
			->help = "write `export default Extensions.experimental_definePage({...})`";
		return;
	}
	add_definition(app, DEF_PAGE, module, folder);
}

void discover_pages(struct app *app, const struct tree *tree)
{
	read_each(app, tree, DEF_PAGE, &problem_page, read_page);
}
