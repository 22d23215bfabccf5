/* The parser against the real table: what is read, and how mistakes are told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/options.h"
#include "cli/table.h"

struct run {
	struct arena *arena;
	struct parsed parsed;
	struct error error;
	int result;
};

/* The words after `attio`, split at spaces; "''" is the empty word. */
static void parse(struct run *run, const char *line)
{
	char *argv[32];
	int argc = 0;

	arena_free(run->arena);
	run->arena = arena_new();
	argv[argc++] = arena_strdup(run->arena, "attio");
	while (*line != '\0') {
		size_t len = strcspn(line, " ");
		assert_true(argc < 32);
		argv[argc++] = arena_strndup(run->arena, line, len);
		if (strcmp(argv[argc - 1], "''") == 0)
			argv[argc - 1] = arena_strdup(run->arena, "");
		line += len;
		line += strspn(line, " ");
	}
	memset(&run->error, 0, sizeof(run->error));
	run->result = options_parse(run->arena, commands, argc, argv, &run->parsed, &run->error);
}

static void good(struct run *run, const char *line, const char *command)
{
	parse(run, line);
	if (run->result != 0)
		fail_msg("`%s`: %s", line, run->error.message);
	assert_non_null(run->parsed.command);
	assert_string_equal(run->parsed.command->name, command);
}

/* --- what was read, by the name of the option or operand ---------------------------------------
 */

static const struct option *option_of(const struct run *run, const char *name)
{
	const struct option *o = run->parsed.command->options;

	while (o->name != NULL && strcmp(o->name, name) != 0)
		o++;
	if (o->name == NULL)
		fail_msg("no option --%s", name);
	return o;
}

/* Operands are in capitals. */
static const void *field(const struct run *run, const char *name)
{
	const struct operand *o = run->parsed.command->operands;

	while (o->name != NULL && strcmp(o->name, name) != 0)
		o++;
	return (const char *)run->parsed.options +
	       (o->name != NULL ? o->field : option_of(run, name)->field);
}

static const char *text(const struct run *run, const char *name)
{
	return *(const char *const *)field(run, name);
}

static const char *const *list(const struct run *run, const char *name)
{
	return *(const char *const *const *)field(run, name);
}

static long number(const struct run *run, const char *name)
{
	assert_int_equal(option_of(run, name)->kind, OPTION_NUMBER);
	return *(const long *)field(run, name);
}

static bool flag(const struct run *run, const char *name)
{
	assert_int_equal(option_of(run, name)->kind, OPTION_FLAG);
	return *(const bool *)field(run, name);
}

static bool given(const struct run *run, const char *name)
{
	assert_true(option_of(run, name)->given > 0);
	return *((const bool *)run->parsed.options + option_of(run, name)->given);
}

static void test_values(void **state)
{
	static const char *const spellings[] = {
		"init x -t minimal",
		"init x -tminimal",
		"init -t minimal x",
		"init x -yt minimal",
		"init x -ytminimal",
		"init x --template minimal",
		"init --template=minimal x",
		"-q init --template=minimal -- x",
		"init x -t lead-checker -t minimal",
	};
	struct run run = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(spellings); i++) {
		good(&run, spellings[i], "init");
		assert_string_equal(text(&run, "template"), "minimal");
		assert_string_equal(text(&run, "DIR"), "x");
		assert_null(text(&run, "app"));
		assert_int_equal(flag(&run, "yes"), strstr(spellings[i], "-yt") != NULL);
		assert_false(flag(&run, "no-git"));
		assert_int_equal(run.parsed.globals.quiet, spellings[i][0] == '-');
	}
	arena_free(run.arena);
}

static void test_fallbacks_and_numbers(void **state)
{
	struct run run = {0};

	(void)state;
	good(&run, "init x", "init");
	assert_string_equal(text(&run, "template"), "lead-checker");
	assert_string_equal(run.parsed.globals.color, "auto");
	assert_string_equal(run.parsed.globals.format, "human");
	good(&run, "deploy", "deploy");
	assert_int_equal(number(&run, "timeout"), 30);
	assert_int_equal(number(&run, "port"), 0);
	assert_null(text(&run, "PATH"));
	good(&run, "deploy --local --port 65535 --timeout=1 app", "deploy");
	assert_true(flag(&run, "local"));
	assert_int_equal(number(&run, "port"), 65535);
	assert_int_equal(number(&run, "timeout"), 1);
	assert_string_equal(text(&run, "PATH"), "app");
	good(&run, "deploy --port 0 --local", "deploy");
	assert_int_equal(number(&run, "port"), 0);
	arena_free(run.arena);
}

