/* The one place that talks through libcurl. Everything goes through the multi interface, also a
 * single request, so that there is one loop, one set of limits and one place for repetitions. */
#include "http/http.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "http/transfer.h"
#include "sys/room.h"

#define CONNECT_TIMEOUT 10L /* seconds */
#define HEADER_LIMIT ((size_t)256 << 10)
/* What libcurl needs: on the whole, and for a request (looking up the name, its socket, and the
 * other end of it where the server is ours). */
#define DESCRIPTORS 8u
#define DESCRIPTORS_EACH 4u
#define CONNECTIONS 32u /* at a time; other requests wait */
#define HOPS 5u         /* of one request, from host to host */
#define LOOK_MS 100     /* how often it is asked whether to stop */
/* What a body may take beside the limit of time: a line that sends less is a dead one. */
#define BODY_SPEED ((size_t)16 << 10) /* bytes a second */

struct http_client {
	CURLM *multi;
	long timeout;
	struct http_retry retry;
	struct http_watch watch;
	unsigned chance;
	const char *ca_file; /* or NULL */
	const char *proxy;   /* or NULL */
};

static bool is_stopped(const struct http_client *client)
{
	return client->watch.stop != NULL && client->watch.stop(client->watch.context);
}

static int stopped(struct error *error)
{
	return error_set(error, ERROR_NETWORK, "the request was stopped");
}

static void sleep_ms(long ms)
{
	struct timespec left = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};

	while (nanosleep(&left, &left) != 0 && errno == EINTR)
		;
}

static void seed_chance(struct http_client *client)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	client->chance = (unsigned)now.tv_nsec;
}

struct http_client *http_client_new(long timeout, struct error *error)
{
	struct http_client *client;

	/* Out of memory libcurl would speak of the network, or of a URL that cannot be read. */
	if (curl_global_init_mem(CURL_GLOBAL_DEFAULT, mem_alloc, mem_free, mem_realloc, mem_strdup,
				 mem_zalloc) != CURLE_OK) {
		error_set(error, ERROR_SYSTEM, "libcurl does not start");
		return NULL;
	}
	client = mem_zalloc(1, sizeof(*client));
	client->multi = curl_multi_init();
	if (client->multi == NULL) {
		curl_global_cleanup();
		mem_free(client);
		error_set(error, ERROR_SYSTEM, "libcurl does not start");
		return NULL;
	}
	/* Uploads in parallel share no connection: one slow stream would hold up the others. */
	curl_multi_setopt(client->multi, CURLMOPT_PIPELINING, (long)CURLPIPE_NOTHING);
	curl_multi_setopt(client->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)CONNECTIONS);
	client->timeout = timeout;
	client->retry = (struct http_retry){.tries = 5, .base_ms = 250, .max_ms = 5000};
	seed_chance(client);
	return client;
}

void http_client_free(struct http_client *client)
{
	if (client == NULL)
		return;
	curl_multi_cleanup(client->multi);
	mem_free(client);
	curl_global_cleanup();
}

void http_client_set_retry(struct http_client *client, const struct http_retry *retry)
{
	client->retry = *retry;
}

void http_client_set_watch(struct http_client *client, const struct http_watch *watch)
{
	client->watch = *watch;
}

void http_client_set_trust(struct http_client *client, const char *ca_file)
{
	client->ca_file = ca_file;
}

void http_client_set_proxy(struct http_client *client, const char *proxy)
{
	client->proxy = proxy;
}

void http_response_dispose(struct http_response *response)
{
	buf_dispose(&response->body);
	response->status = 0;
}

static size_t take_body(char *data, size_t size, size_t count, void *context)
{
	struct transfer *transfer = context;
	struct buf *body = &transfer->response->body;
	size_t len = size * count;
	long status = 0;

	if (transfer->sink != NULL)
		curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
	if (status == 200) {
		transfer->enough = !transfer->sink(transfer->sink_context, data, len);
		return transfer->enough ? 0 : len;
	}
	if (len > HTTP_BODY_LIMIT - body->len) {
		transfer->too_large = true;
		return 0;
	}
	buf_add(body, data, len);
	return len;
}

/* Only counts: no header of an answer is of interest, but they must not come without end. libcurl
 * takes a head that the end of the connection cuts for a whole one. */
