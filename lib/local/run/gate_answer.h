/* Within the room: an answer to a `fetch` as the host gets it (lib/local/host/README.md, `fetch`).
 */
#ifndef ATTIO_LOCAL_RUN_GATE_ANSWER_H
#define ATTIO_LOCAL_RUN_GATE_ANSWER_H

#include <stddef.h>

struct buf;
struct http_reply;
struct platform;
struct rest_request;

/* From the outside: `headers` are lines "Name: value". */
void gate_put_answer(struct buf *out, unsigned status, const char *reason, const char *url,
		     const char *headers, const char *body, size_t len);
/* From ourselves. */
void gate_put_reply(struct buf *out, struct http_reply *reply, const char *url);
/* Answers a request to the REST API and logs it; `node` 0: a script's. */
void gate_answer_rest(struct platform *platform, const struct rest_request *request, long long node,
		      struct http_reply *reply);

/* Notes beside an answer of the REST API, which is Attio's, what only this platform knows: how to
 * have the attribute that the local workspace lacks. `node` 0: a script's. */
void gate_note_refused(struct platform *platform, long long node, const struct http_reply *reply);

#endif
