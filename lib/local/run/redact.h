/* Secrets out of texts before these are kept or shown. A secret is found as it is, as JSON (also
 * inside of JSON), forms, percent-encoding, base64 and hexadecimal digits spell it; inside of a
 * longer text in base64, too: from there on all of that text goes.
 *
 * A value that other data may have as well (secret.h: `test`, `people`, 1234) is no mark of where
 * it came from. It is hidden only where a secret is sent: as a whole word of a header, a value of a
 * query or form, a text in a body, the password of `Basic`. In all else it stays, so that what a
 * flow was about does not depend on how a token is spelt. */
#ifndef ATTIO_LOCAL_RUN_REDACT_H
#define ATTIO_LOCAL_RUN_REDACT_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* One spelling of one secret. */
struct redaction {
	char *text;
	size_t len;
	const char *name;
	bool base64; /* what follows of it goes, too */
	bool shares; /* the character before has bits of it */
	bool common; /* other data may have it: only where secrets are sent */
};

/* A value with the name that stands for it; both owned. */
struct redact_value {
	char *name, *value;
	bool common;
};

/* A zeroed struct knows no secret. */
struct redactor {
	struct redaction *items; /* the longest first */
	size_t count;
	struct redact_value *values;
	size_t value_count;
	bool first[256]; /* whether a spelling begins with this byte */
};

/* What a text is. */
enum redact_text {
	REDACT_KEPT, /* data of which flows are made again */
	REDACT_SAID, /* a line of a log: also NAME=value and `Bearer value` */
	REDACT_SENT  /* part of a request to somebody else */
};

/* Where in a document (of a crossing) secrets are sent. */
enum redact_document {
	REDACT_DATA,    /* nowhere */
	REDACT_REQUEST, /* in its headers: a request that came in */
	REDACT_FETCH,   /* in its address, headers and body */
	REDACT_THROWN /* nowhere; but message, stack, text and reason of what was thrown or printed
			 are lines of a log */
};

/* From now on "{name}" stands for the value, which is one of a secret, whatever it looks like. An
 * empty one is none. */
void redact_learn(struct redactor *redactor, const char *value, const char *name);
/* The same of a variable of the environment, if it is one (secret.h). */
void redact_learn_variable(struct redactor *redactor, const char *value, const char *name);
/* Appends the text without what is secret in it, and without passwords in addresses; looks at each
 * byte once for each spelling that begins with it. */
void redact(const struct redactor *redactor, enum redact_text what, const char *text, size_t len,
	    struct buf *out);
/* The same of JSON, which stays JSON: only inside of strings that are no names of members. */
void redact_json(const struct redactor *redactor, enum redact_document what, const char *json,
		 size_t len, struct buf *out);
/* Appends a line of one of two runs of the same, of which each has other values in places, as both
 * have it: every secret by name wherever it stands, by the first of its names when it has several.
 * For comparing only: what other data has too is hidden in these data, too. */
void redact_alike(const struct redactor *redactor, const char *text, size_t len, struct buf *out);
/* The way back: "{name}" becomes the value that was learned last under it, spelt as the text around
 * it is: JSON, or an address. */
void redact_reveal(const struct redactor *redactor, const char *text, size_t len, struct buf *out);
void redact_dispose(struct redactor *redactor);

#endif
