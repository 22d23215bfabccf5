/* Workflow blocks: what there is, and each step of their lives. Activating and running begins with
 * a look at the configuration; the answer tells what became of the activation or run. */
#include "local/run/blocks.h"
#include "local/control/control.h"
#include "local/control/sent.h"
#include "local/control/told.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "local/run/block_calls.h"
#include "local/run/block_prepare.h"
#include "local/run/calls.h"
#include "local/run/flows.h"
#include "local/run/generations.h"
#include "local/run/pieces.h"
#include "local/run/platform.h"
#include "json/body.h"
#include "json/json.h"

/* One call of these routes until its answer. */
struct step {
	struct platform *platform;
	struct control_call *call;
	const char *block;
	enum block_handler handler;
	struct block_place *place;
	long long node;   /* of the whole */
	const char *then; /* JSON of the request that finishes a run that waits; or NULL */
	cJSON *problems;  /* of the configuration */
};

/* ---- listing ---- */

static void put_member(struct buf *out, const char *name, struct json_slice value)
{
	buf_printf(out, ",\"%s\":", name);
	buf_add(out, value.at != NULL ? value.at : "null", value.at != NULL ? value.len : 4);
}

/* A block as the client bundle registered it: {id?, block: {id, type, title, configSchema}}. */
static int put_block(struct control_call *call, struct json_slice surface, struct buf *out,
		     struct error *error)
{
	struct pieces *pieces = call->platform->pieces;
	struct json_slice block = json_slice_member(surface, "block");
	struct json_slice inside = block.at != NULL ? block : surface;
	const char *id = json_slice_text(call->arena, surface, "id");

	if (id == NULL)
		id = json_slice_text(call->arena, inside, "id");
	if (id == NULL)
		return 0;
	buf_puts(out, "{\"id\":");
	buf_put_json_string(out, id, strlen(id));
	put_member(out, "type", json_slice_member(inside, "type"));
	put_member(out, "title", json_slice_member(inside, "title"));
	put_member(out, "description", json_slice_member(inside, "description"));
	put_member(out, "config_schema", json_slice_member(inside, "configSchema"));
	buf_puts(out, ",\"activations\":");
	if (block_activations_show(pieces, id, NULL, out, error) != 0)
		return -1;
	buf_puts(out, ",\"runs\":");
	if (block_runs_show(pieces, id, NULL, out, error) != 0)
		return -1;
	buf_putc(out, '}');
	return 0;
}

static void list(void *context, struct json_slice surfaces)
{
	struct control_call *call = context;
	struct json_slice blocks = json_slice_member(surfaces, "workflow-block");
	struct json_slice surface;
	struct buf out = {0};
	struct error error;

	buf_puts(&out, "{\"items\":[");
	for (size_t at = 0; json_slice_next(blocks, &at, &surface);) {
		if (out.ptr[out.len - 1] == '}')
			buf_putc(&out, ',');
		if (put_block(call, surface, &out, &error) != 0) {
			buf_dispose(&out);
			told_failure(call, &error);
			return;
		}
	}
	buf_puts(&out, "]}");
	control_answer_buf(call, &out);
}

static void surfaces_there(void *context, struct json_slice result, const struct run_error *error)
{
	struct control_call *call = context;
	const struct generations *generations = call->platform->generations;

	(void)result;
	if (generations->state == GENERATION_RUNS)
		list(context, json_slice_of(generations->surfaces.ptr, generations->surfaces.len));
	else if (error != NULL)
		control_fail_run(call, error, 0);
	else
		control_refuse(call, 409, "conflict", "no build of the app runs", NULL, NULL);
}

/* A call that does nothing waits until a build runs. */
static void list_blocks(struct platform *platform, struct control_call *call)
{
	run_client(platform, "client.settled", "\"session\":\"blocks\"", 0, NULL, NULL, NULL,
		   surfaces_there, call);
}

/* ---- answers ---- */

static void put_problems(struct buf *out, const cJSON *problems)
{
	buf_puts(out, ",\"problems\":");
	if (problems != NULL)
		json_print(out, problems, false);
	else
		buf_puts(out, "[]");
}

/* {"ok", "activation" | "run", "type", "problems", "error", "flow"} */
static int put_answer(struct step *step, const struct block_report *report, struct buf *out,
		      struct error *error)
{
	struct pieces *pieces = step->platform->pieces;
	bool run = step->handler == HANDLER_EXECUTE || step->handler == HANDLER_FINISH;
	int result;

