/* ATT5018: outcomes that a handler gives and the block's configurator does not declare, so that no
 * branch follows. Declared is what the configurator and the modules of its own render as
 * `<Outcome id="...">`; whatever else is done with `Outcome` leaves the list open, and then
 * nothing is said. */
#include <string.h>

#include "app/problems.h"
#include "base/arena.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "rules/components.h"
#include "rules/internal.h"
#include "rules/values.h"

static const char component[] = "Outcome";

/* Elements beside each other are drawn together; others may exclude each other. */
struct twice {
	const struct module *module;
	struct node first, again;
	const char *id;
};

/* What one module declares. */
struct declared_here {
	const char **ids;
	struct node *tags; /* of each id */
	size_t count, tag_count;
	struct twice *twice;
	size_t twice_count;
	bool open; /* an id that cannot be seen, or another use of the component */
};

struct reading {
	const struct app *app;
	const struct module *module;
	struct declared_here *here;
};

/* `Outcome`, `parts.Outcome` */
static bool names_component(const struct syntax *syntax, struct node node)
{
	if (node_is(node, NODE_MEMBER_EXPRESSION))
		node = node_field(node, FIELD_PROPERTY);
	return node_text_is(syntax, node, component);
}

static bool is_tag(struct node node)
{
	return node_is(node, NODE_JSX_OPENING_ELEMENT) || node_is(node, NODE_JSX_CLOSING_ELEMENT) ||
	       node_is(node, NODE_JSX_SELF_CLOSING_ELEMENT);
}

/* The text of attribute `name`; NULL when there is none or it cannot be seen: *found tells. */
static const char *attribute(const struct reading *r, struct node tag, const char *name,
			     bool *found)
{
	const struct syntax *syntax = &r->module->syntax;

	*found = false;
	for (struct node at = node_down_named(tag); !node_is_null(at); at = node_next_named(at)) {
		struct node value = node_last(at);

		if (!node_is(at, NODE_JSX_ATTRIBUTE) || !node_text_is(syntax, node_first(at), name))
			continue;
		*found = true;
		if (node_is(value, NODE_JSX_EXPRESSION))
			value = node_first(value);
		return value_text(r->app, r->module, value);
	}
	return NULL;
}

/* What the element stands in directly. */
static struct node element_parent(struct node tag)
{
	return node_parent(node_is(tag, NODE_JSX_OPENING_ELEMENT) ? node_parent(tag) : tag);
}

static void find_before(struct reading *r, struct node tag, const char *id)
{
	struct declared_here *here = r->here;
	struct node parent = element_parent(tag);

	if (!node_is(parent, NODE_JSX_ELEMENT)) /* a fragment is one, too */
		return;
	for (size_t i = 0; i < here->count && i < NEAREST_MOST; i++) {
		if (strcmp(here->ids[i], id) != 0 ||
		    !node_same(element_parent(here->tags[i]), parent))
			continue;
		*(struct twice *)arena_push(r->app->arena, &here->twice, &here->twice_count,
					    sizeof(*here->twice)) =
			(struct twice){r->module, here->tags[i], tag, id};
		return;
	}
}

static void read_tag(struct reading *r, struct node tag)
{
	bool found;
	const char *id = attribute(r, tag, "id", &found);

	if (!found)
		id = attribute(r, tag, "slug", &found);
	if (id == NULL) {
		r->here->open = true;
		return;
	}
	find_before(r, tag, id);
	*(const char **)arena_push(r->app->arena, &r->here->ids, &r->here->count,
				   sizeof(*r->here->ids)) = id;
	*(struct node *)arena_push(r->app->arena, &r->here->tags, &r->here->tag_count,
				   sizeof(*r->here->tags)) = tag;
}

static bool visit(struct node node, void *payload)
{
	struct reading *r = payload;
	const struct syntax *syntax = &r->module->syntax;
	struct node parent = node_parent(node);

	switch (node_kind(node)) {
	case NODE_JSX_OPENING_ELEMENT:
	case NODE_JSX_SELF_CLOSING_ELEMENT:
		if (names_component(syntax, node_field(node, FIELD_NAME)))
			read_tag(r, node);
		break;
	case NODE_IDENTIFIER:
	case NODE_SHORTHAND_PROPERTY_IDENTIFIER:
	case NODE_MEMBER_EXPRESSION:
		if (names_component(syntax, node) && !is_tag(parent))
			r->here->open = true;
		break;
	case NODE_PAIR_PATTERN: /* {Outcome: Branch} */
		if (node_text_is(syntax, node_field(node, FIELD_KEY), component))
			r->here->open = true;
		break;
	case NODE_IMPORT_STATEMENT:
		return false;
	default:
		break;
	}
	return true;
}

static const struct declared_here *read_module(const struct app *app, struct map *known,
					       const struct module *module)
{
	struct declared_here *here = map_get(known, module->path);
	struct reading reading = {app, module, NULL};

	if (here != NULL)
		return here;
	here = arena_alloc(app->arena, sizeof(*here));
	*here = (struct declared_here){.open = syntax_is_broken(&module->syntax)};
	reading.here = here;
	if (strstr(module->text->bytes, component) != NULL)
		node_walk(syntax_root(&module->syntax), visit, &reading);
	map_set(known, module->path, here);
	return here;
}

/* --- a block ------------------------------------------------------------------------------------
 */

struct outcomes {
	struct map ids; /* -> the text itself */
	bool open;
};

static void add_declared(struct outcomes *outcomes, const struct declared_here *here)
{
	outcomes->open = outcomes->open || here->open;
	for (size_t i = 0; i < here->count; i++)
		map_set(&outcomes->ids, here->ids[i], outcomes);
}

