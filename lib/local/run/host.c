/* See host.h. */
#include "local/run/host.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "local/run/calls.h"
#include "local/run/host_early.h"
#include "sys/child.h"

struct question {
	long long id;
	host_answer *answer;
	void *context;
};

struct host {
	struct child child;
	struct host_listener listener;
	struct question *questions;
	size_t count;
	long long last;
	bool gone;
};

struct host *host_start(struct loop *loop, const char *const *words, struct host_early *early,
			const struct host_listener *listener, struct error *error)
{
	struct host *host = mem_zalloc(1, sizeof(*host));
	const struct child_command command = host_command(words);

	host->listener = *listener;
	if (early != NULL && host_early_fits(early, words) &&
	    child_adopt(&host->child, loop, &early->child, command.limit) == 0)
		return host;
	if (early != NULL)
		host_early_end(early);
	if (child_start(&host->child, loop, &command, error) == 0)
		return host;
	mem_free(host);
	return NULL;
}

int host_pid(const struct host *host)
{
	return (int)host->child.pid;
}

static void send(struct host *host, struct buf *frame)
{
	size_t len;

	buf_puts(frame, "}\n");
	len = frame->len;
	if (host->gone)
		buf_dispose(frame);
	else
		child_write(&host->child, buf_take(frame), len);
}

void host_ask(struct host *host, const char *method, const char *params, size_t len,
	      host_answer *answer, void *context)
{
	struct buf frame = {0};

	host->questions =
		mem_realloc(host->questions, (host->count + 1) * sizeof(*host->questions));
	host->questions[host->count++] = (struct question){++host->last, answer, context};
	buf_printf(&frame, "{\"id\":%lld,\"method\":\"%s\",\"params\":", host->last, method);
	buf_add(&frame, params, len);
	send(host, &frame);
}

void host_reply(struct host *host, long long id, const char *result, size_t len)
{
	struct buf frame = {0};

	buf_printf(&frame, "{\"id\":%lld,\"result\":", id);
	buf_add(&frame, result, len);
	send(host, &frame);
}

void host_reply_error(struct host *host, long long id, const struct run_error *error)
{
	struct buf frame = {0};

	buf_printf(&frame, "{\"id\":%lld,\"error\":", id);
	run_error_put(&frame, error);
	send(host, &frame);
}

/* Takes the question out of those that are open. */
static struct question take(struct host *host, long long id)
{
	for (size_t i = 0; i < host->count; i++) {
		struct question found = host->questions[i];

		if (found.id != id)
			continue;
		host->count--;
		memmove(&host->questions[i], &host->questions[i + 1],
			(host->count - i) * sizeof(*host->questions));
		return found;
	}
	return (struct question){0};
}

static void read_answer(struct host *host, struct arena *arena, long long id,
			struct json_slice frame)
{
	struct question question = take(host, id);
	struct json_slice wrong = json_slice_member(frame, "error");
	struct run_error error = {0};

	if (question.answer == NULL)
		return;
	if (wrong.at == NULL) {
		question.answer(question.context, json_slice_member(frame, "result"), NULL);
		return;
	}
	error.name = json_slice_text(arena, wrong, "name");
	error.message = json_slice_text(arena, wrong, "message");
	error.code = json_slice_text(arena, wrong, "code");
	error.stack = json_slice_text(arena, wrong, "stack");
	if (error.name == NULL)
		error.name = "Error";
	if (error.message == NULL)
		error.message = "";
	question.answer(question.context, (struct json_slice){0}, &error);
}

static void read_frame(struct host *host, const char *line, size_t len)
{
	struct arena *arena = arena_new_small(1024);
	struct json_slice frame = json_slice_of(line, len);
	const char *method = json_slice_text(arena, frame, "method");
	struct json_slice params = json_slice_member(frame, "params");
	long long id = json_slice_int(frame, "id", 0);

	if (method == NULL)
		read_answer(host, arena, id, frame);
	else if (id != 0)
		host->listener.request(host->listener.context, id, method, params);
	else
		host->listener.notice(host->listener.context, method, params);
	arena_free(arena);
}

static void answer_all(struct host *host, const char *how)
{
	struct run_error error = {.name = "AttioUnexpectedTransportError",
				  .code = "unexpected-transport-error",
				  .message = how};

	while (host->count > 0) {
		struct question question = host->questions[--host->count];

		if (question.answer != NULL)
			question.answer(question.context, (struct json_slice){0}, &error);
	}
}

static void tell_end(struct host *host, struct error *error)
{
	char how[64], said[256];

	child_finish(&host->child);
	child_how(&host->child, how, sizeof(how));
	child_complaint(&host->child, said, sizeof(said));
	error_set(error, ERROR_TOOL, "the process that runs the app's code ended (%s)", how);
	if (said[0] != '\0')
		error_why(error, "%s", said);
}

bool host_serve(struct host *host, struct error *error)
{
	struct buf *output = &host->child.output;
	struct buf lines = *output;
	size_t start = 0;

	/* What handlers cause to come is for the next time. */
	*output = (struct buf){0};
	for (;;) {
		char *end = lines.len > start ? memchr(lines.ptr + start, '\n', lines.len - start)
					      : NULL;

		if (end == NULL)
			break;
		read_frame(host, lines.ptr + start, (size_t)(end - (lines.ptr + start)));
		start = (size_t)(end - lines.ptr) + 1;
	}
	/* The beginning of a frame waits for its rest; nothing was read meanwhile, for that takes a
	 * turn of the loop. */
	if (start > 0)
		buf_drop(&lines, start);
	*output = lines;
	if (!host->child.out_closed && !host->child.flood)
		return true;
	if (!host->gone) {
		host->gone = true;
		tell_end(host, error);
		answer_all(host, error->message);
	}
	return false;
}

void host_kill(struct host *host)
{
	if (host != NULL)
		child_kill(&host->child);
}

void host_end(struct host *host)
{
	if (host == NULL)
		return;
	child_dispose(&host->child, 0);
	mem_free(host->questions);
	mem_free(host);
}