static void test_commands_and_operands(void **state)
{
	struct run run = {0};

	(void)state;
	good(&run, "version list", "version list");
	good(&run, "version --json list x", "version list");
	assert_true(run.parsed.globals.json);
	assert_string_equal(text(&run, "PATH"), "x");
	good(&run, "-C dir version create --local", "version create");
	assert_string_equal(run.parsed.globals.directory, "dir");
	good(&run, "--directory=dir build", "build");
	assert_string_equal(run.parsed.globals.directory, "dir");
	good(&run, "validate -", "validate");
	assert_string_equal(list(&run, "PATH")[0], "-");
	good(&run, "validate -- --json", "validate");
	assert_string_equal(list(&run, "PATH")[0], "--json");
	assert_false(run.parsed.globals.json);
	good(&run, "help", "help");
	assert_null(list(&run, "COMMAND"));
	good(&run, "help version list", "help");
	assert_string_equal(list(&run, "COMMAND")[0], "version");
	assert_string_equal(list(&run, "COMMAND")[1], "list");
	assert_null(list(&run, "COMMAND")[2]);
	good(&run, "init --app x", "init");
	assert_string_equal(text(&run, "app"), "x");
	parse(&run, "");
	assert_int_equal(run.result, 0);
	assert_null(run.parsed.command);
	assert_string_equal(run.parsed.words, "");
	arena_free(run.arena);
}

static void test_formats_belong_to_commands(void **state)
{
	static const char *const lines[] = {"validate --format sarif", "--format=sarif validate",
					    "--format json validate --format sarif"};
	struct run run = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		good(&run, lines[i], "validate");
		assert_string_equal(run.parsed.globals.format, "sarif");
		assert_true(run.parsed.globals.format_chosen);
	}
	good(&run, "validate", "validate");
	assert_string_equal(run.parsed.globals.format, "human");
	assert_false(run.parsed.globals.format_chosen);
	good(&run, "build --json", "build");
	assert_true(run.parsed.globals.format_chosen);
	/* A wrong one does not stay. */
	parse(&run, "deploy --format sarif");
	assert_int_equal(run.result, -1);
	assert_string_equal(run.parsed.globals.format, "human");
	arena_free(run.arena);
}

static void test_lists(void **state)
{
	struct run run = {0};

	(void)state;
	good(&run, "validate", "validate");
	assert_null(list(&run, "report"));
	good(&run, "validate --report a=b x --report=c=d=e --report f", "validate");
	assert_string_equal(list(&run, "PATH")[0], "x");
	assert_null(list(&run, "PATH")[1]);
	assert_string_equal(list(&run, "report")[0], "a=b");
	assert_string_equal(list(&run, "report")[1], "c=d=e");
	assert_string_equal(list(&run, "report")[2], "f");
	assert_null(list(&run, "report")[3]);
	arena_free(run.arena);
}

/* Options that may stand without a value, and those that tell whether they were given. */
static void test_bare_and_given(void **state)
{
	struct run run = {0};

	(void)state;
	good(&run, "validate", "validate");
	assert_null(text(&run, "fix"));
	assert_false(given(&run, "max-warnings"));
	good(&run, "validate --fix unsafe --max-warnings 0", "validate");
	assert_string_equal(text(&run, "fix"), "safe");
	assert_string_equal(list(&run, "PATH")[0], "unsafe");
	assert_true(given(&run, "max-warnings"));
	assert_int_equal(number(&run, "max-warnings"), 0);
	good(&run, "validate --fix=unsafe --write-baseline", "validate");
	assert_string_equal(text(&run, "fix"), "unsafe");
	assert_string_equal(text(&run, "write-baseline"), "attio-baseline.json");
	good(&run, "validate --write-baseline=b.json --max-warnings=7", "validate");
	assert_string_equal(text(&run, "write-baseline"), "b.json");
	assert_int_equal(number(&run, "max-warnings"), 7);
	arena_free(run.arena);
}

