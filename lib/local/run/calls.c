/* A call lives from run_server until its answer, its time limit or the end of the platform. Those
 * that wait for app code are in the same list without a generation. */
#include "local/run/calls.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/run/context.h"
#include "local/run/flows.h"
#include "local/run/generations.h"
#include "local/run/host.h"
#include "local/run/limits.h"
#include "local/run/open_calls.h"
#include "local/run/pieces.h"
#include "local/run/platform.h"

struct call {
	struct call *next;
	struct platform *platform;
	long long node;       /* of the flow log, or the cause when it has none of its own */
	bool owns_node;       /* ended with the call */
	long long generation; /* 0: it waits for one */
	long long deadline;   /* ms on the platform's clock; 0: none */
	char *method;
	char *members;
	char *member_id;
	bool with_context, no_connections;
	bool over; /* answered already: by its time limit */
	run_done *done;
	void *context;
};

static const struct json_slice nothing = {0};

/* ---- ending ---- */

static void call_free(struct call *call)
{
	mem_free(call->method);
	mem_free(call->members);
	mem_free(call->member_id);
	mem_free(call);
}

static void leave(struct call *call)
{
	struct call **at = &call->platform->calls->first;

	while (*at != NULL && *at != call)
		at = &(*at)->next;
	if (*at == call)
		*at = call->next;
}

/* Where it was thrown: the first frame that is the app's own, not the bundle's. */
static void remark_place(const struct call *call, struct arena *arena, const char *stack)
{
	while (stack != NULL && *stack != '\0') {
		size_t len = strcspn(stack, "\n");
		const char *line = arena_strndup(arena, stack, len);

		line += strspn(line, " ");
		if (str_starts(line, "at ") && strstr(line, "./attio:") == NULL &&
		    strstr(line, "<anonymous>") == NULL) {
			flow_remark(call->platform->flows, call->node, "thrown", line);
			return;
		}
		stack += len + (stack[len] == '\n');
	}
}

/* What did not get over the boundary as it was. */
static void warn_of_losses(const struct call *call, struct json_slice lossy)
{
	struct arena *arena = arena_new_small(512);
	struct json_slice one;

	for (size_t at = 0; json_slice_next(lossy, &at, &one);) {
		const char *path = json_slice_text(arena, one, "path");
		const char *kind = json_slice_text(arena, one, "kind");

		flow_warning(call->platform->flows, call->node, "lossy-crossing",
			     arena_printf(arena, "%s is a %s, which JSON loses",
					  path != NULL ? path : "a value",
					  kind != NULL ? kind : "value of another kind"));
	}
	arena_free(arena);
}

/* What app code threw and nobody caught is in the app's log, too. What asks for a connection is no
 * mistake, and what never ran threw nothing. */
static void log_thrown(const struct call *call, struct arena *arena, const struct run_error *error)
{
	static const char *const asks[] = {"no-workspace-connection", "no-user-connection",
					   "connection-expired"};
	const char *text = error->message;

	if (!call->with_context || call->generation == 0)
		return;
	for (size_t i = 0; i < ARRAY_LEN(asks); i++)
		if (str_equal(error->code, asks[i]))
			return;
	if (error->stack != NULL && error->stack[0] != '\0')
		text = error->stack;
	flow_log(call->platform->flows, call->node, "server", "error",
		 arena_printf(arena, "uncaught: %s", text != NULL ? text : "error"));
}

/* What the log shows as a node's output and error: a run of the client that went wrong says so in
 * its answer. */
static void end_node(const struct call *call, struct json_slice result,
		     const struct run_error *error)
{
	struct arena *arena = arena_new_small(512);
	struct json_slice value = json_slice_member(result, "value");
	const char *message = error != NULL ? error->message : NULL;

	if (run_has_no_handler(error)) {
		message = NULL;
		flow_remark(call->platform->flows, call->node, "no-handler",
			    "the app has no handler for this event");
	} else if (error != NULL) {
		remark_place(call, arena, error->stack);
		log_thrown(call, arena, error);
	} else if (json_slice_member(result, "ok").len == 5) {
		struct json_slice thrown = json_slice_member(result, "error");

		message = json_slice_text(arena, thrown, "message");
		remark_place(call, arena, json_slice_text(arena, thrown, "stack"));
	}
	/* What a user did is kept with the steps that do the same. */
	if (value.at == NULL || json_slice_member(result, "steps").at != NULL)
		value = result;
	flow_end(call->platform->flows, call->node, value, message);
	arena_free(arena);
}

static void finish(struct call *call, struct json_slice result, const struct run_error *error)
{
	warn_of_losses(call, json_slice_member(result, "lossy"));
	if (call->owns_node)
		end_node(call, result, error);
	call->over = true;
	if (call->done != NULL)
		call->done(call->context, result, error);
}

static void answered(void *context, struct json_slice result, const struct run_error *error)
{
	struct call *call = context;

	leave(call);
	generation_release(call->platform, call->generation);
	if (!call->over)
		finish(call, result, error);
	call_free(call);
}

/* ---- beginning ---- */

