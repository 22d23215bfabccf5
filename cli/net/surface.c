/* attio widget, tab, page: the parts of the app that are seen; and they, settings and block
 * rendered. */
#include "cli/net/surface.h"

#include "base/str.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
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

/* ---- lists ---- */

/* Of all surfaces those whose kind ends so. */
static void keep(cJSON *items, const char *kind)
{
	cJSON *next;

	for (cJSON *item = items != NULL ? items->child : NULL; item != NULL; item = next) {
		const cJSON *own = cJSON_GetObjectItemCaseSensitive(item, "kind");

		next = item->next;
		if (!cJSON_IsString(own) || !str_ends(own->valuestring, kind))
			cJSON_Delete(cJSON_DetachItemViaPointer(items, item));
	}
}

int list_surfaces(struct cli *cli, const struct surface_list_options *options, const char *kind,
		  const char *none)
{
	static const struct answer_column plain[] = {{"ID", "id"},
						     {"KIND", "kind"},
						     {"LABEL", "label"},
						     {"OBJECTS", "objects"},
						     {NULL, NULL}};
	static const struct answer_column with_record[] = {{"ID", "id"},
							   {"KIND", "kind"},
							   {"LABEL", "label"},
							   {"OBJECTS", "objects"},
							   {"APPLIES", "applies"},
							   {"WHY", "note"},
							   {NULL, NULL}};
	const char *record;
	cJSON *answer;
	int code = session_record(cli, options->records, &record);

	if (code == EXIT_OK)
		code = client_once(cli, &options->reach, CLIENT_APP, "GET",
				   argument_query(cli, "/surfaces", "record", record), NULL,
				   &answer);
	if (code != EXIT_OK)
		return code;
	keep(cJSON_GetObjectItemCaseSensitive(answer, "items"), kind);
	return answer_table(cli, answer, record != NULL ? with_record : plain, none);
}

int widget_list_run(struct cli *cli, const void *options)
{
	return list_surfaces(cli, options, "record-widget", "the app registers no widgets");
}

int tab_list_run(struct cli *cli, const void *options)
{
	return list_surfaces(cli, options, "record-tab", "the app registers no tabs");
}

int page_list_run(struct cli *cli, const void *options)
{
	return list_surfaces(cli, options, "page", "the app registers no pages");
}
