/* Manual pages. Only what every man(7) formatter knows is used: TH SH TP PP B I nf fi. Text from
 * the table is escaped so that a leading dot, a backslash or a hyphen in an option name cannot
 * change its meaning. */
#include "cli/manual.h"

#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "cli/command.h"
#include "cli/exit.h"
#include "cli/help.h"

/* Appends `len` bytes of text; `code` makes hyphens ASCII, as in options and commands. */
static void put_escaped(struct buf *out, const char *text, size_t len, bool code)
{
	bool line_start = out->len == 0 || out->ptr[out->len - 1] == '\n';

	for (size_t i = 0; i < len; i++) {
		char c = text[i];
		if (line_start && (c == '.' || c == '\''))
			buf_puts(out, "\\&");
		line_start = c == '\n';
		if (c == '\\')
			buf_puts(out, "\\e");
		else if (c == '-' && code)
			buf_puts(out, "\\-");
		else if (c == '~' && code)
			buf_puts(out, "\\(ti");
		else if (c == '`')
			buf_puts(out, "\\(ga");
		else
			buf_putc(out, c);
	}
}

static void put_code(struct buf *out, const char *text)
{
	put_escaped(out, text, strlen(text), true);
}

/* Prose with its `code` in bold. Options (words that begin with --) keep ASCII hyphens. */
static void put_prose(struct buf *out, const char *text)
{
	bool bold = false;

	while (*text != '\0') {
		size_t len = strcspn(text, "`");
		if (bold) {
			put_code(out, arena_view(text, len));
		}
		text += len;
	}
}
