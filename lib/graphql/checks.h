/* The rules of graphql_check: each runs through the facts and adds findings. Only lib/graphql
 * includes this. */
#ifndef ATTIO_GRAPHQL_CHECKS_H
#define ATTIO_GRAPHQL_CHECKS_H

#include "diag/diag.h"
#include "graphql/facts.h"

struct check {
	struct facts facts;
	const char *path;
	struct diags *diags;
	size_t hints; /* how many names were looked for among others */
};

struct place check_place(const struct check *check, size_t start, size_t end);
struct place check_name_place(const struct check *check, const struct graphql_name *name);
/* Sets the help to "did you mean ...?" when a candidate (NULL-terminated) is near. `sigil` is
 * written before it: "$", "@" or "". Not for more words than HINTS_MOST. */
void check_suggest(struct check *check, struct diag *diag, const char *sigil, const char *word,
		   const char *const *candidates);
/* "`a`, `b` and 12 more"; `names` ends with NULL. */
const char *check_listed(const struct check *check, const char *const *names);
/* The names of arguments or input fields, NULL-terminated. */
const char *const *check_input_names(const struct check *check, const struct graphql_input *inputs,
				     size_t count);

/* Whether an operation of the document declares the variable. */
bool check_declares(const struct check *check, const char *name);

/* check_operations.c: what the platform takes, and names */
void check_operation_kinds(struct check *check);
void check_operation_count(struct check *check);
void check_operation_names(struct check *check);
/* check_names.c: names the schema must know */
void check_fields(struct check *check);
void check_types(struct check *check);
void check_arguments(struct check *check);
void check_directives(struct check *check);
/* check_selections.c */
void check_leaves(struct check *check);
void check_fragment_types(struct check *check);
void check_introspection(struct check *check);
/* check_values.c */
void check_values(struct check *check);
/* check_variables.c */
void check_variable_inputs(struct check *check);
void check_variable_positions(struct check *check);
void check_variables_defined(struct check *check);
void check_variables_used(struct check *check);
/* check_fragments.c */
void check_fragments_known(struct check *check);
void check_fragments_used(struct check *check);
void check_fragment_cycles(struct check *check);
/* check_unique.c */
void check_unique_names(struct check *check);
/* check_merge.c */
void check_merge(struct check *check);

#endif
