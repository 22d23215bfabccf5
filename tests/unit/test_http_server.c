/* http/server over real sockets: who is refused, bodies, streams, waiting, clients that hang up,
 * many at once. The server is driven by a thread, or by hand where the test is about that. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "http/attach.h"
#include "http/server.h"
#include "http/thread.h"
#include "sys/loop.h"

#define LIMIT ((size_t)1000)

struct world {
	struct http_server *server;
	struct http_thread *thread;
	atomic_int calls;  /* of the handler */
	atomic_int pieces; /* asked of streams */
	atomic_int ended_whole;
	atomic_int ended_early;
	struct http_call *waiting; /* by hand only */
	bool ready;
	struct error error;
};

/* ---- the handler ---- */

struct stream {
	struct world *world;
	int left;
};

static void end_stream(void *opaque, bool whole)
{
	struct stream *stream = opaque;

	atomic_fetch_add(whole ? &stream->world->ended_whole : &stream->world->ended_early, 1);
	mem_free(stream);
}

static void begin_stream(struct world *world, struct http_call *call, int pieces)
{
	struct stream *stream = mem_zalloc(1, sizeof(*stream));

	stream->world = world;
	stream->left = pieces;
	call->state = stream;
	call->ended = end_stream;
}

static enum http_more count_down(struct http_call *call, struct buf *out)
{
	struct stream *stream = call->state;

	atomic_fetch_add(&stream->world->pieces, 1);
	buf_printf(out, "{\"left\":%d}\n", stream->left);
	return --stream->left > 0 ? HTTP_MORE : HTTP_END;
}

static enum http_more flood(struct http_call *call, struct buf *out)
{
	struct stream *stream = call->state;

	atomic_fetch_add(&stream->world->pieces, 1);
	memset(buf_reserve(out, 100000), 'x', 100000);
	out->len += 100000;
	return HTTP_MORE;
}

static enum http_more cut(struct http_call *call, struct buf *out)
{
	(void)call;
	buf_puts(out, "half");
	return HTTP_CUT;
}

/* Says a line each time it is woken. */
static enum http_more line_or_wait(struct http_call *call, struct buf *out)
{
	struct stream *stream = call->state;
	struct world *world = stream->world;

	world->waiting = call;
	if (!world->ready)
		return HTTP_WAIT;
	world->ready = false;
	buf_puts(out, "line\n");
	return --stream->left > 0 ? HTTP_MORE : HTTP_END;
}

#define TEN(x) x x x x x x x x x x
#define LONG TEN(TEN("v"))
#define XS TEN(TEN("x")) TEN(TEN("x"))

static void answer(void *context, struct http_call *call, struct http_reply *reply)
{
	struct world *world = context;

	atomic_fetch_add(&world->calls, 1);
	if (str_is(call->path, "/later")) {
		if (call->state == NULL)
			begin_stream(world, call, 0);
		world->waiting = call;
		if (!world->ready)
			return;
	}
	reply->status = 200;
	if (str_is(call->path, "/count")) {
		begin_stream(world, call, 1000);
		http_reply_header(reply, "Content-Type", "application/x-ndjson");
		buf_puts(&reply->body, "{\"first\":true}\n");
		reply->more = count_down;
	} else if (str_is(call->path, "/flood")) {
		begin_stream(world, call, 0);
		reply->more = flood;
	} else if (str_is(call->path, "/cut")) {
		reply->more = cut;
	} else if (str_is(call->path, "/lines")) {
		begin_stream(world, call, 3);
		reply->more = line_or_wait;
	} else if (str_is(call->path, "/bad-header")) {
		http_reply_header(reply, "X-Bad", "a\r\nSet-Cookie: b");
	} else if (str_is(call->path, "/exact")) {
		reply->exact = true;
		http_reply_header(reply, "X-Own", call->query);
		if (str_is(call->query, "bad"))
			http_reply_header(reply, "X-Bad", "a\r\nb");
	} else if (str_is(call->path, "/long-headers")) {
		char text[] = "X-0";

		/* As many as the query has characters. */
		for (const char *c = call->query; *c != '\0'; c++)
			http_reply_header(reply, text, LONG);
	} else {
		http_reply_header(reply, "X-Path", call->path);
		http_reply_header(reply, "X-Query", call->query);
		http_reply_header(reply, "X-Twice", "1");
		http_reply_header(reply, "X-Twice", "2");
		buf_printf(&reply->body, "%s %zu:%s", call->method, call->body_len, call->body);
	}
}

