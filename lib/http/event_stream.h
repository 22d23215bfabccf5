/* Server-sent events as they come in (WHATWG HTML, "Server-sent events"), in pieces of any size.
 * Only their data is of interest here. */
#ifndef ATTIO_HTTP_EVENT_STREAM_H
#define ATTIO_HTTP_EVENT_STREAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* A zeroed struct is a stream of which nothing came yet. */
struct event_stream {
	struct buf line; /* less than one */
	struct buf data; /* of an event that is not over */
	bool cr;         /* the last byte ended a line as CR: an LF would belong to it */
	bool any;        /* the event has data, be it empty */
};

/* Told the data of an event, NUL-terminated, its lines joined by LF; false: that is enough. */
typedef bool event_sink(void *context, const char *data, size_t len);

/* Takes the next piece. False when the sink had enough; the rest of the piece is lost then. */
bool event_stream_take(struct event_stream *stream, const char *piece, size_t len, event_sink *sink,
		       void *context);
void event_stream_dispose(struct event_stream *stream);

#endif
