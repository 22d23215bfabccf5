/* One request on its way through libcurl. Only for the files of this room. */
#ifndef ATTIO_HTTP_TRANSFER_H
#define ATTIO_HTTP_TRANSFER_H

#include <curl/curl.h>

#include "http/http.h"

struct transfer {
	const struct http_request *request;
	struct http_response *response;
	struct http_url url;
	CURL *easy;
	struct curl_slist *headers;
	CURLcode code;
	size_t header_bytes;
	bool head_ended; /* by its empty line: what is cut before it is no answer */
	bool too_large;
	int sys;       /* why there is no socket, an errno value; or 0 */
	bool attached; /* to the multi handle */
	bool done;     /* nothing more to do: answered for good */
	unsigned hops;
	const char *proxy; /* or NULL */
	long retry_after;
	char detail[CURL_ERROR_SIZE];
	http_sink *sink; /* of http_stream, or NULL */
	void *sink_context;
	bool enough; /* it wants no more */
};

/* Says why the transfer ended without a complete answer. `timeout` is in seconds. Gives -1. */
int transfer_error(const struct transfer *transfer, long timeout, struct error *error);
/* The machine has not even a socket: other addresses and later tries do not help. */
bool transfer_is_short(const struct transfer *transfer);

/* Sets what all connections of a client have in common: whom it trusts, its proxy, no sockets for
 * our children. The transfer has its handle and its URL; its `detail` is filled. */
void transfer_secure(struct transfer *transfer, const struct http_client *client);

/* What was given as the proxy's address is none. */
bool transfer_has_no_proxy(const struct transfer *transfer);
/* The status with which a proxy that was reached did not want to be one, or 0. */
long transfer_proxy_refusal(const struct transfer *transfer);

/* The seconds that the answer asks to wait for, 0 for none: only of 429 and 5xx. At most a day. */
long transfer_retry_after(const struct transfer *transfer);
/* The moment that the answer has in its Date, in seconds since 1970; 0: it has none. */
long long transfer_date(const struct transfer *transfer);
/* Whether it may be sent again (http_retry). */
bool transfer_may_repeat(const struct transfer *transfer);
/* The sentence for http_retry's notice. `pause` is in ms. */
void transfer_tell_retry(const struct transfer *transfer, long pause, unsigned next, unsigned tries,
			 char *text, size_t size);

#endif
