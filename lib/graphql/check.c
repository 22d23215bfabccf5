/* The table of rules. They do not depend on each other's results; where one mistake would trip
 * several, the facts leave the follow-ups unknown. */
#include "graphql/check.h"

#include <stdbool.h>
#include <string.h>

#include "base/mem.h"
#include "graphql/checks.h"
#include "graphql/findings.h"

/* Findings of one document: who has as many has another problem than each of them. */
enum { FINDINGS_MOST = 100 };

static const struct {
	void (*run)(struct check *check);
	bool needs_schema;
	bool of_files; /* what the platform asks of a file, beyond the specification */
} rules[] = {
	{check_operation_kinds, false, true},
	{check_operation_count, false, true},
	{check_operation_names, false, true},
	{check_fields, true, false},
	{check_types, true, false},
	{check_arguments, true, false},
	{check_directives, true, false},
	{check_leaves, true, false},
	{check_fragment_types, true, false},
	{check_introspection, false, false},
	{check_values, true, false},
	{check_variable_inputs, true, false},
	{check_variable_positions, true, false},
	{check_variables_defined, false, false},
	{check_variables_used, false, false},
	{check_fragments_known, false, false},
	{check_fragments_used, false, false},
	{check_fragment_cycles, false, false},
	{check_unique_names, false, false},
	/* Which fields can meet depends on their types. */
	{check_merge, true, false},
};

static void add_syntax_errors(const struct graphql_document *document, const char *path,
			      struct diags *diags)
{
	for (size_t i = 0; i < document->error_count; i++) {
		const struct graphql_syntax_error *error = &document->errors[i];
		struct place place = {.file = path, .start = error->start, .end = error->end};

		/* What begins a block of code ends it, too. */
		if (i > 0 && error->help != NULL &&
		    strcmp(error->message, document->errors[i - 1].message) == 0)
			continue;
		struct diag *diag =
			diag_add(diags, &finding_graphql_syntax, place, "%s", error->message);

		diag->help = error->help != NULL ? error->help
						 : "correct this first; the other checks of the "
						   "file wait for it";
		if (error->related_message != NULL) {
			place.start = error->related_start;
			place.end = error->related_end;
			diag_note(diags, diag, place, "%s", error->related_message);
		}
	}
}

static void run_rules(const struct graphql_schema *schema, const char *path,
		      const struct graphql_document *document, bool of_files, struct diags *diags)
{
	struct check check = {.path = path, .diags = diags};

	if (document->error_count > 0) {
		add_syntax_errors(document, path, diags);
		return;
	}
	facts_init(&check.facts, diags->arena, schema, document);
	for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
		if ((schema != NULL || !rules[i].needs_schema) && (of_files || !rules[i].of_files))
			rules[i].run(&check);
	}
	facts_dispose(&check.facts);
}

void graphql_check(const struct graphql_schema *schema, const char *path,
		   const struct graphql_document *document, struct diags *diags)
{
	struct diags found = {.arena = diags->arena};
	struct diag *diag;
	size_t all;
	bool error = false;

	run_rules(schema, path, document, true, &found);
	diags_sort(&found);
	all = found.count;
	for (size_t i = FINDINGS_MOST; i < all; i++)
		error = error || found.items[i].severity == SEVERITY_ERROR;
	if (all > FINDINGS_MOST)
		found.count = FINDINGS_MOST;
	diags_append(diags, &found);
	if (all <= FINDINGS_MOST)
		return;
	diag = diag_add(diags, &finding_graphql_more, (struct place){.file = path},
			"%zu more mistakes in this document are not listed", all - FINDINGS_MOST);
	diag->help = "correct those that are, then look again";
	if (!error)
		diag->severity = SEVERITY_WARNING;
}

void graphql_check_request(const struct graphql_schema *schema,
			   const struct graphql_document *document, struct diags *diags)
{
	run_rules(schema, "query", document, false, diags);
}