static size_t admit(void *context, struct http_call *call, struct http_reply *reply)
{
	const char *key = http_call_header(call, "x-key");

	(void)context;
	if (str_is(call->path, "/locked") && !str_equal(key, "open"))
		http_reply_refuse(reply, 401, "the key is missing");
	return str_is(call->path, "/large") ? (size_t)64 << 20 : LIMIT;
}

/* ---- set-up ---- */

static int set_up_by_hand(void **state)
{
	struct world *world = mem_zalloc(1, sizeof(*world));
	struct http_server_options options = {
		.name = "the test", .admit = admit, .answer = answer, .context = world};

	world->server = http_server_new(&options, &world->error);
	*state = world;
	return world->server != NULL ? 0 : -1;
}

static int set_up(void **state)
{
	struct world *world;

	if (set_up_by_hand(state) != 0)
		return -1;
	world = *state;
	world->thread = http_thread_start(world->server, &world->error);
	return world->thread != NULL ? 0 : -1;
}

static int tear_down(void **state)
{
	struct world *world = *state;

	http_thread_stop(world->thread);
	http_server_free(world->server);
	mem_free(world);
	return 0;
}

/* ---- a client of few words ---- */

static int dial(const struct world *world)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)http_server_port(world->server)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	struct timeval patience = {.tv_sec = 20};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_true(fd >= 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

static void say(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t sent = send(fd, bytes, len, MSG_NOSIGNAL);

		assert_true(sent > 0);
		bytes += sent;
		len -= (size_t)sent;
	}
}

/* Reads until the text has come, or to the end of the connection when `until` is NULL. */
static void hear(int fd, struct buf *heard, const char *until)
{
	while (until == NULL || strstr(buf_cstr(heard), until) == NULL) {
		ssize_t got = recv(fd, buf_reserve(heard, 4096), 4096, 0);

		if (got == 0 && until == NULL)
			return;
		if (got <= 0)
			fail_msg("nothing more came after `%s`", buf_cstr(heard));
		heard->len += (size_t)got;
	}
}

/* One request on a connection of its own. `head` is what comes before the usual lines. */
static int ask(struct world *world, const char *head, const char *body, struct buf *answer)
{
	struct buf request = {0};
	int fd = dial(world);
	int status = 0;

	buf_printf(&request, "%s\r\nConnection: close\r\n", head);
	if (strstr(head, "Host:") == NULL)
		buf_printf(&request, "Host: 127.0.0.1:%d\r\n", http_server_port(world->server));
	if (body != NULL)
		buf_printf(&request, "Content-Length: %zu\r\n", strlen(body));
	buf_printf(&request, "\r\n%s", body != NULL ? body : "");
	say(fd, request.ptr, request.len);
	buf_clear(answer);
	hear(fd, answer, NULL);
	close(fd);
	buf_dispose(&request);
	if (str_starts(buf_cstr(answer), "HTTP/1.1 "))
		status = (int)strtol(answer->ptr + 9, NULL, 10);
	return status;
}

static bool says(const struct buf *answer, const char *text)
{
	return strstr(answer->ptr, text) != NULL;
}

/* Waits for what the server's thread does; it may never, then the test fails. */
static void wait_for(const atomic_int *number, int value)
{
	for (int i = 0; i < 20000 && atomic_load(number) != value; i++)
		usleep(1000);
	assert_int_equal(atomic_load(number), value);
}

/* ---- tests ---- */

