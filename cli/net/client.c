/* See client.h. The secret goes only into a header of requests to 127.0.0.1. */
#include "cli/net/client.h"
#include "cli/net/page_link.h"

#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/net/dev.h"
#include "cli/net/stack.h"
#include "cli/project.h"
#include "cli/running.h"
#include "http/event_stream.h"
#include "http/http.h"
#include "local/run/host_early.h"
#include "sys/child.h"
#include "sys/loop.h"
#include "json/json.h"
#include "json/scan.h"

/* How long a platform of our own may take to start, to build the app, and to end. */
enum { START_MS = 120000, END_MS = 5000, LOOK_MS = 20, LOOKS = 3000 };

struct client {
	struct cli *cli;
	const struct reach *reach;
	const char *root;   /* of the app */
	const char *folder; /* of the state */
	struct running running;
	long timeout;
	struct http_client *http;
	const char *authorization; /* headers */
	const char *rest_authorization;
	/* A platform of our own; `loop` NULL: it is not. */
	struct loop *loop;
	struct child child;
	bool started;
	int stopped;     /* the signal that asked us to end, or 0 */
	cJSON *findings; /* why its app does not build, or NULL */
};

/* --- answers -----------------------------------------------------------------------------------
 */

struct kind {
	const char *name;
	int exit_code;
};

static const struct kind kinds[] = {
	{"usage", EXIT_USAGE},        {"findings", EXIT_FINDINGS},
	{"auth", EXIT_AUTH},          {"not_found", EXIT_NOT_FOUND},
	{"conflict", EXIT_NOT_FOUND}, {"needs_input", EXIT_NEEDS_INPUT},
	{"service", EXIT_SERVICE},    {"network", EXIT_NETWORK},
	{"system", EXIT_SYSTEM},
};

static const char *text_of(const cJSON *object, const char *key)
{
	const char *text = json_string_or_null(object, key);

	return text != NULL ? text : "";
}

/* As our own kinds are spelled. */
static const char *spell(struct arena *arena, const char *name)
{
	char *kind = arena_strdup(arena, name);

	for (char *c = kind; *c != '\0'; c++)
		if (*c == '_')
			*c = '-';
	return kind;
}

/* Why the app does not build, a line each, as compilers say it. */
static void say_findings(struct client *client)
{
	const cJSON *finding;

	cJSON_ArrayForEach(finding, client->findings)
	{
		const cJSON *range = cJSON_GetObjectItemCaseSensitive(finding, "range");
		const cJSON *start = cJSON_GetObjectItemCaseSensitive(range, "start");
		const cJSON *line = cJSON_GetObjectItemCaseSensitive(start, "line");
		const char *file = text_of(finding, "file");

		if (strcmp(text_of(finding, "severity"), "error") != 0)
			continue;
		if (cJSON_IsNumber(line))
			file = arena_printf(client->cli->arena, "%s:%d", file, line->valueint);
		cli_say(client->cli, "%s%serror %s: %s", file, file[0] != '\0' ? ": " : "",
			text_of(finding, "code"), text_of(finding, "message"));
	}
}

/* The REST API has errors of another form: a status and a message. */
static const char *kind_of_status(long status)
{
	if (status == 404)
		return "not_found";
	if (status == 401 || status == 403)
		return "auth";
	return status == 400 ? "usage" : "service";
}

/* The platform said no. Frees the answer. */
int client_refuse(struct client *client, cJSON *answer, long status)
{
	struct cli *cli = client->cli;
	const cJSON *error = cJSON_GetObjectItemCaseSensitive(answer, "error");
	const cJSON *object = error != NULL ? error : answer;
	const char *name = error != NULL ? text_of(error, "kind") : kind_of_status(status);
	int code = status >= 500 ? EXIT_SYSTEM : EXIT_SERVICE;
	struct cli_refusal refusal;
	const char *stack;
	cJSON *document;

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			code = kinds[i].exit_code;
	say_findings(client);
	refusal = (struct cli_refusal){
		.kind = name[0] != '\0' ? spell(cli->arena, name) : "service",
		.exit_code = code,
		.message = arena_strdup(cli->arena, text_of(object, "message")),
		.why = arena_strdup(cli->arena, text_of(object, "why")),
		.fix = arena_strdup(cli->arena, text_of(object, "fix")),
	};
	if (refusal.fix[0] == '\0')
		refusal.fix = stack_hint(text_of(object, "code"));
	if (refusal.message[0] == '\0')
		refusal.message =
			arena_printf(cli->arena, "the local platform answered %ld", status);
	stack = arena_strdup(cli->arena, text_of(object, "stack"));
	document = cli_json(cli, code);
	if (cJSON_IsObject(answer))
		client_add_members(document, answer);
	else
		cJSON_Delete(answer);
	if (client->findings != NULL) {
		cJSON_AddItemToObject(document, "diagnostics", client->findings);
		client->findings = NULL;
	}
	cli_refuse(cli, &refusal, document);
	stack_say(cli, stack);
	return code;
}

