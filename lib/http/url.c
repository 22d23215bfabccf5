/* Questions about URLs, answered by libcurl's own parser so that what we check is what is sent:
 * a hand-written parser would sooner or later disagree with it about where the host ends. */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <curl/curl.h>

#include "base/error.h"
#include "http/http.h"

static bool host_is_loopback(const char *host)
{
	struct in_addr address;

	if (strcasecmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0)
		return true;
	return inet_pton(AF_INET, host, &address) == 1 && ntohl(address.s_addr) >> 24 == 127;
}

static bool has_part(CURLU *handle, CURLUPart part)
{
	char *text = NULL;
	bool found = curl_url_get(handle, part, &text, 0) == CURLUE_OK;

	curl_free(text);
	return found;
}

static int read_parts(CURLU *handle, struct http_url *parts, struct error *error)
{
	char *scheme = NULL;
	char *host = NULL;
	char *port = NULL;
	int result = -1;

	memset(parts, 0, sizeof(*parts));
	if (curl_url_get(handle, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
	    curl_url_get(handle, CURLUPART_HOST, &host, 0) != CURLUE_OK ||
	    strlen(host) > sizeof(parts->host) - 8) {
		error_set(error, ERROR_USAGE, "a URL names no host");
		goto out;
	}
	parts->secure = strcmp(scheme, "https") == 0;
	if (!parts->secure && strcmp(scheme, "http") != 0) {
		error_set(error, ERROR_USAGE, "only http and https URLs can be used");
		goto out;
	}
	parts->loopback = host_is_loopback(host);
	parts->plain = !has_part(handle, CURLUPART_USER) && !has_part(handle, CURLUPART_PASSWORD) &&
		       !has_part(handle, CURLUPART_QUERY) && !has_part(handle, CURLUPART_FRAGMENT);
	if (curl_url_get(handle, CURLUPART_PORT, &port, CURLU_NO_DEFAULT_PORT) == CURLUE_OK)
		snprintf(parts->host, sizeof(parts->host), "%s:%s", host, port);
	else
		snprintf(parts->host, sizeof(parts->host), "%s", host);
	result = 0;
out:
	curl_free(scheme);
	curl_free(host);
	curl_free(port);
	return result;
}

int http_url_parse(const char *url, struct http_url *parts, struct error *error)
{
	CURLU *handle = curl_url();
	int result;

	if (handle == NULL)
		return error_set(error, ERROR_SYSTEM, "there is not enough memory");
	if (curl_url_set(handle, CURLUPART_URL, url, 0) != CURLUE_OK)
		result = error_set(error, ERROR_USAGE, "a URL cannot be understood");
	else
		result = read_parts(handle, parts, error);
	curl_url_cleanup(handle);
	return result;
}

void http_put_encoded(struct buf *out, const char *text, const char *keep)
{
	static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "0123456789-._~";

	for (; *text != '\0'; text++) {
		if (strchr(safe, *text) != NULL || strchr(keep, *text) != NULL)
			buf_putc(out, *text);
		else
			buf_printf(out, "%%%02X", (unsigned)(unsigned char)*text);
	}
}

void http_put_url(struct buf *out, const char *url)
{
	for (; *url != '\0'; url++) {
		if (*url > ' ' && *url < 0x7f && strchr("\"<>", *url) == NULL)
			buf_putc(out, *url);
		else if (strchr("\t\r\n", *url) == NULL)
			buf_printf(out, "%%%02X", (unsigned)(unsigned char)*url);
	}
}
