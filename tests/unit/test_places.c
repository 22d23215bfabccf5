/* What paths and ids mean. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/identifiers.h"
#include "app/places.h"
#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"

static void test_naming(void **state)
{
	static const struct {
		const char *path;
		enum module_role role;
		bool odd;
	} rows[] = {
		{"src/a.server.ts", ROLE_SERVER, false},
		{"a.server.js", ROLE_SERVER, false},
		{"src/x.y.server.ts", ROLE_SERVER, false},
		{"src/a.server.tsx", ROLE_SERVER, true},
		{"src/a.server.mts", ROLE_SERVER, true},
		{"src/a.webhook.ts", ROLE_WEBHOOK, false},
		{"src/a.webhook.jsx", ROLE_WEBHOOK, true},
		{"src/a.event.js", ROLE_EVENT, false},
		{"src/a.event.cts", ROLE_EVENT, true},
		{"src/a.ts", ROLE_PLAIN, false},
		{"src/server.ts", ROLE_PLAIN, false},
		{"src/.server.ts", ROLE_PLAIN, false},
		{"src/aserver.ts", ROLE_PLAIN, false},
		{"src/a.server.d.ts", ROLE_PLAIN, false},
		{"src/a.servers.ts", ROLE_PLAIN, false},
		{"src/a.server/index.ts", ROLE_PLAIN, false},
		{"src/a.server", ROLE_PLAIN, false},
		{"", ROLE_PLAIN, false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct naming naming = naming_of(rows[i].path);

		if (naming.role != rows[i].role || naming.odd != rows[i].odd)
			fail_msg("%s", rows[i].path);
	}
	for (int role = ROLE_SERVER; role <= ROLE_EVENT; role++) {
		char path[64];

		snprintf(path, sizeof(path), "src/x.%s.ts", role_suffix((enum module_role)role));
		assert_int_equal(naming_of(path).role, role);
		assert_non_null(role_words((enum module_role)role));
	}
	assert_null(role_suffix(ROLE_PLAIN));
	assert_null(role_words(ROLE_PLAIN));
}

static void test_homes(void **state)
{
	static const struct {
		enum definition_kind kind;
		const char *path, *folder;
	} rows[] = {
		{DEF_WEBHOOK, "src/webhooks/a.webhook.ts", "src/webhooks"},
		{DEF_WEBHOOK, "src/app/webhooks/deep/a.webhook.ts", "src/app/webhooks"},
		{DEF_WEBHOOK, "src/app/webhook/a.webhook.ts", NULL},
		{DEF_WEBHOOK, "src/webhooksa.ts", NULL},
		{DEF_EVENT, "src/events/a.event.ts", "src/events"},
		{DEF_EVENT, "src/webhooks/a.event.ts", NULL},
		{DEF_SERVER, "src/a.server.ts", "src"},
		{DEF_SERVER, "lib/a.server.ts", NULL},
		{DEF_SETTINGS_PAGE, "src/app/settings/page.tsx", "src/app/settings"},
		{DEF_BLOCK, "src/blocks/a/block.ts", "src/blocks"},
		{DEF_APP, "src/app.ts", NULL},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (!str_equal(home_above(rows[i].kind, rows[i].path), rows[i].folder))
			fail_msg("%s", rows[i].path);
	/* An older folder is one beside the newer: definitions of a kind are never told twice. */
	for (int kind = 0; kind < DEF_KINDS; kind++)
		if (homes[kind].older != NULL)
			assert_null(strstr(homes[kind].folder, homes[kind].older));
}

static void test_ids(void **state)
{
	static const struct {
		const char *id;
		enum id_fault fault;
		const char *better;
	} rows[] = {
		{"a", ID_FINE, "a"},          {"send-to-crm2", ID_FINE, "send-to-crm2"},
		{"", ID_EMPTY, NULL},         {"2a", ID_START, "a"},
		{"-a", ID_START, "a"},        {"sendToCrm", ID_CHARACTER, "send-to-crm"},
		{"a--b", ID_HYPHEN, "a-b"},   {"a-", ID_HYPHEN, "a"},
		{"a_b", ID_CHARACTER, "a-b"}, {"a\xc3\xa9", ID_CHARACTER, "a"},
		{"\xc3\xa9", ID_START, NULL},
	};
	struct arena *arena = arena_new();
	char id[ID_MAX + 2] = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (id_fault(rows[i].id) != rows[i].fault ||
		    (id_problem(arena, rows[i].id) == NULL) != (rows[i].fault == ID_FINE))
			fail_msg("%s", rows[i].id);
		if (!str_equal(id_suggest(arena, rows[i].id), rows[i].better))
			fail_msg("%s: %s", rows[i].id, id_suggest(arena, rows[i].id));
	}
	memset(id, 'a', ID_MAX);
	assert_int_equal(id_fault(id), ID_FINE);
	id[ID_MAX] = 'a';
	assert_int_equal(id_fault(id), ID_LONG);
	assert_string_equal(id_problem(arena, id), "it has 65 characters, 64 are allowed");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_naming),
		cmocka_unit_test(test_homes),
		cmocka_unit_test(test_ids),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
