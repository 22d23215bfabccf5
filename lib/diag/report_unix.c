/* One line a finding, as compilers have always written them: editors and shells know how to jump to
 * such lines, and language models read them without a frame's noise. */
#include "base/buf.h"
#include "diag/diag.h"
#include "diag/frame.h"
#include "diag/parts.h"
#include "diag/report.h"

static void put_line(struct buf *out, const struct report_input *input, const struct diag *diag)
{
	struct span span;
	frame_put_text(out, part_path(input, diag->place.file));
	if (part_span(&diag->place, input->texts, false, &span))
		buf_printf(out, ":%zu:%zu", span.start.line, span.start.column);
	else if (diag->place.file != NULL)
		/* Without a line most readers of this form do not see a file. */
		buf_puts(out, ":1:1");
	buf_printf(out, ": %s %s %s: ", part_severity(diag->severity), diag->code, diag->name);
	frame_put_text(out, diag->message);
}

void report_unix(struct buf *out, const struct report_input *input)
{
	for (size_t i = 0; i < input->diags->count; i++) {
		put_line(out, input, &input->diags->items[i]);
		buf_putc(out, '\n');
	}
}

void report_agent(struct buf *out, const struct report_input *input)
{
	for (size_t i = 0; i < input->diags->count; i++) {
		const struct diag *diag = &input->diags->items[i];
		put_line(out, input, diag);
		if (diag->help != NULL) {
			buf_puts(out, " help: ");
			frame_put_text(out, diag->help);
		}
		buf_putc(out, '\n');
	}
}
