/* Executing documents against values of every kind, right and wrong ones: the answer must be JSON
 * that can be read again. The first line of the input is the variables, as JSON. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "graphql/execute.h"
#include "json/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char schema_text[] =
	"enum E { A B } scalar S input I { x: Int! y: [I] e: E = A } input P @oneOf { a: Int b: S "
	"}\n"
	"interface N { id: ID! } union U = T | V\n"
	"type T implements N { id: ID! a(i: I, p: P): U b: [T!] c: Int }\n"
	"type V implements N { id: ID! b: [V] c: Float e: E! }\n"
	"type Query { n: N u(e: E, s: [String!]!): U t: T! v: [V] f(i: Int = 1): S l: [[Int!]]! "
	"}\n";

static struct graphql_datum make(struct arena *arena, const struct graphql_ref *type, uint64_t seed)
{
	struct graphql_datum list;

	if (seed % 11 == 0)
		return graphql_text(NULL);
	switch (seed / 16 % 16) {
	case 0:
		return graphql_number((double)(int64_t)seed / 64);
	case 1:
		return graphql_text("A");
	case 2:
		return graphql_truth(true);
	case 3:
		list = graphql_text("failed");
		list.kind = GRAPHQL_FAILED;
		return list;
	default:
		break;
	}
	type = graphql_ref_nullable(type);
	if (type->kind == GRAPHQL_REF_LIST) {
		list = graphql_list(arena_alloc(arena, 3 * sizeof(list)), seed / 256 % 4);
		for (size_t i = 0; i < list.count; i++)
			list.items[i] = make(arena, type->of, seed * 31 + i);
		return list;
	}
	if (graphql_type_is_composite(type->named))
		return graphql_node(
			type->named->possible_count > 0
				? type->named->possible[seed / 512 % type->named->possible_count]
				: NULL,
			schema_text);
	return graphql_number((double)(seed / 512 % 1000));
}

static int resolve(void *context, const struct graphql_call *call, struct graphql_datum *answer,
		   struct error *error)
{
	uint64_t *seed = context;

	(void)error;
	*seed = hash_bytes(*seed, call->field->name, strlen(call->field->name));
	*answer = make(call->arena, call->field->type, *seed);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	const char *end = memchr(text, '\n', size);
	size_t head = end != NULL ? (size_t)(end - text) : 0;
	uint64_t seed = size;
	const struct graphql_resolver resolver = {.context = &seed, .resolve = resolve};
	struct graphql_request request = {.query = text + head, .query_len = size - head};
	struct graphql_schema *schema = NULL;
	struct error error;
	struct buf out = {0};
	cJSON *variables = json_parse(text, head, "variables", NULL, &error);
	cJSON *answer;

	if (graphql_schema_parse(schema_text, sizeof(schema_text) - 1, "small", &schema, &error) !=
	    0)
		abort();
	request.schema = schema;
	request.variables = cJSON_IsObject(variables) ? variables : NULL;
	if (graphql_execute(&request, &resolver, &out, &error) != 0)
		abort();
	answer = json_parse(out.ptr, out.len, "the answer", NULL, &error);
	if (answer == NULL)
		abort();
	cJSON_Delete(answer);
	cJSON_Delete(variables);
	graphql_schema_free(schema);
	buf_dispose(&out);
	return 0;
}
