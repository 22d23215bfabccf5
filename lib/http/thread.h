/* Drives a server where the rest of the process has no event loop. */
#ifndef ATTIO_HTTP_THREAD_H
#define ATTIO_HTTP_THREAD_H

struct error;
struct http_server;
struct http_thread;

/* From here on all handlers of the server run in a thread of their own, and nobody else may call
 * the server. No signal is handled in that thread. NULL with ERROR_SYSTEM. */
struct http_thread *http_thread_start(struct http_server *server, struct error *error);
/* Ends the thread; the server stays, and is the caller's again. NULL is fine. */
void http_thread_stop(struct http_thread *thread);

#endif
