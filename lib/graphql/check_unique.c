/* ATT4026: names that may be given only once. */
#include <string.h>

#include "base/mem.h"
#include "graphql/checks.h"
#include "graphql/findings.h"
#include "graphql/lexer.h"

/* Remembers a name; reports it when it was there before. */
static void see(struct check *check, struct map *seen, const struct graphql_name *name,
		const char *what)
{
	const struct graphql_name *first = map_get(seen, name->text);
	struct diag *diag;

	if (first == NULL) {
		map_set(seen, name->text, name);
		return;
	}
	diag = diag_add(check->diags, &finding_graphql_duplicate_name,
			check_name_place(check, name), "there are two %s `%s`", what, name->text);
	diag->help = "remove one of them, or give it another name";
	diag_note(check->diags, diag, check_name_place(check, first), "the first one is here");
}

static void check_argument_names(struct check *check, const struct graphql_argument *items,
				 size_t count, const char *what)
{
	struct map seen = {0};

	if (count < 2)
		return;
	for (size_t i = 0; i < count; i++)
		see(check, &seen, &items[i].name, what);
	map_dispose(&seen);
}

static void check_directive_names(struct check *check, const struct directives_fact *fact)
{
	const struct graphql_directives *directives = fact->directives;
	struct map seen = {0};

	if (directives->count < 2 || check->facts.schema == NULL)
		return;
	for (size_t i = 0; i < directives->count; i++) {
		const struct graphql_name *name = &directives->items[i].name;
		const struct graphql_directive_type *type =
			graphql_schema_directive(check->facts.schema, name->text);

		if (type != NULL && !type->repeatable)
			see(check, &seen, name, "directives");
	}
	map_dispose(&seen);
}

/* Whether two definitions are the same but for white space and comments. */
static bool same_text(const struct graphql_document *document, const struct graphql_definition *a,
		      const struct graphql_definition *b)
{
	struct graphql_lexer x = {document->bytes, a->end, a->start};
	struct graphql_lexer y = {document->bytes, b->end, b->start};

	for (;;) {
		struct graphql_token s = graphql_lexer_next(&x), t = graphql_lexer_next(&y);
		size_t len = s.end - s.start;

		if (s.kind != t.kind)
			return false;
		if (s.kind == GRAPHQL_TOKEN_END)
			return true;
		if (len != t.end - t.start ||
		    memcmp(document->bytes + s.start, document->bytes + t.start, len) != 0)
			return false;
	}
}

static void check_fragment_name(struct check *check, struct map *seen,
				const struct graphql_definition *fragment)
{
	const struct graphql_definition *first = map_get(seen, fragment->name.text);
	struct diag *diag;

	if (first == NULL) {
		map_set(seen, fragment->name.text, fragment);
		return;
	}
	/* The official tool lets the same fragment stand twice, so this is no error. */
	if (same_text(check->facts.document, first, fragment))
		diag = diag_add(check->diags, &finding_graphql_duplicate_same,
				check_name_place(check, &fragment->name),
				"the fragment `%s` is written twice", fragment->name.text);
	else
		diag = diag_add(check->diags, &finding_graphql_duplicate_name,
				check_name_place(check, &fragment->name),
				"there are two different fragments `%s`", fragment->name.text);
	diag->help = "remove one of them, or give it another name";
	diag_note(check->diags, diag, check_name_place(check, &first->name),
		  "the first one is here");
}

void check_unique_names(struct check *check)
{
	const struct facts *facts = &check->facts;
	struct map operations = {0}, fragments = {0};

	for (size_t i = 0; i < facts->document->definition_count; i++) {
		const struct graphql_definition *definition = &facts->document->definitions[i];
		struct map variables = {0};

		if (definition->kind == GRAPHQL_FRAGMENT)
			check_fragment_name(check, &fragments, definition);
		if (!definition_is_operation(definition))
			continue;
		/* Several queries in one file are told as that: ATT4004. */
		if (definition->name.text != NULL && definition->kind != GRAPHQL_QUERY)
			see(check, &operations, &definition->name, "operations");
		for (size_t k = 0; k < definition->variable_count; k++)
			see(check, &variables, &definition->variables[k].name, "variables");
		map_dispose(&variables);
	}
	map_dispose(&operations);
	map_dispose(&fragments);
	for (size_t i = 0; i < facts->argument_count; i++)
		check_argument_names(check, facts->arguments[i].items, facts->arguments[i].count,
				     "arguments");
	for (size_t i = 0; i < facts->value_count; i++)
		check_argument_names(check, facts->values[i].value->fields,
				     facts->values[i].value->field_count, "fields");
	for (size_t i = 0; i < facts->directive_count; i++)
		check_directive_names(check, &facts->directives[i]);
}
