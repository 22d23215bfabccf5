/* See block_calls.h. Facts: lib/local/run/README.md, Workflow blocks. */
#include "local/run/block_calls.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "local/run/acting.h"
#include "local/run/block_check.h"
#include "local/run/blocks.h"
#include "local/run/calls.h"
#include "local/run/fail.h"
#include "local/run/flows.h"
#include "local/run/generations.h"
#include "local/run/pieces.h"
#include "local/run/platform.h"
#include "json/json.h"
#include "json/slice.h"

#define ATTEMPTS 3

struct job {
	struct platform *platform;
	struct arena *arena;
	enum block_handler handler;
	struct block_place *place;
	const char *request; /* or NULL */
	long long node;      /* of the whole; each try is a node below it */
	int tries;
	struct block_report report;
	cJSON *problems;
	block_done *done;
	void *context;
};

static const char *const handler_names[] = {"activate", "trigger", "deactivate", "execute",
					    "finish"};

static bool of_run(const struct job *job)
{
	return job->handler == HANDLER_EXECUTE || job->handler == HANDLER_FINISH;
}

/* ---- what the handler is given ---- */

static void add_text(cJSON *object, const char *name, struct buf *text)
{
	cJSON_AddStringToObject(object, name, buf_cstr(text));
	buf_clear(text);
}

/* The workflow around the block is made up; its addresses lead to this platform. */
static cJSON *metadata_of(const struct job *job)
{
	const struct block_place *place = job->place;
	const struct pieces *pieces = job->platform->pieces;
	const char *origin = job->platform->origin;
	cJSON *data = cJSON_CreateObject();
	struct buf text = {0};

	cJSON_AddStringToObject(data, "workflowId", place->workflow_id);
	cJSON_AddStringToObject(data, "workflowVersionId", place->version_id);
	cJSON_AddStringToObject(data, "workflowBlockId", place->block_id);
	buf_printf(&text, "Local workflow of %s", place->block);
	add_text(data, "workflowTitle", &text);
	buf_printf(&text, "%s/__attio/workflows/%s", origin, place->workflow_id);
	add_text(data, "workflowUrl", &text);
	if (of_run(job)) {
		cJSON_AddStringToObject(data, "workflowRunId", place->id);
		cJSON_AddStringToObject(data, "uniqueExecutionId", place->execution_id);
		buf_printf(&text, "%s/__attio/workflows/%s/runs/%s", origin, place->workflow_id,
			   place->id);
		add_text(data, "runUrl", &text);
		block_finish_url(pieces, place, &text);
		add_text(data, "finishCallbackUrl", &text);
	} else {
		cJSON_AddStringToObject(data, "uniqueActivationId", place->id);
		if (job->handler != HANDLER_DEACTIVATE) {
			block_trigger_url(pieces, place, &text);
			add_text(data, "triggerCallbackUrl", &text);
		}
	}
	buf_dispose(&text);
	return data;
}

static void put_members(const struct job *job, struct buf *out)
{
	cJSON *metadata = metadata_of(job);

	buf_puts(out, "\"kind\":\"block\",\"block\":");
	buf_put_json_string(out, job->place->block, strlen(job->place->block));
	buf_printf(out,
		   ",\"handler\":\"%s\",\"config\":%s,\"metadata\":", handler_names[job->handler],
		   job->place->config);
	json_print(out, metadata, false);
	if (job->request != NULL)
		buf_printf(out, ",\"request\":%s", job->request);
	cJSON_Delete(metadata);
}

/* ---- what it returned ---- */

static void add_problem(struct job *job, const char *path, const char *message)
{
	cJSON *problem = cJSON_CreateObject();

	cJSON_AddStringToObject(problem, "path", path);
	cJSON_AddStringToObject(problem, "message", message);
	cJSON_AddItemToArray(job->problems, problem);
}