static void test_plain_answers(void **state)
{
	struct world *world = *state;
	struct buf answer = {0};

	assert_int_equal(ask(world, "PUT /a%2Fb/%zz?q=%20&r HTTP/1.1", "hello", &answer), 200);
	assert_true(says(&answer, "PUT 5:hello"));
	assert_true(says(&answer, "X-Path: /a%2Fb/%zz\r\n"));
	assert_true(says(&answer, "X-Query: q=%20&r\r\n"));
	assert_true(says(&answer, "X-Twice: 1\r\n") && says(&answer, "X-Twice: 2\r\n"));
	assert_true(says(&answer, "Content-Type: application/json\r\n"));
	assert_true(says(&answer, "Cache-Control: no-store\r\n"));
	assert_true(says(&answer, "X-Content-Type-Options: nosniff\r\n"));
	assert_int_equal(ask(world, "GET /exact?a HTTP/1.1", NULL, &answer), 200);
	assert_true(says(&answer, "X-Own: a\r\n"));
	assert_false(says(&answer, "Content-Type") || says(&answer, "Cache-Control") ||
		     says(&answer, "X-Content-Type-Options"));
	assert_int_equal(ask(world, "GET /exact?bad HTTP/1.1", NULL, &answer), 500);
	assert_true(says(&answer, "Content-Type: application/json\r\n"));
	assert_int_equal(ask(world, "HEAD /a HTTP/1.1", NULL, &answer), 200);
	assert_true(says(&answer, "Content-Length: 7\r\n"));
	assert_false(says(&answer, "HEAD 0:"));
	assert_int_equal(ask(world, "GET /bad-header HTTP/1.1", NULL, &answer), 500);
	assert_false(says(&answer, "Set-Cookie"));
	/* However long they are, there is an answer. */
	for (size_t count = 1; count <= 200; count++) {
		char line[240];
		int fits = (sizeof("X-0") + sizeof(LONG)) * count <= 1 << 14;

		snprintf(line, sizeof(line), "GET /long-headers?%.*s HTTP/1.1", (int)count, XS);
		assert_int_equal(ask(world, line, NULL, &answer), fits ? 200 : 500);
	}
	buf_dispose(&answer);
}

static void test_host_and_origin(void **state)
{
	struct world *world = *state;
	int port = http_server_port(world->server);
	static const struct {
		const char *lines; /* %d: the port */
		int status;
	} rows[] = {
		{"Host: 127.0.0.1:%d", 200},
		{"Host: localhost:%d", 200},
		{"Host: LocalHost:%d", 200},
		{"Host: 127.0.0.1", 403},
		{"Host: localhost", 403},
		{"Host: attacker.example:%d", 403},
		{"Host: 127.0.0.1.attacker.example:%d", 403},
		{"Host: localhost:%d@attacker.example", 403},
		{"Host: [::1]:%d", 200},
		{"Host: 127.0.0.1:%d\r\nHost: attacker.example", 403},
		{"Host: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d", 200},
		{"Host: 127.0.0.1:%d\r\nOrigin: http://localhost:%d", 200},
		{"Host: 127.0.0.1:%d\r\nOrigin: https://127.0.0.1:%d", 403},
		{"Host: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:1", 403},
		{"Host: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1", 403},
		{"Host: 127.0.0.1:%d\r\nOrigin: https://attacker.example", 403},
		{"Host: 127.0.0.1:%d\r\nOrigin: null", 403},
		{"Host: 127.0.0.1:%d\r\nOrigin:", 403},
		{"Host: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\nOrigin: null", 403},
	};
	struct buf answer = {0};
	struct buf head = {0};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		int before = atomic_load(&world->calls);
		int status;

		buf_clear(&head);
		buf_puts(&head, "POST /x HTTP/1.1\r\n");
		for (const char *at = rows[i].lines; *at != '\0'; at++) {
			if (at[0] == '%' && at[1] == 'd') {
				buf_printf(&head, "%d", port);
				at++;
			} else {
				buf_putc(&head, *at);
			}
		}
		status = ask(world, buf_cstr(&head), "body", &answer);
		if (status != rows[i].status)
			fail_msg("`%s`: %d", rows[i].lines, status);
		/* The handler never sees what is refused. */
		assert_int_equal(atomic_load(&world->calls) - before, status == 200 ? 1 : 0);
		if (status == 403)
			assert_true(says(&answer, "{\"message\":"));
	}
	/* HTTP/1.0 may come without a Host; we have nothing to check then. */
	int fd = dial(world);
	say(fd, "GET /x HTTP/1.0\r\n\r\n", strlen("GET /x HTTP/1.0\r\n\r\n"));
	buf_clear(&answer);
	hear(fd, &answer, NULL);
	assert_true(says(&answer, " 403 "));
	close(fd);
	buf_dispose(&head);
	buf_dispose(&answer);
}

