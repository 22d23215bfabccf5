/* Line breaking: texts that fit a window. Widths are columns. */
#ifndef ATTIO_BASE_WRAP_H
#define ATTIO_BASE_WRAP_H

#include <stddef.h>

struct buf;

/* Appends `text` broken at spaces so that no line passes `most` columns where words allow it. Every
 * line begins with `indent` spaces, but the first only has what `column` (columns already used on
 * its line) leaves to fill. Paragraphs are split by "\n\n"; a single new line breaks the line. Ends
 * with a new line. */
void wrap_text(struct buf *out, size_t most, const char *text, size_t indent, size_t column);

/* Two columns: "  term  text", the text wrapped beside `width` columns of terms; below them where
 * they would leave it less than half of the line. */
void wrap_item(struct buf *out, size_t most, const char *term, size_t width, const char *text);

#endif
