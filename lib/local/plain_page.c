/* See plain_page.h. */
#include "local/plain_page.h"

#include <string.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/sha256.h"
#include "http/server.h"

static const char style[] =
	"body{font:16px/1.5 system-ui,sans-serif;margin:10vh auto;max-width:28rem;padding:0 1rem;"
	"color:#1c1d1f;background:#fbfbfb}h1{font-size:1.25rem}label{display:block;margin:1rem 0 "
	".25rem}input,select{font:inherit;width:100%;padding:.5rem;border:1px solid "
	"#b5b8bd;border-radius:"
	"6px;box-sizing:border-box}button{font:inherit;padding:.5rem 1rem;margin:1rem .5rem 0 0;"
	"border:1px solid #b5b8bd;border-radius:6px;background:#fff}button.main{background:#1c1d1f;"
	"color:#fff;border-color:#1c1d1f}small{color:#55585e}"
	"@media(prefers-color-scheme:dark){body{color:#eee;background:#1c1d1f}button,input,select{"
	"background:#2a2b2e;color:#eee}button.main{background:#eee;color:#1c1d1f}small{color:#aaa}"
	"}";

void page_put(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++) {
		switch (*text) {
		case '<':
			buf_puts(out, "&lt;");
			break;
		case '>':
			buf_puts(out, "&gt;");
			break;
		case '&':
			buf_puts(out, "&amp;");
			break;
		case '"':
			buf_puts(out, "&quot;");
			break;
		case '\'':
			buf_puts(out, "&#39;");
			break;
		default:
			buf_putc(out, *text);
		}
	}
}

void page_begin(struct buf *out, const char *title)
{
	buf_puts(out, "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
		      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
	page_put(out, title);
	buf_printf(out, "</title>\n<style>%s</style>\n<main>\n<h1>", style);
	page_put(out, title);
	buf_puts(out, "</h1>\n");
}

void page_end(struct buf *out)
{
	buf_puts(out, "</main>\n</html>\n");
}

void page_headers(struct http_reply *reply, const char *form_target)
{
	unsigned char sum[SHA256_SIZE];
	struct buf policy = {0};

	sha256(style, strlen(style), sum);
	buf_puts(&policy, "default-src 'none'; style-src 'sha256-");
	base64_put(&policy, sum, sizeof(sum));
	buf_puts(&policy, "'; form-action 'self'");
	if (form_target != NULL)
		buf_printf(&policy, " %s", form_target);
	buf_puts(&policy, "; frame-ancestors 'none'; base-uri 'none'");
	http_reply_header(reply, "Content-Type", "text/html; charset=utf-8");
	http_reply_header(reply, "Content-Security-Policy", buf_cstr(&policy));
	/* With no-referrer a browser sends a form with `Origin: null`, as a stranger's. */
	http_reply_header(reply, "Referrer-Policy", "same-origin");
	http_reply_header(reply, "X-Frame-Options", "DENY");
	buf_dispose(&policy);
}
