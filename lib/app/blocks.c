/* Workflow blocks: one folder a block below src/blocks and src/app/blocks
 * (lib/app/README.md, Blocks). */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/internal.h"
#include "app/problems.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/path.h"

static const struct handler_file {
	const char *name;   /* file name without .ts */
	const char *legacy; /* older name, or NULL */
	bool trigger;       /* belongs to triggers, else to steps */
	bool required;
} handler_files[HANDLER_KINDS] = {
	[HANDLER_EXECUTE] = {"execute", NULL, false, true},
	[HANDLER_FINISH] = {"finish", "on-resume-callback", false, false},
	[HANDLER_ACTIVATE] = {"activate", NULL, true, true},
	[HANDLER_TRIGGER] = {"trigger", "on-trigger-callback", true, true},
	[HANDLER_DEACTIVATE] = {"deactivate", NULL, true, true},
};

static const char *const define_block[] = {"defineWorkflowBlock", NULL};

static bool exists(const struct app *app, const struct tree *tree, const char *path)
{
	return tree_type(tree, app, path) == FS_FILE;
}

/* The definition's call: what block.ts default-exports, directly or by a name. */
static struct node block_call(const struct app *app, const struct module *module)
{
	struct node call = default_call(module, define_block);
	struct resolved value;

	if (!node_is_null(call))
		return call;
	value = app_resolve_export(app, module, "default");
	if (value.found && value.module == module && calls_one_of(module, value.node, define_block))
		return value.node;
	return (struct node){0};
}

static void literal_missing(struct app *app, struct place place, const char *key)
{
	struct diag *diag = diag_add(&app->problems, &problem_block_definition, place,
				     "the workflow block has no literal `%s`", key);

	diag->help =
		arena_printf(app->arena,
			     "write `%s: \"...\"` in the object given to `defineWorkflowBlock`: "
			     "the platform reads it without running the code",
			     key);
}

/* Reads id and type from block.ts; false when one is missing or wrong. */
static bool read_definition(struct app *app, struct block *block, struct place *id_place,
			    const char **type, struct place *type_place)
{
	static const char *const types[] = {"step", "trigger", NULL};
	struct node call = block_call(app, block->definition);
	const char *near;

	if (report_syntax(app, block->definition))
		return false;
	if (node_is_null(call)) {
		const struct export *item = facts_export(&block->definition->facts, "default");
		diag_add(&app->problems, &problem_block_definition,
			 item != NULL ? item->place : whole_file(block->definition),
			 "`block.ts` must default-export a call of `defineWorkflowBlock`")
			->help = "write `export default Workflows.defineWorkflowBlock({...})`";
		return false;
	}
	if (!node_is(call_object(call), NODE_OBJECT)) {
		object_needed(app, &problem_block_definition, block->definition, call,
			      define_block[0]);
		return false;
	}
	block->id = call_property(app, block->definition, call, "id", id_place);
	*type = call_property(app, block->definition, call, "type", type_place);
	if (block->id == NULL)
		literal_missing(app, *id_place, "id");
	else
		check_id(app, "block id", block->id, *id_place);
	if (*type == NULL) {
		literal_missing(app, *type_place, "type");
	} else if (strcmp(*type, "step") != 0 && strcmp(*type, "trigger") != 0) {
		near = str_nearest(*type, types);
		diag_add(&app->problems, &problem_block_definition, *type_place,
			 "`%s` is not a type of workflow block", *type)
			->help = near != NULL ? arena_printf(app->arena, "did you mean `%s`?", near)
					      : "a block is a `step` or a `trigger`";
		return false;
	}
	block->trigger = *type != NULL && strcmp(*type, "trigger") == 0;
	return block->id != NULL && *type != NULL;
}

/* The handler is there as a .tsx file, which is a finding of its own. */
static bool has_tsx(const struct app *app, const struct tree *tree, const char *folder,
		    const struct handler_file *rule)
{
	return exists(app, tree, arena_printf(app->arena, "%s/%s.tsx", folder, rule->name)) ||
	       (rule->legacy != NULL &&
		exists(app, tree, arena_printf(app->arena, "%s/%s.tsx", folder, rule->legacy)));
}

