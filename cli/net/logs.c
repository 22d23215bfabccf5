/* attio logs: what the app's code wrote, and with -f what it goes on to write, on the local
 * platform; logs_remote.c has Attio's. */
#include "cli/net/logs.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/arguments.h"
#include "cli/net/client.h"
#include "cli/net/duration.h"
#include "cli/net/log_lines.h"
#include "cli/net/logs_remote.h"
#include "local/clock.h"
#include "json/json.h"

struct tail {
	struct cli *cli;
	const struct log_filter *filter;
	const char *after;   /* the number behind which it begins; or NULL */
	long long moment_ms; /* when it begins; 0: at any time */
};

/* "12:00:01.123  warning  server  text" */
static void print_line(struct cli *cli, const cJSON *line)
{
	const char *at = answer_text(cli, line, "at");
	const char *time = strchr(at, 'T');
	int len = time != NULL ? (int)strcspn(time + 1, "Z") : (int)strlen(at);

	if (len > 12)
		len = 12;
	answer_log(cli,
		   arena_printf(cli->arena, "%.*s  %-7s  %-6s  ", len, time != NULL ? time + 1 : at,
				answer_text(cli, line, "level"), answer_text(cli, line, "realm")),
		   answer_text(cli, line, "text"));
}

/* `name` is the level of an event that has none. */
static bool is_wanted(const struct tail *tail, const cJSON *line, const char *name)
{
	const char *level = json_string_or_null(line, "level");
	const char *text = json_string_or_null(line, "text");
	const char *at = json_string_or_null(line, "at");
	long long moment;

	if (text == NULL)
		text = json_string_or_null(line, "message");
	if (tail->moment_ms != 0 && at != NULL && clock_read(at, &moment) == 0 &&
	    moment < tail->moment_ms)
		return false;
	return log_filter_wants(tail->filter, level != NULL ? level : name,
				text != NULL ? text : "");
}

static int print_all(struct tail *tail, cJSON *answer)
{
	cJSON *items = cJSON_GetObjectItemCaseSensitive(answer, "items");
	cJSON *next;

	for (cJSON *item = items != NULL ? items->child : NULL; item != NULL; item = next) {
		next = item->next;
		if (!is_wanted(tail, item, "info"))
			cJSON_Delete(cJSON_DetachItemViaPointer(items, item));
	}
	if (cJSON_GetArraySize(items) == 0)
		cli_say(tail->cli, "nothing was logged");
	if (!tail->cli->json)
		cJSON_ArrayForEach(next, items) print_line(tail->cli, next);
	return client_print_json(tail->cli, answer, EXIT_OK);
}

/* One event; those that are no lines of a log are left out. */
static bool print_event(void *context, const char *text, size_t len)
{
	struct tail *tail = context;
	struct error ignored;
	cJSON *event = json_parse(text, len, "an event", NULL, &ignored);
	const char *name = json_string_or_null(event, "event");

	if (name != NULL && (strcmp(name, "log") == 0 || strcmp(name, "warning") == 0) &&
	    is_wanted(tail, event, name)) {
		if (tail->cli->json)
			fprintf(tail->cli->out, "%.*s\n", (int)len, text);
		else
			print_line(tail->cli, event);
		fflush(tail->cli->out);
	}
	cJSON_Delete(event);
	return ferror(tail->cli->out) == 0;
}

/* A span goes back from the platform's own time, which people may have moved. */
static int read_span(struct tail *tail, struct client *client, long long span)
{
	cJSON *answer;
	const char *now;
	long long moment;
	int code = client_call(client, "GET", "/clock", NULL, &answer);

	if (code != EXIT_OK)
		return code;
	now = json_string_or_null(answer, "now");
	if (now != NULL && clock_read(now, &moment) == 0)
		tail->moment_ms = moment > span ? moment - span : 1;
	cJSON_Delete(answer);
	return EXIT_OK;
}

static int read_since(struct tail *tail, struct client *client, const char *since)
{
	long long span = duration_ms(since);

	if (since[strspn(since, "0123456789")] == '\0') {
		tail->after = since;
		return EXIT_OK;
	}
	/* Of the times there are, the earliest asks for all. */
	tail->after = "0";
	if (span >= 0)
		return read_span(tail, client, span);
	if (clock_read(since, &tail->moment_ms) == 0)
		return EXIT_OK;
	return argument_wrong(
		tail->cli, arena_printf(tail->cli->arena, "`%s` is no time, span or number", since),
		"give how far back to begin, as 90s or 2h, a time as "
		"2030-01-01T00:00:00Z, or the number of a line");
}

static int show(struct tail *tail, struct client *client, const struct logs_options *options)
{
	struct cli *cli = tail->cli;
	cJSON *answer;
	int code;

	if (options->follow)
		return client_follow(client, argument_query(cli, "/events", "since", tail->after),
				     print_event, tail);
	code = client_call(client, "GET", argument_query(cli, "/logs", "since", tail->after), NULL,
			   &answer);
	return code == EXIT_OK ? print_all(tail, answer) : code;
}

static int show_local(struct cli *cli, const struct logs_options *options,
		      const struct log_filter *filter)
{
	struct tail tail = {.cli = cli, .filter = filter};
	struct reach reach = options->reach;
	struct client *client;
	int code;

	reach.timeout = options->timeout > 0 ? options->timeout : 120;
	code = client_open(cli, &reach, options->follow ? CLIENT_RUNNING : CLIENT_STORE, &client);
	if (code == EXIT_OK && options->since != NULL)
		code = read_since(&tail, client, options->since);
	if (code == EXIT_OK)
		code = show(&tail, client, options);
	client_close(client);
	return code;
}

int logs_run(struct cli *cli, const void *opaque)
{
	const struct logs_options *options = opaque;
	struct log_filter filter;
	int code = log_filter_init(&filter, cli, options->level, options->grep);

	if (code == EXIT_OK)
		code = logs_are_remote(options) ? logs_remote(cli, options, &filter)
						: show_local(cli, options, &filter);
	log_filter_dispose(&filter);
	return code;
}
