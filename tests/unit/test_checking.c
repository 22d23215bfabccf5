/* The pipeline from an app to the findings that are reported: what each part of a request leaves,
 * git's answers from a git that is played, and repairs in rounds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app_folder.h"
#include "base/buf.h"
#include "check/beside.h"
#include "check/check.h"
#include "check/fixing.h"

#define APP                                                                                        \
	"import type {App} from \"attio\"\nimport \"./a.server\"\nimport \"./b.server\"\n"         \
	"export const app: App = {record: {actions: [], bulkActions: [], widgets: []}, "           \
	"callRecording: {insight: {textActions: []}, summary: {textActions: []}, "                 \
	"transcript: {textActions: []}}}\n"
#define NO_DEFAULT "export const a = 1\n"
#define SUPPRESSED "// attio-ignore-file ATT3001 -- why\nexport const b = 1\n"
#define USELESS "// attio-ignore ATT2005 -- no\nexport const c = 1\n"
#define ALL "src/a.server.ts ATT3001\nsrc/lib/c.ts ATT8011\n"

static int set_up(void **state)
{
	static struct app_folder folder;

	folder_init(&folder);
	folder_write(&folder, "package.json", "{\"name\": \"a\"}");
	folder_write(&folder, "src/app.ts", APP);
	folder_write(&folder, "src/a.server.ts", NO_DEFAULT);
	folder_write(&folder, "src/b.server.ts", SUPPRESSED);
	folder_write(&folder, "src/lib/c.ts", USELESS);
	*state = &folder;
	return 0;
}

static int tear_down(void **state)
{
	folder_dispose(*state);
	return 0;
}

static char *list(const struct diags *findings)
{
	struct buf out = {0};

	for (size_t i = 0; i < findings->count; i++)
		buf_printf(&out, "%s %s\n",
			   findings->items[i].place.file != NULL ? findings->items[i].place.file
								 : "-",
			   findings->items[i].code);
	buf_puts(&out, "");
	return buf_take(&out);
}

/* What a request comes to: the findings, and the counts of the answer in *counts. */
static void expect(const struct check_request *request, const char *findings,
		   struct checked *counts)
{
	struct error error = {0};
	struct check check;
	struct checked checked;

	if (check_open(&check, request, &error) != 0 ||
	    check_run(&check, check.files, &checked, &error) != 0)
		fail_msg("%s (%s)", error.message, error.why);
	char *found = list(&checked.findings);
	assert_string_equal(found, findings);
	free(found);
	if (counts != NULL)
		*counts = checked;
	checked_close(&checked);
	check_close(&check);
}

static void expect_error(const struct check_request *request, enum error_kind kind,
			 const char *message)
{
	struct error error = {0};
	struct check check;
	struct checked checked;

	if (check_open(&check, request, &error) == 0)
		assert_int_equal(check_run(&check, check.files, &checked, &error), -1);
	assert_string_equal(error.message, message);
	assert_int_equal(error.kind, kind);
	check_close(&check);
}

static void what_is_selected_and_asked_for(void **state)
{
	struct app_folder *folder = *state;
	static const char *const some[] = {"ATT8", NULL}, *const wrong[] = {"ATTX", NULL};
	const char *lib[] = {"src/lib"};
	struct checked counts;

	expect(&(struct check_request){.root = folder->root}, ALL, &counts);
	assert_int_equal(counts.suppressed, 1);
	assert_int_equal(counts.known + counts.gone + counts.before, 0);
	expect(&(struct check_request){.root = folder->root, .select = some},
	       "src/lib/c.ts ATT8011\n", &counts);
	assert_int_equal(counts.suppressed, 0);
	expect(&(struct check_request){.root = folder->root, .ignore = some},
	       "src/a.server.ts ATT3001\n", NULL);
	expect(&(struct check_request){.root = folder->root, .paths = lib, .path_count = 1},
	       "src/lib/c.ts ATT8011\n", &counts);
	assert_int_equal(counts.suppressed, 0);
	expect_error(&(struct check_request){.root = folder->root, .ignore = wrong}, ERROR_USAGE,
		     "`--ignore` knows no rule `ATTX`");
	expect_error(&(struct check_request){.root = "/nowhere"}, ERROR_USAGE,
		     "cannot find `/nowhere`");
	folder_write(folder, "package.json",
		     "{\"attio\": {\"validate\": {\"rules\": {\"ATT8011\": \"of\"}}}}");
	expect_error(&(struct check_request){.root = folder->root}, ERROR_USAGE,
		     "package.json:1:46: `ATT8011` must be `off`, `warning` or `error`");
}

