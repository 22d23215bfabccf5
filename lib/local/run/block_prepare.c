/* See block_prepare.h. A chain of requests to the host: the schema from the server realm; then the
 * configurator is mounted in the client realm, asked, and unmounted. A configurator that fails
 * costs the outcomes and no more. */
#include "local/run/block_prepare.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "local/run/block_check.h"
#include "local/run/calls.h"
#include "local/run/flows.h"
#include "json/json.h"

struct job {
	struct platform *platform;
	struct arena *arena;
	const char *block;
	cJSON *config;
	cJSON *schema; /* or NULL */
	const char *surface;
	const char *outcomes;
	long long cause;
	block_prepare_done *done;
	void *context;
};

/* ---- the end ---- */

static void conclude(struct job *job, const struct run_error *thrown)
{
	cJSON *problems = cJSON_CreateArray();
	struct block_prepared told = {
		.outcomes = job->outcomes, .problems = problems, .thrown = thrown};
	struct buf config = {0};

	if (job->schema != NULL)
		block_check(job->schema, job->config, problems);
	json_print(&config, job->config, false);
	told.config = buf_cstr(&config);
	job->done(job->context, &told);
	buf_dispose(&config);
	cJSON_Delete(problems);
	cJSON_Delete(job->config);
	cJSON_Delete(job->schema);
	arena_free(job->arena);
}

static void unmounted(void *context, struct json_slice result, const struct run_error *thrown)
{
	(void)result;
	(void)thrown;
	conclude(context, NULL);
}

/* ---- the configurator ---- */

static void ask(struct job *job, const char *method, const char *members, run_done *done)
{
	run_client(job->platform, method, members, job->cause, NULL, NULL, NULL, done, job);
}

static void ask_surface(struct job *job, const char *method, run_done *done)
{
	struct buf members = {0};

	buf_puts(&members, "\"surface\":");
	buf_put_json_string(&members, job->surface, strlen(job->surface));
	ask(job, method, buf_cstr(&members), done);
	buf_dispose(&members);
}

/* What the configurator begins with never replaces what was given. */
static void complete(struct job *job, struct json_slice config)
{
	struct error ignored;
	cJSON *begun = config.at != NULL
			       ? json_parse(config.at, config.len, "config", NULL, &ignored)
			       : NULL;
	const cJSON *value;

	cJSON_ArrayForEach(value, begun)
	{
		if (value->string != NULL &&
		    cJSON_GetObjectItemCaseSensitive(job->config, value->string) == NULL)
			cJSON_AddItemToObject(job->config, value->string,
					      cJSON_Duplicate(value, true));
	}
	cJSON_Delete(begun);
}

static void asked(void *context, struct json_slice result, const struct run_error *thrown)
{
	struct job *job = context;
	struct json_slice outcomes = json_slice_member(result, "outcomes");

	if (thrown == NULL) {
		complete(job, json_slice_member(result, "config"));
		if (outcomes.at != NULL)
			job->outcomes = arena_strndup(job->arena, outcomes.at, outcomes.len);
	}
	ask_surface(job, "client.unmount", unmounted);
}

static void mounted(void *context, struct json_slice result, const struct run_error *thrown)
{
	struct job *job = context;

	if (thrown == NULL)
		job->surface = json_slice_text(job->arena, result, "surface");
	if (job->surface == NULL) {
		conclude(job, NULL);
		return;
	}
	ask_surface(job, "client.config", asked);
}

static void put_id(struct job *job, const char *name, struct buf *out)
{
	buf_printf(out, "\"%s\":", name);
	buf_put_json_string(out, job->block, strlen(job->block));
}

static void mount(struct job *job)
{
	struct buf members = {0};

	buf_printf(&members, "\"session\":\"block-%lld\",\"kind\":\"workflow-block\",", job->cause);
	put_id(job, "id", &members);
	buf_puts(&members, ",\"props\":{},\"as\":\"admin\",\"config\":");
	json_print(&members, job->config, false);
	ask(job, "client.mount", buf_cstr(&members), mounted);
	buf_dispose(&members);
}

/* ---- the schema ---- */

/* The same configuration, with texts read as the values that they stand for. */
static void take_config(struct job *job, struct json_slice given)
{
	struct error ignored;
	cJSON *config =
		given.at != NULL ? json_parse(given.at, given.len, "config", NULL, &ignored) : NULL;

	if (!cJSON_IsObject(config)) {
		cJSON_Delete(config);
		return;
	}
	cJSON_Delete(job->config);
	job->config = config;
}

static void schema_told(void *context, struct json_slice result, const struct run_error *thrown)
{
	struct job *job = context;
	struct json_slice schema = json_slice_member(result, "schema");
	struct error ignored;

	if (thrown != NULL) {
		conclude(job, thrown);
		return;
	}
	if (schema.at != NULL)
		job->schema = json_parse(schema.at, schema.len, "schema", NULL, &ignored);
	take_config(job, json_slice_member(result, "config"));
	mount(job);
}

void block_prepare(struct platform *platform, const char *block, const cJSON *config,
		   long long cause, block_prepare_done *done, void *context)
{
	struct arena *arena = arena_new_small(4096);
	struct job *job = arena_alloc(arena, sizeof(*job));
	struct server_run run = {.cause = cause, .kind = "block"};
	struct buf members = {0};

	job->platform = platform;
	job->arena = arena;
	job->block = arena_strdup(arena, block);
	job->config = cJSON_IsObject(config) ? cJSON_Duplicate(config, true) : cJSON_CreateObject();
	job->cause = cause;
	job->done = done;
	job->context = context;
	buf_puts(&members, "\"kind\":\"block-schema\",");
	put_id(job, "block", &members);
	buf_puts(&members, ",\"config\":");
	json_print(&members, job->config, false);
	run.name = arena_printf(arena, "%s/schema", block);
	run.members = buf_cstr(&members);
	run_server(platform, &run, schema_told, job);
	buf_dispose(&members);
}