static void send(struct call *call)
{
	struct platform *platform = call->platform;
	struct buf params = {0};
	struct error error = {0};

	call->generation = platform->generations->current;
	generation_hold(platform, call->generation);
	buf_printf(&params, "{\"gen\":%lld,\"node\":%lld,%s", call->generation, call->node,
		   call->members);
	if (call->with_context) {
		buf_puts(&params, ",\"context\":");
		if (context_put(platform->pieces, call->member_id, call->no_connections, &params,
				&error) != 0) {
			buf_puts(&params, "null");
			platform->failure = error;
		}
		if (!platform->limits->time_off)
			call->deadline = clock_ms(&platform->clock) + LIMIT_RUN_MS;
	}
	buf_putc(&params, '}');
	host_ask(platform->host, call->method, params.ptr, params.len, answered, call);
	buf_dispose(&params);
}

static void begin(struct call *call)
{
	struct open_calls *calls = call->platform->calls;

	call->next = calls->first;
	calls->first = call;
	if (call->platform->generations->state == GENERATION_RUNS && call->platform->host != NULL)
		send(call);
}

long long run_server(struct platform *platform, const struct server_run *run, run_done *done,
		     void *context)
{
	struct call *call = mem_zalloc(1, sizeof(*call));

	call->platform = platform;
	call->node = flow_begin(platform->flows, run->cause, run->kind, run->name, run->input,
				run->input != NULL ? strlen(run->input) : 0);
	call->owns_node = true;
	call->method = mem_strdup("server.run");
	call->members = mem_strdup(run->members);
	call->member_id = run->member_id != NULL ? mem_strdup(run->member_id) : NULL;
	call->with_context = true;
	call->no_connections = run->no_connections;
	call->done = done;
	call->context = context;
	begin(call);
	return call->node;
}

long long run_client(struct platform *platform, const char *method, const char *members,
		     long long cause, const char *kind, const char *name, const char *input,
		     run_done *done, void *context)
{
	struct call *call = mem_zalloc(1, sizeof(*call));

	call->platform = platform;
	call->node = kind == NULL ? cause
				  : flow_begin(platform->flows, cause, kind, name, input,
					       input != NULL ? strlen(input) : 0);
	call->owns_node = kind != NULL;
	call->method = mem_strdup(method);
	call->members = mem_strdup(members);
	call->done = done;
	call->context = context;
	begin(call);
	return call->node;
}

/* ---- serving ---- */

static void refuse_waiting(struct platform *platform, const char *why)
{
	struct run_error error = {.name = "Error", .message = why, .code = RUN_NO_APP};
	struct call *call = platform->calls->first;

	while (call != NULL) {
		struct call *next = call->next;

		if (call->generation == 0) {
			leave(call);
			finish(call, nothing, &error);
			call_free(call);
			/* The callback may have begun or ended others. */
			next = platform->calls->first;
		}
		call = next;
	}
}

static bool is_old(const struct call *call)
{
	return call->generation != 0 && call->generation < call->platform->generations->current;
}

/* Another build runs: what waits for ever keeps this one in memory. */
static void end_old(struct call *call)
{
	static const struct run_error error = {
		.name = "Error",
		.code = "build-over",
		.message = "it did not come to its end within 30 seconds after another build of "
			   "the app began to run: its code was ended"};
	struct platform *platform = call->platform;
	long long generation = call->generation;

	call->deadline = 0;
	flow_note(platform->flows, call->node, "build-over", error.message);
	finish(call, nothing, &error);
	generation_end(platform, generation);
}

static void time_out(struct call *call)
{
	static const struct run_error error = {
		.name = "AttioUnexpectedTransportError",
		.code = "unexpected-transport-error",
		.message = "the server function did not answer within 30 seconds"};
	char params[48];
	int len = snprintf(params, sizeof(params), "{\"gen\":%lld}", call->generation);

	call->deadline = 0;
	host_ask(call->platform->host, "server.end", params, (size_t)len, NULL, NULL);
	finish(call, nothing, &error);
}

/* A server function has a limit of its own, unless it was taken off. */
static void end_late(struct call *call)
{
	if (call->with_context && !call->platform->limits->time_off)
		time_out(call);
	else
		end_old(call);
}

long long calls_deadline(const struct platform *platform)
{
	long long first = 0;

	for (const struct call *call = platform->calls->first; call != NULL; call = call->next)
		if (call->deadline != 0 && !call->over && (first == 0 || call->deadline < first))
			first = call->deadline;
	return first;
}

void calls_serve(struct platform *platform)
{
	struct generations *generations = platform->generations;
	long long now = clock_ms(&platform->clock);
	struct call *call;

	if (generations->state == GENERATION_WITHOUT)
		refuse_waiting(platform, generations->why);
	if (generations->state == GENERATION_RUNS && platform->host != NULL)
		for (call = platform->calls->first; call != NULL; call = call->next)
			if (call->generation == 0)
				send(call);
	for (call = platform->calls->first; call != NULL; call = call->next)
		if (call->deadline == 0 && !call->over && is_old(call))
			call->deadline = now + LIMIT_OLD_MS;
	/* An answer of time_out's may begin new calls: they are first in the list. */
	for (call = platform->calls->first; call != NULL; call = call->next)
		if (call->deadline != 0 && call->deadline <= now && !call->over)
			end_late(call);
}

void calls_dispose(struct platform *platform)
{
	while (platform->calls->first != NULL) {
		struct call *call = platform->calls->first;

		platform->calls->first = call->next;
		if (!call->over && call->done != NULL) {
			struct run_error error = {.name = "Error",
						  .message = "the local platform ends"};

			call->done(call->context, nothing, &error);
		}
		call_free(call);
	}
}
