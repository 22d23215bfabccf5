/* attio open: the page in the browser. Its key is not part of the address, which other users could
 * read in the list of processes: see page_link.h. */
#include "cli/net/open.h"

#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/browser.h"
#include "cli/net/client.h"

int open_run(struct cli *cli, const void *opaque)
{
	const struct open_options *options = opaque;
	struct client *client;
	cJSON *answer;
	const char *url, *link;
	int code = client_open(cli, &options->reach, CLIENT_RUNNING, &client);

	if (code != EXIT_OK)
		return code;
	url = client_page(client, options->place, options->no_browser ? NULL : &link);
	client_close(client);
	answer = cJSON_CreateObject();
	cJSON_AddStringToObject(answer, "url", url);
	cJSON_AddBoolToObject(answer, "opened", !options->no_browser && browser_open(cli, link));
	if (!cli->json)
		answer_line(cli, "%s", url);
	return client_print_json(cli, answer, EXIT_OK);
}
