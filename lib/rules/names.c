/* Looking a name up through `export *`. Who asks for it is seldom alone, and chains and diamonds of
 * `export *` are long: so the modules that have the name are looked up first, then which modules
 * pass it on, once for each name; and where one module is asked for many names, all that it has are
 * counted once. */
#include "rules/names.h"

#include "base/arena.h"
#include "base/str.h"

/* How many modules and names are looked at in all: nothing is told of modules that come later. */
#define LOOKED_MOST 4000000
/* Names after which all that a module has are counted. */
#define ASKED_MANY 8

/* What is known of a module's names. */
struct offer {
	const struct module *module;
	bool odd;  /* it may have names that the facts do not hold */
	bool open; /* it may have any name: one that it passes all names on from is odd, or is no
		    * module of the app */
	size_t asked;
	bool counted;     /* whether what follows is known */
	struct map names; /* its own, and those that it passes on */
	/* The one whose names it passes on, when it has no others. */
	struct offer *same;
	size_t walked;          /* the last walk that came by */
	struct offer **passers; /* those that pass on all that it has */
	size_t passer_count;
};

/* The modules that export one name themselves, and those that have it from them. */
struct owned {
	struct offer **owners;
	size_t count;
	bool spread;
	struct map havers; /* path -> offer */
};

/* `export = x` and `export import a = b.c` give names that the facts do not hold. */
static bool has_odd_exports(const struct module *module)
{
	struct node node = node_down(syntax_root(&module->syntax));

	for (; !node_is_null(node); node = node_next(node)) {
		if (!node_is(node, NODE_EXPORT_STATEMENT))
			continue;
		for (struct node word = node_down(node); !node_is_null(word);
		     word = node_next(word)) {
			if (node_text_is(&module->syntax, word, "=") ||
			    node_is(word, NODE_IMPORT_ALIAS))
				return true;
		}
	}
	return false;
}

static bool is_star(const struct export *item)
{
	return str_is(item->name, "*");
}

static struct offer *offer_of(const struct names *a, const struct module *module)
{
	return map_get(&a->offers, module->path);
}

/* --- all modules --------------------------------------------------------------------------------
 */

static void add_owner(struct names *a, const struct app *app, const char *name, struct offer *offer)
{
	struct owned *owned = map_get(&a->owned, name);

	if (owned == NULL) {
		owned = arena_alloc(app->arena, sizeof(*owned));
		*owned = (struct owned){0};
		map_set(&a->owned, name, owned);
	}
	*(struct offer **)arena_push(app->arena, &owned->owners, &owned->count,
				     sizeof(*owned->owners)) = offer;
}

/* Adds to `reached` all that pass on what those in it have. */
static void spread(struct names *a, struct map *reached)
{
	for (size_t next = 0; next < reached->count; next++) {
		const struct offer *at = reached->entries[next].value;

		for (size_t i = 0; i < at->passer_count; i++)
			map_set(reached, at->passers[i]->module->path, at->passers[i]);
		a->looked += 1 + at->passer_count;
	}
}

static void read_module(struct names *a, const struct app *app, struct offer *offer,
			struct map *open)
{
	const struct facts *facts = &offer->module->facts;

	for (size_t i = 0; i < facts->export_count; i++) {
		const struct export *item = &facts->exports[i];
		const struct edge *edge =
			is_star(item) ? &offer->module->edges[item->import] : NULL;

		if (edge == NULL) {
			add_owner(a, app, item->name, offer);
		} else if (edge->kind == TARGET_MODULE) {
			struct offer *from = offer_of(a, edge->module);

			*(struct offer **)arena_push(app->arena, &from->passers,
						     &from->passer_count, sizeof(*from->passers)) =
				offer;
		} else {
			map_set(open, offer->module->path, offer);
		}
	}
	if (offer->odd)
		map_set(open, offer->module->path, offer);
}

