/* HTML of the app is given as it is, under a policy that makes it a stranger. An address of the
 * outside is shown by a page of ours, which passes messages on between the two. */
#include "local/run/screen_frame.h"

#include <string.h>

#include "base/arena.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/sha256.h"
#include "base/str.h"
#include "http/server.h"
#include "local/plain_page.h"
#include "local/run/gate_url.h"
#include "local/run/platform.h"
#include "local/run/screens.h"

#define SANDBOX "sandbox allow-scripts allow-forms allow-popups"

static const char style[] = "html,body,iframe{margin:0;border:0;width:100%;height:100%}";
static const char script[] = "const inner=document.querySelector(\"iframe\").contentWindow;"
			     "addEventListener(\"message\",({source,data})=>{"
			     "if(source===inner)parent.postMessage(data,\"*\");"
			     "else if(source===parent)inner.postMessage(data,\"*\")})";

static void put_hash(struct buf *out, const char *text)
{
	unsigned char sum[SHA256_SIZE];

	sha256(text, strlen(text), sum);
	buf_puts(out, "'sha256-");
	base64_put(out, sum, sizeof(sum));
	buf_putc(out, '\'');
}

static void put_headers(struct http_reply *reply, const char *policy)
{
	reply->status = 200;
	http_reply_header(reply, "Content-Type", "text/html; charset=utf-8");
	http_reply_header(reply, "Content-Security-Policy", policy);
	http_reply_header(reply, "Referrer-Policy", "no-referrer");
}

/* Where the app's requests do not leave this machine, those of its frames do not either. */
static void answer_html(const struct platform *platform, const char *html, struct http_reply *reply)
{
	put_headers(reply, platform->options.net == NET_LIVE || platform->options.net == NET_RECORD
				   ? SANDBOX "; frame-ancestors 'self'"
				   : SANDBOX
				   "; default-src 'unsafe-inline' data: blob:; form-action "
				   "'none'; frame-ancestors 'self'");
	buf_puts(&reply->body, html);
}

static void answer_text(struct http_reply *reply, const char *title, const char *text)
{
	put_headers(reply, "sandbox; default-src 'none'; style-src 'unsafe-inline'; "
			   "frame-ancestors 'self'");
	page_begin(&reply->body, title);
	buf_puts(&reply->body, "<p>");
	page_put(&reply->body, text);
	buf_puts(&reply->body, "</p>");
	page_end(&reply->body);
}

/* Our own pages are nobody's to frame: the platform's host by any of its names. */
static bool is_this_machine(const char *origin)
{
	const char *host = strstr(origin, "://");

	host = host != NULL ? host + 3 : origin;
	return str_starts(host, "localhost") || str_starts(host, "127.") ||
	       str_starts(host, "[::1]") || str_starts(host, "[::ffff:") || str_starts(host, "0.");
}

static void answer_url(struct arena *arena, const struct platform *platform, const char *url,
		       struct http_reply *reply)
{
	struct gate_url parts;
	struct buf policy = {0};

	if (!gate_url_parse(arena, url, &parts) || strpbrk(parts.origin, " ;,'\"") != NULL) {
		answer_text(reply, "No address",
			    "The app wants to show something that is no "
			    "address of http or https.");
		return;
	}
	if (platform->options.net != NET_LIVE) {
		answer_text(reply, "Not shown", url);
		return;
	}
	buf_printf(&policy, "default-src 'none'; frame-src %s; frame-ancestors 'self'; script-src ",
		   parts.origin);
	put_hash(&policy, script);
	buf_puts(&policy, "; style-src ");
	put_hash(&policy, style);
	put_headers(reply, buf_cstr(&policy));
	buf_dispose(&policy);
	buf_printf(&reply->body,
		   "<!doctype html>\n<title>frame</title>\n<style>%s</style>\n<iframe "
		   "sandbox=\"allow-scripts allow-forms allow-popups%s\" src=\"",
		   style, is_this_machine(parts.origin) ? "" : " allow-same-origin");
	page_put(&reply->body, url);
	buf_printf(&reply->body, "\"></iframe>\n<script>%s</script>\n", script);
}

void frame_answer(struct platform *platform, struct http_call *call, struct http_reply *reply)
{
	struct arena *arena = arena_new_small(512);
	const char *rest = call->path + strlen(FRAME_BASE);
	size_t len = strcspn(rest, "/");
	const struct screen *session = screen_find(platform, arena_strndup(arena, rest, len));
	const struct screen_frame *frame =
		session != NULL && rest[len] == '/' ? screen_frame(session, rest + len + 1) : NULL;

	if (frame == NULL || strcmp(call->method, "GET") != 0)
		http_reply_refuse(reply, 404, "there is no such frame");
	else if (frame->html != NULL)
		answer_html(platform, frame->html, reply);
	else if (frame->url != NULL)
		answer_url(arena, platform, frame->url, reply);
	else
		answer_text(reply, "Nothing", "The app gave this frame nothing that can be shown.");
	arena_free(arena);
}
