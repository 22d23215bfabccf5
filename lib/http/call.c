/* What libmicrohttpd keeps of a request: its headers, where it came from. */
#include "http/server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include <microhttpd.h>

const char *http_call_header(const struct http_call *call, const char *name)
{
	return MHD_lookup_connection_value(call->connection, MHD_HEADER_KIND, name);
}

static enum MHD_Result put_header(void *context, enum MHD_ValueKind kind, const char *name,
				  const char *value)
{
	struct buf *out = context;

	(void)kind;
	if (out->ptr[out->len - 1] != '[')
		buf_putc(out, ',');
	buf_putc(out, '[');
	buf_put_json_string(out, name, strlen(name));
	buf_putc(out, ',');
	buf_put_json_string(out, value != NULL ? value : "", value != NULL ? strlen(value) : 0);
	buf_putc(out, ']');
	return MHD_YES;
}

void http_call_put_headers(const struct http_call *call, struct buf *out)
{
	buf_putc(out, '[');
	MHD_get_connection_values(call->connection, MHD_HEADER_KIND, put_header, out);
	buf_putc(out, ']');
}

int http_call_port(const struct http_call *call)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(call->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	union {
		struct sockaddr any;
		struct sockaddr_in four;
		struct sockaddr_in6 six;
	} address;

	if (info == NULL || info->client_addr == NULL)
		return 0;
	if (info->client_addr->sa_family == AF_INET6) {
		memcpy(&address.six, info->client_addr, sizeof(address.six));
		return ntohs(address.six.sin6_port);
	}
	memcpy(&address.four, info->client_addr, sizeof(address.four));
	return ntohs(address.four.sin_port);
}
