/* attio logs: what the app's code wrote, and with -f what it goes on to write. */
#include "cli/net/logs.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/arguments.h"
#include "cli/net/client.h"
#include "json/json.h"

static const char *const levels[] = {"debug", "info", "warning", "error", NULL};

static size_t rank_of(const char *level)
{
	for (size_t i = 0; levels[i] != NULL; i++)
		if (strcmp(levels[i], level) == 0)
			return i;
	return 1;
}

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

static void keep_levels(cJSON *items, size_t rank)
{
	cJSON *next;

	for (cJSON *item = items != NULL ? items->child : NULL; item != NULL; item = next) {
		const char *level = json_string_or_null(item, "level");

		next = item->next;
		if (level != NULL && rank_of(level) < rank)
			cJSON_Delete(cJSON_DetachItemViaPointer(items, item));
	}
}

static int print_all(struct cli *cli, cJSON *answer, size_t rank)
{
	const cJSON *line;

	keep_levels(cJSON_GetObjectItemCaseSensitive(answer, "items"), rank);
	if (cJSON_GetArraySize(answer_member(answer, "items")) == 0)
		cli_say(cli, "nothing was logged");
	if (!cli->json)
		cJSON_ArrayForEach(line, answer_member(answer, "items")) print_line(cli, line);
	return client_print_json(cli, answer, EXIT_OK);
}

struct tail {
	struct cli *cli;
	size_t rank; /* of the least level */
};

/* One event; those that are no lines of a log are left out. */
static bool print_event(void *context, const char *text, size_t len)
{
	struct tail *tail = context;
	struct error ignored;
	cJSON *event = json_parse(text, len, "an event", NULL, &ignored);
	const char *name = json_string_or_null(event, "event");

	if (name != NULL && (strcmp(name, "log") == 0 || strcmp(name, "warning") == 0)) {
		const char *level = json_string_or_null(event, "level");

		if (rank_of(level != NULL ? level : name) >= tail->rank && tail->cli->json)
			fprintf(tail->cli->out, "%.*s\n", (int)len, text);
		else if (rank_of(level != NULL ? level : name) >= tail->rank)
			print_line(tail->cli, event);
		fflush(tail->cli->out);
	}
	cJSON_Delete(event);
	return ferror(tail->cli->out) == 0;
}

int logs_run(struct cli *cli, const void *opaque)
{
	const struct logs_options *options = opaque;
	struct tail tail = {.cli = cli};
	struct client *client;
	const char *path;
	cJSON *answer;
	int code;

	tail.rank = options->level != NULL ? rank_of(options->level) : 0;
	if (!options->follow) {
		path = argument_query(cli, "/logs", "since", options->since);
		code = client_once(cli, &options->reach, CLIENT_STORE, "GET", path, NULL, &answer);
		return code == EXIT_OK ? print_all(cli, answer, tail.rank) : code;
	}
	code = client_open(cli, &options->reach, CLIENT_RUNNING, &client);
	if (code == EXIT_OK)
		code = client_follow(client,
				     argument_query(cli, "/events", "since", options->since),
				     print_event, &tail);
	client_close(client);
	return code;
}
