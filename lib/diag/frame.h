/* One source line on a terminal: tabs, wide characters, control bytes, and the part of a long line
 * that is shown. Columns here are display columns, from 0. */
#ifndef ATTIO_DIAG_FRAME_H
#define ATTIO_DIAG_FRAME_H

#include <stddef.h>

struct buf;

/* The columns of a line that are shown, and where its marks go. */
struct frame {
	size_t left;
	size_t right;
	size_t mark;     /* first marked column, counted from `left` */
	size_t mark_len; /* at least 1 */
};

/* So many columns of a line are shown where nothing asks for fewer. */
enum { FRAME_WIDTH = 120 };

/* Chooses at most `width` columns, which are at least FRAME_LEAST, for marking the bytes `start` to
 * `end` of the line. Marks may pass them by one. */
enum { FRAME_LEAST = 24 };
struct frame frame_choose(const char *line, size_t len, size_t start, size_t end, size_t width);
/* Appends the chosen columns of a line, with an ellipsis where it was cut. */
void frame_put_line(struct buf *out, const struct frame *frame, const char *line, size_t len);
/* Appends a text so that it cannot steer the terminal: control characters and marks that reorder
 * text are spelled out, bytes that are not UTF-8 become U+FFFD, line ends and tabs a space. */
void frame_put_text(struct buf *out, const char *text);

#endif
