/* See generations.h. */
#include "local/run/generations.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/run/calls.h"
#include "local/run/fail.h"
#include "local/run/flows.h"
#include "local/run/host.h"
#include "local/run/pieces.h"
#include "local/run/platform.h"
#include "local/run/secret.h"
#include "local/run/settings.h"
#include "json/json.h"

/* What the load of one generation needs when it is over. */
struct loading {
	struct platform *platform;
	long long number;
};

void generations_dispose(struct generations *generations)
{
	buf_dispose(&generations->load);
	cJSON_Delete(generations->env);
	cJSON_Delete(generations->stand_ins);
	buf_dispose(&generations->surfaces);
	buf_dispose(&generations->errors);
	mem_free(generations->uses);
	mem_free(generations->why);
}

/* ---- use ---- */

static struct generation_use *find_use(struct generations *generations, long long number)
{
	for (size_t i = 0; i < generations->use_count; i++)
		if (generations->uses[i].number == number)
			return &generations->uses[i];
	return NULL;
}

static void drop(struct platform *platform, struct generation_use *use)
{
	struct generations *generations = platform->generations;
	char params[48];
	int len = snprintf(params, sizeof(params), "{\"gen\":%lld}", use->number);

	host_ask(platform->host, "drop", params, (size_t)len, NULL, NULL);
	*use = generations->uses[--generations->use_count];
}

void generation_hold(struct platform *platform, long long number)
{
	struct generation_use *use = find_use(platform->generations, number);

	if (use != NULL)
		use->calls++;
}

void generation_release(struct platform *platform, long long number)
{
	struct generation_use *use = find_use(platform->generations, number);

	if (use == NULL || use->calls == 0)
		return;
	use->calls--;
	if (use->calls == 0 && number < platform->generations->current)
		drop(platform, use);
}

void generation_end(struct platform *platform, long long number)
{
	struct generation_use *use = find_use(platform->generations, number);

	if (use != NULL && number < platform->generations->current)
		drop(platform, use);
}

static void drop_unused(struct platform *platform)
{
	struct generations *generations = platform->generations;

	for (size_t i = generations->use_count; i-- > 0;)
		if (generations->uses[i].calls == 0 &&
		    generations->uses[i].number < generations->current)
			drop(platform, &generations->uses[i]);
}

/* ---- loading ---- */

static void put_blocks(struct buf *out, const struct platform_bundles *bundles, bool maps)
{
	buf_puts(out, "{");
	for (size_t i = 0; i < bundles->block_count; i++) {
		const struct platform_block *block = &bundles->blocks[i];
		const char *text = maps ? block->map : block->text;

		if (text != NULL)
			buf_put_json_member(out, block->id, text);
	}
	buf_putc(out, '}');
}

/* Everything but the members that differ each time it is sent. */
static void put_bundles(const struct platform *platform, const struct platform_bundles *bundles,
			struct buf *out)
{
	buf_put_json_member(out, "client", bundles->client);
	buf_put_json_member(out, "server", bundles->server);
	buf_puts(out, ",\"blocks\":");
	put_blocks(out, bundles, false);
	buf_puts(out, ",\"maps\":{\"blocks\":");
	put_blocks(out, bundles, true);
	buf_put_json_member(out, "client", bundles->client_map);
	buf_put_json_member(out, "server", bundles->server_map);
	buf_putc(out, '}');
	buf_put_json_member(out, "api_token", platform->api_token);
	buf_printf(out, ",\"lenient\":%s,\"platform\":\"web-app\",\"app\":{\"id\":\"local\"",
		   platform->options.lenient ? "true" : "false");
	buf_put_json_member(out, "title", platform->pieces->app_title);
	buf_put_json_member(out, "slug", platform->pieces->app_slug);
	buf_puts(out, "}}");
}

static void keep(struct buf *kept, struct json_slice slice, const char *otherwise)
{
	buf_clear(kept);
	if (slice.at != NULL)
		buf_add(kept, slice.at, slice.len);
	else
		buf_puts(kept, otherwise);
}

static void learn_settings(struct platform *platform, struct json_slice schema)
{
	struct error ignored;
	cJSON *document;

	if (schema.at == NULL)
		return;
	document = json_parse(schema.at, schema.len, "the settings schema", NULL, &ignored);
	pieces_set_schema(platform->pieces, document);
	cJSON_Delete(document);
}

static void tell_running(struct platform *platform, const struct buf *errors)
{
	struct buf event = {0};

	buf_printf(&event, "{\"event\":\"running\",\"generation\":%lld,\"errors\":%s}",
		   platform->generations->current, errors->ptr);
	flow_tell(platform->flows, event.ptr, event.len);
	buf_dispose(&event);
}

