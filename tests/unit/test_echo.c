/* What an engine says about a mistake that was told already, and what it only says because of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/problems.h"
#include "app_folder.h"
#include "base/buf.h"
#include "check/echo.h"

#define BUTTON                                                                                     \
	"import {a, b} from \"./lost\"\nimport send from \"./send.server\"\n"                      \
	"export default define({type: \"x\", id: 1})\n"

static int set_up(void **state)
{
	static struct app_folder folder;

	folder_init(&folder);
	folder_write(&folder, "package.json", "{\"name\": \"a\"}");
	folder_write(&folder, "tsconfig.json", "{\"compilerOptions\": {\"lib\": [\"ES2022\"]}}");
	folder_write(&folder, "src/app/extensions/a/extension.ts", BUTTON);
	folder_write(&folder, "src/app/extensions/a/send.server.ts", "export const a = 1\n");
	folder_open(&folder);
	*state = &folder;
	return 0;
}

static int tear_down(void **state)
{
	folder_dispose(*state);
	return 0;
}

struct line {
	const char *code, *file, *text; /* the place is where the text is in BUTTON; NULL: none */
	const char *message;
};

static struct diag *add(struct diags *diags, const struct line *line)
{
	const struct rule_info rule = {line->code, "name", SEVERITY_ERROR};
	struct place place = {.file = line->file};

	if (line->text != NULL) {
		place.start = (size_t)(strstr(BUTTON, line->text) - BUTTON);
		place.end = place.start + strlen(line->text);
	}
	return diag_add(diags, &rule, place, "%s", line->message != NULL ? line->message : "m");
}

/* The codes of the compiler's findings that are told after `told`. */
static char *tell(struct app_folder *folder, const struct line *told, const struct line *types)
{
	struct diags known = {.arena = folder->app.arena}, said = {.arena = folder->app.arena};
	struct echo *echo = echo_new(&folder->app, folder->app.arena, true);
	struct buf out = {0};

	for (; told->code != NULL; told++)
		add(&known, told);
	for (; types->code != NULL; types++)
		add(&said, types);
	echo_learn(echo, &known);
	size_t before = known.count;
	echo_compiler(echo, &said, &known);
	for (size_t i = before; i < known.count; i++)
		buf_printf(&out, "%s+%zu ", known.items[i].code, known.items[i].note_count);
	echo_free(echo);
	buf_puts(&out, "");
	return buf_take(&out);
}

#define FILE_A "src/app/extensions/a/extension.ts"
#define FILE_S "src/app/extensions/a/send.server.ts"

static void what_the_compiler_repeats(void **state)
{
	static const struct line nothing[] = {{0}};
	static const struct line broken[] = {{"ATT9003", FILE_A, "a, b", NULL}, {0}};
	static const struct line lost[] = {{"ATT9001", FILE_A, "\"./lost\"", NULL}, {0}};
	static const struct line handler[] = {{"ATT3001", FILE_S, NULL, NULL}, {0}};
	static const struct line type[] = {{"ATT1020", FILE_A, "\"x\"", NULL}, {0}};
	static const struct line call[] = {{"ATT1020", FILE_A, "define", NULL}, {0}};
	static const struct line any[] = {{"TS2322", FILE_A, "id", NULL}, {0}};
	static const struct line untyped[] = {{"TS2307", FILE_A, "\"./lost\"", NULL},
					      {"TS7031", FILE_A, "id", NULL},
					      {"TS2339", FILE_A, "id", "type 'unknown'"},
					      {0}};
	static const struct line import[] = {{"TS2613", FILE_A, "send", NULL}, {0}};
	static const struct line property[] = {{"TS2820", FILE_A, "type", NULL}, {0}};
	static const struct line argument[] = {{"TS2345", FILE_A, "{type: \"x\"", NULL}, {0}};
	static const struct line names[] = {{"TS2305", FILE_A, "a, b", NULL},
					    {"TS2305", FILE_A, "b}", NULL},
					    {"TS2304", FILE_A, "x", "Cannot find name 'x'"},
					    {"TS2304", FILE_A, "id", "Cannot find name 'x'"},
					    {"TS2304", FILE_A, "id", "Cannot find name 'y'"},
					    {0}};
	static const struct line globals[] = {
		{"TS2304", FILE_A, "x", "Cannot find name 'fetch'"},
		{"TS2584", FILE_A, "id", "Cannot find name 'console'. Do you"},
		{0}};
	/* A name that the file does not have: what else is wrong with that import waits. */
	static const struct line no_name[] = {{"ATT9006", FILE_A, "a, b", NULL}, {0}};
	static const struct line no_file[] = {{"TS2307", FILE_A, "\"./lost\"", NULL},
					      {"TS2307", FILE_A, "\"./send.server\"", NULL},
					      {0}};
	static const struct line round[] = {{"ATT9006", FILE_S, NULL, "`x` " WORDS_CIRCLE}, {0}};
	static const struct line circle[] = {{"TS2303", FILE_A, "a, b", NULL}, {0}};
	static const struct line grammar[] = {{"TS1308", FILE_A, "send", NULL},
					      {"TS1308", FILE_A, "define", NULL},
					      {"TS2322", FILE_A, "id", NULL},
					      {0}};
	const struct {
		const struct line *told, *types;
		const char *expected;
	} cases[] = {
		{nothing, any, "TS2322+0 "},
		{broken, any, ""},
		{lost, untyped, ""},
		{nothing, untyped, "TS2307+0 "},
		{lost, any, "TS2322+0 "},
		{handler, import, ""},
		{nothing, import, "TS2613+0 "},
		{type, property, ""},
		{type, any, "TS2322+0 "},
		{call, argument, ""},
		{nothing, names, "TS2305+1 TS2304+1 TS2304+0 "},
		{nothing, globals, "ATT8006+2 "},
		{nothing, no_file, "TS2307+0 TS2307+0 "},
		{no_name, no_file, "TS2307+0 "},
		{nothing, circle, "TS2303+0 "},
		{round, circle, ""},
		{nothing, grammar, "TS1308+1 "},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *got = tell(*state, cases[i].told, cases[i].types);

		if (strcmp(got, cases[i].expected) != 0)
			fail_msg("case %zu: \"%s\" instead of \"%s\"", i, got, cases[i].expected);
		free(got);
	}
}

