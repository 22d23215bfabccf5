/* See pushed.h. */
#include "local/run/pushed.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/developer/dev_store.h"
#include "local/developer/hub.h"
#include "local/developer/sign_ins.h"
#include "local/run/fail.h"
#include "local/run/flows.h"
#include "local/run/generations.h"
#include "local/run/pieces.h"
#include "local/run/platform.h"
#include "local/store.h"
#include "json/json.h"
#include "json/slice.h"

int pushed_open(struct platform *platform, struct error *error)
{
	return local_store_app(platform->store, platform->options.app_slug, platform->app_id,
			       error);
}

/* What runs is this app: connections, settings and what it is told of itself are its own. */
static void run_as(struct platform *platform, const char *slug, const char *title)
{
	bool own = str_is(slug, platform->options.app_slug);

	pieces_set_app(platform->pieces, slug, own ? platform->options.app_title : title,
		       platform->hooks);
}

void pushed_own_build(struct platform *platform)
{
	struct error error = {0};

	if (platform->own_build)
		return;
	platform->own_build = true;
	run_as(platform, platform->options.app_slug, platform->options.app_title);
	if (pushed_open(platform, &error) != 0)
		run_failed(platform, &error);
}

/* ---- loading ---- */

/* The environment as it was pushed: an object of strings. */
static cJSON *put_environment(struct arena *arena, const struct dev_push *push,
			      struct platform_bundles *bundles)
{
	struct error ignored;
	cJSON *document = json_parse(push->environment, strlen(push->environment),
				     "the environment", NULL, &ignored);
	struct platform_setting *env = NULL;
	const cJSON *item;

	cJSON_ArrayForEach(item, document)
	{
		struct platform_setting *one =
			arena_push(arena, &env, &bundles->env_count, sizeof(*one));

		*one = (struct platform_setting){item->string, item->valuestring};
	}
	bundles->env = env;
	return document;
}

static void load(struct platform *platform, struct arena *arena, const struct dev_push *push)
{
	struct platform_bundles bundles = {0};
	struct platform_block *blocks = NULL;
	cJSON *environment = put_environment(arena, push, &bundles);

	for (size_t i = 0; i < push->file_count; i++) {
		const struct dev_file *file = &push->files[i];

		if (str_is(file->kind, LOCAL_CLIENT)) {
			bundles.client = file->text;
		} else if (str_is(file->kind, LOCAL_SERVER)) {
			bundles.server = file->text;
		} else {
			struct platform_block *block =
				arena_push(arena, &blocks, &bundles.block_count, sizeof(*block));

			*block = (struct platform_block){.id = file->kind + strlen(LOCAL_BLOCK),
							 .text = file->text};
		}
	}
	bundles.blocks = blocks;
	/* Its webhook files are named in its code only: any name is believed. */
	pieces_forget_webhook_files(platform->pieces);
	snprintf(platform->app_id, sizeof(platform->app_id), "%s", push->app_id);
	run_as(platform, push->app_slug, push->app_title);
	platform->host_starts = 0;
	generations_load(platform, &bundles);
	cJSON_Delete(environment);
}

static void tell(struct platform *platform, const struct dev_push *push)
{
	struct buf event = {0};

	buf_puts(&event, "{\"event\":\"pushed\"");
	buf_put_json_member(&event, "app", push->app_slug);
	buf_printf(&event, ",\"runs\":%s}", platform->own_build ? "false" : "true");
	flow_tell(platform->flows, event.ptr, event.len);
	buf_dispose(&event);
}

static bool take(struct platform *platform, long long bundle, bool news)
{
	struct arena *arena = arena_new();
	struct error error = {0};
	struct dev_push push;
	bool taken = dev_store_read(platform->store, arena, bundle, &push, &error) == 0;

	if (!taken)
		run_failed(platform, &error);
	if (taken && news)
		tell(platform, &push);
	if (taken && !platform->own_build)
		load(platform, arena, &push);
	arena_free(arena);
	return taken;
}

void pushed_take(void *context, long long bundle)
{
	take(context, bundle, true);
}

bool pushed_run_last(struct platform *platform)
{
	struct error error = {0};
	long long row;

	if (platform->own_build)
		return false;
	if (platform->generations->state == GENERATION_RUNS ||
	    platform->generations->state == GENERATION_LOADING)
		return true;
	if (dev_store_last(platform->store, &row, &error) != 0) {
		run_failed(platform, &error);
		return false;
	}
	return row != 0 && take(platform, row, false);
}

/* ---- logs ---- */

static const char *severity_of(const char *level)
{
	if (str_is(level, "error"))
		return "ERROR";
	return str_is(level, "warning") ? "WARNING" : "INFO";
}

void pushed_log(struct platform *platform, const char *json, size_t len)
{
	static const char begin[] = "{\"event\":\"log\"";
	struct json_slice event = json_slice_of(json, len);
	struct arena *arena;
	const char *level, *text, *at;

	if (len < sizeof(begin) || memcmp(json, begin, sizeof(begin) - 1) != 0)
		return;
	arena = arena_new_small(1024);
	level = json_slice_text(arena, event, "level");
	text = json_slice_text(arena, event, "text");
	at = json_slice_text(arena, event, "at");
	if (level != NULL && text != NULL && at != NULL)
		hub_say(platform->hub, platform->workspace_id, platform->app_id, severity_of(level),
			at, text);
	arena_free(arena);
}

/* ---- signing in ---- */

void pushed_asked(void *context, const struct sign_in *sign_in)
{
	struct platform *platform = context;
	struct buf event = {0};

	buf_puts(&event, "{\"event\":\"sign-in\"");
	buf_put_json_member(&event, "id", sign_in->id);
	buf_put_json_member(&event, "digits", sign_in->digits);
	buf_put_json_member(&event, "redirect_uri", sign_in->redirect_uri);
	buf_putc(&event, '}');
	flow_tell(platform->flows, event.ptr, event.len);
	buf_dispose(&event);
}
