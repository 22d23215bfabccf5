/* Requests from outside to the app: webhook handlers at `/a/<workspace>/<handler>`, callbacks of
 * workflow blocks at `/w/<workspace>/<id>/trigger|defer/<token>`. The same for what third parties
 * send and for what app code itself sends to hooks.attio.com. Each is kept as a delivery before app
 * code runs, and answered once. */
#ifndef ATTIO_LOCAL_RUN_HOOKS_H
#define ATTIO_LOCAL_RUN_HOOKS_H

#include <stddef.h>

struct arena;
struct delivery;
struct error;
struct http_reply;
struct platform;
struct run_error;

struct hook_request {
	const char *method;
	const char *path;  /* as sent: percent-encoded, without query and without the base's path */
	const char *query; /* as sent, without "?"; "" */
	const char *headers; /* JSON: [[name, value]] */
	const void *body;
	size_t body_len;
	long long cause;       /* flow node of app code that sent it; 0: it begins a flow */
	const char *replay_of; /* id of a delivery, or NULL */
};

/* Lives until the callback returns. */
struct hook_answer {
	unsigned status;
	const char *status_text; /* or "" */
	const char *headers;     /* JSON: [[name, value]] */
	const void *body;
	size_t body_len;
	const char *delivery; /* its id; NULL: there was nothing at this path */
	long long flow;       /* 0: no app code ran */
	long long ms;
	const struct run_error *thrown; /* or NULL */
	const char *message;            /* why app code is not at the status's origin, or NULL */
	const char *run;                /* that a trigger's request started, or NULL */
};

typedef void hook_done(void *context, const struct hook_answer *answer);

/* Answers, in this turn or a later one, exactly once. The request is copied. */
void hooks_answer(struct platform *platform, const struct hook_request *request, hook_done *done,
		  void *context);

/* As the reply of our HTTP server: headers that belong to a connection are left out. */
void hooks_reply(const struct hook_answer *answer, struct http_reply *reply);

/* The path below the base of hooks; NULL when it is not there, or no hook's. */
const char *hooks_below(const struct platform *platform, const char *path);
/* The same for what came in: a tunnel gives the base's own path on, or takes it away. */
const char *hooks_inside(const struct platform *platform, const char *path);
/* The path to which a delivery went, in the arena; NULL with ERROR_NOT_FOUND when its target is
 * gone. */
const char *hooks_path_of(struct platform *platform, struct arena *arena,
			  const struct delivery *delivery, struct error *error);

/* Once the platform is open, before anything is served: secrets are hidden, what another process
 * left in the middle has failed. */
int hooks_start(struct platform *platform, struct error *error);

#endif
