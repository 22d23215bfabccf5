/* http: what is sent, what is believed, what is tried again; against a server that misbehaves in
 * every way we know. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/mem.h"
#include "http/http.h"
#include "tests/unit/canned.h"

#define SECRET "sgn4ture"
#define OK_REPLY "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"

static void count_notice(void *context, const char *text)
{
	assert_null(strstr(text, SECRET));
	++*(unsigned *)context;
}

static struct http_client *quick_client(unsigned *notices)
{
	struct error error;
	struct http_client *client = http_client_new(1, &error);
	struct http_retry retry = {3, 1, 2, notices != NULL ? count_notice : NULL, notices};

	assert_non_null(client);
	http_client_set_retry(client, &retry);
	return client;
}

static const char *url_of(const struct canned *server, char url[200])
{
	snprintf(url, 200, "http://127.0.0.1:%d/path/" SECRET "?sig=" SECRET, server->port);
	return url;
}

/* Sends one request to a server with these replies; gives http_send's result. */
static int exchange(const struct canned_reply *replies, size_t count, bool retry,
		    struct http_response *response, size_t *served, unsigned *notices,
		    struct error *error)
{
	struct canned server;
	struct http_client *client = quick_client(notices);
	char url[200];
	struct http_request request = {.method = "GET", .retry = retry};
	int result;

	canned_start(&server, replies, count);
	request.url = url_of(&server, url);
	memset(error, 0, sizeof(*error));
	result = http_send(client, &request, response, error);
	*served = atomic_load(&server.served);
	canned_stop(&server);
	http_client_free(client);
	assert_null(strstr(error->message, SECRET));
	assert_null(strstr(error->why, SECRET));
	assert_null(strstr(error->fix, SECRET));
	return result;
}

static void test_request_as_sent(void **state)
{
	static const char *const headers[] = {"X-One: 1", "Content-Type: text/javascript", NULL};
	static const struct canned_reply reply = {.bytes = OK_REPLY};
	struct canned server;
	struct http_client *client = quick_client(NULL);
	struct http_response response;
	struct error error;
	char url[200];
	char *big = mem_zalloc(1, 3000000);

	(void)state;
	memset(big, 'b', 3000000);
	canned_start(&server, &reply, 1);
	struct http_request request = {.method = "PUT",
				       .url = url_of(&server, url),
				       .headers = headers,
				       .body = big,
				       .body_len = 3000000};
	assert_int_equal(http_send(client, &request, &response, &error), 0);
	assert_int_equal(response.status, 200);
	assert_string_equal(buf_cstr(&response.body), "hi");
	http_response_dispose(&response);
	const char *sent = buf_cstr(&server.requests[0]);
	assert_ptr_equal(strstr(sent, "PUT /path/" SECRET "?sig=" SECRET " HTTP/1.1\r\n"), sent);
	assert_non_null(strstr(sent, "\r\nX-One: 1\r\n"));
	assert_non_null(strstr(sent, "\r\nContent-Type: text/javascript\r\n"));
	assert_non_null(strstr(sent, "\r\nContent-Length: 3000000\r\n"));
	assert_non_null(strstr(sent, "\r\nUser-Agent: attio/" ATTIO_VERSION "\r\n"));
	assert_null(strstr(sent, "Expect"));
	assert_int_equal(strlen(strstr(sent, "\r\n\r\n") + 4), 3000000);
	canned_stop(&server);
	http_client_free(client);
	mem_free(big);
}

static void test_get_and_empty_post(void **state)
{
	static const struct canned_reply reply = {.bytes = "HTTP/1.1 204 No Content\r\n\r\n"};
	struct canned server;
	struct http_client *client = quick_client(NULL);
	struct http_response response;
	struct error error;
	char url[200];

	(void)state;
	canned_start(&server, &reply, 1);
	struct http_request request = {.method = "GET", .url = url_of(&server, url)};
	assert_int_equal(http_send(client, &request, &response, &error), 0);
	assert_int_equal(response.status, 204);
	assert_int_equal(response.body.len, 0);
	http_response_dispose(&response);
	assert_null(strstr(buf_cstr(&server.requests[0]), "Content-Length"));
	request.method = "POST";
	assert_int_equal(http_send(client, &request, &response, &error), 0);
	http_response_dispose(&response);
	assert_non_null(strstr(buf_cstr(&server.requests[1]), "POST /path"));
	assert_non_null(strstr(buf_cstr(&server.requests[1]), "Content-Length: 0\r\n"));
	canned_stop(&server);
	http_client_free(client);
}

