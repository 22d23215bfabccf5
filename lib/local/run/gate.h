/* The one way out for app code: each `fetch` of a realm comes here. What is ours (REST, webhook
 * addresses) is answered inside; the rest is sent, recorded, replayed or denied, as `--net` says,
 * and sent elsewhere where `--route` says so. */
#ifndef ATTIO_LOCAL_RUN_GATE_H
#define ATTIO_LOCAL_RUN_GATE_H

#include "local/run/chaos.h"
#include "json/slice.h"

struct buf;
struct error;
struct fetching;
struct http_reply;
struct platform;
struct rest_request;

struct gate {
	struct chaos chaos;
	struct fetching *open;
	long long last; /* number of an outbound request */
};

/* A `fetch` of app code: answers the host's request `id`, now or later. `params` as the host's
 * protocol says. */
void gate_fetch(struct platform *platform, long long id, struct json_slice params);
/* attioFetch: {method, path, query?, body?, host?} -> {status, body}. */
void gate_rest(struct platform *platform, long long id, struct json_slice params);
/* Answers a request to the REST API and logs it; `node` 0: a script's. */
void gate_answer_rest(struct platform *platform, const struct rest_request *request, long long node,
		      struct http_reply *reply);
/* Takes the answers that came from outside, sends what had to wait. */
void gate_serve(struct platform *platform);
/* Milliseconds until something that waits is to be sent; -1: nothing waits. */
long long gate_wait(const struct platform *platform);
void gate_dispose(struct platform *platform);

#endif
