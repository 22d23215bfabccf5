/* Two lists between two threads under one lock: what shall be done, and what is done. libcurl's
 * multi handle belongs to the thread, which sleeps in curl_multi_poll and is woken by
 * curl_multi_wakeup; the caller's loop is woken by a byte in a pipe. */
#include "http/outbound.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <curl/curl.h>

#include "base/error.h"
#include "base/mem.h"
#include "http/http.h"
#include "sys/loop.h"

#define CONNECT_TIMEOUT 10L /* seconds */
#define CONNECTIONS 64L     /* at a time; other requests wait */
#define HEADER_LIMIT ((size_t)256 << 10)

/* One request on its way through the lists. */
struct passage {
	struct passage *next;
	long long id;
	bool cancel; /* an order to end the request of this id */
	char *url;
	char *method;
	char *body;
	size_t body_len;
	struct curl_slist *headers;
	CURL *easy;
	char detail[CURL_ERROR_SIZE];
	bool too_large;
	struct outbound_answer *answer;
};

struct outbound {
	CURLM *multi;
	const char *ca_file; /* or NULL */
	pthread_t thread;
	bool started;
	int pipe[2];
	struct loop_file file;
	pthread_mutex_t lock;
	/* Under the lock. */
	struct passage *orders, **orders_end;
	struct passage *done, **done_end;
	bool ending;
	/* The thread's. */
	struct passage *running;
};

static void append(struct passage ***end, struct passage *passage)
{
	passage->next = NULL;
	**end = passage;
	*end = &passage->next;
}

void outbound_answer_free(struct outbound_answer *answer)
{
	if (answer == NULL)
		return;
	buf_dispose(&answer->headers);
	buf_dispose(&answer->body);
	mem_free(answer);
}

static void passage_free(struct passage *passage)
{
	if (passage->easy != NULL)
		curl_easy_cleanup(passage->easy);
	curl_slist_free_all(passage->headers);
	mem_free(passage->url);
	mem_free(passage->method);
	mem_free(passage->body);
	outbound_answer_free(passage->answer);
	mem_free(passage);
}

/* ---- the thread ---- */

static size_t take_body(char *data, size_t size, size_t count, void *context)
{
	struct passage *passage = context;
	size_t len = size * count;

	passage->too_large = len > OUTBOUND_BODY_LIMIT - passage->answer->body.len;
	if (passage->too_large)
		return 0;
	buf_add(&passage->answer->body, data, len);
	return len;
}

/* A status line begins the headers anew: an interim answer came before. */
static void take_status(struct outbound_answer *answer, const char *line, size_t len)
{
	const char *end = line + len;
	const char *reason;

	buf_clear(&answer->headers);
	answer->reason[0] = '\0';
	reason = memchr(line, ' ', len);
	reason = reason != NULL ? memchr(reason + 1, ' ', (size_t)(end - reason - 1)) : NULL;
	if (reason == NULL)
		return;
	len = (size_t)(end - ++reason);
	if (len >= sizeof(answer->reason))
		len = sizeof(answer->reason) - 1;
	memcpy(answer->reason, reason, len);
	answer->reason[len] = '\0';
}

static size_t take_header(char *data, size_t size, size_t count, void *context)
{
	struct passage *passage = context;
	size_t all = size * count, len = all;

	while (len > 0 && (data[len - 1] == '\r' || data[len - 1] == '\n'))
		len--;
	if (len > 5 && memcmp(data, "HTTP/", 5) == 0) {
		take_status(passage->answer, data, len);
	} else if (len > 0 && memchr(data, ':', len) != NULL) {
		passage->too_large = len > HEADER_LIMIT - passage->answer->headers.len;
		if (passage->too_large)
			return 0;
		buf_add(&passage->answer->headers, data, len);
		buf_putc(&passage->answer->headers, '\n');
	}
	return all;
}

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
	int fd = socket(address->family, address->socktype, address->protocol);

	(void)context;
	(void)purpose;
	if (fd >= 0 && fcntl(fd, F_SETFD, FD_CLOEXEC) != 0) {
		close(fd);
		fd = -1;
	}
	return fd >= 0 ? fd : CURL_SOCKET_BAD;
}

static bool is_loopback(const char *url)
{
	struct http_url parts;
	struct error ignored;

	return http_url_parse(url, &parts, &ignored) == 0 && parts.loopback;
}

