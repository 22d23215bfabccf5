/* See uploads.h. */
#include "local/developer/uploads.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hmac.h"
#include "base/random.h"
#include "http/http.h"
#include "local/clock.h"
#include "local/rest/query.h"
#include "local/route.h"
#include "local/routes.h"
#include "local/store.h"

static void sign(const struct routes *routes, const char *of, const char *row, const char *kind,
		 const char *until, char signature[SHA256_TEXT_SIZE])
{
	struct buf text = {0};

	buf_printf(&text, "%s/%s/%s\n%s", of, row, kind, until);
	hmac_sha256_text(routes->token, text.ptr, text.len, signature);
	buf_dispose(&text);
}

void uploads_put_url(const struct routes *routes, struct buf *out, const char *field,
		     const char *of, long long row, const char *prefix, const char *name)
{
	char signature[SHA256_TEXT_SIZE], number[24], until[24];
	struct buf kind = {0}, url = {0};

	buf_printf(&kind, "%s%s", prefix, name);
	snprintf(number, sizeof(number), "%lld", row);
	snprintf(until, sizeof(until), "%lld",
		 clock_ms(routes->clock) + UPLOAD_MINUTES * 60 * 1000LL);
	sign(routes, of, number, buf_cstr(&kind), until, signature);
	buf_printf(&url, "%s/upload/%s/%s/", routes->origin, of, number);
	http_put_encoded(&url, buf_cstr(&kind), "");
	buf_printf(&url, "?expires=%s&signature=%s", until, signature);
	buf_put_json_string(out, field, strlen(field));
	buf_putc(out, ':');
	buf_put_json_string(out, buf_cstr(&url), url.len);
	buf_dispose(&kind);
	buf_dispose(&url);
}

void uploads_put_urls(const struct routes *routes, struct buf *out, const char *of, long long row,
		      const char *const *block_ids, size_t block_count)
{
	uploads_put_url(routes, out, "client_bundle_upload_url", of, row, LOCAL_CLIENT, "");
	buf_putc(out, ',');
	uploads_put_url(routes, out, "server_bundle_upload_url", of, row, LOCAL_SERVER, "");
	buf_puts(out, ",\"workflow_block_bundle_upload_urls\":{");
	for (size_t i = 0; i < block_count; i++) {
		if (i > 0)
			buf_putc(out, ',');
		uploads_put_url(routes, out, block_ids[i], of, row, LOCAL_BLOCK, block_ids[i]);
	}
	buf_putc(out, '}');
}

const char *uploads_refuse(const struct routes *routes, const struct route_request *request)
{
	char signature[SHA256_TEXT_SIZE];
	struct query query = {0};
	const char *until, *given;

	if (query_read(&query, request->query, request->arena) != 0)
		return "the query is not UTF-8 in percent-encoding";
	until = query_text(&query, "expires");
	given = query_text(&query, "signature");
	if (until == NULL || given == NULL)
		return "the URL is not signed";
	sign(routes, route_value(request->match, "of"), route_value(request->match, "row"),
	     route_value(request->match, "kind"), until, signature);
	if (!random_key_equal(given, signature))
		return "the signature of the URL is wrong";
	/* It is ours, so it is a number. */
	if (strtoll(until, NULL, 10) <= clock_ms(routes->clock))
		return "the URL has expired";
	return NULL;
}
