/* The walk: for each kind of node there is a list of who asked for it, so that a node that nobody
 * asked for costs one look at the list. */
#include "rules/visit.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/mem.h"
#include "rules/client.h"

/* A rule in the walk. */
struct walker {
	const struct walk *walk;
	struct visiting visiting;
	bool here;      /* wants the present module */
	uint32_t after; /* index of the first node of the module that it is shown again */
};

/* A rule and a kind that it asked for. */
struct asked {
	struct walker *walker;
	bool (*visit)(const struct visiting *visiting, struct node node);
	struct asked *next; /* for the same kind */
};

struct walkers {
	struct arena *arena;
	struct walker *items;
	size_t count;
	struct asked *by_kind[NODE_KIND_COUNT];
	struct map client; /* client_reach */
	bool with_way;     /* findings of WALK_CLIENT get the way from the entry point */
};

/* Lists are built from the last rule to the first, so that they are in the order of the rules. */
static void ask(struct walkers *walkers)
{
	for (size_t i = walkers->count; i > 0; i--) {
		struct walker *walker = &walkers->items[i - 1];
		const struct visit *visit = walker->walk->visits;

		for (; visit->kind != NODE_NONE; visit++) {
			struct asked *asked = arena_alloc(walkers->arena, sizeof(*asked));

			*asked =
				(struct asked){walker, visit->visit, walkers->by_kind[visit->kind]};
			walkers->by_kind[visit->kind] = asked;
		}
	}
}

static void add(struct walkers *walkers, const struct rule *rule, const struct app *app,
		struct diags *diags)
{
	void *shared = NULL;
	struct walker *walker;

	if (rule->walk->prepare != NULL) {
		shared = rule->walk->prepare(app, walkers->arena);
		if (shared == NULL)
			return;
	}
	walker = &walkers->items[walkers->count++];
	walker->walk = rule->walk;
	walker->visiting = (struct visiting){.rule = rule,
					     .app = app,
					     .diags = diags,
					     .arena = walkers->arena,
					     .shared = shared};
}

static bool is_among(const struct walkers *walkers, const struct walk *walk,
		     const struct module *module)
{
	switch (walk->modules) {
	case WALK_SERVER:
		return (module->runtimes & RUNTIME_SERVER_SIDE) != 0;
	case WALK_CLIENT:
		return map_get(&walkers->client, module->path) != NULL &&
		       !syntax_is_broken(&module->syntax);
	default:
		return true;
	}
}

/* Whether any rule wants the module. */
static bool enter(struct walkers *walkers, const struct module *module)
{
	bool any = false;

	for (size_t i = 0; i < walkers->count; i++) {
		struct walker *walker = &walkers->items[i];
		const struct walk *walk = walker->walk;

		walker->after = 0;
		walker->visiting.module = module;
		walker->visiting.own = NULL;
		walker->here = (!walkers->with_way || is_among(walkers, walk, module)) &&
			       (walk->wants == NULL || walk->wants(&walker->visiting));
		any = any || walker->here;
	}
	return any;
}

static void show(const struct walkers *walkers, const struct asked *asked, struct node node,
		 uint32_t after)
{
	struct walker *walker = asked->walker;
	struct diags *diags = walker->visiting.diags;
	size_t before = diags->count;

	if (asked->visit == NULL || !asked->visit(&walker->visiting, node))
		walker->after = after;
	if (!walkers->with_way || walker->walk->modules != WALK_CLIENT)
		return;
	for (size_t i = before; i < diags->count; i++)
		app_chain_notes(walker->visiting.app, diags, &diags->items[i],
				walker->visiting.module, RUNTIME_CLIENT);
}

static void walk(struct walkers *walkers, const struct module *module)
{
	const struct syntax *syntax = &module->syntax;

	if (!enter(walkers, module))
		return;
	for (uint32_t at = 0; at < syntax->count; at++) {
		const struct entry *entry = &syntax->entries[at];
		const struct asked *asked = walkers->by_kind[entry->kind];

		for (; asked != NULL; asked = asked->next) {
			if (asked->walker->here && asked->walker->after <= at)
				show(walkers, asked, (struct node){syntax, at}, entry->after);
		}
	}
	for (size_t i = 0; i < walkers->count; i++) {
		const struct walker *walker = &walkers->items[i];

		if (walker->here && walker->walk->done != NULL)
			walker->walk->done(&walker->visiting);
	}
}

void visit_modules(const struct rule *const *all, const struct app *app, struct diags *diags)
{
	struct walkers walkers = {.arena = arena_new(), .with_way = true};
	size_t room = 0;

	while (all[room] != NULL)
		room++;
	walkers.items = arena_alloc(walkers.arena, (room + 1) * sizeof(*walkers.items));
	walkers.client = client_reach(app);
	for (size_t i = 0; i < room; i++) {
		if (all[i]->walk != NULL)
			add(&walkers, all[i], app, diags);
	}
	ask(&walkers);
	for (size_t i = 0; i < app->module_count; i++)
		walk(&walkers, app->modules[i]);
	for (size_t i = 0; i < walkers.count; i++) {
		struct walker *walker = &walkers.items[i];

		walker->visiting.module = NULL;
		walker->visiting.own = NULL;
		if (walker->walk->finish != NULL)
			walker->walk->finish(&walker->visiting);
	}
	map_dispose(&walkers.client);
	arena_free(walkers.arena);
}

void visit_module(const struct rule *rule, const struct app *app, const struct module *module,
		  struct diags *diags)
{
	struct walker one = {0};
	struct walkers walkers = {.arena = arena_new(), .items = &one};

	add(&walkers, rule, app, diags);
	ask(&walkers);
	walk(&walkers, module);
	arena_free(walkers.arena);
}
