/* How a command talks: messages, failures, JSON documents. Everything that comes from outside is
 * escaped here, once, on its way to the terminal. */
#include "cli/cli.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/progress.h"
#include "cli/term.h"
#include "json/json.h"

struct kind {
	const char *name;
	int exit_code;
};

static const struct kind kinds[] = {
	[ERROR_NONE] = {"internal", EXIT_INTERNAL},
	[ERROR_USAGE] = {"usage", EXIT_USAGE},
	[ERROR_AUTH] = {"auth", EXIT_AUTH},
	[ERROR_NOT_FOUND] = {"not-found", EXIT_NOT_FOUND},
	[ERROR_CONFLICT] = {"conflict", EXIT_NOT_FOUND},
	[ERROR_SERVICE] = {"service", EXIT_SERVICE},
	[ERROR_NETWORK] = {"network", EXIT_NETWORK},
	[ERROR_SYSTEM] = {"system", EXIT_SYSTEM},
	[ERROR_TOOL] = {"tool", EXIT_SYSTEM},
	[ERROR_INTERNAL] = {"internal", EXIT_INTERNAL},
};

static const struct kind *kind_of(const struct error *error)
{
	size_t kind = (size_t)error->kind;

	return &kinds[kind < ARRAY_LEN(kinds) ? kind : ERROR_INTERNAL];
}

const char *cli_env(const struct cli *cli, const char *name)
{
	const char *value = getenv(name);

	(void)cli;
	return value != NULL && value[0] != '\0' ? value : NULL;
}

/* One line on stderr: `label` in bold `color` (an SGR parameter), then the escaped text. */
static void put_line(struct cli *cli, const char *label, const char *color, const char *text)
{
	struct buf line = {0};

	if (label[0] != '\0' && cli->err_color)
		buf_printf(&line, "\x1b[1;%sm%s\x1b[0m: ", color, label);
	else if (label[0] != '\0')
		buf_printf(&line, "%s: ", label);
	if (cli->app != NULL) {
		term_escape(&line, cli->app);
		buf_puts(&line, ": ");
	}
	term_escape(&line, text);
	buf_putc(&line, '\n');
	if (cli->progress != NULL)
		progress_end(cli->progress);
	/* Who reads both streams gets them in the order in which they were said. */
	fflush(cli->out);
	/* One write a line, so that lines of two processes do not mix. */
	fwrite(line.ptr, 1, line.len, cli->err);
	fflush(cli->err);
	buf_dispose(&line);
}

size_t cli_width(const struct cli *cli)
{
	enum { USUAL = 80, MOST = 120 };

	if (cli->out_columns == 0)
		return USUAL;
	return cli->out_columns < MOST ? cli->out_columns : MOST;
}

void cli_say(struct cli *cli, const char *format, ...)
{
	struct buf text = {0};
	va_list args;

	if (cli->globals.quiet)
		return;
	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	put_line(cli, "", "", buf_cstr(&text));
	buf_dispose(&text);
}

void cli_note(struct cli *cli, const char *format, ...)
{
	struct buf text = {0};
	va_list args;

	if (!cli->globals.verbose)
		return;
	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	put_line(cli, "", "", buf_cstr(&text));
	buf_dispose(&text);
}

void cli_warn(struct cli *cli, const char *format, ...)
{
	struct buf text = {0};
	va_list args;

	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	put_line(cli, "warning", "33", buf_cstr(&text));
	buf_dispose(&text);
}

/* cJSON passes bytes on as they are, and a file name need not be UTF-8. */
static void add_text(struct cJSON *object, const char *key, const char *text)
{
	struct buf clean = {0};

	buf_put_utf8(&clean, text, strlen(text));
	cJSON_AddStringToObject(object, key, buf_cstr(&clean));
	buf_dispose(&clean);
}

void cli_detail(struct cli *cli, const char *label, const char *text)
{
	struct buf line = {0};

	if (text[0] == '\0')
		return;
	buf_printf(&line, cli->err_color ? "  \x1b[1m%s:\x1b[0m  " : "  %s:  ", label);
	term_escape(&line, text);
	buf_putc(&line, '\n');
	fwrite(line.ptr, 1, line.len, cli->err);
	fflush(cli->err);
	buf_dispose(&line);
}

