/* The control API's frame: a row a route, a call that is answered now or later. */
#ifndef ATTIO_LOCAL_CONTROL_CONTROL_H
#define ATTIO_LOCAL_CONTROL_CONTROL_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

#include "json/slice.h"

struct arena;
struct buf;
struct control_call;
struct error;
struct platform;
struct run_error;

/* A field of a request's body or query, for the description and the check. */
struct control_field {
	const char *name;
	const char *type; /* "string", "number", "boolean", "object", "array", "any" */
	bool required;
	const char *help;
};

struct control_route {
	const char *method;
	const char *pattern; /* below /__attio/api; as in local/route.h */
	/* Answers, now or later (control_answer and the like, once). */
	void (*handle)(struct platform *platform, struct control_call *call);
	const char *summary;               /* for people, a few words */
	const struct control_field *body;  /* ends with name NULL; NULL: no body */
	const struct control_field *query; /* ends with name NULL; NULL: none */
};

struct control_call {
	struct platform *platform;
	struct arena *arena; /* lives as long as the call */
	const cJSON *body;   /* an object that fits the row's fields; NULL without a body */
	/* The same for what is passed on: as it came, but in one line; in `body` U+FFFD stands
	 * where a NUL was. */
	struct json_slice body_text;
	/* The rest is the frame's. */
	struct control_state *state;
};

/* What a capture of the pattern took; a field of the query, decoded, or NULL. */
const char *control_path(const struct control_call *call, const char *name);
const char *control_query(const struct control_call *call, const char *name);
long long control_query_int(const struct control_call *call, const char *name, long long otherwise);

/* Answers with an object's text and frees the call: it is not touched afterwards. */
void control_answer(struct control_call *call, const char *json, size_t len);
/* The same with what is in the buffer, which is disposed of. */
void control_answer_buf(struct control_call *call, struct buf *json);
/* The answer "no": the status and kind follow from the error's kind. */
void control_fail(struct control_call *call, const struct error *error);
/* App code said no: kind "findings". `flow` 0: none. */
void control_fail_run(struct control_call *call, const struct run_error *error, long long flow);
/* The same with what it means here and what to do, each or NULL. */
void control_fail_run_because(struct control_call *call, const struct run_error *error,
			      long long flow, const char *why, const char *fix);
/* Appends what app code threw as run_error_put() does, without secrets. */
void control_put_thrown(const struct control_call *call, struct buf *out,
			const struct run_error *error);
/* Lets another row answer the call: that of this method and pattern, which has at most one capture
 * (`capture`, or NULL). `body` is taken over; members that the row does not know are left out.
 * False: there is no such row, and the call is still to be answered. */
bool control_pass(struct control_call *call, const char *method, const char *pattern,
		  const char *capture, cJSON *body);
/* Any kind of CONTROL kinds, with an HTTP status. `why` and `fix` may be NULL. */
void control_refuse(struct control_call *call, unsigned status, const char *kind,
		    const char *message, const char *why, const char *fix);

#endif
