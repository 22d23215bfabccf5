/* A reader for the few headers that matter here. libcurl has one, but it does not hand over the
 * connection behind an answer of 101. */
#include "http/websocket_greeting.h"

#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "http/websocket.h"

void websocket_greeting_put(struct buf *out, const char *host, const char *target, const char *key)
{
	buf_printf(out,
		   "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: attio/" ATTIO_VERSION
		   "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
		   "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\n\r\n",
		   target, host, key);
}

/* One line of the head, without its end. */
struct line {
	const char *text;
	size_t len;
};

/* The length of the head with its empty line; 0: it is not complete. */
static size_t head_length(const char *bytes, size_t len)
{
	const char *end = len >= 4 ? memmem(bytes, len, "\r\n\r\n", 4) : NULL;

	return end != NULL ? (size_t)(end - bytes) + 4 : 0;
}

/* "HTTP/1.1 101 Switching Protocols"; 0: it is no such line. */
static long read_status(const struct line *line)
{
	const char *digits = line->text + 9;

	if (line->len < 12 || memcmp(line->text, "HTTP/1.", 7) != 0 || line->text[8] != ' ' ||
	    (line->len > 12 && line->text[12] != ' '))
		return 0;
	for (size_t i = 0; i < 3; i++)
		if (digits[i] < '0' || digits[i] > '9')
			return 0;
	return (digits[0] - '0') * 100L + (digits[1] - '0') * 10L + (digits[2] - '0');
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* The value of a header of this name, without blanks around it. */
static bool is_header(const struct line *line, const char *name, struct line *value)
{
	size_t len = strlen(name);

	if (line->len <= len || line->text[len] != ':' || strncasecmp(line->text, name, len) != 0)
		return false;
	*value = (struct line){line->text + len + 1, line->len - len - 1};
	while (value->len > 0 && is_blank(value->text[0])) {
		value->text++;
		value->len--;
	}
	while (value->len > 0 && is_blank(value->text[value->len - 1]))
		value->len--;
	return true;
}

/* Whether a list with commas has this word, in whatever case. */
static bool has_word(const struct line *list, const char *word)
{
	const char *at = list->text;
	const char *end = at + list->len;

	while (at < end) {
		const char *comma = memchr(at, ',', (size_t)(end - at));
		const char *stop = comma != NULL ? comma : end;

		while (at < stop && is_blank(*at))
			at++;
		while (stop > at && is_blank(stop[-1]))
			stop--;
		if ((size_t)(stop - at) == strlen(word) && strncasecmp(at, word, strlen(word)) == 0)
			return true;
		at = comma != NULL ? comma + 1 : end;
	}
	return false;
}

static size_t read_number(const struct line *value)
{
	size_t number = 0;

	for (size_t i = 0; i < value->len; i++) {
		if (value->text[i] < '0' || value->text[i] > '9' || number > WEBSOCKET_HEAD_LIMIT)
			return 0;
		number = number * 10 + (size_t)(value->text[i] - '0');
	}
	return number;
}

int websocket_answer_read(const char *bytes, size_t len, const char *key,
			  struct websocket_answer *answer)
{
	char wanted[WEBSOCKET_ACCEPT_SIZE] = "";
	bool upgrade = false, connection = false, accept = false;
	struct line value;

	*answer = (struct websocket_answer){.head_len = head_length(bytes, len)};
	if (answer->head_len == 0)
		return len > WEBSOCKET_HEAD_LIMIT || (len >= 5 && memcmp(bytes, "HTTP/", 5) != 0)
			       ? -1
			       : 0;
	websocket_accept(key, wanted);
	for (size_t at = 0; at < answer->head_len - 2;) {
		const char *end = memmem(bytes + at, answer->head_len - at, "\r\n", 2);
		struct line line = {bytes + at, (size_t)(end - bytes) - at};

		if (at == 0)
			answer->status = read_status(&line);
		else if (is_header(&line, "Upgrade", &value))
			upgrade = upgrade || has_word(&value, "websocket");
		else if (is_header(&line, "Connection", &value))
			connection = connection || has_word(&value, "upgrade");
		else if (is_header(&line, "Content-Length", &value))
			answer->body_len = read_number(&value);
		else if (is_header(&line, "Sec-WebSocket-Accept", &value))
			accept = value.len == WEBSOCKET_ACCEPT_SIZE - 1 &&
				 memcmp(value.text, wanted, value.len) == 0;
		at += line.len + 2;
	}
	if (answer->status == 0)
		return -1;
	answer->accepted = answer->status == 101 && upgrade && connection && accept;
	return 1;
}