static void test_body_limits(void **state)
{
	struct world *world = *state;
	struct buf answer = {0};
	size_t large = (size_t)8 << 20;
	char *body = mem_alloc(large + 1);

	memset(body, 'b', large);
	body[LIMIT] = '\0';
	assert_int_equal(ask(world, "POST /x HTTP/1.1", body, &answer), 200);
	assert_true(says(&answer, "POST 1000:b"));
	body[LIMIT] = 'b';
	body[LIMIT + 1] = '\0';
	assert_int_equal(ask(world, "POST /x HTTP/1.1", body, &answer), 413);
	body[LIMIT + 1] = 'b';
	body[large] = '\0';
	/* Sent to the end, the answer is seen all the same. */
	assert_int_equal(ask(world, "POST /x HTTP/1.1", body, &answer), 413);
	assert_int_equal(ask(world, "POST /locked HTTP/1.1", body, &answer), 401);
	assert_int_equal(ask(world, "POST /locked HTTP/1.1\r\nX-Key: open", "b", &answer), 200);
	assert_int_equal(ask(world, "POST /large HTTP/1.1", body, &answer), 200);
	assert_true(says(&answer, "POST 8388608:bbb"));
	mem_free(body);
	buf_dispose(&answer);
}

static void test_a_chunked_body_is_limited_too(void **state)
{
	struct world *world = *state;
	struct buf answer = {0};
	struct buf request = {0};
	int fd = dial(world);

	buf_printf(&request,
		   "POST /x HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n"
		   "Transfer-Encoding: chunked\r\n\r\n",
		   http_server_port(world->server));
	for (int i = 0; i < 11; i++)
		buf_printf(&request, "64\r\n%0100d\r\n", i);
	buf_puts(&request, "0\r\n\r\n");
	say(fd, request.ptr, request.len);
	hear(fd, &answer, NULL);
	assert_true(says(&answer, " 413 "));
	close(fd);
	buf_dispose(&request);
	buf_dispose(&answer);
}

static void test_a_stream_in_pieces(void **state)
{
	struct world *world = *state;
	struct buf answer = {0};

	assert_int_equal(ask(world, "GET /count HTTP/1.1", NULL, &answer), 200);
	assert_true(says(&answer, "Transfer-Encoding: chunked"));
	assert_true(says(&answer, "Content-Type: application/x-ndjson\r\n"));
	assert_false(says(&answer, "application/json"));
	assert_true(says(&answer, "{\"first\":true}\n"));
	assert_true(says(&answer, "{\"left\":1000}\n") && says(&answer, "{\"left\":1}\n"));
	assert_true(says(&answer, "\r\n0\r\n\r\n"));
	wait_for(&world->ended_whole, 1);
	assert_int_equal(atomic_load(&world->pieces), 1000);
	/* Nothing is asked of a stream whose body is not sent. */
	assert_int_equal(ask(world, "HEAD /count HTTP/1.1", NULL, &answer), 200);
	wait_for(&world->ended_whole, 2);
	assert_int_equal(atomic_load(&world->pieces), 1000);
	buf_dispose(&answer);
}

static void test_a_stream_that_is_cut(void **state)
{
	struct world *world = *state;
	struct buf answer = {0};

	ask(world, "GET /cut HTTP/1.1", NULL, &answer);
	assert_true(says(&answer, "half"));
	assert_false(says(&answer, "\r\n0\r\n"));
	buf_dispose(&answer);
}