static void loaded(void *context, struct json_slice result, const struct run_error *error)
{
	struct loading *loading = context;
	struct platform *platform = loading->platform;
	struct generations *generations = platform->generations;
	long long number = loading->number;

	mem_free(loading);
	/* A later one was given meanwhile, or the host went away: this one is of no interest. */
	if (number != generations->last || error != NULL) {
		if (error != NULL && number == generations->last) {
			generations->loading = false;
			if (generations->state == GENERATION_LOADING)
				generations_without(platform, error->message);
		}
		return;
	}
	generations->loading = false;
	generations->state = GENERATION_RUNS;
	generations->current = number;
	keep(&generations->surfaces, json_slice_member(result, "surfaces"), "{}");
	keep(&generations->errors, json_slice_member(result, "errors"), "[]");
	learn_settings(platform, json_slice_member(result, "settings_schema"));
	clock_text(&platform->clock, generations->built_at);
	drop_unused(platform);
	tell_running(platform, &generations->errors);
}

/* As they are now: what has a value is known before the schema is. */
static void put_settings(struct platform *platform, struct buf *out)
{
	size_t before = out->len;
	struct error error;

	buf_puts(out, ",\"settings\":{\"workspace\":");
	if (settings_get(platform->pieces, (struct json_slice){NULL, 0}, out, &error) == 0) {
		buf_putc(out, '}');
		return;
	}
	out->len = before;
	run_failed(platform, &error);
}

/* An object of strings. */
static void put_environment(const cJSON *env, struct buf *out)
{
	buf_puts(out, ",\"env\":");
	if (env != NULL)
		json_print(out, env, false);
	else
		buf_puts(out, "{}");
}

void generations_stand_in(struct platform *platform, const cJSON *values)
{
	struct generations *generations = platform->generations;
	const cJSON *value;

	cJSON_Delete(generations->stand_ins);
	generations->stand_ins = generations->env != NULL ? cJSON_Duplicate(generations->env, true)
							  : cJSON_CreateObject();
	cJSON_ArrayForEach(value, values)
	{
		const char *own = json_string_or_null(generations->stand_ins, value->string);

		/* A secret of this machine serves as well as its stand-in, and has its form. */
		if (!cJSON_IsString(value) ||
		    (own != NULL && secret_variable(value->string, own) != SECRET_NOT))
			continue;
		cJSON_DeleteItemFromObjectCaseSensitive(generations->stand_ins, value->string);
		cJSON_AddStringToObject(generations->stand_ins, value->string, value->valuestring);
		if (str_starts(value->valuestring, "placeholder-of-"))
			flow_secret(platform->flows, value->valuestring, value->string);
		else
			flow_variable(platform->flows, value->valuestring, value->string);
	}
}

void generations_reload(struct platform *platform)
{
	struct generations *generations = platform->generations;
	struct loading *loading;
	struct buf params = {0};

	if (generations->load.len == 0 || platform->host == NULL)
		return;
	loading = mem_zalloc(1, sizeof(*loading));
	*loading = (struct loading){platform, ++generations->last};
	if (generations->state != GENERATION_RUNS)
		generations->state = GENERATION_LOADING;
	generations->loading = true;
	generations->uses = mem_realloc(generations->uses,
					(generations->use_count + 1) * sizeof(*generations->uses));
	generations->uses[generations->use_count++] =
		(struct generation_use){.number = loading->number};
	buf_printf(&params, "{\"gen\":%lld,\"offset\":%lld", loading->number,
		   platform->clock.offset_ms);
	put_settings(platform, &params);
	put_environment(generations->stand_ins != NULL ? generations->stand_ins : generations->env,
			&params);
	buf_add(&params, generations->load.ptr, generations->load.len);
	host_ask(platform->host, "load", params.ptr, params.len, loaded, loading);
	buf_dispose(&params);
}

void generations_load(struct platform *platform, const struct platform_bundles *bundles)
{
	struct generations *generations = platform->generations;

	cJSON_Delete(generations->env);
	generations->env = cJSON_CreateObject();
	for (size_t i = 0; i < bundles->env_count; i++) {
		cJSON_AddStringToObject(generations->env, bundles->env[i].name,
					bundles->env[i].value);
		flow_variable(platform->flows, bundles->env[i].value, bundles->env[i].name);
	}
	buf_clear(&generations->load);
	put_bundles(platform, bundles, &generations->load);
	generations_reload(platform);
}

void generations_without(struct platform *platform, const char *why)
{
	struct generations *generations = platform->generations;

	if (generations->state == GENERATION_RUNS)
		return;
	generations->state = GENERATION_WITHOUT;
	mem_free(generations->why);
	generations->why = mem_strdup(why);
}
