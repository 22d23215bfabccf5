/* See stream.h. Source of the form: HTML Standard, "Server-sent events". */
#include "local/run/stream.h"

#include "base/buf.h"
#include "base/mem.h"

struct follower {
	struct follower *next;
	struct stream *stream;
	struct http_call *call;
	long long at; /* number of the last one that was sent */
};

void stream_dispose(struct stream *stream)
{
	for (size_t i = 0; i < STREAM_KEPT; i++)
		mem_free(stream->events[i].json);
}

static void forget(struct stream *stream, struct stream_event *event)
{
	if (event->json == NULL)
		return;
	stream->bytes -= event->len;
	stream->lost = event->number;
	mem_free(event->json);
	*event = (struct stream_event){0};
}

void stream_add(struct stream *stream, const char *json, size_t len)
{
	struct stream_event *event = &stream->events[++stream->last % STREAM_KEPT];

	forget(stream, event);
	stream->bytes += len;
	while (stream->limit != 0 && stream->bytes > stream->limit &&
	       stream->lost + 1 < stream->last)
		forget(stream, &stream->events[(stream->lost + 1) % STREAM_KEPT]);
	*event = (struct stream_event){stream->last, mem_strndup(json, len), len};
	for (struct follower *f = stream->followers; f != NULL; f = f->next)
		http_server_wake(f->call);
}

void stream_add_changed(struct stream *stream, const char *method, const char *path)
{
	struct buf event = {0};

	buf_puts(&event, "{\"event\":\"changed\"");
	buf_put_json_member(&event, "method", method);
	buf_put_json_member(&event, "path", path);
	buf_putc(&event, '}');
	stream_add(stream, event.ptr, event.len);
	buf_dispose(&event);
}

void stream_close(struct stream *stream)
{
	stream->closed = true;
	for (struct follower *f = stream->followers; f != NULL; f = f->next)
		http_server_wake(f->call);
}

static enum http_more more(struct http_call *call, struct buf *out)
{
	struct follower *follower = call->state;
	struct stream *stream = follower->stream;
	const struct stream_event *event;

	if (follower->at < stream->lost && stream->missed != NULL) {
		follower->at = stream->last;
		stream->missed(stream->context);
	}
	if (follower->at >= stream->last)
		return stream->closed ? HTTP_END : HTTP_WAIT;
	/* Who is too slow goes on with the oldest that is there. */
	if (follower->at < stream->lost)
		follower->at = stream->lost;
	event = &stream->events[++follower->at % STREAM_KEPT];
	buf_printf(out, "id: %lld\ndata: ", event->number);
	buf_add(out, event->json, event->len);
	buf_puts(out, "\n\n");
	return HTTP_MORE;
}

static void ended(void *state, bool whole)
{
	struct follower *follower = state;
	struct follower **at = &follower->stream->followers;

	(void)whole;
	while (*at != follower)
		at = &(*at)->next;
	*at = follower->next;
	mem_free(follower);
}

void stream_follow(struct stream *stream, struct http_call *call, long long since,
		   struct http_reply *reply)
{
	struct follower *follower = mem_zalloc(1, sizeof(*follower));

	follower->stream = stream;
	follower->call = call;
	follower->at = since < 0 || since > stream->last ? stream->last : since;
	follower->next = stream->followers;
	stream->followers = follower;
	call->state = follower;
	call->ended = ended;
	reply->status = 200;
	http_reply_header(reply, "Content-Type", "text/event-stream; charset=utf-8");
	buf_puts(&reply->body, ": attio\n\n");
	reply->more = more;
}
