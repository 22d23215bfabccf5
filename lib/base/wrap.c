#include "base/wrap.h"

#include <string.h>

#include "base/buf.h"
#include "base/str.h"

static void fill(struct buf *out, size_t from, size_t to)
{
	for (; from < to; from++)
		buf_putc(out, ' ');
}

void wrap_text(struct buf *out, size_t most, const char *text, size_t indent, size_t column)
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
		if (!blank && column + 1 + width > most) {
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

void wrap_item(struct buf *out, size_t most, const char *term, size_t width, const char *text)
{
	size_t used = 2 + utf8_width(term, strlen(term), 1);
	bool narrow = width + 4 > most / 2;

	buf_printf(out, "  %s", term);
	if (narrow || used > width + 2) { /* no room beside it */
		buf_putc(out, '\n');
		used = 0;
	}
	wrap_text(out, most, text, narrow ? 6 : width + 4, used);
}
