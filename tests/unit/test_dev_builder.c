/* The builder of attio dev: what it hands over after each change, and that it ends at once. The
 * engines are the real ones. Under the thread sanitizer this shows that nothing but the hand-over
 * is shared. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app_folder.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "cli/net/dev_builder.h"
#include "source/grammar.h"
#include "sys/loop.h"
#include "json/json.h"

#define SERVER "src/app/extensions/greet/greet.server.ts"

struct world {
	struct app_folder folder;
	struct cli cli;
	struct loop *loop;
	struct dev_builder *builder;
};

static int set_up(void **state)
{
	struct world *world = mem_zalloc(1, sizeof(*world));
	struct error error = {0};

	folder_init(&world->folder);
	folder_write(&world->folder, "package.json", "{\"name\": \"greeter\"}");
	folder_write(&world->folder, "src/app.ts", "export const app = {record: {actions: []}}\n");
	folder_write(&world->folder, SERVER,
		     "export default async (name: string) => `Hello, ${name}`\n");
	world->cli = (struct cli){.arena = world->folder.arena,
				  .out = stdout,
				  .err = stderr,
				  .cwd = world->folder.root,
				  .globals = {.format = "human"},
				  .start_dir = -1};
	world->loop = loop_open(&error);
	*state = world;
	return world->loop != NULL ? 0 : -1;
}

static int tear_down(void **state)
{
	struct world *world = *state;

	dev_builder_stop(world->builder);
	loop_close(world->loop);
	folder_dispose(&world->folder);
	mem_free(world);
	return 0;
}

static void begin(struct world *world, bool watch, bool check)
{
	const struct dev_builder_options options = {
		.root = world->folder.root, .watch = watch, .check = check};
	struct error error = {0};

	world->builder = dev_builder_start(&world->cli, &options, world->loop, &error);
	if (world->builder == NULL)
		fail_msg("%s", error.message);
}

/* The next step but those that tell nothing new. */
static struct dev_build *next(struct world *world)
{
	for (;;) {
		struct dev_build *build = dev_builder_take(world->builder);

		if (build == NULL) {
			loop_turn(world->loop);
			continue;
		}
		if (build->news != DEV_BEGUN && (build->news != DEV_SAME || build->healed) &&
		    (build->news != DEV_CHECKED || !build->told))
			return build;
		dev_build_free(build);
	}
}

static struct dev_build *next_of(struct world *world, enum dev_news news)
{
	struct dev_build *build = next(world);

	if (build->news != news)
		fail_msg("step %d came instead of %d: %s%s", build->news, news, build->text,
			 build->failure != NULL ? build->failure : "");
	return build;
}

static void one_build(void **state)
{
	struct world *world = *state;
	struct dev_build *build;

	folder_write(&world->folder, ".env", "KEY=\"a secret\"\nEMPTY=\n");
	folder_write(&world->folder, "src/app/webhooks/done.webhook.ts",
		     "export default async () => new Response()\n");
	begin(world, false, false);
	build = next_of(world, DEV_BUILT);
	assert_true(build->last);
	assert_non_null(strstr(build->bundles.server, "Hello, "));
	assert_non_null(strstr(build->bundles.server_map, "\"" SERVER "\""));
	assert_non_null(build->bundles.client);
	assert_int_equal(build->bundles.block_count, 0);
	assert_int_equal(build->bundles.webhook_count, 1);
	assert_string_equal(build->bundles.webhooks[0], "done");
	assert_int_equal(build->bundles.env_count, 1);
	assert_string_equal(build->bundles.env[0].name, "KEY");
	assert_string_equal(build->bundles.env[0].value, "a secret");
	assert_int_equal(build->errors, 0);
	dev_build_free(build);
}

static void no_app(void **state)
{
	struct world *world = *state;
	struct error error;
	struct dev_build *build;

	fs_remove_tree(path_join(world->folder.arena, world->folder.root, "src"), &error);
	begin(world, false, true);
	build = next_of(world, DEV_BROKEN);
	assert_true(build->errors > 0);
	assert_non_null(strstr(build->findings, "ATT1001"));
	dev_build_free(build);
}

