/* When a request is sent again, and after how long: what a server asks for, what may be repeated.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "http/transfer.h"

#define DAY 86400L

long http_retry_pause(const struct http_retry *retry, unsigned next, long retry_after,
		      unsigned chance)
{
	long pause = retry->base_ms;

	for (unsigned i = 2; i < next && pause < retry->max_ms; i++)
		pause *= 2;
	if (pause > retry->max_ms)
		pause = retry->max_ms;
	pause -= (long)(chance % (unsigned)(pause / 2 + 1));
	return pause < retry_after * 1000 ? retry_after * 1000 : pause;
}

static const char *header_of(const struct transfer *transfer, const char *name)
{
	struct curl_header *header;

	if (curl_easy_header(transfer->easy, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK)
		return NULL;
	return header->value;
}

long http_retry_after(const char *value, const char *date, long long now)
{
	long long seconds = 0;
	long long from;
	long long until;

	if (value[0] != '\0' && value[strspn(value, "0123456789")] == '\0') {
		for (; *value != '\0' && seconds < DAY; value++)
			seconds = seconds * 10 + (*value - '0');
	} else {
		until = (long long)curl_getdate(value, NULL);
		from = date != NULL ? (long long)curl_getdate(date, NULL) : -1;
		seconds = until < 0 ? 0 : until - (from >= 0 ? from : now);
	}
	if (seconds < 0)
		return 0;
	return seconds < DAY ? (long)seconds : DAY;
}

long long transfer_date(const struct transfer *transfer)
{
	const char *date = header_of(transfer, "Date");
	long long seconds = date != NULL ? (long long)curl_getdate(date, NULL) : 0;

	return seconds > 0 ? seconds : 0;
}

long transfer_retry_after(const struct transfer *transfer)
{
	long status = transfer->response->status;
	const char *value = header_of(transfer, "Retry-After");

	if (value == NULL || (status != 429 && status < 500))
		return 0;
	return http_retry_after(value, header_of(transfer, "Date"), (long long)time(NULL));
}

/* The server has not even begun with it: what is no repetition may be done at any time. */
static bool never_begun(const struct transfer *transfer)
{
	switch (transfer->code) {
	case CURLE_OK:
		return transfer->response->status == 429;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_CONNECT:
		return true;
	default:
		return false;
	}
}

static bool may_pass(const struct transfer *transfer)
{
	long status = transfer->response->status;

	switch (transfer->code) {
	case CURLE_OK:
		return status == 408 || status == 500 || status == 502 || status == 503 ||
		       status == 504;
	case CURLE_GOT_NOTHING:
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
	case CURLE_PARTIAL_FILE:
	case CURLE_HTTP2:
	case CURLE_HTTP2_STREAM:
		return true;
	default:
		return false;
	}
}

bool transfer_may_repeat(const struct transfer *transfer)
{
	if (transfer_is_short(transfer) || transfer_has_no_proxy(transfer) ||
	    transfer_proxy_refusal(transfer) / 100 == 4)
		return false;
	return never_begun(transfer) || (transfer->request->retry && may_pass(transfer));
}

void transfer_tell_retry(const struct transfer *transfer, long pause, unsigned next, unsigned tries,
			 char *text, size_t size)
{
	char cause[400];

	if (transfer->code == CURLE_OK)
		snprintf(cause, sizeof(cause), "`%s` answered %ld", transfer->url.host,
			 transfer->response->status);
	else
		snprintf(cause, sizeof(cause), "no answer from `%s`", transfer->url.host);
	snprintf(text, size, "%s, trying again in %ld.%ld s (%u of %u)", cause, pause / 1000,
		 pause % 1000 / 100, next, tries);
}
