/* See answer.h. */
#include "cli/net/answer.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/columns.h"
#include "cli/net/client.h"
#include "cli/net/stack.h"
#include "cli/term.h"
#include "json/json.h"

const cJSON *answer_member(const cJSON *object, const char *path)
{
	char key[64];

	while (object != NULL && *path != '\0') {
		size_t len = strcspn(path, ".");

		if (len >= sizeof(key))
			return NULL;
		memcpy(key, path, len);
		key[len] = '\0';
		object = cJSON_IsArray(object)
				 ? cJSON_GetArrayItem(object, (int)strtol(key, NULL, 10))
				 : cJSON_GetObjectItemCaseSensitive(object, key);
		path += len + (path[len] == '.');
	}
	return object;
}

const char *answer_text(struct cli *cli, const cJSON *object, const char *path)
{
	const cJSON *value = answer_member(object, path);
	struct buf text = {0};
	char *copy;

	if (value == NULL || cJSON_IsNull(value))
		return "";
	if (cJSON_IsString(value))
		return arena_strdup(cli->arena, value->valuestring);
	json_print(&text, value, false);
	copy = arena_strdup(cli->arena, buf_cstr(&text));
	buf_dispose(&text);
	return copy;
}

bool answer_true(const cJSON *object, const char *path)
{
	return cJSON_IsTrue(answer_member(object, path));
}

static const char *words_text(struct cli *cli, const cJSON *list)
{
	const char *text = "";
	const cJSON *word;

	cJSON_ArrayForEach(word, list) if (cJSON_IsString(word)) text = arena_printf(
		cli->arena, "%s%s%s", text, text[0] != '\0' ? ", " : "", word->valuestring);
	return text;
}

const char *answer_cell(struct cli *cli, const cJSON *item, const char *path)
{
	const cJSON *value = answer_member(item, path);
	const char *text = answer_text(cli, item, path);
	size_t whole = strcspn(text, ".");

	if (cJSON_IsArray(value) && cJSON_IsString(value->child))
		return words_text(cli, value);

	if (text[whole] == '\0')
		return text;
	if (str_ends(path, "_at") && str_ends(text, "Z"))
		return arena_printf(cli->arena, "%.*sZ", (int)whole, text);
	if (strcmp(path, "ms") == 0)
		return arena_printf(cli->arena, "%.*s", (int)whole + 2, text);
	return text;
}

int answer_table(struct cli *cli, cJSON *answer, const struct answer_column *columns,
		 const char *none)
{
	const cJSON *items = cJSON_GetObjectItemCaseSensitive(answer, "items"), *item;
	const char *header[COLUMNS_MAX + 1] = {NULL};
	struct columns table = {.header = header};
	size_t count = 0;

	if (cJSON_GetArraySize(items) == 0)
		cli_say(cli, "%s", none);
	if (cli->json)
		return client_print_json(cli, answer, EXIT_OK);
	for (; count < COLUMNS_MAX && columns[count].title != NULL; count++)
		header[count] = columns[count].title;
	cJSON_ArrayForEach(item, items)
	{
		struct columns_row *row = columns_add(cli, &table);

		for (size_t c = 0; c < count; c++)
			row->cells[c] = answer_cell(cli, item, columns[c].path);
	}
	columns_print(cli, &table);
	cJSON_Delete(answer);
	return EXIT_OK;
}

void answer_line(struct cli *cli, const char *format, ...)
{
	struct buf text = {0}, line = {0};
	va_list args;

	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	term_escape(&line, buf_cstr(&text));
	buf_putc(&line, '\n');
	fwrite(line.ptr, 1, line.len, cli->out);
	buf_dispose(&text);
	buf_dispose(&line);
}

static void put_lines(struct cli *cli, const char *text)
{
	const char *end;

	while ((end = strchr(text, '\n')) != NULL) {
		answer_line(cli, "%.*s", (int)(end - text), text);
		text = end + 1;
	}
	if (*text != '\0')
		answer_line(cli, "%s", text);
}

void answer_log(struct cli *cli, const char *head, const char *text)
{
	size_t len = strcspn(text, "\n");

	answer_line(cli, "%s%.*s", head, (int)len, text);
	while (text[len] != '\0') {
		text += len + 1;
		len = strcspn(text, "\n");
		const char *line = arena_strndup(cli->arena, text, len);

		if (strstr(line, "./attio:") == NULL)
			answer_line(cli, "          %s", line);
	}
}

void answer_value(struct cli *cli, const cJSON *value)
{
	struct buf text = {0};

	if (cJSON_IsString(value)) {
		put_lines(cli, value->valuestring);
		return;
	}
	json_print(&text, value, true);
	put_lines(cli, buf_cstr(&text));
	buf_dispose(&text);
}

void answer_say_thrown(struct cli *cli, const cJSON *error)
{
	const char *name = answer_text(cli, error, "name");
	const char *message = answer_text(cli, error, "message");
	struct cli_refusal refusal = {
		.kind = "findings",
		.exit_code = EXIT_FINDINGS,
		.message = message,
		.why = "",
		.fix = stack_hint(answer_text(cli, error, "code")),
	};
	struct cli people = *cli;

	if (name[0] != '\0')
		refusal.message = arena_printf(cli->arena, "%s: %s", name, message);
	people.json = false;
	cli_refuse(&people, &refusal, NULL);
	stack_say(cli, answer_text(cli, error, "stack"));
}

void answer_say_warnings(struct cli *cli, const cJSON *answer)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, answer_member(answer, "warnings"))
		cli_warn(cli, "%s", answer_text(cli, item, "text"));
}

void answer_event(struct cli *cli, cJSON *event)
{
	struct buf text = {0};

	json_print(&text, event, false);
	cJSON_Delete(event);
	buf_putc(&text, '\n');
	fwrite(text.ptr, 1, text.len, cli->out);
	fflush(cli->out);
	buf_dispose(&text);
}
