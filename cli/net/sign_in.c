/* See sign_in.h. The browser gets its answer after the code was exchanged, so that its page is
 * true. */
#include "cli/net/sign_in.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "cli/net/browser.h"
#include "cli/net/ports.h"
#include "http/attach.h"
#include "http/server.h"
#include "platform/api.h"
#include "platform/callback.h"
#include "platform/credential.h"
#include "platform/oidc.h"
#include "platform/words.h"
#include "sys/loop.h"

enum { PORTS = 1000, LAST_ANSWER_MS = 2000, LINE_LIMIT = 16 * 1024 };

struct flow {
	struct cli *cli;
	struct oidc_login login;
	struct loop *loop;
	struct http_server *servers[2]; /* on 127.0.0.1 and, where there is one, ::1 */
	struct http_attached attached[2];
	struct loop_timer time;
	struct loop_file input;
	int input_fd;    /* -1: nothing is read */
	int input_flags; /* as they were */
	struct buf typed;
	enum callback_kind kind; /* CALLBACK_STRAY: nothing has come yet */
	struct callback callback;
	struct http_call *waiting; /* the browser's request, until it is answered */
	bool over, good;           /* the code was exchanged, and it worked */
};

/* --- the browser's request ---------------------------------------------------------------------
 */

static const char page[] =
	"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>attio</title></head>"
	"<body style=\"font: 1.1rem system-ui, sans-serif; margin: 4rem auto; max-width: 36rem\">"
	"<h1>%s</h1><p>%s</p></body></html>\n";

static void put_page(const struct flow *flow, struct http_reply *reply)
{
	reply->status = flow->good ? 200 : 400;
	http_reply_header(reply, "Content-Type", "text/html; charset=utf-8");
	http_reply_header(reply, "Content-Security-Policy",
			  "default-src 'none'; style-src 'unsafe-inline'");
	http_reply_header(reply, "Referrer-Policy", "no-referrer");
	http_reply_header(reply, "Connection", "close");
	if (flow->good)
		buf_printf(&reply->body, page, "You are signed in to Attio",
			   "You can close this page and go back to the terminal.");
	else
		buf_printf(&reply->body, page, "You are not signed in",
			   "The terminal tells why. You can close this page.");
}

static size_t admit(void *context, struct http_call *call, struct http_reply *reply)
{
	(void)context;
	(void)call;
	(void)reply;
	return 0;
}

static void on_ended(void *state, bool whole)
{
	struct flow *flow = state;

	(void)whole;
	flow->waiting = NULL;
}

static void answer(void *context, struct http_call *call, struct http_reply *reply)
{
	struct flow *flow = context;
	struct callback callback;
	enum callback_kind kind = CALLBACK_STRAY;

	if (call == flow->waiting) {
		if (flow->over)
			put_page(flow, reply);
		return;
	}
	if (flow->kind == CALLBACK_STRAY && strcmp(call->method, "GET") == 0 &&
	    strcmp(call->path, "/") == 0)
		kind = callback_read(flow->cli->arena, call->query, flow->login.state, &callback);
	if (kind == CALLBACK_STRAY) {
		http_reply_refuse(reply, 404, "this is not what the sign-in waits for");
		return;
	}
	flow->kind = kind;
	flow->callback = callback;
	flow->waiting = call;
	call->state = flow;
	call->ended = on_ended;
}

static struct http_server *open_server(struct flow *flow, int port, bool six, struct error *error)
{
	const struct http_server_options options = {
		.port = port,
		.six = six,
		.name = "the sign-in",
		.admit = admit,
		.answer = answer,
		.context = flow,
	};

	return http_server_new(&options, error);
}

static bool has_six(struct flow *flow)
{
	struct error ignored;
	struct http_server *server = open_server(flow, 0, true, &ignored);

	http_server_free(server);
	return server != NULL;
}

