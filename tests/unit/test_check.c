/* The TypeScript check: with the real compiler on small apps, whose findings must be the same from
 * a new process, from what was kept and from a session; and with a compiler that fails in every way
 * we could think of. Run from the top of the source tree. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "app_folder.h"
#include "base/buf.h"
#include "base/mem.h"
#include "diag/diag.h"
#include "diag/text.h"
#include "sys/install.h"
#include "sys/loop.h"
#include "types/check.h"

#define FAKE "tests/fake/tsc.sh"
/* Long enough for a shell script on a busy machine. */
#define SHORT_MS 1500u
#define CONFIG                                                                                     \
	"{\"compilerOptions\": {\"target\": \"es2022\", \"module\": \"esnext\", "                  \
	"\"moduleResolution\": \"bundler\", \"strict\": true, \"noUnusedLocals\": true, "          \
	"\"composite\": true, \"declaration\": true, \"resolveJsonModule\": true, "                \
	"\"skipLibCheck\": true, \"types\": [], \"lib\": [\"es2022\"]},\n"                         \
	" \"include\": [\"src\", \".attio/**/*\"]}\n"

/* What a run came to. */
static struct loop *loop;

struct outcome {
	int status;
	char *text; /* one line a finding or note (mem_alloc) */
	struct typecheck_result result;
	struct error error;
};

static char *real_tsc(struct arena *arena)
{
	struct error error = {0};
	char *path;

	if (install_typescript(arena, NULL, &path, &error))
		fail_msg("the real tsc is needed: %s (%s)", error.message, error.why);
	return path;
}

static void put_place(struct buf *out, struct texts *texts, const struct place *place)
{
	struct text *text = place->file ? texts_find(texts, place->file) : NULL;
	struct position start, end;

	buf_puts(out, place->file ? place->file : "-");
	if (!text)
		return;
	start = text_position(texts, text, place->start);
	end = text_position(texts, text, place->end);
	buf_printf(out, ":%zu:%zu-%zu:%zu", start.line, start.column, end.line, end.column);
}

static void put_findings(struct buf *out, struct texts *texts, const struct diags *diags)
{
	for (size_t i = 0; i < diags->count; i++) {
		const struct diag *diag = &diags->items[i];

		buf_printf(out, "%s%s ", diag->severity == SEVERITY_ERROR ? "" : "warning ",
			   diag->code);
		put_place(out, texts, &diag->place);
		buf_printf(out, " %s\n", diag->message);
		for (size_t j = 0; j < diag->note_count; j++) {
			buf_puts(out, "  ");
			put_place(out, texts, &diag->notes[j].place);
			buf_printf(out, " %s\n", diag->notes[j].message);
		}
	}
}

static struct outcome run(struct typecheck *check, const char *root)
{
	struct outcome outcome = {0};
	struct arena *arena = arena_new();
	struct diags diags = {.arena = arena};
	struct texts texts;
	struct buf out = {0};

	texts_init(&texts, arena, root);
	outcome.status = typecheck_start(check, &outcome.error);
	if (outcome.status == 0)
		outcome.status =
			typecheck_finish(check, &texts, &diags, &outcome.result, &outcome.error);
	put_findings(&out, &texts, &diags);
	for (size_t i = 0; i < outcome.result.note_count; i++)
		buf_printf(&out, "note %s\n", outcome.result.notes[i]);
	outcome.result.notes = NULL;
	outcome.text = buf_take(&out);
	texts_dispose(&texts);
	arena_free(arena);
	return outcome;
}

static struct outcome run_once(const struct typecheck_options *options)
{
	struct typecheck *check = typecheck_open(options);
	struct outcome outcome = run(check, options->root);

	typecheck_close(check);
	return outcome;
}

