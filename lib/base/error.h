/* Why a call failed. Lives on the caller's stack; filling it allocates nothing.
 * Mistakes in the user's app are findings (lib/diag), never errors. */
#ifndef ATTIO_BASE_ERROR_H
#define ATTIO_BASE_ERROR_H

#include <stdarg.h>
#include <stdbool.h>

enum error_kind {
	ERROR_NONE,
	ERROR_USAGE,     /* bad argument, unreadable or invalid configuration */
	ERROR_AUTH,      /* no token, expired, not allowed */
	ERROR_NOT_FOUND, /* no such app or version */
	ERROR_CONFLICT,  /* exists already */
	ERROR_SERVICE,   /* the platform answered an error or something we cannot read */
	ERROR_NETWORK,   /* could not connect, TLS, timeout */
	ERROR_SYSTEM,    /* files, disk, ports, processes of this machine */
	ERROR_TOOL,      /* an engine (esbuild) is missing, crashed or answers garbage */
	ERROR_INTERNAL   /* our bug */
};

struct error {
	enum error_kind kind;
	bool shortage;     /* something of the machine is used up: nobody's mistake */
	bool lasting;      /* it fails again until somebody changes something: no try more */
	char message[512]; /* one sentence, lower case, no full stop */
	char why[512];     /* the cause in other words, or "" */
	char fix[512];     /* what to do, or "" */
};

/* Fill `error` and return -1, so that `return error_set(...)` reads well. error_set clears why and
 * fix. `error` must not be NULL. */
int error_set(struct error *error, enum error_kind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
int error_why(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));
int error_fix(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* ERROR_SYSTEM with the text of `sys` (an errno value) as the cause, and the remedy where it shows
 * one (no more open files, no permission, a full disk). */
int error_system(struct error *error, int sys, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* For readers who go on without what they could not read: keeps `error` in `kept` when something of
 * the machine is used up, the first one only, so that their answer is not taken for true. `kept`
 * may be NULL. */
void error_keep_shortage(struct error *kept, const struct error *error);

#endif
