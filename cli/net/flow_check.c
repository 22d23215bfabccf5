/* See flow_check.h. */
#include "cli/net/flow_check.h"

#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/client.h"
#include "local/flow/file.h"
#include "local/flow/lines.h"
#include "sys/fs.h"
#include "sys/held.h"
#include "sys/path.h"
#include "json/json.h"

#define PREFIX "attio-flow-"
#define FILE_LIMIT ((size_t)64 << 20)
/* How often it is asked whether all of a flow is over, and how long it is waited between. */
enum { LOOKS = 400, LOOK_NS = 5000000 };

struct flow_checker {
	struct cli *cli;
	struct reach reach;
	struct client *client;
	struct held held; /* the platform's folder, or the run's in which that is */
	char *folder;     /* in a run; else NULL */
};

/* --- the platform ------------------------------------------------------------------------------
 */

/* In a run the folder is found by who made that, and swept with it. */
static int open_in_run(struct flow_checker *c, const char *run)
{
	struct arena *arena = c->cli->arena;
	struct error error = {0};

	if (held_join(&c->held, arena, path_join(arena, c->cli->cwd, run), &error) != 0 ||
	    fs_make_temp_dir(arena, path_join(arena, c->held.path, PREFIX), &c->folder, &error) !=
		    0)
		return cli_fail(c->cli, &error);
	c->reach.state = c->folder;
	return EXIT_OK;
}

int flow_checker_open(struct cli *cli, const struct reach *reach, const char *run,
		      struct flow_checker **checker)
{
	const char *base = reach->state != NULL ? path_join(cli->arena, cli->cwd, reach->state)
						: cli_env(cli, "TMPDIR");
	struct flow_checker *c = mem_zalloc(1, sizeof(*c));
	struct error error = {0};

	*checker = c;
	c->cli = cli;
	c->reach = (struct reach){.timeout = reach->timeout, .net = "replay"};
	c->held = (struct held){NULL, -1, -1};
	if (run != NULL)
		return open_in_run(c, run);
	if (base == NULL || base[0] == '\0')
		base = "/tmp";
	if (fs_make_dirs(base, &error) != 0)
		return cli_fail(cli, &error);
	held_sweep(cli->arena, base, PREFIX, 0);
	if (held_make(&c->held, cli->arena, path_join(cli->arena, base, PREFIX), &error) != 0)
		return cli_fail(cli, &error);
	c->reach.state = c->held.path;
	return EXIT_OK;
}

void flow_checker_close(struct flow_checker *checker)
{
	if (checker == NULL)
		return;
	client_close(checker->client);
	if (checker->folder != NULL)
		held_let_go(&checker->held);
	else
		held_remove(&checker->held, 0);
	mem_free(checker);
}

static int begin(struct flow_checker *c)
{
	int code;

	if (c->client != NULL)
		return EXIT_OK;
	code = client_open(c->cli, &c->reach, CLIENT_APP, &c->client);
	return code;
}

/* --- a file ------------------------------------------------------------------------------------
 */

static int broken(struct flow_verdict *verdict)
{
	verdict->state = FLOW_BROKEN;
	return EXIT_OK;
}

/* A file as it was read; without a text where it was made just now. */
struct source {
	const char *name, *text;
	size_t len;
};

/* The platform's "no" as an error of the file. */
static void refused(const struct source *source, const char *part, const cJSON *answer,
		    struct error *error)
{
	const cJSON *told = cJSON_GetObjectItemCaseSensitive(answer, "error");
	const char *message = json_string_or_null(told, "message");
	const char *why = json_string_or_null(told, "why");
	const char *fix = json_string_or_null(told, "fix");

	flow_file_refuse(source->text, source->len, source->name, part,
			 message != NULL ? message : "it was refused", error);
	if (why != NULL)
		error_why(error, "%s", why);
	if (fix != NULL && fix[0] != '\0')
		error_fix(error, "%s", fix);
}

/* The lines of what happened, once all of it is over. NULL: nothing began. */
static int read_lines(struct flow_checker *c, cJSON **lines)
{
	cJSON *answer = NULL;
	int code = EXIT_OK;

	*lines = NULL;
	for (int i = 0; i < LOOKS; i++) {
		long status = 0;

		if (i > 0)
			nanosleep(&(struct timespec){0, LOOK_NS}, NULL);
		cJSON_Delete(answer);
		code = client_try(c->client, "GET", "/flows/replayed/lines?strict=1", NULL, &status,
				  &answer);
		if (code != EXIT_OK || status >= 300 ||
		    !cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(answer, "open")))
			break;
	}
	if (code == EXIT_OK)
		*lines = cJSON_DetachItemFromObjectCaseSensitive(answer, "lines");
	cJSON_Delete(answer);
	return code;
}

