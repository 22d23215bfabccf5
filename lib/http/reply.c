/* What handlers put into a reply; see server.h. */
#include "http/server.h"

#include <string.h>

void http_reply_header(struct http_reply *reply, const char *name, const char *value)
{
	buf_add(&reply->headers, name, strlen(name) + 1);
	buf_add(&reply->headers, value, strlen(value) + 1);
}

void http_reply_refuse(struct http_reply *reply, unsigned status, const char *message)
{
	*reply = (struct http_reply){
		.status = status, .headers = reply->headers, .body = reply->body};
	buf_clear(&reply->body);
	buf_puts(&reply->body, "{\"message\":");
	buf_put_json_string(&reply->body, message, strlen(message));
	buf_putc(&reply->body, '}');
}
