/* attio flow save, attio flow replay: a flow as a file, and back. Each file is replayed by a short-
 * lived platform with a state folder of its own, so that files never see each other. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/arguments.h"
#include "cli/net/client.h"
#include "cli/net/flow.h"
#include "cli/net/records.h"
#include "local/run/flow_lines.h"
#include "local/run/recordings.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "json/json.h"

#define FILE_SCHEMA "attio.flow/1"
/* What stands for a connection's value. */
#define PLACEHOLDER "placeholder-of-the-connection"

static const char *const objects[] = {"people", "companies", "deals"};

static const cJSON *member(const cJSON *object, const char *key)
{
	return cJSON_GetObjectItemCaseSensitive(object, key);
}

/* For people: a line each. */
static void put_diff(struct cli *cli, const struct buf *diff)
{
	for (const char *at = diff->ptr, *end = at + diff->len; at < end;) {
		size_t len = strcspn(at, "\n");

		answer_line(cli, "%.*s", (int)len, at);
		at += len + 1;
	}
}

/* --- replaying ---------------------------------------------------------------------------------
 */

static int post(struct client *client, const char *path, const cJSON *body, cJSON **answer)
{
	return client_call(client, "POST", path, cJSON_Duplicate(body, true), answer);
}

static int post_and_forget(struct client *client, const char *path, cJSON *body)
{
	cJSON *answer = NULL;
	int code = client_call(client, "POST", path, body, &answer);

	cJSON_Delete(answer);
	return code;
}

static int put_outside(struct client *client, const cJSON *outside)
{
	cJSON *body = cJSON_CreateObject();

	cJSON_AddItemToObject(body, "recordings",
			      outside != NULL ? cJSON_Duplicate(outside, true)
					      : cJSON_CreateArray());
	return post_and_forget(client, "/recordings", body);
}

static int put_state(struct cli *cli, struct client *client, const cJSON *state)
{
	const cJSON *records, *connection;
	int code = EXIT_OK;

	cJSON_ArrayForEach(records, member(state, "records"))
	{
		cJSON *body = cJSON_CreateObject();

		cJSON_AddItemToObject(body, "records", cJSON_Duplicate(records, true));
		if (code == EXIT_OK)
			code = post_and_forget(client,
					       arena_printf(cli->arena, "/records/%s/import",
							    argument_part(cli, records->string)),
					       body);
		else
			cJSON_Delete(body);
	}
	cJSON_ArrayForEach(connection, member(state, "connections"))
	{
		cJSON *body = cJSON_Duplicate(connection, true);

		cJSON_AddStringToObject(body, "value", PLACEHOLDER);
		cJSON_AddTrueToObject(body, "force");
		if (code == EXIT_OK)
			code = post_and_forget(client, "/connections", body);
		else
			cJSON_Delete(body);
	}
	return code;
}

/* Runs it in the open platform; *lines gets what happened. */
static int run_in(struct cli *cli, struct client *client, const cJSON *file, cJSON **lines)
{
	const cJSON *start = member(file, "start");
	cJSON *answer = NULL, *flow = NULL;
	int code = put_outside(client, member(file, "outside"));

	if (code == EXIT_OK)
		code = put_state(cli, client, member(file, "state"));
	if (code == EXIT_OK)
		code = post(client, answer_text(cli, start, "path"), member(start, "body"),
			    &answer);
	if (code == EXIT_OK)
		code = client_call(client, "GET", "/flows/last", NULL, &flow);
	if (code == EXIT_OK)
		*lines = flow_lines(flow);
	cJSON_Delete(answer);
	cJSON_Delete(flow);
	return code;
}

/* A platform in a new folder below `state` or the system's folder for temporary files. */
static int in_own(struct cli *cli, const struct reach *reach, struct client **client, char **folder)
{
	const char *base = reach->state != NULL ? path_join(cli->arena, cli->cwd, reach->state)
						: cli_env(cli, "TMPDIR");
	struct reach own = *reach;
	struct reach *kept = arena_alloc(cli->arena, sizeof(*kept));
	struct error error = {0};

	*client = NULL;
	*folder = NULL;
	if (base == NULL)
		base = "/tmp";
	if (fs_make_dirs(base, &error) != 0 ||
	    fs_make_temp_dir(cli->arena, path_join(cli->arena, base, "attio-flow-"), folder,
			     &error) != 0)
		return cli_fail(cli, &error);
	own.state = *folder;
	own.net = "replay";
	*kept = own;
	return client_open(cli, kept, CLIENT_APP, client);
}

