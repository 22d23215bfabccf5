/* esbuild as a child process that answers requests over its standard streams (`--service`). One
 * service runs any number of builds at the same time.
 *
 * Everything happens inside service_begin, service_ready, service_run and service_stop, which turn
 * the loop: no threads. Both pipes are non-blocking with a queue for what is to be
 * sent, so that the two sides never wait for each other. Protocol: lib/bundle/README.md,
 * esbuild's service. */
#ifndef ATTIO_BUNDLE_SERVICE_H
#define ATTIO_BUNDLE_SERVICE_H

#include <stdbool.h>
#include <stdint.h>

struct error;
struct loop;
struct service;
struct wire_value;

/* Longest silence of the child while a request is open, in milliseconds. */
#define SERVICE_SILENCE_MS 60000u

/* The answer to a request; valid during the call only. */
typedef void (*service_reply)(const struct wire_value *reply, void *payload);

/* A request of the child's (on-start, on-resolve, on-load, ...). It must be answered exactly once
 * with service_answer, now or later. */
typedef void (*service_handler)(uint32_t id, const struct wire_value *request, void *payload);

struct service_options {
	struct loop *loop;   /* borrowed */
	const char *path;    /* of the executable */
	unsigned silence_ms; /* 0: SERVICE_SILENCE_MS */
	bool lasting;        /* it will be asked again and again, so its memory must not grow */
	service_handler handler;
	/* All that came from the child until now was handed on: what was put together meanwhile can
	 * be sent. May be NULL. */
	void (*drained)(void *payload);
	void *payload;
};

/* Starts the child without waiting for it, so that the caller can do something else meanwhile.
 * NULL with ERROR_TOOL: missing or not executable. */
struct service *service_begin(const struct service_options *options, struct error *error);
/* Waits until the child has said its version; to be called before the first request. -1 with
 * ERROR_TOOL: it ended at once, is too old, or no esbuild at all. Only service_stop is of use
 * then. */
int service_ready(struct service *service, struct error *error);

/* Queue a request or an answer; the value is copied. What goes wrong shows in service_run. */
void service_request(struct service *service, const struct wire_value *value, service_reply reply,
		     void *payload);
void service_answer(struct service *service, uint32_t id, const struct wire_value *value);

/* Calls back until no request of ours is open. -1: the child died, was silent for too long or
 * answered something unreadable (ERROR_TOOL); requests still open get no reply then. */
int service_run(struct service *service, struct error *error);

/* To be called inside a callback: what the child sent does not make sense. service_run fails. */
void service_unreadable(struct service *service, const char *what);

/* Lets the child end while we do something else: nothing more will be asked. To be called when
 * service_run has returned, before service_stop. */
void service_leave(struct service *service);
/* Asks the child to end (closing its input), then insists; waits until it is gone, closes
 * everything. NULL is fine. */
void service_stop(struct service *service);

/* For tests and messages. */
int service_pid(const struct service *service);
const char *service_version(const struct service *service);

#endif
