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
struct platform;

struct gate {
	struct chaos chaos;
	struct fetching *open;
	long long last; /* number of an outbound request */
};

/* A `fetch` of app code: answers the host's request `id`, now or later. `params` as the host's
 * protocol says. */
void gate_fetch(struct platform *platform, long long id, struct json_slice params);
/* Either of the two once more, by nobody's code: it begins a flow. `node` is that, `failure` NULL
 * or why there was no answer. Called once, now or later. */
typedef void gate_done(void *context, long long node, const char *failure);
void gate_again(struct platform *platform, struct json_slice params, gate_done *done,
		void *context);
/* attioFetch: {method, path, query?, body?, host?} -> {status, body}. */
void gate_rest(struct platform *platform, long long id, struct json_slice params);
/* Takes the answers that came from outside, sends what had to wait. */
void gate_serve(struct platform *platform);
/* Milliseconds until something that waits is to be sent; -1: nothing waits. */
long long gate_wait(const struct platform *platform);
void gate_dispose(struct platform *platform);

#endif