/* The configurator and what it imports from the app. */
static void read_configurator(const struct app *app, struct map *known, const struct module *start,
			      struct outcomes *outcomes)
{
	const struct module **queue =
		mem_zalloc(app->module_count + 1, sizeof(const struct module *));
	struct map seen = {0};
	size_t count = 0;

	queue[count++] = start;
	map_set(&seen, start->path, outcomes);
	for (size_t i = 0; i < count && !outcomes->open; i++) {
		const struct module *module = queue[i];

		add_declared(outcomes, read_module(app, known, module));
		for (size_t k = 0; k < module->facts.import_count; k++) {
			const struct edge *edge = &module->edges[k];

			outcomes->open = outcomes->open || edge->kind == TARGET_UNRESOLVED;
			if (edge->kind != TARGET_MODULE || edge->type_only ||
			    edge->module->role == ROLE_SERVER || count == app->module_count ||
			    map_get(&seen, edge->module->path) != NULL)
				continue;
			map_set(&seen, edge->module->path, outcomes);
			queue[count++] = edge->module;
		}
	}
	map_dispose(&seen);
	mem_free(queue);
}

struct giving {
	const struct rule *rule;
	const struct app *app;
	struct diags *diags;
	const struct module *module;
	const struct block *block;
	const struct outcomes *outcomes;
};

static void tell(const struct giving *g, struct node node, const char *id)
{
	struct diag *diag = diag_add(g->diags, &g->rule->info, node_place(&g->module->syntax, node),
				     "the configurator declares no outcome `%s`", id);
	const char *near = NULL;

	for (size_t i = 0; i < g->outcomes->ids.count && i < NEAREST_MOST; i++) {
		const char *declared = g->outcomes->ids.entries[i].key;

		if (near == NULL || str_distance(id, declared, 3) < str_distance(id, near, 3))
			near = declared;
	}
	diag->label = "no branch follows it";
	diag->help = near != NULL && str_distance(id, near, 3) < 3
			     ? arena_printf(g->app->arena, "did you mean `%s`?", near)
			     : arena_printf(g->app->arena,
					    "render `<Outcome id=\"%s\" label=\"...\" />` in `%s`",
					    id, g->block->configurator->path);
}

/* `{type: "outcome", id: "done", data}` */
static bool visit_object(struct node node, void *payload)
{
	const struct giving *g = payload;
	struct value object = {VALUE_OBJECT, g->module, node, false};
	struct node type, given;
	const char *id;

	if (!node_is(node, NODE_OBJECT))
		return true;
	type = value_property(g->app, &object, "type");
	if (node_is_null(type) || !str_equal(value_text(g->app, g->module, type), "outcome"))
		return true;
	given = value_property(g->app, &object, "id");
	if (node_is_null(given))
		given = value_property(g->app, &object, "slug");
	id = node_is_null(given) ? NULL : value_text(g->app, g->module, given);
	if (id != NULL && map_get(&g->outcomes->ids, id) == NULL)
		tell(g, given, id);
	return true;
}

static void tell_twice(const struct map *known, struct diags *diags)
{
	for (size_t i = 0; i < known->count; i++) {
		const struct declared_here *here = known->entries[i].value;

		for (size_t k = 0; k < here->twice_count; k++) {
			const struct twice *twice = &here->twice[k];
			const struct syntax *syntax = &twice->module->syntax;
			struct diag *diag = diag_add(diags, &problem_id_duplicate,
						     node_place(syntax, twice->again),
						     "two outcomes have the id `%s`", twice->id);

			diag->help = "give each its own id: a handler names one by it";
			diag_note(diags, diag, node_place(syntax, twice->first), "the other one");
		}
	}
}

static void check(const struct rule *rule, const struct app *app, struct diags *diags)
{
	const struct definition *definition;
	struct map known = {0};

	for (size_t i = 0; (definition = app_definition(app, DEF_BLOCK, i)) != NULL; i++) {
		const struct block *block = definition->block;
		struct outcomes outcomes = {0};

		if (block->configurator == NULL)
			continue;
		read_configurator(app, &known, block->configurator, &outcomes);
		for (size_t k = 0; k < HANDLER_KINDS; k++) {
			const struct module *module = block->handlers[k];
			struct giving giving = {rule, app, diags, module, block, &outcomes};

			if (module != NULL && !outcomes.open && outcomes.ids.count > 0 &&
			    !syntax_is_broken(&module->syntax))
				node_walk(syntax_root(&module->syntax), visit_object, &giving);
		}
		map_dispose(&outcomes.ids);
	}
	tell_twice(&known, diags);
	map_dispose(&known);
}

const struct rule rule_block_outcome_unknown = {
	.info = {"ATT5018", "block-outcome-unknown", SEVERITY_ERROR},
	.summary = "A handler gives an outcome that the configurator does not declare",
	.explanation = "The branches that follow a workflow block are the `Outcome`s that its "
		       "configurator renders. A handler that gives another id than these leads "
		       "nowhere.\n\n"
		       "Nothing is said while an id of an `Outcome` cannot be read off the source.",
	.bad = "// src/app/blocks/score/configurator.tsx: <Outcome id=\"scored\" .../>\n"
	       "// src/app/blocks/score/execute.ts\n"
	       "return {type: \"outcome\", id: \"score\", data: {score}}",
	.good = "// src/app/blocks/score/execute.ts\n"
		"return {type: \"outcome\", id: \"scored\", data: {score}}",
	.check = check,
};
