/* The line ends of JavaScript that the grammar does not know: a `\r` alone, U+2028, U+2029. */
#ifndef ATTIO_SOURCE_LINE_ENDS_H
#define ATTIO_SOURCE_LINE_ENDS_H

#include <stddef.h>

/* A copy of the text in which they are `\n`, with blanks behind it where they are longer; NULL when
 * there are none. In a string U+2028 and U+2029 are characters like others. Free with mem_free. */
char *plain_line_ends(const char *bytes, size_t len);

#endif
