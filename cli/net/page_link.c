#include "cli/net/page_link.h"

#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "local/run/page_files.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "sys/peer.h"

const char *page_address(struct cli *cli, const char *url, const char *place)
{
	return arena_printf(cli->arena, "%s" PAGE_BASE "/%s%s", url, place != NULL ? "#/" : "",
			    place != NULL ? place : "");
}

/* In an attribute of HTML, within a URL's fragment. */
static void put_escaped(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c <= ' ' || c >= 0x7f || c == '"' || c == '&' || c == '<' || c == '>' ||
		    c == '\'' || c == '%' || c == '#' || c == '+' || c == ';')
			buf_printf(out, "%%%02X", c);
		else
			buf_putc(out, (char)c);
	}
}

void page_link_put(struct buf *out, const char *url, const char *secret, const char *place)
{
	buf_puts(out, "<!doctype html><meta charset=\"utf-8\"><title>attio dev</title>"
		      "<meta name=\"referrer\" content=\"no-referrer\">"
		      "<meta http-equiv=\"refresh\" content=\"0;url=");
	buf_printf(out, "%s" PAGE_BASE "/#key=", url);
	put_escaped(out, secret);
	if (place != NULL) {
		buf_puts(out, "&amp;to=");
		put_escaped(out, place);
	}
	buf_puts(out, "\">\n");
}

const char *page_link(struct cli *cli, const char *folder, const char *url, const char *secret,
		      const char *place)
{
	const char *file = path_join(cli->arena, folder, PAGE_LINK_FILE);
	struct error ignored;
	struct buf text = {0};
	int result;

	if (peer_is_told())
		return page_address(cli, url, place);
	page_link_put(&text, url, secret, place);
	result = fs_write_atomic(file, text.ptr, text.len, 0600, &ignored);
	buf_dispose(&text);
	return result == 0 ? file : page_address(cli, url, place);
}
