/* The files are read anew for each request: a page that was built again is there at once, and a
 * browser that has it gets no more than "not modified". */
#include "local/run/page_files.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/str.h"
#include "http/server.h"
#include "local/control/first.h"
#include "local/run/platform.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "sys/peer.h"

#define FILE_LIMIT ((size_t)16 << 20)
#define KEY_PLACE "<meta name=\"attio-key\" content=\""
#define FIRST_PLACE "<script type=\"application/json\" id=\"attio-first\">"

static const char policy[] =
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
	"connect-src 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
	"form-action 'self'";

/* By the end of the name; what is not here is not served. */
static const char *const types[][2] = {
	{".html", "text/html; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"},
	{".css", "text/css; charset=utf-8"},   {".svg", "image/svg+xml"},
	{".json", "application/json"},         {".png", "image/png"},
	{".txt", "text/plain; charset=utf-8"},
};

static const char *type_of(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (str_ends(name, types[i][0]))
			return types[i][1];
	return NULL;
}

/* A name without a folder in it. */
static bool is_plain(const char *name)
{
	static const char letters[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";

	return name[0] != '.' && name[strspn(name, letters)] == '\0';
}

/* The file for a path below PAGE_BASE; NULL: there is none. */
static const char *file_of(const char *path)
{
	if (strcmp(path, "/") == 0)
		return "index.html";
	if (strcmp(path, "/components") == 0)
		return "components.html";
	return is_plain(path + 1) && type_of(path + 1) != NULL ? path + 1 : NULL;
}

static void put_common(struct http_reply *reply, const char *type)
{
	reply->status = 200;
	http_reply_header(reply, "Content-Type", type);
	http_reply_header(reply, "Content-Security-Policy", policy);
	http_reply_header(reply, "Referrer-Policy", "no-referrer");
	http_reply_header(reply, "X-Frame-Options", "DENY");
	http_reply_header(reply, "Cross-Origin-Resource-Policy", "same-origin");
}

/* As data in a page of HTML: no text in it ends the element. */
static void put_data(struct buf *out, const struct buf *json)
{
	for (size_t i = 0; i < json->len; i++) {
		if (json->ptr[i] == '<')
			buf_puts(out, "\\u003c");
		else
			buf_putc(out, json->ptr[i]);
	}
}

/* Copies the text up to the end of `place` and gives what is behind it. */
static const char *copy_to(struct buf *out, const char *text, const char *place)
{
	const char *found = strstr(text, place);
	size_t len = found != NULL ? (size_t)(found - text) + strlen(place) : 0;

	buf_add(out, text, len);
	return text + len;
}

/* The places for the key and for what the first screen shows are filled, where whoever asks may
 * have them. */
static void answer_index(struct platform *platform, struct http_call *call,
			 struct http_reply *reply, const char *text)
{
	struct error ignored = {0};
	struct buf first = {0};

	put_common(reply, type_of("index.html"));
	http_reply_header(reply, "Cross-Origin-Opener-Policy", "same-origin");
	http_reply_header(reply, "Cache-Control", "no-store");
	if (peer_is_ours(http_call_port(call), http_server_port(platform->http))) {
		text = copy_to(&reply->body, text, KEY_PLACE);
		buf_puts(&reply->body, platform->secret);
		/* Without it the page asks, and is told what is wrong. */
		if (first_put(platform, &first, &ignored) == 0) {
			text = copy_to(&reply->body, text, FIRST_PLACE);
			put_data(&reply->body, &first);
		}
		buf_dispose(&first);
	}
	buf_puts(&reply->body, text);
}

static bool takes_gzip(const struct http_call *call)
{
	const char *accepted = http_call_header(call, "Accept-Encoding");

	return accepted != NULL && strstr(accepted, "gzip") != NULL &&
	       strstr(accepted, "gzip;q=0") == NULL;
}

static void answer_file(struct http_call *call, struct http_reply *reply, const char *name,
			const char *bytes, size_t len, bool packed)
{
	struct hash128 hash = hash_content(0, bytes, len);
	const char *has = http_call_header(call, "If-None-Match");
	char tag[40];

	snprintf(tag, sizeof(tag), "\"%016llx%016llx\"", (unsigned long long)hash.high,
		 (unsigned long long)hash.low);
	put_common(reply, type_of(name));
	http_reply_header(reply, "ETag", tag);
	http_reply_header(reply, "Cache-Control", "no-cache");
	http_reply_header(reply, "Vary", "Accept-Encoding");
	if (has != NULL && strstr(has, tag) != NULL) {
		reply->status = 304;
		return;
	}
	if (packed)
		http_reply_header(reply, "Content-Encoding", "gzip");
	buf_add(&reply->body, bytes, len);
}

static bool read_file(const struct platform *platform, struct arena *arena, const char *name,
		      char **bytes, size_t *len)
{
	struct error ignored;

	return platform->options.page != NULL &&
	       fs_read(arena, path_join(arena, platform->options.page, name), FILE_LIMIT, bytes,
		       len, &ignored) == 0;
}

void page_answer(struct platform *platform, struct http_call *call, struct http_reply *reply)
{
	struct arena *arena;
	const char *path = call->path;
	const char *name;
	char *bytes;
	size_t len;

	if (strcmp(call->method, "GET") != 0 && strcmp(call->method, "HEAD") != 0) {
		http_reply_header(reply, "Allow", "GET, HEAD");
		http_reply_refuse(reply, 405, "this method is not used here");
		return;
	}
	if (strcmp(path, "/") == 0 || strcmp(path, PAGE_BASE) == 0) {
		reply->status = 302;
		http_reply_header(reply, "Location", PAGE_BASE "/");
		return;
	}
	arena = arena_new_small(1024);
	name = file_of(path + strlen(PAGE_BASE));
	if (name == NULL || !read_file(platform, arena, name, &bytes, &len)) {
		http_reply_refuse(reply, 404, "there is nothing at this path");
	} else if (strcmp(name, "index.html") == 0) {
		answer_index(platform, call, reply, bytes);
	} else {
		bool packed = takes_gzip(call) &&
			      read_file(platform, arena, arena_printf(arena, "%s.gz", name), &bytes,
					&len);

		answer_file(call, reply, name, bytes, len, packed);
	}
	arena_free(arena);
}