static void set_body(CURL *easy, const struct passage *passage)
{
	if (strcmp(passage->method, "HEAD") == 0)
		curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
	if (passage->body == NULL &&
	    (strcmp(passage->method, "GET") == 0 || strcmp(passage->method, "HEAD") == 0))
		return;
	curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)passage->body_len);
	curl_easy_setopt(easy, CURLOPT_POSTFIELDS, passage->body != NULL ? passage->body : "");
}

static void begin(struct outbound *outbound, struct passage *passage)
{
	CURL *easy = curl_easy_init();

	passage->answer = mem_zalloc(1, sizeof(*passage->answer));
	passage->answer->id = passage->id;
	passage->easy = easy;
	set_body(easy, passage);
	curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, passage->method);
	curl_easy_setopt(easy, CURLOPT_URL, passage->url);
	curl_easy_setopt(easy, CURLOPT_HTTPHEADER, passage->headers);
	curl_easy_setopt(easy, CURLOPT_PRIVATE, passage);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, passage->detail);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (outbound->ca_file != NULL)
		curl_easy_setopt(easy, CURLOPT_CAINFO, outbound->ca_file);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, CONNECT_TIMEOUT);
	curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	if (is_loopback(passage->url))
		curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, passage);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, passage);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	passage->next = outbound->running;
	outbound->running = passage;
	curl_multi_add_handle(outbound->multi, easy);
}

/* Takes it out of the list of those that run. */
static void leave(struct outbound *outbound, const struct passage *passage)
{
	struct passage **at = &outbound->running;

	while (*at != passage)
		at = &(*at)->next;
	*at = passage->next;
	curl_multi_remove_handle(outbound->multi, passage->easy);
}

static void cancel(struct outbound *outbound, long long id)
{
	for (struct passage *p = outbound->running; p != NULL; p = p->next) {
		if (p->id != id)
			continue;
		leave(outbound, p);
		passage_free(p);
		return;
	}
}

static void tell_failure(struct passage *passage, CURLcode code)
{
	struct outbound_answer *answer = passage->answer;
	const char *why = curl_easy_strerror(code);

	answer->failed = code != CURLE_OK;
	if (passage->too_large)
		why = "the answer is too long";
	else if (code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_CONNECT)
		why = passage->detail[0] != '\0' ? passage->detail : why;
	snprintf(answer->failure, sizeof(answer->failure), "%s", why);
}

static void wake_caller(const struct outbound *outbound)
{
	ssize_t sent;

	do
		sent = write(outbound->pipe[1], "", 1);
	while (sent < 0 && errno == EINTR);
	/* A full pipe has woken it long ago. */
}

static void collect(struct outbound *outbound)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(outbound->multi, &left)) != NULL) {
		struct passage *passage;
		CURLcode code = message->data.result;

		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &passage);
		curl_easy_getinfo(passage->easy, CURLINFO_RESPONSE_CODE, &passage->answer->status);
		tell_failure(passage, code);
		leave(outbound, passage);
		pthread_mutex_lock(&outbound->lock);
		append(&outbound->done_end, passage);
		pthread_mutex_unlock(&outbound->lock);
		wake_caller(outbound);
	}
}

/* False when all shall end. */
static bool take_orders(struct outbound *outbound)
{
	struct passage *orders;
	bool ending;

	pthread_mutex_lock(&outbound->lock);
	orders = outbound->orders;
	outbound->orders = NULL;
	outbound->orders_end = &outbound->orders;
	ending = outbound->ending;
	pthread_mutex_unlock(&outbound->lock);
	while (orders != NULL) {
		struct passage *order = orders;

		orders = order->next;
		if (order->cancel || ending) {
			cancel(outbound, order->id);
			passage_free(order);
		} else {
			begin(outbound, order);
		}
	}
	return !ending;
}

static void *drive(void *opaque)
{
	struct outbound *outbound = opaque;
	int running;

	while (take_orders(outbound)) {
		curl_multi_perform(outbound->multi, &running);
		collect(outbound);
		curl_multi_poll(outbound->multi, NULL, 0, 60000, NULL);
	}
	while (outbound->running != NULL)
		cancel(outbound, outbound->running->id);
	return NULL;
}

/* ---- the caller ---- */

/* No signal is for the thread: the loop of the process looks at them. */
static int start_thread(struct outbound *outbound)
{
	sigset_t all, before;
	int failure;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	failure = pthread_create(&outbound->thread, NULL, drive, outbound);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	outbound->started = failure == 0;
	return failure;
}

struct outbound *outbound_new(struct loop *loop, const char *ca_file, struct error *error)
{
	struct outbound *outbound;