static size_t take_header(char *data, size_t size, size_t count, void *context)
{
	struct transfer *transfer = context;

	transfer->header_bytes += size * count;
	transfer->head_ended = size * count <= 2 && (*data == '\r' || *data == '\n');
	if (transfer->header_bytes > HEADER_LIMIT) {
		transfer->too_large = true;
		return 0;
	}
	return size * count;
}

/* As libcurl does, but our children get none of its sockets, and the reason is kept. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct transfer *transfer = context;
	int fd = socket(address->family, address->socktype, address->protocol);

	(void)purpose;
	if (fd >= 0 && fcntl(fd, F_SETFD, FD_CLOEXEC) == 0)
		return fd;
	transfer->sys = errno;
	if (fd >= 0)
		close(fd);
	return CURL_SOCKET_BAD;
}

void transfer_secure(struct transfer *transfer, const struct http_client *client)
{
	CURL *easy = transfer->easy;

	transfer->proxy = client->proxy;
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->detail);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(easy, CURLOPT_PROXY, client->proxy != NULL ? client->proxy : "");
	if (client->ca_file != NULL)
		curl_easy_setopt(easy, CURLOPT_CAINFO, client->ca_file);
	/* The local platform is never behind a proxy, whatever the environment says. */
	if (transfer->url.loopback)
		curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, transfer);
}

static int set_headers(struct transfer *transfer, struct error *error)
{
	/* Without this, libcurl waits a second for a "100 Continue" that many servers never send.
	 */
	struct curl_slist *list = curl_slist_append(NULL, "Expect:");

	for (const char *const *header = transfer->request->headers;
	     header != NULL && *header != NULL; header++) {
		struct curl_slist *longer;

		if (strpbrk(*header, "\r\n") != NULL) {
			curl_slist_free_all(list);
			return error_set(error, ERROR_INTERNAL,
					 "a request header holds a line break");
		}
		longer = curl_slist_append(list, *header);
		if (longer == NULL) {
			curl_slist_free_all(list);
			return error_set(error, ERROR_SYSTEM, "there is not enough memory");
		}
		list = longer;
	}
	transfer->headers = list;
	curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, list);
	return 0;
}

static void set_body(CURL *easy, const struct http_request *request)
{
	if (strcmp(request->method, "GET") != 0) {
		/* POSTFIELDS with another method's name: the body can be sent again without a
		 * callback to rewind it. */
		curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_len);
		curl_easy_setopt(easy, CURLOPT_POSTFIELDS,
				 request->body != NULL ? request->body : "");
	}
	curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request->method);
}

static int transfer_init(struct transfer *transfer, const struct http_client *client,
			 const struct http_request *request, struct http_response *response,
			 struct error *error)
{
	long connect = client->timeout < CONNECT_TIMEOUT ? client->timeout : CONNECT_TIMEOUT;
	CURL *easy;

	transfer->request = request;
	transfer->response = response;
	if (http_url_parse(request->url, &transfer->url, error) != 0)
		return -1;
	transfer->easy = easy = curl_easy_init();
	if (easy == NULL)
		return error_set(error, ERROR_SYSTEM, "there is not enough memory");
	if (set_headers(transfer, error) != 0)
		return -1;
	set_body(easy, request);
	curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer);
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	transfer_secure(transfer, client);
	curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, connect);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT,
			 client->timeout + (long)(request->body_len / BODY_SPEED));
	/* A line that carries nothing at all is not waited for any longer than that. */
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, client->timeout);
	/* Where a connection that was used before breaks, libcurl repeats the request by itself. */
	curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, request->retry ? 0L : 1L);
	/* Over TLS, HTTP/2 where the server offers it. */
	curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(easy, CURLOPT_USERAGENT, "attio/" ATTIO_VERSION);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer);
	return 0;
}

static void transfer_detach(struct transfer *transfer, struct http_client *client)
{
	if (transfer->attached)
		curl_multi_remove_handle(client->multi, transfer->easy);
	transfer->attached = false;
}

static void transfer_dispose(struct transfer *transfer, struct http_client *client)
{
	transfer_detach(transfer, client);
	curl_easy_cleanup(transfer->easy);
	curl_slist_free_all(transfer->headers);
}

