/* attio test: what it takes. It runs in attio-net: cli/net/test.c. */
#include <stddef.h>

#include "cli/net/test.h"
#include "cli/reach.h"
#include "cli/table.h"

static const struct option option_table[] = {
	{.name = "shard",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct test_options, shard),
	 .value = "I/N",
	 .help = "Only one of N parts of the files, for CI jobs that run side by side"},
	{.name = "report",
	 .kind = OPTION_LIST,
	 .field = offsetof(struct test_options, reports),
	 .value = "junit=FILE",
	 .help = "Also write a report for CI"},
	{.name = "watch",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct test_options, watch),
	 .help = "Run again after every change, until Ctrl-C"},
	{.name = "cover",
	 .kind = OPTION_STRING,
	 .field = offsetof(struct test_options, cover),
	 .value = "PERCENT",
	 .bare = "0",
	 .help = "Also tell what of the app no test has run; fail below this share of it"},
	{.name = "jobs",
	 .letter = 'j',
	 .kind = OPTION_NUMBER,
	 .field = offsetof(struct test_options, jobs),
	 .value = "N",
	 .min = 1,
	 .max = 64,
	 .help = "Files at a time (default: one for each processor)"},
	{.name = "timeout",
	 .kind = OPTION_NUMBER,
	 .field = offsetof(struct test_options, timeout),
	 .value = "SEC",
	 .min = 1,
	 .max = 3600,
	 .help = "Longest time for one file, in seconds",
	 .fallback = "300"},
	{.name = NULL},
};

static const struct operand operand_table[] = {
	{.name = "FILE",
	 .field = offsetof(struct test_options, files),
	 .is_path = true,
	 .many = true,
	 .help = "Tests, or folders of them (default: those below `tests`)"},
	{.name = NULL},
};

static const struct example example_table[] = {
	{"attio test", "Run all tests of the app"},
	{"attio test tests/hello.test.mjs --watch", "Run one after every change"},
	{"attio test --shard 1/3 --report junit=tests.xml", "Run a third of them in CI"},
	{"attio test --cover=80", "Ask that tests run four fifths of the app"},
	{.command = NULL},
};

const struct command cmd_test = {
	.name = "test",
	.group = REACH_GROUP,
	.summary = "Run the app's tests, each on a platform of its own",
	.description =
		"Runs the files below `tests` that end in .test.mjs, .test.js or .test.ts, for "
		"node:test or vitest, and those that end in .flow.json, which attio flow save "
		"wrote. They need no account, no network and no running attio dev: each starts "
		"from the state that it names, on a copy that is removed afterwards, and the app's "
		"requests to third parties are answered by the test.\n\n"
		"Scripts import our client package as `#attio/testing`, which is written to "
		".attio/.testing when package.json has `\"imports\": {\"#attio/testing\": "
		"\"./.attio/.testing/index.js\"}`: start, runAction, callServer, sendWebhook, "
		"expectRequest and so on, described in its index.d.ts. With `node --test` and "
		"`npx vitest run` they work, too, where `attio-native` is in the PATH.\n\n"
		"With --cover it tells which surfaces, server functions, webhooks, events and "
		"blocks of the app no test has run. The exit code is 1 when a test failed.",
	.options = option_table,
	.operands = operand_table,
	.examples = example_table,
	.exit_codes = "0 1 2 8 70 130 143",
	.options_size = sizeof(struct test_options),
	.needs = REACH_NEEDS | NEED_ESBUILD,
};