/* The browser asks one of the two, and we cannot know which: both, at one port. */
static int open_servers(struct flow *flow, struct error *error)
{
	bool six = has_six(flow);

	for (int port = SIGN_IN_PORT; port < SIGN_IN_PORT + PORTS; port++) {
		flow->servers[0] = open_server(flow, port, false, error);
		if (flow->servers[0] == NULL && error->shortage)
			return -1;
		if (flow->servers[0] == NULL)
			continue;
		if (six)
			flow->servers[1] = open_server(flow, port, true, error);
		if (!six || flow->servers[1] != NULL)
			return 0;
		http_server_free(flow->servers[0]);
		flow->servers[0] = NULL;
	}
	error_set(error, ERROR_SYSTEM, "no port from %d to %d is free", SIGN_IN_PORT,
		  SIGN_IN_PORT + PORTS - 1);
	return error_fix(error, "end what listens there, or use `attio login --token-stdin`");
}

/* --- what somebody pastes ----------------------------------------------------------------------
 */

static void take_line(struct flow *flow, const char *line)
{
	struct callback callback;
	enum callback_kind kind =
		callback_read_line(flow->cli->arena, line, flow->login.state, &callback);

	if (line[strspn(line, " \t\r")] == '\0' || flow->kind != CALLBACK_STRAY)
		return;
	if (kind == CALLBACK_STRAY) {
		cli_warn(flow->cli,
			 "that is not the address that this sign-in waits for: it begins with "
			 "`%s/?` "
			 "and has a `code` and this sign-in's `state`",
			 flow->login.redirect_uri);
		return;
	}
	flow->kind = kind;
	flow->callback = callback;
}

static void take_lines(struct flow *flow, bool ended)
{
	char *end;

	while (flow->typed.len > 0 &&
	       ((end = memchr(flow->typed.ptr, '\n', flow->typed.len)) != NULL || ended)) {
		size_t len = end != NULL ? (size_t)(end - flow->typed.ptr) : flow->typed.len;

		take_line(flow, arena_strndup(flow->cli->arena, flow->typed.ptr, len));
		buf_drop(&flow->typed, len + (end != NULL));
	}
}

/* Reads what is there. False: there is no more to come. */
static bool read_input(struct flow *flow)
{
	for (;;) {
		ssize_t got = read(flow->input_fd, buf_reserve(&flow->typed, 4096), 4096);

		if (got > 0 && flow->typed.len < LINE_LIMIT) {
			flow->typed.len += (size_t)got;
			take_lines(flow, false);
			continue;
		}
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return true;
		take_lines(flow, true);
		return false;
	}
}

/* Waiting makes it non-blocking, and not for us alone: a terminal is opened anew, so that the
 * shell's stays as it is, whatever ends us. */
static int input_of_our_own(void)
{
	int fd = isatty(STDIN_FILENO) == 1 ? open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC) : -1;

	return fd >= 0 ? fd : STDIN_FILENO;
}

/* A regular file, or nothing at all, is read to its end at once. */
static void open_input(struct flow *flow)
{
	struct error ignored;

	flow->input_fd = -1;
	if (flow->cli->globals.no_input)
		return;
	flow->input_fd = input_of_our_own();
	flow->input_flags = fcntl(flow->input_fd, F_GETFL);
	if (flow->input_flags >= 0 &&
	    loop_file_attach(&flow->input, flow->loop, flow->input_fd, &ignored) != 0)
		(void)read_input(flow);
}

static void close_input(struct flow *flow)
{
	loop_file_detach(&flow->input);
	if (flow->input_fd >= 0 && flow->input_flags >= 0)
		(void)fcntl(flow->input_fd, F_SETFL, flow->input_flags);
	if (flow->input_fd > STDIN_FILENO)
		close(flow->input_fd);
	buf_dispose(&flow->typed);
}

/* --- waiting -----------------------------------------------------------------------------------
 */

static void turn(struct flow *flow)
{
	loop_turn(flow->loop);
	for (size_t i = 0; i < ARRAY_LEN(flow->attached); i++)
		http_attached_serve(&flow->attached[i]);
	if (!flow->input.ready)
		return;
	flow->input.ready = false;
	if (!read_input(flow))
		loop_file_detach(&flow->input);
}