static bool is_stopped(void *context)
{
	struct client *client = context;

	if (client->loop != NULL && client->stopped == 0) {
		loop_look(client->loop);
		client->stopped = loop_ended(client->loop);
	}
	return client->stopped != 0;
}

/* A call of ours failed, or a signal has ended it. */
static int fail(struct client *client, const struct error *error)
{
	if (!is_stopped(client))
		return cli_fail(client->cli, error);
	return cli_stopped(client->cli, client->stopped, "stopped by a signal, before it was over",
			   NULL);
}

/* --- a platform of our own ---------------------------------------------------------------------
 */

static const char *next_line(struct client *client)
{
	struct buf *output = &client->child.output;
	const char *end = output->len > 0 ? memchr(output->ptr, '\n', output->len) : NULL;
	char *line;

	if (end == NULL)
		return NULL;
	line = arena_strndup(client->cli->arena, output->ptr, (size_t)(end - output->ptr));
	buf_drop(output, (size_t)(end - output->ptr) + 1);
	return line;
}

static void take_build(struct client *client, cJSON *event)
{
	cJSON_Delete(client->findings);
	client->findings = NULL;
	if (cJSON_IsFalse(cJSON_GetObjectItemCaseSensitive(event, "ok")))
		client->findings = cJSON_DetachItemFromObjectCaseSensitive(event, "findings");
}

/* 1: ready; 0: something else; -1: it cannot be, with the error. */
static int take_line(struct client *client, const char *line, struct error *error)
{
	struct arena *arena = client->cli->arena;
	struct error ignored;
	cJSON *event = json_parse(line, strlen(line), "an event", NULL, &ignored);
	const char *name = text_of(event, "event");
	int result = 0;

	if (strcmp(name, "ready") == 0) {
		client->running.url = arena_strdup(arena, text_of(event, "url"));
		client->running.secret = arena_strdup(arena, text_of(event, "secret"));
		client->running.api_token = arena_strdup(arena, text_of(event, "api_token"));
		result = 1;
	} else if (strcmp(name, "build") == 0) {
		take_build(client, event);
	} else if (name[0] == '\0') {
		/* The document of a command that failed. */
		const cJSON *why = cJSON_GetObjectItemCaseSensitive(event, "error");
		const char *kind = text_of(why, "kind");

		error_set(error,
			  strcmp(kind, "conflict") == 0 ? ERROR_CONFLICT
			  : strcmp(kind, "usage") == 0  ? ERROR_USAGE
							: ERROR_SYSTEM,
			  "%s", text_of(why, "message"));
		error_why(error, "%s", text_of(why, "why"));
		error_fix(error, "%s", text_of(why, "fix"));
		result = -1;
	}
	cJSON_Delete(event);
	return result;
}

static int did_not_start(struct client *client, struct error *error)
{
	char text[400];

	child_complaint(&client->child, text, sizeof(text));
	error_set(error, ERROR_SYSTEM, "the local platform did not start");
	if (text[0] != '\0')
		return error_why(error, "%s", text);
	return -1;
}

static int wait_until_ready(struct client *client, struct error *error)
{
	child_limit(&client->child, START_MS);
	for (;;) {
		bool more = child_listen(&client->child);
		const char *line;

		while ((line = next_line(client)) != NULL) {
			int result = take_line(client, line, error);

			if (result != 0)
				return result > 0 ? 0 : -1;
		}
		if (!more)
			return did_not_start(client, error);
	}
}

static int open_http(struct client *client, struct error *error)
{
	const struct http_retry once = {.tries = 1, .base_ms = 1, .max_ms = 1};
	const struct http_watch watch = {.stop = is_stopped, .context = client};

	if (client->http != NULL)
		return 0;
	client->http = http_client_new(client->timeout, error);
	if (client->http == NULL)
		return -1;
	http_client_set_retry(client->http, &once);
	http_client_set_watch(client->http, &watch);
	return 0;
}

/* What the copy of ours is to do. */
struct own {
	const struct client *client;
	bool eager;
};

static int run_own(void *context)
{
	const struct own *own = context;
	const struct reach *reach = own->client->reach;
	const struct dev_options options = {.state = own->client->folder,
					    .net = reach->net,
					    .routes = reach->routes,
					    .chaos = reach->chaos,
					    .eager = own->eager};
	struct cli cli = *own->client->cli;
	int code;

	cli.cwd = own->client->root;
	cli.json = true;
	code = dev_serve_own(&cli, &options);
	fflush(cli.out);
	return code;
}

