/* See event_stream.h. */
#include "http/event_stream.h"

#include <string.h>

/* An event or a line of more is cut: whoever sends it is not our platform. */
#define EVENT_LIMIT ((size_t)64 << 20)

static void add(struct buf *buf, const char *text, size_t len)
{
	if (buf->len + len <= EVENT_LIMIT)
		buf_add(buf, text, len);
}

/* An empty line ends an event; one without data is none. */
static bool end_event(struct event_stream *stream, event_sink *sink, void *context)
{
	bool go_on = true;

	if (stream->any)
		go_on = sink(context, buf_cstr(&stream->data), stream->data.len);
	buf_clear(&stream->data);
	stream->any = false;
	return go_on;
}

static bool end_line(struct event_stream *stream, event_sink *sink, void *context)
{
	static const char field[] = "data";
	const size_t name = sizeof(field) - 1;
	const char *line = buf_cstr(&stream->line);
	size_t len = stream->line.len, skip = name;
	bool go_on = true;

	if (len == 0) {
		go_on = end_event(stream, sink, context);
	} else if (len >= name && memcmp(line, field, name) == 0 &&
		   (len == name || line[name] == ':')) {
		if (len > skip)
			skip++;
		if (len > skip && line[skip] == ' ')
			skip++;
		if (stream->any)
			add(&stream->data, "\n", 1);
		add(&stream->data, line + skip, len - skip);
		stream->any = true;
	}
	buf_clear(&stream->line);
	return go_on;
}

/* Lines end with LF, CR or both. */
bool event_stream_take(struct event_stream *stream, const char *piece, size_t len, event_sink *sink,
		       void *context)
{
	const char *end = piece + len;

	while (piece < end) {
		size_t size = 0;

		if (stream->cr && *piece == '\n')
			piece++;
		stream->cr = false;
		while (piece + size < end && piece[size] != '\n' && piece[size] != '\r')
			size++;
		add(&stream->line, piece, size);
		piece += size;
		if (piece == end)
			break;
		stream->cr = *piece == '\r';
		piece++;
		if (!end_line(stream, sink, context))
			return false;
	}
	return true;
}

void event_stream_dispose(struct event_stream *stream)
{
	buf_dispose(&stream->line);
	buf_dispose(&stream->data);
}
