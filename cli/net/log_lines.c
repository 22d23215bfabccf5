/* See log_lines.h. */
#include "cli/net/log_lines.h"

#include <stdio.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/arguments.h"
#include "cli/net/remote.h"
#include "platform/log_stream.h"

/* --- which -------------------------------------------------------------------------------------
 */

static size_t rank_of(const char *level)
{
	static const char *const levels[] = {"debug", "info", "warning", "error"};

	for (size_t i = 0; i < ARRAY_LEN(levels); i++)
		if (strcmp(levels[i], level) == 0)
			return i;
	return 1;
}

int log_filter_init(struct log_filter *filter, struct cli *cli, const char *level,
		    const char *pattern)
{
	char why[200];
	int failure;

	*filter = (struct log_filter){.rank = level != NULL ? rank_of(level) : 0};
	if (pattern == NULL)
		return EXIT_OK;
	failure = regcomp(&filter->pattern, pattern, REG_EXTENDED | REG_NOSUB);
	filter->has_pattern = failure == 0;
	if (failure == 0)
		return EXIT_OK;
	regerror(failure, &filter->pattern, why, sizeof(why));
	return argument_wrong(
		cli, arena_printf(cli->arena, "`--grep` has no regular expression: %s", why),
		"put a backslash before signs that are meant as they are");
}

void log_filter_dispose(struct log_filter *filter)
{
	if (filter->has_pattern)
		regfree(&filter->pattern);
	filter->has_pattern = false;
}

bool log_filter_wants(const struct log_filter *filter, const char *level, const char *text)
{
	if (rank_of(level) < filter->rank)
		return false;
	return !filter->has_pattern || regexec(&filter->pattern, text, 0, NULL, 0) == 0;
}

/* --- entries -----------------------------------------------------------------------------------
 */

static const char *const names[] = {"INFO", "WARNING", "ERROR"};
static const char *const levels[] = {"info", "warning", "error"};

static cJSON *object_new(const char *name, const struct remote *remote)
{
	cJSON *object = cJSON_CreateObject();

	cJSON_AddStringToObject(object, "event", name);
	cJSON_AddStringToObject(object, "workspace", remote->workspace.slug);
	return object;
}

/* Without blanks around it; what follows its first line goes on below. */
static void print_text(struct cli *cli, const char *prefix, const char *head, const char *text)
{
	size_t len = strlen(text);

	text += strspn(text, " \t\r\n");
	len = strlen(text);
	while (len > 0 && strchr(" \t\r\n", text[len - 1]) != NULL)
		len--;
	do {
		const char *end = memchr(text, '\n', len);
		size_t line = end != NULL ? (size_t)(end - text) : len;

		answer_line(cli, "%s%s%.*s", prefix, head, (int)line, text);
		len -= end != NULL ? line + 1 : line;
		text += end != NULL ? line + 1 : line;
		head = "";
	} while (len > 0);
}

static void print_entry(struct cli *cli, const struct remote *remote, const char *prefix,
			const struct log_event *event)
{
	cJSON *object;

	if (!cli->json) {
		print_text(cli, prefix,
			   arena_printf(cli->arena, "%s %s: ", event->time, names[event->level]),
			   event->text);
		return;
	}
	object = object_new("log", remote);
	cJSON_AddStringToObject(object, "at", event->time);
	cJSON_AddStringToObject(object, "level", levels[event->level]);
	cJSON_AddStringToObject(object, "text", event->text);
	answer_event(cli, object);
}

/* --- the rest ----------------------------------------------------------------------------------
 */

static void print_gap(struct cli *cli, const struct remote *remote, const char *prefix,
		      const struct log_event *event)
{
	cJSON *object;

	if (!cli->json) {
		answer_line(cli, "%s--- lines from %s to %s may be missing ---", prefix,
			    event->from, event->until);
		return;
	}
	object = object_new("gap", remote);
	cJSON_AddStringToObject(object, "from", event->from);
	cJSON_AddStringToObject(object, "to", event->until);
	answer_event(cli, object);
}

static void say_error(struct cli *cli, const struct error *error, const char *then)
{
	cli_say(cli, "%s%s%s; %s", error->message, error->why[0] != '\0' ? ": " : "", error->why,
		then);
}

void log_lines_print(struct cli *cli, const struct remote *remote, const struct log_filter *filter,
		     const char *prefix, const struct log_event *event)
{
	struct cli mine = *cli;

	mine.arena = arena_new();
	switch (event->news) {
	case LOG_ENTRY:
		if (log_filter_wants(filter, levels[event->level], event->text))
			print_entry(&mine, remote, prefix, event);
		break;
	case LOG_NOT_INSTALLED:
		cli_say(&mine,
			"the app is not installed in `%s` yet: open %s and click \"Install\"",
			remote->workspace.slug, remote_install_page(remote));
		break;
	case LOG_UNCLEAR:
		say_error(&mine, event->error, "asking on");
		break;
	case LOG_AGAIN:
		say_error(&mine, event->error, "trying again");
		break;
	case LOG_READY:
		cli_say(&mine, "following the log of `%s` in `%s`; Ctrl-C ends it", remote->slug,
			remote->workspace.slug);
		break;
	case LOG_LOST:
		say_error(&mine, event->error, "connecting again");
		break;
	case LOG_LATE:
		cli_say(&mine,
			"there is still no connection to the log service, and what is logged "
			"meanwhile is missed; trying on");
		break;
	case LOG_BACK:
		cli_say(&mine, "connected to the log service again");
		if (event->from != NULL)
			print_gap(&mine, remote, prefix, event);
		break;
	}
	fflush(cli->out);
	arena_free(mine.arena);
}
