/* Paragraphs for the terminal. */
#ifndef ATTIO_CLI_WRAP_H
#define ATTIO_CLI_WRAP_H

#include <stddef.h>

struct buf;

#define WRAP_WIDTH 80

/* Appends `text` broken at spaces so that no line passes WRAP_WIDTH columns where words allow it.
 * Every line begins with `indent` spaces, but the first only has what `column` (columns already
 * used on its line) leaves to fill. Paragraphs are split by "\n\n"; a single new line breaks the
 * line. Ends with a new line. */
void wrap_text(struct buf *out, const char *text, size_t indent, size_t column);

/* Two columns: "  term  text", the text wrapped beside `width` columns of terms. */
void wrap_item(struct buf *out, const char *term, size_t width, const char *text);

#endif
