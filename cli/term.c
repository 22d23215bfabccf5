/* Colour, prompts, and escaping. File names, server answers and words of the command line end up
 * in messages; none of them may drive the reader's terminal. */
#include "cli/term.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"

static bool forces(const char *value)
{
	return value != NULL && strcmp(value, "0") != 0 && strcmp(value, "false") != 0;
}

bool term_color(const struct term_facts *facts)
{
	if (str_equal(facts->color, "always"))
		return true;
	if (str_equal(facts->color, "never") || facts->no_color != NULL)
		return false;
	if (forces(facts->force_color) || forces(facts->clicolor_force))
		return true;
	return facts->tty && !str_equal(facts->term, "dumb") && !str_equal(facts->clicolor, "0");
}

size_t term_columns(const char *columns, size_t told)
{
	enum { LEAST = 40, DIGITS = 4 };
	size_t width = told;

	if (columns != NULL && strlen(columns) <= DIGITS &&
	    strspn(columns, "0123456789") == strlen(columns) && strtoul(columns, NULL, 10) > 0)
		width = strtoul(columns, NULL, 10);
	return width > 0 && width < LEAST ? LEAST : width;
}

bool term_interactive(bool stdin_tty, bool stderr_tty, const char *ci, bool no_input)
{
	return stdin_tty && stderr_tty && ci == NULL && !no_input;
}

/* U+2028 and U+2029 break lines in some terminals; the others turn the text's direction. */
static bool is_unsafe(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x200e || c == 0x200f ||
	       (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static void escape(struct buf *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len;) {
		uint32_t code_point;
		bool valid;
		size_t bytes = utf8_decode(text + i, len - i, &code_point, &valid);
		if (!valid)
			buf_printf(out, "\\x%02x", (unsigned char)text[i]);
		else if (code_point == '\n')
			buf_puts(out, "\\n");
		else if (code_point == '\t')
			buf_puts(out, "\\t");
		else if (is_unsafe(code_point) && code_point < 0x80)
			buf_printf(out, "\\x%02x", (unsigned)code_point);
		else if (is_unsafe(code_point))
			buf_printf(out, "\\u%04x", (unsigned)code_point);
		else
			buf_add(out, text + i, bytes);
		i += bytes;
	}
}

void term_escape(struct buf *out, const char *text)
{
	escape(out, text, strlen(text));
}

void term_escape_lines(struct buf *out, const char *text)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		escape(out, text, len);
		text += len;
		if (*text == '\n')
			buf_putc(out, *text++);
	}
}
