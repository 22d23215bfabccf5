/* See test_report.h. */
#include "cli/net/test_report.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "diag/xml.h"

struct test_counts test_count(const struct test_case *cases, size_t count)
{
	struct test_counts counts = {0};

	for (size_t i = 0; i < count; i++) {
		counts.passed += cases[i].status == TEST_PASSED;
		counts.failed += cases[i].status == TEST_FAILED;
		counts.skipped += cases[i].status == TEST_SKIPPED;
	}
	return counts;
}

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
		cJSON *item = cJSON_CreateObject();

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

static void put_counts(struct buf *out, const struct test_case *cases, size_t count)
{
	struct test_counts counts = test_count(cases, count);

	buf_printf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"%zu\"", count,
		   counts.failed, counts.skipped);
}

static void put_case(struct buf *out, const struct test_case *one)
{
	buf_puts(out, "    <testcase");
	xml_put_attribute(out, "classname", one->file);
	xml_put_attribute(out, "name", one->name);
	xml_put_attribute(out, "file", one->file);
	buf_printf(out, " time=\"%ld.%03ld\">\n", one->ms / 1000, one->ms % 1000);
	if (one->status == TEST_SKIPPED) {
		buf_puts(out, "      <skipped/>\n");
	} else if (one->status == TEST_FAILED) {
		size_t first = strcspn(one->message, "\n");
		struct buf line = {0};

		buf_add(&line, one->message, first);
		buf_puts(out, "      <failure");
		xml_put_attribute(out, "message", buf_cstr(&line));
		buf_putc(out, '>');
		xml_put(out, one->message, false);
		buf_puts(out, "</failure>\n");
		buf_dispose(&line);
	}
	buf_puts(out, "    </testcase>\n");
}

/* A suite a file. */
void test_put_junit(struct buf *out, const struct test_cases *cases)
{
	buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
	xml_put_attribute(out, "name", "attio test");
	put_counts(out, cases->items, cases->count);
	buf_puts(out, ">\n");
	for (size_t i = 0; i < cases->count;) {
		const char *file = cases->items[i].file;
		size_t end = i;

		while (end < cases->count && str_equal(cases->items[end].file, file))
			end++;
		buf_puts(out, "  <testsuite");
		xml_put_attribute(out, "name", file);
		put_counts(out, cases->items + i, end - i);
		buf_puts(out, ">\n");
		for (; i < end; i++)
			put_case(out, &cases->items[i]);
		buf_puts(out, "  </testsuite>\n");
	}
	buf_puts(out, "</testsuites>\n");
}
