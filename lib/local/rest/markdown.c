/* Line by line: marks at its begin, then those inside. */
#include "local/rest/markdown.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/buf.h"

/* After "# ", "> ", "- ", "* ", "+ ", "1. " and spaces before them. */
static size_t after_marks(const char *line, size_t len)
{
	size_t spaces = strspn(line, " \t");
	size_t hashes, digits, at;

	if (spaces >= len)
		return 0;
	at = spaces;
	while (at + 1 < len && line[at] == '>' && line[at + 1] == ' ')
		at += 2;
	hashes = strspn(line + at, "#");
	if (hashes > 0 && hashes <= 6 && at + hashes < len && line[at + hashes] == ' ')
		return at + hashes + 1;
	if (at + 1 < len && strchr("-*+", line[at]) != NULL && line[at + 1] == ' ')
		return at + 2;
	digits = strspn(line + at, "0123456789");
	if (digits > 0 && at + digits + 1 < len && line[at + digits] == '.' &&
	    line[at + digits + 1] == ' ')
		return at + digits + 2;
	return at > spaces ? at : 0;
}

/* Of "[words](address)" at `text`: the words, and how long all of it is; 0 when it is none. */
static size_t link_at(const char *text, size_t len, size_t *words)
{
	const char *close = memchr(text, ']', len);
	const char *end;

	if (text[0] != '[' || close == NULL || close + 1 >= text + len || close[1] != '(')
		return 0;
	end = memchr(close, ')', len - (size_t)(close - text));
	if (end == NULL)
		return 0;
	*words = (size_t)(close - text) - 1;
	return (size_t)(end - text) + 1;
}

static void put_words(struct buf *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		size_t words, whole = link_at(text + i, len - i, &words);

		if (whole > 0) {
			buf_add(out, text + i + 1, words);
			i += whole - 1;
		} else if (text[i] == '\\' && i + 1 < len && strchr("\\`*_[]#-", text[i + 1])) {
			buf_putc(out, text[++i]);
		} else if (text[i] == '`' || text[i] == '*') {
			/* "2 * 3" is no emphasis. */
			if (i > 0 && i + 1 < len && text[i - 1] == ' ' && text[i + 1] == ' ')
				buf_putc(out, text[i]);
		} else if (text[i] == '~' && i + 1 < len && text[i + 1] == '~') {
			i++;
		} else {
			buf_putc(out, text[i]);
		}
	}
}

void markdown_plain(struct buf *out, const char *text)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");
		size_t marks = after_marks(text, len);

		put_words(out, text + marks, len - marks);
		text += len;
		if (*text == '\n') {
			buf_putc(out, '\n');
			text++;
		}
	}
}