	buf_printf(out, "{\"ok\":%s,\"type\":", report->ok ? "true" : "false");
	if (report->type != NULL)
		buf_put_json_string(out, report->type, strlen(report->type));
	else
		buf_puts(out, "null");
	buf_printf(out, ",\"%s\":", run ? "run" : "activation");
	result = run ? block_runs_show(pieces, NULL, step->place->id, out, error)
		     : block_activations_show(pieces, NULL, step->place->id, out, error);
	if (result == 0 && step->handler == HANDLER_TRIGGER) {
		buf_puts(out, ",\"run\":");
		if (report->run != NULL)
			result = block_runs_show(pieces, NULL, report->run, out, error);
		else
			buf_puts(out, "null");
	}
	put_problems(out, report->problems);
	buf_puts(out, ",\"error\":");
	if (report->thrown == NULL && report->message != NULL)
		control_put_thrown(step->call, out,
				   &(struct run_error){.message = report->message});
	else
		control_put_thrown(step->call, out, report->thrown);
	buf_printf(out, ",\"flow\":\"%lld\"}", report->flow);
	return result;
}

static void end_flow(struct step *step, const char *error)
{
	if (step->node != 0)
		flow_end(step->platform->flows, step->node, (struct json_slice){NULL, 0}, error);
}

static void called(void *context, const struct block_report *report)
{
	struct step *step = context;
	struct buf out = {0};
	struct error error;

	/* A run that waits, and the request that is to end it. */
	if (step->handler == HANDLER_EXECUTE && step->then != NULL && report->ok &&
	    str_is(report->type, "defer")) {
		step->handler = HANDLER_FINISH;
		block_call(step->platform, HANDLER_FINISH, step->place, step->then, step->node,
			   called, step);
		return;
	}
	end_flow(step, report->message);
	if (put_answer(step, report, &out, &error) != 0) {
		buf_dispose(&out);
		told_failure(step->call, &error);
		return;
	}
	control_answer_buf(step->call, &out);
}

/* The configuration does not fit: nothing has begun. */
static void answer_unfit(struct step *step, const cJSON *problems)
{
	static const char message[] = "the configuration does not fit the block's schema";
	struct buf out = {0};

	end_flow(step, message);
	buf_printf(&out, "{\"ok\":false,\"type\":null,\"error\":{\"message\":\"%s\"}", message);
	put_problems(&out, problems);
	buf_printf(&out, ",\"flow\":\"%lld\"}", flow_of(step->platform->flows, step->node));
	control_answer_buf(step->call, &out);
}

/* ---- requests of callbacks ---- */

/* The call's field {method?, headers?, query?, body?, encoding?} as the host takes a request; NULL
 * with an error. */
static const char *request_of(struct control_call *call, const char *field, const char *url,
			      struct error *error)
{
	const cJSON *given = cJSON_GetObjectItemCaseSensitive(call->body, field);
	const char *method = json_string_or_null(given, "method");
	const char *query = json_string_or_null(given, "query");
	struct sent_body body;
	struct buf out = {0};
	const char *text;

	if (sent_body_read(call->arena, json_slice_member(call->body_text, field), &body, error) !=
	    0)
		return NULL;
	buf_puts(&out, "{\"method\":");
	buf_put_json_string(&out, method != NULL ? method : "POST",
			    method != NULL ? strlen(method) : 4);
	text = query != NULL && query[0] != '\0' ? arena_printf(call->arena, "%s?%s", url, query)
						 : url;
	buf_puts(&out, ",\"url\":");
	buf_put_json_string(&out, text, strlen(text));
	buf_printf(&out, ",\"headers\":%s,", sent_headers(call->arena, given, body.json));
	json_put_body(&out, body.bytes, body.len);
	buf_putc(&out, '}');
	text = arena_strndup(call->arena, out.ptr, out.len);
	buf_dispose(&out);
	return text;
}

static const char *callback_request(struct step *step, const char *field, struct error *error)
{
	struct buf url = {0};
	const char *request;

	if (step->handler == HANDLER_TRIGGER)
		block_trigger_url(step->platform->pieces, step->place, &url);
	else
		block_finish_url(step->platform->pieces, step->place, &url);
	request = request_of(step->call, field, buf_cstr(&url), error);
	buf_dispose(&url);
	return request;
}

/* ---- beginning ---- */

static struct step *new_step(struct platform *platform, struct control_call *call,
			     enum block_handler handler)
{
	struct step *step = arena_alloc(call->arena, sizeof(*step));

	step->platform = platform;
	step->call = call;
	step->block = control_path(call, "id");
	step->handler = handler;
	return step;
}

/* Of the block, as the client bundle registered it; NULL: it did not, and *ids are those that it
 * did, with NULL at the end. */