static void end_own(struct client *client, const char *folder)
{
	struct error ignored;

	client_close(client);
	if (folder != NULL)
		fs_remove_tree(folder, &ignored);
}

static int replay(struct cli *cli, const struct reach *reach, const cJSON *file, cJSON **lines)
{
	struct client *client;
	char *folder;
	int code = in_own(cli, reach, &client, &folder);

	*lines = NULL;
	if (code == EXIT_OK)
		code = run_in(cli, client, file, lines);
	end_own(client, folder);
	return code;
}

/* --- files -------------------------------------------------------------------------------------
 */

static int write_file(struct cli *cli, const char *name, const cJSON *file)
{
	struct error error = {0};
	struct buf text = {0};
	int code = EXIT_OK;

	json_print(&text, file, true);
	if (text.len == 0 || text.ptr[text.len - 1] != '\n')
		buf_putc(&text, '\n');
	if (fs_write_atomic(path_join(cli->arena, cli->cwd, name), text.ptr, text.len, 0666,
			    &error) != 0)
		code = cli_fail(cli, &error);
	buf_dispose(&text);
	return code;
}

static int check_file(struct cli *cli, const char *name, const cJSON *file)
{
	static const char *const paths[] = {"/actions/run", "/surfaces/show", "/server/call"};
	const char *path = answer_text(cli, file, "start.path");
	const char *why = NULL;
	bool known = false;

	for (size_t i = 0; i < ARRAY_LEN(paths); i++)
		known = known || str_is(path, paths[i]);
	if (!str_is(answer_text(cli, file, "schema"), FILE_SCHEMA))
		why = "`schema` is not \"" FILE_SCHEMA "\"";
	else if (!known || !cJSON_IsObject(answer_member(file, "start.body")))
		why = "`start` does not say what begins the flow";
	else if (!cJSON_IsArray(member(file, "saw")))
		why = "`saw` is no list of lines";
	if (why == NULL)
		return EXIT_OK;
	return argument_wrong(cli, arena_printf(cli->arena, "`%s` is no saved flow: %s", name, why),
			      "write it again with `attio flow save`");
}

/* --- attio flow replay -------------------------------------------------------------------------
 */

/* Appends its item; EXIT_FINDINGS when the file differs. */
static int replay_one(struct cli *cli, const struct flow_replay_options *options, const char *name,
		      cJSON *items)
{
	cJSON *file = NULL, *lines = NULL, *item;
	struct buf diff = {0};
	bool changed;
	int code = argument_file(cli, "FILE", name, &file);

	if (code == EXIT_OK)
		code = check_file(cli, name, file);
	if (code == EXIT_OK)
		code = replay(cli, &options->reach, file, &lines);
	if (code != EXIT_OK) {
		cJSON_Delete(file);
		return code;
	}
	changed = flow_lines_diff(member(file, "saw"), lines, member(file, "may_vary"), &diff);
	item = cJSON_CreateObject();
	cJSON_AddStringToObject(item, "file", name);
	cJSON_AddBoolToObject(item, "equal", !changed);
	cJSON_AddBoolToObject(item, "updated", changed && options->update);
	cJSON_AddStringToObject(item, "diff", buf_cstr(&diff));
	cJSON_AddItemToArray(items, item);
	if (changed && !cli->json) {
		answer_line(cli, "%s%s", name,
			    options->update ? " (accepted)" : " behaves differently");
		put_diff(cli, &diff);
	}
	if (changed && options->update) {
		cJSON_ReplaceItemInObjectCaseSensitive(file, "saw", lines);
		lines = NULL;
		code = write_file(cli, name, file);
	} else if (changed) {
		code = EXIT_FINDINGS;
	}
	buf_dispose(&diff);
	cJSON_Delete(lines);
	cJSON_Delete(file);
	return code;
}

int flow_replay_run(struct cli *cli, const void *opaque)
{
	const struct flow_replay_options *options = opaque;
	cJSON *answer, *items;
	int worst = EXIT_OK;

	if (options->files == NULL || options->files[0] == NULL)
		return argument_wrong(cli, "`attio flow replay` needs FILE",
				      "name files that `attio flow save` has written");
	answer = cJSON_CreateObject();
	items = cJSON_AddArrayToObject(answer, "items");
	for (size_t i = 0; options->files[i] != NULL; i++) {
		int code = replay_one(cli, options, options->files[i], items);

		if (code != EXIT_OK && code != EXIT_FINDINGS) {
			cJSON_Delete(answer);
			return code;
		}
		worst = code != EXIT_OK ? code : worst;
	}
	return client_print_json(cli, answer, worst);
}

