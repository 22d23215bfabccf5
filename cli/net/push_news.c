#include "cli/net/push_news.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "cli/cli.h"
#include "cli/findings.h"
#include "cli/net/answer.h"
#include "cli/net/log_lines.h"
#include "cli/net/remote.h"
#include "platform/push.h"

/* --- making ------------------------------------------------------------------------------------
 */

struct push_news *push_news_new(enum push_kind kind)
{
	struct arena *arena = arena_new_small(256);
	struct push_news *news = arena_alloc(arena, sizeof(*news));

	news->arena = arena;
	news->kind = kind;
	return news;
}

struct push_news *push_news_done(const struct push *push, const struct timespec *start)
{
	struct push_news *news = push_news_new(PUSH_DONE);

	news->ms = elapsed_ms(start);
	news->parts = push->block_count + 2;
	news->bytes = strlen(push->client) + strlen(push->server);
	for (size_t i = 0; i < push->block_count; i++)
		news->bytes += strlen(push->blocks[i].text);
	return news;
}

struct push_news *push_news_failed(enum push_kind kind, const struct error *error, long pause_s)
{
	struct push_news *news = push_news_new(kind);

	news->error = *error;
	news->pause_s = pause_s;
	return news;
}

static const char *copy(struct arena *arena, const char *text)
{
	return text != NULL ? arena_strdup(arena, text) : NULL;
}

struct push_news *push_news_log(const struct log_event *event)
{
	struct push_news *news = push_news_new(PUSH_LOG);

	news->log = *event;
	news->log.time = copy(news->arena, event->time);
	news->log.text = copy(news->arena, event->text);
	news->log.from = copy(news->arena, event->from);
	news->log.until = copy(news->arena, event->until);
	if (event->error != NULL) {
		news->error = *event->error;
		news->log.error = &news->error;
	}
	return news;
}

void push_news_free(struct push_news *news)
{
	arena_free(news->arena);
}

/* --- printing ----------------------------------------------------------------------------------
 */

static void print_push(struct cli *cli, const struct remote *remote, const struct push_news *news)
{
	cJSON *event = cJSON_CreateObject();

	cJSON_AddStringToObject(event, "event", "push");
	cJSON_AddStringToObject(event, "workspace", remote->workspace.slug);
	cJSON_AddBoolToObject(event, "ok", news->kind == PUSH_DONE);
	if (news->kind == PUSH_DONE) {
		cJSON_AddNumberToObject(event, "ms", (double)news->ms);
		cJSON_AddNumberToObject(event, "bytes", (double)news->bytes);
	} else {
		cJSON *error = cJSON_AddObjectToObject(event, "error");
		const struct cli_refusal refusal = cli_refusal_of(&news->error);

		cJSON_AddStringToObject(error, "kind", refusal.kind);
		cJSON_AddStringToObject(error, "message", refusal.message);
		cJSON_AddStringToObject(error, "why", refusal.why);
		cJSON_AddStringToObject(error, "fix", refusal.fix);
		if (news->pause_s > 0)
			cJSON_AddNumberToObject(event, "again_in_s", (double)news->pause_s);
	}
	answer_event(cli, event);
}

static void say_failure(struct cli *cli, const char *what, const struct error *error,
			const char *then)
{
	cli_warn(cli, "%s: %s%s", what, error->message, then);
	cli_detail(cli, "why", error->why);
	cli_detail(cli, "fix", error->fix);
}

static void say(struct cli *cli, const struct remote *remote, const struct push_news *news)
{
	const char *where = remote->workspace.slug;
	const char *then = "; tried again with the next build";

	if (news->pause_s > 0)
		then = arena_printf(cli->arena, "; tried again in %ld s", news->pause_s);
	switch (news->kind) {
	case PUSH_BEGUN:
		cli_say(cli, "%s: uploading", where);
		break;
	case PUSH_DONE:
		cli_say(cli, "%s: has this build (%zu bundles, %zu.%zu KiB) in %ld ms", where,
			news->parts, news->bytes / 1024, news->bytes % 1024 * 10 / 1024, news->ms);
		break;
	case PUSH_FAILED:
		say_failure(cli, where, &news->error, then);
		break;
	case PUSH_REFUSED_ENV:
		say_failure(cli, where, &news->error, "; those of before stay");
		break;
	case PUSH_NO_LOG:
		say_failure(cli, where, &news->error, "; going on without the log");
		break;
	case PUSH_LOG:
		break;
	}
}

void push_news_print(struct cli *cli, const struct remote *remote, const struct push_news *news)
{
	const struct log_filter all = {0};
	struct cli mine = *cli;

	mine.arena = arena_new();
	if (news->kind == PUSH_LOG)
		log_lines_print(&mine, remote, &all,
				arena_printf(mine.arena, "[%s] ", remote->workspace.slug),
				&news->log);
	else
		say(&mine, remote, news);
	if (cli->json && (news->kind == PUSH_DONE || news->kind == PUSH_FAILED ||
			  news->kind == PUSH_REFUSED_ENV))
		print_push(&mine, remote, news);
	arena_free(mine.arena);
}
