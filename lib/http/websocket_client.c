/* The handle stays within its multi handle: libcurl closes a connection that it was only asked to
 * make when the handle leaves. */
#include "http/websocket_client.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "http/transfer.h"
#include "http/websocket_greeting.h"
#include "sys/moment.h"
#include "sys/room.h"

#define STEP_MS 100 /* between two questions whether to stop */
#define PIECE ((size_t)16 << 10)
#define DESCRIPTORS 12u

struct websocket_client {
	struct websocket_client_options options;
	struct http_request request;
	struct transfer transfer; /* for its errors */
	CURLM *multi;
	curl_socket_t socket;
	struct websocket *end;
	struct buf head; /* of the answer, and what came with it */
};

static bool is_stopped(const struct websocket_client *client)
{
	return client->options.stop != NULL && client->options.stop(client->options.context);
}

static int stopped(struct error *error)
{
	return error_set(error, ERROR_NETWORK, "the connection was given up");
}

/* --- connecting --------------------------------------------------------------------------------
 */

static int prepare(struct websocket_client *client, const struct http_client *http,
		   struct error *error)
{
	struct transfer *transfer = &client->transfer;
	struct buf url = {0};
	CURL *easy;
	int result;

	/* libcurl without WebSockets does not know the scheme. */
	if (strncmp(client->options.url, "ws", 2) != 0)
		return error_set(error, ERROR_USAGE, "only ws and wss addresses can be used");
	buf_puts(&url, "http");
	buf_puts(&url, client->options.url + 2);
	result = http_url_parse(buf_cstr(&url), &transfer->url, error);
	client->multi = curl_multi_init();
	transfer->easy = easy = curl_easy_init();
	if (result == 0 && (easy == NULL || client->multi == NULL))
		result = error_set(error, ERROR_SYSTEM, "there is not enough memory");
	if (result == 0) {
		curl_easy_setopt(easy, CURLOPT_URL, buf_cstr(&url));
		curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
		curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
		curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, client->options.timeout);
		transfer_secure(transfer, http);
	}
	buf_dispose(&url);
	return result;
}

static int connect_to(struct websocket_client *client, struct error *error)
{
	struct transfer *transfer = &client->transfer;
	int running = 1;
	int left;

	if (curl_multi_add_handle(client->multi, transfer->easy) != CURLM_OK)
		return error_set(error, ERROR_INTERNAL, "libcurl takes no connection");
	transfer->attached = true;
	while (running > 0) {
		if (is_stopped(client))
			return stopped(error);
		curl_multi_perform(client->multi, &running);
		if (running > 0)
			curl_multi_poll(client->multi, NULL, 0, STEP_MS, NULL);
	}
	transfer->code = CURLE_OK;
	for (CURLMsg *message; (message = curl_multi_info_read(client->multi, &left)) != NULL;)
		if (message->msg == CURLMSG_DONE)
			transfer->code = message->data.result;
	if (transfer->code != CURLE_OK)
		return transfer_error(transfer, client->options.timeout, error);
	if (curl_easy_getinfo(transfer->easy, CURLINFO_ACTIVESOCKET, &client->socket) != CURLE_OK ||
	    client->socket == CURL_SOCKET_BAD)
		return error_set(error, ERROR_INTERNAL, "libcurl has no connection");
	return 0;
}

/* --- bytes -------------------------------------------------------------------------------------
 */

static int broken(struct websocket_client *client, CURLcode code, struct error *error)
{
	client->transfer.code = code;
	return transfer_error(&client->transfer, client->options.timeout, error);
}

static int send_some(struct websocket_client *client, struct buf *bytes, struct error *error)
{
	while (bytes->len > 0) {
		size_t sent = 0;
		CURLcode code =
			curl_easy_send(client->transfer.easy, bytes->ptr, bytes->len, &sent);

		if (code == CURLE_AGAIN)
			return 0;
		if (code != CURLE_OK)
			return broken(client, code, error);
		buf_drop(bytes, sent);
	}
	return 0;
}

/* Waits until the socket can be read, or written where that is wanted. */
static void wait_for(const struct websocket_client *client, bool write, int ms)
{
	struct pollfd file = {.fd = client->socket,
			      .events = (short)(POLLIN | (write ? POLLOUT : 0))};

	poll(&file, 1, ms);
}

/* 1: some came; 0: there is nothing now; -1: the end, or a failure. */
static int receive(struct websocket_client *client, char *piece, size_t *len, struct error *error)
{
	CURLcode code = curl_easy_recv(client->transfer.easy, piece, PIECE, len);

	if (code == CURLE_AGAIN)
		return 0;
	if (code != CURLE_OK)
		return broken(client, code, error);
	return *len > 0 ? 1 : broken(client, CURLE_RECV_ERROR, error);
}

/* --- the greeting ------------------------------------------------------------------------------
 */

/* What follows the host in the address. */
static void put_target(struct buf *out, const char *url)
{
	const char *target = strstr(url, "://") + 3;

	target += strcspn(target, "/?#");
	if (*target != '/')
		buf_putc(out, '/');
	buf_add(out, target, strcspn(target, "#"));
}

static int read_some(struct websocket_client *client, struct buf *output, long long until,
		     struct error *error)
{
	char piece[PIECE];
	size_t len = 0;
	int got;

