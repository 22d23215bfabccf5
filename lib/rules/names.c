/* Looking a name up through `export *`: what a module passes on is counted once, however many names
 * are asked for and however the files lead to each other. */
#include "rules/names.h"

#include "base/arena.h"
#include "base/str.h"

/* How many modules and names are counted up in all: nothing is told of modules that come later. */
#define COUNTED_MOST 2000000

/* What is known of a module's names. */
struct offer {
	const struct module *module;
	bool odd;     /* it may have names that the facts do not hold */
	bool counted; /* whether what follows is known */
	bool open;    /* it may have any name: one that it passes all names on from is odd, or is no
		       * module of the app */
	struct map names; /* its own, and those that it passes on */
	/* The one whose names it passes on, when it has no others. */
	struct offer *same;
	size_t walked; /* the last walk that came by */
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

static struct offer *offer_of(struct names *a, const struct app *app, const struct module *module)
{
	struct offer *offer = map_get(&a->offers, module->path);

	if (offer == NULL) {
		offer = arena_alloc(app->arena, sizeof(*offer));
		offer->module = module;
		offer->odd = syntax_is_broken(&module->syntax) || has_odd_exports(module);
		map_set(&a->offers, module->path, offer);
	}
	return offer;
}

/* The first on the way of modules that only pass on what another has, which may be a circle. */
static struct offer *root_of(struct names *a, const struct app *app, struct offer *offer)
{
	struct offer *at = offer, *next;
	size_t walk = ++a->walks;

	while (!at->odd && at->walked != walk && !at->counted &&
	       at->module->facts.export_count == 1 && is_star(&at->module->facts.exports[0]) &&
	       at->module->edges[at->module->facts.exports[0].import].kind == TARGET_MODULE) {
		if (at->same == NULL)
			at->same = offer_of(
				a, app,
				at->module->edges[at->module->facts.exports[0].import].module);
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

static void count_names(struct names *a, const struct app *app, struct offer *offer)
{
	struct map seen = {0};

	offer->counted = true;
	map_set(&seen, offer->module->path, offer->module);
	for (size_t next = 0; next < seen.count && !offer->open; next++) {
		const struct module *at = seen.entries[next].value;

		offer->open = offer_of(a, app, at)->odd;
		for (size_t i = 0; i < at->facts.export_count; i++) {
			const struct export *item = &at->facts.exports[i];
			const struct edge *edge = is_star(item) ? &at->edges[item->import] : NULL;

			if (edge == NULL)
				map_set(&offer->names, item->name, offer);
			else if (edge->kind == TARGET_MODULE)
				map_set(&seen, edge->module->path, edge->module);
			else
				offer->open = true;
			offer->open = offer->open || ++a->counted > COUNTED_MOST;
		}
	}
	map_dispose(&seen);
}

bool module_may_have(struct names *a, const struct app *app, const struct module *module,
		     const char *name)
{
	struct offer *offer;

	if (facts_export(&module->facts, name) != NULL ||
	    facts_export_type(&module->facts, name) != NULL)
		return true;
	offer = offer_of(a, app, module);
	if (offer->odd || str_equal(name, "default"))
		return offer->odd;
	offer = root_of(a, app, offer);
	if (!offer->counted)
		count_names(a, app, offer);
	return offer->open || map_get(&offer->names, name) != NULL;
}

void names_dispose(struct names *names)
{
	for (size_t i = 0; i < names->offers.count; i++)
		map_dispose(&((struct offer *)names->offers.entries[i].value)->names);
	map_dispose(&names->offers);
	data_files_dispose(&names->files);
}
