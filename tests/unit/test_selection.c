/* Which findings are reported: options, package.json, defaults. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "check/selection.h"
#include "diag/text.h"
#include "rules/rules.h"

/* ATT2005 is an error by default, ATT9010 a warning. */
static enum severity ask(const struct selection *selection, const char *code)
{
	const struct rule *rule = rule_find(code);
	struct diag diag = {.code = code, .severity = SEVERITY_ERROR};

	if (rule != NULL)
		diag.severity = rule->info.severity;
	return selection_severity(selection, &diag);
}

static int read(struct selection *selection, struct arena *arena, const char *rules_json,
		struct error *error)
{
	struct texts texts;
	char *text =
		arena_printf(arena, "{\"attio\": {\"validate\": {\n\"rules\": %s}}}", rules_json);

	texts_init(&texts, arena, "/nowhere");
	texts_add(&texts, "package.json", text, strlen(text));
	int result = selection_read(selection, &texts, error);
	texts_dispose(&texts);
	return result;
}

static void test_rows(void **state)
{
	static const struct {
		const char *select, *ignore, *rules;
		const char *code;
		enum severity severity;
	} rows[] = {
		{NULL, NULL, "{}", "ATT2005", SEVERITY_ERROR},
		{NULL, NULL, "{}", "TS2322", SEVERITY_ERROR},
		{"ATT2", NULL, "{}", "TS2322", SEVERITY_OFF},
		{"ATT2", NULL, "{}", "ATT2005", SEVERITY_ERROR},
		{"ATT2", NULL, "{}", "ATT9010", SEVERITY_OFF},
		{"ATT3001, bundle-warning", NULL, "{}", "ATT9010", SEVERITY_WARNING},
		{NULL, "ATT2", "{}", "ATT2005", SEVERITY_OFF},
		{NULL, "client-no-server-sdk", "{}", "ATT2005", SEVERITY_OFF},
		{NULL, "client-no-server-sdk", "{}", "ATT2006", SEVERITY_ERROR},
		/* The more precise word counts, of equals --ignore. */
		{"ATT2005", "ATT2", "{}", "ATT2005", SEVERITY_ERROR},
		{"ATT2", "ATT2005", "{}", "ATT2005", SEVERITY_OFF},
		{"ATT2005", "client-no-server-sdk", "{}", "ATT2005", SEVERITY_OFF},
		{"ATT20", "ATT2", "{}", "ATT2005", SEVERITY_ERROR},
		/* package.json */
		{NULL, NULL, "{\"ATT2005\": \"off\"}", "ATT2005", SEVERITY_OFF},
		{NULL, NULL, "{\"client-no-server-sdk\": \"warning\"}", "ATT2005",
		 SEVERITY_WARNING},
		{NULL, NULL, "{\"ATT9010\": \"error\"}", "ATT9010", SEVERITY_ERROR},
		/* Options win. */
		{"ATT2", NULL, "{\"ATT2005\": \"off\"}", "ATT2005", SEVERITY_ERROR},
		{"ATT2", NULL, "{\"ATT2005\": \"warning\"}", "ATT2005", SEVERITY_WARNING},
		{NULL, "ATT2", "{\"ATT2005\": \"error\"}", "ATT2005", SEVERITY_OFF},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena *arena = arena_new();
		struct selection selection;
		struct error error = {0};

		selection_init(&selection, arena);
		if (rows[i].select != NULL)
			assert_int_equal(
				selection_add(&selection, true, "--select", rows[i].select, &error),
				0);
		if (rows[i].ignore != NULL)
			assert_int_equal(selection_add(&selection, false, "--ignore",
						       rows[i].ignore, &error),
					 0);
		assert_int_equal(read(&selection, arena, rows[i].rules, &error), 0);
		if (ask(&selection, rows[i].code) != rows[i].severity)
			fail_msg("row %zu: %s", i, rows[i].code);
		arena_free(arena);
	}
}

