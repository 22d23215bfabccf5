/* The table of nodes where the grammar groups wrongly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "source/syntax.h"

/* The tree in one line: (await_expression (call_expression f A 1)); leaves by their text. */
static void put(struct buf *out, struct node node)
{
	struct node child = node_down(node);
	size_t len;
	const char *bytes = node_bytes(node.of, node, &len);

	if (node_is_null(child)) {
		buf_add(out, bytes, len);
		return;
	}
	buf_putc(out, '(');
	buf_puts(out, kind_name(node_kind(node)));
	for (; !node_is_null(child); child = node_next(child)) {
		assert_true(node_same(node_parent(child), node));
		assert_true(node_start(child) >= node_start(node));
		assert_true(node_end(child) <= node_end(node));
		buf_putc(out, ' ');
		if (node_role(child) != FIELD_NONE) {
			buf_puts(out, field_name(node_role(child)));
			buf_putc(out, ':');
		}
		put(out, child);
	}
	buf_putc(out, ')');
}

static void expect(const char *text, const char *wanted)
{
	struct syntax syntax;
	struct buf out = {0};

	syntax_parse(&syntax, "x.ts", DIALECT_TS, text, strlen(text));
	put(&out, node_first(node_first(syntax_root(&syntax))));
	assert_string_equal(buf_cstr(&out), wanted);
	buf_dispose(&out);
	syntax_dispose(&syntax);
}

/* f<A>(1) */
#define CALL                                                                                       \
	"(call_expression function:f type_arguments:(type_arguments A) arguments:(arguments 1))"

static void operators_come_last(void **state)
{
	(void)state;
	expect("await f<A>(1)", "(await_expression await " CALL ")");
	expect("void f<A>(1)", "(unary_expression operator:void argument:" CALL ")");
	expect("a + f<A>(1)", "(binary_expression left:a operator:+ right:" CALL ")");
	expect("await /* c */ f<A>(1)", "(await_expression await /* c */ " CALL ")");
}

static void several_operators(void **state)
{
	(void)state;
	expect("!await f<A>(1)",
	       "(unary_expression operator:! argument:(await_expression await " CALL "))");
	expect("a * b + c ** f<A>(1)",
	       "(binary_expression left:(binary_expression left:a operator:* right:b) operator:+ "
	       "right:(binary_expression left:c operator:** right:" CALL "))");
}

static void members_go_along(void **state)
{
	(void)state;
	expect("await f<A>(1).b",
	       "(await_expression await (member_expression object:" CALL " property:b))");
	expect("await f<A>(1).b(2)[3]",
	       "(await_expression await (subscript_expression object:(call_expression "
	       "function:(member_expression object:" CALL " property:b) "
	       "arguments:(arguments 2)) index:3))");
	expect("await x.y<A>(1)", "(await_expression await (call_expression "
				  "function:(member_expression object:x property:y) "
				  "type_arguments:(type_arguments A) arguments:(arguments 1)))");
}

static void non_null(void **state)
{
	(void)state;
	expect("a === b!",
	       "(binary_expression left:a operator:=== right:(non_null_expression b !))");
	expect("void a.b!.c",
	       "(unary_expression operator:void argument:(member_expression "
	       "object:(non_null_expression (member_expression object:a property:b) !) "
	       "property:c))");
	expect("(a || b)!",
	       "(non_null_expression (parenthesized_expression (binary_expression left:a "
	       "operator:|| right:b)) !)");
}

static void what_is_right_stays(void **state)
{
	(void)state;
	expect("f<A>(1)", CALL);
	expect("(await f)<A>(1)",
	       "(call_expression function:(parenthesized_expression (await_expression await f)) "
	       "type_arguments:(type_arguments A) arguments:(arguments 1))");
	expect("await f(1)",
	       "(await_expression await (call_expression function:f arguments:(arguments 1)))");
	expect("a || f<A>(1)", "(binary_expression left:a operator:|| right:" CALL ")");
}

static void inside_each_other(void **state)
{
	(void)state;
	expect("await f<A>(await f<A>(1))",
	       "(await_expression await (call_expression function:f type_arguments:(type_arguments "
	       "A) arguments:(arguments (await_expression await " CALL "))))");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(operators_come_last), cmocka_unit_test(several_operators),
		cmocka_unit_test(members_go_along),    cmocka_unit_test(what_is_right_stays),
		cmocka_unit_test(inside_each_other),   cmocka_unit_test(non_null),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
