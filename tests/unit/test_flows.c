/* The flow log over a real store: nodes with their causes, notes, secrets, log lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/error.h"
#include "local/clock.h"
#include "local/run/flows.h"
#include "local/sql.h"
#include "local/store.h"

static const struct json_slice nothing = {0};

struct box {
	char folder[32];
	struct local_store *store;
	struct clock clock;
	struct flows *flows;
	struct buf events;
};

static void on_event(void *context, const char *json, size_t len)
{
	struct box *box = context;

	buf_add(&box->events, json, len);
	buf_putc(&box->events, '\n');
}

static int set_up(void **state)
{
	struct box *box = calloc(1, sizeof(*box));
	struct error error = {0};

	strcpy(box->folder, "/tmp/attio-flows.XXXXXX");
	assert_non_null(mkdtemp(box->folder));
	box->store = local_store_open_in(box->folder, box->folder, &error);
	assert_non_null(box->store);
	box->flows = flows_new(box->store, &box->clock, NULL, on_event, box);
	*state = box;
	return 0;
}

static int tear_down(void **state)
{
	struct box *box = *state;
	static const char *const endings[] = {"", "-wal", "-shm"};

	flows_free(box->flows);
	local_store_close(box->store);
	for (size_t i = 0; i < 3; i++) {
		char path[80];

		snprintf(path, sizeof(path), "%s/platform.db%s", box->folder, endings[i]);
		unlink(path);
	}
	rmdir(box->folder);
	buf_dispose(&box->events);
	free(box);
	return 0;
}

static void has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("`%s` is not in `%s`", part, text);
}

static void a_tree(void **state)
{
	struct box *box = *state;
	struct error error = {0};
	struct buf out = {0};
	long long root = flow_begin(box->flows, 0, "action", "go", "{\"a\":1}", 7);
	long long server = flow_begin(box->flows, root, "server", "x.server", "[]", 2);
	long long fetch = flow_begin(box->flows, server, "fetch", "POST https://a.test/", NULL, 0);

	flow_note(box->flows, fetch, "answer-unseen", "nobody looked");
	flow_end(box->flows, fetch, json_slice_of("{\"status\":400}", 14), NULL);
	flow_end(box->flows, server, nothing, "it threw");
	flow_note(box->flows, server, "late", "after its end");
	flow_end(box->flows, root, nothing, NULL);
	flow_end(box->flows, root, nothing, "twice is once");
	assert_int_equal(flow_of(box->flows, fetch), root);
	assert_int_equal(flow_of(box->flows, 999), 0);
	assert_int_equal(flows_last(box->flows), root);
	assert_int_equal(flows_show(box->flows, root, &out, &error), 0);
	has(buf_cstr(&out), "\"kind\":\"action\",\"name\":\"go\",\"cause\":null");
	has(buf_cstr(&out), "\"input\":{\"a\":1}");
	has(buf_cstr(&out), "\"output\":{\"status\":400}");
	has(buf_cstr(&out), "\"error\":\"it threw\"");
	has(buf_cstr(&out), "\"text\":\"nobody looked\"");
	has(buf_cstr(&out), "\"text\":\"after its end\"");
	assert_null(strstr(buf_cstr(&out), "twice"));
	buf_clear(&out);
	assert_int_equal(flows_show(box->flows, fetch, &out, &error), -1);
	assert_int_equal(error.kind, ERROR_NOT_FOUND);
	buf_clear(&out);
	assert_int_equal(flows_list(box->flows, 10, &out, &error), 0);
	has(buf_cstr(&out), "\"nodes\":3");
	buf_dispose(&out);
	has(buf_cstr(&box->events), "\"event\":\"flow\"");
	has(buf_cstr(&box->events), "\"event\":\"node\"");
}

/* Neither the store's file nor an event holds it. */
static void secrets(void **state)
{
	struct box *box = *state;
	static const char input[] = "{\"token\":\"sesame-0pen\",\"more\":\"sesame-0pen\"}";
	struct error error = {0};
	struct buf out = {0};
	long long node;

	flow_secret(box->flows, "sesame-0pen", "CAVE");
	node = flow_begin(box->flows, 0, "fetch", "GET https://a.test/?k=sesame-0pen", input,
			  strlen(input));
	flow_log(box->flows, node, "server", "info", "it is sesame-0pen");
	flow_note(box->flows, node, "code", "sesame-0pen");
	flow_end(box->flows, node, json_slice_of(input, strlen(input)), "bad sesame-0pen");
	assert_int_equal(flows_show(box->flows, node, &out, &error), 0);
	assert_int_equal(flows_logs(box->flows, 0, NULL, 10, &out, &error), 0);
	assert_null(strstr(buf_cstr(&out), "sesame"));
	assert_null(strstr(buf_cstr(&box->events), "sesame"));
	has(buf_cstr(&out), "it is {CAVE}");
	buf_dispose(&out);
}

