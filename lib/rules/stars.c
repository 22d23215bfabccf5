/* Where names that are passed on lead: in a circle, so that nobody defines them; or, through two
 * `export *`, to two things at once. The compiler refuses both wherever they stand, the bundler
 * where somebody imports them. */
#include <string.h>

#include "app/problems.h"
#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"
#include "rules/names.h"
#include "sys/path.h"

enum { STEPS_MOST = 64, NAMED_MOST = 3 };
/* How many names are passed on in all, and through how many files in a row: of what is behind that
 * nothing is told. */
enum { PASSED_MOST = 200000, DEPTH_MOST = 500 };

/* What a name is in the end. */
struct origin {
	const struct module *module; /* NULL: it leads out of the app's modules, or nowhere */
	const char *name;
};

/* One step on the way of an exported name. False at its end. */
static bool step(const struct module *module, const char *name, const struct module **next,
		 const char **next_name, const struct export **passed)
{
	const struct export *item = facts_export(&module->facts, name);
	const struct binding *binding;
	int import;

	if (item == NULL)
		item = facts_export_type(&module->facts, name);
	if (item == NULL || syntax_is_broken(&module->syntax))
		return false;
	import = item->import;
	*next_name = item->imported;
	if (import < 0 && item->local != NULL &&
	    (binding = facts_binding(&module->facts, item->local)) != NULL) {
		import = binding->import;
		*next_name = binding->imported;
	}
	if (import < 0)
		return false;
	*passed = item;
	*next = module->edges[import].kind == TARGET_MODULE ? module->edges[import].module : NULL;
	return true;
}

/* --- circles ------------------------------------------------------------------------------------
 */

static const char *key_of(struct arena *arena, const struct module *module, const char *name)
{
	return arena_printf(arena, "%s\n%s", module->path, name);
}

static void tell_circle(const struct rule *rule, const struct map *way, const char *name,
			struct diags *diags)
{
	const struct export *first = way->entries[0].value;
	struct diag *diag = diag_add(diags, &rule->info, first->place, "`%s` " WORDS_CIRCLE, name);

	diag->help = "export the value in one of them";
	for (size_t i = 1; i < way->count; i++)
		diag_note(diags, diag, ((const struct export *)way->entries[i].value)->place,
			  "passed on here");
}

/* Follows one exported name until it comes back to where it began. */
static void follow(const struct rule *rule, const struct app *app, const struct module *module,
		   const char *name, struct map *seen, struct diags *diags)
{
	const struct module *at = module, *next = NULL;
	const char *at_name = name, *next_name = NULL;
	const struct export *passed;
	struct map way = {0};

	for (int i = 0; i < STEPS_MOST && step(at, at_name, &next, &next_name, &passed); i++) {
		const char *key = key_of(app->arena, at, at_name);

		if (map_get(&way, key) != NULL || map_get(seen, key) != NULL)
			break;
		map_set(&way, key, passed);
		if (next == NULL || str_equal(next_name, "*"))
			break;
		at = next;
		at_name = next_name;
		if (at == module && str_equal(at_name, name)) {
			tell_circle(rule, &way, name, diags);
			break;
		}
	}
	for (size_t i = 0; i < way.count; i++)
		map_set(seen, way.entries[i].key, way.entries[i].value);
	map_dispose(&way);
}

/* --- two things of one name ---------------------------------------------------------------------
 */

/* All that a module exports, its `export *` included: name -> struct origin. One that is being made
 * is empty, so that circles end; then something is missing, and nothing is told of it. */
struct set {
	struct map names;
};

struct sets {
	const struct app *app;
	struct map by_path; /* path -> struct set */
	size_t passed;      /* names that were passed on so far */
};

static struct origin origin_of(const struct module *module, const char *name)
{
	const struct export *passed;

	for (int i = 0; i < STEPS_MOST; i++) {
		const struct module *next;
		const char *next_name;

		if (!step(module, name, &next, &next_name, &passed))
			return (struct origin){module, name};
		if (next == NULL || str_equal(next_name, "*"))
			return (struct origin){NULL, NULL};
		if (facts_export(&next->facts, next_name) == NULL &&
		    facts_export_type(&next->facts, next_name) == NULL)
			return (struct origin){NULL, NULL}; /* an `export *` of that file */
		module = next;
		name = next_name;
	}
	return (struct origin){NULL, NULL};
}

static void add_name(struct sets *sets, struct set *set, const char *name, struct origin origin)
{
	struct origin *kept = arena_alloc(sets->app->arena, sizeof(*kept));

	*kept = origin;
	map_set(&set->names, name, kept);
}