	if (curl_global_init_mem(CURL_GLOBAL_DEFAULT, mem_alloc, mem_free, mem_realloc, mem_strdup,
				 mem_zalloc) != CURLE_OK) {
		error_set(error, ERROR_SYSTEM, "libcurl does not start");
		return NULL;
	}
	outbound = mem_zalloc(1, sizeof(*outbound));
	outbound->ca_file = ca_file;
	outbound->orders_end = &outbound->orders;
	outbound->done_end = &outbound->done;
	pthread_mutex_init(&outbound->lock, NULL);
	outbound->multi = curl_multi_init();
	curl_multi_setopt(outbound->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, CONNECTIONS);
	if (pipe(outbound->pipe) != 0) {
		error_system(error, errno, "cannot make a pipe");
		outbound->pipe[0] = outbound->pipe[1] = -1;
		outbound_free(outbound);
		return NULL;
	}
	for (int i = 0; i < 2; i++) {
		fcntl(outbound->pipe[i], F_SETFD, FD_CLOEXEC);
		fcntl(outbound->pipe[i], F_SETFL, O_NONBLOCK);
	}
	if (loop_file_attach(&outbound->file, loop, outbound->pipe[0], error) != 0) {
		outbound_free(outbound);
		return NULL;
	}
	int failure = start_thread(outbound);
	if (failure == 0)
		return outbound;
	error_system(error, failure, "cannot start a thread for requests to the outside");
	outbound_free(outbound);
	return NULL;
}

static void give_order(struct outbound *outbound, struct passage *order)
{
	pthread_mutex_lock(&outbound->lock);
	append(&outbound->orders_end, order);
	pthread_mutex_unlock(&outbound->lock);
	curl_multi_wakeup(outbound->multi);
}

void outbound_start(struct outbound *outbound, long long id, const struct outbound_request *request)
{
	struct passage *order = mem_zalloc(1, sizeof(*order));

	order->id = id;
	order->url = mem_strdup(request->url);
	order->method = mem_strdup(request->method);
	if (request->body != NULL)
		order->body = mem_strndup(request->body, request->body_len);
	order->body_len = request->body_len;
	/* Without this, libcurl waits a second for a "100 Continue" that many never send. */
	order->headers = curl_slist_append(NULL, "Expect:");
	/* Nor does it know what kind of body this is. */
	order->headers = curl_slist_append(order->headers, "Content-Type:");
	for (size_t i = 0; request->headers != NULL && request->headers[i] != NULL; i++)
		order->headers = curl_slist_append(order->headers, request->headers[i]);
	give_order(outbound, order);
}

void outbound_cancel(struct outbound *outbound, long long id)
{
	struct passage *order = mem_zalloc(1, sizeof(*order));

	order->id = id;
	order->cancel = true;
	give_order(outbound, order);
}

bool outbound_ready(const struct outbound *outbound)
{
	return outbound->file.ready;
}

struct outbound_answer *outbound_take(struct outbound *outbound)
{
	struct outbound_answer *answer = NULL;
	struct passage *passage;
	char bytes[256];

	while (read(outbound->pipe[0], bytes, sizeof(bytes)) > 0)
		;
	pthread_mutex_lock(&outbound->lock);
	passage = outbound->done;
	if (passage != NULL) {
		outbound->done = passage->next;
		if (outbound->done == NULL)
			outbound->done_end = &outbound->done;
	}
	/* The pipe is empty already: for these nothing else will wake the caller. */
	outbound->file.ready = outbound->done != NULL;
	pthread_mutex_unlock(&outbound->lock);
	if (passage != NULL) {
		answer = passage->answer;
		passage->answer = NULL;
		passage_free(passage);
	}
	return answer;
}

static void free_list(struct passage *list)
{
	while (list != NULL) {
		struct passage *next = list->next;

		passage_free(list);
		list = next;
	}
}

void outbound_free(struct outbound *outbound)
{
	if (outbound == NULL)
		return;
	if (outbound->started) {
		pthread_mutex_lock(&outbound->lock);
		outbound->ending = true;
		pthread_mutex_unlock(&outbound->lock);
		curl_multi_wakeup(outbound->multi);
		pthread_join(outbound->thread, NULL);
	}
	loop_file_detach(&outbound->file);
	free_list(outbound->orders);
	free_list(outbound->done);
	curl_multi_cleanup(outbound->multi);
	for (int i = 0; i < 2; i++)
		if (outbound->pipe[i] >= 0)
			close(outbound->pipe[i]);
	pthread_mutex_destroy(&outbound->lock);
	mem_free(outbound);
	curl_global_cleanup();
}