static void read_handler(struct app *app, const struct tree *tree, struct block *block,
			 enum handler_kind kind)
{
	const struct handler_file *rule = &handler_files[kind];
	const char *path = arena_printf(app->arena, "%s/%s.ts", block->folder, rule->name);
	const char *legacy = rule->legacy == NULL ? NULL
						  : arena_printf(app->arena, "%s/%s.ts",
								 block->folder, rule->legacy);
	bool has = exists(app, tree, path),
	     has_legacy = legacy != NULL && exists(app, tree, legacy);

	if (rule->trigger != block->trigger)
		return;
	if (has_legacy) {
		struct diag *diag = diag_add(&app->problems, &problem_block_handler_legacy,
					     (struct place){.file = legacy},
					     has ? "`%s.ts` is not read: `%s.ts` takes its place"
						 : "`%s.ts` is the old name of `%s.ts`",
					     rule->legacy, rule->name);
		diag->help =
			has ? "delete the old file" : "rename it; the old name will stop working";
	}
	if (has || has_legacy) {
		block->handlers[kind] = modules_get(app, has ? path : legacy);
	} else if (rule->required && !has_tsx(app, tree, block->folder, rule)) {
		struct diag *diag =
			diag_add(&app->problems, &problem_block_handler,
				 whole_file(block->definition), "the %s block `%s` has no `%s.ts`",
				 block->trigger ? "trigger" : "step", block->id, rule->name);
		diag->help = arena_printf(app->arena, "add `%s`", path);
	}
}

/* Handlers run on the server, so they are .ts; a .tsx one would never be found. */
static void check_tsx_handlers(struct app *app, const struct tree *tree, const char *folder)
{
	static const char *const names[] = {"activate",           "trigger", "on-trigger-callback",
					    "deactivate",         "execute", "finish",
					    "on-resume-callback", "handler"};
	/* What to call them instead, where it is another name. */
	static const char *const better[sizeof(names) / sizeof(names[0])] = {
		[2] = "trigger", [6] = "finish"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *path = arena_printf(app->arena, "%s/%s.tsx", folder, names[i]);

		if (exists(app, tree, path))
			diag_add(&app->problems, &problem_block_handler_tsx,
				 (struct place){.file = path},
				 "a block's handler cannot be a `.tsx` file")
				->help = arena_printf(app->arena, "rename it to `%s.ts`",
						      better[i] != NULL ? better[i] : names[i]);
	}
}

/* What stands there under another name, or a folder deeper. */
/* How many of the handlers that blocks of that type must have are there. */
static size_t required_there(const struct app *app, const struct tree *tree,
			     const struct block *block, bool trigger)
{
	size_t count = 0;

	for (size_t i = 0; i < HANDLER_KINDS; i++) {
		const struct handler_file *rule = &handler_files[i];

		if (rule->required && rule->trigger == trigger &&
		    (has_tsx(app, tree, block->folder, rule) ||
		     exists(app, tree,
			    arena_printf(app->arena, "%s/%s.ts", block->folder, rule->name)) ||
		     (rule->legacy != NULL &&
		      exists(app, tree,
			     arena_printf(app->arena, "%s/%s.ts", block->folder, rule->legacy)))))
			count++;
	}
	return count;
}

/* All its handlers are those of the other type: it is the type that is wrong, and the files are
 * judged as what they are. */
static void check_kind(struct app *app, const struct tree *tree, struct block *block,
		       struct place type_place)
{
	const char *type = block->trigger ? "trigger" : "step";
	const char *other = block->trigger ? "step" : "trigger";

	if (required_there(app, tree, block, block->trigger) > 0 ||
	    required_there(app, tree, block, !block->trigger) == 0)
		return;
	diag_add(&app->problems, &problem_block_handler, type_place,
		 "`%s` is said to be a %s, and its files are those of a %s", block->id, type, other)
		->help = arena_printf(app->arena, "write `type: \"%s\"`", other);
	block->trigger = !block->trigger;
}