static const struct set *set_of(struct sets *sets, const struct module *module, int depth)
{
	static const struct set none;
	struct set *set = map_get(&sets->by_path, module->path);
	const struct facts *facts = &module->facts;

	if (set != NULL)
		return set;
	if (depth == DEPTH_MOST)
		return &none;
	set = arena_alloc(sets->app->arena, sizeof(*set));
	*set = (struct set){0};
	map_set(&sets->by_path, module->path, set);
	for (size_t i = 0; i < facts->export_count; i++) {
		const char *name = facts->exports[i].name;

		if (!str_equal(name, "*") && !str_equal(name, "default") &&
		    map_get(&set->names, name) == NULL)
			add_name(sets, set, name, origin_of(module, name));
	}
	for (size_t i = 0; i < facts->export_count; i++) {
		const struct export *item = &facts->exports[i];
		const struct set *inner;

		if (!str_equal(item->name, "*") ||
		    module->edges[item->import].kind != TARGET_MODULE)
			continue;
		inner = set_of(sets, module->edges[item->import].module, depth + 1);
		for (size_t k = 0; k < inner->names.count && sets->passed < PASSED_MOST;
		     k++, sets->passed++)
			if (map_get(&set->names, inner->names.entries[k].key) == NULL)
				map_set(&set->names, inner->names.entries[k].key,
					inner->names.entries[k].value);
	}
	return set;
}

/* The names that `item` brings and that `merged` has from elsewhere, as "`a`, `b`"; NULL: none. */
static const char *clashing(struct sets *sets, const struct module *module, const struct set *inner,
			    struct map *merged)
{
	const char *list = NULL;
	size_t count = 0;

	for (size_t i = 0; i < inner->names.count && sets->passed < PASSED_MOST;
	     i++, sets->passed++) {
		const char *name = inner->names.entries[i].key;
		const struct origin *here = inner->names.entries[i].value;
		const struct origin *other = map_get(merged, name);

		if (facts_export(&module->facts, name) != NULL ||
		    facts_export_type(&module->facts, name) != NULL)
			continue;
		if (other == NULL) {
			map_set(merged, name, here);
			continue;
		}
		if (here->module == NULL || other->module == NULL ||
		    (here->module == other->module && str_equal(here->name, other->name)) ||
		    count++ >= NAMED_MOST)
			continue;
		list = list == NULL ? arena_printf(sets->app->arena, "`%s`", name)
				    : arena_printf(sets->app->arena, "%s, `%s`", list, name);
	}
	return list;
}

static void check_barrel(const struct rule *rule, struct sets *sets, const struct module *module,
			 struct diags *diags)
{
	const struct facts *facts = &module->facts;
	struct map merged = {0};

	for (size_t i = 0; i < facts->export_count; i++) {
		const struct export *item = &facts->exports[i];
		const struct edge *edge;
		const char *names;

		if (!str_equal(item->name, "*") ||
		    (edge = &module->edges[item->import])->kind != TARGET_MODULE)
			continue;
		names = clashing(sets, module, set_of(sets, edge->module, 0), &merged);
		if (names == NULL)
			continue;
		diag_add(diags, &rule->info, facts->imports[item->import].place,
			 "`%s` exports %s " WORDS_TWICE, module->path, names)
			->help =
			"export it by its name from one of them, as in `export {name} from "
			"\"./file\"`, or give one of the two another name";
	}
	map_dispose(&merged);
}

static size_t count_stars(const struct module *module)
{
	size_t count = 0;

	for (size_t i = 0; i < module->facts.export_count; i++)
		count += str_equal(module->facts.exports[i].name, "*");
	return count;
}

void check_stars(const struct rule *rule, const struct app *app, struct diags *diags)
{
	struct sets sets = {.app = app};
	struct map seen = {0};

	for (size_t i = 0; i < app->module_count; i++) {
		const struct module *module = app->modules[i];
		const struct facts *facts = &module->facts;

		if (module->runtimes == 0 || syntax_is_broken(&module->syntax))
			continue;
		for (size_t k = 0; k < facts->export_count; k++)
			if (!str_equal(facts->exports[k].name, "*"))
				follow(rule, app, module, facts->exports[k].name, &seen, diags);
		if (count_stars(module) > 1)
			check_barrel(rule, &sets, module, diags);
	}
	for (size_t i = 0; i < sets.by_path.count; i++)
		map_dispose(&((struct set *)sets.by_path.entries[i].value)->names);
	map_dispose(&sets.by_path);
	map_dispose(&seen);
}
