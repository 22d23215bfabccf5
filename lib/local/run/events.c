/* See events.h. A job lives from the call to its callback. */
#include "local/run/events.h"

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "local/run/calls.h"
#include "local/run/connections.h"
#include "local/run/fail.h"
#include "local/run/flows.h"
#include "local/run/pieces.h"
#include "local/run/platform.h"
#include "local/sql.h"
#include "json/json.h"

enum job_kind { JOB_ADD, JOB_REMOVE, JOB_SEND };

struct job {
	struct platform *platform;
	struct arena *arena;
	enum job_kind kind;
	struct connection *connection;
	bool force;
	bool had_one;       /* a connection of the same key and owner is replaced */
	long long node;     /* what the handler's run belongs to */
	long long handlers; /* webhook handlers that were there before */
	event_done *done;
	void *context;
};

void events_hide(struct platform *platform, const char *value, const char *owner)
{
	flow_secret(platform->flows, value,
		    str_equal(owner, CONNECTION_USER) ? "user connection" : "workspace connection");
}

static void hide(struct platform *platform, const struct connection *connection)
{
	events_hide(platform, connection->value, connection->owner_type);
}

int events_hide_values(struct platform *platform, struct error *error)
{
	struct arena *arena = arena_new();
	struct connection **items;
	size_t count;
	int result = connection_list(platform->pieces, arena, &items, &count, error);

	for (size_t i = 0; i < count && result == 0; i++)
		hide(platform, items[i]);
	arena_free(arena);
	return result;
}

static long long count_handlers(struct platform *platform)
{
	struct error error;
	long long count = 0;

	sql_number(platform->store, "SELECT count(*) FROM webhook_handlers", &count, &error);
	return count;
}

/* ---- what the handler is given ---- */

static void put_people_form(const struct connection *connection, struct buf *out)
{
	cJSON *object = connection_for_people(connection);

	json_print(out, object, false);
	cJSON_Delete(object);
}

/* The members of server.run, with the connection's value. */
static void put_members(const char *event, const struct connection *connection, struct buf *out)
{
	cJSON *object = connection_for_app(connection);

	cJSON_DeleteItemFromObjectCaseSensitive(object, "expired");
	buf_printf(out, "\"kind\":\"event\",\"module\":\"%s\",\"args\":[{\"connection\":", event);
	json_print(out, object, false);
	buf_puts(out, "}]");
	cJSON_Delete(object);
}

/* ---- the end ---- */

static int carry_out(struct job *job, struct error *error)
{
	struct pieces *pieces = job->platform->pieces;

	if (job->kind == JOB_ADD)
		return connection_store(pieces, job->connection, error);
	if (job->kind == JOB_REMOVE)
		return connection_delete(pieces, job->connection->id, error);
	return 0;
}

static void add_notes(const struct job *job, bool done)
{
	struct flows *flows = job->platform->flows;

	if (job->had_one && done)
		flow_warning(
			flows, job->node, "connection-replaced",
			"an earlier connection of the same owner was replaced, and "
			"connection-removed did not run for it: what the app made for it, as a "
			"webhook handler, stays (`attio webhook list`); `attio connection rm` "
			"before runs it");
	if (job->kind == JOB_ADD && !done && count_handlers(job->platform) > job->handlers)
		flow_note(flows, job->node, "webhook-left",
			  "the handler made a webhook handler before it threw; it stays");
}

static void finish(void *context, struct json_slice result, const struct run_error *thrown)
{
	struct job *job = context;
	struct platform *platform = job->platform;
	const struct run_error *error = run_has_no_handler(thrown) ? NULL : thrown;
	struct event_result told = {.connection = job->connection, .thrown = error};
	struct error failure;
	struct buf text = {0};

	(void)result;
	told.flow = flow_of(platform->flows, job->node);
	told.missing = run_has_no_handler(thrown);
	told.done = error == NULL || job->force;
	if (told.done && carry_out(job, &failure) != 0) {
		run_failed(platform, &failure);
		told.done = false;
	}
	add_notes(job, told.done);
	put_people_form(job->connection, &text);
	flow_end(platform->flows, job->node, json_slice_of(text.ptr, text.len),
		 error != NULL ? error->message : NULL);
	buf_dispose(&text);
	job->done(job->context, &told);
	arena_free(job->arena);
}

/* ---- the beginning ---- */

static struct job *new_job(struct platform *platform, enum job_kind kind, bool force,
			   event_done *done, void *context)
{
	struct arena *arena = arena_new_small(2048);
	struct job *job = arena_alloc(arena, sizeof(*job));

	job->platform = platform;
	job->arena = arena;
	job->kind = kind;
	job->force = force;
	job->done = done;
	job->context = context;
	return job;
}

/* Begins the flow and calls the handler. */
static void start(struct job *job, const char *event)
{
	static const char *const names[] = {"add", "remove", "send"};
	struct platform *platform = job->platform;
	struct server_run run = {.kind = "event", .name = event};
	struct buf input = {0};
	struct buf members = {0};

	hide(platform, job->connection);
	job->handlers = count_handlers(platform);
	put_people_form(job->connection, &input);
	put_members(event, job->connection, &members);
	job->node = flow_begin(platform->flows, 0, "connection", names[job->kind], input.ptr,
			       input.len);
	run.cause = job->node;
	run.members = buf_cstr(&members);
	run.input = buf_cstr(&input);
	run.no_connections = job->kind == JOB_ADD;
	run_server(platform, &run, finish, job);
	buf_dispose(&input);
	buf_dispose(&members);
}

static int drop(struct job *job)
{
	arena_free(job->arena);
	return -1;
}

int event_add(struct platform *platform, const struct connection *facts, double lasts, bool force,
	      event_done *done, void *context, struct error *error)
{
	struct job *job = new_job(platform, JOB_ADD, force, done, context);
	struct connection *earlier;

	if (connection_new(platform->pieces, job->arena, facts, lasts, &job->connection, error) !=
		    0 ||
	    connection_of(platform->pieces, job->arena, job->connection->owner_type,
			  job->connection->owner_id, job->connection->key, &earlier, error) != 0)
		return drop(job);
	job->had_one = earlier != NULL;
	start(job, EVENT_ADDED);
	return 0;
}

static int find(struct job *job, const char *id, struct error *error)
{
	if (connection_named(job->platform->pieces, job->arena, id, &job->connection, error) != 0)
		return -1;
	if (job->connection == NULL)
		return connection_missing(id, error);
	return 0;
}

int event_remove(struct platform *platform, const char *id, bool force, event_done *done,
		 void *context, struct error *error)
{
	struct job *job = new_job(platform, JOB_REMOVE, force, done, context);

	if (find(job, id, error) != 0)
		return drop(job);
	start(job, EVENT_REMOVED);
	return 0;
}

int event_send(struct platform *platform, const char *event, const char *id, event_done *done,
	       void *context, struct error *error)
{
	struct job *job = new_job(platform, JOB_SEND, false, done, context);

	if (!str_is(event, EVENT_ADDED) && !str_is(event, EVENT_REMOVED)) {
		error_set(error, ERROR_USAGE, "there is no event `%.100s`", event);
		error_fix(error, "it is `" EVENT_ADDED "` or `" EVENT_REMOVED "`");
		return drop(job);
	}
	if (find(job, id, error) != 0)
		return drop(job);
	start(job, event);
	return 0;
}