/* What the host found when it looked at the outcome. */
static void take_problems(struct job *job, struct json_slice result)
{
	struct json_slice list = json_slice_member(result, "problems");
	struct json_slice item;

	for (size_t at = 0; json_slice_next(list, &at, &item);) {
		const char *path = json_slice_text(job->arena, item, "path");
		const char *message = json_slice_text(job->arena, item, "message");

		add_problem(job, path != NULL ? path : "", message != NULL ? message : "");
	}
}

static const char *outcome_id(struct job *job, struct json_slice value)
{
	const char *id = json_slice_text(job->arena, value, "id");

	return id != NULL ? id : json_slice_text(job->arena, value, "slug");
}

/* Against what the configurator declares, as far as that is known. */
static void check_outcome(struct job *job, const char *id, struct json_slice data)
{
	struct error ignored;
	cJSON *outcomes, *parsed;
	const cJSON *outcome;
	bool found = false;

	if (job->place->outcomes == NULL)
		return;
	outcomes = json_parse(job->place->outcomes, strlen(job->place->outcomes), "outcomes", NULL,
			      &ignored);
	parsed = data.at != NULL ? json_parse(data.at, data.len, "data", NULL, &ignored) : NULL;
	cJSON_ArrayForEach(outcome, outcomes)
	{
		const char *name = json_string_or_null(outcome, "id");
		const cJSON *schema = cJSON_GetObjectItemCaseSensitive(outcome, "schema");

		if (found || name == NULL || !str_is(name, id))
			continue;
		found = true;
		if (cJSON_IsObject(schema))
			block_check(schema, cJSON_IsNull(parsed) ? NULL : parsed, job->problems);
	}
	if (!found && outcomes != NULL)
		add_problem(job, "id",
			    arena_printf(job->arena,
					 "the configurator declares no outcome `%.200s`", id));
	cJSON_Delete(outcomes);
	cJSON_Delete(parsed);
}

/* {"id", "data"}; NULL when it has no id. */
static const char *read_outcome(struct job *job, struct json_slice value)
{
	const char *id = outcome_id(job, value);
	struct json_slice data = json_slice_member(value, "data");
	struct buf text = {0};
	const char *outcome;

	if (id == NULL)
		return NULL;
	check_outcome(job, id, data);
	buf_puts(&text, "{\"id\":");
	buf_put_json_string(&text, id, strlen(id));
	buf_puts(&text, ",\"data\":");
	buf_add(&text, data.at != NULL ? data.at : "null", data.at != NULL ? data.len : 4);
	buf_putc(&text, '}');
	outcome = arena_strndup(job->arena, text.ptr, text.len);
	buf_dispose(&text);
	return outcome;
}

/* ---- what becomes of it ---- */

static void tell(struct job *job, const struct block_news *news)
{
	struct pieces *pieces = job->platform->pieces;
	struct error error;
	int result = of_run(job) ? block_run_tell(pieces, job->place->id, news, &error)
				 : block_activation_tell(pieces, job->place->id, news, &error);

	if (result != 0)
		run_failed(job->platform, &error);
}

/* The state now: another request may have ended the run in the meantime. */
static bool is_over(struct job *job)
{
	struct block_place *now;
	struct error error;

	if (block_run_find(job->platform->pieces, job->arena, job->place->id, &now, &error) != 0)
		return true;
	return now == NULL ||
	       (!str_is(now->state, BLOCK_RUNNING) && !str_is(now->state, BLOCK_WAITING));
}

static void start_run(struct job *job, const char *outcome)
{
	struct pieces *pieces = job->platform->pieces;
	struct block_news news = {.state = BLOCK_DONE, .outcome = outcome, .ended = true};
	struct block_place *run;
	struct error error;

	if (block_run_new(pieces, job->arena, job->place->block, job->place->config,
			  job->place->outcomes, job->place, &run, &error) != 0 ||
	    block_run_tell(pieces, run->id, &news, &error) != 0) {
		run_failed(job->platform, &error);
		return;
	}
	job->report.run = run->id;
}

static void fail(struct job *job, const char *message)
{
	job->report.ok = false;
	job->report.message = arena_strdup(job->arena, message);
}

