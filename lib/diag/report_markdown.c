/* A table for the summary page of a GitHub Actions step. The page takes one megabyte a step, so the
 * table ends after some rows; the log has them all. */
#include <string.h>

#include "base/buf.h"
#include "diag/diag.h"
#include "diag/frame.h"
#include "diag/parts.h"
#include "diag/report.h"

enum { MAX_ROWS = 500, MAX_TEXT = 600 };

/* Text of a table cell. Code spans keep their backticks; what would end the cell or become markup
 * of another kind is escaped. */
static void put_cell(struct buf *out, const char *text)
{
	struct buf line = {0};
	frame_put_text(&line, text);
	bool code = false;
	bool closes = true;
	for (const char *at = buf_cstr(&line); *at != '\0'; at++) {
		if ((size_t)(at - line.ptr) >= MAX_TEXT && (*at & 0xc0) != 0x80) {
			buf_puts(out, code ? "`\xe2\x80\xa6" : "\xe2\x80\xa6");
			break;
		}
		if (*at == '`') {
			/* One that is never closed is no code span. */
			closes = code || strchr(at + 1, '`') != NULL;
			code = closes && !code;
			buf_puts(out, closes ? "`" : "\\`");
		} else if (*at == '|') {
			buf_puts(out, "\\|");
		} else if (!code && *at == '<') {
			buf_puts(out, "&lt;");
		} else if (!code && *at == '&') {
			buf_puts(out, "&amp;");
		} else if (!code && strchr("\\*_[]~#@", *at) != NULL) {
			buf_printf(out, "\\%c", *at);
		} else {
			buf_putc(out, *at);
		}
	}
	buf_dispose(&line);
}

static void put_row(struct buf *out, const struct report_input *input, const struct diag *diag)
{
	struct span span;
	buf_printf(out, "| %s | %s | ", part_severity(diag->severity), diag->code);
	put_cell(out, part_path(input, diag->place.file));
	if (part_span(&diag->place, input->texts, false, &span))
		buf_printf(out, ":%zu", span.start.line);
	buf_puts(out, " | ");
	put_cell(out, diag->message);
	if (diag->help != NULL) {
		buf_puts(out, "<br>help: ");
		put_cell(out, diag->help);
	}
	buf_puts(out, " |\n");
}

void report_markdown(struct buf *out, const struct report_input *input)
{
	size_t errors = diags_count(input->diags, SEVERITY_ERROR);
	size_t warnings = diags_count(input->diags, SEVERITY_WARNING);
	buf_printf(out, "### attio %s: %zu error%s, %zu warning%s\n", input->command, errors,
		   errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s");
	if (input->diags->count == 0)
		return;
	buf_puts(out, "\n| | Code | Place | Finding |\n|---|---|---|---|\n");
	for (size_t i = 0; i < input->diags->count && i < MAX_ROWS; i++)
		put_row(out, input, &input->diags->items[i]);
	if (input->diags->count > MAX_ROWS)
		buf_printf(out, "\n%zu more are in the log of the step.\n",
			   input->diags->count - MAX_ROWS);
}
