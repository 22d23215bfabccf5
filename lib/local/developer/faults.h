/* Within the room: trouble on order. The next answers of an endpoint of the developer API fail in a
 * named way, so that what its clients do then can be tested. */
#ifndef ATTIO_LOCAL_DEVELOPER_FAULTS_H
#define ATTIO_LOCAL_DEVELOPER_FAULTS_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

struct buf;
struct error;
struct http_call;
struct http_reply;
struct route;

enum fault_kind {
	FAULT_STATUS, /* this answer in the other's place */
	FAULT_RESET,  /* no answer: the connection is cut */
	FAULT_CUT,    /* half of the answer, then the connection is cut */
	FAULT_SLOW    /* half of the answer, and the rest a while later */
};

struct fault {
	enum fault_kind kind;
	char *endpoint; /* as it was ordered */
	long long times;
	bool done; /* what was asked is done all the same */
	unsigned status;
	char *body;     /* or NULL: {"message": ...} */
	cJSON *headers; /* {name: text}, or NULL */
	unsigned ms;    /* of FAULT_SLOW */
};

struct slow;

/* A zeroed struct is no trouble. */
struct faults {
	struct fault *items;
	size_t count;
	struct slow *slow;
};

/* When no call is left. */
void faults_dispose(struct faults *faults);
void faults_clear(struct faults *faults);
/* False: there are not so many. */
bool faults_remove(struct faults *faults, size_t at);
/* Adds what an order says, an object that control/faults.c describes. ERROR_USAGE. */
int faults_add(struct faults *faults, const cJSON *order, const struct route *rows, size_t count,
	       struct error *error);
void faults_print(const struct faults *faults, struct buf *out);

/* The oldest that is for this row, one time less; its texts are the caller's: fault_dispose. False:
 * none. */
bool faults_take(struct faults *faults, const struct route *row, struct fault *fault);
void fault_dispose(struct fault *fault);
/* Makes of an answer (empty, unless the fault is `done`) what the fault wants. Sets call->state and
 * call->ended of a slow one, and keeps what was there. */
void fault_apply(struct faults *faults, const struct fault *fault, struct http_call *call,
		 struct http_reply *reply);

/* Goes on with what was slow, after each turn of the loop; and milliseconds until then, or -1. */
void faults_serve(struct faults *faults);
long long faults_wait(const struct faults *faults);

#endif
