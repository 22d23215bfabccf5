/* See arguments.h. */
#include "cli/net/arguments.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "cli/cli.h"
#include "http/http.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "json/json.h"
#include "json/scan.h"

int argument_wrong(struct cli *cli, const char *message, const char *fix)
{
	struct error error;

	error_set(&error, ERROR_USAGE, "%s", message);
	error_fix(&error, "%s", fix);
	return cli_fail(cli, &error);
}

static int read_stdin(struct cli *cli, const char **out, size_t *len, struct error *error)
{
	char *text;

	if (fs_read_stream(cli->arena, STDIN_FILENO, "standard input", ARGUMENT_LIMIT, &text, len,
			   error) != 0)
		return -1;
	*out = text;
	return 0;
}

static int read_file(struct cli *cli, const char *file, const char **out, size_t *len,
		     struct error *error)
{
	char *text;

	if (fs_read(cli->arena, path_join(cli->arena, cli->cwd, file), ARGUMENT_LIMIT, &text, len,
		    error) != 0)
		return -1;
	*out = text;
	return 0;
}

int argument_text(struct cli *cli, const char *name, const char *text, const char **out,
		  size_t *len)
{
	struct error error = {0};
	int result = 0;

	*out = text;
	*len = strlen(text);
	if (strcmp(text, "-") == 0)
		result = read_stdin(cli, out, len, &error);
	else if (text[0] == '@')
		result = read_file(cli, text + 1, out, len, &error);
	if (result == 0)
		return EXIT_OK;
	error.kind = ERROR_USAGE;
	if (error.fix[0] == '\0')
		error_fix(&error, "give %s as JSON, as @FILE, or as - for standard input", name);
	return cli_fail(cli, &error);
}

static int parse(struct cli *cli, const char *name, const char *text, size_t len, cJSON **value)
{
	struct error error = {0};

	*value = json_parse(text, len, name, NULL, &error);
	if (*value != NULL)
		return EXIT_OK;
	error.kind = ERROR_USAGE;
	return cli_fail(cli, &error);
}

int argument_json(struct cli *cli, const char *name, const char *text, cJSON **value)
{
	const char *json;
	size_t len;
	int code = argument_text(cli, name, text, &json, &len);

	*value = NULL;
	return code == EXIT_OK ? parse(cli, name, json, len, value) : code;
}

int argument_raw_json(struct cli *cli, const char *name, const char *text, cJSON **value)
{
	cJSON *checked = NULL;
	const char *json;
	char *copy;
	size_t len;
	int code = argument_text(cli, name, text, &json, &len);

	*value = NULL;
	if (code != EXIT_OK)
		return code;
	copy = arena_strndup(cli->arena, json, len);
	json_replace_nul(copy, len);
	code = parse(cli, name, copy, len, &checked);
	if (code == EXIT_OK)
		*value = cJSON_CreateRaw(json);
	cJSON_Delete(checked);
	return code;
}

int argument_value(struct cli *cli, const char *name, const char *text, cJSON **value)
{
	struct error ignored;
	const char *json;
	size_t len;
	int code = argument_text(cli, name, text, &json, &len);

	*value = NULL;
	if (code != EXIT_OK)
		return code;
	*value = json_parse(json, len, name, NULL, &ignored);
	if (*value == NULL)
		*value = cJSON_CreateString(json);
	return EXIT_OK;
}

int argument_file(struct cli *cli, const char *name, const char *file, cJSON **value)
{
	return argument_json(cli, name,
			     strcmp(file, "-") == 0 ? file : arena_printf(cli->arena, "@%s", file),
			     value);
}

/* --- secrets -----------------------------------------------------------------------------------
 */

enum { CTRL_C = 3 };

static void strip_line_end(char *text)
{
	size_t len = strlen(text);

	while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == '\r'))
		text[--len] = '\0';
}

static char *read_line_of(struct arena *arena, int fd)
{
	struct buf line = {0};
	char *text;
	char c;

	while (line.len < 65536 && read(fd, &c, 1) == 1 && c != '\n') {
		buf_putc(&line, c);
		if (c == CTRL_C)
			break;
	}
	text = arena_strdup(arena, buf_cstr(&line));
	buf_dispose(&line);
	return text;
}

/* What is typed is not shown. Ctrl-C is taken as the end of a line, so that the terminal is as it
 * was before the program ends. */