static void assert_no_children(void)
{
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static void expect_text(const struct typecheck_options *options, const char *text)
{
	struct outcome outcome = run_once(options);

	if (outcome.status)
		fail_msg("%s: %s", outcome.error.message, outcome.error.why);
	assert_string_equal(outcome.text, text);
	mem_free(outcome.text);
}

static void findings_have_exact_places(void **state)
{
	struct app_folder app;
	struct typecheck_options options = {.loop = loop};

	(void)state;
	folder_init(&app);
	options.root = app.root;
	options.tsc = real_tsc(app.arena);
	folder_write(&app, "tsconfig.json", CONFIG);
	folder_write(&app, ".attio/env.d.ts", "declare const generated: 1\n");
	folder_write(&app, "src/data.json", "{\"a\": 1}\n");
	folder_write(&app, "src/b.ts",
		     "\xef\xbb\xbfimport data from \"./data.json\"\r\n"
		     "export const wide = \"\xf0\x9f\x98\x80\"; const unused = generated\r\n"
		     "interface Deep {\r\n\tm(a: string): number\r\n}\r\n"
		     "\texport const d: Deep = { m(a: number) { return data.a + a } }\r\n");
	folder_write(&app, "src/long.ts",
		     "declare function f(a: string): void\n"
		     "f(\"1\",\n  2,\n  3,\n  4,\n  5,\n  6)\nexport {}\n");
	expect_text(
		&options,
		"TS6133 src/b.ts:2:33-2:39 'unused' is declared but its value is never read\n"
		"TS2322 src/b.ts:6:27-6:28 Type '(a: number) => number' is not assignable to "
		"type '(a: string) => number'\n"
		"  - Types of parameters 'a' and 'a' are incompatible\n"
		"  - Type 'string' is not assignable to type 'number'\n"
		"  src/b.ts:4:2-4:22 The expected type comes from property 'm' which is declared "
		"here on type 'Deep'\n"
		"TS2554 src/long.ts:3:3-7:4 Expected 1 arguments, but got 6\n");
	assert_no_children();
	folder_dispose(&app);
}

static void no_config_no_check(void **state)
{
	struct app_folder app;
	struct typecheck_options options = {.loop = loop, .tsc = "/nowhere"};

	(void)state;
	folder_init(&app);
	options.root = app.root;
	folder_write(&app, "src/a.ts", "export const a: number = \"\"\n");
	expect_text(&options, "note types were not checked: the app has no `tsconfig.json`\n");
	folder_write(&app, "tsconfig.json", "{ nonsense");
	expect_text(&options, "note types were not checked: `tsconfig.json` is not valid JSON\n");
	folder_dispose(&app);
}

static void options_are_read_as_by_the_official_cli(void **state)
{
	struct app_folder app;
	struct typecheck_options options = {.loop = loop};

	(void)state;
	folder_init(&app);
	options.root = app.root;
	options.tsc = real_tsc(app.arena);
	/* No `strict`, no `types`, no `include`, comments; the declarations are found. */
	folder_write(&app, "tsconfig.json",
		     "// c\n{\"extends\": \"./base\", \"compilerOptions\": {\"frob\": 1,},}\n");
	folder_write(&app, "base.json",
		     "{\"compilerOptions\": {\"target\": \"es2022\", \"lib\": [\"es2022\"], "
		     "\"module\": \"es6\", \"moduleResolution\": \"bundler\"}}");
	folder_write(&app, ".attio/env.d.ts", "declare const generated: 1\n");
	folder_write(&app, "node_modules/@types/g/index.d.ts", "declare const global1: 1\n");
	folder_write(&app, "src/a.ts",
		     "import \"./side.css\"\nexport function f(loose) { return loose }\n"
		     "export const n: number = null, g = generated + global1\n"
		     "export const t: string = generated\n");
	expect_text(&options, "TS2322 src/a.ts:4:14-4:15 Type 'number' is not assignable to type "
			      "'string'\n"
			      "warning TS5023 tsconfig.json:2:43-2:49 Unknown compiler option "
			      "'frob'\n");
	folder_write(&app, "base.json", "{\"compilerOptions\": {");
	folder_write(&app, "tsconfig.json",
		     "{\"extends\": \"nobody/knows\", \"compilerOptions\": {\"target\": "
		     "\"es2022\", \"lib\": [\"es2022\"], \"module\": \"es6\", "
		     "\"moduleResolution\": \"bundler\", \"types\": [], \"strict\": true, "
		     "\"noUncheckedSideEffectImports\": true}, \"files\": [\"src/c.ts\"]}");
	folder_write(&app, "src/c.ts", "import \"./side.css\"\nexport {}\n");
	expect_text(&options, "TS2882 src/c.ts:1:8-1:20 Cannot find module or type declarations "
			      "for side-effect import of './side.css'\n"
			      "warning TS6053 tsconfig.json:1:13-1:27 File 'nobody/knows' not "
			      "found\n");
	folder_dispose(&app);
}

static void link_typescript(struct app_folder *app)
{
	struct error error = {0};
	char *target = fs_real_path(app->arena, "tests/sdk/node_modules/typescript", &error);

	assert_non_null(target);
	assert_int_equal(fs_make_dirs(path_join(app->arena, app->root, "node_modules"), &error), 0);
	assert_int_equal(
		symlink(target, path_join(app->arena, app->root, "node_modules/typescript")), 0);
}

static void the_app_can_have_its_own(void **state)
{
	struct app_folder app;
	struct typecheck_options options = {.loop = loop};
	struct outcome outcome;

	(void)state;
	folder_init(&app);
	options.root = app.root;
	options.tsc = real_tsc(app.arena);
	folder_write(&app, "tsconfig.json", CONFIG);
	folder_write(&app, "src/a.ts", "export const a: number = \"\"\n");
	options.compiler = TYPECHECK_APP;
	outcome = run_once(&options);
	assert_int_equal(outcome.status, -1);
	assert_int_equal(outcome.error.kind, ERROR_TOOL);
	assert_non_null(strstr(outcome.error.fix, "npm install"));
	mem_free(outcome.text);

	link_typescript(&app);
	options.cache = path_join(app.arena, app.root, "node_modules/.cache/attio");
	for (int i = 0; i < 2; i++) {
		outcome = run_once(&options);
		assert_int_equal(outcome.status, 0);
		assert_true(outcome.result.own_compiler);
		assert_string_equal(outcome.text, "TS2322 src/a.ts:1:14-1:15 Type 'string' is not "
						  "assignable to type 'number'\n");
		mem_free(outcome.text);
	}
	options.compiler = TYPECHECK_BUNDLED;
	folder_write(&app, "tsconfig.json",
		     "{\"compilerOptions\": {\"target\": \"es2022\", \"baseUrl\": \".\", "
		     "\"module\": \"esnext\", \"moduleResolution\": \"bundler\", \"types\": []}}");
	outcome = run_once(&options);
	assert_int_equal(outcome.status, 0);
	assert_true(outcome.result.own_compiler);
	assert_non_null(strstr(outcome.text, "does not have what `tsconfig.json` says: "
					     "`baseUrl`"));
	assert_non_null(strstr(outcome.text, "TS2322 src/a.ts:1:14-1:15"));
	mem_free(outcome.text);
	options.compiler = TYPECHECK_APP;
	options.node = "no-such-node";
	folder_write(&app, "src/a.ts", "export const a = 1\n");
	outcome = run_once(&options);
	assert_int_equal(outcome.status, -1);
	assert_non_null(strstr(outcome.error.why, "no-such-node"));
	mem_free(outcome.text);
	assert_no_children();
	folder_dispose(&app);
}

/* Steps that change what an app is made of, one after the other. */
struct step {
	const char *about;
	const char *path;
	const char *text; /* NULL: removed; "touch": only its times; "sneak": other content of the
			   * same size with the old modification time */
	bool kept;        /* nothing needs to be checked again */
};

static const struct step steps[] = {
	{"nothing", NULL, NULL, true},
	{"touched", "src/a.ts", "touch", true},
	{"changed", "src/a.ts", "import {b} from \"./b\"\nexport const a: string = b\n", false},
	{"changed behind the clock", "src/b.ts", "sneak", false},
	{"a picture", "src/x.png", "png", true},
	{"a file that a pattern takes in", "src/deep/new.ts", "const n: number = \"\"\n", false},
	{"removed", "src/deep/new.ts", NULL, false},
	{"an import that finds nothing", "src/c.ts",
	 "import {z} from \"../other/z\"\nexport const c: number = z\n", false},
	{"what it looks for", "other/z.ts", "export const z = \"\"\n", false},
	{"a nearer one", "other/z.tsx", "export const z = 1\n", false},
	{"first choice removed", "other/z.ts", NULL, false},
	{"an import of a package", "src/d.ts", "import {p} from \"pack\"\nexport const d = p\n",
	 false},
	{"the package", "node_modules/pack/index.d.ts", "export const p: number\n", false},
	{"its manifest", "node_modules/pack/package.json",
	 "{\"name\": \"pack\", \"types\": \"./other.d.ts\"}", false},
	{"its types", "node_modules/pack/other.d.ts", "export const q: number\n", false},
	{"its types again", "node_modules/pack/other.d.ts", "export const p: string\n", false},
	{"a package below a scope", "node_modules/@s/one/index.d.ts", "export {}\n", false},
	{"another one", "node_modules/@s/two/index.d.ts", "export {}\n", false},
	{"somebody's cache", "node_modules/.cache/other/x.js", "x", true},
	{"the build's output", "dist/server.js", "x", true},
	{"a manifest between", "src/package.json", "{\"type\": \"commonjs\"}", false},
	{"a base", "base.json", "{\"compilerOptions\": {\"noImplicitAny\": false}}", false},
	{"the config", "tsconfig.json",
	 "{\"extends\": \"./base.json\", \"compilerOptions\": {\"target\": \"es2022\", \"module\": "
	 "\"esnext\", \"moduleResolution\": \"bundler\", \"types\": [], \"lib\": [\"es2022\"]}, "
	 "\"include\": [\"src\"]}",
	 false},
	{"the base", "base.json", "{\"compilerOptions\": {\"noImplicitAny\": true}}", false},
	{"generated declarations", ".attio/env.d.ts", "declare const e: number\n", false},
	{"their use", "src/e.ts", "export const s: string = e\nexport function g(x) {}\n", false},
	{"a syntax error", "src/f.ts", "export const = 1\n", false},
	{"no more", "src/f.ts", "export const f = 1\n", false},
};

static void sneak(struct app_folder *app, const char *path)
{
	const char *full = path_join(app->arena, app->root, path);
	struct stat st;
	struct error error = {0};
	char *text;
	size_t len;
	struct timespec times[2];

	assert_int_equal(stat(full, &st), 0);
	assert_int_equal(fs_read(app->arena, full, 1000, &text, &len, &error), 0);
	*strchr(text, '1') = '2';
	folder_write(app, path, text);
#ifdef __APPLE__
	times[0] = times[1] = st.st_mtimespec;
#else
	times[0] = times[1] = st.st_mtim;
#endif
	assert_int_equal(utimensat(AT_FDCWD, full, times, 0), 0);
}

static void take_step(struct app_folder *app, const struct step *step)
{
	struct error error = {0};

	if (!step->path)
		return;
	if (!step->text)
		fs_remove_tree(path_join(app->arena, app->root, step->path), &error);
	else if (strcmp(step->text, "touch") == 0)
		utimensat(AT_FDCWD, path_join(app->arena, app->root, step->path), NULL, 0);
	else if (strcmp(step->text, "sneak") == 0)
		sneak(app, step->path);
	else
		folder_write(app, step->path, step->text);
}

static void pause_ms(unsigned ms)
{
	struct timespec time = {.tv_nsec = (long)ms * 1000000};

	nanosleep(&time, NULL);
}

static void write_steps_app(struct app_folder *app)
{
	struct error error = {0};

	folder_init(app);
	folder_write(app, "tsconfig.json", CONFIG);
	folder_write(app, "package.json", "{}\n");
	folder_write(app, ".attio/first.d.ts", "export {}\n");
	folder_write(app, "src/a.ts", "import {b} from \"./b\"\nexport const a: number = b\n");
	folder_write(app, "src/b.ts", "export const b: 1 = 1\n");
	assert_int_equal(fs_make_dirs(path_join(app->arena, app->root, "node_modules"), &error), 0);
	assert_int_equal(fs_make_dirs(path_join(app->arena, app->root, "other"), &error), 0);
}

/* After each step the answer must be that of a check that knows nothing, and nothing is checked
 * that need not be. */
static void follow_steps(bool again)
{
	struct app_folder app;
	struct typecheck_options options = {.loop = loop}, plain;
	struct typecheck *check;
	struct outcome outcome, fresh;

	write_steps_app(&app);
	options.root = app.root;
	options.tsc = real_tsc(app.arena);
	plain = options;
	options.cache = path_join(app.arena, app.root, "node_modules/.cache/attio");
	options.out = path_join(app.arena, app.root, "dist");
	options.again = again;
	check = typecheck_open(&options);
	outcome = run(check, app.root);
	assert_string_equal(outcome.text, "");
	mem_free(outcome.text);
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		/* What was just written can be kept from the next tick of the clock on. */
		pause_ms(15);
		take_step(&app, &steps[i]);
		pause_ms(15);
		if (!again) {
			typecheck_close(check);
			check = typecheck_open(&options);
		}
		outcome = run(check, app.root);
		fresh = run_once(&plain);
		if (outcome.status || fresh.status)
			fail_msg("%s: %s", steps[i].about, outcome.error.message);
		if (strcmp(outcome.text, fresh.text) != 0)
			fail_msg("%s: '%s' instead of '%s'", steps[i].about, outcome.text,
				 fresh.text);
		if (outcome.result.kept != steps[i].kept)
			fail_msg("%s: %s", steps[i].about, steps[i].kept ? "not kept" : "kept");
		mem_free(outcome.text);
		mem_free(fresh.text);
	}
	typecheck_close(check);
	assert_no_children();
	folder_dispose(&app);
}

