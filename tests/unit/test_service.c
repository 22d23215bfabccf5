/* The esbuild child: with the real program, and with one that fails in every way we could think of.
 * Run from the top of the source tree. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "bundle/service.h"
#include "bundle/wire.h"
#include "sys/fs.h"
#include "sys/install.h"
#include "sys/loop.h"

#define FAKE "tests/fake/esbuild.sh"
/* Long enough for a shell script on a busy machine. */
#define SHORT_MS 1500u

struct seen {
	struct service *service;
	struct arena *arena;
	int replies;
	int asked;
	char *code;
	size_t code_len;
	bool kill;
};

static struct loop *loop;

static struct service *begin_and_wait(const struct service_options *options, struct error *error)
{
	struct service_options whole = *options;
	struct service *service;

	whole.loop = loop;
	service = service_begin(&whole, error);

	if (service == NULL || service_ready(service, error) == 0)
		return service;
	service_stop(service);
	return NULL;
}

/* No child of ours may be left, running or dead. */
static void assert_no_children(void)
{
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static void ignore_request(uint32_t id, const struct wire_value *request, void *payload)
{
	(void)id;
	(void)request;
	(void)payload;
	fail_msg("no request of the child's is expected");
}

static struct service *start_fake(const char *mode, struct error *error)
{
	struct service_options options = {
		.path = FAKE, .silence_ms = SHORT_MS, .handler = ignore_request};

	setenv("FAKE_ESBUILD", mode, 1);
	return begin_and_wait(&options, error);
}

static struct service *start_real(struct arena *arena, struct seen *seen, service_handler handler)
{
	struct service_options options = {.handler = handler, .payload = seen};
	struct error error = {0};
	struct service *service;
	char *path;

	if (install_esbuild(arena, NULL, &path, &error))
		fail_msg("the real esbuild is needed: %s (%s)", error.message, error.why);
	options.path = path;
	service = begin_and_wait(&options, &error);
	if (!service)
		fail_msg("%s: %s", error.message, error.why);
	return service;
}

static void test_cannot_start(void **state)
{
	static const struct {
		const char *path, *why;
	} rows[] = {
		{"/nowhere/esbuild", "does not exist"},
		{"/etc/passwd/esbuild", "does not exist"},
		{"/tmp", "not an executable file"},
		{"tests/unit/test_service.c", "not an executable file"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct service_options options = {.path = rows[i].path, .handler = ignore_request};
		struct error error = {0};

		assert_null(begin_and_wait(&options, &error));
		assert_int_equal(error.kind, ERROR_TOOL);
		assert_string_equal(error.message, "esbuild cannot be started");
		if (!strstr(error.why, rows[i].why))
			fail_msg("%s: %s", rows[i].path, error.why);
		assert_true(strlen(error.fix) > 0);
	}
	assert_no_children();
}

/* Failures before the first request. */
static void test_bad_start(void **state)
{
	static const struct {
		const char *mode, *message, *why;
	} rows[] = {
		{"exit", "esbuild stopped before it was ready", "exit code 3: cannot do anything"},
		{"quiet-exit", "esbuild stopped before it was ready", "exit code 0"},
		{"never-ready", "esbuild does not answer", "nothing came from it for 1.5 s"},
		{"closed", "esbuild stopped before it was ready", "closed its output"},
		{"other-tool", "esbuild stopped before it was ready", "exit code 1: usage: other"},
		{"old", "this esbuild is too old", "version 0.19.12"},
		{"lies", "esbuild gave an answer that cannot be understood", "version"},
		{"text", "esbuild gave an answer that cannot be understood", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct error error = {0};
		assert_null(start_fake(rows[i].mode, &error));
		assert_int_equal(error.kind, ERROR_TOOL);
		if (strcmp(error.message, rows[i].message) != 0 || !strstr(error.why, rows[i].why))
			fail_msg("%s: %s: %s", rows[i].mode, error.message, error.why);
		if (!*error.fix)
			fail_msg("%s: no fix", rows[i].mode);
		assert_no_children();
	}
}

static void no_reply(const struct wire_value *reply, void *payload)
{
	(void)reply;
	(void)payload;
	fail_msg("no reply is expected");
}

/* Failures after a request was sent. */
static void test_bad_answer(void **state)
{
	static const struct {
		const char *mode, *message, *why;
	} rows[] = {
		{"silence", "esbuild does not answer", "nothing came from it for 1.5 s"},
		{"garbage", "esbuild gave an answer that cannot be understood", "damaged"},
		{"huge", "esbuild gave an answer that cannot be understood", "damaged"},
		{"unasked", "esbuild gave an answer that cannot be understood", "not asked"},
		{"cut", "esbuild stopped in the middle of its work", "exit code 0"},
		{"panic", "esbuild stopped in the middle of its work",
		 "exit code 2: panic: something broke"},
		{"noise", "esbuild stopped in the middle of its work",
		 "exit code 9: the last word"},
		{"kill", "esbuild stopped in the middle of its work", "killed by SIGKILL"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena *arena = arena_new();
		struct wire_value request = wire_map();
		struct error error = {0};
		struct service *service = start_fake(rows[i].mode, &error);

		if (!service)
			fail_msg("%s: %s: %s", rows[i].mode, error.message, error.why);
		wire_put(arena, &request, "command", wire_string("transform"));
		service_request(service, &request, no_reply, NULL);
		assert_int_equal(service_run(service, &error), -1);
		assert_int_equal(error.kind, ERROR_TOOL);
		if (strcmp(error.message, rows[i].message) != 0 || !strstr(error.why, rows[i].why))
			fail_msg("%s: %s: %s", rows[i].mode, error.message, error.why);
		service_stop(service);
		assert_no_children();
		arena_free(arena);
	}
}

/* The pinned version is tried first; any other is asked for. */
static void test_other_version(void **state)
{
	struct error error = {0};
	struct service *service = start_fake("newer", &error);

	(void)state;
	if (!service)
		fail_msg("%s: %s", error.message, error.why);
	assert_string_equal(service_version(service), "0.31.4");
	service_stop(service);
	assert_no_children();
}

static void test_one_start(void **state)
{
	char log[] = "/tmp/attio-test-service-XXXXXX";
	struct arena *arena = arena_new();
	struct error error = {0};
	struct service *service;
	char *text;
	size_t len;
	int fd = mkstemp(log);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	setenv("FAKE_LOG", log, 1);
	service = start_fake("silence", &error);
	assert_non_null(service);
	service_stop(service);
	unsetenv("FAKE_LOG");
	assert_int_equal(fs_read(arena, log, 4096, &text, &len, &error), 0);
	assert_string_equal(text, "--service=0.27.7\n");
	unlink(log);
	arena_free(arena);
	assert_no_children();
}

/* A child that ignores everything but SIGKILL. */
static void test_stubborn(void **state)
{
	struct error error = {0};
	struct service *service = start_fake("stubborn", &error);
	int pid;

	(void)state;
	assert_non_null(service);
	pid = service_pid(service);
	service_stop(service);
	assert_int_equal(kill(pid, 0), -1);
	assert_no_children();
}

static void take_code(const struct wire_value *reply, void *payload)
{
	struct seen *seen = payload;
	const struct wire_value *code = wire_get(reply, "code");

	seen->replies++;
	seen->code = wire_copy(seen->arena, code);
	seen->code_len = code ? code->text.len : 0;
	/* It may be gone when the second answer is read; 0 would be our own group. */
	if (seen->kill && service_pid(seen->service) > 0)
		kill(service_pid(seen->service), SIGKILL);
}

static void request_transform(struct seen *seen, const char *input, size_t len)
{
	struct wire_value request = wire_map(), flags = wire_array();

	wire_push(seen->arena, &flags, wire_string("--minify"));
	wire_put(seen->arena, &request, "command", wire_string("transform"));
	wire_put(seen->arena, &request, "flags", flags);
	wire_put(seen->arena, &request, "input", wire_bytes(input, len));
	wire_put(seen->arena, &request, "inputFS", wire_bool(false));
	service_request(seen->service, &request, take_code, seen);
}

static void test_transform(void **state)
{
	struct seen seen = {.arena = arena_new()};
	struct error error = {0};

	(void)state;
	seen.service = start_real(seen.arena, &seen, ignore_request);
	assert_string_equal(service_version(seen.service), "0.27.7");
	request_transform(&seen, "let  a = 1 ;", 12);
	assert_int_equal(service_run(seen.service, &error), 0);
	assert_int_equal(seen.replies, 1);
	assert_string_equal(seen.code, "let a=1;\n");
	/* Many at once, answered in any order. */
	for (int i = 0; i < 100; i++)
		request_transform(&seen, "x  =  2", 7);
	assert_int_equal(service_run(seen.service, &error), 0);
	assert_int_equal(seen.replies, 101);
	service_stop(seen.service);
	assert_no_children();
	arena_free(seen.arena);
}

/* More than any pipe holds, both ways at the same time. */
static void test_large(void **state)
{
	enum { SIZE = 8 << 20, COUNT = 8 };
	struct seen seen = {.arena = arena_new()};
	struct error error = {0};
	char *input = mem_alloc(SIZE);

	(void)state;
	memset(input, 'x', SIZE);
	input[0] = '"';
	input[SIZE - 1] = '"';
	seen.service = start_real(seen.arena, &seen, ignore_request);
	for (int i = 0; i < COUNT; i++)
		request_transform(&seen, input, SIZE);
	if (service_run(seen.service, &error))
		fail_msg("%s: %s", error.message, error.why);
	assert_int_equal(seen.replies, COUNT);
	assert_true(seen.code_len >= SIZE);
	service_stop(seen.service);
	assert_no_children();
	mem_free(input);
	arena_free(seen.arena);
}

static void test_killed(void **state)
{
	struct seen seen = {.arena = arena_new(), .kill = true};
	struct error error = {0};

	(void)state;
	seen.service = start_real(seen.arena, &seen, ignore_request);
	request_transform(&seen, "a", 1);
	request_transform(&seen, "b", 1);
	/* Both answers may have been in the pipe already; a third one never is. */
	service_run(seen.service, &error);
	request_transform(&seen, "c", 1);
	assert_int_equal(service_run(seen.service, &error), -1);
	assert_int_equal(error.kind, ERROR_TOOL);
	assert_non_null(strstr(error.why, "SIGKILL"));
	service_stop(seen.service);
	assert_no_children();
	arena_free(seen.arena);
}

/* Our hooks are asked, and what we answer is what gets bundled. */
static void answer_hook(uint32_t id, const struct wire_value *request, void *payload)
{
	struct seen *seen = payload;
	struct wire_value answer = wire_map();

	if (wire_text_is(wire_get(request, "command"), "on-resolve")) {
		seen->asked++;
		wire_put(seen->arena, &answer, "id", wire_int(1));
		wire_put(seen->arena, &answer, "path", wire_string("made-up"));
		wire_put(seen->arena, &answer, "namespace", wire_string("test"));
	} else if (wire_text_is(wire_get(request, "command"), "on-load")) {
		seen->asked++;
		wire_put(seen->arena, &answer, "id", wire_int(2));
		wire_put(seen->arena, &answer, "contents", wire_bytes("console.log(42)", 15));
		wire_put(seen->arena, &answer, "loader", wire_string("js"));
	} else {
		wire_put(seen->arena, &answer, "errors", wire_array());
		wire_put(seen->arena, &answer, "warnings", wire_array());
	}
	service_answer(seen->service, id, &answer);
}

static void take_build(const struct wire_value *reply, void *payload)
{
	struct seen *seen = payload;
	const struct wire_value *files = wire_get(reply, "outputFiles");

	seen->replies++;
	if (files && files->count == 1)
		seen->code = wire_copy(seen->arena, wire_get(&files->items[0], "contents"));
}

static struct wire_value hook(struct arena *arena, uint32_t id, const char *filter,
			      const char *name_space)
{
	struct wire_value list = wire_array(), item = wire_map();

	wire_put(arena, &item, "id", wire_int(id));
	wire_put(arena, &item, "filter", wire_string(filter));
	wire_put(arena, &item, "namespace", wire_string(name_space));
	wire_push(arena, &list, item);
	return list;
}

static void test_hooks(void **state)
{
	struct seen seen = {.arena = arena_new()};
	struct arena *arena = seen.arena;
	struct wire_value request = wire_map(), flags = wire_array(), plugins = wire_array();
	struct wire_value plugin = wire_map();
	struct error error = {0};

	(void)state;
	seen.service = start_real(arena, &seen, answer_hook);
	wire_push(arena, &flags, wire_string("--bundle"));
	wire_put(arena, &plugin, "name", wire_string("test"));
	wire_put(arena, &plugin, "onStart", wire_bool(false));
	wire_put(arena, &plugin, "onEnd", wire_bool(false));
	wire_put(arena, &plugin, "onResolve", hook(arena, 1, "^made-up$", ""));
	wire_put(arena, &plugin, "onLoad", hook(arena, 2, ".", "test"));
	wire_push(arena, &plugins, plugin);
	wire_put(arena, &request, "command", wire_string("build"));
	wire_put(arena, &request, "key", wire_int(0));
	wire_put(arena, &request, "entries", wire_array());
	wire_put(arena, &request, "flags", flags);
	wire_put(arena, &request, "write", wire_bool(false));
	wire_put(arena, &request, "stdinContents", wire_bytes("import 'made-up'", 16));
	wire_put(arena, &request, "stdinResolveDir", wire_string("/"));
	wire_put(arena, &request, "absWorkingDir", wire_string("/"));
	wire_put(arena, &request, "nodePaths", wire_array());
	wire_put(arena, &request, "context", wire_bool(false));
	wire_put(arena, &request, "plugins", plugins);
	service_request(seen.service, &request, take_build, &seen);
	if (service_run(seen.service, &error))
		fail_msg("%s: %s", error.message, error.why);
	assert_int_equal(seen.replies, 1);
	assert_int_equal(seen.asked, 2);
	assert_non_null(seen.code);
	assert_non_null(strstr(seen.code, "console.log(42)"));
	service_stop(seen.service);
	assert_no_children();
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cannot_start), cmocka_unit_test(test_bad_start),
		cmocka_unit_test(test_bad_answer),   cmocka_unit_test(test_other_version),
		cmocka_unit_test(test_one_start),    cmocka_unit_test(test_stubborn),
		cmocka_unit_test(test_transform),    cmocka_unit_test(test_large),
		cmocka_unit_test(test_killed),       cmocka_unit_test(test_hooks),
	};
	struct error error;
	int failed;

	signal(SIGPIPE, SIG_IGN);
	alarm(300); /* what waits for ever fails */
	loop = loop_open(&error);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	loop_close(loop);
	return failed;
}
