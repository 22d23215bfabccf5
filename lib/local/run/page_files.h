/* The page: its files, as they are built from lib/local/page, for a browser on this machine. Its
 * code comes from here and from nowhere else, and it may talk to us only (the policy in
 * page_files.c).
 *
 * Who has the page's key can do all that the control API does. It stands in index.html for a
 * browser of the user whose platform this is; where that is not known the page asks for it. */
#ifndef ATTIO_LOCAL_RUN_PAGE_FILES_H
#define ATTIO_LOCAL_RUN_PAGE_FILES_H

struct http_call;
struct http_reply;
struct platform;

/* In the state folder: leads a browser to the page with its key, and goes when it is there. */
#define PAGE_LINK_FILE "open.html"
/* What stands before the names of the files. */
#define PAGE_BASE "/__attio"

/* Answers a GET or HEAD of PAGE_BASE, of what is below it, and of "/", which leads there. */
void page_answer(struct platform *platform, struct http_call *call, struct http_reply *reply);

#endif
