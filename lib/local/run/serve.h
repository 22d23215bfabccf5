/* What the platform answers on its port: families of paths, each with its own way to let in and to
 * refuse. */
#ifndef ATTIO_LOCAL_RUN_SERVE_H
#define ATTIO_LOCAL_RUN_SERVE_H

#include <stddef.h>

struct http_call;
struct http_reply;
struct platform;

/* For struct http_server_options; `context` is the platform. */
size_t serve_admit(void *context, struct http_call *call, struct http_reply *reply);
void serve_answer(void *context, struct http_call *call, struct http_reply *reply);
/* Makes what requests are matched with; once, when the platform is opened. */
void serve_prepare(struct platform *platform);

#endif
