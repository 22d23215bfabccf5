/* Within the room: parts of answers that several routes have. */
#ifndef ATTIO_LOCAL_CONTROL_TOLD_H
#define ATTIO_LOCAL_CONTROL_TOLD_H

struct buf;
struct control_call;
struct error;
struct run_error;

/* Appends what app code threw as {"name","message","code"?,"stack"?}; null without one. */
void told_run_error(struct buf *out, const struct run_error *error);
/* The answer "no" to a call whose store failed or that was wrong; notes a failed store. */
void told_failure(struct control_call *call, const struct error *error);

#endif
