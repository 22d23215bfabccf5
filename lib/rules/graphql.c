/* ATT4xxx: GraphQL documents. The checks are lib/graphql's (its findings.h has the codes); here are
 * the documents of an app, the schema they are checked against, and the explanations. */
#include "rules/graphql.h"

#include "app/installer.h"
#include "app/problems.h"
#include "base/arena.h"
#include "base/str.h"
#include "graphql/check.h"
#include "graphql/findings.h"
#include "rules/internal.h"

/* As for sources: one finding for the file, whose every second byte would be a mistake. */
static bool is_utf16(const struct app *app, const struct document *document, struct diags *diags)
{
	struct texts texts;
	const struct text *text;

	texts_over(&texts, app->arena, &app->texts);
	text = texts_find(&texts, document->path);
	if (text != NULL && utf16_is(text->bytes, text->len))
		diag_add(diags, &finding_graphql_syntax, (struct place){.file = document->path},
			 "`%s` is saved as UTF-16", document->path)
			->help = HELP_UTF16;
	else
		text = NULL;
	texts_dispose(&texts);
	return text != NULL;
}

/* Finds what all rules of this family report. */
static void check(const struct rule *rule, const struct app *app, struct diags *diags)
{
	const struct documents *documents = &app->documents;

	(void)rule;
	/* Without a schema the rest is still checked; rules_graphql_note says so. */
	for (size_t i = 0; i < documents->count; i++) {
		const struct document *document = &documents->items[i];

		if (is_utf16(app, document, diags))
			continue;
		if (document->parsed != NULL)
			graphql_check(documents->schema, document->path, document->parsed, diags);
		else
			diag_add(diags, &problem_file_unreadable,
				 (struct place){.file = document->path},
				 "the file `%s` cannot be read", document->path)
				->help = document->why;
	}
}

const char *rules_graphql_note(const struct app *app, struct arena *arena)
{
	const struct documents *documents = &app->documents;

	if (documents->count == 0 || documents->schema != NULL)
		return NULL;
	if (documents->schema_problem != NULL)
		return arena_printf(arena, "GraphQL fields and types were not checked: %s",
				    documents->schema_problem);
	return arena_printf(arena,
			    "GraphQL fields and types were not checked: the schema of the `attio` "
			    "package is not installed; %s",
			    installer_remedy(app, arena));
}

const struct rule rule_graphql_syntax = {
	.info = {"ATT4001", "graphql-syntax", SEVERITY_ERROR},
	.summary = "A GraphQL document does not parse",
	.explanation =
		"The file breaks the grammar of GraphQL (specification of October 2021). Other "
		"checks of the file wait until it parses. Each definition is read for itself, "
		"so one run can show several places.",
	.bad = "# src/queries/example.graphql\n"
	       "query getPerson($id String!) {\n"
	       "  person(id: $id) { id }\n"
	       "}",
	.good = "# src/queries/example.graphql\n"
		"query getPerson($id: String!) {\n"
		"  person(id: $id) { id }\n"
		"}",
	.check = check,
};

const struct rule rule_graphql_operation_kind = {
	.info = {"ATT4002", "graphql-operation-kind", SEVERITY_ERROR},
	.summary = "A mutation or subscription, which Attio does not serve to apps",
	.explanation =
		"The GraphQL that `attio/client` runs can only query. To change records, call "
		"Attio's REST API in a server function.",
	.bad = "# src/queries/example.graphql\n"
	       "mutation rename {\n"
	       "  updatePerson(id: \"1\") { id }\n"
	       "}",
	.good = "# src/queries/example.graphql\n"
		"query getPerson {\n"
		"  person(id: \"1\") { id }\n"
		"}",
};

