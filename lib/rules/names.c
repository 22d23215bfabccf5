/* Looking a name up through `export *`: each module is asked once for a name, so that neither
 * layers of them that each lead on twice nor rings cost more than there are. */
#include "rules/names.h"

#include "base/arena.h"
#include "base/str.h"

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

static bool has_itself(const struct module *module, const char *name)
{
	return syntax_is_broken(&module->syntax) || facts_export(&module->facts, name) != NULL ||
	       facts_export_type(&module->facts, name) != NULL;
}

/* A module that is asked for a name, on behalf of the one that leads to it. */
struct asked {
	const struct module *module;
	const struct asked *by; /* NULL: the first */
};

struct asking {
	struct names *names;
	struct arena *arena;
	const char *name;
	struct map asked; /* path -> struct asked; in the order in which they are asked */
};

static const char *key_of(const struct asking *asking, const struct module *module)
{
	return arena_printf(asking->arena, "%s\n%s", asking->name, module->path);
}

static void ask(struct asking *asking, const struct module *module, const struct asked *by)
{
	struct asked *asked;

	if (map_get(&asking->asked, module->path) != NULL)
		return;
	asked = arena_alloc(asking->arena, sizeof(*asked));
	*asked = (struct asked){module, by};
	map_set(&asking->asked, module->path, asked);
}

/* Asks what the module's `export *` lead to; false when one leads out of the app's own modules. */
static bool follow_stars(struct asking *asking, const struct asked *asked)
{
	const struct module *module = asked->module;

	for (size_t i = 0; i < module->facts.export_count; i++) {
		const struct export *item = &module->facts.exports[i];

		if (!str_equal(item->name, "*"))
			continue;
		if (module->edges[item->import].kind != TARGET_MODULE)
			return false;
		ask(asking, module->edges[item->import].module, asked);
	}
	return true;
}

static const bool yes = true, no = false;

/* Who leads to one that has the name has it; when nobody has it, none of them has. */
static bool conclude(struct asking *asking, const struct asked *found)
{
	for (const struct asked *at = found; at != NULL; at = at->by)
		map_set(&asking->names->verdicts, key_of(asking, at->module), &yes);
	for (size_t i = 0; found == NULL && i < asking->asked.count; i++) {
		const struct asked *asked = asking->asked.entries[i].value;

		map_set(&asking->names->verdicts, key_of(asking, asked->module), &no);
	}
	map_dispose(&asking->asked);
	return found != NULL;
}

static bool has_behind(struct names *names, const struct app *app, const struct module *module,
		       const char *name)
{
	struct asking asking = {.names = names, .arena = app->arena, .name = name};

	ask(&asking, module, NULL);
	for (size_t i = 0; i < asking.asked.count; i++) {
		const struct asked *one = asking.asked.entries[i].value;
		const bool *known = map_get(&names->verdicts, key_of(&asking, one->module));

		if (known != NULL && !*known)
			continue;
		if (known != NULL || has_itself(one->module, name) || !follow_stars(&asking, one) ||
		    has_odd_exports(one->module))
			return conclude(&asking, one);
	}
	return conclude(&asking, NULL);
}

bool module_may_have(struct names *names, const struct app *app, const struct module *module,
		     const char *name)
{
	if (has_itself(module, name))
		return true;
	if (str_equal(name, "default"))
		return has_odd_exports(module);
	return has_behind(names, app, module, name);
}

void names_dispose(struct names *names)
{
	map_dispose(&names->verdicts);
	data_files_dispose(&names->files);
}