static void test_mistakes(void **state)
{
	/* The message, and a piece of why or fix. */
	static const struct {
		const char *line;
		const char *message;
		const char *remedy;
	} rows[] = {
		{"biuld", "unknown command `biuld`", "`attio build`"},
		{"versoin", "unknown command `versoin`", "`attio version`"},
		{"version lst", "unknown command `version lst`", "`attio version list`"},
		{"zzzzzz", "unknown command `zzzzzz`", ""},
		{"version", "`attio version` is not a whole command", "`attio version list`"},
		{"init x --templat y", "unknown option `--templat` for `attio init`",
		 "`--template`"},
		{"init x --jso", "unknown option `--jso` for `attio init`", "`--json`"},
		{"init x -z", "unknown option `-z` for `attio init`", ""},
		{"init x -y\xc3\xa9", "unknown option `-\xc3\xa9` for `attio init`", ""},
		{"--local deploy", "unknown option `--local`", "after the command"},
		{"-t minimal init x", "unknown option `-t`", "after the command"},
		{"init x -t mimimal", "`-t` cannot be `mimimal`", "`minimal`"},
		{"init x --template=", "`--template` has an empty value", "TEMPLATE"},
		{"init x --app ''", "`--app` has an empty value", "SLUG"},
		{"init x --template", "`--template` needs a value: TEMPLATE", "`lead-checker`"},
		{"build --out --json", "`--out` needs a value: DIR", "`--out=DIR`"},
		{"init x --yes=1", "`--yes` takes no value", "`--yes` alone"},
		{"deploy --local --port 65536", "`--port` cannot be `65536`", "from 0 to 65535"},
		{"deploy --local --port -1", "`--port` cannot be `-1`", "from 0 to 65535"},
		{"deploy --local --port=+1", "`--port` cannot be `+1`", "whole number"},
		{"deploy --local --port 1x", "`--port` cannot be `1x`", "whole number"},
		{"deploy --timeout 99999999999999999999",
		 "`--timeout` cannot be `99999999999999999999`", "from 1 to 3600"},
		{"deploy --port 0", "`--port` has no meaning without `--local`", "`--local`"},
		{"init", "`attio init` needs DIR", "`--app SLUG`"},
		{"completion", "`attio completion` needs SHELL", "`bash`"},
		{"completion fsh", "SHELL cannot be `fsh`", "`fish`"},
		{"dev a b", "`b` is one word too many for `attio dev`", ""},
		{"build ''", "PATH is empty", "leave it out"},
		{"init x --color blue", "`--color` cannot be `blue`", "`never`"},
		{"--format human --json build",
		 "`--json` and `--format human` contradict each other", "one of them"},
		{"validate --format sraif", "`--format` cannot be `sraif`",
		 "did you mean `sarif`?"},
		{"--format sraif validate", "`--format` cannot be `sraif`", "`rdjson`"},
		{"deploy --format sarif", "`--format` cannot be `sarif` for `attio deploy`",
		 "one of `human`, `json`"},
		{"--format sarif", "`--format` cannot be `sarif`", "one of `human`, `json`"},
		{"--json validate --format ndjson",
		 "`--json` and `--format ndjson` contradict each other", "one of them"},
		{"validate --report", "`--report` needs a value: FORMAT=FILE",
		 "write `--report FORMAT=FILE`"},
		{"validate --report=", "`--report` has an empty value", "FORMAT=FILE"},
		/* The first mistake is the one that is told. */
		{"init x --nope --color blue", "unknown option `--nope` for `attio init`", ""},
	};
	struct run run = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		parse(&run, rows[i].line);
		if (run.result != -1)
			fail_msg("`%s` is accepted", rows[i].line);
		assert_int_equal(run.error.kind, ERROR_USAGE);
		assert_string_equal(run.error.message, rows[i].message);
		if (strstr(run.error.why, rows[i].remedy) == NULL &&
		    strstr(run.error.fix, rows[i].remedy) == NULL)
			fail_msg("`%s`: why `%s`, fix `%s`", rows[i].line, run.error.why,
				 run.error.fix);
		if (rows[i].remedy[0] == '\0')
			assert_string_equal(run.error.fix, "");
	}
	arena_free(run.arena);
}

static void test_globals_survive_mistakes(void **state)
{
	struct run run = {0};

	(void)state;
	parse(&run, "biuld --nope --json");
	assert_int_equal(run.result, -1);
	assert_true(run.parsed.globals.json);
	parse(&run, "frob init");
	assert_null(run.parsed.command);
	parse(&run, "init --template --format=json");
	assert_int_equal(run.result, -1);
	assert_string_equal(run.parsed.globals.format, "json");
	parse(&run, "frob -V");
	assert_true(run.parsed.globals.version);
	parse(&run, "frob -qh");
	assert_true(run.parsed.globals.help);
	parse(&run, "build -- -h");
	assert_int_equal(run.result, 0);
	assert_false(run.parsed.globals.help);
	arena_free(run.arena);
}

static void test_help_needs_nothing_else(void **state)
{
	static const char *const lines[] = {"init --help", "completion -h", "version --help",
					    "--help",      "init -V",       "deploy --port 1 -h"};
	struct run run = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		parse(&run, lines[i]);
		if (run.result != 0)
			fail_msg("`%s`: %s", lines[i], run.error.message);
	}
	arena_free(run.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_fallbacks_and_numbers),
		cmocka_unit_test(test_commands_and_operands),
		cmocka_unit_test(test_formats_belong_to_commands),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_bare_and_given),
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_globals_survive_mistakes),
		cmocka_unit_test(test_help_needs_nothing_else),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