int cli_exit_code(const struct error *error)
{
	return kind_of(error)->exit_code;
}

int cli_refuse(struct cli *cli, const struct cli_refusal *refusal, struct cJSON *document)
{
	static const char *const members[] = {"kind", "message", "why", "fix"};
	char label[32];

	if (cli->json) {
		struct cJSON *object;

		if (document == NULL)
			document = cli_json(cli, refusal->exit_code);
		cJSON_ReplaceItemInObjectCaseSensitive(
			document, "ok", cJSON_CreateBool(refusal->exit_code == EXIT_OK));
		cJSON_ReplaceItemInObjectCaseSensitive(document, "exit",
						       cJSON_CreateNumber(refusal->exit_code));
		object = cJSON_GetObjectItemCaseSensitive(document, "error");
		if (object == NULL)
			object = cJSON_AddObjectToObject(document, "error");
		for (size_t i = 0; i < ARRAY_LEN(members); i++)
			cJSON_DeleteItemFromObjectCaseSensitive(object, members[i]);
		cJSON_AddStringToObject(object, "kind", refusal->kind);
		add_text(object, "message", refusal->message);
		add_text(object, "why", refusal->why);
		add_text(object, "fix", refusal->fix);
		cli_print_json(cli, document);
	} else {
		cJSON_Delete(document);
	}
	snprintf(label, sizeof(label), "error[%s]", refusal->kind);
	put_line(cli, label, "31", refusal->message);
	cli_detail(cli, "why", refusal->why);
	cli_detail(cli, "fix", refusal->fix);
	return refusal->exit_code;
}

struct cli_refusal cli_refusal_of(const struct error *error)
{
	const struct kind *kind = kind_of(error);

	return (struct cli_refusal){kind->name, kind->exit_code, error->message, error->why,
				    error->fix};
}

int cli_stopped(struct cli *cli, int number, const char *message, struct cJSON *document)
{
	const struct cli_refusal refusal = {"interrupted", 128 + number, message, "", ""};

	return cli_refuse(cli, &refusal, document);
}

int cli_fail_in(struct cli *cli, const struct error *error, struct cJSON *document)
{
	const struct cli_refusal refusal = cli_refusal_of(error);

	return cli_refuse(cli, &refusal, document);
}

int cli_fail(struct cli *cli, const struct error *error)
{
	return cli_fail_in(cli, error, NULL);
}

struct cJSON *cli_json(struct cli *cli, int exit_code)
{
	struct cJSON *document = cJSON_CreateObject();
	struct cJSON *tool;
	char *schema;

	if (cli->command == NULL) {
		schema = arena_strdup(cli->arena, "attio/1");
	} else {
		schema = arena_printf(cli->arena, "attio.%s/1", cli->command->name);
		for (char *c = schema; *c != '\0'; c++)
			if (*c == ' ')
				*c = '-';
	}
	cJSON_AddStringToObject(document, "schema", schema);
	tool = cJSON_AddObjectToObject(document, "tool");
	cJSON_AddStringToObject(tool, "name", "attio");
	cJSON_AddStringToObject(tool, "version", ATTIO_VERSION);
	cJSON_AddBoolToObject(document, "ok", exit_code == EXIT_OK);
	cJSON_AddNumberToObject(document, "exit", exit_code);
	return document;
}

void cli_print_json(struct cli *cli, struct cJSON *document)
{
	struct buf text = {0};

	if (cli->progress != NULL)
		progress_end(cli->progress);
	if (cli->documents != NULL) {
		cJSON_AddItemToArray(cli->documents, document);
		return;
	}
	json_print(&text, document, false);
	buf_putc(&text, '\n');
	fwrite(text.ptr, 1, text.len, cli->out);
	buf_dispose(&text);
	cJSON_Delete(document);
}

int cli_print_text(struct cli *cli, struct buf *text)
{
	if (cli->json) {
		struct cJSON *document = cli_json(cli, EXIT_OK);
		cJSON_AddStringToObject(document, "text", buf_cstr(text));
		cli_print_json(cli, document);
	} else {
		fwrite(buf_cstr(text), 1, text->len, cli->out);
	}
	buf_dispose(text);
	return EXIT_OK;
}
