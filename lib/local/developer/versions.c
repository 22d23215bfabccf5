/* What a version is in the store is store.c's; here are only its JSON and its checks. */
#include "local/developer/versions.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "http/server.h"
#include "local/developer/common.h"
#include "local/developer/dev_store.h"
#include "local/developer/uploads.h"
#include "local/route.h"
#include "local/routes.h"
#include "local/store.h"
#include "json/json.h"

void list_versions(struct routes *routes, const struct route_request *request,
		   struct http_reply *reply)
{
	const char *app_id = developer_app(routes, request, reply);
	struct arena *arena;
	struct local_version *versions;
	struct error error = {0};
	size_t count;

	if (app_id == NULL)
		return;
	arena = arena_new();
	if (local_store_versions(routes->store, arena, app_id, &versions, &count, &error) != 0) {
		developer_error(routes, reply, &error);
		arena_free(arena);
		return;
	}
	buf_puts(&reply->body, "{\"app_prod_versions\":[");
	for (size_t i = 0; i < count; i++) {
		buf_printf(&reply->body, "%s{\"major\":%lld,\"minor\":%lld", i > 0 ? "," : "",
			   versions[i].major, versions[i].minor);
		buf_put_json_member(&reply->body, "created_at", versions[i].created_at);
		buf_puts(&reply->body,
			 ",\"released_at\":null,\"is_published\":false,"
			 "\"num_installations\":0,\"publication_status\":\"private\"}");
	}
	buf_puts(&reply->body, "]}");
	arena_free(arena);
}

/* ---- beginning a version ---- */

struct create_request {
	long long major;
	struct block_ids blocks;
};

static int read_create(struct arena *arena, const cJSON *document, struct create_request *create,
		       struct error *error)
{
	const char *ignored;

	memset(create, 0, sizeof(*create));
	if (json_get_int(document, "the body", "major", &create->major, error) != 0 ||
	    json_get_string(document, "the body", "cli_version", &ignored, error) != 0 ||
	    json_get_string(document, "the body", "sdk_version", &ignored, error) != 0)
		return -1;
	if (create->major < 1 || create->major > INT32_MAX)
		return error_set(error, ERROR_SERVICE, "the major version must be at least 1");
	return developer_block_ids(arena, document, &create->blocks, error);
}

static void create(struct routes *routes, const char *app_id, const struct create_request *create,
		   struct http_reply *reply)
{
	struct buf *out = &reply->body;
	struct local_draft draft;
	struct error error = {0};

	if (local_store_begin(routes->store, app_id, create->major, create->blocks.items,
			      create->blocks.count, &draft, &error) != 0) {
		developer_error(routes, reply, &error);
		return;
	}
	buf_putc(out, '{');
	buf_put_json_member(out, "app_id", app_id);
	buf_printf(out, ",\"major\":%lld,\"minor\":%lld", create->major, draft.minor);
	buf_put_json_member(out, "app_prod_version_bundle_id", draft.bundle_id);
	buf_putc(out, ',');
	uploads_put_urls(routes, out, UPLOAD_VERSION, draft.row, create->blocks.items,
			 create->blocks.count);
	buf_putc(out, '}');
}

void begin_version(struct routes *routes, const struct route_request *request,
		   struct http_reply *reply)
{
	const char *app_id = developer_app(routes, request, reply);
	struct error error = {0};
	struct create_request asked;
	cJSON *document;

	if (app_id == NULL)
		return;
	document = developer_body(request, reply);
	if (document == NULL)
		return;
	if (read_create(request->arena, document, &asked, &error) != 0)
		http_reply_refuse(reply, 400, error.message);
	else
		create(routes, app_id, &asked, reply);
	cJSON_Delete(document);
}

/* ---- its bundles, and its end ---- */

static bool read_number(const char *text, long long *number)
{
	char *end;

	if (text[0] < '0' || text[0] > '9' || strlen(text) > 10)
		return false;
	*number = strtoll(text, &end, 10);
	return *end == '\0';
}

void complete_version(struct routes *routes, const struct route_request *request,
		      struct http_reply *reply)
{
	const struct route_match *match = request->match;
	const char *app_id = developer_app(routes, request, reply);
	struct error error = {0};
	long long major;
	long long minor;

	if (app_id == NULL)
		return;
	if (!read_number(route_value(match, "major"), &major) ||
	    !read_number(route_value(match, "minor"), &minor))
		http_reply_refuse(reply, 404, "there is no such version");
	else if (local_store_complete(routes->store, app_id, major, minor,
				      route_value(match, "bundle_id"), &error) != 0)
		developer_error(routes, reply, &error);
	else
		buf_puts(&reply->body, "{\"success\":true}");
}

void upload_bundle(struct routes *routes, const struct route_request *request,
		   struct http_reply *reply)
{
	const struct route_match *match = request->match;
	long long row = strtoll(route_value(match, "row"), NULL, 10); /* signed: it is a number */
	const char *kind = route_value(match, "kind");
	struct error error = {0};
	int result;

	if (strcmp(route_value(match, "of"), UPLOAD_DEV) == 0)
		result = dev_store_put(routes->store, row, kind, request->body, request->body_len,
				       &error);
	else
		result = local_store_put(routes->store, row, kind, request->body, request->body_len,
					 &error);
	if (result != 0)
		developer_error(routes, reply, &error);
	else
		buf_puts(&reply->body, "{}");
}
