/* JUnit XML as CI servers read it. There is no standard; this is the part that Jenkins, GitLab,
 * Azure and CircleCI have in common. A test that fails means a build that fails, so warnings are
 * skipped tests: they are shown and nothing turns red. No times, so that equal apps give equal
 * bytes. */
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "diag/diag.h"
#include "diag/parts.h"
#include "diag/report.h"
#include "diag/text.h"
#include "diag/xml.h"

static void put_count(struct buf *out, const char *name, size_t count)
{
	buf_printf(out, " %s=\"%zu\"", name, count);
}

static void put_counts(struct buf *out, const struct report_input *input)
{
	size_t errors = diags_count(input->diags, SEVERITY_ERROR);
	size_t count = input->diags->count;
	put_count(out, "tests", count != 0 ? count : 1);
	put_count(out, "failures", errors);
	put_count(out, "errors", 0);
	put_count(out, "skipped", count - errors);
}

static void put_case(struct buf *out, const struct report_input *input, const struct diag *diag)
{
	struct span span;
	bool placed = part_span(&diag->place, input->texts, false, &span);
	const char *path = part_path(input, diag->place.file);
	struct buf text = {0};

	/* The name tells two findings of one code in a file apart. */
	buf_printf(&text, "%s %s", diag->code, diag->name);
	if (placed)
		buf_printf(&text, " (%zu:%zu)", span.start.line, span.start.column);
	buf_puts(out, "    <testcase");
	xml_put_attribute(out, "classname", path);
	xml_put_attribute(out, "name", buf_cstr(&text));
	if (diag->place.file != NULL)
		xml_put_attribute(out, "file", path);
	if (placed)
		put_count(out, "line", span.start.line);
	buf_puts(out, ">\n");
	if (diag->severity == SEVERITY_ERROR) {
		struct diag copy = *diag;
		struct diags one = {.items = &copy, .count = 1};
		buf_puts(out, "      <failure");
		xml_put_attribute(out, "type", diag->code);
		xml_put_attribute(out, "message", diag->message);
		buf_putc(out, '>');
		buf_clear(&text);
		report_human(&text, &one, input->texts, &(const struct report_look){0});
		xml_put(out, buf_cstr(&text), false);
		buf_puts(out, "</failure>\n");
	} else {
		buf_puts(out, "      <skipped");
		buf_clear(&text);
		buf_printf(&text, "warning: %s", diag->message);
		xml_put_attribute(out, "message", buf_cstr(&text));
		buf_puts(out, "/>\n");
	}
	buf_puts(out, "    </testcase>\n");
	buf_dispose(&text);
}

void report_junit(struct buf *out, const struct report_input *input)
{
	struct buf name = {0};
	buf_printf(&name, "attio %s", input->command);
	buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
	xml_put_attribute(out, "name", buf_cstr(&name));
	put_counts(out, input);
	buf_puts(out, ">\n  <testsuite");
	xml_put_attribute(out, "name", buf_cstr(&name));
	put_counts(out, input);
	buf_puts(out, ">\n");
	for (size_t i = 0; i < input->diags->count; i++)
		put_case(out, input, &input->diags->items[i]);
	if (input->diags->count == 0) {
		buf_puts(out, "    <testcase");
		xml_put_attribute(out, "classname", part_path(input, NULL));
		xml_put_attribute(out, "name", buf_cstr(&name));
		buf_puts(out, "/>\n");
	}
	buf_puts(out, "  </testsuite>\n</testsuites>\n");
	buf_dispose(&name);
}