static void tell(struct flow *flow, const char *url, const struct sign_in_options *options)
{
	struct cli *cli = flow->cli;

	cli_say(cli, "sign in to Attio in a browser, at this address:");
	cli_detail(cli, "open", url);
	if (options->browse && browser_open(cli, url))
		cli_say(cli, "it was given to your browser; this waits for %ld s",
			options->timeout);
	else
		cli_say(cli, "this waits for %ld s", options->timeout);
	if (!cli->globals.no_input)
		cli_say(cli, "browser on another machine? paste the address at which it ends here");
}

static int wait_for_browser(struct flow *flow, const struct sign_in_options *options,
			    struct error *error)
{
	loop_timer_start(&flow->time, (unsigned)options->timeout * 1000);
	while (flow->kind == CALLBACK_STRAY && !flow->time.over)
		turn(flow);
	if (flow->kind != CALLBACK_STRAY)
		return 0;
	error_set(error, ERROR_NETWORK, "nobody signed in within %ld second%s", options->timeout,
		  options->timeout == 1 ? "" : "s");
	return error_fix(error, "run `attio login` again, if need be with a longer `--timeout`");
}

static int explain_refusal(struct flow *flow, const struct identity *identity, struct error *error)
{
	const struct attio_api shown = {.arena = identity->arena, .token = flow->login.state};
	const struct callback *callback = &flow->callback;
	bool denied = strcmp(callback->error, "access_denied") == 0;

	error_set(error, ERROR_AUTH, "%s",
		  denied ? "the sign-in was refused in the browser"
			 : "the platform did not let you sign in");
	error_why(error, "%s%s%s", words_shown(&shown, callback->error, 60),
		  callback->description[0] != '\0' ? ": " : "",
		  words_shown(&shown, callback->description, 200));
	return error_fix(error, "run `attio login` again and allow the access");
}

/* Gives the browser its page; it may be gone, or slow. */
static void answer_browser(struct flow *flow, bool good)
{
	flow->over = true;
	flow->good = good;
	if (flow->waiting == NULL)
		return;
	http_server_wake(flow->waiting);
	for (size_t i = 0; i < ARRAY_LEN(flow->attached); i++)
		http_attached_soon(&flow->attached[i]);
	loop_timer_start(&flow->time, LAST_ANSWER_MS);
	while (flow->waiting != NULL && !flow->time.over)
		turn(flow);
}

static int run(struct flow *flow, const struct identity *identity,
	       const struct sign_in_options *options, struct credential *credential,
	       struct error *error)
{
	int result;

	if (open_servers(flow, error) != 0 ||
	    oidc_begin(identity->arena, http_server_port(flow->servers[0]), &flow->login, error) !=
		    0)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(flow->servers); i++)
		if (flow->servers[i] != NULL &&
		    http_attach(&flow->attached[i], flow->servers[i], flow->loop, error) != 0)
			return -1;
	tell(flow, oidc_authorize_url(identity, &flow->login), options);
	open_input(flow);
	result = wait_for_browser(flow, options, error);
	close_input(flow);
	if (result != 0)
		return -1;
	result = flow->kind == CALLBACK_REFUSED
			 ? explain_refusal(flow, identity, error)
			 : oidc_exchange(identity, &flow->login, flow->callback.code, credential,
					 error);
	answer_browser(flow, result == 0);
	return result;
}

int sign_in(struct cli *cli, const struct identity *identity, const struct sign_in_options *options,
	    struct credential *credential, struct error *error)
{
	struct flow flow = {.cli = cli, .loop = loop_open(error)};
	int result;

	if (flow.loop == NULL)
		return -1;
	loop_timer_attach(&flow.time, flow.loop);
	result = run(&flow, identity, options, credential, error);
	for (size_t i = 0; i < ARRAY_LEN(flow.servers); i++) {
		http_detach(&flow.attached[i]);
		http_server_free(flow.servers[i]);
	}
	loop_timer_detach(&flow.time);
	loop_close(flow.loop);
	return result;
}
