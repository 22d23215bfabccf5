/* ATT4002 to ATT4006: what the platform takes as a query file (one query, no mutation), and names
 * from which the official type generator makes types that do not fit together. */
#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "graphql/checks.h"
#include "graphql/findings.h"

void check_operation_kinds(struct check *check)
{
	const struct graphql_document *document = check->facts.document;

	for (size_t i = 0; i < document->definition_count; i++) {
		const struct graphql_definition *definition = &document->definitions[i];
		struct diag *diag;

		if (definition->kind != GRAPHQL_MUTATION &&
		    definition->kind != GRAPHQL_SUBSCRIPTION)
			continue;
		diag = diag_add(check->diags, &finding_graphql_operation_kind,
				check_place(check, definition->start, definition->keyword_end),
				"an app's GraphQL can only query, and this is a %s",
				definition->kind == GRAPHQL_MUTATION ? "mutation" : "subscription");
		diag->help = definition->kind == GRAPHQL_MUTATION
				     ? "change records with the REST API from a server function"
				     : "ask with a query, and ask again when the answer may have "
				       "changed";
	}
}

static void no_query(struct check *check)
{
	const struct graphql_document *document = check->facts.document;
	const struct graphql_definition *first = document->definitions;
	struct diag *diag;

	if (document->definition_count == 0) {
		diag = diag_add(check->diags, &finding_graphql_no_query, check_place(check, 0, 0),
				"this file holds no query");
		diag->help = "write the query, or delete the file";
		return;
	}
	for (size_t i = 0; i < document->definition_count; i++) {
		if (definition_is_executable(&document->definitions[i]))
			first = &document->definitions[i];
	}
	diag = diag_add(check->diags, &finding_graphql_no_query,
			check_place(check, first->start, first->keyword_end),
			definition_is_executable(first) ? "this file holds fragments but no query"
							: "this file holds types but no query");
	diag->help =
		definition_is_executable(first)
			? "a fragment cannot be used from another file: move it to the query's"
			: "every `.graphql` and `.gql` file of an app is taken as a query: keep "
			  "a schema outside the app's folder, or under another extension";
}

void check_operation_count(struct check *check)
{
	const struct graphql_document *document = check->facts.document;
	const struct graphql_definition *first = NULL;
	size_t operations = 0;

	for (size_t i = 0; i < document->definition_count; i++) {
		const struct graphql_definition *definition = &document->definitions[i];
		struct diag *diag;

		operations += definition_is_operation(definition);
		if (definition->kind != GRAPHQL_QUERY)
			continue;
		if (first == NULL) {
			first = definition;
			continue;
		}
		diag = diag_add(check->diags, &finding_graphql_several_queries,
				check_place(check, definition->start, definition->keyword_end),
				"a file can hold only one query");
		diag->help = "move it to a file of its own";
		diag_note(check->diags, diag, check_place(check, first->start, first->keyword_end),
			  "the first one is here");
	}
	if (operations == 0)
		no_query(check);
}

static bool is_word_border(const char *name, size_t at)
{
	unsigned char before = (unsigned char)name[at - 1];

	if (!isupper((unsigned char)name[at]))
		return false;
	return islower(before) || isdigit(before) ||
	       (isupper(before) && islower((unsigned char)name[at + 1]));
}

/* The name as the generator spells the types it exports: each word begins with a capital and goes
 * on in lower case, underscores stay. */
static void put_type_name(struct buf *out, const char *name)
{
	for (size_t i = 0; name[i] != '\0'; i++) {
		bool first = i == 0 || name[i - 1] == '_' || is_word_border(name, i);
		int c = (unsigned char)name[i];

		buf_putc(out, (char)(first ? toupper(c) : tolower(c)));
	}
}

/* The same name written so that both spellings agree: words joined without underscores, until
 * nothing changes any more. */
static const char *typed_name(struct arena *arena, const char *name)
{
	bool lower = islower((unsigned char)name[strspn(name, "_")]) || strchr(name, '_') != NULL;

	for (int round = 0; round < 64; round++) {
		struct buf typed = {0};
		char *next;
		size_t len = 0;

		put_type_name(&typed, name);
		next = arena_strdup(arena, buf_cstr(&typed));
		buf_dispose(&typed);
		for (size_t i = 0; next[i] != '\0'; i++) {
			if (next[i] != '_')
				next[len++] = next[i];
		}
		next[len] = '\0';
		if (lower)
			next[0] = (char)tolower((unsigned char)next[0]);
		if (strcmp(next, name) == 0)
			break;
		name = next;
	}
	return name;
}

static void check_typed(struct check *check, const struct graphql_definition *definition)
{
	struct arena *arena = check->diags->arena;
	const char *name = definition->name.text;
	struct buf exported = {0};
	const char *better;

	put_type_name(&exported, name);
	/* The generator refers to its types by the name with only the first letter changed. */
	if (buf_cstr(&exported)[0] != toupper((unsigned char)name[0]) ||
	    strcmp(buf_cstr(&exported) + 1, name + 1) != 0) {
		struct diag *diag =
			diag_add(check->diags, &finding_graphql_name_untyped,
				 check_name_place(check, &definition->name),
				 "the official tool leaves the results of `%s` untyped", name);

		diag->label = arena_printf(arena, "it declares `%sQuery` but uses another name",
					   buf_cstr(&exported));
		better = typed_name(arena, name);
		if (isalpha((unsigned char)better[0]))
			diag->help = arena_printf(arena, "call it `%s`", better);
		else
			diag->help = "use a name of words with one capital each, such as "
				     "`getPerson`";
	}
	buf_dispose(&exported);
}

void check_operation_names(struct check *check)
{
	const struct graphql_document *document = check->facts.document;
	size_t queries = 0;

	for (size_t i = 0; i < document->definition_count; i++) {
		const struct graphql_definition *definition = &document->definitions[i];

		if (definition->kind != GRAPHQL_QUERY)
			continue;
		queries++;
		if (definition->name.text != NULL) {
			check_typed(check, definition);
			continue;
		}
		if (queries > 1) /* ATT4004 stands here already */
			continue;
		diag_add(check->diags, &finding_graphql_anonymous,
			 check_place(check, definition->start, definition->keyword_end),
			 "this query has no name")
			->help = "name it after what it gets, such as `query getPerson`: its types "
				 "take their names from it";
	}
}
