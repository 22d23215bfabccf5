/* Within the room: what a text in Markdown says without its marks. */
#ifndef ATTIO_LOCAL_REST_MARKDOWN_H
#define ATTIO_LOCAL_REST_MARKDOWN_H

struct buf;

/* Appends the words of `text`: headings, lists, emphasis, code and links lose their marks; what is
 * no mark stays. An approximation of the service's own reading. */
void markdown_plain(struct buf *out, const char *text);

#endif