static void test_wrong_words(void **state)
{
	static const struct {
		const char *words, *message, *fix;
	} rows[] = {
		{"ATT2004x", "`--select` knows no rule `ATT2004x`", ""},
		{"att2005", "`--select` knows no rule `att2005`", "did you mean `ATT2005`?"},
		{"client-no-node,handler-asinc", "`--select` knows no rule `handler-asinc`",
		 "did you mean `handler-async`?"},
		{"A", "`--select` knows no rule `A`", ""},
		{"ATT7777", "`--select` knows no rule `ATT7777`", ""},
		{"ATT2,", "`--select` has an empty word in `ATT2,`", ""},
		{" , ATT2", "`--select` has an empty word in ` , ATT2`", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena *arena = arena_new();
		struct selection selection;
		struct error error = {0};

		selection_init(&selection, arena);
		assert_int_equal(selection_add(&selection, true, "--select", rows[i].words, &error),
				 -1);
		assert_int_equal(error.kind, ERROR_USAGE);
		assert_string_equal(error.message, rows[i].message);
		if (rows[i].fix[0] != '\0')
			assert_string_equal(error.fix, rows[i].fix);
		arena_free(arena);
	}
}

static void test_wrong_manifests(void **state)
{
	static const struct {
		const char *text, *message, *fix;
	} rows[] = {
		{"{\"attio\": 1}", "package.json:1:11: `attio` must be an object", ""},
		{"{\"attio\": {\n\"validate\": []}}",
		 "package.json:2:13: `validate` must be an object", ""},
		{"{\"attio\": {\"validate\": {\"rule\": {}}}}",
		 "package.json:1:25: `attio.validate` has no setting `rule`",
		 "did you mean `rules`?"},
		{"{\"attio\": {\"validate\": {\"rules\": \"off\"}}}",
		 "package.json:1:34: `rules` must be an object", ""},
		{"{\"attio\": {\"validate\": {\"rules\": {\n  \"handler-asyn\": \"off\"}}}}",
		 "package.json:2:3: there is no rule `handler-asyn`",
		 "did you mean `handler-async`?"},
		{"{\"attio\": {\"validate\": {\"rules\": {\n  \"handler-async\": \"warn\"}}}}",
		 "package.json:2:20: `handler-async` must be `off`, `warning` or `error`", ""},
		{"{\"attio\": {\"validate\": {\"rules\": {\n  \"handler-async\": \"of\"}}}}",
		 "package.json:2:20: `handler-async` must be `off`, `warning` or `error`", ""},
		{"{\"attio\": {\"validate\": {\"rules\": {\n  \"handler-async\": 0}}}}",
		 "package.json:2:20: `handler-async` must be `off`, `warning` or `error`", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena *arena = arena_new();
		struct selection selection;
		struct error error = {0};
		struct texts texts;

		selection_init(&selection, arena);
		texts_init(&texts, arena, "/nowhere");
		texts_add(&texts, "package.json", rows[i].text, strlen(rows[i].text));
		assert_int_equal(selection_read(&selection, &texts, &error), -1);
		assert_int_equal(error.kind, ERROR_USAGE);
		assert_string_equal(error.message, rows[i].message);
		if (rows[i].fix[0] != '\0')
			assert_string_equal(error.fix, rows[i].fix);
		texts_dispose(&texts);
		arena_free(arena);
	}
}

/* What is no JSON, or has nothing for us, says nothing. */
static void test_other_manifests(void **state)
{
	static const char *const rows[] = {"",
					   "[]",
					   "{",
					   "{}",
					   "{\"attio\": {}}",
					   "{\"attio\": {\"other\": 1, \"validate\": {}}}"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena *arena = arena_new();
		struct selection selection;
		struct error error = {0};
		struct texts texts;

		selection_init(&selection, arena);
		texts_init(&texts, arena, "/nowhere");
		texts_add(&texts, "package.json", rows[i], strlen(rows[i]));
		assert_int_equal(selection_read(&selection, &texts, &error), 0);
		texts_dispose(&texts);
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_wrong_words),
		cmocka_unit_test(test_wrong_manifests),
		cmocka_unit_test(test_other_manifests),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
