/* What an import that leads nowhere is told to mean, and how packages are installed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/installer.h"
#include "app/unresolved.h"
#include "app_folder.h"

#define FROM "src/app/extensions/a/extension.ts"

static int set_up(void **state)
{
	static struct app_folder folder;

	folder_init(&folder);
	folder_write(&folder, "package.json",
		     "{\"name\": \"a\", \"dependencies\": {\"zod\": \"^4\"}}");
	folder_write(&folder, FROM, "export default 1\n");
	folder_write(&folder, "src/app/extensions/a/send-lead.server.ts", "export default 1\n");
	folder_write(&folder, "src/app/extensions/a/people.graphql", "query a { b }\n");
	folder_write(&folder, "src/shared/Helper.ts", "export const a = 1\n");
	folder_open(&folder);
	*state = &folder;
	return 0;
}

static int tear_down(void **state)
{
	folder_dispose(*state);
	return 0;
}

static void what_is_meant(void **state)
{
	struct app_folder *folder = *state;
	const struct {
		const char *specifier, *message, *help;
	} cases[] = {
		{"./send-leed.server", "there is no file", "did you mean `./send-lead.server`?"},
		{"./Send-Lead.server", "there is no file", "did you mean `./send-lead.server`?"},
		{"./send-lead", "there is no file", "did you mean `./send-lead.server`?"},
		{"./send-laed.server.ts", "there is no file", "did you mean `./send-lead.server`?"},
		{"./people", "there is no file", "did you mean `./people.graphql`?"},
		{"../shared/helper", "there is no file", "did you mean `../../../shared/Helper`?"},
		{"./nothing-of-the-kind", "there is no file", "check the path"},
		{"send-lead.server", "the package", "did you mean `./send-lead.server`?"},
		{"attio/clients", "does not offer", "did you mean `attio/client`?"},
		{"@attio/server", "is not installed", "did you mean `attio/server`?"},
		{"attio/cli", "does not offer", "it offers"},
		{"zod", "is not installed", "run `npm install`"},
		{"zod/v4", "the package `zod` is not", "run `npm install`"},
		{"dayjs", "is not installed", "run `npm install dayjs`"},
		{"@scope/x/y", "is not installed", "run `npm install @scope/x`"},
		{"@/lib/x", "leads to no file", "check `paths`"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct unresolved said = unresolved_import(&folder->app, folder->app.arena, FROM,
							   cases[i].specifier);

		if (strstr(said.message, cases[i].message) == NULL ||
		    strstr(said.help, cases[i].help) == NULL)
			fail_msg("%s: %s => %s", cases[i].specifier, said.message, said.help);
	}
}

static void who_installs(void **state)
{
	struct app_folder *folder = *state;
	const char *root = folder->app.root;
	struct arena *arena = folder->app.arena;

	assert_string_equal(installer_command(arena, root, NULL), "npm install");
	folder_write(folder, "pnpm-lock.yaml", "");
	assert_string_equal(installer_command(arena, root, "zod"), "pnpm add zod");
	/* The nearest counts. */
	folder_write(folder, "apps/one/yarn.lock", "");
	root = path_join(arena, root, "apps/one");
	assert_string_equal(installer_command(arena, root, "zod"), "yarn add zod");
	assert_string_equal(installer_command(arena, root, NULL), "yarn install");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_meant, set_up, tear_down),
		cmocka_unit_test_setup_teardown(who_installs, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
