/* The protocol of the log service, without its connection: what comes goes in, one JSON text a
 * message, and what is to be done comes out, in order. It is Ably's realtime protocol, version 6,
 * in JSON: lib/platform/README.md, Logs. Nothing here waits or knows what time it is. */
#ifndef ATTIO_PLATFORM_REALTIME_H
#define ATTIO_PLATFORM_REALTIME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct buf;

enum realtime_kind {
	REALTIME_NOTHING, /* that was all */
	REALTIME_SEND,    /* `text` is to be sent */
	REALTIME_ENTRY,   /* an entry of the log */
	REALTIME_READY,   /* from here on entries come; `gap`: some may be missing before */
	REALTIME_RENEW,   /* a new token is wanted on this connection: realtime_renewed */
	REALTIME_AGAIN,   /* this connection is over and a new one is to be made; `token`: with a
			   * new token; the struct's `error` says why */
	REALTIME_REFUSED, /* it is over for good: the same */
	REALTIME_LEFT     /* as realtime_leave asked */
};

enum realtime_level { REALTIME_INFO, REALTIME_WARNING, REALTIME_ERROR };

struct realtime_event {
	enum realtime_kind kind;
	/* Borrowed until the next call of any function here. */
	char *text; /* SEND, ENTRY: the message */
	char *time; /* ENTRY: RFC 3339, ends in Z */
	enum realtime_level level;
	bool gap;
	bool token;
};

/* How long the service keeps what a lost connection missed, and how long it may be silent, in ms;
 * as it says in each greeting. */
#define REALTIME_TTL 120000L
#define REALTIME_IDLE 15000L

enum realtime_state {
	REALTIME_OUT,       /* no connection */
	REALTIME_GREETING,  /* waits for its greeting */
	REALTIME_ATTACHING, /* for the channel */
	REALTIME_ENTERING,  /* for being known to listen */
	REALTIME_LISTENING,
	REALTIME_LEAVING /* says good-bye, in one or two steps */
};

struct realtime {
	enum realtime_state state;
	char *channel;
	char *rewind;         /* how much of the past is asked for once, or NULL */
	char *connection_id;  /* of the last greeting, or NULL */
	char *connection_key; /* for going on with it, or NULL; a secret */
	char *serial;         /* of the last message of the channel, or NULL */
	bool attached;        /* once: the channel was there */
	bool entered;         /* and we are known there, on this connection */
	bool resumed;         /* nothing is missing since the last connection */
	bool listened;        /* once: READY was told */
	unsigned detached;    /* how often the channel was taken from us, on this connection */
	long ttl, idle;
	long long sent;     /* messages of this connection that are numbered */
	struct error error; /* of AGAIN and REFUSED */
	struct realtime_event *events;
	size_t count, room, taken;
};

/* `rewind` ("2m", or NULL) asks for the past, once. */
void realtime_init(struct realtime *realtime, const char *channel, const char *rewind);
void realtime_dispose(struct realtime *realtime);

/* The path and query to connect with, after which realtime_begin is due. It holds the token. */
void realtime_put_target(const struct realtime *realtime, const char *token, struct buf *out);
void realtime_begin(struct realtime *realtime);
/* A message came. What is no message of the protocol ends the connection (AGAIN). */
void realtime_take(struct realtime *realtime, const char *text, size_t len);
/* The token that RENEW wanted. */
void realtime_renewed(struct realtime *realtime, const char *token);
/* The connection is lost. */
void realtime_lost(struct realtime *realtime);
/* It was lost for so long that the service does not know of it any more. */
void realtime_forget(struct realtime *realtime);
/* Begins to say good-bye; LEFT follows, at once where there is nothing to leave. */
void realtime_leave(struct realtime *realtime);

/* The next thing to do. False: that was all. */
bool realtime_next(struct realtime *realtime, struct realtime_event *event);

#endif