static int start_own(struct client *client, enum client_need need, struct error *error)
{
	struct own own = {.client = client, .eager = need == CLIENT_APP};
	const struct child_command command = {
		.name = "the local platform",
		.copy = run_own,
		.context = &own,
		.folder = client->root,
		.descriptors = CHILD_ENGINE_DESCRIPTORS,
		.input = true,
	};
	if (client->loop == NULL && (client->loop = loop_open(error)) == NULL)
		return -1;
	/* What is not written yet is not the copy's. */
	fflush(client->cli->out);
	fflush(client->cli->err);
	if (child_start(&client->child, client->loop, &command, error) != 0)
		return -1;
	client->started = true;
	/* The copy has it. */
	child_let_go(&client->cli->early->child);
	/* What a platform of our own made on the way goes with it. A copy must not have these
	 * handlers.
	 */
	if (loop_catch_end(client->loop, error) != 0)
		return -1;
	/* libcurl takes its time to begin, while the other one does the same. */
	if (open_http(client, error) != 0)
		return -1;
	return wait_until_ready(client, error);
}

/* The loop goes with it: its handlers of signals are not for the next copy. */
static void end_own(struct client *client)
{
	if (client->started)
		child_dispose(&client->child, END_MS);
	client->started = false;
	is_stopped(client);
	loop_close(client->loop);
	client->loop = NULL;
	host_early_end(client->cli->early);
}

/* --- opening -----------------------------------------------------------------------------------
 */

static void pause_shortly(void)
{
	struct timespec left = {.tv_nsec = LOOK_MS * 1000000L};

	nanosleep(&left, NULL);
}

static int no_dev(struct error *error)
{
	error_set(error, ERROR_NOT_FOUND, "`attio dev` does not run for this app");
	return error_fix(error, "start it in another terminal: `attio dev`");
}

/* What the `dev` that runs does outside was said when it was started. */
static int check_outside(const struct reach *reach, struct error *error)
{
	const char *option = reach->net != NULL      ? "--net"
			     : reach->routes != NULL ? "--route"
			     : reach->chaos != NULL  ? "--chaos"
						     : NULL;

	if (option == NULL)
		return 0;
	error_set(error, ERROR_USAGE, "`%s` comes too late: `attio dev` runs for this app", option);
	return error_fix(error, "give it to `attio dev`, or end that one");
}

/* A `dev` that is starting is waited for: it holds the folder before it can be asked. One that
 * takes the folder while our own platform wants it is the better one. */
static int find(struct client *client, enum client_need need, struct error *error)
{
	pid_t pid;

	for (int i = 0; i < LOOKS; i++, pause_shortly()) {
		if (running_read(client->cli->arena, client->folder, &client->running))
			return check_outside(client->reach, error);
		if (running_look(client->folder, &pid) == RUNNING_DEV)
			continue;
		if (need == CLIENT_RUNNING)
			return no_dev(error);
		if (start_own(client, need, error) == 0)
			return 0;
		end_own(client);
		if (error->kind != ERROR_CONFLICT ||
		    running_look(client->folder, &pid) != RUNNING_DEV)
			return -1;
	}
	error_set(error, ERROR_CONFLICT, "`attio dev` is starting, and does not get ready");
	return error_fix(error, "look at what it says");
}

int client_open(struct cli *cli, const struct reach *reach, enum client_need need,
		struct client **out)
{
	struct client *client = arena_alloc(cli->arena, sizeof(*client));
	struct error error = {0};

	*out = client;
	client->cli = cli;
	client->reach = reach;
	client->root = project_root_of_app(cli, NULL, &error);
	if (client->root == NULL)
		return cli_fail(cli, &error);
	client->folder = running_folder(cli, reach->state, client->root);
	client->timeout = reach->timeout;
	if (find(client, need, &error) != 0 || open_http(client, &error) != 0)
		return fail(client, &error);
	client->authorization =
		arena_printf(cli->arena, "Authorization: Bearer %s", client->running.secret);
	client->rest_authorization =
		arena_printf(cli->arena, "Authorization: Bearer %s", client->running.api_token);
	return EXIT_OK;
}

void client_close(struct client *client)
{
	if (client == NULL)
		return;
	/* It ends while libcurl does. */
	if (client->started)
		child_close_input(&client->child);
	http_client_free(client->http);
	end_own(client);
	cJSON_Delete(client->findings);
	client->http = NULL;
}

/* --- calls -------------------------------------------------------------------------------------
 */

