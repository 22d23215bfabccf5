/* See parity.h. */
#include "cli/net/parity.h"

#include <string.h>

#include "cli/cli.h"
#include "cli/columns.h"
#include "cli/net/answer.h"
#include "cli/net/client.h"

static void print_items(struct cli *cli, const cJSON *answer, size_t counts[3])
{
	static const char *const header[] = {"MODULE", "NAME", "STATUS", "WHY", NULL};
	static const char *const statuses[] = {"exact", "approximate", "unsupported"};
	struct columns table = {.header = header};
	const cJSON *item;

	cJSON_ArrayForEach(item, answer_member(answer, "items"))
	{
		struct columns_row *row = columns_add(cli, &table);

		row->cells[0] = answer_text(cli, item, "module");
		row->cells[1] = answer_text(cli, item, "name");
		row->cells[2] = answer_text(cli, item, "status");
		row->cells[3] = answer_text(cli, item, "reason");
		for (size_t i = 0; i < 3; i++)
			counts[i] += strcmp(statuses[i], row->cells[2]) == 0;
	}
	columns_print(cli, &table);
}

int parity_tell(struct cli *cli, const char *state)
{
	const struct reach reach = {.state = state, .timeout = 60};
	size_t counts[3] = {0};
	const cJSON *item;
	cJSON *answer;
	int code = client_once(cli, &reach, CLIENT_STORE, "GET", "/parity", NULL, &answer);

	if (code != EXIT_OK)
		return code;
	if (!cli->json) {
		print_items(cli, answer, counts);
		cJSON_ArrayForEach(item, answer_member(answer, "approximations"))
			answer_line(cli, "assumed  %s: %s", answer_text(cli, item, "fact"),
				    answer_text(cli, item, "choice"));
		cli_say(cli, "%zu exact, %zu approximate, %zu unsupported", counts[0], counts[1],
			counts[2]);
	}
	return client_print_json(cli, answer, EXIT_OK);
}
