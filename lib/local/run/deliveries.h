/* The log of requests that came in from outside: what was sent to a webhook handler, a trigger or a
 * waiting run, and what was answered. Kept before app code runs, so that one that crashes can be
 * looked at and sent again. Only the newest are kept. */
#ifndef ATTIO_LOCAL_RUN_DELIVERIES_H
#define ATTIO_LOCAL_RUN_DELIVERIES_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

struct arena;
struct buf;
struct error;
struct pieces;

#define DELIVERIES_KEPT 10000

struct delivery {
	const char *id;     /* made by delivery_begin */
	const char *kind;   /* "webhook", "trigger" or "finish" */
	const char *target; /* id of the handler, the activation or the run */
	const char *name;   /* the handler's file, the block's id */
	const char *method;
	const char *path;    /* behind the target, as sent: "" or "/more" */
	const char *query;   /* as sent, without "?" */
	const char *headers; /* JSON: [[name, value]] */
	const void *body;
	size_t body_len;
	const char *replay_of; /* or NULL */
};

struct delivery_answer {
	unsigned status;
	const char *headers; /* JSON: [[name, value]] */
	const void *body;
	size_t body_len;
	const char *error; /* JSON, or NULL */
	long long flow;    /* 0: none */
	long long ms;
};

/* Keeps what came in; the id is given in `delivery`, in the arena. */
int delivery_begin(struct pieces *pieces, struct arena *arena, struct delivery *delivery,
		   struct error *error);
int delivery_end(struct pieces *pieces, const char *id, const struct delivery_answer *answer,
		 struct error *error);

/* In the arena, by id; "last" is the newest of all. NULL when there is none. */
int delivery_find(struct pieces *pieces, struct arena *arena, const char *id,
		  struct delivery **delivery, struct error *error);
/* For people: one, with bodies, as an object; or the newest `limit`, of a handler when `target` is
 * not NULL (an id or a name), as an array without bodies. A body that is not UTF-8 is given in
 * base64 with "encoding":"base64" beside it. */
int delivery_show(struct pieces *pieces, const char *id, struct buf *out, struct error *error);
int delivery_list(struct pieces *pieces, const char *target, long long limit, struct buf *out,
		  struct error *error);

/* Changes the body, which must be JSON: `set` is [{"pointer", "value"}]. Fine with NULL. The
 * delivery's body is then in the arena. ERROR_USAGE. */
int delivery_change(struct arena *arena, struct delivery *delivery, const cJSON *set,
		    struct error *error);

#endif
