/* attio widget show, attio page show, attio tab show. */
#include "cli/net/surface.h"

#include "cli/cli.h"
#include "cli/net/arguments.h"
#include "cli/net/client.h"
#include "cli/net/session.h"

static int show(struct cli *cli, const struct surface_show_options *options, const char *kind)
{
	const struct session_script script = {options->member, options->steps, options->answer,
					      options->confirm};
	cJSON *body, *answer;
	const char *record;
	int code = session_record(cli, options->records, &record);

	if (code != EXIT_OK)
		return code;
	body = cJSON_CreateObject();
	cJSON_AddStringToObject(body, "kind", kind);
	cJSON_AddStringToObject(body, "id", options->id);
	argument_add(body, "record", record);
	code = session_add(cli, &script, body);
	if (code != EXIT_OK) {
		cJSON_Delete(body);
		return code;
	}
	code = client_once(cli, &options->reach, CLIENT_APP, "POST", "/surfaces/show", body,
			   &answer);
	return code == EXIT_OK ? session_print(cli, answer) : code;
}

int page_show_run(struct cli *cli, const void *options)
{
	return show(cli, options, "page");
}

int tab_show_run(struct cli *cli, const void *options)
{
	return show(cli, options, "tab");
}

int widget_show_run(struct cli *cli, const void *options)
{
	return show(cli, options, "widget");
}