static const char *block_remedy(struct app *app, const struct tree *tree, const char *folder)
{
	static const char *const names[] = {"block.tsx", "block.js", "block.jsx",   "block.mts",
					    "Block.ts",  "index.ts", "block.ts.txt"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (exists(app, tree, arena_printf(app->arena, "%s/%s", folder, names[i])))
			return arena_printf(app->arena, "rename its `%s` to `block.ts`", names[i]);
	for (size_t i = 0; i < tree->file_count; i++) {
		const char *path = tree->files[i];

		if (path_is_under(path, folder) && strcmp(path_base(path), FILE_BLOCK) == 0)
			return arena_printf(
				app->arena, "blocks do not nest: move `%s` up, directly into `%s`",
				path_dir(app->arena, path), path_dir(app->arena, folder));
	}
	return "each folder directly below `blocks/` is one block, defined in its `block.ts`; keep "
	       "shared helpers elsewhere";
}

static void read_block(struct app *app, const struct tree *tree, const char *folder,
		       struct map *seen)
{
	struct place type_place = {.file = NULL};
	struct block *block = arena_alloc(app->arena, sizeof(*block));
	const char *path = arena_printf(app->arena, "%s/" FILE_BLOCK, folder);
	const char *configurator = arena_printf(app->arena, "%s/" FILE_CONFIGURATOR, folder);
	struct definition *definition, *first;
	struct place id_place = {.file = path};
	const char *type = NULL;

	block->folder = folder;
	check_tsx_handlers(app, tree, folder);
	if (!exists(app, tree, path)) {
		diag_add(&app->problems, &problem_block_definition, (struct place){.file = folder},
			 "the block folder `%s` has no `block.ts`", folder)
			->help = block_remedy(app, tree, folder);
		return;
	}
	block->definition = modules_get(app, path);
	if (block->definition == NULL ||
	    !read_definition(app, block, &id_place, &type, &type_place))
		return;
	check_kind(app, tree, block, type_place);
	for (int kind = 0; kind < HANDLER_KINDS; kind++)
		read_handler(app, tree, block, (enum handler_kind)kind);
	if (exists(app, tree, configurator))
		block->configurator = modules_get(app, configurator);
	first = map_get(seen, block->id);
	if (first != NULL) {
		report_pair(
			app, &problem_id_duplicate, first->id_place, id_place, "the other one",
			arena_printf(app->arena, "two workflow blocks have the id `%s`", block->id))
			->help = "give each its own id";
		return;
	}
	definition = add_definition(app, DEF_BLOCK, block->definition, block->id);
	definition->type = type;
	definition->id_place = id_place;
	definition->block = block;
	map_set(seen, block->id, definition);
}

/* Files that nobody means as part of the app: hidden ones, notes, and what desktops leave behind.
 */
static bool is_harmless(const char *name)
{
	static const char *const notes[] = {".md", ".mdx", ".markdown", ".txt"};
	static const char *const words[] = {"readme", "changelog", "license", "notice", "todo"};
	static const char *const litter[] = {"Thumbs.db", "desktop.ini", "Icon\r"};
	const char *ext = path_ext(name);
	enum dialect any;

	for (size_t i = 0; i < sizeof(notes) / sizeof(notes[0]); i++) {
		if (strcasecmp(ext, notes[i]) == 0)
			return true;
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strncasecmp(name, words[i], strlen(words[i])) == 0 && !dialect_of(name, &any))
			return true;
	}
	for (size_t i = 0; i < sizeof(litter) / sizeof(litter[0]); i++) {
		if (strcmp(name, litter[i]) == 0)
			return true;
	}
	return name[0] == '.' || name[strlen(name) - 1] == '~';
}

/* A hidden folder is one only when somebody has put a definition into it. */
static bool is_block(const struct app *app, const struct tree *tree, const char *folder)
{
	return path_base(folder)[0] != '.' ||
	       exists(app, tree, arena_printf(app->arena, "%s/" FILE_BLOCK, folder));
}

void discover_blocks(struct app *app, const struct tree *tree)
{
	const char *const roots[] = {homes[DEF_BLOCK].older, homes[DEF_BLOCK].folder};
	struct map seen = {0};

	for (size_t r = 0; r < sizeof(roots) / sizeof(roots[0]); r++) {
		struct fs_entry *entries;
		size_t count;
		struct error error = {0};

		if (tree_type(tree, app, roots[r]) != FS_DIR ||
		    files_list(&app->texts.files, roots[r], &entries, &count, &error) != 0)
			continue; /* tree_read has complained about an unreadable folder */
		for (size_t i = 0; i < count; i++) {
			const char *path = path_join(app->arena, roots[r], entries[i].name);

			if (entries[i].type == FS_DIR && is_block(app, tree, path))
				read_block(app, tree, path, &seen);
			else if (entries[i].type != FS_DIR && !is_harmless(entries[i].name))
				diag_add(&app->problems, &problem_block_folder,
					 (struct place){.file = path},
					 "only block folders may stand directly in `%s`", roots[r])
					->help = "move this file into its block's folder, or out "
						 "of `blocks/`";
		}
	}
	map_dispose(&seen);
}
