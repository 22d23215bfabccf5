/* What is said when no answer came. libcurl's own error texts are shown only where they cannot hold
 * anything of ours (name lookup, connecting, TLS), and no address with a password, which a proxy's
 * may be; elsewhere its fixed names of errors are. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "http/transfer.h"

static void put_detail(const struct transfer *transfer, struct error *error)
{
	char text[CURL_ERROR_SIZE];
	size_t len = 0;

	for (const char *p = transfer->detail; *p != '\0'; p++)
		if ((unsigned char)*p >= ' ' && *p != 0x7f)
			text[len++] = *p;
	text[len] = '\0';
	if (len == 0 || strchr(text, '@') != NULL)
		error_why(error, "%s", curl_easy_strerror(transfer->code));
	else
		error_why(error, "%s", text);
}

static int timeout_error(const struct transfer *transfer, long timeout, struct error *error)
{
	curl_off_t ready = 0;

	curl_easy_getinfo(transfer->easy, CURLINFO_PRETRANSFER_TIME_T, &ready);
	if (ready == 0)
		error_set(error, ERROR_NETWORK, "connecting to `%s` takes too long",
			  transfer->url.host);
	else
		error_set(error, ERROR_NETWORK, "`%s` did not finish its answer within %ld s",
			  transfer->url.host, timeout);
	return error_fix(error, "check the connection, or give more time with `--timeout SEC`");
}

bool transfer_is_short(const struct transfer *transfer)
{
	int sys = transfer->sys;

	return sys == EMFILE || sys == ENFILE || sys == ENOBUFS || sys == ENOMEM;
}

/* The host and port of the proxy, without what may be a password; "" where none is used. */
static void find_proxy(const struct transfer *transfer, char *proxy, size_t size)
{
	const char *value = transfer->proxy;

	proxy[0] = '\0';
	if (transfer->url.loopback || value == NULL)
		return;
	if (strstr(value, "://") != NULL)
		value = strstr(value, "://") + 3;
	if (strrchr(value, '@') != NULL)
		value = strrchr(value, '@') + 1;
	snprintf(proxy, size, "%.*s", (int)strcspn(value, "/"), value);
}

long transfer_proxy_refusal(const struct transfer *transfer)
{
	long status = 0;

	curl_easy_getinfo(transfer->easy, CURLINFO_HTTP_CONNECTCODE, &status);
	return status >= 300 ? status : 0;
}

static int refused_by_proxy(const struct transfer *transfer, long status, struct error *error)
{
	char proxy[280];

	find_proxy(transfer, proxy, sizeof(proxy));
	error_set(error, ERROR_NETWORK, "the proxy `%s` refuses a connection to `%s` (status %ld)",
		  proxy, transfer->url.host, status);
	error->lasting = status < 500;
	if (status == 407)
		error_fix(error,
			  "put a user and a password for it into `https_proxy`: "
			  "http://USER:PASSWORD@%s",
			  proxy);
	else
		error_fix(error,
			  "ask who runs it to let `%s` through, or name the host in "
			  "`no_proxy`",
			  transfer->url.host);
	return -1;
}

bool transfer_has_no_proxy(const struct transfer *transfer)
{
	return strncmp(transfer->detail, "Unsupported proxy", 17) == 0;
}

static int no_proxy(const struct transfer *transfer, struct error *error)
{
	error_set(error, ERROR_USAGE, "`https_proxy` holds no address of a proxy");
	put_detail(transfer, error);
	return error_fix(error, "write it as http://HOST:PORT, or unset the variable");
}

static int unreachable(const struct transfer *transfer, struct error *error)
{
	char proxy[280];

	find_proxy(transfer, proxy, sizeof(proxy));
	/* Names are a proxy's to look up: this one was to be reached without it (no_proxy). */
	if (transfer->code == CURLE_COULDNT_RESOLVE_HOST)
		proxy[0] = '\0';
	error_set(error, ERROR_NETWORK, "`%s` cannot be reached", transfer->url.host);
	if (proxy[0] != '\0')
		error_set(error, ERROR_NETWORK, "`%s` cannot be reached through the proxy `%s`",
			  transfer->url.host, proxy);
	put_detail(transfer, error);
	if (proxy[0] != '\0')
		error_fix(error, "check `https_proxy`, or name the host in `no_proxy`");
	else if (!transfer->url.loopback)
		error_fix(error, "check the network connection and the proxy settings");
	else
		error_fix(error, "see whether a server runs there, and whether the address is "
				 "right");
	return -1;
}

