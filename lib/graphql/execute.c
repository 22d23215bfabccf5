/* From a request to its answer: parse, validate, choose, coerce, complete. */
#include "graphql/execute.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "diag/diag.h"
#include "graphql/check.h"
#include "graphql/complete.h"
#include "graphql/variables.h"

/* Of what validation found so many are told. */
enum { FINDINGS = 100 };

/* Adds what validation found. A help is part of the sentence: a client shows only that. */
static void add_findings(struct graphql_problems *problems, const struct diags *diags, bool syntax)
{
	for (size_t i = 0; i < diags->count && i < FINDINGS; i++) {
		const struct diag *diag = &diags->items[i];

		problems_add(problems,
			     arena_printf(problems->arena, "%s%s%s%s",
					  syntax ? "Syntax Error: " : "", diag->message,
					  diag->help != NULL ? ": " : "",
					  diag->help != NULL ? diag->help : ""),
			     &diag->place.start, 1, NULL);
	}
	if (diags->count > FINDINGS)
		problems_add(problems,
			     arena_printf(problems->arena, "and %zu more like these",
					  diags->count - FINDINGS),
			     NULL, 0, NULL);
}

/* The operation of that name, or the only one; NULL with the error. */
static const struct graphql_definition *choose(const struct graphql_document *document,
					       const char *name, struct graphql_problems *problems)
{
	const struct graphql_definition *found = NULL;
	bool several = false;

	for (size_t i = 0; i < document->definition_count; i++) {
		const struct graphql_definition *definition = &document->definitions[i];

		if (definition->kind > GRAPHQL_SUBSCRIPTION)
			continue;
		if (name != NULL &&
		    (definition->name.text == NULL || strcmp(definition->name.text, name) != 0))
			continue;
		several = several || found != NULL;
		found = definition;
	}
	if (several) {
		problems_add(problems,
			     "Must provide operation name if query contains multiple operations.",
			     NULL, 0, NULL);
		return NULL;
	}
	if (found == NULL)
		problems_add(problems,
			     name != NULL ? arena_printf(problems->arena,
							 "Unknown operation named \"%s\".", name)
					  : "Must provide an operation.",
			     NULL, 0, NULL);
	return found;
}

/* The operation to execute, when the request is one that can be. */
static bool prepare(struct run *run, const struct graphql_request *request,
		    const struct graphql_definition **operation)
{
	struct coercion *coercion = &run->collector.coercion;
	struct diags diags = {.arena = coercion->arena};
	struct graphql_document *document;
	struct fault *faults = NULL;
	size_t fault_count = 0;

	if (request->query_len > GRAPHQL_QUERY_LIMIT) {
		problems_add(&run->problems, "this query is longer than 1 MB", NULL, 0, NULL);
		return false;
	}
	document = graphql_parse(coercion->arena, request->query, request->query_len);
	graphql_check_request(request->schema, document, &diags);
	add_findings(&run->problems, &diags, document->error_count > 0);
	if (diags.count > 0)
		return false;
	*operation = choose(document, request->operation, &run->problems);
	if (*operation == NULL)
		return false;
	coerce_variables(coercion, *operation, request->variables, &faults, &fault_count);
	for (size_t i = 0; i < fault_count; i++)
		problems_add(&run->problems, faults[i].message, &faults[i].at,
			     faults[i].at != FAULT_NOWHERE, NULL);
	collector_init(&run->collector, document);
	return fault_count == 0;
}

static enum outcome execute_operation(struct run *run, const struct graphql_definition *operation)
{
	static const char *const words[] = {"query", "mutation", "subscription"};
	const struct graphql_schema *schema = run->introspection.schema;
	const struct graphql_type *root = operation->kind == GRAPHQL_QUERY      ? schema->query
					  : operation->kind == GRAPHQL_MUTATION ? schema->mutation
										: NULL;
	struct plan *plan;

	if (root == NULL) {
		problems_add(&run->problems,
			     arena_printf(run->problems.arena,
					  "Schema is not configured to execute %s operation.",
					  words[operation->kind]),
			     &operation->start, 1, NULL);
		return OUTCOME_NULL;
	}
	plan = collect_root(&run->collector, operation, root);
	if (plan->fault.message == NULL)
		return complete_object(run, plan, run->resolver->root, NULL, 0);
	problems_add(&run->problems, plan->fault.message, &plan->fault.at, 1, NULL);
	return OUTCOME_NULL;
}

/* Writes what was executed. -1 when the resolver failed. */
static int execute(struct run *run, const struct graphql_definition *operation)
{
	struct buf *out = run->out;
	size_t start = run->out_start, data;
	enum outcome outcome;

	buf_puts(out, "{\"data\":");
	data = out->len;
	outcome = execute_operation(run, operation);
	if (outcome == OUTCOME_STOPPED && run->stopped == NULL) {
		out->len = start;
		out->ptr[start] = '\0';
		return -1;
	}
	if (outcome == OUTCOME_STOPPED) {
		out->len = start;
		buf_clear(&run->problems.json);
		run->problems.count = 0;
		problems_add(&run->problems, run->stopped, &operation->start, 1, NULL);
		buf_putc(out, '{');
		return 0;
	}
	if (outcome == OUTCOME_NULL) {
		out->len = data;
		buf_puts(out, "null");
	}
	if (run->problems.count > 0)
		buf_putc(out, ',');
	return 0;
}

int graphql_execute(const struct graphql_request *request, const struct graphql_resolver *resolver,
		    struct buf *out, struct error *error)
{
	struct arena *arena = arena_new();
	const struct graphql_definition *operation;
	struct run run = {
		.resolver = resolver,
		.collector = {.coercion = {.schema = request->schema, .arena = arena},
			      .steps = GRAPHQL_ANSWER_STEPS},
		.introspection = {.schema = request->schema, .arena = arena},
		.problems = {.arena = arena, .bytes = request->query, .len = request->query_len},
		.out = out,
		.out_start = out->len,
		.error = error,
	};
	int result = 0;

	if (prepare(&run, request, &operation))
		result = execute(&run, operation);
	else
		buf_putc(out, '{');
	if (result == 0) {
		if (run.problems.count > 0)
			buf_printf(out, "\"errors\":[%s]", buf_cstr(&run.problems.json));
		buf_putc(out, '}');
	}
	buf_dispose(&run.problems.json);
	map_dispose(&run.collector.fragments);
	map_dispose(&run.collector.coercion.variables);
	arena_free(arena);
	return result;
}
