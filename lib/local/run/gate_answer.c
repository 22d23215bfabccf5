/* See gate_answer.h. */
#include "local/run/gate_answer.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "http/server.h"
#include "local/rest/rest.h"
#include "local/run/flows.h"
#include "local/run/gate_url.h"
#include "local/run/platform.h"
#include "local/world/schema.h"
#include "json/body.h"
#include "json/slice.h"

static bool is_name(const char *text, size_t len, const char *name)
{
	return strlen(name) == len && strncasecmp(text, name, len) == 0;
}

/* "Name: value\n" lines as [[name, value]]; what told of the encoding on the way is left out. */
static void put_headers(struct buf *out, const char *lines)
{
	bool first = true;

	buf_putc(out, '[');
	while (*lines != '\0') {
		size_t len = strcspn(lines, "\n");
		size_t name = strcspn(lines, ":");
		size_t value = name + 1;

		if (name < len && !is_name(lines, name, "content-encoding") &&
		    !is_name(lines, name, "transfer-encoding")) {
			while (value < len && lines[value] == ' ')
				value++;
			buf_puts(out, first ? "[" : ",[");
			buf_put_json_string(out, lines, name);
			buf_putc(out, ',');
			buf_put_json_string(out, lines + value, len - value);
			buf_putc(out, ']');
			first = false;
		}
		lines += len + (lines[len] == '\n');
	}
	buf_putc(out, ']');
}

void gate_put_answer(struct buf *out, unsigned status, const char *reason, const char *url,
		     const char *headers, const char *body, size_t len)
{
	buf_printf(out, "{\"status\":%u,\"statusText\":", status);
	buf_put_json_string(out, reason, strlen(reason));
	buf_puts(out, ",\"url\":");
	buf_put_json_string(out, url, strlen(url));
	buf_puts(out, ",\"headers\":");
	put_headers(out, headers);
	buf_putc(out, ',');
	if (len > 0)
		json_put_body(out, body, len);
	else
		buf_puts(out, "\"body\":null");
	buf_putc(out, '}');
}

/* A reply's headers in the form in which the outside's come. */
static void put_lines(struct buf *out, const struct buf *headers)
{
	for (size_t at = 0; at < headers->len;) {
		const char *name = headers->ptr + at;
		const char *value = name + strlen(name) + 1;

		if (value[0] != '\0')
			buf_printf(out, "%s: %s\n", name, value);
		at = (size_t)(value + strlen(value) + 1 - headers->ptr);
	}
}

void gate_put_reply(struct buf *out, struct http_reply *reply, const char *url)
{
	struct buf lines = {0};

	put_lines(&lines, &reply->headers);
	gate_put_answer(out, reply->status, status_reason(reply->status), url, buf_cstr(&lines),
			buf_cstr(&reply->body), reply->body.len);
	buf_dispose(&lines);
}

void gate_note_refused(struct platform *platform, long long node, const struct http_reply *reply)
{
	struct arena *arena;
	const char *message, *fix;

	if (reply->status != 400 || reply->body.len == 0)
		return;
	arena = arena_new_small(512);
	message =
		json_slice_text(arena, json_slice_of(reply->body.ptr, reply->body.len), "message");
	fix = schema_missing_fix(message);
	if (fix != NULL)
		flow_warning(
			platform->flows, node, "no-attribute",
			arena_printf(arena, "%s The local workspace has it not: %s", message, fix));
	arena_free(arena);
}

void gate_answer_rest(struct platform *platform, const struct rest_request *request, long long node,
		      struct http_reply *reply)
{
	struct flow_request logged = {.kind = "rest",
				      .method = request->method,
				      .node = node,
				      .began = clock_ns(&clock_machine)};
	struct buf url = {0};

	rest_answer(platform->rest, request, reply);
	gate_note_refused(platform, node, reply);
	buf_printf(&url, REST_ORIGIN "%s%s%s", request->path, request->query[0] != '\0' ? "?" : "",
		   request->query);
	logged.url = url.ptr;
	logged.status = (int)reply->status;
	flow_request(platform->flows, &logged);
	buf_dispose(&url);
}
