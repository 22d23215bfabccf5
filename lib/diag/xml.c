/* See xml.h. */
#include "diag/xml.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"

/* XML 1.0 has no way to write most control characters and two others (section 2.2): they are
 * spelled out. In an attribute a parser would turn line ends and tabs into spaces. */
void xml_put(struct buf *out, const char *text, bool attribute)
{
	size_t len = strlen(text);
	for (size_t at = 0; at < len;) {
		uint32_t c;
		bool valid;
		size_t step = utf8_decode(text + at, len - at, &c, &valid);
		if (c == '&')
			buf_puts(out, "&amp;");
		else if (c == '<')
			buf_puts(out, "&lt;");
		else if (c == '>')
			buf_puts(out, "&gt;");
		else if (c == '"')
			buf_puts(out, "&quot;");
		else if (c == '\r' || (attribute && (c == '\n' || c == '\t')))
			buf_printf(out, "&#%u;", (unsigned)c);
		else if (c == '\n' || c == '\t')
			buf_putc(out, text[at]);
		else if (c < 0x20 || (c >= 0x7f && c < 0xa0))
			buf_printf(out, "\\x%02x", (unsigned)c);
		else if (c == 0xfffe || c == 0xffff)
			buf_printf(out, "\\u{%x}", (unsigned)c);
		else
			buf_put_char(out, c);
		at += step;
	}
}

void xml_put_attribute(struct buf *out, const char *name, const char *value)
{
	buf_printf(out, " %s=\"", name);
	xml_put(out, value, true);
	buf_putc(out, '"');
}
