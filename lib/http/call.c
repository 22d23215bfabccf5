/* The headers of a request, as libmicrohttpd keeps them. */
#include "http/server.h"

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
