/* See junit.h. */
#include "testing/junit.h"

#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "diag/xml.h"
#include "testing/cases.h"

static void put_counts(struct buf *out, const struct test_case *cases, size_t count)
{
	struct test_counts counts = test_count(cases, count);

	buf_printf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\"", count,
		   counts.failed, counts.interrupted, counts.skipped);
}

/* `summary` is in an attribute, where readers look first. */
static void put_what(struct buf *out, const char *element, const char *summary, const char *text)
{
	buf_printf(out, "      <%s", element);
	xml_put_attribute(out, "message", summary);
	buf_putc(out, '>');
	xml_put(out, text, false);
	buf_printf(out, "</%s>\n", element);
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
		put_what(out, "failure", buf_cstr(&line), one->message);
		buf_dispose(&line);
	} else if (one->status == TEST_INTERRUPTED) {
		put_what(out, "error", "interrupted", one->message);
	}
	buf_puts(out, "    </testcase>\n");
}

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