static void another_state_than_the_disk_has(void **state)
{
	struct app_folder *folder = *state;
	struct overlay_file file = {.path = "src/a.server.ts",
				    .bytes = "export default async function a() {}\n",
				    .len = 37};
	const struct overlay files = {.files = &file, .count = 1};

	expect(&(struct check_request){.root = folder->root, .files = &files},
	       "src/lib/c.ts ATT8011\n", NULL);
}

static void what_a_baseline_records(void **state)
{
	struct app_folder *folder = *state;
	struct check_request request = {.root = folder->root};
	static const char *const some[] = {"ATT8", NULL};
	struct error error = {0};
	struct baseline baseline;
	struct checked checked;
	struct check check;
	struct buf text = {0};

	assert_int_equal(check_open(&check, &request, &error), 0);
	assert_int_equal(check_run(&check, NULL, &checked, &error), 0);
	baseline_make(&baseline, folder->arena, &checked.findings, &checked.app.texts);
	baseline_print(&text, &baseline);
	folder_write(folder, "b.json", buf_cstr(&text));
	buf_dispose(&text);
	checked_close(&checked);
	check_close(&check);

	request.baseline = path_join(folder->arena, folder->root, "b.json");
	request.baseline_name = "b.json";
	expect(&request, "", &checked);
	assert_int_equal(checked.known, 2);
	assert_int_equal(checked.gone, 0);
	folder_write(folder, "src/a.server.ts", "export default async function a() {}\n");
	folder_write(folder, "src/lib/d.ts", USELESS);
	expect(&request, "src/lib/d.ts ATT8011\n", &checked);
	assert_int_equal(checked.known, 1);
	assert_int_equal(checked.gone, 1);
	/* What is not asked for is not gone. */
	request.select = some;
	expect(&request, "src/lib/d.ts ATT8011\n", &checked);
	assert_int_equal(checked.gone, 0);
	request.baseline = path_join(folder->arena, folder->root, "none.json");
	request.baseline_name = "none.json";
	expect_error(&request, ERROR_USAGE,
		     "cannot read the baseline `none.json`: no such file or directory");
}

/* A check can be asked again, also of another state: a baseline is whole each time. */
static void one_check_many_runs(void **state)
{
	struct app_folder *folder = *state;
	struct check_request request = {.root = folder->root};
	struct overlay_file file = {.path = "src/lib/c.ts", .bytes = "", .len = 0};
	const struct overlay files = {.files = &file, .count = 1};
	struct error error = {0};
	struct baseline baseline;
	struct checked first, checked;
	struct check check;

	assert_int_equal(check_open(&check, &request, &error), 0);
	assert_int_equal(check_run(&check, NULL, &first, &error), 0);
	baseline_make(&baseline, check.arena, &first.findings, &first.app.texts);
	check.baseline = baseline;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(check_run(&check, i == 1 ? &files : NULL, &checked, &error), 0);
		assert_int_equal(checked.known, i == 1 ? 1 : 2);
		assert_int_equal(checked.gone, i == 1 ? 1 : 0);
		assert_int_equal(checked.findings.count, 0);
		checked_close(&checked);
	}
	checked_close(&first);
	check_close(&check);
}

/* --- git ---------------------------------------------------------------------------------------
 */

/* What the played git answers. */
static struct git_changes changes;
static const char *const *tracked;
static bool fails;
static size_t asked;

static int play_changes(const char *folder, const char *since, struct arena *arena,
			struct git_changes *out, struct error *error)
{
	(void)folder;
	(void)arena;
	asked++;
	if (fails)
		return error_set(error, ERROR_USAGE, "no revision `%s`", since);
	*out = changes;
	return 0;
}