static void request_on(int fd, struct world *world, const char *path)
{
	char request[200];

	snprintf(request, sizeof(request), "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", path,
		 http_server_port(world->server));
	say(fd, request, strlen(request));
}

/* A client that takes nothing is given no more than the sockets hold; when it goes, the stream is
 * told. */
static void test_a_client_that_stops_reading_and_goes(void **state)
{
	struct world *world = *state;
	struct buf answer = {0};
	int fd = dial(world);
	int before;

	request_on(fd, world, "/flood");
	hear(fd, &answer, "xxx");
	do {
		before = atomic_load(&world->pieces);
		usleep(100000);
	} while (atomic_load(&world->pieces) != before);
	assert_true(before < 1000);
	close(fd);
	wait_for(&world->ended_early, 1);
	buf_dispose(&answer);
}

static void *many_requests(void *opaque)
{
	struct world *world = opaque;
	struct buf heard = {0};
	size_t good = 0;
	int fd = dial(world);

	/* All on one connection, one after the other. */
	for (int i = 0; i < 50; i++) {
		buf_clear(&heard);
		request_on(fd, world, i % 2 == 0 ? "/count" : "/x");
		hear(fd, &heard, i % 2 == 0 ? "\r\n0\r\n\r\n" : "GET 0:");
		good += says(&heard, " 200 OK");
	}
	close(fd);
	buf_dispose(&heard);
	return (void *)good;
}

static void test_many_clients(void **state)
{
	enum { CLIENTS = 40 };
	struct world *world = *state;
	pthread_t ids[CLIENTS];

	for (int i = 0; i < CLIENTS; i++)
		assert_int_equal(pthread_create(&ids[i], NULL, many_requests, world), 0);
	for (int i = 0; i < CLIENTS; i++) {
		void *good;

		pthread_join(ids[i], &good);
		assert_int_equal((size_t)good, 50);
	}
	wait_for(&world->ended_whole, CLIENTS * 25);
}

/* Connections that say nothing fill the room: who asks is let in, and who waits stays. */
static void test_silent_clients(void **state)
{
	enum { CLIENTS = 400 };
	struct world *world = *state;
	struct buf answer = {0};
	int waits = dial(world), half = dial(world);
	int fds[CLIENTS];
	int closed = 0;

	request_on(waits, world, "/count");
	hear(waits, &answer, "\r\n0\r\n\r\n");
	for (int i = 0; i < CLIENTS; i++) {
		fds[i] = dial(world);
		/* Some begin and do not end. */
		if (i % 3 == 0)
			say(fds[i], "GET /x HT", 9);
	}
	for (int i = 0; i < 3; i++)
		assert_int_equal(ask(world, "GET /x HTTP/1.1", NULL, &answer), 200);
	for (int i = 0; i < CLIENTS; i++) {
		char byte;

		closed += recv(fds[i], &byte, 1, MSG_DONTWAIT) == 0;
		close(fds[i]);
	}
	assert_true(closed > CLIENTS / 4 && closed < CLIENTS);
	close(half);
	close(waits);
	buf_dispose(&answer);
}

static void test_ports(void **state)
{
	struct world *world = *state;
	struct http_server_options options = {.port = http_server_port(world->server),
					      .name = "the test",
					      .admit = admit,
					      .answer = answer,
					      .context = world};
	char name[40];

	assert_null(http_server_new(&options, &world->error));
	assert_int_equal(world->error.kind, ERROR_SYSTEM);
	snprintf(name, sizeof(name), "the test cannot use port %d", options.port);
	assert_string_equal(world->error.message, name);
	options.port = -1;
	assert_null(http_server_new(&options, &world->error));
	assert_int_equal(world->error.kind, ERROR_USAGE);
}

/* ---- driven by hand: the server does nothing on its own ---- */

