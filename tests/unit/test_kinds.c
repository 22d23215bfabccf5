/* The table of node kinds against the grammars: a kind that no grammar has would never match, and
 * nobody would notice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tree_sitter/api.h>

#include "base/mem.h"
#include "source/grammar.h"
#include "source/syntax.h"

static bool is_in(enum node_kind kind, enum dialect dialect)
{
	struct grammar_kinds known = grammar_kinds(dialect);

	for (uint32_t i = 0; i < known.kind_count; i++) {
		if (known.kinds[i] == kind)
			return true;
	}
	return false;
}

static void every_kind_is_in_a_grammar(void **state)
{
	static const enum node_kind tsx_only[] = {
		NODE_HTML_CHARACTER_REFERENCE, NODE_JSX_ATTRIBUTE,
		NODE_JSX_CLOSING_ELEMENT,      NODE_JSX_ELEMENT,
		NODE_JSX_EXPRESSION,           NODE_JSX_NAMESPACE_NAME,
		NODE_JSX_OPENING_ELEMENT,      NODE_JSX_SELF_CLOSING_ELEMENT,
		TOKEN_TAG_END_EMPTY,           TOKEN_TAG_CLOSE,
	};

	(void)state;
	for (enum node_kind kind = NODE_ERROR + 1; kind < NODE_KIND_COUNT; kind++) {
		bool ts = true, tsx = kind != NODE_TYPE_ASSERTION;

		for (size_t i = 0; i < ARRAY_LEN(tsx_only); i++)
			ts = ts && kind != tsx_only[i];
		if (is_in(kind, DIALECT_TS) != ts || is_in(kind, DIALECT_TSX) != tsx)
			fail_msg("%s", kind_name(kind));
	}
}

/* Every node that a grammar can make has a kind. */
static void every_symbol_has_a_kind(void **state)
{
	(void)state;
	for (enum dialect dialect = DIALECT_TS; dialect <= DIALECT_TSX; dialect++) {
		const TSLanguage *language = grammar(dialect);
		struct grammar_kinds known = grammar_kinds(dialect);

		assert_int_equal(known.kind_count, ts_language_symbol_count(language));
		for (uint32_t i = 0; i < known.kind_count; i++) {
			TSSymbolType type = ts_language_symbol_type(language, (TSSymbol)i);
			const char *name = ts_language_symbol_name(language, (TSSymbol)i);

			if (type != TSSymbolTypeRegular && type != TSSymbolTypeAnonymous)
				assert_int_equal(known.kinds[i], NODE_NONE);
			else if (known.kinds[i] == NODE_NONE)
				fail_msg("%s has no kind", name);
			else
				assert_string_equal(kind_name((enum node_kind)known.kinds[i]),
						    name);
		}
	}
}

static void fields_are_those_of_the_grammars(void **state)
{
	bool seen[2][NODE_FIELD_COUNT] = {{false}};

	(void)state;
	for (enum dialect dialect = DIALECT_TS; dialect <= DIALECT_TSX; dialect++) {
		const TSLanguage *language = grammar(dialect);
		struct grammar_kinds known = grammar_kinds(dialect);

		assert_int_equal(known.field_count, ts_language_field_count(language) + 1);
		assert_int_equal(known.fields[0], FIELD_NONE);
		for (uint32_t i = 1; i < known.field_count; i++) {
			enum node_field field = (enum node_field)known.fields[i];

			assert_int_not_equal(field, FIELD_NONE);
			assert_string_equal(field_name(field),
					    ts_language_field_name_for_id(language, (TSFieldId)i));
			seen[dialect][field] = true;
		}
	}
	for (enum node_field field = FIELD_NONE + 1; field < NODE_FIELD_COUNT; field++) {
		bool tsx_only = field == FIELD_ATTRIBUTE || field == FIELD_CLOSE_TAG ||
				field == FIELD_OPEN_TAG;

		assert_true(seen[DIALECT_TSX][field]);
		assert_int_equal(seen[DIALECT_TS][field], !tsx_only);
	}
}

/* Bisection needs it, and `kind_is_jsx` is a range. */
static void names_are_sorted(void **state)
{
	(void)state;
	for (enum node_kind kind = NODE_NONE; kind < NODE_KIND_COUNT; kind++) {
		const char *name = kind_name(kind);
		bool rule = kind < TOKEN_NOT;

		assert_non_null(name);
		if (kind == NODE_NONE)
			continue;
		assert_int_equal(kind_named(name, rule), kind);
		assert_int_equal(kind_is_jsx(kind), strncmp(name, "jsx_", 4) == 0);
	}
	assert_int_equal(kind_named("call_expresion", true), NODE_NONE);
	assert_int_equal(kind_named("", true), NODE_NONE);
	assert_int_equal(kind_named("class", true), NODE_CLASS);
	assert_int_equal(kind_named("class", false), TOKEN_CLASS);
	for (enum node_field field = FIELD_NONE + 1; field < NODE_FIELD_COUNT; field++)
		assert_int_equal(field_named(field_name(field)), field);
	assert_int_equal(field_named("nme"), FIELD_NONE);
}

static bool find_kind(struct node node, void *payload)
{
	enum node_kind *wanted = payload;

	if (node_is(node, *wanted))
		*wanted = NODE_NONE;
	return *wanted != NODE_NONE;
}

/* The same text has the same kinds in both dialects, whatever numbers their grammars use. */
static void nodes_have_kinds(void **state)
{
	static const struct {
		const char *text;
		enum node_kind kind;
		bool ts, tsx;
	} rows[] = {
		{"f(1)", NODE_CALL_EXPRESSION, true, true},
		{"a.b", NODE_MEMBER_EXPRESSION, true, true},
		{"class A {}", NODE_CLASS_DECLARATION, true, true},
		{"x = class {}", NODE_CLASS, true, true},
		{"class A {}", NODE_CLASS, false, false},
		{"let x: string", NODE_STRING, false, false},
		{"x = <div/>", NODE_JSX_SELF_CLOSING_ELEMENT, false, true},
		{"x = <T>y", NODE_TYPE_ASSERTION, true, false},
		{"a b c", NODE_ERROR, true, true},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		for (enum dialect dialect = DIALECT_TS; dialect <= DIALECT_TSX; dialect++) {
			enum node_kind wanted = rows[i].kind;
			struct syntax syntax;

			syntax_parse(&syntax, "x", dialect, rows[i].text, strlen(rows[i].text));
			node_walk(syntax_root(&syntax), find_kind, &wanted);
			if ((wanted == NODE_NONE) !=
			    (dialect == DIALECT_TS ? rows[i].ts : rows[i].tsx))
				fail_msg("%s in dialect %d", rows[i].text, (int)dialect);
			syntax_dispose(&syntax);
		}
	}
	assert_int_equal(node_kind((struct node){0}), NODE_NONE);
	assert_false(node_is((struct node){0}, NODE_NONE));
	assert_int_equal(node_role((struct node){0}), FIELD_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_is_in_a_grammar),
		cmocka_unit_test(every_symbol_has_a_kind),
		cmocka_unit_test(fields_are_those_of_the_grammars),
		cmocka_unit_test(names_are_sorted),
		cmocka_unit_test(nodes_have_kinds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