const struct rule rule_graphql_no_query = {
	.info = {"ATT4003", "graphql-no-query", SEVERITY_ERROR},
	.summary = "A GraphQL file without a query",
	.explanation =
		"Every `.graphql` and `.gql` file below the app's root (outside `node_modules`) "
		"is taken as one query. An empty file, a file of fragments only, or a schema "
		"breaks the official build.\n\nA fragment belongs into the file of the query that "
		"uses it; a copy of the schema belongs outside the app's folder.",
	.bad = "# src/queries/example.graphql\n"
	       "fragment Names on Person {\n"
	       "  name { full_name }\n"
	       "}",
	.good = "# src/queries/example.graphql\n"
		"query getPerson($id: String!) {\n"
		"  person(id: $id) { ...Names }\n"
		"}\n"
		"\n"
		"fragment Names on Person {\n"
		"  name { full_name }\n"
		"}",
};

const struct rule rule_graphql_several_queries = {
	.info = {"ATT4004", "graphql-several-queries", SEVERITY_ERROR},
	.summary = "More than one query in a file",
	.explanation =
		"Importing a document gives one query with its types, so a file holds exactly "
		"one. Fragments beside it are fine.",
	.bad = "# src/queries/example.graphql\n"
	       "query getUser { currentUser { id } }\n"
	       "\n"
	       "query getWorkspace { currentWorkspace { id } }",
	.good = "# src/queries/example.graphql\n"
		"query getUser { currentUser { id } }",
};

const struct rule rule_graphql_anonymous = {
	.info = {"ATT4005", "graphql-anonymous", SEVERITY_WARNING},
	.summary = "A query without a name",
	.explanation =
		"The query's types take their names from it, and so do error messages and logs.",
	.bad = "# src/queries/example.graphql\n"
	       "{\n"
	       "  currentUser { id }\n"
	       "}",
	.good = "# src/queries/example.graphql\n"
		"query getCurrentUser {\n"
		"  currentUser { id }\n"
		"}",
};

const struct rule rule_graphql_name_untyped = {
	.info = {"ATT4006", "graphql-name-untyped", SEVERITY_WARNING},
	.summary = "A query name that leaves its results untyped",
	.explanation =
		"The official type generator spells a query's name in two ways: words in lower "
		"case with one capital each where it declares the types, and the name as it is "
		"where it uses them. Where the two differ (underscores, runs of capitals), the "
		"query's results are silently `any`.",
	.bad = "# src/queries/example.graphql\n"
	       "query get_person_by_ID($id: String!) {\n"
	       "  person(id: $id) { id }\n"
	       "}",
	.good = "# src/queries/example.graphql\n"
		"query getPersonById($id: String!) {\n"
		"  person(id: $id) { id }\n"
		"}",
};

const struct rule rule_graphql_unknown_field = {
	.info = {"ATT4010", "graphql-unknown-field", SEVERITY_ERROR},
	.summary = "A field that the type does not have",
	.explanation =
		"Checked against the schema that the app's SDK package ships. On an interface "
		"or union only its own fields can be selected directly; fields of its members "
		"need an inline fragment.",
	.bad = "# src/queries/example.graphql\n"
	       "query getUser {\n"
	       "  currentUser { nmae }\n"
	       "}",
	.good = "# src/queries/example.graphql\n"
		"query getUser {\n"
		"  currentUser { name }\n"
		"}",
};

const struct rule rule_graphql_unknown_type = {
	.info = {"ATT4011", "graphql-unknown-type", SEVERITY_ERROR},
	.summary = "A type that the schema does not have",
	.explanation = "A fragment or variable names a type that is not in the schema. Type "
		       "definitions in the app's own documents are ignored.",
	.bad = "# src/queries/example.graphql\n"
	       "query getPerson($id: Strng!) {\n"
	       "  person(id: $id) { id }\n"
	       "}",
	.good = "# src/queries/example.graphql\n"
		"query getPerson($id: String!) {\n"
		"  person(id: $id) { id }\n"
		"}",
};

const struct rule rule_graphql_unknown_argument = {
	.info = {"ATT4012", "graphql-unknown-argument", SEVERITY_ERROR},
	.summary = "An argument that the field or directive does not take",
	.explanation = "See the field's definition in `node_modules/attio/schema.graphql`.",
	.bad = "# src/queries/example.graphql\n"
	       "query getPerson {\n"
	       "  person(id: \"1\", uid: \"2\") { id }\n"
	       "}",
	.good = "# src/queries/example.graphql\n"
		"query getPerson {\n"
		"  person(id: \"1\") { id }\n"
		"}",
};

