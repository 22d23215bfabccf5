/* attio records ...: the records of the local workspace. */
#include "cli/net/records.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/columns.h"
#include "cli/net/answer.h"
#include "cli/net/arguments.h"
#include "cli/net/client.h"
#include "cli/net/lists.h"
#include "cli/net/record_text.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "json/json.h"

/* Records asked for at a time when all are wanted. */
enum { PAGE = 500 };

static int path_of(struct cli *cli, const char *record, const char **path)
{
	const char *object, *name;
	int code = argument_record(cli, record, &object, &name);

	if (code == EXIT_OK)
		*path = arena_printf(cli->arena, "/records/%s/%s", argument_part(cli, object),
				     argument_part(cli, name));
	return code;
}

/* --values and NAME=VALUE words as one object. */
static int read_values(struct cli *cli, const char *json, const char *const *pairs, cJSON **out)
{
	cJSON *values = NULL;
	int code = EXIT_OK;

	*out = NULL;
	if (json != NULL)
		code = argument_json(cli, "--values", json, &values);
	else
		values = cJSON_CreateObject();
	if (code == EXIT_OK && !cJSON_IsObject(values))
		code = argument_wrong(cli, "`--values` must be a JSON object",
				      "give it as '{\"name\": \"Acme\"}'");
	for (size_t i = 0; code == EXIT_OK && pairs != NULL && pairs[i] != NULL; i++) {
		const char *equals = strchr(pairs[i], '=');
		const char *name;
		cJSON *value;

		if (equals == NULL || equals == pairs[i]) {
			code = argument_wrong(
				cli, arena_printf(cli->arena, "`%s` is no value", pairs[i]),
				"give it as ATTRIBUTE=VALUE, or all with `--values JSON`");
			break;
		}
		name = arena_strndup(cli->arena, pairs[i], (size_t)(equals - pairs[i]));
		code = argument_value(cli, name, equals + 1, &value);
		cJSON_DeleteItemFromObjectCaseSensitive(values, name);
		if (code == EXIT_OK)
			cJSON_AddItemToObject(values, name, value);
	}
	if (code == EXIT_OK)
		*out = values;
	else
		cJSON_Delete(values);
	return code;
}

static int print_record(struct cli *cli, cJSON *answer)
{
	const cJSON *record = answer_member(answer, "record");

	if (!cli->json)
		record_print(cli, record);
	return client_print_json(cli, answer, EXIT_OK);
}

static int print_id(struct cli *cli, cJSON *answer)
{
	if (!cli->json)
		answer_line(cli, "%s", answer_text(cli, answer, "record.id.record_id"));
	return client_print_json(cli, answer, EXIT_OK);
}

int records_create_run(struct cli *cli, const void *opaque)
{
	const struct records_create_options *options = opaque;
	cJSON *values, *body, *answer;
	int code = read_values(cli, options->values, options->pairs, &values);

	if (code != EXIT_OK)
		return code;
	body = cJSON_CreateObject();
	cJSON_AddItemToObject(body, "values", values);
	argument_add(body, "as", options->member);
	code = client_once(
		cli, &options->reach, CLIENT_STORE, "POST",
		arena_printf(cli->arena, "/records/%s", argument_part(cli, options->object)), body,
		&answer);
	return code == EXIT_OK ? print_id(cli, answer) : code;
}

int records_get_run(struct cli *cli, const void *opaque)
{
	const struct records_get_options *options = opaque;
	const char *path = NULL;
	cJSON *answer;
	int code = path_of(cli, options->record, &path);

	if (code == EXIT_OK)
		code = client_once(cli, &options->reach, CLIENT_STORE, "GET", path, NULL, &answer);
	return code == EXIT_OK ? print_record(cli, answer) : code;
}

int records_set_run(struct cli *cli, const void *opaque)
{
	const struct records_set_options *options = opaque;
	const char *path = NULL;
	cJSON *values, *body, *answer;
	int code = path_of(cli, options->record, &path);

	if (code == EXIT_OK && options->values == NULL &&
	    (options->pairs == NULL || options->pairs[0] == NULL))
		code = argument_wrong(cli, "there is nothing to set",
				      "give ATTRIBUTE=VALUE, or `--values JSON`");
	if (code == EXIT_OK)
		code = read_values(cli, options->values, options->pairs, &values);
	if (code != EXIT_OK)
		return code;
	body = cJSON_CreateObject();
	cJSON_AddItemToObject(body, "values", values);
	argument_add(body, "as", options->member);
	code = client_once(cli, &options->reach, CLIENT_STORE, options->overwrite ? "PUT" : "PATCH",
			   path, body, &answer);
	return code == EXIT_OK ? print_id(cli, answer) : code;
}

int records_delete_run(struct cli *cli, const void *opaque)
{
	const struct records_delete_options *options = opaque;
	const char *path = NULL;
	cJSON *answer;
	int code = path_of(cli, options->record, &path);

	if (code == EXIT_OK)
		code = client_once(cli, &options->reach, CLIENT_STORE, "DELETE",
				   argument_query(cli, path, "as", options->member), NULL, &answer);
	return code == EXIT_OK ? client_print_json(cli, answer, EXIT_OK) : code;
}

/* --- many --------------------------------------------------------------------------------------
 */

static const char *list_path(struct cli *cli, const char *object, const char *query, long limit,
			     long offset)
{
	const char *path = arena_printf(cli->arena, "/records/%s?limit=%ld&offset=%ld",
					argument_part(cli, object), limit, offset);

	return argument_query(cli, path, "q", query);
}

