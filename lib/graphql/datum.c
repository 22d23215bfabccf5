/* Making the typed values; see the header. */
#include "graphql/datum.h"

#include <string.h>

struct graphql_datum graphql_text(const char *text)
{
	struct graphql_datum datum = {.kind = GRAPHQL_NULL};

	if (text != NULL) {
		datum.kind = GRAPHQL_TEXT;
		datum.text = text;
		datum.len = strlen(text);
	}
	return datum;
}

struct graphql_datum graphql_number(double number)
{
	return (struct graphql_datum){.kind = GRAPHQL_NUMBER, .number = number};
}

struct graphql_datum graphql_truth(bool truth)
{
	return (struct graphql_datum){.kind = GRAPHQL_TRUTH, .truth = truth};
}

struct graphql_datum graphql_node(const struct graphql_type *type, const void *node)
{
	struct graphql_datum datum = {.kind = GRAPHQL_NULL};

	if (node != NULL) {
		datum.kind = GRAPHQL_NODE;
		datum.type = type;
		datum.node = node;
	}
	return datum;
}

struct graphql_datum graphql_list(struct graphql_datum *items, size_t count)
{
	return (struct graphql_datum){.kind = GRAPHQL_LIST, .items = items, .count = count};
}

const struct graphql_datum *graphql_datum_find(const struct graphql_datum *items, size_t count,
					       const char *name)
{
	for (size_t i = 0; i < count; i++) {
		if (items[i].name != NULL && strcmp(items[i].name, name) == 0)
			return &items[i];
	}
	return NULL;
}
