/* Fixes: what is made together and what waits, and the text afterwards. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "diag/fix.h"

static const struct rule_info rule = {"ATT1", "one", SEVERITY_ERROR};

struct world {
	struct arena *arena;
	struct diags diags;
};

static int set_up(void **state)
{
	struct world *world = mem_zalloc(1, sizeof(*world));

	world->arena = world->diags.arena = arena_new();
	*state = world;
	return 0;
}

static int tear_down(void **state)
{
	struct world *world = *state;

	arena_free(world->arena);
	mem_free(world);
	return 0;
}

/* A finding with one or (to2 not NULL) two edits. */
static void add(struct world *world, const char *file, bool safe, size_t start, size_t end,
		const char *text, const char *file2, size_t start2, size_t end2)
{
	struct diag *diag = diag_add(&world->diags, &rule, (struct place){file, start, end}, "x");

	diag_edit(&world->diags, diag, (struct place){file, start, end}, text);
	if (file2 != NULL)
		diag_edit(&world->diags, diag, (struct place){file2, start2, end2}, text);
	diag->fix_is_safe = safe;
}

/* "link" is another name of "a"; "no" must not be written. */
static const char *key(void *user, const char *file)
{
	(void)user;
	if (strcmp(file, "no") == 0)
		return NULL;
	return strcmp(file, "link") == 0 ? "a" : file;
}

static const struct fix_file *plan_file(const struct fix_plan *plan, const char *name)
{
	for (size_t i = 0; i < plan->file_count; i++)
		if (strcmp(plan->files[i].key, name) == 0)
			return &plan->files[i];
	return NULL;
}

static void check(struct world *world, bool unsafe, size_t fixed, const char *before,
		  const char *after)
{
	struct fix_plan plan;
	size_t len;

	fix_plan(&plan, world->arena, &world->diags, unsafe, key, NULL);
	assert_int_equal(plan.fixed, fixed);
	const struct fix_file *file = plan_file(&plan, "a");
	if (file == NULL) {
		assert_string_equal(before, after);
		return;
	}
	const char *text = fix_apply(world->arena, before, strlen(before), file, &len);
	if (after == NULL) {
		assert_null(text);
		return;
	}
	assert_string_equal(text, after);
	assert_int_equal(len, strlen(after));
}

static void test_edits_in_any_order(void **state)
{
	struct world *world = *state;

	add(world, "a", true, 4, 6, "EFG", NULL, 0, 0);
	add(world, "a", true, 0, 1, "", NULL, 0, 0);
	add(world, "a", true, 8, 8, "!", NULL, 0, 0);
	check(world, false, 3, "abcdefgh", "bcdEFGgh!");
}

static void test_unsafe_only_when_asked(void **state)
{
	struct world *world = *state;

	add(world, "a", false, 0, 1, "X", NULL, 0, 0);
	check(world, false, 0, "abc", "abc");
	check(world, true, 1, "abc", "Xbc");
}

static void test_overlaps_wait(void **state)
{
	struct world *world = *state;

	add(world, "a", true, 1, 3, "X", NULL, 0, 0);
	add(world, "a", true, 2, 4, "Y", NULL, 0, 0); /* overlaps */
	add(world, "a", true, 3, 4, "Z", NULL, 0, 0); /* only touches: both replace */
	add(world, "a", true, 4, 4, "I", NULL, 0, 0); /* an insertion that touches */
	add(world, "a", true, 5, 5, "J", NULL, 0, 0);
	add(world, "a", true, 5, 5, "K", NULL, 0, 0); /* the same place */
	check(world, false, 3, "abcdef", "aXZeJf");
}

static void test_a_fix_is_whole_or_not_at_all(void **state)
{
	struct world *world = *state;

	add(world, "a", true, 0, 1, "X", "b", 0, 1);
	add(world, "a", true, 2, 3, "Y", "b", 0, 1); /* b is taken, so a stays too */
	add(world, "a", true, 3, 4, "N", "no", 0, 1);
	add(world, "a", true, 4, 6, "S", "a", 5, 7); /* overlaps itself */
	check(world, false, 1, "abcdefgh", "Xbcdefgh");
}

static void test_links_are_one_file(void **state)
{
	struct world *world = *state;

	add(world, "a", true, 0, 1, "X", NULL, 0, 0);
	add(world, "link", true, 0, 1, "X", NULL, 0, 0);
	check(world, false, 1, "abc", "Xbc");
}

static void test_places_outside(void **state)
{
	struct world *world = *state;

	add(world, "a", true, 2, 9, "X", NULL, 0, 0);
	check(world, false, 1, "abc", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_edits_in_any_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_unsafe_only_when_asked, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_overlaps_wait, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_a_fix_is_whole_or_not_at_all, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(test_links_are_one_file, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_places_outside, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
