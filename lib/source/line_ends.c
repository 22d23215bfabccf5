#include "source/line_ends.h"

#include <string.h>

#include "base/mem.h"
#include "source/tokens.h"

/* A `\r` without its `\n`; NULL: there is none. */
static const char *lone_return(const char *bytes, const char *end)
{
	while ((bytes = memchr(bytes, '\r', (size_t)(end - bytes))) != NULL) {
		if (bytes + 1 == end || bytes[1] != '\n')
			return bytes;
		bytes += 2;
	}
	return NULL;
}

/* U+2028 or U+2029; NULL: there is none. */
static const char *separator(const char *bytes, const char *end)
{
	while ((bytes = memchr(bytes, 0xE2, (size_t)(end - bytes))) != NULL) {
		if (end - bytes >= 3 && (unsigned char)bytes[1] == 0x80 &&
		    ((unsigned char)bytes[2] == 0xA8 || (unsigned char)bytes[2] == 0xA9))
			return bytes;
		bytes++;
	}
	return NULL;
}

char *plain_line_ends(const char *bytes, size_t len)
{
	const char *end = bytes + len, *at;
	bool returns = lone_return(bytes, end) != NULL;
	struct tokens tokens;
	uint32_t token = 0;
	char *copy;

	if (!returns && separator(bytes, end) == NULL)
		return NULL;
	copy = mem_strndup(bytes, len);
	for (at = lone_return(bytes, end); at != NULL; at = lone_return(at + 1, end))
		copy[at - bytes] = '\n';
	tokens_read(&tokens, copy, len);
	for (at = separator(bytes, end); at != NULL; at = separator(at + 3, end)) {
		size_t offset = (size_t)(at - bytes);

		while (token < tokens.count && tokens.items[token].end <= offset)
			token++;
		if (token < tokens.count && tokens.items[token].start < offset &&
		    tokens.items[token].kind == LEX_STRING)
			continue;
		memcpy(copy + offset, "\n  ", 3);
	}
	tokens_dispose(&tokens);
	return copy;
}
