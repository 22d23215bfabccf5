/* Line breaking for help and explanations. The width is fixed: help reads the same in a terminal,
 * a pipe and a test. */
#include "cli/wrap.h"

#include <string.h>

#include "base/buf.h"
#include "base/str.h"

static void fill(struct buf *out, size_t from, size_t to)
{
	for (; from < to; from++)
		buf_putc(out, ' ');
}

void wrap_text(struct buf *out, const char *text, size_t indent, size_t column)
{
	bool blank = true; /* nothing but indentation on this line yet */

	while (*text != '\0') {
		if (*text == '\n') {
			buf_putc(out, '\n');
			column = 0;
			blank = true;
			text++;
			continue;
		}
		if (*text == ' ') {
			text++;
			continue;
		}
		size_t len = strcspn(text, " \n");
		size_t width = utf8_width(text, len, 1);
		if (!blank && column + 1 + width > WRAP_WIDTH) {
			buf_putc(out, '\n');
			column = 0;
			blank = true;
		}
		if (blank) {
			fill(out, column, indent);
			column = column < indent ? indent : column;
		} else {
			buf_putc(out, ' ');
			column++;
		}
		buf_add(out, text, len);
		column += width;
		blank = false;
		text += len;
	}
	buf_putc(out, '\n');
}

void wrap_item(struct buf *out, const char *term, size_t width, const char *text)
{
	size_t used = 2 + utf8_width(term, strlen(term), 1);

	buf_printf(out, "  %s", term);
	if (used > width + 2) { /* no room beside it */
		buf_putc(out, '\n');
		used = 0;
	}
	wrap_text(out, text, width + 4, used);
}