	if (is_stopped(client))
		return stopped(error);
	if (moment_ms() >= until)
		return broken(client, CURLE_OPERATION_TIMEDOUT, error);
	if (send_some(client, output, error) != 0)
		return -1;
	got = receive(client, piece, &len, error);
	if (got > 0)
		buf_add(&client->head, piece, len);
	else if (got == 0)
		wait_for(client, output->len > 0, STEP_MS);
	return got;
}

/* As much of it as comes at once. */
static void keep_refusal(struct websocket_client *client, const struct websocket_answer *answer,
			 struct http_response *response)
{
	struct error ignored;
	struct buf nothing = {0};
	size_t len = answer->body_len < WEBSOCKET_HEAD_LIMIT ? answer->body_len : 0;
	long long until = moment_ms() + 1000;

	while (client->head.len - answer->head_len < len &&
	       read_some(client, &nothing, until, &ignored) >= 0)
		;
	response->status = answer->status;
	buf_add(&response->body, client->head.ptr + answer->head_len,
		client->head.len - answer->head_len);
}

/* 0: it took us; 1: it answered with something else. */
static int greet(struct websocket_client *client, struct http_response *response,
		 struct error *error)
{
	long long until = moment_ms() + client->options.timeout * 1000;
	struct websocket_answer answer;
	struct buf request = {0}, target = {0};
	char key[WEBSOCKET_KEY_SIZE];
	int result, found = 0;

	result = websocket_key(key, error);
	put_target(&target, client->options.url);
	if (result == 0)
		websocket_greeting_put(&request, client->transfer.url.host, buf_cstr(&target), key);
	while (result >= 0 && found == 0) {
		result = read_some(client, &request, until, error);
		if (result > 0)
			found = websocket_answer_read(client->head.ptr, client->head.len, key,
						      &answer);
	}
	buf_dispose(&request);
	buf_dispose(&target);
	if (result < 0)
		return -1;
	if (found < 0 || (answer.status == 101 && !answer.accepted)) {
		error_set(error, ERROR_SERVICE, "`%s` does not answer as a WebSocket server does",
			  client->transfer.url.host);
		return -1;
	}
	if (!answer.accepted) {
		keep_refusal(client, &answer, response);
		return 1;
	}
	buf_drop(&client->head, answer.head_len);
	return 0;
}

/* --- the connection ----------------------------------------------------------------------------
 */

void websocket_client_free(struct websocket_client *client)
{
	if (client == NULL)
		return;
	if (client->transfer.attached)
		curl_multi_remove_handle(client->multi, client->transfer.easy);
	curl_easy_cleanup(client->transfer.easy);
	curl_multi_cleanup(client->multi);
	websocket_free(client->end);
	buf_dispose(&client->head);
	mem_free(client);
}

struct websocket_client *websocket_client_open(const struct http_client *http,
					       const struct websocket_client_options *options,
					       struct http_response *response, struct error *error)
{
	const struct websocket_options end = {
		.limit = options->limit, .sink = options->sink, .context = options->context};
	struct websocket_client *client = mem_zalloc(1, sizeof(*client));
	int result;

	*response = (struct http_response){0};
	client->options = *options;
	client->transfer.request = &client->request;
	result = room_need(DESCRIPTORS, "there is no room for a connection", error);
	if (result == 0)
		result = prepare(client, http, error);
	if (result == 0)
		result = connect_to(client, error);
	if (result == 0)
		result = greet(client, response, error);
	if (result == 0) {
		client->end = websocket_new(&end, error);
		result = client->end != NULL ? 0 : -1;
	}
	if (result == 0)
		return client;
	websocket_client_free(client);
	return NULL;
}

struct websocket *websocket_client_end(struct websocket_client *client)
{
	return client->end;
}

static int take(struct websocket_client *client, const char *bytes, size_t len, struct error *error)
{
	struct error ignored;

	if (websocket_take(client->end, bytes, len, error) == 0)
		return 0;
	/* It is told why. */
	send_some(client, websocket_output(client->end), &ignored);
	return -1;
}

static int closed(struct websocket_client *client, struct error *error)
{
	const char *host = client->transfer.url.host;
	unsigned code = websocket_close_code(client->end);
	struct error ignored;

	send_some(client, websocket_output(client->end), &ignored);
	if (code == WEBSOCKET_NOT_SAID || code == WEBSOCKET_NO_CODE)
		return error_set(error, ERROR_NETWORK, "`%s` closed the connection", host);
	return error_set(error, ERROR_NETWORK, "`%s` closed the connection (code %u)", host, code);
}

int websocket_client_wait(struct websocket_client *client, int ms, struct error *error)
{
	struct buf *output = websocket_output(client->end);
	char piece[PIECE];
	size_t len = 0;
	int got;

	/* What came with the answer. */
	if (client->head.len > 0) {
		got = take(client, client->head.ptr, client->head.len, error);
		buf_dispose(&client->head);
		return got == 0 ? 1 : -1;
	}
	if (websocket_is_over(client->end))
		return closed(client, error);
	if (send_some(client, output, error) != 0)
		return -1;
	got = receive(client, piece, &len, error);
	if (got == 0) {
		wait_for(client, output->len > 0, ms);
		got = receive(client, piece, &len, error);
	}
	if (got > 0 && take(client, piece, len, error) != 0)
		return -1;
	return got;
}
