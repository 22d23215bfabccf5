/* Lines are walked cell by cell, a cell being what one code point looks like. Nothing is stored, so
 * a line of a minified file costs time but no memory. */
#include "diag/frame.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"

enum {
	MARGIN = 10, /* a span this near to the right edge moves the window */
	TAB_WIDTH = 4,
	CELL_SIZE = 16,
};

static const char ELLIPSIS[] = "\xe2\x80\xa6";

struct cell {
	char text[CELL_SIZE];
	size_t width;
	size_t bytes; /* of the source */
};

/* Characters that change the order of the text around them, or end a line for some programs. */
static bool is_reordering(uint32_t c)
{
	return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069);
}

static struct cell next_cell(const char *text, size_t len)
{
	struct cell cell = {.width = 1};
	uint32_t c;
	bool valid;
	cell.bytes = utf8_decode(text, len, &c, &valid);
	if (!valid) {
		utf8_encode(c, cell.text);
	} else if (c == '\t') {
		cell.width = TAB_WIDTH;
		memset(cell.text, ' ', TAB_WIDTH);
	} else if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
		cell.width = (size_t)snprintf(cell.text, CELL_SIZE, "\\x%02x", (unsigned)c);
	} else if (c < 0x7f) {
		cell.text[0] = (char)c;
	} else if (is_reordering(c)) {
		cell.width = (size_t)snprintf(cell.text, CELL_SIZE, "\\u{%x}", (unsigned)c);
	} else {
		memcpy(cell.text, text, cell.bytes);
		cell.width = utf8_width(text, cell.bytes, TAB_WIDTH);
	}
	return cell;
}

/* How many bytes the text begins with that are shown as they are, each in a column: at most `most`.
 */
static size_t plain_run(const char *text, size_t len, size_t most)
{
	size_t run = 0;
	if (len > most)
		len = most;
	while (run < len && text[run] >= ' ' && text[run] < 0x7f)
		run++;
	return run;
}

/* Columns of the text; stops counting once past `limit`. */
static size_t columns(const char *text, size_t len, size_t limit)
{
	size_t width = 0;
	for (size_t at = 0; at < len && width <= limit;) {
		size_t run = plain_run(text + at, len - at, limit - width);
		if (run != 0) {
			width += run;
			at += run;
			continue;
		}
		struct cell cell = next_cell(text + at, len - at);
		width += cell.width;
		at += cell.bytes;
	}
	return width;
}

static size_t trimmed_len(const char *line, size_t len)
{
	while (len != 0 && (line[len - 1] == ' ' || line[len - 1] == '\t' || line[len - 1] == '\r'))
		len--;
	return len;
}

struct frame frame_choose(const char *line, size_t len, size_t start, size_t end, size_t width)
{
	if (start > len)
		start = len;
	if (end > len)
		end = len;
	if (end < start)
		end = start;
	size_t from = columns(line, start, (size_t)-1);
	size_t marked = columns(line + start, end - start, width);
	if (marked == 0)
		marked = 1;
	size_t shown = marked < width - 2 * MARGIN ? marked : width - 2 * MARGIN;
	size_t total = from + columns(line + start, trimmed_len(line + start, len - start), width);
	size_t left = 0;
	if (total > width && from + shown + MARGIN > width) {
		left = from - (width - shown) / 2;
		/* Near its end a line is shown up to the end. */
		if (total < left + width)
			left = total - width;
	}
	struct frame frame = {.left = left, .right = left + width, .mark = from - left};
	/* Marks may pass the end of the line by one, where something is missing. */
	size_t room = width + 1 - frame.mark;
	if (total > frame.right)
		room -= 2;
	frame.mark_len = marked < room ? marked : room;
	return frame;
}

static void put_spaces(struct buf *out, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_putc(out, ' ');
}

void frame_put_line(struct buf *out, const struct frame *frame, const char *line, size_t len)
{
	len = trimmed_len(line, len);
	bool cut_right = columns(line, len, frame->right) > frame->right;
	size_t from = frame->left != 0 ? frame->left + 1 : 0;
	size_t to = cut_right ? frame->right - 1 : frame->right;
	if (frame->left != 0 && len != 0)
		buf_puts(out, ELLIPSIS);
	size_t column = 0;
	for (size_t at = 0; at < len && column <= to;) {
		bool left_out = column < from;
		size_t run = plain_run(line + at, len - at, (left_out ? from : to) - column);
		if (run != 0) {
			if (!left_out)
				buf_add(out, line + at, run);
			column += run;
			at += run;
			continue;
		}
		struct cell cell = next_cell(line + at, len - at);
		size_t end = column + cell.width;
		if (column >= from && end <= to) {
			buf_puts(out, cell.text);
		} else if (end > from && column < to) {
			/* Half of a wide character at an edge. */
			size_t first = column > from ? column : from;
			put_spaces(out, (end < to ? end : to) - first);
		}
		column = end;
		at += cell.bytes;
	}
	if (cut_right)
		buf_puts(out, ELLIPSIS);
}

void frame_put_text(struct buf *out, const char *text)
{
	size_t len = strlen(text);
	for (size_t at = 0; at < len;) {
		size_t run = plain_run(text + at, len - at, len);
		buf_add(out, text + at, run);
		at += run;
		if (run != 0)
			continue;
		struct cell cell = next_cell(text + at, len - at);
		if (text[at] == '\n' || text[at] == '\t' || text[at] == '\r')
			buf_putc(out, ' ');
		else
			buf_puts(out, cell.text);
		at += cell.bytes;
	}
}
