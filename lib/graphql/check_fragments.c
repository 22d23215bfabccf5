/* ATT4014, ATT4020 and ATT4021: fragments and their uses. */
#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "graphql/checks.h"
#include "graphql/findings.h"

static const char **fragment_names(const struct check *check)
{
	const struct map *fragments = &check->facts.fragments;
	const char **names = arena_alloc(check->diags->arena, (NEAREST_MOST + 1) * sizeof(*names));

	for (size_t i = 0; i < fragments->count && i < NEAREST_MOST; i++)
		names[i] = fragments->entries[i].key;
	return names;
}

void check_fragments_known(struct check *check)
{
	const struct facts *facts = &check->facts;
	const char **names = NULL;

	for (size_t i = 0; i < facts->document->selection_count; i++) {
		const struct graphql_selection *node = facts->selections[i].node;
		struct diag *diag;

		if (node == NULL || node->kind != GRAPHQL_SPREAD ||
		    facts_fragment(facts, node->name.text) != NULL)
			continue;
		diag = diag_add(check->diags, &finding_graphql_unknown_fragment,
				check_name_place(check, &node->name),
				"this file defines no fragment `%s`", node->name.text);
		if (names == NULL)
			names = fragment_names(check);
		check_suggest(check, diag, "", node->name.text, names);
		if (diag->help == NULL)
			diag->help = "a fragment must stand in the same file as the query";
	}
}

void check_fragments_used(struct check *check)
{
	struct facts *facts = &check->facts;
	const struct graphql_document *document = facts->document;
	bool *used = mem_zalloc(document->definition_count, sizeof(*used));
	bool operations = false, unknown = false;

	/* Where a use names none (ATT4014), the unused one may be meant. */
	for (size_t i = 0; i < document->selection_count; i++) {
		const struct graphql_selection *node = facts->selections[i].node;

		unknown = unknown || (node != NULL && node->kind == GRAPHQL_SPREAD &&
				      facts_fragment(facts, node->name.text) == NULL);
	}
	for (size_t i = 0; i < document->definition_count; i++) {
		if (!definition_is_operation(&document->definitions[i]))
			continue;
		operations = true;
		facts_reach(facts, i);
		for (size_t r = 0; r < facts->reached_count; r++)
			used[facts->reached[r]] = true;
	}
	for (size_t i = 0; operations && !unknown && i < document->definition_count; i++) {
		const struct graphql_definition *definition = &document->definitions[i];

		/* Of fragments with one name only the last can be used; the others are ATT4026. */
		if (definition->kind == GRAPHQL_FRAGMENT && !used[i] &&
		    facts_fragment(facts, definition->name.text) == definition)
			diag_add(check->diags, &finding_graphql_unused_fragment,
				 check_name_place(check, &definition->name),
				 "the fragment `%s` is never used", definition->name.text)
				->help =
				arena_printf(check->diags->arena, "remove it, or use it: `...%s`",
					     definition->name.text);
	}
	mem_free(used);
}

/* A fragment that is being followed, and how far. */
struct step {
	size_t definition;
	size_t selection; /* id of the spread that is followed, or to look at next */
};

/* So many are named of the fragments that a cycle leads through. */
enum { THROUGH = 8 };

struct cycle_walk {
	struct check *check;
	bool *done;
	size_t *depth; /* place in the path + 1; 0: not on it */
	struct step *path;
	size_t path_count;
};

static void enter(struct cycle_walk *walk, size_t definition)
{
	walk->done[definition] = true;
	walk->path[walk->path_count++] = (struct step){
		definition, walk->check->facts.definitions[definition].selection_begin};
	walk->depth[definition] = walk->path_count;
}

static void add_cycle(struct cycle_walk *walk, size_t from)
{
	struct check *check = walk->check;
	const struct facts *facts = &check->facts;
	const struct graphql_selection *closing =
		facts->selections[walk->path[walk->path_count - 1].selection].node;
	struct diag *diag = diag_add(check->diags, &finding_graphql_fragment_cycle,
				     check_name_place(check, &closing->name),
				     "the fragment `%s` contains itself", closing->name.text);

	diag->help = "remove this use, and name the fields that are wanted here";
	for (size_t i = from; i + 1 < walk->path_count && i < from + THROUGH; i++) {
		const struct graphql_selection *spread =
			facts->selections[walk->path[i].selection].node;
		diag_note(check->diags, diag, check_name_place(check, &spread->name),
			  "through `%s`, used here", spread->name.text);
	}
}

/* Looks at the next spread of the fragment at the end of the path, or leaves it. */
static void advance(struct cycle_walk *walk)
{
	const struct facts *facts = &walk->check->facts;
	struct step *step = &walk->path[walk->path_count - 1];
	const struct definition_fact *fact = &facts->definitions[step->definition];

	for (; step->selection < fact->selection_end; step->selection++) {
		const struct graphql_selection *node = facts->selections[step->selection].node;
		const struct graphql_definition *fragment = NULL;
		size_t index;

		if (node != NULL && node->kind == GRAPHQL_SPREAD)
			fragment = facts_fragment(facts, node->name.text);
		if (fragment == NULL)
			continue;
		index = (size_t)(fragment - facts->document->definitions);
		if (walk->depth[index] != 0) {
			add_cycle(walk, walk->depth[index] - 1);
		} else if (!walk->done[index]) {
			/* Its end comes back to this step: see below. */
			enter(walk, index);
			return;
		}
	}
	walk->depth[step->definition] = 0;
	walk->path_count--;
	if (walk->path_count > 0)
		walk->path[walk->path_count - 1].selection++;
}

void check_fragment_cycles(struct check *check)
{
	const struct graphql_document *document = check->facts.document;
	size_t count = document->definition_count;
	struct cycle_walk walk = {
		.check = check,
		.done = mem_zalloc(count, sizeof(*walk.done)),
		.depth = mem_zalloc(count, sizeof(*walk.depth)),
		.path = mem_zalloc(count, sizeof(*walk.path)),
	};

	for (size_t i = 0; i < count; i++) {
		if (document->definitions[i].kind != GRAPHQL_FRAGMENT || walk.done[i])
			continue;
		enter(&walk, i);
		while (walk.path_count > 0)
			advance(&walk);
	}
	mem_free(walk.done);
	mem_free(walk.depth);
	mem_free(walk.path);
}