/* Runs the server until the text has come. */
static void run_until(struct world *world, int fd, struct buf *heard, const char *text)
{
	for (int i = 0; i < 10000; i++) {
		struct pollfd fds[] = {
			{.fd = http_server_fd(world->server), .events = POLLIN},
			{.fd = fd, .events = POLLIN},
		};

		http_server_run(world->server);
		if (strstr(buf_cstr(heard), text) != NULL)
			return;
		poll(fds, ARRAY_LEN(fds), http_server_timeout(world->server));
		if (fds[1].revents != 0) {
			ssize_t got = recv(fd, buf_reserve(heard, 4096), 4096, 0);

			assert_true(got > 0);
			heard->len += (size_t)got;
		}
	}
	fail_msg("`%s` did not come", text);
}

/* Runs it while there is something to do within 100 ms; true when nothing is left. */
static bool comes_to_rest(struct world *world)
{
	for (int i = 0; i < 1000; i++) {
		struct pollfd one = {.fd = http_server_fd(world->server), .events = POLLIN};

		http_server_run(world->server);
		if (poll(&one, 1, 100) == 0 && one.fd >= 0)
			return true;
		if (one.fd < 0 && i > 20)
			return true;
	}
	return false;
}

static void test_a_stream_that_waits(void **state)
{
	struct world *world = *state;
	struct buf heard = {0};
	int fd = dial(world);

	request_on(fd, world, "/lines");
	run_until(world, fd, &heard, "\r\n\r\n");
	/* While it waits there is nothing to do: no loop is busy with it. */
	assert_true(comes_to_rest(world));
	for (int i = 0; i < 3; i++) {
		buf_clear(&heard);
		assert_non_null(world->waiting);
		world->ready = true;
		http_server_wake(world->waiting);
		http_server_wake(world->waiting); /* twice is once */
		run_until(world, fd, &heard, "line\n");
	}
	run_until(world, fd, &heard, "0\r\n\r\n");
	assert_int_equal(atomic_load(&world->ended_whole), 1);
	/* The connection is still good. */
	buf_clear(&heard);
	request_on(fd, world, "/x");
	run_until(world, fd, &heard, "GET 0:");
	close(fd);
	buf_dispose(&heard);
}

static void test_an_answer_that_comes_later(void **state)
{
	struct world *world = *state;
	struct buf heard = {0};
	int fd = dial(world);
	int other = dial(world);

	request_on(fd, world, "/later");
	while (world->waiting == NULL)
		comes_to_rest(world);
	/* Others are served meanwhile. */
	request_on(other, world, "/x");
	run_until(world, other, &heard, "GET 0:");
	assert_int_equal(atomic_load(&world->calls), 2);
	buf_clear(&heard);
	world->ready = true;
	http_server_wake(world->waiting);
	run_until(world, fd, &heard, "GET 0:");
	assert_int_equal(atomic_load(&world->calls), 3);
	assert_int_equal(atomic_load(&world->ended_whole), 1);
	close(fd);
	close(other);
	buf_dispose(&heard);
}

/* Clients that go while their call waits are noticed without a wake, and nobody else is hurt. */
static void test_clients_that_go_while_they_wait(void **state)
{
	static const char *const paths[] = {"/lines", "/later"};
	struct world *world = *state;
	struct buf heard = {0};
	int stays = dial(world);

	request_on(stays, world, "/lines");
	run_until(world, stays, &heard, "\r\n\r\n");
	struct http_call *staying = world->waiting;
	for (int i = 0; i < 6; i++) {
		int fd = dial(world);

		world->waiting = NULL;
		request_on(fd, world, paths[i % 2]);
		while (world->waiting == NULL)
			comes_to_rest(world);
		close(fd);
		assert_true(comes_to_rest(world));
		assert_int_equal(atomic_load(&world->ended_early), i + 1);
	}
	buf_clear(&heard);
	world->ready = true;
	http_server_wake(staying);
	run_until(world, stays, &heard, "line\n");
	close(stays);
	buf_dispose(&heard);
}