/* What the app or the platform said where no flow began: a line, too. */
static cJSON *not_begun(struct cli *cli, const cJSON *answer)
{
	const cJSON *told = cJSON_GetObjectItemCaseSensitive(answer, "error");
	const char *message = json_string_or_null(told, "message");
	cJSON *lines = cJSON_CreateArray();

	cJSON_AddItemToArray(
		lines, cJSON_CreateString(arena_printf(cli->arena, "it does not begin: %s",
						       message != NULL ? message : "refused")));
	return lines;
}

/* The member of the file with which something is wrong; NULL: nothing is, the app is another one.
 */
static const char *wrong_part(const cJSON *answer)
{
	const cJSON *told = cJSON_GetObjectItemCaseSensitive(answer, "error");
	const char *message = json_string_or_null(told, "message");

	if (!str_equal(json_string_or_null(told, "kind"), "usage") || message == NULL)
		return NULL;
	return str_starts(message, "the state ") || str_starts(message, "there is no limit ")
		       ? "state"
		       : "start";
}

/* Then no file can be replayed. */
static bool does_not_build(const cJSON *answer)
{
	const cJSON *told = cJSON_GetObjectItemCaseSensitive(answer, "error");

	return str_equal(json_string_or_null(told, "code"), "no-app");
}

static int replay(struct flow_checker *c, const struct source *source, struct flow_verdict *verdict)
{
	cJSON *body = cJSON_CreateObject(), *answer = NULL;
	const char *part;
	struct buf diff = {0};
	long status = 0;
	int code;

	cJSON_AddItemReferenceToObject(body, "file", verdict->file);
	code = client_try(c->client, "POST", "/flows/replay", body, &status, &answer);
	cJSON_Delete(body);
	if (code == EXIT_OK && status >= 300 && does_not_build(answer))
		return client_refuse(c->client, answer, status);
	part = code == EXIT_OK && status >= 300 ? wrong_part(answer) : NULL;
	if (part != NULL) {
		refused(source, part, answer, &verdict->error);
		cJSON_Delete(answer);
		return broken(verdict);
	}
	if (code == EXIT_OK)
		code = read_lines(c, &verdict->lines);
	if (code == EXIT_OK && verdict->lines == NULL)
		verdict->lines = not_begun(c->cli, answer);
	cJSON_Delete(answer);
	if (code != EXIT_OK)
		return code;
	if (flow_lines_diff(cJSON_GetObjectItemCaseSensitive(verdict->file, "saw"), verdict->lines,
			    cJSON_GetObjectItemCaseSensitive(verdict->file, "may_vary"), &diff))
		verdict->state = FLOW_DIFFERS;
	verdict->diff = arena_strdup(c->cli->arena, buf_cstr(&diff));
	buf_dispose(&diff);
	return EXIT_OK;
}

static int check_source(struct flow_checker *checker, const struct source *source, cJSON *file,
			struct flow_verdict *verdict)
{
	struct timespec from, to;
	int code;

	*verdict = (struct flow_verdict){.diff = "", .file = file};
	clock_gettime(CLOCK_MONOTONIC, &from);
	code = begin(checker);
	if (code == EXIT_OK)
		code = replay(checker, source, verdict);
	clock_gettime(CLOCK_MONOTONIC, &to);
	verdict->ms = (to.tv_sec - from.tv_sec) * 1000 + (to.tv_nsec - from.tv_nsec) / 1000000;
	return code;
}

int flow_check_file(struct flow_checker *checker, const char *name, cJSON *file,
		    struct flow_verdict *verdict)
{
	const struct source source = {name, "", 0};

	return check_source(checker, &source, file, verdict);
}

int flow_check(struct flow_checker *checker, const char *path, struct flow_verdict *verdict)
{
	struct cli *cli = checker->cli;
	struct source source = {path, "", 0};
	struct error error = {0};
	cJSON *file = NULL;
	char *text;

	if (fs_read(cli->arena, path_join(cli->arena, cli->cwd, path), FILE_LIMIT, &text,
		    &source.len, &error) == 0) {
		source.text = text;
		file = flow_file_read(text, source.len, path, &error);
	}
	if (file != NULL)
		return check_source(checker, &source, file, verdict);
	/* Whatever is wrong, it is with the file that was named. */
	error.kind = ERROR_USAGE;
	*verdict = (struct flow_verdict){.diff = "", .error = error};
	return broken(verdict);
}

int flow_checker_seen(struct flow_checker *checker, cJSON **lines)
{
	cJSON *answer = NULL;
	int code = client_call(checker->client, "GET", "/flows/replayed/lines", NULL, &answer);

	*lines = cJSON_DetachItemFromObjectCaseSensitive(answer, "lines");
	cJSON_Delete(answer);
	return code;
}

void flow_verdict_dispose(struct flow_verdict *verdict)
{
	cJSON_Delete(verdict->file);
	cJSON_Delete(verdict->lines);
	verdict->file = verdict->lines = NULL;
}
