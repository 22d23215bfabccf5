/* The child that hosts app code (lib/local/host): frames as JSON lines over its pipes. What a frame
 * means is not known here. It ends with us, however we end. */
#ifndef ATTIO_LOCAL_RUN_HOST_H
#define ATTIO_LOCAL_RUN_HOST_H

#include <stdbool.h>
#include <stddef.h>

#include "json/slice.h"

struct error;
struct host;
struct host_early;
struct loop;
struct run_error;

/* The answer to a request of ours: exactly one of the two. Their texts live until it returns. */
typedef void host_answer(void *context, struct json_slice result, const struct run_error *error);

struct host_listener {
	/* A request of the host's, to be answered once, now or later, by its id. */
	void (*request)(void *context, long long id, const char *method, struct json_slice params);
	void (*notice)(void *context, const char *method, struct json_slice params);
	void *context;
};

/* Starts the program, or takes the one that was started early (NULL: none). NULL with ERROR_TOOL or
 * ERROR_SYSTEM. */
struct host *host_start(struct loop *loop, const char *const *words, struct host_early *early,
			const struct host_listener *listener, struct error *error);
/* Sends a request; `params` is an object's text. Without a host that runs the answer is an error,
 * in the next host_serve. `answer` may be NULL. */
void host_ask(struct host *host, const char *method, const char *params, size_t len,
	      host_answer *answer, void *context);
/* Answers a request of the host's. */
void host_reply(struct host *host, long long id, const char *result, size_t len);
void host_reply_error(struct host *host, long long id, const struct run_error *error);
/* Tells what came since. False when the child is gone: all requests are then answered with an
 * error, and `error` says how it ended. */
bool host_serve(struct host *host, struct error *error);
/* Process number, for people. */
int host_pid(const struct host *host);
/* Tells the child to end at once, whatever it does, and does not wait. NULL is fine. */
void host_kill(struct host *host);
/* Ends the child at once, whatever it does. Requests that are open get no answer. NULL is fine. */
void host_end(struct host *host);

#endif