static const char *type_of(const struct step *step, const char ***ids)
{
	struct arena *arena = step->call->arena;
	size_t count = 0;
	const struct generations *generations = step->platform->generations;
	struct json_slice surfaces =
		json_slice_of(generations->surfaces.ptr, generations->surfaces.len);
	struct json_slice blocks = json_slice_member(surfaces, "workflow-block"), surface;

	for (size_t at = 0; json_slice_next(blocks, &at, &surface);) {
		struct json_slice block = json_slice_member(surface, "block");
		struct json_slice inside = block.at != NULL ? block : surface;
		const char *id = json_slice_text(arena, surface, "id");
		const char **place;

		if (id == NULL)
			id = json_slice_text(arena, inside, "id");
		if (id != NULL && str_is(id, step->block))
			return json_slice_text(arena, inside, "type");
		if (id == NULL)
			continue;
		place = arena_push(arena, ids, &count, sizeof(**ids));
		*place = id;
	}
	*(const char **)arena_push(arena, ids, &count, sizeof(**ids)) = NULL;
	return NULL;
}

/* There is such a block, and it is of the kind that is activated or run. */
static int check_type(const struct step *step, struct error *error)
{
	bool run = step->handler == HANDLER_EXECUTE;
	const char **ids = NULL, *nearest;
	const char *type = type_of(step, &ids);

	if (type == NULL) {
		error_set(error, ERROR_NOT_FOUND, "the app has no workflow block `%.200s`",
			  step->block);
		nearest = str_nearest(step->block, ids);
		if (nearest != NULL)
			return error_fix(error, "did you mean `%.200s`?", nearest);
		return error_fix(error, "`attio block list` shows those that there are");
	}
	if (str_is(type, run ? "step" : "trigger"))
		return 0;
	error_set(error, ERROR_USAGE, "the workflow block `%.200s` is a %.40s", step->block, type);
	return error_fix(error, "%s it: `attio block %s %.200s`", run ? "activate" : "run",
			 run ? "activate" : "run", step->block);
}

static void prepared(void *context, const struct block_prepared *p)
{
	struct step *step = context;
	const cJSON *finish = cJSON_GetObjectItemCaseSensitive(step->call->body, "finish");
	struct pieces *pieces = step->platform->pieces;
	struct error error;
	int result;

	if (check_type(step, &error) != 0) {
		end_flow(step, error.message);
		control_fail(step->call, &error);
		return;
	}
	if (p->thrown != NULL) {
		end_flow(step, p->thrown->message);
		control_fail_run(step->call, p->thrown, flow_of(step->platform->flows, step->node));
		return;
	}
	if (cJSON_GetArraySize(p->problems) > 0) {
		answer_unfit(step, p->problems);
		return;
	}
	result = step->handler == HANDLER_ACTIVATE
			 ? block_activation_new(pieces, step->call->arena, step->block, p->config,
						p->outcomes, &step->place, &error)
			 : block_run_new(pieces, step->call->arena, step->block, p->config,
					 p->outcomes, NULL, &step->place, &error);
	if (result != 0) {
		end_flow(step, error.message);
		told_failure(step->call, &error);
		return;
	}
	if (step->handler == HANDLER_EXECUTE && cJSON_IsObject(finish)) {
		step->handler = HANDLER_FINISH;
		step->then = callback_request(step, "finish", &error);
		step->handler = HANDLER_EXECUTE;
	}
	block_call(step->platform, step->handler, step->place, NULL, step->node, called, step);
}

static void prepare(struct platform *platform, struct control_call *call,
		    enum block_handler handler)
{
	struct step *step = new_step(platform, call, handler);
	const cJSON *config = cJSON_GetObjectItemCaseSensitive(call->body, "config");
	struct buf text = {0};

	if (config != NULL)
		json_print(&text, config, false);
	step->node = flow_begin(platform->flows, 0, "block",
				arena_printf(call->arena, "%s %s",
					     handler == HANDLER_ACTIVATE ? "activate" : "run",
					     step->block),
				text.len > 0 ? text.ptr : NULL, text.len);
	buf_dispose(&text);
	block_prepare(platform, step->block, config, step->node, prepared, step);
}

/* The activation or run that the call is about: named, or the newest in one of two states. */
static int find(struct step *step, const char *name, const char *state, const char *other,
		struct error *error)
{
	struct pieces *pieces = step->platform->pieces;
	struct arena *arena = step->call->arena;
	bool run = step->handler == HANDLER_FINISH;
	const char *const states[] = {state, other};
	int result = 0;

