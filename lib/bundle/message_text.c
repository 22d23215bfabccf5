/* See message_text.h. */
#include "bundle/message_text.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

const char *message_text(struct arena *arena, const char *root, const char *text)
{
	size_t root_len = root != NULL ? strlen(root) : 0;
	struct buf buf = {0};
	const char *styled;

	while (*text != '\0') {
		if (root != NULL && strncmp(text, root, root_len) == 0 && text[root_len] == '/') {
			text += root_len + 1;
			continue;
		}
		buf_putc(&buf, *text == '"' ? '`' : *text);
		text++;
	}
	while (buf.len != 0 && strchr(".:", buf.ptr[buf.len - 1]) != NULL)
		buf.ptr[--buf.len] = '\0';
	if (buf.len > 1 && isupper((unsigned char)buf.ptr[0]) && islower((unsigned char)buf.ptr[1]))
		buf.ptr[0] = (char)tolower((unsigned char)buf.ptr[0]);
	styled = arena_strdup(arena, buf_cstr(&buf));
	buf_dispose(&buf);
	return styled;
}
