/* Types of GraphQL documents: whatever the document, printing its types ends soon and its text is
 * what a TypeScript declaration can be; a document without errors has types unless they would be
 * too large. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "diag/diag.h"
#include "graphql/check.h"
#include "graphql/schema.h"
#include "types/handwritten.h"
#include "types/queries.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char small[] =
	"enum E { A B } scalar S input I { x: Int! y: [I] e: E = A } input P @oneOf { a: Int b: S "
	"}\n"
	"interface N { id: ID! n: N } union U = T | V\n"
	"type T implements N { id: ID! n: T a(i: I, p: P): U b: [T!] e: E }\n"
	"type V implements N { id: ID! n: N b: [V] c: [[Float]!] }\n"
	"type Query { n: N u(e: E, s: [String!]!): U t: T v: [V] f(i: Int = 1): S }\n";

/* Brackets pair, and nothing but what we print ourselves and GraphQL names is there. */
static void check_text(const struct buf *text)
{
	char open[4096];
	size_t depth = 0;

	for (size_t i = 0; i < text->len; i++) {
		char c = text->ptr[i];

		if (c == '{' || c == '<' || c == '[') {
			if (depth == sizeof(open))
				return;
			open[depth++] = c;
		} else if (c == '}' || c == '>' || c == ']') {
			if (depth == 0 || (open[--depth] == '{' ? '}'
					   : open[depth] == '<' ? '>'
								: ']') != c)
				abort();
		} else if ((unsigned char)c < 0x20 ? c != '\n' : (unsigned char)c > 0x7e) {
			abort();
		}
	}
	if (depth != 0 || !queries_is_generated(text->ptr, text->len))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct graphql_schema *schema = NULL;
	struct diags diags = {.arena = arena_new()};
	const struct graphql_document *document;
	const char *text = arena_strndup(diags.arena, (const char *)data, size);
	struct error error = {0};
	struct buf out = {0};
	size_t errors;
	bool declared, loose = false;

	if (graphql_schema_parse(small, sizeof(small) - 1, "small", &schema, &error) != 0)
		abort();
	document = graphql_parse(diags.arena, text, size);
	graphql_check(schema, "fuzz", document, &diags);
	errors = diags_count(&diags, SEVERITY_ERROR);
	declared = queries_declare(schema, document, &out, &loose);
	if (declared)
		check_text(&out);
	else if (errors == 0)
		abort();
	/* The same bytes as a declaration file that somebody wrote. */
	queries_is_generated(text, size);
	if (queries_disagree(diags.arena, text, size, text, size).name != NULL)
		abort();
	if (declared) {
		struct disagreement other =
			queries_disagree(diags.arena, text, size, buf_cstr(&out), out.len);

		if (other.start > other.end || other.end > size)
			abort();
	}
	buf_dispose(&out);
	graphql_schema_free(schema);
	arena_free(diags.arena);
	return 0;
}