	if (name != NULL)
		result = run ? block_run_find(pieces, arena, name, &step->place, error)
			     : block_activation_find(pieces, arena, name, &step->place, error);
	for (size_t i = 0; i < 2 && name == NULL && result == 0 && step->place == NULL; i++)
		result = run ? block_run_newest(pieces, arena, step->block, states[i], &step->place,
						error)
			     : block_activation_newest(pieces, arena, step->block, states[i],
						       &step->place, error);
	if (result != 0)
		return -1;
	if (step->place != NULL && str_is(step->place->block, step->block) &&
	    (str_is(step->place->state, state) || str_is(step->place->state, other)))
		return 0;
	if (name != NULL)
		return error_set(error, ERROR_NOT_FOUND,
				 "there is no %s `%.100s` of `%.100s` that is %s",
				 run ? "run" : "activation", name, step->block, state);
	error_set(error, ERROR_NOT_FOUND, "no %s of the block `%.200s` is %s",
		  run ? "run" : "activation", step->block, state);
	return error_fix(error, "begin with `attio block %s %.200s`", run ? "run" : "activate",
			 step->block);
}

static void activate(struct platform *platform, struct control_call *call)
{
	const char *again = json_string_or_null(call->body, "activation");
	struct step *step;
	struct error error;

	if (again == NULL) {
		prepare(platform, call, HANDLER_ACTIVATE);
		return;
	}
	/* Once more, with the same uniqueActivationId. */
	step = new_step(platform, call, HANDLER_ACTIVATE);
	if (find(step, again, BLOCK_FAILED, BLOCK_ACTIVE, &error) != 0)
		told_failure(call, &error);
	else
		block_call(platform, HANDLER_ACTIVATE, step->place, NULL, 0, called, step);
}

static void run(struct platform *platform, struct control_call *call)
{
	struct json_slice finish = json_slice_member(call->body_text, "finish");
	struct sent_body body;
	struct error error;

	/* What it will be called with is refused before anything runs. */
	if (sent_body_read(call->arena, finish, &body, &error) != 0)
		told_failure(call, &error);
	else
		prepare(platform, call, HANDLER_EXECUTE);
}

static void trigger(struct platform *platform, struct control_call *call)
{
	struct step *step = new_step(platform, call, HANDLER_TRIGGER);
	const char *request;
	struct error error;

	if (find(step, json_string_or_null(call->body, "activation"), BLOCK_ACTIVE,
		 BLOCK_ACTIVATING, &error) != 0 ||
	    (request = callback_request(step, "request", &error)) == NULL)
		told_failure(call, &error);
	else
		block_call(platform, HANDLER_TRIGGER, step->place, request, 0, called, step);
}

static void deactivate(struct platform *platform, struct control_call *call)
{
	struct step *step = new_step(platform, call, HANDLER_DEACTIVATE);
	struct error error;

	if (find(step, json_string_or_null(call->body, "activation"), BLOCK_ACTIVE, BLOCK_ACTIVE,
		 &error) != 0)
		told_failure(call, &error);
	else
		block_call(platform, HANDLER_DEACTIVATE, step->place, NULL, 0, called, step);
}

static void finish(struct platform *platform, struct control_call *call)
{
	struct step *step = new_step(platform, call, HANDLER_FINISH);
	const char *request;
	struct error error;

	if (find(step, json_string_or_null(call->body, "run"), BLOCK_WAITING, BLOCK_RUNNING,
		 &error) != 0 ||
	    (request = callback_request(step, "request", &error)) == NULL)
		told_failure(call, &error);
	else
		block_call(platform, HANDLER_FINISH, step->place, request, 0, called, step);
}

static const struct control_field activate_body[] = {
	{"config", "object", false, "the trigger's configuration"},
	{"activation", "string", false, "once more, with the id of one that failed"},
	{0}};
static const struct control_field trigger_body[] = {
	{"activation", "string", false, "id; the newest that is active"},
	{"request", "object", false, "{method, headers, query, body, encoding} of the callback"},
	{0}};
static const struct control_field deactivate_body[] = {
	{"activation", "string", false, "id; the newest that is active"}, {0}};
static const struct control_field run_body[] = {
	{"config", "object", false, "the step's configuration"},
	{"finish", "object", false, "{method, headers, query, body}: what ends it when it waits"},
	{0}};
static const struct control_field finish_body[] = {
	{"run", "string", false, "id; the newest that waits"},
	{"request", "object", false, "{method, headers, query, body, encoding} of the callback"},
	{0}};

extern const struct control_route block_routes[];

const struct control_route block_routes[] = {
	{"GET", "/blocks", list_blocks, "workflow blocks with their activations and runs", NULL,
	 NULL},
	{"POST", "/blocks/{id}/activate", activate, "activate a trigger", activate_body, NULL},
	{"POST", "/blocks/{id}/trigger", trigger, "call back an active trigger", trigger_body,
	 NULL},
	{"POST", "/blocks/{id}/deactivate", deactivate, "deactivate a trigger", deactivate_body,
	 NULL},
	{"POST", "/blocks/{id}/run", run, "run a step", run_body, NULL},
	{"POST", "/blocks/{id}/finish", finish, "call back a step that waits", finish_body, NULL},
	{0},
};