/* Sends it to where a 307 or 308 points, if it may go there. */
static bool transfer_moves(struct transfer *transfer, struct http_client *client)
{
	const char *target = NULL;
	struct http_url url;
	struct error ignored = {0};
	long status = 0;

	curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(transfer->easy, CURLINFO_REDIRECT_URL, &target);
	if (!transfer->request->follow || (status != 307 && status != 308) || target == NULL ||
	    transfer->hops == HOPS || http_url_parse(target, &url, &ignored) != 0 ||
	    !(url.secure || (url.loopback && transfer->url.loopback)))
		return false;
	transfer_detach(transfer, client);
	transfer->hops++;
	transfer->url = url;
	curl_easy_setopt(transfer->easy, CURLOPT_URL, target);
	return true;
}

/* Takes the result of a finished transfer. -1 when the whole call has failed with it. */
static int transfer_finish(struct transfer *transfer, struct http_client *client, CURLcode code,
			   bool last_try, struct error *error)
{
	if (code == CURLE_OK && !transfer->head_ended)
		code = CURLE_PARTIAL_FILE;
	transfer->code = code;
	transfer->retry_after = 0;
	if (code == CURLE_OK) {
		curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE,
				  &transfer->response->status);
		transfer->retry_after = transfer_retry_after(transfer);
		transfer->response->retry_after = transfer->retry_after;
		transfer->response->date = transfer_date(transfer);
	}
	transfer->done = last_try || !transfer_may_repeat(transfer) ||
			 transfer->retry_after > client->timeout;
	transfer_detach(transfer, client);
	if (code != CURLE_OK && transfer->done)
		return transfer_error(transfer, client->timeout, error);
	return 0;
}

static int transfer_start(struct transfer *transfer, struct http_client *client,
			  struct error *error)
{
	http_response_dispose(transfer->response);
	transfer->header_bytes = 0;
	transfer->head_ended = false;
	transfer->sys = 0;
	transfer->detail[0] = '\0';
	if (curl_multi_add_handle(client->multi, transfer->easy) != CURLM_OK)
		return error_set(error, ERROR_INTERNAL, "libcurl takes no further request");
	transfer->attached = true;
	return 0;
}

/* One that was sent elsewhere in an earlier try begins where it began. */
static int round_start(struct http_client *client, struct transfer *transfers, size_t count,
		       struct error *error)
{
	for (size_t i = 0; i < count; i++) {
		struct transfer *transfer = &transfers[i];

		if (transfer->done)
			continue;
		if (transfer->hops > 0 &&
		    http_url_parse(transfer->request->url, &transfer->url, error) != 0)
			return -1;
		transfer->hops = 0;
		curl_easy_setopt(transfer->easy, CURLOPT_URL, transfer->request->url);
		if (transfer_start(transfer, client, error) != 0)
			return -1;
	}
	return 0;
}

/* -1 when the whole call has failed with it. */
static int transfer_ended(struct transfer *transfer, struct http_client *client, CURLcode code,
			  bool last_try, int *running, struct error *error)
{
	if (code != CURLE_OK || !transfer_moves(transfer, client))
		return transfer_finish(transfer, client, code, last_try, error);
	*running = 1;
	return transfer_start(transfer, client, error);
}

/* How much of all bodies is on its way or there. */
static void client_tell_sent(const struct http_client *client, const struct transfer *transfers,
			     size_t count)
{
	size_t sent = 0;

	if (client->watch.sent == NULL)
		return;
	for (size_t i = 0; i < count; i++) {
		curl_off_t bytes = 0;

		curl_easy_getinfo(transfers[i].easy, CURLINFO_SIZE_UPLOAD_T, &bytes);
		if ((size_t)bytes > transfers[i].request->body_len)
			bytes = (curl_off_t)transfers[i].request->body_len;
		sent += (size_t)bytes;
	}
	client->watch.sent(client->watch.context, sent);
}

/* One try of everything that is not done yet. */
static int round_run(struct http_client *client, struct transfer *transfers, size_t count,
		     bool last_try, struct error *error)
{
	int running = 1;

	if (round_start(client, transfers, count, error) != 0)
		return -1;
	while (running > 0) {
		CURLMsg *message;
		int left;

		if (curl_multi_perform(client->multi, &running) != CURLM_OK)
			return error_set(error, ERROR_INTERNAL, "libcurl cannot go on");
		while ((message = curl_multi_info_read(client->multi, &left)) != NULL) {
			struct transfer *transfer = NULL;

			if (message->msg != CURLMSG_DONE)
				continue;
			curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
			if (transfer_ended(transfer, client, message->data.result, last_try,
					   &running, error) != 0)
				return -1;
		}
		if (is_stopped(client))
			return stopped(error);
		client_tell_sent(client, transfers, count);
		if (running > 0 &&
		    curl_multi_poll(client->multi, NULL, 0, LOOK_MS, NULL) != CURLM_OK)
			return error_set(error, ERROR_INTERNAL, "libcurl cannot go on");
	}
	return 0;
}

