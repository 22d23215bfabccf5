/* Which names keep a thing on the server. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/server_only.h"
#include "base/mem.h"

static void test_paths(void **state)
{
	static const struct {
		const char *path;
		bool only;
	} rows[] = {
		{"src/x.server/index.ts", true},
		{"src/x.server/y.tsx", true},
		{"src/x.server/deep/y.json", true},
		{"src/.server/y.ts", true},
		{"src/.server.ts", true},
		{"src/x.server", true},
		{"src/x.server.json", true},
		{"src/x.server.graphql", true},
		{"src/x.server.js/index.ts", true},
		{"../lib.server/x.ts", true},
		{"x.server/y.ts", true},
		{"src/x.Server.ts", true}, /* no server function */
		{"src/x.SERVER.mjs", true},
		{"src/x.server.TS", true},
		{"src/x.Server/y.ts", true},
		{"src/x.SERVER.TS/y.ts", true},
		{"src/x.Server.css", false},
		{"src/Server/y.ts", false},
		{"src/x.Servers/y.ts", false},
		{"src/x.server.ts", false}, /* a server function */
		{"src/x.server.cjs", false},
		{"src/x.server/y.server.ts", false},
		{"src/x.server.css", false}, /* never shipped */
		{"src/x.server/y.css", false},
		{"src/x.server/y.d.ts", false},
		{"src/server/y.ts", false},
		{"src/xserver/y.ts", false},
		{"src/x.server.test.ts", false},
		{"src/x.servers/y.ts", false},
		{"src/x.server.old/y.ts", false},
		{"src/server.ts", false},
		{"", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (server_only_path(rows[i].path) != rows[i].only)
			fail_msg("%s", rows[i].path);
	}
}

static void test_specifiers(void **state)
{
	static const struct {
		const char *specifier;
		bool only;
	} rows[] = {
		{"./x.server", true},
		{"./x.server.ts", true},
		{"./x.server.mjs", true},
		{"./x.Server", true},
		{"./x.SERVER.Ts", true},
		{"#x.server", true},
		{"x.server", true},
		{".server", true},
		{"./x.server?raw", true},
		{"./x?y.server", false},
		{"./x.server/y", false},
		{"./x.server.css", false},
		{"./x.serverless", false},
		{"server", false},
		{"", false},
		{".ts", false},
		{"?", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (server_only_specifier(rows[i].specifier) != rows[i].only)
			fail_msg("%s", rows[i].specifier);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_specifiers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