static void long_texts_are_cut(void **state)
{
	struct box *box = *state;
	size_t len = (size_t)1 << 20;
	char *text = malloc(len + 1);
	struct error error = {0};
	struct buf out = {0};
	long long node;

	memset(text, 'x', len);
	text[0] = text[len - 1] = '"';
	text[len] = '\0';
	node = flow_begin(box->flows, 0, "kv", "kv.set", text, len);
	flow_end(box->flows, node, nothing, NULL);
	assert_int_equal(flows_show(box->flows, node, &out, &error), 0);
	has(buf_cstr(&out), "\"bytes\":1048576}");
	assert_true(out.len < len / 2);
	buf_dispose(&out);
	free(text);
}

static void log_lines(void **state)
{
	struct box *box = *state;
	struct error error = {0};
	struct buf out = {0};

	for (int i = 0; i < 5; i++)
		flow_log(box->flows, 0, "client", i % 2 != 0 ? "error" : "info", "a line");
	assert_int_equal(flows_logs(box->flows, 1, "error", 10, &out, &error), 0);
	has(buf_cstr(&out), "{\"id\":2,");
	has(buf_cstr(&out), "{\"id\":4,");
	has(buf_cstr(&out), "\"next\":4}");
	assert_null(strstr(buf_cstr(&out), "\"id\":3"));
	buf_dispose(&out);
}

static void requests(void **state)
{
	struct box *box = *state;
	struct error error = {0};
	struct buf out = {0};
	struct flow_request request = {.kind = "fetch",
				       .method = "POST",
				       .url = "https://x.test/?key=sesame-0pen",
				       .began = clock_ns(&clock_machine)};
	struct request_filter filter = {.limit = 10, .to = 999};

	flow_secret(box->flows, "sesame-0pen", "CAVE");
	request.node = flow_begin(box->flows, 0, "fetch", "x", NULL, 0);
	for (int status = 200; status <= 500; status += 100) {
		request.status = status;
		flow_request(box->flows, &request);
	}
	request = (struct flow_request){
		.kind = "rest", .method = "GET", .url = "/", .error = "no sesame-0pen"};
	flow_request(box->flows, &request);
	assert_int_equal(flows_requests(box->flows, &filter, &out, &error), 0);
	has(buf_cstr(&out), "\"url\":\"https://x.test/?key={CAVE}\",\"status\":200,");
	has(buf_cstr(&out), "\"flow\":null,\"node\":null,\"kind\":\"rest\",\"method\":\"GET\","
			    "\"url\":\"/\",\"status\":null,");
	has(buf_cstr(&out), "\"next\":5}");
	assert_null(strstr(buf_cstr(&out), "sesame"));
	buf_clear(&out);
	filter = (struct request_filter){
		.limit = 1, .kind = "fetch", .since = 1, .from = 300, .to = 499};
	assert_int_equal(flows_requests(box->flows, &filter, &out, &error), 0);
	has(buf_cstr(&out), "\"status\":400,");
	assert_null(strstr(buf_cstr(&out), "\"status\":300,"));
	assert_null(strstr(buf_cstr(&out), "\"status\":500,"));
	buf_clear(&out);
	filter = (struct request_filter){.limit = 10};
	assert_int_equal(flows_requests(box->flows, &filter, &out, &error), 0);
	has(buf_cstr(&out), "no {CAVE}");
	assert_null(strstr(buf_cstr(&out), "fetch"));
	buf_dispose(&out);
}

/* What waits for a change of the store is not woken by the log of its own waking. */
static void own_rows_do_not_count(void **state)
{
	struct box *box = *state;
	struct error error = {0};
	long long before = flows_changes(box->flows);

	for (int i = 0; i < 3; i++) {
		long long node = flow_begin(box->flows, 0, "kv", "kv.get", NULL, 0);

		flow_log(box->flows, node, "server", "info", "a line");
		flows_write(box->flows);
		flow_end(box->flows, node, nothing, NULL);
		flow_note(box->flows, node, "code", "a note");
		flows_write(box->flows);
		assert_int_equal(flows_changes(box->flows), before);
	}
	assert_int_equal(sql_run(box->store,
				 "INSERT INTO settings (key, value, written_at) VALUES ('a', '1', "
				 "'')",
				 &error),
			 0);
	/* The row, and the journal's. */
	assert_int_equal(flows_changes(box->flows), before + 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_tree, set_up, tear_down),
		cmocka_unit_test_setup_teardown(secrets, set_up, tear_down),
		cmocka_unit_test_setup_teardown(long_texts_are_cut, set_up, tear_down),
		cmocka_unit_test_setup_teardown(log_lines, set_up, tear_down),
		cmocka_unit_test_setup_teardown(own_rows_do_not_count, set_up, tear_down),
		cmocka_unit_test_setup_teardown(requests, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
