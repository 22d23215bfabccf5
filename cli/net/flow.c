/* attio flow list, attio flow show: the flow log as a table and as a tree. */
#include "cli/net/flow.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/arguments.h"
#include "cli/net/client.h"

enum { DEPTH_MAX = 64, VALUE_WIDTH = 160 };

int flow_list_run(struct cli *cli, const void *opaque)
{
	static const struct answer_column columns[] = {
		{"FLOW", "id"},   {"STARTED", "started_at"}, {"MS", "ms"}, {"KIND", "kind"},
		{"NAME", "name"}, {"ERROR", "error"},        {NULL, NULL}};
	const struct flow_list_options *options = opaque;
	const char *path = arena_printf(cli->arena, "/flows?limit=%ld", options->limit);
	cJSON *answer;
	int code = client_once(cli, &options->reach, CLIENT_STORE, "GET", path, NULL, &answer);

	return code == EXIT_OK ? answer_table(cli, answer, columns, "nothing happened yet") : code;
}

/* --- the tree ----------------------------------------------------------------------------------
 */

/* Members that host and platform tell each other. */
static const char *const inner[] = {"node", "gen", "realm", "session", "call", "op"};

static void put_value(struct cli *cli, const cJSON *node, const char *key, const char *word,
		      int depth)
{
	cJSON *value = cJSON_Duplicate(answer_member(node, key), true);
	const char *text;
	size_t len, shown;

	for (size_t i = 0; i < ARRAY_LEN(inner); i++)
		cJSON_DeleteItemFromObjectCaseSensitive(value, inner[i]);
	text = answer_text(cli, value, "");
	cJSON_Delete(value);
	len = strlen(text);
	shown = len;

	if (len == 0)
		return;
	if (shown > VALUE_WIDTH)
		for (shown = VALUE_WIDTH; shown > 0 && ((unsigned char)text[shown] & 0xc0) == 0x80;)
			shown--;
	answer_line(cli, "%*s%s %.*s%s", depth * 2 + 4, "", word, (int)shown, text,
		    shown < len ? " ..." : "");
}

static void print_node(struct cli *cli, const cJSON *node, int depth)
{
	const char *ms = answer_text(cli, node, "ms");
	const char *error = answer_text(cli, node, "error");
	const char *dot = strchr(ms, '.');
	const cJSON *note;

	if (dot != NULL && strlen(dot) > 2)
		ms = arena_strndup(cli->arena, ms, (size_t)(dot - ms) + 2);
	if (answer_member(node, "error.message") != NULL)
		error = answer_text(cli, node, "error.message");
	answer_line(cli, "%*s%s %s  %s%s%s%s", depth * 2, "", answer_text(cli, node, "kind"),
		    answer_text(cli, node, "name"), ms, ms[0] != '\0' ? " ms" : "open",
		    error[0] != '\0' ? "  failed: " : "", error);
	cJSON_ArrayForEach(note, answer_member(node, "notes"))
		answer_line(cli, "%*s%s%s", depth * 2 + 4, "",
			    strcmp(answer_text(cli, note, "code"), "thrown") == 0 ? "" : "! ",
			    answer_text(cli, note, "text"));
	if (cli->globals.verbose) {
		put_value(cli, node, "input", "<-", depth);
		put_value(cli, node, "output", "->", depth);
	}
}

static bool is_caused_by(struct cli *cli, const cJSON *node, const char *cause)
{
	return strcmp(answer_text(cli, node, "cause"), cause) == 0;
}

static void print_below(struct cli *cli, const cJSON *nodes, const char *cause, int depth)
{
	const cJSON *node;

	if (depth > DEPTH_MAX)
		return;
	cJSON_ArrayForEach(node, nodes)
	{
		if (!is_caused_by(cli, node, cause))
			continue;
		print_node(cli, node, depth);
		print_below(cli, nodes, answer_text(cli, node, "id"), depth + 1);
	}
}

/* The first node begins the flow, whatever its cause is called. */
static void print_tree(struct cli *cli, const cJSON *answer)
{
	const cJSON *nodes = answer_member(answer, "nodes");
	const cJSON *first = cJSON_GetArrayItem(nodes, 0);

	if (first == NULL)
		return;
	print_node(cli, first, 0);
	print_below(cli, nodes, answer_text(cli, first, "id"), 1);
}

/* --- show --------------------------------------------------------------------------------------
 */

static int newest(struct cli *cli, struct client *client, const char **id)
{
	cJSON *answer;
	int code = client_call(client, "GET", "/flows?limit=1", NULL, &answer);

	if (code != EXIT_OK)
		return code;
	*id = answer_text(cli,
			  cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(answer, "items"), 0),
			  "id");
	cJSON_Delete(answer);
	if (**id != '\0')
		return EXIT_OK;
	const struct cli_refusal refusal = {"not-found", EXIT_NOT_FOUND, "nothing happened yet", "",
					    ""};
	return cli_refuse(cli, &refusal, NULL);
}

/* Prints the flow: its tree, or the document. */
static int show(struct cli *cli, struct client *client, const char *id)
{
	cJSON *answer = NULL;
	int code = client_call(client, "GET",
			       arena_printf(cli->arena, "/flows/%s", argument_part(cli, id)), NULL,
			       &answer);

	if (code != EXIT_OK)
		return code;
	if (!cli->json)
		print_tree(cli, answer);
	return client_print_json(cli, answer, EXIT_OK);
}

int flow_again_run(struct cli *cli, const void *opaque)
{
	const struct flow_again_options *options = opaque;
	const char *id = argument_part(cli, options->flow), *path;
	cJSON *body = cJSON_CreateObject(), *edits, *answer = NULL;
	struct client *client = NULL;
	int code = EXIT_OK;

	edits = cJSON_AddArrayToObject(body, "edits");
	for (size_t i = 0;
	     code == EXIT_OK && options->changes != NULL && options->changes[i] != NULL; i++)
		code = argument_change(cli, options->changes[i], edits);
	path = options->node == NULL ? arena_printf(cli->arena, "/flows/%s/replay", id)
				     : arena_printf(cli->arena, "/flows/%s/nodes/%s/replay", id,
						    argument_part(cli, options->node));
	if (code == EXIT_OK)
		code = client_open(cli, &options->reach, CLIENT_APP, &client);
	if (code == EXIT_OK)
		code = client_call(client, "POST", path, body, &answer);
	else
		cJSON_Delete(body);
	if (code == EXIT_OK)
		code = show(cli, client, answer_text(cli, answer, "flow"));
	cJSON_Delete(answer);
	client_close(client);
	return code;
}

int flow_show_run(struct cli *cli, const void *opaque)
{
	const struct flow_show_options *options = opaque;
	const char *id = options->flow;
	struct client *client;
	int code = client_open(cli, &options->reach, CLIENT_STORE, &client);

	if (code == EXIT_OK && strcmp(id, "last") == 0)
		code = newest(cli, client, &id);
	if (code == EXIT_OK)
		code = show(cli, client, id);
	client_close(client);
	return code;
}