static int play_tracked(const char *folder, const char *const *names, struct arena *arena,
			const char *const **out, struct error *error)
{
	(void)folder;
	(void)names;
	(void)arena;
	asked++;
	if (fails)
		return error_set(error, ERROR_SYSTEM, "the index is broken");
	*out = tracked;
	return 0;
}

static const struct check_git played = {play_changes, play_tracked};

static void only_what_changes_cause(void **state)
{
	struct app_folder *folder = *state;
	struct check_request request = {.root = folder->root, .git = &played, .since = "main"};
	static struct overlay_file before[] = {
		{.path = "src/lib/c.ts", .bytes = NULL},
		{.path = "src/lib/old.ts", .bytes = USELESS, .len = sizeof(USELESS) - 1}};
	static struct git_change renamed = {.kind = GIT_CHANGE_RENAMED,
					    .path = "src/lib/c.ts",
					    .file = "src/lib/c.ts",
					    .old_path = "src/lib/old.ts",
					    .old_file = "src/lib/old.ts"};
	static struct overlay_file now = {
		.path = "src/a.server.ts", .bytes = NO_DEFAULT, .len = sizeof(NO_DEFAULT) - 1};
	struct checked counts;

	fails = false;
	tracked = NULL;
	/* c.ts is new. */
	changes = (struct git_changes){.before = {.files = before, .count = 1}};
	expect(&request, "src/lib/c.ts ATT8011\n", &counts);
	assert_int_equal(counts.before, 1);
	/* It only has another name. */
	changes = (struct git_changes){
		.items = &renamed, .count = 1, .before = {.files = before, .count = 2}};
	expect(&request, "", &counts);
	assert_int_equal(counts.before, 2);
	/* The state that would be committed counts, not the disk's. */
	folder_write(folder, "src/a.server.ts", "export default async function a() {}\n");
	request = (struct check_request){.root = folder->root, .git = &played, .staged = true};
	before[0] = (struct overlay_file){.path = "src/a.server.ts", .bytes = NULL};
	changes = (struct git_changes){.now = {.files = &now, .count = 1},
				       .before = {.files = before, .count = 1}};
	expect(&request, "src/a.server.ts ATT3001\n", &counts);
	fails = true;
	request = (struct check_request){.root = folder->root, .git = &played, .since = "main"};
	expect_error(&request, ERROR_USAGE, "no revision `main`");
	request.git = NULL;
	expect_error(&request, ERROR_INTERNAL, "git is needed and not there");
}

static void secret_files_that_git_tracks(void **state)
{
	struct app_folder *folder = *state;
	static const char *const names[] = {".env", NULL};
	const char *lib[] = {"src/lib"};
	struct check_request request = {.root = folder->root, .git = &played};
	struct error error = {0};
	struct check check;

	folder_write(folder, ".env", "A=1\n");
	fails = false;
	tracked = names;
	expect(&request, ".env ATT7003\n" ALL, NULL);
	/* Not where it would not be reported. */
	request.paths = lib;
	request.path_count = 1;
	asked = 0;
	expect(&request, "src/lib/c.ts ATT8011\n", NULL);
	assert_int_equal(asked, 0);
	/* A repository that cannot be read is no reason not to check. */
	request = (struct check_request){.root = folder->root, .git = &played};
	fails = true;
	expect(&request, ALL, NULL);
	assert_int_equal(check_open(&check, &request, &error), 0);
	assert_string_equal(check.untold.message, "the index is broken");
	check_close(&check);
}

/* --- repairs -----------------------------------------------------------------------------------
 */

