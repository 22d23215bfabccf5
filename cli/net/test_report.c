/* See test_report.h. */
#include "cli/net/test_report.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/test_jobs.h"
#include "testing/cases.h"
#include "testing/tests.h"

/* Of files in a sentence: the document has all. */
enum { NAMES_MOST = 3 };

/* A message's lines, below the test that it is about. */
static void tell_message(struct cli *cli, const char *message)
{
	while (*message != '\0') {
		size_t len = strcspn(message, "\n");

		answer_line(cli, "    %.*s", (int)len, message);
		message += len + (message[len] == '\n');
	}
}

void test_tell_file(struct cli *cli, const struct test_file *file, const struct test_case *cases,
		    size_t count)
{
	struct test_counts counts = test_count(cases, count);

	answer_line(cli, "%s  %s  (%zu test%s)", counts.failed > 0 ? "FAILED" : "ok    ",
		    file->path, count, count == 1 ? "" : "s");
	for (size_t i = 0; i < count; i++) {
		if (cases[i].status != TEST_FAILED)
			continue;
		answer_line(cli, "  %s", cases[i].name);
		tell_message(cli, cases[i].message);
	}
}

void test_add_json(struct cJSON *document, const struct test_cases *cases, size_t files, long ms)
{
	struct test_counts counts = test_count(cases->items, cases->count);
	cJSON *list = cJSON_AddArrayToObject(document, "tests");
	cJSON *summary = cJSON_AddObjectToObject(document, "summary");

	for (size_t i = 0; i < cases->count; i++) {
		const struct test_case *one = &cases->items[i];
		cJSON *item;

		if (one->status == TEST_INTERRUPTED)
			continue;
		item = cJSON_CreateObject();
		cJSON_AddStringToObject(item, "file", one->file);
		cJSON_AddStringToObject(item, "name", one->name);
		cJSON_AddStringToObject(item, "status", test_status_name(one->status));
		cJSON_AddNumberToObject(item, "ms", (double)one->ms);
		if (one->status == TEST_FAILED)
			cJSON_AddStringToObject(item, "message", one->message);
		cJSON_AddItemToArray(list, item);
	}
	cJSON_AddNumberToObject(summary, "files", (double)files);
	cJSON_AddNumberToObject(summary, "passed", (double)counts.passed);
	cJSON_AddNumberToObject(summary, "failed", (double)counts.failed);
	cJSON_AddNumberToObject(summary, "skipped", (double)counts.skipped);
	cJSON_AddNumberToObject(summary, "ms", (double)ms);
}

void test_add_unfinished(struct cJSON *document, const struct test_cases *cases)
{
	cJSON *list = cJSON_AddArrayToObject(document, "unfinished");

	for (size_t i = 0; i < cases->count; i++) {
		const struct test_case *one = &cases->items[i];
		cJSON *item;

		if (one->status != TEST_INTERRUPTED)
			continue;
		item = cJSON_CreateObject();
		cJSON_AddStringToObject(item, "file", one->file);
		cJSON_AddBoolToObject(item, "began", str_equal(one->message, TEST_WAS_RUNNING));
		cJSON_AddItemToArray(list, item);
	}
}

/* "`a`, `b`, `c` and 2 more" of those with this message; "": none. */
static const char *names_of(struct arena *arena, const struct test_cases *cases,
			    const char *message, size_t *count)
{
	struct buf text = {0};
	const char *names;

	*count = 0;
	for (size_t i = 0; i < cases->count; i++) {
		const struct test_case *one = &cases->items[i];

		if (one->status != TEST_INTERRUPTED || !str_equal(one->message, message))
			continue;
		if ((*count)++ < NAMES_MOST)
			buf_printf(&text, "%s`%s`", text.len > 0 ? ", " : "", one->file);
	}
	if (*count > NAMES_MOST)
		buf_printf(&text, " and %zu more", *count - NAMES_MOST);
	names = arena_strdup(arena, buf_cstr(&text));
	buf_dispose(&text);
	return names;
}

const char *test_why_unfinished(struct arena *arena, const struct test_cases *cases)
{
	size_t running, waiting;
	const char *ran = names_of(arena, cases, TEST_WAS_RUNNING, &running);
	const char *left = names_of(arena, cases, TEST_NOT_BEGUN, &waiting);

	if (running + waiting == 0)
		return "all files had ended";
	return arena_printf(arena, "%s%s%s%s%s", ran,
			    running == 0  ? ""
			    : running > 1 ? " were running"
					  : " was running",
			    running > 0 && waiting > 0 ? "; " : "", left,
			    waiting > 0 ? " had not begun" : "");
}
