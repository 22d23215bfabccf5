/* Within the room: the server's side of a control call. */
#ifndef ATTIO_LOCAL_CONTROL_FRAME_H
#define ATTIO_LOCAL_CONTROL_FRAME_H

#include <stdbool.h>

#include "local/control/control.h"

struct http_call;
struct http_reply;
struct route_match;

/* A call whose request is whole; the arena is the call's from now on. */
struct control_call *control_begin(struct platform *platform, struct arena *arena,
				   struct http_call *http, const struct route_match *match);
/* Checks the body and lets the row's handler answer, now or later. */
void control_handle(struct control_call *call, const struct control_route *row);
/* Gives the answer if there is one; else the call is woken when there is. */
bool control_take(struct control_call *call, struct http_reply *reply);
/* The client has its answer or is gone. The call is not touched afterwards. */
void control_end(struct control_call *call);

#endif
