/* TypeScript 7 that stays in memory between checks (`tsc --api --async`): JSON-RPC over its
 * standard streams, framed as in the language server protocol. The protocol is made for packages of
 * the very same version and promises nothing to others; we ship the version we were tested with.
 *
 * Measured on the sample app: 15 ms after a change, where a new process takes 110. */
#ifndef ATTIO_TYPES_SESSION_H
#define ATTIO_TYPES_SESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "sys/child.h"
#include "types/diagnostics.h"

struct error;
struct record_changes;

/* States that were asked for and not yet given: more than one after runs that were cancelled. */
#define SESSION_PENDING 8

struct session {
	struct child tool;
	bool running;
	unsigned next; /* number of the next request */
	unsigned pending[SESSION_PENDING];
	size_t pending_count;
	long long snapshot; /* the last state we were given, 0: none */
	const char *project;
	char *id; /* what it calls the project (mem_alloc) */
	unsigned timeout_ms;
};

struct session_options {
	struct loop *loop;
	const char *tsc;
	const char *folder;
	const char *project;         /* the project file (absolute), borrowed */
	const char *const *settings; /* as in struct child_command */
	bool patient;                /* likewise */
	unsigned timeout_ms;
};

/* Starts the compiler and lets it read the project. */
int session_start(struct session *session, const struct session_options *options,
		  struct error *error);
/* Tells which files have other content, without waiting. Files that came or went cannot be told: it
 * does not look again for what the patterns of tsconfig.json take in. */
void session_ask(struct session *session, const struct record_changes *changes);
/* Waits for the findings and the files of the program. -1 with ERROR_TOOL: it crashed, hung or
 * answered something else; the session is stopped then. */
int session_answer(struct session *session, struct ts_output *output, struct error *error);
/* The same, but what it finds in these files alone. */
int session_answer_about(struct session *session, const char *const *files, size_t count,
			 struct ts_output *output, struct error *error);
/* Ends it without waiting for its end, which takes milliseconds; session_stop does. */
void session_kill(struct session *session);
/* A zeroed struct is fine. */
void session_stop(struct session *session);

/* What a list of diagnostics in JSON means; -1: it is none. */
struct cJSON;
int session_read(struct ts_output *output, const struct cJSON *list);

#endif