const struct rule rule_graphql_unknown_directive = {
	.info = {"ATT4013", "graphql-unknown-directive", SEVERITY_WARNING},
	.summary = "A directive that has no effect",
	.explanation =
		"The directive is not in the schema, or not for this place. `@include` and "
		"`@skip` stand on fields and fragments. The official tool does not refuse this.",
	.bad = "# src/queries/example.graphql\n"
	       "query getUser @skip(if: true) {\n"
	       "  currentUser { id }\n"
	       "}",
	.good = "# src/queries/example.graphql\n"
		"query getUser {\n"
		"  currentUser { id @skip(if: true) }\n"
		"}",
};

const struct rule rule_graphql_unknown_fragment = {
	.info = {"ATT4014", "graphql-unknown-fragment", SEVERITY_ERROR},
	.summary = "A fragment that the file does not define",
	.explanation = "A fragment can only be used in the file that defines it.",
	.bad = "# src/queries/example.graphql\n"
	       "query getUser {\n"
	       "  currentUser { ...Names }\n"
	       "}",
	.good = "# src/queries/example.graphql\n"
		"query getUser {\n"
		"  currentUser { ...Names }\n"
		"}\n"
		"\n"
		"fragment Names on User {\n"
		"  name\n"
		"}",
};

const struct rule rule_graphql_missing_argument = {
	.info = {"ATT4015", "graphql-missing-argument", SEVERITY_ERROR},
	.summary = "A required argument is missing",
	.explanation =
		"An argument whose type ends with `!` and that has no default must be given.",
	.bad = "# src/queries/example.graphql\n"
	       "query getPerson {\n"
	       "  person { id }\n"
	       "}",
	.good = "# src/queries/example.graphql\n"
		"query getPerson($id: String!) {\n"
		"  person(id: $id) { id }\n"
		"}",
};

const struct rule rule_graphql_wrong_value = {
	.info = {"ATT4016", "graphql-wrong-value", SEVERITY_ERROR},
	.summary = "A value that is not of the wanted type",
	.explanation = "A literal, an enum value or a variable's default does not fit its type. "
		       "Strings have double quotes, enum values have none, an `Int` has 32 bits. A "
		       "single value can stand where a list is wanted.",
	.bad = "# src/queries/example.graphql\n"
	       "query getPerson {\n"
	       "  person(id: 5) { id }\n"
	       "}",
	.good = "# src/queries/example.graphql\n"
		"query getPerson {\n"
		"  person(id: \"5\") { id }\n"
		"}",
};

const struct rule rule_graphql_variable_type = {
	.info = {"ATT4017", "graphql-variable-type", SEVERITY_ERROR},
	.summary = "A variable where another type is wanted",
	.explanation =
		"The variable's declared type does not fit the argument that it is given to. A "
		"variable that can be null (no `!`) cannot be given to a required argument, "
		"unless it has a default.",
	.bad = "# src/queries/example.graphql\n"
	       "query getPerson($id: String) {\n"
	       "  person(id: $id) { id }\n"
	       "}",
	.good = "# src/queries/example.graphql\n"
		"query getPerson($id: String!) {\n"
		"  person(id: $id) { id }\n"
		"}",
};

const struct rule rule_graphql_undefined_variable = {
	.info = {"ATT4018", "graphql-undefined-variable", SEVERITY_ERROR},
	.summary = "A variable that the query does not declare",
	.explanation = "Variables are declared after the query's name; this goes for those in its "
		       "fragments too.",
	.bad = "# src/queries/example.graphql\n"
	       "query getPerson {\n"
	       "  person(id: $id) { id }\n"
	       "}",
	.good = "# src/queries/example.graphql\n"
		"query getPerson($id: String!) {\n"
		"  person(id: $id) { id }\n"
		"}",
};