/* --- attio flow save ---------------------------------------------------------------------------
 */

static cJSON *start_of(const cJSON *node)
{
	const cJSON *input = member(node, "input");
	const char *kind = json_string_or_null(node, "kind");
	cJSON *start, *body;

	if (kind == NULL ||
	    (!str_is(kind, "action") && !str_is(kind, "surface") && !str_is(kind, "server")))
		return NULL;
	start = cJSON_CreateObject();
	if (!str_is(kind, "server")) {
		cJSON_AddStringToObject(start, "path",
					str_is(kind, "action") ? "/actions/run" : "/surfaces/show");
		cJSON_AddItemToObject(start, "body", cJSON_Duplicate(input, true));
		return start;
	}
	cJSON_AddStringToObject(start, "path", "/server/call");
	body = cJSON_AddObjectToObject(start, "body");
	cJSON_AddItemToObject(body, "module", cJSON_Duplicate(member(node, "name"), true));
	cJSON_AddItemToObject(body, "args", cJSON_Duplicate(input, true));
	return start;
}

static bool is_answered(struct cli *cli, const cJSON *node, const cJSON *outside)
{
	const cJSON *one;

	cJSON_ArrayForEach(one,
			   outside) if (str_is(answer_text(cli, one, "method"),
					       answer_text(cli, node, "input.method")) &&
					str_is(answer_text(cli, one, "url"),
					       answer_text(cli, node, "input.url"))) return true;
	return false;
}

/* The answers that a flow's requests got, as recordings: each for its body, and the first of an
 * address for other bodies too, which may hold ids that are new in each run. */
static void add_answers(struct cli *cli, const cJSON *flow, cJSON *outside)
{
	const cJSON *node;

	cJSON_ArrayForEach(node, member(flow, "nodes"))
	{
		const char *body = answer_text(cli, node, "input.body");
		char hash[SHA256_TEXT_SIZE];
		cJSON *one;

		if (!str_is(answer_text(cli, node, "kind"), "fetch") ||
		    !cJSON_IsNumber(answer_member(node, "output.status")))
			continue;
		sha256_text(body, strlen(body), hash);
		if (!is_answered(cli, node, outside))
			memcpy(hash, RECORDING_ANY_BODY, sizeof(hash));
		one = cJSON_CreateObject();
		cJSON_AddStringToObject(one, "method", answer_text(cli, node, "input.method"));
		cJSON_AddStringToObject(one, "url", answer_text(cli, node, "input.url"));
		cJSON_AddStringToObject(one, "body", hash);
		cJSON_AddItemToObject(one, "answer", cJSON_Duplicate(member(node, "output"), true));
		cJSON_AddStringToObject(one, "at", answer_text(cli, node, "started_at"));
		cJSON_AddItemToArray(outside, one);
	}
}

/* Connections by owner and type, and what the outside answered when they were made. */
static int add_connections(struct cli *cli, struct client *client, cJSON *state, cJSON *outside)
{
	cJSON *answer = NULL, *flows = NULL, *list = cJSON_AddArrayToObject(state, "connections");
	const cJSON *item;
	int code = client_call(client, "GET", "/connections", NULL, &answer);

	cJSON_ArrayForEach(item, member(answer, "items"))
	{
		cJSON *one = cJSON_CreateObject();

		cJSON_AddStringToObject(one, "owner", answer_text(cli, item, "owned_by.type"));
		cJSON_AddStringToObject(one, "type", answer_text(cli, item, "type"));
		cJSON_AddItemToArray(list, one);
	}
	cJSON_Delete(answer);
	if (code == EXIT_OK && cJSON_GetArraySize(list) > 0)
		code = client_call(client, "GET", "/flows?limit=1000", NULL, &flows);
	cJSON_ArrayForEach(item, member(flows, "items"))
	{
		cJSON *flow = NULL;

		if (code != EXIT_OK || !str_is(answer_text(cli, item, "kind"), "connection"))
			continue;
		code = client_call(
			client, "GET",
			arena_printf(cli->arena, "/flows/%s", answer_text(cli, item, "id")), NULL,
			&flow);
		add_answers(cli, flow, outside);
		cJSON_Delete(flow);
	}
	cJSON_Delete(flows);
	return code;
}

static bool has(const cJSON *list, const cJSON *record)
{
	const cJSON *other;

	cJSON_ArrayForEach(other, list) if (cJSON_Compare(other, record, true)) return true;
	return false;
}