static int ask(struct cli *cli, const char *question, const char **value)
{
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
	struct termios shown, hidden;
	char *line;

	if (fd < 0 || tcgetattr(fd, &shown) != 0) {
		struct error error;

		error_system(&error, errno, "cannot ask on the terminal");
		if (fd >= 0)
			close(fd);
		return cli_fail(cli, &error);
	}
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
	hidden.c_cc[VEOL] = CTRL_C;
	fprintf(cli->err, "%s: ", question);
	fflush(cli->err);
	tcsetattr(fd, TCSAFLUSH, &hidden);
	line = read_line_of(cli->arena, fd);
	tcsetattr(fd, TCSAFLUSH, &shown);
	fputc('\n', cli->err);
	close(fd);
	if (strchr(line, CTRL_C) != NULL)
		raise(SIGINT);
	strip_line_end(line);
	*value = line;
	return EXIT_OK;
}

static int nobody_to_ask(struct cli *cli, const char *question)
{
	const struct cli_refusal refusal = {
		.kind = "needs-input",
		.exit_code = EXIT_NEEDS_INPUT,
		.message =
			arena_printf(cli->arena, "%s is needed, and nobody can be asked", question),
		.why = "standard input is not a terminal, or questions are turned off",
		.fix = "give it with `--value-env NAME` or `--value-stdin`",
	};

	return cli_refuse(cli, &refusal, NULL);
}

int argument_secret(struct cli *cli, const char *env, bool from_stdin, const char *question,
		    const char **value)
{
	struct error error = {0};
	char *text;
	size_t len;

	*value = NULL;
	if (env != NULL && from_stdin)
		return argument_wrong(cli, "`--value-env` and `--value-stdin` exclude each other",
				      "give one of them");
	if (env != NULL) {
		*value = cli_env(cli, env);
		return *value != NULL
			       ? EXIT_OK
			       : argument_wrong(cli,
						arena_printf(cli->arena,
							     "the environment variable `%s` is "
							     "not set, or empty",
							     env),
						"set it, or give the value with `--value-stdin`");
	}
	if (from_stdin) {
		if (fs_read_stream(cli->arena, STDIN_FILENO, "standard input", (size_t)1 << 20,
				   &text, &len, &error) != 0)
			return cli_fail(cli, &error);
		strip_line_end(text);
		*value = text;
	} else if (!cli->interactive) {
		return nobody_to_ask(cli, question);
	} else {
		int code = ask(cli, question, value);

		if (code != EXIT_OK)
			return code;
	}
	return **value != '\0' ? EXIT_OK
			       : argument_wrong(cli, "the value is empty", "give one that is not");
}

/* --- the rest ----------------------------------------------------------------------------------
 */

int argument_record(struct cli *cli, const char *text, const char **object, const char **record)
{
	const char *slash = strchr(text, '/');

	if (slash == NULL || slash == text || slash[1] == '\0')
		return argument_wrong(cli, arena_printf(cli->arena, "`%s` names no record", text),
				      "name it as OBJECT/RECORD: `people/ada`, or with its id");
	*object = arena_strndup(cli->arena, text, (size_t)(slash - text));
	*record = slash + 1;
	return EXIT_OK;
}

static const char *encoded(struct cli *cli, const char *text, const char *keep)
{
	struct buf out = {0};
	char *copy;

	http_put_encoded(&out, text, keep);
	copy = arena_strdup(cli->arena, buf_cstr(&out));
	buf_dispose(&out);
	return copy;
}

const char *argument_part(struct cli *cli, const char *text)
{
	return encoded(cli, text, "");
}

const char *argument_query(struct cli *cli, const char *path, const char *key, const char *value)
{
	if (value == NULL)
		return path;
	return arena_printf(cli->arena, "%s%c%s=%s", path, strchr(path, '?') == NULL ? '?' : '&',
			    key, encoded(cli, value, ""));
}

void argument_add(cJSON *object, const char *key, const char *text)
{
	if (text != NULL)
		cJSON_AddStringToObject(object, key, text);
}

int argument_change(struct cli *cli, const char *text, cJSON *list)
{
	const char *equals = strchr(text, '=');
	cJSON *change, *value;

	if (equals == NULL || (text[0] != '/' && equals != text))
		return argument_wrong(cli, arena_printf(cli->arena, "`%s` sets nothing", text),
				      "give a JSON pointer, `=` and the value: "
				      "`--set /status='\"lost\"'`");
	int code = argument_value(cli, "--set", equals + 1, &value);
	if (code != EXIT_OK)
		return code;
	change = cJSON_CreateObject();
	cJSON_AddStringToObject(change, "pointer",
				arena_strndup(cli->arena, text, (size_t)(equals - text)));
	cJSON_AddItemToObject(change, "value", value);
	cJSON_AddItemToArray(list, change);
	return EXIT_OK;
}
