/* Within the room: pages for a browser, plain HTML without scripts. */
#ifndef ATTIO_LOCAL_PLAIN_PAGE_H
#define ATTIO_LOCAL_PLAIN_PAGE_H

struct buf;
struct http_reply;

/* Up to the heading; the title is escaped. */
void page_begin(struct buf *out, const char *title);
/* A text, escaped, also for an attribute in quotes. */
void page_put(struct buf *out, const char *text);
void page_end(struct buf *out);
/* What a page is sent with: nothing may be loaded, nobody may frame it. A form may be sent here,
 * and what answers it may lead to `form_target` (an origin; NULL: nowhere else). */
void page_headers(struct http_reply *reply, const char *form_target);

#endif
