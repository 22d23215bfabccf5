/* Within the room: the open connections of a server. A client may keep one without a word, and
 * there is room for so many: when it gets narrow, those that have said nothing for the longest are
 * sent away, so that whoever has something to ask is let in. */
#ifndef ATTIO_HTTP_CROWD_H
#define ATTIO_HTTP_CROWD_H

#include <stdbool.h>

#include <microhttpd.h>

struct crowd_member;

/* Zeroed: nobody. */
struct crowd {
	struct crowd_member *oldest, *newest;
	unsigned count; /* without those that leave */
};

/* So many may be there before somebody is sent away, and so many at all: the others wait to be let
 * in. */
#define CROWD_LIMIT 192u
#define CROWD_ROOM (CROWD_LIMIT + 64u)
/* Milliseconds: who has just come has a moment to speak. */
#define CROWD_PATIENCE 500

/* For MHD_OPTION_NOTIFY_CONNECTION; `crowd` is the struct. */
void crowd_on_connection(void *crowd, struct MHD_Connection *connection, void **member,
			 enum MHD_ConnectionNotificationCode what);
/* Sends away who said nothing for a while when there are too many. */
void crowd_thin(struct crowd *crowd);
/* When crowd_thin is to be called again: after `ms` (-1: when something comes), or sooner. */
int crowd_wait(const struct crowd *crowd, int ms);
/* A request has come as a whole, or was answered: in between its connection stays. */
void crowd_busy(struct crowd *crowd, struct MHD_Connection *connection, bool busy);

#endif