static void repairs_in_rounds(void **state)
{
	struct app_folder *folder = *state;
	struct check_request request = {.root = folder->root};
	struct error error = {0};
	struct fixing fixing;
	struct checked checked;
	struct check check;
	struct buf patch = {0};

	assert_int_equal(check_open(&check, &request, &error), 0);
	assert_int_equal(check_run(&check, check.files, &checked, &error), 0);
	assert_int_equal(fixing_run(&fixing, folder->arena, &check, false, &checked, &error), 0);
	assert_int_equal(fixing.fixed, 1);
	assert_int_equal(fixing.count, 1);
	assert_false(fixing.left_out || fixing.unsettled);
	char *found = list(&checked.findings);
	assert_string_equal(found, "src/a.server.ts ATT3001\n");
	free(found);
	fixing_patch(&fixing, folder->arena, folder->root, &patch);
	assert_non_null(strstr(buf_cstr(&patch), "-// attio-ignore ATT2005 -- no\n"));
	buf_dispose(&patch);
	assert_int_equal(fixing_write(&fixing, folder->arena, &error), 0);
	/* What was changed meanwhile is not overwritten. */
	assert_int_equal(fixing_write(&fixing, folder->arena, &error), -1);
	assert_non_null(strstr(error.message, "was changed while it was repaired"));
	checked_close(&checked);
	check_close(&check);
	expect(&request, "src/a.server.ts ATT3001\n", NULL);
}

/* --- apps that are open already ----------------------------------------------------------------
 */

static void an_open_app(void **state)
{
	struct app_folder *folder = *state;
	static const struct rule_info info = {"ATT3001", "handler-default-export", SEVERITY_ERROR};
	struct error error = {0};

	folder_write(folder, "package.json",
		     "{\"name\": \"a\", \"attio\": {\"validate\": {\"rules\": "
		     "{\"ATT3001\": \"warning\"}}}}");
	folder_open(folder);
	struct diags findings = {.arena = folder->app.arena}, some = {.arena = folder->app.arena};
	assert_int_equal(check_app(&folder->app, &folder->app.texts, &findings, &error), 0);
	char *found = list(&findings);
	assert_string_equal(found, ALL);
	free(found);
	assert_int_equal(findings.items[0].severity, SEVERITY_WARNING);
	/* Made elsewhere: one is suppressed, and nothing is said of comments. */
	diag_add(&some, &info, (struct place){.file = "src/a.server.ts"}, "one");
	diag_add(&some, &info, (struct place){.file = "src/b.server.ts"}, "two");
	assert_int_equal(check_some(&folder->app, &folder->app.texts, &some, &error), 0);
	assert_int_equal(some.count, 1);
	assert_string_equal(some.items[0].message, "one");
	assert_int_equal(some.items[0].severity, SEVERITY_WARNING);
	folder_write(folder, "package.json",
		     "{\"attio\": {\"validate\": {\"rules\": {\"ATT9\": \"warning\"}}}}");
	folder_open(folder);
	findings = (struct diags){.arena = folder->app.arena};
	assert_int_equal(check_app(&folder->app, &folder->app.texts, &findings, &error), -1);
	assert_int_equal(check_some(&folder->app, &folder->app.texts, &findings, &error), -1);
}

/* In a thread, while texts are read through a store on top of the app's: the same answer. */
static void beside_other_work(void **state)
{
	struct app_folder *folder = *state;
	struct error error = {0};
	struct texts texts;

	folder_open(folder);
	struct diags findings = {.arena = folder->app.arena};
	struct beside *beside = beside_start(&folder->app);
	texts_over(&texts, folder->app.arena, &folder->app.texts);
	for (size_t i = 0; i < folder->app.module_count; i++)
		assert_non_null(texts_find(&texts, folder->app.modules[i]->path));
	assert_non_null(texts_find(&texts, "package.json"));
	assert_int_equal(beside_finish(beside, &findings, &error), 0);
	char *found = list(&findings);
	assert_string_equal(found, ALL);
	free(found);
	beside_free(beside);
	texts_dispose(&texts);
	beside_free(beside_start(&folder->app)); /* nobody wants the answer */
	folder_write(folder, "package.json",
		     "{\"attio\": {\"validate\": {\"rules\": {\"ATT9\": \"warning\"}}}}");
	folder_open(folder);
	beside = beside_start(&folder->app);
	assert_int_equal(beside_finish(beside, &findings, &error), -1);
	assert_string_not_equal(error.message, "");
	beside_free(beside);
	beside_free(NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_selected_and_asked_for),
		TEST(another_state_than_the_disk_has),
		TEST(what_a_baseline_records),
		TEST(one_check_many_runs),
		TEST(only_what_changes_cause),
		TEST(secret_files_that_git_tracks),
		TEST(repairs_in_rounds),
		TEST(an_open_app),
		TEST(beside_other_work),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