static const char *address(struct client *client, const char *path)
{
	return arena_printf(client->cli->arena, "%s/__attio/api%s", client->running.url, path);
}

static int take_answer(struct client *client, struct http_response *response, cJSON **answer)
{
	struct error error = {0};

	if (response->body.len > 0)
		json_replace_nul(response->body.ptr, response->body.len);
	*answer = json_parse(buf_cstr(&response->body), response->body.len,
			     "the local platform's answer", NULL, &error);
	if (*answer == NULL && response->status < 300)
		return cli_fail(client->cli, &error);
	if (response->status >= 300) {
		int code = client_refuse(client, *answer, response->status);

		*answer = NULL;
		return code;
	}
	return EXIT_OK;
}

static int exchange(struct client *client, const struct http_request *request, cJSON **answer)
{
	struct http_response response = {0};
	struct error error = {0};
	int code;

	*answer = NULL;
	if (http_send(client->http, request, &response, &error) == 0)
		code = take_answer(client, &response, answer);
	else
		code = fail(client, &error);
	http_response_dispose(&response);
	return code;
}

int client_call(struct client *client, const char *method, const char *path, cJSON *body,
		cJSON **answer)
{
	const char *const headers[] = {client->authorization, "Content-Type: application/json",
				       NULL};
	struct http_request request = {.method = method, .headers = headers};
	struct buf text = {0};
	int code;

	request.url = address(client, path);
	if (body != NULL) {
		json_print(&text, body, false);
		cJSON_Delete(body);
		request.body = text.ptr;
		request.body_len = text.len;
	}
	code = exchange(client, &request, answer);
	buf_dispose(&text);
	return code;
}

int client_try(struct client *client, const char *method, const char *path, const cJSON *body,
	       long *status, cJSON **answer)
{
	const char *const headers[] = {client->authorization, "Content-Type: application/json",
				       NULL};
	struct http_request request = {.method = method, .headers = headers};
	struct http_response response = {0};
	struct error error = {0};
	struct buf text = {0};
	int code = EXIT_OK;

	*answer = NULL;
	request.url = address(client, path);
	if (body != NULL) {
		json_print(&text, body, false);
		request.body = text.ptr;
		request.body_len = text.len;
	}
	if (http_send(client->http, &request, &response, &error) == 0) {
		json_replace_nul(response.body.ptr, response.body.len);
		*answer = json_parse(buf_cstr(&response.body), response.body.len,
				     "the local platform's answer", NULL, &error);
		*status = response.status;
	}
	if (*answer == NULL)
		code = fail(client, &error);
	buf_dispose(&text);
	http_response_dispose(&response);
	return code;
}

int client_ask_rest(struct client *client, const char *path, cJSON **answer)
{
	const char *const headers[] = {client->rest_authorization, NULL};
	const struct http_request request = {
		.method = "GET",
		.headers = headers,
		.url = arena_printf(client->cli->arena, "%s%s", client->running.url, path)};

	return exchange(client, &request, answer);
}

const char *client_page(struct client *client, const char *place, const char **link)
{
	const struct running *running = &client->running;

	if (link != NULL)
		*link = page_link(client->cli, client->folder, running->url, running->secret,
				  place);
	return page_address(client->cli, running->url, place);
}

int client_once(struct cli *cli, const struct reach *reach, enum client_need need,
		const char *method, const char *path, cJSON *body, cJSON **answer)
{
	struct client *client;
	int code = client_open(cli, reach, need, &client);

	*answer = NULL;
	if (code == EXIT_OK)
		code = client_call(client, method, path, body, answer);
	else
		cJSON_Delete(body);
	client_close(client);
	return code;
}

/* --- events ------------------------------------------------------------------------------------
 */

struct following {
	client_sink *sink;
	void *context;
	struct event_stream stream;
};

static bool take_piece(void *context, const char *data, size_t len)
{
	struct following *f = context;

	return event_stream_take(&f->stream, data, len, f->sink, f->context);
}

int client_follow(struct client *client, const char *path, client_sink *sink, void *context)
{
	const char *const headers[] = {client->authorization, "Accept: text/event-stream", NULL};
	struct following following = {.sink = sink, .context = context};
	struct http_request request = {
		.method = "GET", .headers = headers, .url = address(client, path)};
	struct http_response response;
	struct error error = {0};
	cJSON *answer;
	int code;

	if (http_stream(client->http, &request, take_piece, &following, &response, &error) != 0)
		code = fail(client, &error);
	else if (response.status != 200 && response.status != 0)
		code = take_answer(client, &response, &answer);
	else
		code = EXIT_OK;
	http_response_dispose(&response);
	event_stream_dispose(&following.stream);
	return code;
}