static void what_the_bundler_repeats(void **state)
{
	struct app_folder *folder = *state;
	static const struct line suffix = {"ATT1012", "src/x.servers.ts", NULL, NULL};
	static const struct line lost = {"ATT9001", FILE_A, "\"./lost\"", NULL};
	static const struct line odd = {"ATT9002", FILE_A, "\"./lost\"", NULL};
	static const struct line other = {"ATT9002", FILE_A, "\"./send.server\"", NULL};
	static const struct line through = {"ATT2005", "src/y.ts", NULL, NULL};
	struct diags told = {.arena = folder->app.arena}, said = {.arena = folder->app.arena};
	struct echo *echo = echo_new(&folder->app, folder->app.arena, false);
	struct diag *diag;

	add(&told, &suffix);
	add(&told, &lost);
	echo_learn(echo, &told);
	assert_true(echo_of_bundler(echo, add(&said, &lost)));
	assert_true(echo_of_bundler(echo, add(&said, &odd)));
	assert_false(echo_of_bundler(echo, add(&said, &other)));
	diag = add(&said, &through);
	assert_false(echo_of_bundler(echo, diag));
	diag_note(&said, diag, (struct place){.file = "src/x.servers.ts"}, "is imported by");
	assert_true(echo_of_bundler(echo, diag));
	echo_free(echo);
}

/* Once for the file that passes a name on, not for each that imports it. */
static void what_the_bundler_says_of_names(void **state)
{
	static const struct line cycle = {"ATT9003", FILE_A, "a, b",
					  "detected cycle while resolving import `x`"};
	static const struct line two = {"ATT9003", FILE_A, "a, b",
					"ambiguous import `x` has multiple matching exports"};
	static const struct line told[] = {
		{"ATT9006", FILE_S, NULL, "`x` " WORDS_CIRCLE},
		{"ATT9006", FILE_S, NULL, "`i.ts` exports `x` " WORDS_TWICE},
	};
	struct app_folder *folder = *state;

	for (size_t i = 0; i < 2; i++) {
		struct diags known = {.arena = folder->app.arena}, said = known;
		struct echo *echo = echo_new(&folder->app, folder->app.arena, false);

		assert_false(echo_of_bundler(echo, add(&said, &cycle)));
		assert_false(echo_of_bundler(echo, add(&said, &two)));
		add(&known, &told[i]);
		echo_learn(echo, &known);
		assert_int_equal(echo_of_bundler(echo, add(&said, &cycle)), i == 0);
		assert_int_equal(echo_of_bundler(echo, add(&said, &two)), i == 1);
		echo_free(echo);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_the_compiler_repeats, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_the_bundler_repeats, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_the_bundler_says_of_names, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