/* A break, a heal to the same bytes, another text, a change of the environment alone. */
static void again_and_again(void **state)
{
	struct world *world = *state;
	struct dev_build *build;

	begin(world, true, false);
	dev_build_free(next_of(world, DEV_BUILT));
	folder_write(&world->folder, SERVER, "export default async (");
	build = next_of(world, DEV_BROKEN);
	assert_true(build->errors > 0 && !build->last);
	dev_build_free(build);
	folder_write(&world->folder, SERVER,
		     "export default async (name: string) => `Hello, ${name}`\n");
	build = next_of(world, DEV_SAME);
	assert_true(build->healed);
	dev_build_free(build);
	folder_write(&world->folder, SERVER, "export default async () => \"Good bye\"\n");
	build = next_of(world, DEV_BUILT);
	assert_false(build->healed);
	assert_non_null(strstr(build->bundles.server, "Good bye"));
	dev_build_free(build);
	folder_write(&world->folder, ".env.local", "KEY=1\n");
	build = next_of(world, DEV_BUILT);
	assert_int_equal(build->bundles.env_count, 1);
	dev_build_free(build);
}

/* The bundles do not wait for what the rules say, and that does not keep them from running. */
static void checked_afterwards(void **state)
{
	struct world *world = *state;
	struct dev_build *build;

	folder_write(&world->folder, ".env", "lower=1\n");
	begin(world, true, true);
	build = next_of(world, DEV_BUILT);
	assert_int_equal(build->errors, 0);
	dev_build_free(build);
	/* The app runs. */
	dev_builder_calm(world->builder);
	build = next_of(world, DEV_CHECKED);
	assert_non_null(strstr(build->findings, "ATT8001"));
	assert_null(strstr(build->findings, "\"lower=1"));
	dev_build_free(build);
}

/* The next check, which a change of the file with findings brings about. */
static struct dev_build *checked(struct world *world, const char *variables)
{
	if (variables != NULL)
		folder_write(&world->folder, ".env", variables);
	for (;;) {
		struct dev_build *build = next(world);

		if (build->news == DEV_CHECKED)
			return build;
		assert_int_equal(build->news, DEV_BUILT);
		dev_build_free(build);
	}
}

/* People see a finding once as long as it stays, whatever happens around it. */
static void only_what_is_new(void **state)
{
	struct world *world = *state;
	struct dev_build *build;

	folder_write(&world->folder, ".env", "lower=1\n");
	begin(world, true, true);
	dev_build_free(next_of(world, DEV_BUILT));
	dev_builder_calm(world->builder);
	build = checked(world, NULL);
	assert_non_null(strstr(build->text, "lower"));
	assert_false(build->nothing_new);
	dev_build_free(build);
	build = checked(world, "OTHER=1\n# moved\nlower=1\n");
	assert_string_equal(build->text, "");
	assert_true(build->nothing_new);
	assert_non_null(strstr(build->findings, "lower"));
	dev_build_free(build);
	build = checked(world, "lower=1\nlowest=2\n");
	assert_null(strstr(build->text, "`lower`"));
	assert_non_null(strstr(build->text, "lowest"));
	assert_int_equal(build->known, 1);
	assert_false(build->nothing_new);
	dev_build_free(build);
	build = checked(world, "lowest=2\n");
	assert_string_equal(build->text, "");
	assert_false(build->nothing_new);
	assert_int_equal(build->known, 1);
	dev_build_free(build);
	build = checked(world, "lowest=2\nlower=1\n");
	assert_non_null(strstr(build->text, "lower"));
	dev_build_free(build);
}

/* Whatever it does at that moment. */
static void ends_at_once(void **state)
{
	struct world *world = *state;

	for (int i = 0; i < 8; i++) {
		begin(world, true, true);
		for (int turns = 0; turns < i; turns++)
			loop_look(world->loop);
		dev_builder_stop(world->builder);
		world->builder = NULL;
	}
	begin(world, true, true);
	dev_build_free(next_of(world, DEV_BUILT));
	dev_builder_stop(world->builder);
	world->builder = NULL;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(one_build, set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_app, set_up, tear_down),
		cmocka_unit_test_setup_teardown(again_and_again, set_up, tear_down),
		cmocka_unit_test_setup_teardown(checked_afterwards, set_up, tear_down),
		cmocka_unit_test_setup_teardown(only_what_is_new, set_up, tear_down),
		cmocka_unit_test_setup_teardown(ends_at_once, set_up, tear_down),
	};

	signal(SIGPIPE, SIG_IGN);
	json_use_mem();
	grammar_use_mem();
	dev_builder_stop(NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
