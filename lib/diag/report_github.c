/* Workflow commands of GitHub Actions. The runner takes a line that begins with `::` as a command,
 * so no text from outside may begin a line or end a property: what separates is percent-encoded,
 * other control characters are spelled out. */
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "diag/diag.h"
#include "diag/frame.h"
#include "diag/parts.h"
#include "diag/report.h"

static void put_text(struct buf *out, const char *text, bool property)
{
	const char *special = property ? "%\r\n:," : "%\r\n";
	while (*text != '\0') {
		size_t len = strcspn(text, special);
		char *plain = mem_strndup(text, len);
		frame_put_text(out, plain);
		mem_free(plain);
		text += len;
		if (*text != '\0')
			buf_printf(out, "%%%02X", (unsigned)(unsigned char)*text++);
	}
}

static void put_command(struct buf *out, const struct report_input *input, const struct diag *diag)
{
	struct span span;
	buf_printf(out, "::%s ", diag->severity == SEVERITY_ERROR ? "error" : "warning");
	if (diag->place.file != NULL) {
		buf_puts(out, "file=");
		put_text(out, part_path(input, diag->place.file), true);
		buf_putc(out, ',');
	}
	if (part_span(&diag->place, input->texts, false, &span)) {
		buf_printf(out, "line=%zu,endLine=%zu,", span.start.line, span.end.line);
		/* The runner refuses columns of a span over several lines. */
		if (span.start.line == span.end.line)
			buf_printf(out, "col=%zu,endColumn=%zu,", span.start.column,
				   span.end.column);
	}
	buf_puts(out, "title=");
	put_text(out, diag->code, true);
	buf_putc(out, ' ');
	put_text(out, diag->name, true);
	buf_puts(out, "::");
	put_text(out, diag->message, false);
	if (diag->help != NULL) {
		buf_puts(out, "%0Ahelp: ");
		put_text(out, diag->help, false);
	}
	buf_putc(out, '\n');
}

void report_github(struct buf *out, const struct report_input *input)
{
	for (size_t i = 0; i < input->diags->count; i++)
		put_command(out, input, &input->diags->items[i]);
}
