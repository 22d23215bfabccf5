/* attio clock: the time of the local platform. */
#include "cli/net/clock.h"

#include <string.h>

#include "base/arena.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/arguments.h"
#include "cli/net/client.h"
#include "cli/net/duration.h"
#include "local/clock.h"

int clock_run(struct cli *cli, const void *opaque)
{
	const struct clock_options *options = opaque;
	const char *time = options->time;
	long long moment;
	cJSON *body = NULL, *answer;

	if (time != NULL && time[0] == '+') {
		long long ms = duration_ms(time + 1);

		if (ms < 0)
			return argument_wrong(
				cli, arena_printf(cli->arena, "`%s` is no duration", time),
				"give one as +90s, +15m, +1h30m or +2d, at most 100 years");
		body = cJSON_CreateObject();
		cJSON_AddNumberToObject(body, "advance_ms", (double)ms);
	} else if (time != NULL && strcmp(time, "real") == 0) {
		body = cJSON_CreateObject();
		cJSON_AddTrueToObject(body, "real");
	} else if (time != NULL && clock_read(time, &moment) != 0) {
		return argument_wrong(cli, arena_printf(cli->arena, "`%s` is no time", time),
				      "give one as 2030-01-01T00:00:00Z, or how far it moves: "
				      "+1h30m; or `real`");
	} else if (time != NULL) {
		body = cJSON_CreateObject();
		cJSON_AddStringToObject(body, "now", time);
	}
	int code = client_once(cli, &options->reach, CLIENT_STORE, body != NULL ? "POST" : "GET",
			       "/clock", body, &answer);
	if (code != EXIT_OK)
		return code;
	if (!cli->json)
		answer_line(cli, "%s", answer_text(cli, answer, "now"));
	return client_print_json(cli, answer, EXIT_OK);
}