/* OpenSSL's numbers (X509_V_ERR_), which other TLS libraries do not give. */
enum { NOT_YET_VALID = 9, HAS_EXPIRED = 10 };
/* libcurl itself looks whether the name fits, and leaves the verdict at its beginning. */
enum { OTHER_NAME = 1 };

static int untrusted(const struct transfer *transfer, struct error *error)
{
	long verdict = 0;

	error_set(error, ERROR_NETWORK, "no trusted TLS connection to `%s`", transfer->url.host);
	put_detail(transfer, error);
	error->lasting = transfer->code != CURLE_SSL_CONNECT_ERROR;
	curl_easy_getinfo(transfer->easy, CURLINFO_SSL_VERIFYRESULT, &verdict);
	if (verdict == NOT_YET_VALID || verdict == HAS_EXPIRED)
		return error_fix(error, "see whether this machine's clock is right; if it is, who "
					"runs the server has to renew its certificate");
	if (transfer->code == CURLE_PEER_FAILED_VERIFICATION && verdict <= OTHER_NAME)
		return error_fix(error, "see whether the address is right: the certificate is for "
					"another one");
	if (transfer->code == CURLE_PEER_FAILED_VERIFICATION)
		return error_fix(error, "behind a proxy that opens TLS, name its certificate with "
					"`--cacert FILE` or `SSL_CERT_FILE`");
	if (transfer->code == CURLE_SSL_CACERT_BADFILE) {
		error->kind = ERROR_USAGE;
		return error_fix(error, "give a PEM file of certificates with `--cacert FILE`, "
					"`CURL_CA_BUNDLE` or `SSL_CERT_FILE`");
	}
	return error_fix(error, "see whether the address is right, and whether a proxy comes "
				"between");
}

/* What answers is perhaps not whom we asked. */
static int strange(struct error *error)
{
	return error_fix(error, "see whether a proxy or a sign-in page of the network answers in "
				"its place");
}

int transfer_error(const struct transfer *transfer, long timeout, struct error *error)
{
	const char *host = transfer->url.host;

	if (transfer->too_large) {
		error_set(error, ERROR_SERVICE, "`%s` sends an answer over the limit of %zu MiB",
			  host, HTTP_BODY_LIMIT >> 20);
		return strange(error);
	}
	if (transfer_has_no_proxy(transfer))
		return no_proxy(transfer, error);
	if (transfer_is_short(transfer))
		return error_system(error, transfer->sys, "cannot connect to `%s`", host);
	if (transfer_proxy_refusal(transfer) != 0)
		return refused_by_proxy(transfer, transfer_proxy_refusal(transfer), error);
	switch (transfer->code) {
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_CONNECT:
	case CURLE_PROXY:
		return unreachable(transfer, error);
	case CURLE_OPERATION_TIMEDOUT:
		return timeout_error(transfer, timeout, error);
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_ISSUER_ERROR:
		return untrusted(transfer, error);
	case CURLE_GOT_NOTHING:
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
	case CURLE_PARTIAL_FILE:
	case CURLE_HTTP2:
	case CURLE_HTTP2_STREAM:
		error_set(error, transfer->request->broken_refuses ? ERROR_SERVICE : ERROR_NETWORK,
			  "`%s` closed the connection in the middle", host);
		error_why(error, "%s", curl_easy_strerror(transfer->code));
		return error_fix(error, "check the connection, and run it again");
	case CURLE_BAD_CONTENT_ENCODING:
		error_set(error, ERROR_SERVICE, "the answer of `%s` cannot be unpacked", host);
		return strange(error);
	case CURLE_OUT_OF_MEMORY: /* ours ends the program (base/mem.h): this is a limit of its own
				   */
		error_set(error, ERROR_SERVICE, "`%s` sends a header over the limit", host);
		return strange(error);
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_WEIRD_SERVER_REPLY:
		error_set(error, ERROR_SERVICE, "`%s` does not answer in HTTP", host);
		return strange(error);
	default:
		error_set(error, ERROR_NETWORK, "the exchange with `%s` failed", host);
		error_why(error, "%s", curl_easy_strerror(transfer->code));
		return error_fix(error, "check the connection, and run it again");
	}
}