/* The handler returned what it may not. */
static void not_allowed(struct job *job)
{
	static const char *const allowed[] = {
		"`complete` or `error`", "`outcome` or `no-op`", "`complete` or `error`",
		"`outcome`, `exit`, `error` or `defer`", "`outcome`, `exit`, `error` or `no-op`"};

	fail(job,
	     arena_printf(job->arena, "the handler must return {type: %s}", allowed[job->handler]));
}

static void end_activation(struct job *job)
{
	bool activates = job->handler == HANDLER_ACTIVATE;
	struct block_news news = {.attempt = activates, .error = ""};

	if (job->report.ok) {
		news.state = activates ? BLOCK_ACTIVE : BLOCK_INACTIVE;
		news.ended = !activates;
	} else {
		news.state = activates ? BLOCK_FAILED : NULL;
		news.ended = activates;
		news.error = job->report.message;
	}
	tell(job, &news);
}

static void end_run(struct job *job, const char *outcome)
{
	const char *type = job->report.type;
	bool executes = job->handler == HANDLER_EXECUTE;
	struct block_news news = {.attempt = executes, .error = ""};

	if (!executes && type != NULL && str_is(type, "no-op"))
		return;
	if (is_over(job)) {
		flow_note(job->platform->flows, job->node, "run-over",
			  "the run had ended before; what was returned now changes nothing");
		return;
	}
	if (!job->report.ok) {
		news.state = BLOCK_FAILED;
		news.error = job->report.message;
	} else if (str_is(type, "defer")) {
		news.state = BLOCK_WAITING;
	} else {
		news.state = outcome != NULL ? BLOCK_DONE : BLOCK_EXITED;
		news.outcome = outcome;
	}
	news.ended = !str_is(news.state, BLOCK_WAITING);
	tell(job, &news);
}

static void conclude(struct job *job, const char *outcome)
{
	struct flows *flows = job->platform->flows;
	const cJSON *problem;
	struct buf output = {0};

	if (job->handler == HANDLER_TRIGGER) {
		if (outcome != NULL)
			start_run(job, outcome);
	} else if (of_run(job)) {
		end_run(job, outcome);
	} else {
		end_activation(job);
	}
	cJSON_ArrayForEach(problem, job->problems)
	{
		flow_note(flows, job->node, "outcome",
			  arena_printf(job->arena, "%s: %s", json_string_or_null(problem, "path"),
				       json_string_or_null(problem, "message")));
	}
	buf_puts(&output, "{\"type\":");
	if (job->report.type != NULL)
		buf_put_json_string(&output, job->report.type, strlen(job->report.type));
	else
		buf_puts(&output, "null");
	if (outcome != NULL)
		buf_printf(&output, ",\"outcome\":%s", outcome);
	buf_putc(&output, '}');
	job->report.flow = flow_of(flows, job->node);
	flow_end(flows, job->node, json_slice_of(output.ptr, output.len), job->report.message);
	buf_dispose(&output);
	job->report.problems = job->problems;
	job->done(job->context, &job->report);
	cJSON_Delete(job->problems);
	arena_free(job->arena);
}

static void attempt(struct job *job);

/* Whether the handler is called once more. */
static bool again(struct job *job, bool wanted)
{
	struct block_news news = {.attempt = true, .error = job->report.message};

	if (!wanted || job->tries >= ATTEMPTS)
		return false;
	tell(job, &news);
	attempt(job);
	return true;
}

/* Whether this handler may return this type. */
static bool may_return(enum block_handler handler, const char *type)
{
	static const char *const allowed[][5] = {{"complete", "error"},
						 {"outcome", "no-op"},
						 {"complete", "error"},
						 {"outcome", "exit", "error", "defer"},
						 {"outcome", "exit", "error", "no-op"}};

	for (size_t i = 0; allowed[handler][i] != NULL; i++)
		if (str_is(allowed[handler][i], type))
			return true;
	return false;
}