const struct rule rule_graphql_unused_variable = {
	.info = {"ATT4019", "graphql-unused-variable", SEVERITY_WARNING},
	.summary = "A variable that is never used",
	.explanation =
		"Callers must still pass it. GraphQL servers refuse such a query; the official "
		"tool does not.",
	.bad = "# src/queries/example.graphql\n"
	       "query getUser($id: String!) {\n"
	       "  currentUser { id }\n"
	       "}",
	.good = "# src/queries/example.graphql\n"
		"query getUser {\n"
		"  currentUser { id }\n"
		"}",
};

const struct rule rule_graphql_unused_fragment = {
	.info = {"ATT4020", "graphql-unused-fragment", SEVERITY_WARNING},
	.summary = "A fragment that is never used",
	.explanation = "Fragments of one file cannot be used in another one, so it can be deleted.",
	.bad = "# src/queries/example.graphql\n"
	       "query getUser {\n"
	       "  currentUser { id }\n"
	       "}\n"
	       "\n"
	       "fragment Names on User {\n"
	       "  name\n"
	       "}",
	.good = "# src/queries/example.graphql\n"
		"query getUser {\n"
		"  currentUser { id ...Names }\n"
		"}\n"
		"\n"
		"fragment Names on User {\n"
		"  name\n"
		"}",
};

const struct rule rule_graphql_fragment_cycle = {
	.info = {"ATT4021", "graphql-fragment-cycle", SEVERITY_ERROR},
	.summary = "A fragment that contains itself",
	.explanation = "Directly or through other fragments: its fields would never end.",
	.bad = "# src/queries/example.graphql\n"
	       "query getPerson {\n"
	       "  person(id: \"1\") { ...A }\n"
	       "}\n"
	       "\n"
	       "fragment A on Person {\n"
	       "  company { team { ...A } }\n"
	       "}",
	.good = "# src/queries/example.graphql\n"
		"query getPerson {\n"
		"  person(id: \"1\") { ...A }\n"
		"}\n"
		"\n"
		"fragment A on Person {\n"
		"  company { team { id } }\n"
		"}",
};

const struct rule rule_graphql_fragment_type = {
	.info = {"ATT4022", "graphql-fragment-type", SEVERITY_ERROR},
	.summary = "A fragment that can never apply",
	.explanation =
		"No object is of both the fragment's type and the type it is used on, or the "
		"fragment's type has no fields at all (a scalar, enum or input type).",
	.bad = "# src/queries/example.graphql\n"
	       "query getUser {\n"
	       "  currentUser { ... on Person { id } }\n"
	       "}",
	.good = "# src/queries/example.graphql\n"
		"query getUser {\n"
		"  currentUser { ... on User { id } }\n"
		"}",
};

const struct rule rule_graphql_leaf_selection = {
	.info = {"ATT4023", "graphql-leaf-selection", SEVERITY_ERROR},
	.summary = "Fields selected from a scalar or enum",
	.explanation = "A value without fields stands alone, without braces.",
	.bad = "# src/queries/example.graphql\n"
	       "query getUser {\n"
	       "  currentUser { name { first } }\n"
	       "}",
	.good = "# src/queries/example.graphql\n"
		"query getUser {\n"
		"  currentUser { name }\n"
		"}",
};

const struct rule rule_graphql_missing_selection = {
	.info = {"ATT4024", "graphql-missing-selection", SEVERITY_ERROR},
	.summary = "An object without a selection of its fields",
	.explanation =
		"GraphQL answers only what is asked for: a field that is an object needs braces "
		"with at least one field.",
	.bad = "# src/queries/example.graphql\n"
	       "query getUser {\n"
	       "  currentUser\n"
	       "}",
	.good = "# src/queries/example.graphql\n"
		"query getUser {\n"
		"  currentUser { id }\n"
		"}",
};