/* Records of one object that a new store has not. */
static int add_records(struct cli *cli, struct client *client, struct client *fresh,
		       const char *object, cJSON *records)
{
	cJSON *now = NULL, *seed = NULL, *more = cJSON_CreateArray();
	const cJSON *record;
	int code = records_all(cli, client, object, &now);

	if (code == EXIT_OK)
		code = records_all(cli, fresh, object, &seed);
	cJSON_ArrayForEach(record, now) if (code == EXIT_OK && !has(seed, record))
		cJSON_AddItemToArray(more, cJSON_Duplicate(record, true));
	if (cJSON_GetArraySize(more) > 0)
		cJSON_AddItemToObject(records, object, more);
	else
		cJSON_Delete(more);
	cJSON_Delete(now);
	cJSON_Delete(seed);
	return code;
}

/* Fills the file from what happened; then plays it in `fresh`, a new store. */
static int describe(struct cli *cli, struct client *client, struct client *fresh, const char *id,
		    cJSON *file, cJSON **lines)
{
	cJSON *flow = NULL, *start, *state, *records, *outside;
	int code = client_call(client, "GET",
			       arena_printf(cli->arena, "/flows/%s", argument_part(cli, id)), NULL,
			       &flow);

	if (code != EXIT_OK)
		return code;
	start = start_of(cJSON_GetArrayItem(member(flow, "nodes"), 0));
	if (start == NULL) {
		cJSON_Delete(flow);
		return argument_wrong(cli, "this flow cannot be saved",
				      "name one of an action, a shown surface or a server call "
				      "(`attio flow list`)");
	}
	cJSON_AddStringToObject(file, "schema", FILE_SCHEMA);
	cJSON_AddItemToObject(file, "start", start);
	state = cJSON_AddObjectToObject(file, "state");
	cJSON_AddStringToObject(state, "from", "seed");
	records = cJSON_AddObjectToObject(state, "records");
	outside = cJSON_CreateArray();
	for (size_t i = 0; i < ARRAY_LEN(objects) && code == EXIT_OK; i++)
		code = add_records(cli, client, fresh, objects[i], records);
	if (code == EXIT_OK)
		code = add_connections(cli, client, state, outside);
	add_answers(cli, flow, outside);
	cJSON_AddItemToObject(file, "outside", outside);
	cJSON_AddArrayToObject(file, "may_vary");
	cJSON_AddItemToObject(file, "saw", flow_lines(flow));
	cJSON_Delete(flow);
	return code == EXIT_OK ? run_in(cli, fresh, file, lines) : code;
}

/* What was saved is what replays, or it is told and not written. */
static int keep(struct cli *cli, const char *name, const cJSON *file, const cJSON *lines)
{
	struct buf diff = {0};
	bool changed = flow_lines_diff(member(file, "saw"), lines, NULL, &diff);
	cJSON *answer;
	int code;

	if (changed) {
		const struct cli_refusal refusal = {
			"findings", EXIT_FINDINGS,
			"the flow does not happen again as it was recorded, so nothing is written",
			"the state or the app's code is another one since, or the flow depends on "
			"what such a file cannot hold (keys, settings, edits of the seed's "
			"records)",
			"run it again and save it at once, beginning with `attio state reset`"};

		if (!cli->json)
			put_diff(cli, &diff);
		buf_dispose(&diff);
		return cli_refuse(cli, &refusal, NULL);
	}
	buf_dispose(&diff);
	code = write_file(cli, name, file);
	if (code != EXIT_OK)
		return code;
	cli_say(cli, "saved in `%s`", name);
	answer = cJSON_CreateObject();
	cJSON_AddStringToObject(answer, "file", name);
	cJSON_AddNumberToObject(answer, "lines", cJSON_GetArraySize(lines));
	return client_print_json(cli, answer, EXIT_OK);
}

int flow_save_run(struct cli *cli, const void *opaque)
{
	const struct flow_save_options *options = opaque;
	const struct reach aside = {.timeout = options->reach.timeout};
	struct client *client = NULL, *fresh = NULL;
	cJSON *file = cJSON_CreateObject(), *lines = NULL;
	char *folder = NULL;
	int code = client_open(cli, &options->reach, CLIENT_STORE, &client);

	if (code == EXIT_OK)
		code = in_own(cli, &aside, &fresh, &folder);
	if (code == EXIT_OK)
		code = describe(cli, client, fresh, options->flow, file, &lines);
	end_own(fresh, folder);
	client_close(client);
	if (code == EXIT_OK)
		code = keep(cli, options->file, file, lines);
	cJSON_Delete(lines);
	cJSON_Delete(file);
	return code;
}
