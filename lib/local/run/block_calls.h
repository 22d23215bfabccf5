/* Calling the handlers of a workflow block, and what that makes of its activation or run:
 *   activate    the trigger is active; one that throws is tried again, three times in all, with the
 *               same id; one that returns an error has failed
 *   trigger     an outcome starts one run, a no-op none
 *   deactivate  the trigger is inactive; after an error it stays active, to be tried again
 *   execute     an outcome or exit ends the run, a deferred one waits; a retryable error is tried
 *               again at once, three times in all, with the same execution id
 *   finish      a waiting run ends; a no-op leaves it waiting */
#ifndef ATTIO_LOCAL_RUN_BLOCK_CALLS_H
#define ATTIO_LOCAL_RUN_BLOCK_CALLS_H

#include <stdbool.h>

#include <cjson/cJSON.h>

struct block_place;
struct platform;
struct run_error;

enum block_handler {
	HANDLER_ACTIVATE,
	HANDLER_TRIGGER,
	HANDLER_DEACTIVATE,
	HANDLER_EXECUTE,
	HANDLER_FINISH
};

/* What became of it; lives until the callback returns. */
struct block_report {
	bool ok;          /* the handler returned something that it may return, and no error */
	const char *type; /* "outcome", "exit", "error", "defer", "no-op", "complete"; NULL: none */
	const char *message;            /* why it is not ok, or NULL */
	const struct run_error *thrown; /* or NULL */
	const char *run;                /* the run that a trigger started, or NULL */
	const cJSON
		*problems; /* an array: what does not fit the block's outcomes, {path, message} */
	long long flow;
};

typedef void block_done(void *context, const struct block_report *report);

/* Calls a handler for an activation or, with execute and finish, a run. `request` is the JSON of
 * the HTTP request, for trigger and finish. `cause` 0: it begins a flow. The callback comes once,
 * in a later turn. */
void block_call(struct platform *platform, enum block_handler handler,
		const struct block_place *place, const char *request, long long cause,
		block_done *done, void *context);

#endif