static void test_bad_answers(void **state)
{
	static const struct {
		struct canned_reply reply;
		enum error_kind kind;
		const char *says;
	} rows[] = {
		{{.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort"},
		 ERROR_NETWORK,
		 "in the middle"},
		{{.bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"},
		 ERROR_NETWORK,
		 ""},
		{{.bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab"},
		 ERROR_NETWORK,
		 ""},
		{{.bytes = ""}, ERROR_NETWORK, "in the middle"},
		{{.bytes = "HTTP/1.1 200 OK\r\n"}, ERROR_NETWORK, "in the middle"},
		{{.bytes = "HTTP/1.1 204 No Content\r\nX-A: b\r\nX-"},
		 ERROR_NETWORK,
		 "in the middle"},
		{{.bytes = "220 mail.example ESMTP\r\n"}, ERROR_SERVICE, "HTTP"},
		{{.bytes = "HTTP/1.1 200 OK\r\n\r\n", .flood = HTTP_BODY_LIMIT + 1},
		 ERROR_SERVICE,
		 "limit"},
		{{.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n",
		  .flood = HTTP_BODY_LIMIT + 1},
		 ERROR_SERVICE,
		 "limit"},
		{{.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab", .hang = true},
		 ERROR_NETWORK,
		 "within 1 s"},
		{{.bytes = "", .hang = true}, ERROR_NETWORK, "within 1 s"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct http_response response;
		struct error error;
		size_t served;

		assert_int_equal(
			exchange(&rows[i].reply, 1, false, &response, &served, NULL, &error), -1);
		assert_int_equal(error.kind, rows[i].kind);
		assert_non_null(strstr(error.message, rows[i].says));
		assert_non_null(strstr(error.message, "`127.0.0.1:"));
		assert_null(response.body.ptr);
		assert_int_equal(served, 1);
	}
}

/* Many lines, and one long one. */
static void test_endless_headers(void **state)
{
	static const struct {
		int lines, words;
	} rows[] = {{30000, 1}, {1, 200000}};

	(void)state;
	for (size_t row = 0; row < ARRAY_LEN(rows); row++) {
		struct buf head = {0};
		struct canned_reply reply;
		struct http_response response;
		struct error error;
		size_t served;

		buf_puts(&head, "HTTP/1.1 200 OK\r\n");
		for (int i = 0; i < rows[row].lines; i++) {
			buf_printf(&head, "X-Number-%d:", i);
			for (int word = 0; word < rows[row].words; word++)
				buf_puts(&head, " filling");
			buf_puts(&head, "\r\n");
		}
		buf_puts(&head, "\r\nhi");
		reply = (struct canned_reply){.bytes = buf_cstr(&head)};
		assert_int_equal(exchange(&reply, 1, false, &response, &served, NULL, &error), -1);
		assert_int_equal(error.kind, ERROR_SERVICE);
		assert_non_null(strstr(error.message, "over the limit"));
		buf_dispose(&head);
	}
}

static void test_body_at_the_limit(void **state)
{
	static const struct canned_reply reply = {.bytes = "HTTP/1.1 200 OK\r\n\r\n",
						  .flood = HTTP_BODY_LIMIT};
	struct http_response response;
	struct error error;
	size_t served;

	(void)state;
	assert_int_equal(exchange(&reply, 1, false, &response, &served, NULL, &error), 0);
	assert_int_equal(response.body.len, HTTP_BODY_LIMIT);
	http_response_dispose(&response);
}

static void test_redirect_is_an_answer(void **state)
{
	static const struct canned_reply replies[] = {
		{.bytes =
			 "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"},
		{.bytes = OK_REPLY},
	};
	struct http_response response;
	struct error error;
	size_t served;

	(void)state;
	assert_int_equal(exchange(replies, 2, true, &response, &served, NULL, &error), 0);
	assert_int_equal(response.status, 302);
	assert_int_equal(served, 1);
	http_response_dispose(&response);
}

static void test_tries_again(void **state)
{
	static const struct canned_reply replies[] = {
		{.bytes = "HTTP/1.1 503 No\r\nRetry-After: 0\r\nContent-Length: 1\r\n\r\nA"},
		{.bytes = ""},
		{.bytes = OK_REPLY},
	};
	static const struct canned_reply always[] = {
		{.bytes = "HTTP/1.1 429 No\r\nContent-Length: 4\r\n\r\nslow"},
	};
	static const struct canned_reply refusal[] = {
		{.bytes = "HTTP/1.1 404 No\r\nContent-Length: 1\r\n\r\nx"},
	};
	struct http_response response;
	struct error error;
	size_t served;
	unsigned notices = 0;

	(void)state;
	assert_int_equal(exchange(replies, 3, true, &response, &served, &notices, &error), 0);
	assert_int_equal(response.status, 200);
	assert_string_equal(buf_cstr(&response.body), "hi");
	assert_int_equal(served, 3);
	assert_int_equal(notices, 2);
	http_response_dispose(&response);

	assert_int_equal(exchange(always, 1, true, &response, &served, NULL, &error), 0);
	assert_int_equal(response.status, 429);
	assert_string_equal(buf_cstr(&response.body), "slow");
	assert_int_equal(served, 3);
	http_response_dispose(&response);

	assert_int_equal(exchange(replies, 1, false, &response, &served, NULL, &error), 0);
	assert_int_equal(response.status, 503);
	assert_int_equal(served, 1);
	http_response_dispose(&response);

	assert_int_equal(exchange(refusal, 1, true, &response, &served, NULL, &error), 0);
	assert_int_equal(served, 1);
	http_response_dispose(&response);
}

/* What a server has not begun with may be sent again, whatever it is; what asks for more time than
 * there is ends at once, with the time in the answer. */
static void test_what_is_repeated(void **state)
{
	static const struct {
		const char *reply;
		bool retry;
		size_t served;
		long retry_after;
	} rows[] = {
		{"HTTP/1.1 429 No\r\nContent-Length: 0\r\n\r\n", false, 3, 0},
		{"HTTP/1.1 429 No\r\nRetry-After: 90\r\nContent-Length: 0\r\n\r\n", true, 1, 90},
		{"HTTP/1.1 503 No\r\nDate: Sun, 29 Nov 2026 10:00:00 GMT\r\nRetry-After: Sun, 29 "
		 "Nov "
		 "2026 10:01:10 GMT\r\nContent-Length: 0\r\n\r\n",
		 true, 1, 70},
		{"HTTP/1.1 503 No\r\nDate: Sun, 29 Nov 2026 10:00:00 GMT\r\nRetry-After: Sun, 29 "
		 "Nov "
		 "2026 09:00:00 GMT\r\nContent-Length: 0\r\n\r\n",
		 true, 3, 0},
		{"HTTP/1.1 503 No\r\nRetry-After: soon\r\nContent-Length: 0\r\n\r\n", true, 3, 0},
		{"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n", false, 1, 0},
		{"HTTP/1.1 408 No\r\nContent-Length: 0\r\n\r\n", false, 1, 0},
		{"HTTP/1.1 408 No\r\nContent-Length: 0\r\n\r\n", true, 3, 0},
		{"HTTP/1.1 501 No\r\nContent-Length: 0\r\n\r\n", true, 1, 0},
		{"HTTP/1.1 400 No\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n", true, 1, 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct canned_reply reply = {.bytes = rows[i].reply};
		struct http_response response;
		struct error error;
		size_t served;

		assert_int_equal(
			exchange(&reply, 1, rows[i].retry, &response, &served, NULL, &error), 0);
		assert_int_equal(served, rows[i].served);
		assert_int_equal(response.retry_after, rows[i].retry_after);
		http_response_dispose(&response);
	}
}

static void test_retry_after(void **state)
{
	static const char noon[] = "Sun, 29 Nov 2026 12:00:00 GMT";
	static const struct {
		const char *value, *date;
		long seconds;
	} rows[] = {
		{"0", NULL, 0},
		{"7", NULL, 7},
		{"99999999999999999999999", NULL, 86400},
		{"-3", NULL, 0},
		{"1.5", NULL, 0},
		{"", NULL, 0},
		{"Sun, 29 Nov 2026 12:00:05 GMT", NULL, 15}, /* by our clock, which is late */
		{"Sun, 29 Nov 2026 12:00:05 GMT", noon, 5},
		{"Sunday, 29-Nov-26 12:00:05 GMT", noon, 5},
		{"Sun Nov 29 12:00:05 2026", noon, 5},
		{"Sun, 29 Nov 2026 11:59:00 GMT", noon, 0},
		{"Sun, 29 Nov 2036 12:00:05 GMT", noon, 86400},
		{"Sun, 29 Nov 2026 12:00:05 GMT", "yesterday", 15},
		{"tomorrow", noon, 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_int_equal(http_retry_after(rows[i].value, rows[i].date, 1795953590),
				 rows[i].seconds);
}

struct looker {
	unsigned looks;
	size_t sent;
};

static bool stop_soon(void *context)
{
	struct looker *looker = context;

	return ++looker->looks > 2;
}

static void note_sent(void *context, size_t bytes)
{
	struct looker *looker = context;

	looker->sent = bytes;
}

static void test_somebody_looks_on(void **state)
{
	static const struct canned_reply hangs = {.bytes = "", .hang = true};
	struct looker looker = {0};
	const struct http_watch watch = {stop_soon, note_sent, &looker};
	char body[5000];
	char url[200];
	struct canned server;
	struct http_client *client = quick_client(NULL);
	struct http_request request = {
		.method = "PUT", .url = url, .body = body, .body_len = sizeof(body), .retry = true};
	struct http_response response;
	struct error error;

	(void)state;
	memset(body, 'b', sizeof(body));
	canned_start(&server, &hangs, 1);
	url_of(&server, url);
	http_client_set_watch(client, &watch);
	assert_int_equal(http_send(client, &request, &response, &error), -1);
	assert_int_equal(error.kind, ERROR_NETWORK);
	assert_string_equal(error.message, "the request was stopped");
	assert_int_equal(looker.looks, 3);
	assert_int_equal(looker.sent, sizeof(body));
	canned_stop(&server);
	http_client_free(client);
}

/* A port that was free a moment ago. */
static int closed_port(void)
{
	static const struct canned_reply reply = {.bytes = ""};
	struct canned server;

	canned_start(&server, &reply, 1);
	canned_stop(&server);
	return server.port;
}

static void test_nothing_listens(void **state)
{
	struct http_client *client;
	struct http_response response;
	struct error error;
	unsigned notices = 0;
	char url[200];

	(void)state;
	client = quick_client(&notices);
	snprintf(url, sizeof(url), "http://127.0.0.1:%d/?" SECRET, closed_port());
	struct http_request request = {.method = "GET", .url = url, .retry = true};
	assert_int_equal(http_send(client, &request, &response, &error), -1);
	assert_int_equal(error.kind, ERROR_NETWORK);
	assert_non_null(strstr(error.message, "cannot be reached"));
	assert_null(strstr(error.why, SECRET));
	assert_int_equal(notices, 2);
	http_client_free(client);
}

static void test_send_all(void **state)
{
	static const struct canned_reply replies[] = {
		{.bytes = OK_REPLY},
		{.bytes = "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"},
		{.bytes = OK_REPLY},
	};
	struct canned server;
	struct http_client *client = quick_client(NULL);
	struct http_request requests[3];
	struct http_response responses[3];
	struct error error;
	char url[200];
	char closed[200];

	(void)state;
	canned_start(&server, replies, 3);
	url_of(&server, url);
	for (size_t i = 0; i < 3; i++)
		requests[i] = (struct http_request){
			.method = "PUT", .url = url, .body = "body", .body_len = 4, .retry = true};
	assert_int_equal(http_send_all(client, requests, responses, 3, &error), 0);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(responses[i].status, 200);
		http_response_dispose(&responses[i]);
	}
	assert_int_equal(atomic_load(&server.served), 4);

	snprintf(closed, sizeof(closed), "http://127.0.0.1:%d/", closed_port());
	requests[1].url = closed;
	assert_int_equal(http_send_all(client, requests, responses, 3, &error), -1);
	assert_int_equal(error.kind, ERROR_NETWORK);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(responses[i].status, 0);
		assert_null(responses[i].body.ptr);
	}
	canned_stop(&server);
	http_client_free(client);
}

static void test_refused_requests(void **state)
{
	static const char *const broken[] = {"X: a\r\nY: " SECRET, NULL};
	static const struct {
		const char *url;
		const char *const *headers;
		enum error_kind kind;
	} rows[] = {
		{"http://127.0.0.1:1/", broken, ERROR_INTERNAL},
		{"file:///etc/passwd", NULL, ERROR_USAGE},
		{"ftp://127.0.0.1/x", NULL, ERROR_USAGE},
		{"not a url " SECRET, NULL, ERROR_USAGE},
		{"", NULL, ERROR_USAGE},
	};
	struct http_client *client = quick_client(NULL);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct http_request request = {
			.method = "GET", .url = rows[i].url, .headers = rows[i].headers};
		struct http_response response;
		struct error error;

		assert_int_equal(http_send(client, &request, &response, &error), -1);
		assert_int_equal(error.kind, rows[i].kind);
		assert_null(strstr(error.message, SECRET));
	}
	http_client_free(client);
}

static void test_no_proxy_to_this_machine(void **state)
{
	static const struct canned_reply reply = {.bytes = OK_REPLY};
	struct http_response response;
	struct error error;
	size_t served;
	char proxy[64];

	(void)state;
	snprintf(proxy, sizeof(proxy), "http://127.0.0.1:%d", closed_port());
	setenv("http_proxy", proxy, 1);
	setenv("ALL_PROXY", proxy, 1);
	assert_int_equal(exchange(&reply, 1, false, &response, &served, NULL, &error), 0);
	http_response_dispose(&response);
	unsetenv("http_proxy");
	unsetenv("ALL_PROXY");
}

static void test_pause(void **state)
{
	struct http_retry retry = {.tries = 9, .base_ms = 200, .max_ms = 5000};

	(void)state;
	for (unsigned chance = 0; chance < 5000; chance += 7) {
		assert_in_range(http_retry_pause(&retry, 2, 0, chance), 100, 200);
		assert_in_range(http_retry_pause(&retry, 3, 0, chance), 200, 400);
		assert_in_range(http_retry_pause(&retry, 9, 0, chance), 2500, 5000);
	}
	assert_int_equal(http_retry_pause(&retry, 2, 3, 1), 3000);
	assert_int_equal(http_retry_pause(&retry, 2, 86400, 1), 86400000);
	assert_int_equal(http_retry_pause(&retry, 9, 1, 2500), 2500);
	assert_int_equal(http_retry_pause(&retry, 4000000000U, 0, 0), 5000);
}

static void test_urls(void **state)
{
	static const struct {
		const char *url;
		const char *host; /* NULL: refused */
		bool secure, loopback, plain;
	} rows[] = {
		{"https://build.attio.com/api", "build.attio.com", true, false, true},
		{"https://build.attio.com:443/api", "build.attio.com", true, false, true},
		{"http://127.0.0.1:8080/api", "127.0.0.1:8080", false, true, true},
		{"http://127.1/", "127.0.0.1", false, true, true},
		{"http://LOCALHOST:1", "LOCALHOST:1", false, true, true},
		{"http://[::1]:5/", "[::1]:5", false, true, true},
		{"http://127.0.0.1.example.com/", "127.0.0.1.example.com", false, false, true},
		{"http://localhost.example.com/", "localhost.example.com", false, false, true},
		{"http://127.0.0.1@example.com/", "example.com", false, false, false},
		{"https://user:pass@example.com/", "example.com", true, false, false},
		{"https://example.com/?a=b", "example.com", true, false, false},
		{"https://example.com/#x", "example.com", true, false, false},
		{"example.com", NULL, false, false, false},
		{"gopher://example.com/", NULL, false, false, false},
		{"https://", NULL, false, false, false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct http_url url;
		struct error error;
		int result = http_url_parse(rows[i].url, &url, &error);

		assert_int_equal(result, rows[i].host != NULL ? 0 : -1);
		if (result != 0)
			continue;
		assert_string_equal(url.host, rows[i].host);
		assert_int_equal(url.secure, rows[i].secure);
		assert_int_equal(url.loopback, rows[i].loopback);
		assert_int_equal(url.plain, rows[i].plain);
	}
}

static void test_encoding(void **state)
{
	struct buf out = {0};

	(void)state;
	http_put_encoded(&out, "@scope/my app\xc3\xa9?#%&", "@/");
	assert_string_equal(buf_cstr(&out), "@scope/my%20app%C3%A9%3F%23%25%26");
	buf_clear(&out);
	/* As a browser sends it: what may stand in an address stays, signatures above all. */
	http_put_url(&out, "https://a.example/b c/\xc3\xa9\n?s=%2b+/~!*'();:@,$|{}^`\"<>#x");
	assert_string_equal(buf_cstr(&out), "https://a.example/b%20c/%C3%A9?s=%2b+/~!*'();:@,$|{}^`"
					    "%22%3C%3E#x");
	buf_dispose(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_request_as_sent),
		cmocka_unit_test(test_get_and_empty_post),
		cmocka_unit_test(test_bad_answers),
		cmocka_unit_test(test_endless_headers),
		cmocka_unit_test(test_body_at_the_limit),
		cmocka_unit_test(test_redirect_is_an_answer),
		cmocka_unit_test(test_tries_again),
		cmocka_unit_test(test_what_is_repeated),
		cmocka_unit_test(test_retry_after),
		cmocka_unit_test(test_somebody_looks_on),
		cmocka_unit_test(test_nothing_listens),
		cmocka_unit_test(test_send_all),
		cmocka_unit_test(test_refused_requests),
		cmocka_unit_test(test_no_proxy_to_this_machine),
		cmocka_unit_test(test_pause),
		cmocka_unit_test(test_urls),
		cmocka_unit_test(test_encoding),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
