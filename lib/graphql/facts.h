/* What a document says, position by position, with the schema's answer beside it: lists that the
 * rules run through, so that no rule walks the tree itself. Only lib/graphql includes this.
 *
 * Types are NULL where the document or the schema leaves them unknown: after an unknown field
 * nothing below it is judged. */
#ifndef ATTIO_GRAPHQL_FACTS_H
#define ATTIO_GRAPHQL_FACTS_H

#include "base/map.h"
#include "graphql/document.h"
#include "graphql/schema.h"

/* One selection; facts.selections is indexed by its id. `node` is NULL for the ids of a definition
 * that did not parse. */
struct selection_fact {
	const struct graphql_selection *node;
	size_t definition;                 /* index of the definition it stands in */
	const struct graphql_type *parent; /* what is selected from */
	const struct graphql_field *field; /* GRAPHQL_FIELD, known */
	const struct graphql_type *type; /* of the field (core type), or the fragment's condition */
};

/* One selection set; indexed by its id. */
struct set_fact {
	const struct graphql_selection_set *node;
	const struct graphql_type *parent; /* composite, or NULL */
};

/* A value in a position: argument, nested in a list or object, default of a variable. */
struct value_fact {
	const struct graphql_value *value;
	size_t definition;
	const struct graphql_ref *type;          /* that the position wants */
	const struct graphql_type *input_parent; /* of an input object's field: that input type */
	bool has_default;                        /* the position has one of its own */
	bool inert;                              /* inside a value that is wrong as a whole */
};

/* The arguments of one field or directive; exactly one of selection and directive is set. */
struct arguments_fact {
	const struct graphql_argument *items;
	size_t count;
	const struct selection_fact *selection;
	const struct graphql_directive *directive;
	const struct graphql_input *inputs; /* that the schema knows */
	size_t input_count;
	bool known; /* the field or directive is known */
};

/* The directives of one place. */
struct directives_fact {
	const struct graphql_directives *directives;
	enum graphql_location location;
};

/* A name in the position of a type. */
struct type_fact {
	const struct graphql_name *name;
};

/* Where the facts of one definition are: from `_begin` to before `_end`. */
struct definition_fact {
	size_t selection_begin;
	size_t selection_end;
	size_t value_begin;
	size_t value_end;
};

struct facts {
	struct arena *arena;
	const struct graphql_schema *schema; /* or NULL */
	const struct graphql_document *document;
	struct map fragments;                /* name -> its last struct graphql_definition */
	struct definition_fact *definitions; /* parallel to the document's */
	struct selection_fact *selections;
	struct set_fact *sets;
	struct value_fact *values;
	size_t value_count;
	struct arguments_fact *arguments;
	size_t argument_count;
	struct directives_fact *directives;
	size_t directive_count;
	struct type_fact *types;
	size_t type_count;
	size_t *reached; /* indexes of definitions */
	size_t reached_count;
	size_t *reached_in; /* the round that reached a definition last, from 1 */
	size_t reach_round;
};

/* All in the arena, but for the map. */
void facts_init(struct facts *facts, struct arena *arena, const struct graphql_schema *schema,
		const struct graphql_document *document);
void facts_dispose(struct facts *facts);

/* The definition of a fragment; NULL when there is none of that name. */
const struct graphql_definition *facts_fragment(const struct facts *facts, const char *name);
/* Finds the definitions that are reached through spreads from definition `from`, itself included:
 * reached[0 .. reached_count) until the next call. */
void facts_reach(struct facts *facts, size_t from);

bool definition_is_operation(const struct graphql_definition *definition);
/* Operation or fragment. */
bool definition_is_executable(const struct graphql_definition *definition);

#endif
