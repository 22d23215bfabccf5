/* Steps of app_open, in the order they run. Only lib/app includes this. */
#ifndef ATTIO_APP_INTERNAL_H
#define ATTIO_APP_INTERNAL_H

#include "app/app.h"
#include "app/resolve.h"
#include "app/tree.h"

/* modules.c: parses every source file of the tree and all that they import, and draws the edges. */
void modules_load(struct app *app, const struct tree *tree, struct resolver *resolver);
/* judging.c: asks the engine about those of the modules that our parser has doubts about, all
 * at once. A verdict that stands is not asked for again. */
void modules_judge(struct app *app, struct module **modules, size_t count);
/* The same about those that get into a bundle and that our parser reads. */
void modules_judge_bundled(struct app *app, const struct syntax_judge *judge);
/* disguise.c: definitions that an editor has given another ending. */
void discover_disguised(struct app *app, const struct tree *tree);
/* Draws the edges of modules that have none yet, loading what they import. */
void modules_link(struct app *app, struct resolver *resolver);
/* Leaves the parsed modules to the next run, when this one had to parse any. */
void modules_keep(struct app *app);
/* Orders the modules by path: findings and bundles must not depend on who imported whom first. */
void modules_sort(struct app *app);
/* The module at `path`, read but perhaps not parsed; NULL when it cannot be read (then a finding).
 */
struct module *modules_add(struct app *app, const char *path);
/* The module at `path`, parsed now if it was not; NULL when it cannot be read (then a finding). */
struct module *modules_get(struct app *app, const char *path);

/* before.c: notes for each surface of the layout before src/app.ts; false when there is none. */
bool tell_older_surfaces(struct app *app, const struct tree *tree, struct diag *diag);
/* What the files define, one file each: entry.c, extensions.c, pages.c, settings.c, blocks.c,
 * handlers.c (webhooks, events, server functions). */
void discover_entry(struct app *app, const struct tree *tree);
void check_entry(struct app *app);
void discover_extensions(struct app *app, const struct tree *tree);
void discover_pages(struct app *app, const struct tree *tree);
void discover_settings(struct app *app, const struct tree *tree);
void discover_blocks(struct app *app, const struct tree *tree);
void discover_handlers(struct app *app, const struct tree *tree);
/* Makes `module` a server function unless it is one; its id as for those that the rule finds. */
void adopt_server(struct app *app, struct module *module);

/* named.c: the module at `path`, perhaps not parsed, when the file is there; complains when a
 * folder stands in its place. */
struct module *definition_file(struct app *app, const struct tree *tree, const char *path);
/* The files of `folder` (any depth) that are wanted, sorted by path. */
const char **files_below(struct app *app, const struct tree *tree, const char *folder,
			 bool (*wanted)(const char *path, const void *data), const void *data,
			 size_t *count);
/* Reads each definition file of a kind that is told by its base name, in the order of their paths;
 * of two in one folder the second is a finding. */
void read_each(struct app *app, const struct tree *tree, enum definition_kind kind,
	       const struct rule_info *rule, void (*read)(struct app *app, struct module *module));

/* graph.c: runtimes of every module, and which server functions each configurator reaches. */
void graph_colour(struct app *app);

/* definitions.c */
/* Adds ATT1021 at `place` when the id is not valid. */
void check_id(struct app *app, const char *what, const char *id, struct place place);
struct definition *add_definition(struct app *app, enum definition_kind kind, struct module *module,
				  const char *id);
/* Complains about the module's syntax error, if it has one; true when it has. */
bool report_syntax(struct app *app, const struct module *module);
/* The place of a file as a whole. */
struct place whole_file(const struct module *module);
/* A finding that names two files: at the second, with a note at the first. */
struct diag *report_pair(struct app *app, const struct rule_info *rule, struct place first,
			 struct place second, const char *note, const char *message);

/* The call of one of `names` (NULL-terminated; `f(...)` or `x.f(...)`) that a module
 * default-exports directly, looked for through parentheses, `as` and `satisfies`; else null. */
struct node default_call(const struct module *module, const char *const *names);
/* The first argument of a call, unwrapped; null when there is none. */
struct node call_object(struct node call);
/* Complains that `define` is called with something else than an object literal. */
void object_needed(struct app *app, const struct rule_info *rule, const struct module *module,
		   struct node call, const char *define);
/* Whether `call` calls one of `names` as an identifier or a member. */
bool calls_one_of(const struct module *module, struct node call, const char *const *names);
/* The string value of property `key` in the object literal that is the first argument of `call`:
 * last one wins; NULL when absent or not a plain string. *place: the value, or the call. */
const char *call_property(const struct app *app, const struct module *module, struct node call,
			  const char *key, struct place *place);

/* language.c: complains about what tsconfig.json does not say; runtimes are known. */
void check_language(struct app *app);

#endif
