/* A refusal: the answer of the REST API to a request that it does not carry out, as a value. The
 * service's own envelope is printed from it; the control API prints its own. */
#ifndef ATTIO_LOCAL_REFUSAL_H
#define ATTIO_LOCAL_REFUSAL_H

#include <stdbool.h>

#include "base/buf.h"

struct error;

/* `type` of the envelope. */
#define REFUSAL_REQUEST "invalid_request_error"
#define REFUSAL_AUTH "auth_error"
#define REFUSAL_RATE "rate_limit_error"
#define REFUSAL_API "api_error"

/* A zeroed struct is "no refusal". `type` and `code` are static texts. */
struct refusal {
	int status; /* of HTTP */
	const char *type;
	const char *code;
	char message[768];
	char path[512];    /* where in a filter, as the inside of a JSON array; "": not told */
	struct buf issues; /* items of validation_errors as JSON, with commas; empty: none */
};

void refusal_dispose(struct refusal *refusal);

/* These fill the refusal (what it held before is forgotten) and return -1. */
int refusal_set(struct refusal *refusal, int status, const char *type, const char *code,
		const char *format, ...) __attribute__((format(printf, 5, 6)));
/* 400 invalid_request_error; most are. */
int refusal_bad(struct refusal *refusal, const char *code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* 404 invalid_request_error, not_found. */
int refusal_missing(struct refusal *refusal, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* 500 api_error: the store failed; the message says why. */
int refusal_system(struct refusal *refusal, const struct error *error);

/* Adds an item of validation_errors in the words of zod. `path` is the inside of a JSON array
 * (`"data","values"`), "" for the top; expected and received may be NULL. Returns -1. */
int refusal_issue(struct refusal *refusal, const char *code, const char *path, const char *expected,
		  const char *received, const char *format, ...)
	__attribute__((format(printf, 6, 7)));

/* The envelope: {"status_code","type","code","message"[,"path"][,"validation_errors"]}. */
void refusal_print(struct buf *out, const struct refusal *refusal);

#endif
