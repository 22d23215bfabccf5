/* What a rule is shown of a module by the walk. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app_folder.h"
#include "base/buf.h"
#include "rules/visit.h"

/* What was shown, in order: the texts of nodes, each followed by a blank. */
static bool see(const struct visiting *v, struct node node)
{
	size_t len;
	const char *bytes = node_bytes(&v->module->syntax, node, &len);
	struct buf *seen = v->own;

	buf_add(seen, bytes, len);
	buf_putc(seen, ' ');
	return !node_is(node, NODE_OBJECT);
}

static struct buf shown;

static bool wants(struct visiting *v)
{
	v->own = &shown;
	return v->module->role == ROLE_PLAIN;
}

static void done(const struct visiting *v)
{
	buf_puts(v->own, "done");
}

static void *nothing(const struct app *app, struct arena *arena)
{
	(void)app;
	(void)arena;
	return NULL;
}

static const struct walk plain = {
	.wants = wants,
	.done = done,
	.visits =
		(const struct visit[]){
			{NODE_IDENTIFIER, see},
			{NODE_OBJECT, see},
			{NODE_NUMBER, see},
			{NODE_ARROW_FUNCTION, NULL},
			{NODE_NONE, NULL},
		},
};
static const struct walk needless = {
	.prepare = nothing,
	.wants = wants,
	.visits = (const struct visit[]){{NODE_IDENTIFIER, see}, {NODE_NONE, NULL}},
};

static void expect(const char *text, const struct walk *walk, const char *path, const char *wanted)
{
	struct rule rule = {.info = {"ATT0000", "probe", SEVERITY_ERROR}, .walk = walk};
	struct app_folder folder;
	struct diags diags = {0};

	folder_init(&folder);
	folder_write(&folder, "src/app.ts", "export const app = {}\n");
	folder_write(&folder, path, text);
	folder_open(&folder);
	diags.arena = folder.arena;
	visit_module(&rule, &folder.app, app_module(&folder.app, path), &diags);
	assert_string_equal(buf_cstr(&shown), wanted);
	buf_dispose(&shown);
	folder_dispose(&folder);
}

static void shows_what_was_asked_for(void **state)
{
	(void)state;
	expect("f(a, 1)\n", &plain, "src/app.ts", "f a 1 done");
	/* What lies below is left out after false and below a kind without a function, and only
	 * there. */
	expect("f({k: x}, y, () => z, w)\n", &plain, "src/app.ts", "f {k: x} y w done");
	expect("f({a: {b}}, {c: 1})\n", &plain, "src/app.ts", "f {a: {b}} {c: 1} done");
	expect("", &plain, "src/app.ts", "done");
	expect("const s = \"text\"\n", &plain, "src/app.ts", "s done");
}

static void leaves_out_what_is_not_wanted(void **state)
{
	(void)state;
	expect("f(1)\n", &plain, "src/add.server.ts", "");
	expect("f(1)\n", &needless, "src/app.ts", "");
}

/* All rules that walk say what they want to see, and no kind twice. */
static void walks_are_sound(void **state)
{
	size_t walks = 0;

	(void)state;
	for (size_t i = 0; rules[i] != NULL; i++) {
		bool asked[NODE_KIND_COUNT] = {false};
		const struct visit *visit;

		if (rules[i]->walk == NULL)
			continue;
		walks++;
		visit = rules[i]->walk->visits;
		assert_int_not_equal(visit->kind, NODE_NONE);
		for (; visit->kind != NODE_NONE; visit++) {
			assert_false(asked[visit->kind]);
			asked[visit->kind] = true;
			/* Tokens are not walked over. */
			assert_true(visit->kind < TOKEN_NOT);
		}
	}
	assert_true(walks > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_what_was_asked_for),
		cmocka_unit_test(leaves_out_what_is_not_wanted),
		cmocka_unit_test(walks_are_sound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
