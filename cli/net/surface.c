/* attio widget, tab, page, settings and block show: a part of the app, rendered. */
#include "cli/net/surface.h"

#include "cli/cli.h"
#include "cli/net/arguments.h"
#include "cli/net/client.h"
#include "cli/net/session.h"

/* EXIT_OK, or the mistake was told. */
static int fill(struct cli *cli, const struct surface_show_options *options, const char *kind,
		cJSON *body)
{
	const struct session_script script = {options->member, options->steps, options->answer,
					      options->confirm};
	const char *record;
	cJSON *config;
	int code = session_record(cli, options->records, &record);

	cJSON_AddStringToObject(body, "kind", kind);
	argument_add(body, "id", options->id);
	argument_add(body, "record", record);
	if (code == EXIT_OK && options->config != NULL) {
		code = argument_json(cli, "--config", options->config, &config);
		if (code == EXIT_OK)
			cJSON_AddItemToObject(body, "config", config);
	}
	return code == EXIT_OK ? session_add(cli, &script, body) : code;
}

static int show(struct cli *cli, const struct surface_show_options *options, const char *kind)
{
	cJSON *body = cJSON_CreateObject(), *answer;
	int code = fill(cli, options, kind, body);

	if (code != EXIT_OK) {
		cJSON_Delete(body);
		return code;
	}
	code = client_once(cli, &options->reach, CLIENT_APP, "POST", "/surfaces/show", body,
			   &answer);
	return code == EXIT_OK ? session_print(cli, answer) : code;
}

int block_show_run(struct cli *cli, const void *options)
{
	return show(cli, options, "configurator");
}

int page_show_run(struct cli *cli, const void *options)
{
	return show(cli, options, "page");
}

int settings_show_run(struct cli *cli, const void *options)
{
	return show(cli, options, "settings");
}

int tab_show_run(struct cli *cli, const void *options)
{
	return show(cli, options, "tab");
}

int widget_show_run(struct cli *cli, const void *options)
{
	return show(cli, options, "widget");
}