/* The first transfer that has to be tried again, or NULL. *wait is the longest Retry-After. */
static const struct transfer *pending(const struct transfer *transfers, size_t count, long *wait)
{
	const struct transfer *first = NULL;

	*wait = 0;
	for (size_t i = 0; i < count; i++) {
		if (transfers[i].done)
			continue;
		if (first == NULL)
			first = &transfers[i];
		if (transfers[i].retry_after > *wait)
			*wait = transfers[i].retry_after;
	}
	return first;
}

/* Waits before try number `next`; -1 when somebody asks to stop meanwhile. */
static int pause_before(struct http_client *client, const struct transfer *transfer, unsigned next,
			long wait, struct error *error)
{
	long pause = http_retry_pause(&client->retry, next, wait, client->chance);

	client->chance = client->chance * 1664525U + 1013904223U;
	if (client->retry.notice != NULL) {
		char text[480];

		transfer_tell_retry(transfer, pause, next, client->retry.tries, text, sizeof(text));
		client->retry.notice(client->retry.context, text);
	}
	for (; pause > 0; pause -= LOOK_MS) {
		if (is_stopped(client))
			return stopped(error);
		sleep_ms(pause < LOOK_MS ? pause : LOOK_MS);
	}
	return 0;
}

static int run_all(struct http_client *client, struct transfer *transfers, size_t count,
		   struct error *error)
{
	for (unsigned try = 1;; try++) {
		const struct transfer *again;
		long wait;

		if (round_run(client, transfers, count, try >= client->retry.tries, error) != 0)
			return -1;
		again = pending(transfers, count, &wait);
		if (again == NULL)
			return 0;
		if (pause_before(client, again, try + 1, wait, error) != 0)
			return -1;
	}
}

int http_send_all(struct http_client *client, const struct http_request *requests,
		  struct http_response *responses, size_t count, struct error *error)
{
	struct transfer *transfers = mem_zalloc(count, sizeof(*transfers));
	int result = 0;

	memset(responses, 0, count * sizeof(*responses));
	/* Where one is missing, libcurl says that a host is not known, and a server of our own
	 * waits for it. */
	result = room_need(DESCRIPTORS + (count < CONNECTIONS ? (unsigned)count : CONNECTIONS) *
						 DESCRIPTORS_EACH,
			   "there is no room for a connection", error);
	for (size_t i = 0; i < count && result == 0; i++)
		result = transfer_init(&transfers[i], client, &requests[i], &responses[i], error);
	if (result == 0)
		result = run_all(client, transfers, count, error);
	for (size_t i = 0; i < count; i++) {
		transfer_dispose(&transfers[i], client);
		if (result != 0)
			http_response_dispose(&responses[i]);
	}
	mem_free(transfers);
	return result;
}

int http_send(struct http_client *client, const struct http_request *request,
	      struct http_response *response, struct error *error)
{
	return http_send_all(client, request, response, 1, error);
}

/* libcurl's own limit of time is for the whole of an answer, so here only connecting has one. */
int http_stream(struct http_client *client, const struct http_request *request, http_sink *sink,
		void *context, struct http_response *response, struct error *error)
{
	struct transfer transfer = {.sink = sink, .sink_context = context};
	int result;

	*response = (struct http_response){0};
	result = room_need(DESCRIPTORS + DESCRIPTORS_EACH, "there is no room for a connection",
			   error);
	if (result == 0)
		result = transfer_init(&transfer, client, request, response, error);
	if (result == 0) {
		curl_easy_setopt(transfer.easy, CURLOPT_TIMEOUT, 0L);
		curl_easy_setopt(transfer.easy, CURLOPT_LOW_SPEED_TIME, 0L);
		result = round_run(client, &transfer, 1, true, error);
	}
	if (transfer.enough)
		result = 0;
	transfer_dispose(&transfer, client);
	if (result != 0)
		http_response_dispose(response);
	return result;
}
