/* Executes queries against made-up data, for tests/graphql/run.mjs, which makes the same data up
 * for another executor. The schema's path is the argument; each line of standard input is a request
 * {"query","variables","operation"}, and each line of standard output its answer.
 *
 * A node is a number. What a field answers depends on the node, the field's name and its arguments
 * alone: null, errors, lists, values of the wrong type among them. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "graphql/execute.h"
#include "sys/fs.h"
#include "json/json.h"

static uint32_t mix(uint32_t seed, const char *text)
{
	uint32_t hash = seed ^ 0x811c9dc5u;

	for (; *text != '\0'; text++)
		hash = (hash ^ (unsigned char)*text) * 0x01000193u;
	return hash ^ hash >> 15;
}

/* {"a":1} of arguments, so that they count. */
static void put_argument(struct buf *out, const struct graphql_datum *datum)
{
	switch (datum->kind) {
	case GRAPHQL_NULL:
		buf_puts(out, "null");
		break;
	case GRAPHQL_TRUTH:
		buf_puts(out, datum->truth ? "true" : "false");
		break;
	case GRAPHQL_NUMBER:
		buf_printf(out, "%lld", (long long)(datum->number * 1000));
		break;
	case GRAPHQL_TEXT:
		buf_puts(out, datum->text);
		break;
	default:
		buf_putc(out, datum->kind == GRAPHQL_LIST ? '[' : '{');
		for (size_t i = 0; i < datum->count; i++) {
			if (datum->kind == GRAPHQL_RECORD)
				buf_printf(out, "%s:", datum->items[i].name);
			put_argument(out, &datum->items[i]);
			buf_putc(out, ',');
		}
		buf_putc(out, '.');
		break;
	}
}

static int by_name(const void *a, const void *b)
{
	const struct graphql_type *const *x = a, *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

static struct graphql_datum node(struct arena *arena, const struct graphql_type *type,
				 uint32_t seed)
{
	uint32_t *kept = arena_alloc(arena, sizeof(*kept));
	const struct graphql_type **sorted;

	*kept = seed;
	if (type->kind == GRAPHQL_OBJECT)
		return graphql_node(NULL, kept);
	sorted = arena_alloc(arena, type->possible_count * sizeof(*sorted));
	memcpy(sorted, type->possible, type->possible_count * sizeof(*sorted));
	qsort(sorted, type->possible_count, sizeof(*sorted), by_name);
	return graphql_node(sorted[seed / 7 % type->possible_count], kept);
}

static struct graphql_datum leaf(struct arena *arena, const struct graphql_type *type,
				 uint32_t seed)
{
	struct graphql_datum *item;

	if (type->kind == GRAPHQL_ENUM)
		return seed % 31 == 7 ? graphql_text("NOT_THERE")
				      : graphql_text(type->values[seed % type->value_count]);
	if (strcmp(type->name, "Int") == 0)
		return graphql_number(seed % 29 == 3   ? 1.5
				      : seed % 31 == 3 ? 3e9
						       : (double)(seed % 100000) - 50000);
	if (strcmp(type->name, "Float") == 0)
		return seed % 37 == 3 ? graphql_text("x")
				      : graphql_number((double)(seed % 9999) / 8);
	if (strcmp(type->name, "Boolean") == 0)
		return seed % 37 == 3 ? graphql_text("yes") : graphql_truth(seed / 2 % 2 == 1);
	if (strcmp(type->name, "String") == 0 && seed % 41 == 3)
		return graphql_list(NULL, 0);
	if (type->specified)
		return seed % 5 == 3 ? graphql_number(seed % 1000)
				     : graphql_text(arena_printf(arena, "s%u \303\251\"\n",
								 (unsigned)seed));
	item = arena_alloc(arena, sizeof(*item));
	*item = graphql_number(seed);
	item->name = "x";
	return (struct graphql_datum){.kind = GRAPHQL_RECORD, .items = item, .count = 1};
}

static struct graphql_datum value(struct arena *arena, const struct graphql_ref *type,
				  uint32_t seed)
{
	if (type->kind == GRAPHQL_REF_NON_NULL) {
		if (seed % 43 == 0)
			return graphql_text(NULL);
		type = type->of;
	} else if (seed % 9 == 0) {
		return graphql_text(NULL);
	}
	if (seed % 47 == 1) {
		struct graphql_datum failed =
			graphql_text(arena_printf(arena, "no %u", (unsigned)seed));

		failed.kind = GRAPHQL_FAILED;
		return failed;
	}
	if (type->kind == GRAPHQL_REF_LIST) {
		struct graphql_datum list = graphql_list(NULL, seed / 3 % 4);

		if (seed % 53 == 1)
			return graphql_text("no list");
		list.items = arena_alloc(arena, 4 * sizeof(*list.items));
		for (uint32_t i = 0; i < list.count; i++)
			list.items[i] = value(arena, type->of, mix(seed + i, "item"));
		return list;
	}
	if (graphql_type_is_composite(type->named))
		return node(arena, type->named, seed);
	return leaf(arena, type->named, seed);
}

static int resolve(void *context, const struct graphql_call *call, struct graphql_datum *answer,
		   struct error *error)
{
	const uint32_t *seed = call->node;
	struct buf text = {0};

	(void)context;
	(void)error;
	buf_puts(&text, call->field->name);
	for (size_t i = 0; i < call->argument_count; i++) {
		buf_printf(&text, ";%s=", call->arguments[i].name);
		put_argument(&text, &call->arguments[i]);
	}
	*answer = value(call->arena, call->field->type, mix(*seed, buf_cstr(&text)));
	buf_dispose(&text);
	return 0;
}

static int answer(const struct graphql_schema *schema, const char *line, size_t len)
{
	static const uint32_t root = 1;
	const struct graphql_resolver resolver = {.resolve = resolve, .root = &root};
	struct graphql_request request = {.schema = schema};
	struct error error;
	struct buf out = {0};
	cJSON *json = json_parse(line, len, "a request", NULL, &error);
	const cJSON *variables;

	if (json == NULL || (request.query = json_string_or_null(json, "query")) == NULL) {
		fprintf(stderr, "%s: %s\n", error.message, error.why);
		return 1;
	}
	request.query_len = strlen(request.query);
	request.operation = json_string_or_null(json, "operation");
	variables = cJSON_GetObjectItemCaseSensitive(json, "variables");
	request.variables = cJSON_IsObject(variables) ? variables : NULL;
	if (graphql_execute(&request, &resolver, &out, &error) == 0)
		puts(buf_cstr(&out));
	buf_dispose(&out);
	cJSON_Delete(json);
	return 0;
}

int main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct graphql_schema *schema = NULL;
	struct error error;
	char *bytes, *line = NULL;
	size_t len, room = 0;
	ssize_t got;
	int result = 0;

	json_use_mem();
	if (argc != 2 || fs_read(arena, argv[1], 1 << 20, &bytes, &len, &error) != 0 ||
	    graphql_schema_parse(bytes, len, argv[1], &schema, &error) != 0) {
		fprintf(stderr, "usage: answer SCHEMA\n");
		return 2;
	}
	while (result == 0 && (got = getline(&line, &room, stdin)) > 0)
		result = answer(schema, line, (size_t)got);
	free(line);
	graphql_schema_free(schema);
	arena_free(arena);
	return result;
}
