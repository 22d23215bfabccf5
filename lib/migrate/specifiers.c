/* Imports after files moved: where they lead, and what they take. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "migrate/internal.h"
#include "sys/path.h"

/* `path` without the last extension. */
static const char *stem(struct arena *arena, const char *path)
{
	return arena_strndup(arena, path, strlen(path) - strlen(path_ext(path)));
}

static const char *from_folder(struct arena *arena, const char *folder, const char *path)
{
	const char *relative = path_relative(arena, folder, path);

	return path_is_relative(relative) ? relative : arena_printf(arena, "./%s", relative);
}

/* The specifier of `to` as seen from `folder`, spelled as `old` spells `from`: with or without an
 * extension, as a folder, with .js for .ts. */
static const char *spell(struct work *work, const char *old_folder, const char *old,
			 const char *from, const char *folder, const char *to)
{
	struct arena *arena = work->arena;
	const char *base = path_join(arena, old_folder, old), *rest;

	if (!path_is_relative(old))
		return from_folder(arena, folder, stem(arena, to));
	if (!str_starts(from, base))
		return from_folder(arena, folder,
				   arena_printf(arena, "%s%s", stem(arena, to), path_ext(old)));
	rest = from + strlen(base);
	if (*rest == '\0')
		return from_folder(arena, folder, to);
	if (*rest == '/' && strcmp(from, to) == 0)
		return from_folder(arena, folder, base);
	return from_folder(arena, folder, stem(arena, to));
}

static const struct surface *surface_of(const struct work *work, const struct module *module)
{
	for (size_t i = 0; i < work->surface_count && module != NULL; i++)
		if (!work->surfaces[i].there && work->surfaces[i].module == module)
			return &work->surfaces[i];
	return NULL;
}

/* Whether the import takes the surface by a name that it loses. */
static bool takes(const struct surface *surface, const struct import *import)
{
	if (surface == NULL || strcmp(surface->exported, "default") == 0)
		return false;
	for (size_t i = 0; i < import->name_count; i++)
		if (strcmp(import->names[i].imported, surface->exported) == 0)
			return true;
	return false;
}

static struct node import_clause(struct node statement)
{
	struct node child = node_down_named(statement);

	while (!node_is_null(child) && !node_is(child, NODE_IMPORT_CLAUSE))
		child = node_next_named(child);
	return child;
}

/* `{one, extra}` -> `one, {extra}`; of a name taken twice the second one is `{default as two}`. */
static void change_import(struct draft *draft, struct changes *changes,
			  const struct surface *surface, const struct import *import)
{
	struct node statement =
		syntax_node_at(&draft->syntax, import->place.start, import->place.end);
	struct node clause = import_clause(statement);
	struct buf out = {0}, names = {0};
	const char *text = NULL;

	for (size_t i = 0; i < import->name_count; i++) {
		const struct import_name *name = &import->names[i];

		if (strcmp(name->imported, surface->exported) != 0)
			buf_printf(&names, "%s%s%s%s%s", names.len > 0 ? ", " : "",
				   name->type_only && !import->type_only ? "type " : "",
				   strcmp(name->imported, name->local) == 0 ? "" : name->imported,
				   strcmp(name->imported, name->local) == 0 ? "" : " as ",
				   name->local);
		else if (text == NULL)
			text = name->local;
		else
			buf_printf(&names, "%sdefault as %s", names.len > 0 ? ", " : "",
				   name->local);
	}
	buf_puts(&out, text);
	if (names.len > 0)
		buf_printf(&out, ", {%s}", buf_cstr(&names));
	change_add(draft->arena, changes, node_start(statement), node_end(clause),
		   arena_printf(draft->arena, "import %s", buf_cstr(&out)));
	buf_dispose(&out);
	buf_dispose(&names);
}

/* `export {one}` -> `export {default as one}`. */
static void change_reexport(struct draft *draft, struct changes *changes,
			    const struct surface *surface, const struct import *import)
{
	for (size_t i = 0; i < import->name_count; i++) {
		const struct import_name *name = &import->names[i];
		struct node spec;

		if (strcmp(name->imported, surface->exported) != 0)
			continue;
		spec = syntax_node_at(&draft->syntax, name->place.start, name->place.end);
		while (!node_is_null(spec) && !node_is(spec, NODE_EXPORT_SPECIFIER) &&
		       !node_is(spec, NODE_PROGRAM))
			spec = node_parent(spec);
		if (node_is(spec, NODE_EXPORT_SPECIFIER))
			change_add(draft->arena, changes, node_start(spec), node_end(spec),
				   arena_printf(draft->arena, "default as %s", name->local));
	}
}

/* The edge of the import in the model that this one was. */
static const struct edge *edge_of(const struct module *module, const struct import *import)
{
	const struct facts *facts = &module->facts;

	for (size_t i = 0; i < facts->import_count; i++)
		if (strcmp(facts->imports[i].specifier, import->specifier) == 0)
			return &module->edges[i];
	return NULL;
}

static const char *new_specifier(struct work *work, const struct job *job,
				 const struct import *import, const struct edge *edge)
{
	const char *from = edge->kind == TARGET_MODULE ? edge->module->path
			   : edge->kind == TARGET_FILE ? edge->file
						       : NULL;
	const char *old_folder = path_dir(work->arena, job->from);
	const char *folder = path_dir(work->arena, job->to), *to, *spelled;

	if (from == NULL || import->glob != NULL)
		return NULL;
	to = map_get(&work->moved, from);
	if (to == NULL)
		to = from;
	if (!path_is_relative(import->specifier) && strcmp(to, from) == 0)
		return NULL;
	spelled = spell(work, old_folder, import->specifier, from, folder, to);
	/* `./lib/` and `./lib` are the same, and a neighbour that moves along stays one. */
	if (strcmp(from_folder(work->arena, old_folder,
			       path_join(work->arena, old_folder, import->specifier)),
		   spelled) == 0 &&
	    path_is_relative(import->specifier))
		return NULL;
	return spelled;
}

void change_imports(struct work *work, struct job *job, struct draft *draft)
{
	struct changes changes = {0};
	size_t rewritten = 0;

	for (size_t i = 0; i < draft->facts.import_count; i++) {
		const struct import *import = &draft->facts.imports[i];
		const struct edge *edge = edge_of(job->module, import);
		const struct surface *surface;
		const char *specifier;
		bool taken;

		if (edge == NULL)
			continue;
		surface = surface_of(work, edge->kind == TARGET_MODULE ? edge->module : NULL);
		taken = takes(surface, import);
		specifier = new_specifier(work, job, import, edge);
		if (taken && import->kind == IMPORT_STATIC)
			change_import(draft, &changes, surface, import);
		else if (taken)
			change_reexport(draft, &changes, surface, import);
		if (specifier != NULL)
			change_add(work->arena, &changes, import->specifier_place.start,
				   import->specifier_place.end,
				   arena_printf(work->arena, "\"%s\"", specifier));
		if (taken || specifier != NULL)
			add_op(work, "rewrite-import",
			       arena_printf(work->arena, "%s:%zu", job->to, ++rewritten))
				->path = job->to;
	}
	draft_apply(draft, &changes);
}
