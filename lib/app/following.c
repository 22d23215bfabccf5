/* See following.h. What is still to be asked is a stack, not calls in calls: chains are as long as
 * an app has modules. */
#include "app/following.h"

#include "app/app.h"
#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"

/* Modules that are looked at for one question: 60 layers of diamonds, and chains from all of their
 * modules cost no square. */
#define LOOKED_MOST 256

void following_begin(struct following *f, const struct app *app)
{
	*f = (struct following){.app = app};
}

void following_end(struct following *f)
{
	map_dispose(&f->asked);
	mem_free(f->wanted);
	*f = (struct following){0};
}

static void want(struct following *f, struct wanted wanted)
{
	/* Doubling at powers of two needs no room field. */
	if ((f->count & (f->count - 1)) == 0)
		f->wanted = mem_realloc(f->wanted,
					(f->count != 0 ? f->count * 2 : 1) * sizeof(*f->wanted));
	f->wanted[f->count++] = wanted;
}

void following_import(struct following *f, const struct module *module, int import,
		      const char *imported)
{
	want(f, (struct wanted){module, import, imported, false});
}

void following_export(struct following *f, const struct module *module, const char *name)
{
	want(f, (struct wanted){module, -1, name, false});
}

/* The first is wanted first; "default" is never passed on. */
static void want_stars(struct following *f, const struct module *module, const char *name)
{
	const struct export *item;
	size_t first = f->count;

	if (str_equal(name, "default"))
		return;
	for (size_t i = 0; (item = facts_star(&module->facts, i)) != NULL && !item->type_only; i++)
		want(f, (struct wanted){module, item->import, name, true});
	for (size_t last = f->count; first + 1 < last; first++) {
		struct wanted wanted = f->wanted[--last];

		f->wanted[last] = f->wanted[first];
		f->wanted[first] = wanted;
	}
}

/* True: the module itself says what the name is. */
static bool look(struct following *f, const struct module *module, const char *name,
		 struct followed *found)
{
	const struct export *item = facts_export(&module->facts, name);
	const struct binding *binding;

	if (item == NULL) {
		want_stars(f, module, name);
		return false;
	}
	if (item->type_only)
		return false;
	if (item->import >= 0) {
		following_import(f, module, item->import, item->imported);
		return false;
	}
	/* A named default export is the declaration itself, not what its name is bound to. */
	binding = item->local != NULL && !node_is_function(item->value)
			  ? facts_binding(&module->facts, item->local)
			  : NULL;
	if (binding != NULL && binding->import >= 0 && !binding->type_only) {
		following_import(f, module, binding->import, binding->imported);
		return false;
	}
	*found = (struct followed){.module = module, .item = item, .import = -1};
	return true;
}

/* Whether a module is to be asked: it says the same each time. Most questions end with the first
 * module, which is not worth a note. */
static bool is_new(struct following *f, const struct module *module, const struct wanted *wanted)
{
	const char *key;

	if (f->looked++ == 0)
		return true;
	key = arena_printf(f->app->arena, "%s\n%s", module->path, wanted->name);
	if (f->looked > LOOKED_MOST || map_get(&f->asked, key) != NULL) {
		f->lost = f->lost || !wanted->star || f->looked > LOOKED_MOST;
		return false;
	}
	map_set(&f->asked, key, module);
	return true;
}

bool following_next(struct following *f, struct followed *found)
{
	while (f->count > 0) {
		const struct wanted wanted = f->wanted[--f->count];
		const struct module *module = wanted.module;

		if (wanted.import >= 0) {
			const struct edge *edge =
				module->edges == NULL ? NULL : &module->edges[wanted.import];

			if (edge == NULL || edge->kind != TARGET_MODULE ||
			    str_equal(wanted.name, "*")) {
				*found = (struct followed){.module = module,
							   .import = wanted.import,
							   .imported = wanted.name};
				return true;
			}
			module = edge->module;
		}
		if (is_new(f, module, &wanted) && look(f, module, wanted.name, found))
			return true;
	}
	return false;
}
