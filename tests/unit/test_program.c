/* Reading tsconfig.json for the type check: the chain of files, what version 7 cannot read, and the
 * project file that is made where tsconfig.json alone would not do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app_folder.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "types/program.h"

#define MODERN "\"target\": \"es2022\", \"module\": \"esnext\", \"moduleResolution\": \"bundler\""

static void read_config(struct app_folder *app, struct program *program, const char *config)
{
	struct error error = {0};

	folder_write(app, "tsconfig.json", config);
	assert_int_equal(program_read(program, app->arena, app->root, &error), 0);
}

static void old_options_are_named(void **state)
{
	static const struct {
		const char *options, *old;
	} cases[] = {
		{MODERN, NULL},
		{"\"target\": \"ES5\", \"moduleResolution\": \"bundler\"", "`target` = `ES5`"},
		{MODERN ", \"baseUrl\": \".\"", "`baseUrl`"},
		{MODERN ", \"esModuleInterop\": false", "`esModuleInterop` = `false`"},
		{MODERN ", \"esModuleInterop\": true", NULL},
		{"\"target\": \"es6\", \"module\": \"es6\", \"moduleResolution\": \"Node\"",
		 "`moduleResolution` = `Node`"},
		{"\"target\": \"es6\", \"module\": \"NodeNext\"", NULL},
		{"\"target\": \"es6\", \"module\": \"es6\"",
		 "no `moduleResolution`, which stands for an old one"},
		{"\"moduleResolution\": \"bundler\"", "no `target`, which stands for ES5"},
	};
	struct app_folder app;
	struct program program;

	(void)state;
	folder_init(&app);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		read_config(
			&app, &program,
			arena_printf(app.arena, "{\"compilerOptions\": {%s}}", cases[i].options));
		assert_true(program.present && !program.malformed);
		if (!cases[i].old)
			assert_null(program.old);
		else
			assert_string_equal(program.old, cases[i].old);
	}
	folder_dispose(&app);
}

static void the_chain_is_followed(void **state)
{
	struct app_folder app;
	struct program program;

	(void)state;
	folder_init(&app);
	folder_write(&app, "node_modules/@s/base/tsconfig.json",
		     "{\"compilerOptions\": {" MODERN ", \"strict\": true}}");
	folder_write(&app, "configs/near.json",
		     "{\"extends\": \"@s/base\", \"include\": [\"../src\"], \"compilerOptions\": "
		     "{\"types\": [\"x\"], \"paths\": {\"@/*\": [\"../../away/*\"]}}}");
	read_config(&app, &program, "\xef\xbb\xbf{\"extends\": [\"./configs/near\"]}");
	assert_int_equal(program.config_count, 3);
	assert_false(program.incomplete || program.malformed || program.new_needed);
	assert_null(program.old);
	read_config(&app, &program, "{\"extends\": \"./tsconfig.json\"}");
	assert_true(program.circular);
	read_config(&app, &program, "{\"extends\": \"nobody\"}");
	assert_true(program.incomplete);
	read_config(&app, &program, "{\"extends\": ");
	assert_true(program.malformed);
	folder_dispose(&app);
}

static void the_project_file_says_the_rest(void **state)
{
	struct app_folder app;
	struct program program;
	struct error error = {0};
	const char *path, *project;
	char *text;
	size_t len;

	(void)state;
	folder_init(&app);
	path = path_join(app.arena, app.root, ".attio/check.json");
	folder_write(&app, ".attio/env.d.ts", "");
	folder_write(&app, "base/b.json",
		     "{\"include\": [\"${configDir}/src\", \"../more\"], \"exclude\": [\"x\"], "
		     "\"compilerOptions\": {" MODERN
		     ", \"typeRoots\": [\"${configDir}/t\", \"u\"]}}");
	read_config(&app, &program, "{\"extends\": \"./base/b.json\"}");
	assert_true(program.old_needed && program.new_needed);
	assert_int_equal(program_write(&program, app.arena, PROGRAM_NEW, path, &project, &error),
			 0);
	assert_string_equal(project, path);
	assert_int_equal(fs_read(app.arena, path, 10000, &text, &len, &error), 0);
	for (size_t i = 0; i < 6; i++) {
		static const char *const parts[] = {
			"\"extends\": \"%s/tsconfig.json\"",
			"\"include\": [\"%s/src\", \"%s/more\", \"%s/.attio/**/*\"]",
			"\"exclude\": [\"%s/base/x\"]",
			"\"typeRoots\": [\"%s/t\",\"%s/base/u\"]",
			"\"strict\": false",
			"\"types\": [\"*\"]",
		};
		struct buf part = {0};

		for (const char *at = parts[i]; *at; at++) {
			if (at[0] == '%' && at[1] == 's') {
				buf_puts(&part, app.root);
				at++;
			} else {
				buf_putc(&part, *at);
			}
		}
		if (!strstr(text, buf_cstr(&part)))
			fail_msg("`%s` is not in %s", buf_cstr(&part), text);
		buf_dispose(&part);
	}
	/* Nothing is needed for the template's; tsconfig.json itself is never touched. */
	read_config(&app, &program,
		    "{\"compilerOptions\": {" MODERN ", \"strict\": true, \"types\": []}, "
		    "\"include\": [\"src\", \"./.attio\"]}");
	assert_false(program.old_needed || program.new_needed);
	assert_int_equal(program_write(&program, app.arena, PROGRAM_OLD, path, &project, &error),
			 0);
	assert_string_equal(path_base(project), "tsconfig.json");
	folder_dispose(&app);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(old_options_are_named),
		cmocka_unit_test(the_chain_is_followed),
		cmocka_unit_test(the_project_file_says_the_rest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
