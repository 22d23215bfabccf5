/* Secrets out of texts before these are kept or shown. A secret is found as it is, as JSON (also
 * inside of JSON), forms, percent-encoding, base64 and hexadecimal digits spell it; inside of a
 * longer text in base64, too: from there on all of that text goes. */
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
};

/* A zeroed struct knows no secret. */
struct redactor {
	struct redaction *items; /* the longest first */
	size_t count;
	char **names;  /* owned */
	char **values; /* what they stand for, owned */
	size_t name_count;
	bool first[256]; /* whether a spelling begins with this byte */
};

/* Values shorter than this (bytes) are let pass: they would hide every other word. */
#define REDACT_MIN 5u

/* From now on "{name}" stands for the value. */
void redact_learn(struct redactor *redactor, const char *value, const char *name);
/* Appends the text without what is secret in it; looks at each byte once for each spelling that
 * begins with it. */
void redact(const struct redactor *redactor, const char *text, size_t len, struct buf *out);
/* The way back: "{name}" becomes the value that was learned last under it. */
void redact_reveal(const struct redactor *redactor, const char *text, size_t len, struct buf *out);
void redact_dispose(struct redactor *redactor);

#endif
