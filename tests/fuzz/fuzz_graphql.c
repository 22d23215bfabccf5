/* GraphQL documents, and schemas: the input is checked as a document against a small schema and
 * without one, and read as a schema; a schema that can be used must answer for itself. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "diag/diag.h"
#include "graphql/check.h"
#include "graphql/schema.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char small[] =
	"directive @rep(n: Int! = 3) repeatable on FIELD\n"
	"enum E { A B } scalar S input I { x: Int! y: [I] e: E = A } input P @oneOf { a: Int b: S "
	"}\n"
	"interface N { id: ID! } union U = T | V\n"
	"type T implements N { id: ID! a(i: I, p: P): U b: [T!] c: Int }\n"
	"type V implements N { id: ID! b: [V] c: Float }\n"
	"type Query { n: N u(e: E, s: [String!]!): U t: T v: [V] f(i: Int = 1): S }\n";

static void check(const struct graphql_schema *schema, const char *text, size_t size)
{
	struct diags diags = {.arena = arena_new()};

	graphql_check(schema, "fuzz", graphql_parse(diags.arena, text, size), &diags);
	for (size_t i = 0; i < diags.count; i++) {
		const struct diag *diag = &diags.items[i];

		if (diag->place.start > diag->place.end || diag->place.end > size)
			abort();
		for (size_t k = 0; k < diag->note_count; k++) {
			if (diag->notes[k].place.end > size)
				abort();
		}
	}
	arena_free(diags.arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct graphql_schema *schema = NULL;
	struct error error;

	if (graphql_schema_parse(small, sizeof(small) - 1, "small", &schema, &error) != 0)
		abort();
	check(schema, text, size);
	graphql_schema_free(schema);
	check(NULL, text, size);
	if (graphql_schema_parse(text, size, "fuzz", &schema, &error) == 0) {
		static const char query[] = "query a { __typename __schema { types { name } } }";

		check(schema, query, sizeof(query) - 1);
		/* Fragments on all its own fields: recursion through the schema's types. */
		check(schema, text, size);
	}
	graphql_schema_free(schema);
	return 0;
}
