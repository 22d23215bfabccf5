/* What the app's iframes show. A frame is a document of its own with an opaque origin: it can run
 * scripts, but reaches neither the page around it nor what we answer. Its address has the session's
 * id, which cannot be guessed, since a browser sends no secret with it. */
#ifndef ATTIO_LOCAL_RUN_SCREEN_FRAME_H
#define ATTIO_LOCAL_RUN_SCREEN_FRAME_H

struct http_call;
struct http_reply;
struct platform;

/* What stands before SESSION/CALL. */
#define FRAME_BASE "/__attio/frame/"

void frame_answer(struct platform *platform, struct http_call *call, struct http_reply *reply);

#endif