const struct rule rule_graphql_field_conflict = {
	.info = {"ATT4025", "graphql-field-conflict", SEVERITY_ERROR},
	.summary = "Two fields under one name in the answer",
	.explanation =
		"Fields with the same name or alias in one place of the answer must be the same "
		"field with the same arguments. On different types, as in inline fragments of a "
		"union, they must at least be of the same type. Give one of them an alias.",
	.bad = "# src/queries/example.graphql\n"
	       "query getPerson {\n"
	       "  person(id: \"1\") {\n"
	       "    x: job_title\n"
	       "    x: phone_numbers\n"
	       "  }\n"
	       "}",
	.good = "# src/queries/example.graphql\n"
		"query getPerson {\n"
		"  person(id: \"1\") {\n"
		"    job_title\n"
		"    phone_numbers\n"
		"  }\n"
		"}",
};

const struct rule rule_graphql_duplicate_name = {
	.info = {"ATT4026", "graphql-duplicate-name", SEVERITY_ERROR},
	.summary = "A name that is given twice",
	.explanation =
		"Variables, arguments, fields of an object literal, fragments, operations, and "
		"directives in one place have each name once. The same fragment written twice "
		"word for word is a warning.",
	.bad = "# src/queries/example.graphql\n"
	       "query getPerson($id: String!, $id: String!) {\n"
	       "  person(id: $id) { id }\n"
	       "}",
	.good = "# src/queries/example.graphql\n"
		"query getPerson($id: String!) {\n"
		"  person(id: $id) { id }\n"
		"}",
};

const struct rule rule_graphql_variable_not_input = {
	.info = {"ATT4027", "graphql-variable-not-input", SEVERITY_ERROR},
	.summary = "A variable of a type that only answers have",
	.explanation = "Variables are scalars, enums, input types, or lists of these; objects, "
		       "interfaces and unions cannot be sent.",
	.bad = "# src/queries/example.graphql\n"
	       "query getPerson($user: User) {\n"
	       "  person(id: \"1\") { id }\n"
	       "}",
	.good = "# src/queries/example.graphql\n"
		"query getPerson($id: String!) {\n"
		"  person(id: $id) { id }\n"
		"}",
};

const struct rule rule_graphql_introspection_depth = {
	.info = {"ATT4028", "graphql-introspection-depth", SEVERITY_ERROR},
	.summary = "A question about the schema that goes too deep",
	.explanation =
		"A query of `__schema` or `__type` may contain `fields`, `interfaces`, "
		"`possibleTypes` and `inputFields` at most two levels inside each other: each "
		"level multiplies the answer.",
	.bad = "# src/queries/example.graphql\n"
	       "query getTypes {\n"
	       "  __schema { types { fields { type { fields { type { fields { name } } } } } } }\n"
	       "}",
	.good = "# src/queries/example.graphql\n"
		"query getTypes {\n"
		"  __schema { types { fields { name } } }\n"
		"}",
};

const struct rule rule_graphql_types_by_hand = {
	.info = {"ATT4029", "graphql-types-by-hand", SEVERITY_ERROR},
	.summary = "Types beside a query were written by hand and do not fit it",
	.explanation =
		"The declarations beside a document, `x.graphql.d.ts`, are generated; one that "
		"does "
		"not say so in a comment at its start was written by hand and is never "
		"overwritten. When the properties in it are not those of the query, or have other "
		"types, TypeScript takes wrong code for right. Found by `attio types`, `attio "
		"build` and `attio "
		"deploy`. A formatter may change generated files as it likes.",
	.bad = "// q.graphql.d.ts, beside: query q { currentUser { id } }\n"
	       "export type QQuery = {currentUser: {id: string; name: string}}",
	.good = "// no q.graphql.d.ts: `attio types` writes it",
};

const struct rule rule_graphql_more = {
	.info = {"ATT4031", "graphql-more", SEVERITY_ERROR},
	.summary = "A GraphQL document with more mistakes than are listed",
	.explanation =
		"Of one document the first hundred findings are listed, and this one counts the "
		"rest. So many come from one cause as a rule: a schema of another service, or a "
		"document that a program wrote. A warning where all that is left out are warnings.",
	.bad = "# src/queries/other.graphql: a query for another service, with 300 fields",
	.good = "# a query for Attio; documents of other services stand outside of the app's "
		"folder",
};
