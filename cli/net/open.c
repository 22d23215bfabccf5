/* attio open: the page in the browser. Its key is not part of the address, which other users could
 * read in the list of processes: the platform gives it to a browser of its own user. */
#include "cli/net/open.h"

#include "base/arena.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/browser.h"
#include "cli/net/client.h"

int open_run(struct cli *cli, const void *opaque)
{
	const struct open_options *options = opaque;
	const char *place = options->place;
	cJSON *status, *answer;
	const char *url;
	int code =
		client_once(cli, &options->reach, CLIENT_RUNNING, "GET", "/status", NULL, &status);

	if (code != EXIT_OK)
		return code;
	url = arena_printf(cli->arena, "%s/__attio/%s%s", answer_text(cli, status, "url"),
			   place != NULL ? "#/" : "", place != NULL ? place : "");
	cJSON_Delete(status);
	answer = cJSON_CreateObject();
	cJSON_AddStringToObject(answer, "url", url);
	cJSON_AddBoolToObject(answer, "opened", !options->no_browser && browser_open(cli, url));
	if (!cli->json)
		answer_line(cli, "%s", url);
	return client_print_json(cli, answer, EXIT_OK);
}