static void nothing_is_checked_twice(void **state)
{
	(void)state;
	follow_steps(false);
}

static void a_session_says_the_same(void **state)
{
	(void)state;
	follow_steps(true);
}

static struct typecheck_options fake_options(struct app_folder *app, const char *mode)
{
	struct error error = {0};
	struct typecheck_options options = {.loop = loop, .timeout_ms = SHORT_MS};

	folder_init(app);
	folder_write(app, "tsconfig.json", CONFIG);
	folder_write(app, "src/a.ts", "export const a = 1\n");
	options.root = app->root;
	options.tsc = fs_real_path(app->arena, FAKE, &error);
	options.cache = path_join(app->arena, app->root, ".cache");
	setenv("FAKE_TSC", mode, 1);
	return options;
}

static void broken_compilers_are_told(void **state)
{
	static const struct {
		const char *mode, *message, *why;
	} modes[] = {
		{"old", "needs TypeScript 7", "is version 5.9.3"},
		{"other-tool", "needs TypeScript 7", "does not say"},
		{"garbage", "cannot be read", "what do you want?"},
		{"half", "cannot be read", ""},
		{"nothing", "cannot be read", "exit code 0"},
		{"exit", "crashed", "exit code 3: cannot do anything"},
		{"quiet-exit", "crashed", "exit code 1"},
		{"panic", "crashed", "exit code 2"},
		{"killed", "crashed", "SIGKILL"},
		{"hang", "does not end", "SIGKILL"},
		{"closed", "does not end", "SIGKILL"},
		{"stubborn", "does not end", "SIGKILL"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(modes); i++) {
		struct app_folder app;
		struct typecheck_options options = fake_options(&app, modes[i].mode);
		struct outcome outcome = run_once(&options);

		assert_int_equal(outcome.status, -1);
		assert_int_equal(outcome.error.kind, ERROR_TOOL);
		if (!strstr(outcome.error.message, modes[i].message) ||
		    !strstr(outcome.error.why, modes[i].why) || !outcome.error.fix[0])
			fail_msg("%s: %s, %s, %s", modes[i].mode, outcome.error.message,
				 outcome.error.why, outcome.error.fix);
		mem_free(outcome.text);
		assert_no_children();
		folder_dispose(&app);
	}
}

static void a_missing_compiler_is_told(void **state)
{
	struct app_folder app;
	struct typecheck_options options = fake_options(&app, "clean");
	struct outcome outcome;

	(void)state;
	options.tsc = "/nowhere/tsc";
	outcome = run_once(&options);
	assert_int_equal(outcome.status, -1);
	assert_int_equal(outcome.error.kind, ERROR_TOOL);
	assert_non_null(strstr(outcome.error.why, "`/nowhere/tsc` does not exist"));
	assert_non_null(strstr(outcome.error.fix, "ATTIO_TSC"));
	mem_free(outcome.text);
	assert_no_children();
	folder_dispose(&app);
}

static void broken_sessions_have_a_way_out(void **state)
{
	static const char *const modes[] = {"session-exit", "session-garbage", "session-long",
					    "session-silent", "session-error"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(modes); i++) {
		struct app_folder app;
		struct typecheck_options options = fake_options(&app, modes[i]);
		struct typecheck *check;
		char text[40];

		options.again = true;
		check = typecheck_open(&options);
		for (int j = 0; j < 5; j++) {
			struct outcome outcome = run(check, app.root);

			if (outcome.status)
				fail_msg("%s: %s", modes[i], outcome.error.message);
			assert_false(outcome.result.kept);
			mem_free(outcome.text);
			snprintf(text, sizeof(text), "export const a = %d\n", j + 10);
			folder_write(&app, "src/a.ts", text);
		}
		typecheck_close(check);
		assert_no_children();
		folder_dispose(&app);
	}
}

static void damaged_caches_do_not_matter(void **state)
{
	static const char *const names[] = {"types-attio.record", "types-attio.tsbuildinfo"};
	struct app_folder app;
	struct typecheck_options options = {.loop = loop};
	struct error error = {0};

	(void)state;
	folder_init(&app);
	options.root = app.root;
	options.tsc = real_tsc(app.arena);
	options.cache = path_join(app.arena, app.root, "kept");
	folder_write(&app, "tsconfig.json", CONFIG);
	folder_write(&app, "src/a.ts", "export const a: number = \"\"\n");
	for (size_t i = 0; i < 8; i++) {
		char *path = path_join(app.arena, options.cache, names[i % 2]);
		char *text;
		size_t len;

		expect_text(&options, "TS2322 src/a.ts:1:14-1:15 Type 'string' is not assignable "
				      "to type 'number'\n");
		assert_int_equal(fs_read(app.arena, path, 10000000, &text, &len, &error), 0);
		if (i < 4)
			len = len * i / 4;
		else
			text[len * (i - 3) / 6] ^= 0x20;
		assert_int_equal(fs_write_atomic(path, text, len, 0666, &error), 0);
	}
	/* No place for a cache, and one that cannot be written. */
	options.cache = "/dev/null/x";
	expect_text(&options, "TS2322 src/a.ts:1:14-1:15 Type 'string' is not assignable to type "
			      "'number'\n");
	folder_dispose(&app);
}

static void a_run_can_be_given_up(void **state)
{
	struct app_folder app;
	struct typecheck_options options = fake_options(&app, "hang");
	struct typecheck *check = typecheck_open(&options);
	struct error error = {0};

	(void)state;
	assert_int_equal(typecheck_start(check, &error), 0);
	typecheck_cancel(check);
	assert_no_children();
	assert_int_equal(typecheck_start(check, &error), 0);
	assert_int_equal(typecheck_start(check, &error), 0);
	typecheck_close(check);
	assert_no_children();
	typecheck_close(NULL);
	folder_dispose(&app);
}

#ifdef __linux__
static bool is_alive(long pid)
{
	char path[64], state[256] = "";
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%ld/stat", pid);
	file = fopen(path, "r");
	if (!file)
		return false;
	if (!fgets(state, sizeof(state), file))
		state[0] = '\0';
	fclose(file);
	/* A zombie whose new parent has not looked yet is dead. */
	return state[0] && !strstr(state, ") Z");
}

/* Nobody is left behind when we are killed: neither a run nor its question for the version. */
static void nothing_survives_us(void **state)
{
	struct app_folder app;
	struct typecheck_options options = fake_options(&app, "stubborn");
	const char *log = path_join(app.arena, app.root, "log");
	struct error error = {0};
	long pid = 0;
	pid_t us;

	(void)state;
	setenv("FAKE_LOG", log, 1);
	us = fork();
	if (us == 0) {
		struct typecheck *check;

		options.loop = loop_open(&error);
		check = typecheck_open(&options);
		typecheck_start(check, &error);
		for (;;)
			pause();
	}
	for (int i = 0; i < 1500 && !pid; i++) {
		char *text;
		size_t len;

		pause_ms(20);
		if (fs_type(log) == FS_FILE &&
		    fs_read(app.arena, log, 1000, &text, &len, &error) == 0) {
			char *line = strstr(text, " --project");

			while (line && line > text && line[-1] != '\n')
				line--;
			pid = line ? strtol(line, NULL, 10) : 0;
		}
	}
	unsetenv("FAKE_LOG");
	assert_true(pid > 0);
	assert_true(is_alive(pid));
	kill(us, SIGKILL);
	waitpid(us, NULL, 0);
	for (int i = 0; i < 1500 && is_alive(pid); i++)
		pause_ms(20);
	assert_false(is_alive(pid));
	folder_dispose(&app);
}
#endif

static void secrets_are_not_handed_on(void **state)
{
	struct app_folder app;
	struct typecheck_options options = fake_options(&app, "clean");
	struct error error = {0};
	const char *script = path_join(app.arena, app.root, "tsc.sh");
	struct outcome outcome;

	(void)state;
	folder_write(&app, "tsc.sh",
		     "#!/bin/sh\n[ \"$1\" = --version ] && { echo Version 7.1.0; exit 0; }\n"
		     "env | grep -E 'ATTIO_TOKEN|GOGC' >\"$PWD/env\"\necho /x.ts\n");
	assert_int_equal(chmod(script, 0755), 0);
	options.tsc = script;
	setenv("ATTIO_TOKEN", "secret", 1);
	setenv("ATTIO_TOKEN_FILE", "secret", 1);
	outcome = run_once(&options);
	unsetenv("ATTIO_TOKEN");
	unsetenv("ATTIO_TOKEN_FILE");
	assert_int_equal(outcome.status, 0);
	mem_free(outcome.text);
	char *text;
	size_t len;
	assert_int_equal(fs_read(app.arena, path_join(app.arena, app.root, "env"), 1000, &text,
				 &len, &error),
			 0);
	assert_string_equal(text, "GOGC=off\n");
	folder_dispose(&app);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(findings_have_exact_places),
		cmocka_unit_test(no_config_no_check),
		cmocka_unit_test(options_are_read_as_by_the_official_cli),
		cmocka_unit_test(the_app_can_have_its_own),
		cmocka_unit_test(nothing_is_checked_twice),
		cmocka_unit_test(a_session_says_the_same),
		cmocka_unit_test(broken_compilers_are_told),
		cmocka_unit_test(a_missing_compiler_is_told),
		cmocka_unit_test(broken_sessions_have_a_way_out),
		cmocka_unit_test(damaged_caches_do_not_matter),
		cmocka_unit_test(a_run_can_be_given_up),
#ifdef __linux__
		cmocka_unit_test(nothing_survives_us),
#endif
		cmocka_unit_test(secrets_are_not_handed_on),
	};

	struct error error;
	int failed;

	signal(SIGPIPE, SIG_IGN);
	loop = loop_open(&error);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	loop_close(loop);
	return failed;
}