/* Calls that wait when the server ends are told so. */
static void test_the_end_while_calls_wait(void **state)
{
	struct world *world = *state;
	struct buf heard = {0};
	int lines = dial(world);
	int later = dial(world);

	request_on(lines, world, "/lines");
	run_until(world, lines, &heard, "\r\n\r\n");
	world->waiting = NULL;
	request_on(later, world, "/later");
	while (world->waiting == NULL)
		comes_to_rest(world);
	http_server_free(world->server);
	world->server = NULL;
	assert_int_equal(atomic_load(&world->ended_early), 2);
	buf_clear(&heard);
	hear(later, &heard, NULL);
	assert_int_equal(heard.len, 0);
	close(lines);
	close(later);
	buf_dispose(&heard);
}

/* ---- on the event loop of this thread ---- */

struct errand {
	struct world *world;
	atomic_bool done;
	size_t good;
};

static void *run_errand(void *opaque)
{
	struct errand *errand = opaque;

	errand->good = (size_t)many_requests(errand->world);
	atomic_store(&errand->done, true);
	return NULL;
}

/* Other things of the loop go on beside the server, and an idle server keeps no loop busy. */
static void test_on_a_loop_with_other_things(void **state)
{
	struct world *world = *state;
	struct loop *loop = loop_open(&world->error);
	struct http_attached attached = {0};
	struct loop_timer timer = {0};
	struct errand errand = {.world = world};
	struct buf heard = {0};
	pthread_t id;
	int turns = 0;
	int times = 0;

	assert_int_equal(http_attach(&attached, world->server, loop, &world->error), 0);
	loop_timer_attach(&timer, loop);
	loop_timer_start(&timer, 1);
	assert_int_equal(pthread_create(&id, NULL, run_errand, &errand), 0);
	while (!atomic_load(&errand.done)) {
		loop_turn(loop);
		http_attached_serve(&attached);
		if (timer.over) {
			times++;
			loop_timer_start(&timer, 1);
		}
	}
	pthread_join(id, NULL);
	assert_int_equal(errand.good, 50);
	assert_true(times > 0);

	/* A stream that waits for something of the loop: here three times the timer. */
	int whole = atomic_load(&world->ended_whole);
	int fd = dial(world);
	request_on(fd, world, "/lines");
	world->waiting = NULL;
	loop_timer_start(&timer, 100);
	for (int lines = 0; lines < 3; turns++) {
		loop_turn(loop);
		if (timer.over && world->waiting != NULL) {
			world->ready = true;
			http_server_wake(world->waiting);
			lines++;
			loop_timer_start(&timer, 100);
		}
		http_attached_serve(&attached);
	}
	while (atomic_load(&world->ended_whole) == whole) {
		loop_turn(loop);
		http_attached_serve(&attached);
	}
	hear(fd, &heard, "0\r\n\r\n");
	/* 300 ms of a loop that does not wait are tens of thousands of turns. */
	if (turns > 200 && http_server_fd(world->server) >= 0)
		fail_msg("%d turns", turns);
	close(fd);
	buf_dispose(&heard);
	loop_timer_detach(&timer);
	http_detach(&attached);
	loop_close(loop);
}

#define DRIVEN(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
#define BY_HAND(name) cmocka_unit_test_setup_teardown(name, set_up_by_hand, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		DRIVEN(test_plain_answers),
		DRIVEN(test_host_and_origin),
		DRIVEN(test_body_limits),
		DRIVEN(test_a_chunked_body_is_limited_too),
		DRIVEN(test_a_stream_in_pieces),
		DRIVEN(test_a_stream_that_is_cut),
		DRIVEN(test_a_client_that_stops_reading_and_goes),
		DRIVEN(test_many_clients),
		DRIVEN(test_silent_clients),
		DRIVEN(test_ports),
		BY_HAND(test_a_stream_that_waits),
		BY_HAND(test_an_answer_that_comes_later),
		BY_HAND(test_clients_that_go_while_they_wait),
		BY_HAND(test_the_end_while_calls_wait),
		BY_HAND(test_on_a_loop_with_other_things),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
