/* See rpc.h. */
#include "json/rpc.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/error.h"
#include "json/json.h"

/* A header as far as it was received. */
struct header {
	const char *at, *end;
	bool has_length;
	size_t length; /* of the body */
};

static enum rpc_status bad(struct error *error, const char *what)
{
	error_set(error, ERROR_SERVICE, "a message is not framed as it should be");
	error_why(error, "%s", what);
	return RPC_BAD;
}

/* What a field's name may be made of (RFC 9110, token). */
static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* The text between `from` and `to` without blanks around it, which must be a decimal number. */
static enum rpc_status read_length(struct header *header, const char *from, const char *to,
				   size_t limit, struct error *error)
{
	if (header->has_length)
		return bad(error, "its length is given twice");
	header->has_length = true;
	while (from < to && is_blank(*from))
		from++;
	while (to > from && is_blank(to[-1]))
		to--;
	if (from == to)
		return bad(error, "its length is not a number");
	for (; from < to; from++) {
		if (*from < '0' || *from > '9')
			return bad(error, "its length is not a number");
		header->length = header->length * 10 + (size_t)(*from - '0');
		if (header->length > limit)
			return bad(error, "it is too long");
	}
	return RPC_FRAME;
}

/* One field with its end of line; RPC_FRAME when it is whole. */
static enum rpc_status read_field(struct header *header, size_t limit, struct error *error)
{
	static const char length[] = "Content-Length";
	const char *name = header->at, *colon = name, *stop;

	while (colon < header->end && is_name(*colon))
		colon++;
	if (colon == header->end)
		return RPC_MORE;
	if (*colon != ':' || colon == name)
		return bad(error, "a header field has no name");
	for (stop = colon; stop < header->end && *stop != '\r'; stop++)
		if ((unsigned char)*stop < ' ' && *stop != '\t')
			return bad(error, "a header field holds a control character");
	if (stop + 1 >= header->end)
		return RPC_MORE;
	if (stop[1] != '\n')
		return bad(error, "a header field does not end with CR LF");
	header->at = stop + 2;
	if ((size_t)(colon - name) == strlen(length) &&
	    strncasecmp(name, length, strlen(length)) == 0)
		return read_length(header, colon + 1, stop, limit, error);
	return RPC_FRAME;
}

/* All fields and the empty line. */
static enum rpc_status read_header(struct header *header, size_t limit, struct error *error)
{
	for (;;) {
		enum rpc_status status;

		if (header->at < header->end && *header->at == '\r') {
			if (header->at + 1 == header->end)
				return RPC_MORE;
			if (header->at[1] != '\n')
				return bad(error, "a header field does not end with CR LF");
			header->at += 2;
			return header->has_length ? RPC_FRAME
						  : bad(error, "its length is not given");
		}
		status = read_field(header, limit, error);
		if (status != RPC_FRAME)
			return status;
	}
}

enum rpc_status rpc_next(const struct buf *input, size_t *start, size_t limit, const char **body,
			 size_t *len, struct error *error)
{
	size_t have = input->len - *start;
	struct header header = {0};
	enum rpc_status status;
	const char *from;

	if (have == 0)
		return RPC_MORE;
	from = input->ptr + *start;
	header.at = from;
	header.end = from + (have < RPC_HEADER_LIMIT ? have : RPC_HEADER_LIMIT);
	status = read_header(&header, limit, error);
	if (status == RPC_MORE && have >= RPC_HEADER_LIMIT)
		return bad(error, "its header is too long");
	if (status != RPC_FRAME)
		return status;
	if (have - (size_t)(header.at - from) < header.length)
		return RPC_MORE;
	*body = header.at;
	*len = header.length;
	*start += (size_t)(header.at - from) + header.length;
	return RPC_FRAME;
}

void rpc_put(struct buf *out, const cJSON *message)
{
	struct buf body = {0};

	json_print(&body, message, false);
	buf_printf(out, "Content-Length: %zu\r\n\r\n", body.len);
	buf_add(out, body.ptr, body.len);
	buf_dispose(&body);
}