int records_list_run(struct cli *cli, const void *opaque)
{
	static const char *const header[] = {"RECORD", "NAME", "CREATED", NULL};
	const struct records_list_options *options = opaque;
	struct columns table = {.header = header};
	const cJSON *items, *item;
	cJSON *answer;
	int code = client_once(
		cli, &options->reach, CLIENT_STORE, "GET",
		list_path(cli, options->object, options->query, options->limit, options->offset),
		NULL, &answer);

	if (code != EXIT_OK)
		return code;
	items = cJSON_GetObjectItemCaseSensitive(answer, "items");
	if (cJSON_GetArraySize(items) == 0)
		cli_say(cli, "no records");
	if (cli->json)
		return client_print_json(cli, answer, EXIT_OK);
	cJSON_ArrayForEach(item, items)
	{
		struct columns_row *row = columns_add(cli, &table);

		row->cells[0] = answer_text(cli, item, "id.record_id");
		row->cells[1] = record_name(cli, item);
		row->cells[2] = answer_cell(cli, item, "created_at");
	}
	columns_print(cli, &table);
	cJSON_Delete(answer);
	return EXIT_OK;
}

/* All records as `records import` takes them. */
static int collect(struct cli *cli, struct client *client, const char *object,
		   const cJSON *attributes, cJSON *all)
{
	for (long offset = 0;; offset += PAGE) {
		const cJSON *items, *item;
		cJSON *answer;
		int count;
		int code = client_call(client, "GET", list_path(cli, object, NULL, PAGE, offset),
				       NULL, &answer);

		if (code != EXIT_OK)
			return code;
		items = cJSON_GetObjectItemCaseSensitive(answer, "items");
		count = cJSON_GetArraySize(items);
		cJSON_ArrayForEach(item, items)
			cJSON_AddItemToArray(all, record_to_write(item, attributes));
		cJSON_Delete(answer);
		if (count < PAGE)
			return EXIT_OK;
	}
}

int records_all(struct cli *cli, struct client *client, const char *object, cJSON **all)
{
	cJSON *attributes = NULL;
	int code = client_ask_rest(
		client,
		arena_printf(cli->arena, "/v2/objects/%s/attributes", argument_part(cli, object)),
		&attributes);

	*all = cJSON_CreateArray();
	if (code == EXIT_OK)
		code = collect(cli, client, object, attributes, *all);
	cJSON_Delete(attributes);
	return code;
}

int records_export_run(struct cli *cli, const void *opaque)
{
	const struct records_export_options *options = opaque;
	cJSON *all = NULL;
	struct client *client;
	int code = client_open(cli, &options->reach, CLIENT_STORE, &client);

	if (code == EXIT_OK)
		code = records_all(cli, client, options->object, &all);
	client_close(client);
	if (code == EXIT_OK)
		return list_give(cli, options->out, "records", all);
	cJSON_Delete(all);
	return code;
}

/* Each is {"values": {...}}, or the values themselves. */
static void add_given(cJSON *records, cJSON *record)
{
	if (cJSON_IsObject(cJSON_GetObjectItemCaseSensitive(record, "values"))) {
		cJSON_AddItemToArray(records, record);
		return;
	}
	cJSON *wrapped = cJSON_CreateObject();
	cJSON_AddItemToObject(wrapped, "values", record);
	cJSON_AddItemToArray(records, wrapped);
}

/* One object a line. */
static int read_json_lines(struct cli *cli, const char *text, size_t len, cJSON *records)
{
	const char *end = text + len;

	for (size_t number = 1; text < end; number++) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		size_t size = stop != NULL ? (size_t)(stop - text) : (size_t)(end - text);
		struct error error;
		cJSON *record;

		if (strspn(text, " \t\r") < size) {
			record = json_parse(text, size,
					    arena_printf(cli->arena, "record in line %zu", number),
					    NULL, &error);
			if (record == NULL) {
				error.kind = ERROR_USAGE;
				return cli_fail(cli, &error);
			}
			add_given(records, record);
		}
		text += size + 1;
	}
	return EXIT_OK;
}

static int read_records(struct cli *cli, const char *file, cJSON *records)
{
	struct error error;
	const char *text;
	cJSON *whole, *next;
	size_t len;
	int code = argument_text(
		cli, "FILE", strcmp(file, "-") == 0 ? file : arena_printf(cli->arena, "@%s", file),
		&text, &len);

	if (code != EXIT_OK)
		return code;
	if (text[strspn(text, " \t\r\n")] != '[')
		return read_json_lines(cli, text, len, records);
	whole = json_parse(text, len, file, NULL, &error);
	if (whole == NULL) {
		error.kind = ERROR_USAGE;
		return cli_fail(cli, &error);
	}
	for (cJSON *record = whole->child; record != NULL; record = next) {
		next = record->next;
		add_given(records, cJSON_DetachItemViaPointer(whole, record));
	}
	cJSON_Delete(whole);
	return EXIT_OK;
}

int records_import_run(struct cli *cli, const void *opaque)
{
	const struct records_import_options *options = opaque;
	cJSON *body = cJSON_CreateObject(), *answer;
	cJSON *records = cJSON_AddArrayToObject(body, "records");
	int code = read_records(cli, options->file, records);

	if (code != EXIT_OK) {
		cJSON_Delete(body);
		return code;
	}
	argument_add(body, "as", options->member);
	argument_add(body, "match", options->match);
	code = client_once(
		cli, &options->reach, CLIENT_STORE, "POST",
		arena_printf(cli->arena, "/records/%s/import", argument_part(cli, options->object)),
		body, &answer);
	if (code != EXIT_OK)
		return code;
	cli_say(cli,
		options->match != NULL ? "%s records created, %s changed" : "%s records created",
		answer_text(cli, answer, "created"), answer_text(cli, answer, "updated"));
	return client_print_json(cli, answer, EXIT_OK);
}
