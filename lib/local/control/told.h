/* Within the room: an answer that several routes have. */
#ifndef ATTIO_LOCAL_CONTROL_TOLD_H
#define ATTIO_LOCAL_CONTROL_TOLD_H

struct control_call;
struct error;

/* The answer "no" to a call whose store failed or that was wrong; notes a failed store. */
void told_failure(struct control_call *call, const struct error *error);

#endif