static void take_answer(struct job *job, struct json_slice result)
{
	struct json_slice value = json_slice_member(result, "value");
	const char *type = json_slice_text(job->arena, value, "type");
	const char *outcome = NULL;

	job->report.ok = true;
	job->report.type = type;
	if (type == NULL || !may_return(job->handler, type)) {
		job->report.type = NULL;
		not_allowed(job);
	} else if (str_is(type, "outcome")) {
		take_problems(job, result);
		outcome = read_outcome(job, value);
		if (outcome == NULL)
			fail(job, "the outcome that the handler returned has no id");
	} else if (str_is(type, "error")) {
		const char *message = json_slice_text(job->arena, value, "errorMessage");

		fail(job, message != NULL ? message : "the handler returned an error");
		if (again(job,
			  job->handler == HANDLER_EXECUTE && json_slice_true(value, "retryable")))
			return;
	}
	conclude(job, outcome);
}

static void answered(void *context, struct json_slice result, const struct run_error *thrown)
{
	struct job *job = context;

	job->report = (struct block_report){.thrown = thrown};
	if (thrown == NULL) {
		take_answer(job, result);
		return;
	}
	fail(job, thrown->message != NULL ? thrown->message : "");
	if (!again(job, job->handler == HANDLER_ACTIVATE))
		conclude(job, NULL);
}

/* A block sees the connection of a user only when its definition asks for one; then it is that of
 * whoever began the flow. */
static const char *user_of(const struct job *job)
{
	const struct generations *generations = job->platform->generations;
	struct json_slice surfaces, surface;

	if (generations == NULL || generations->surfaces.len == 0)
		return NULL;
	surfaces = json_slice_member(
		json_slice_of(generations->surfaces.ptr, generations->surfaces.len),
		"workflow-block");
	for (size_t at = 0; json_slice_next(surfaces, &at, &surface);) {
		struct json_slice block = json_slice_member(surface, "block");
		const char *id = json_slice_text(job->arena, block, "id");

		if (id != NULL && str_is(id, job->place->block) &&
		    json_slice_true(block, "requireUserConnection"))
			return acting_member(job->platform,
					     flow_of(job->platform->flows, job->node));
	}
	return NULL;
}

static void attempt(struct job *job)
{
	struct server_run run = {.cause = job->node, .kind = "block"};
	struct buf members = {0};

	job->tries++;
	run.member_id = user_of(job);
	put_members(job, &members);
	run.name =
		arena_printf(job->arena, "%s/%s", job->place->block, handler_names[job->handler]);
	run.members = buf_cstr(&members);
	run.input = job->request != NULL ? job->request : job->place->config;
	run_server(job->platform, &run, answered, job);
	buf_dispose(&members);
}

static const char *copy(struct arena *arena, const char *text)
{
	return text != NULL ? arena_strdup(arena, text) : NULL;
}

static struct block_place *copy_place(struct arena *arena, const struct block_place *place)
{
	struct block_place *p = arena_alloc(arena, sizeof(*p));

	*p = *place;
	p->id = copy(arena, place->id);
	p->block = copy(arena, place->block);
	p->workflow_id = copy(arena, place->workflow_id);
	p->version_id = copy(arena, place->version_id);
	p->block_id = copy(arena, place->block_id);
	p->token = copy(arena, place->token);
	p->config = copy(arena, place->config);
	p->outcomes = copy(arena, place->outcomes);
	p->state = copy(arena, place->state);
	p->execution_id = copy(arena, place->execution_id);
	p->activation = copy(arena, place->activation);
	return p;
}

void block_call(struct platform *platform, enum block_handler handler,
		const struct block_place *place, const char *request, long long cause,
		block_done *done, void *context)
{
	struct arena *arena = arena_new_small(4096);
	struct job *job = arena_alloc(arena, sizeof(*job));
	const char *name;

	job->platform = platform;
	job->arena = arena;
	job->handler = handler;
	job->place = copy_place(arena, place);
	job->request = copy(arena, request);
	job->problems = cJSON_CreateArray();
	job->done = done;
	job->context = context;
	name = arena_printf(arena, "%s %s", handler_names[handler], place->block);
	job->node = flow_begin(platform->flows, cause, "block", name, place->config,
			       strlen(place->config));
	attempt(job);
}