static void read_all(struct names *a, const struct app *app)
{
	struct map open = {0};

	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];
		struct offer *offer = arena_alloc(app->arena, sizeof(*offer));

		*offer = (struct offer){.module = module};
		offer->odd = syntax_is_broken(&module->syntax) || has_odd_exports(module);
		map_set(&a->offers, module->path, offer);
	}
	for (size_t i = 0; i < app->module_count; i++)
		read_module(a, app, offer_of(a, app->modules[i]), &open);
	spread(a, &open);
	for (size_t i = 0; i < open.count; i++)
		((struct offer *)open.entries[i].value)->open = true;
	map_dispose(&open);
	a->read = true;
}

/* --- one module ---------------------------------------------------------------------------------
 */

/* The first on the way of modules that only pass on what another has, which may be a circle. */
static struct offer *root_of(struct names *a, struct offer *offer)
{
	struct offer *at = offer, *next;
	size_t walk = ++a->walks;

	while (!at->odd && at->walked != walk && !at->counted &&
	       at->module->facts.export_count == 1 && is_star(&at->module->facts.exports[0]) &&
	       at->module->edges[at->module->facts.exports[0].import].kind == TARGET_MODULE) {
		if (at->same == NULL)
			at->same = offer_of(
				a, at->module->edges[at->module->facts.exports[0].import].module);
		next = at->same;
		at->walked = walk;
		at = next;
	}
	/* What is passed is asked of the root at once, the next time. */
	for (; offer != at && offer->same != at; offer = next) {
		next = offer->same;
		offer->same = at;
	}
	return at;
}

static void count_names(struct names *a, struct offer *offer)
{
	struct map seen = {0};

	offer->counted = true;
	map_set(&seen, offer->module->path, offer->module);
	for (size_t next = 0; next < seen.count; next++) {
		const struct module *at = seen.entries[next].value;

		for (size_t i = 0; i < at->facts.export_count; i++) {
			const struct export *item = &at->facts.exports[i];

			if (is_star(item))
				map_set(&seen, at->edges[item->import].module->path,
					at->edges[item->import].module);
			else
				map_set(&offer->names, item->name, offer);
			a->looked++;
		}
	}
	map_dispose(&seen);
}

/* Whether the module has the name from those that export it themselves. */
static bool passes_on(struct names *a, const struct offer *offer, const char *name)
{
	struct owned *owned = map_get(&a->owned, name);

	if (owned == NULL)
		return false;
	if (!owned->spread) {
		owned->spread = true;
		for (size_t i = 0; i < owned->count; i++)
			map_set(&owned->havers, owned->owners[i]->module->path, owned->owners[i]);
		spread(a, &owned->havers);
	}
	return map_get(&owned->havers, offer->module->path) != NULL;
}

bool module_may_have(struct names *a, const struct app *app, const struct module *module,
		     const char *name)
{
	struct offer *offer;

	if (facts_export(&module->facts, name) != NULL ||
	    facts_export_type(&module->facts, name) != NULL)
		return true;
	if (!a->read)
		read_all(a, app);
	offer = offer_of(a, module);
	if (offer == NULL)
		return true;
	if (offer->odd || str_equal(name, "default"))
		return offer->odd;
	if (offer->open || a->looked > LOOKED_MOST)
		return true;
	offer = root_of(a, offer);
	if (offer->counted)
		return map_get(&offer->names, name) != NULL;
	if (++offer->asked <= ASKED_MANY)
		return passes_on(a, offer, name);
	count_names(a, offer);
	return map_get(&offer->names, name) != NULL;
}

void names_dispose(struct names *names)
{
	for (size_t i = 0; i < names->offers.count; i++)
		map_dispose(&((struct offer *)names->offers.entries[i].value)->names);
	map_dispose(&names->offers);
	for (size_t i = 0; i < names->owned.count; i++)
		map_dispose(&((struct owned *)names->owned.entries[i].value)->havers);
	map_dispose(&names->owned);
	data_files_dispose(&names->files);
}
