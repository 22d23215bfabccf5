/* What a version is in the store is store.c's; here are only its JSON and its checks. */
#include "local/versions.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "http/server.h"
#include "local/route.h"
#include "local/routes.h"
#include "local/store.h"
#include "json/json.h"

#define SLUG_LIMIT 214 /* npm's limit for a package name */
#define BLOCK_LIMIT 1000

/* What the store reports is the client's fault (an unknown version, a missing bundle) or ours. */
static void refuse_error(struct routes *routes, struct http_reply *reply, const struct error *error)
{
	if (error->kind == ERROR_NOT_FOUND) {
		http_reply_refuse(reply, 404, error->message);
	} else if (error->kind == ERROR_CONFLICT) {
		http_reply_refuse(reply, 400, error->message);
	} else {
		routes->failure = *error;
		http_reply_refuse(reply, 500, error->message);
	}
}

/* The app that the path names, or NULL with a refusal. */
static const char *find_app(struct routes *routes, const struct route_request *request,
			    struct http_reply *reply)
{
	const char *id = route_value(request->match, "app_id");
	struct error error = {0};
	bool found;

	if (local_store_has_app(routes->store, id, &found, &error) != 0) {
		refuse_error(routes, reply, &error);
		return NULL;
	}
	if (!found) {
		http_reply_refuse(reply, 404, "there is no such app");
		return NULL;
	}
	return id;
}

void app_by_slug(struct routes *routes, const struct route_request *request,
		 struct http_reply *reply)
{
	const char *slug = route_value(request->match, "slug");
	size_t len = strlen(slug);
	char id[LOCAL_ID_SIZE];
	struct error error = {0};

	if (len == 0 || len > SLUG_LIMIT) {
		http_reply_refuse(reply, 400, "the slug is empty or too long");
		return;
	}
	if (local_store_app(routes->store, slug, id, &error) != 0) {
		refuse_error(routes, reply, &error);
		return;
	}
	buf_puts(&reply->body, "{\"app\":{");
	buf_put_json_member(&reply->body, "app_id", id);
	buf_put_json_member(&reply->body, "title", slug);
	buf_puts(&reply->body, "}}");
}

void list_versions(struct routes *routes, const struct route_request *request,
		   struct http_reply *reply)
{
	const char *app_id = find_app(routes, request, reply);
	struct arena *arena;
	struct local_version *versions;
	struct error error = {0};
	size_t count;

	if (app_id == NULL)
		return;
	arena = arena_new();
	if (local_store_versions(routes->store, arena, app_id, &versions, &count, &error) != 0) {
		refuse_error(routes, reply, &error);
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
	const char **block_ids;
	size_t block_count;
};

static int read_blocks(struct arena *arena, const cJSON *list, struct create_request *create,
		       struct error *error)
{
	int count = cJSON_GetArraySize(list);
	const cJSON *item;

	if (count > BLOCK_LIMIT)
		return error_set(error, ERROR_SERVICE, "there are too many workflow blocks");
	create->block_ids = arena_alloc(arena, ((size_t)count + 1) * sizeof(const char *));
	cJSON_ArrayForEach(item, list)
	{
		if (!cJSON_IsString(item) || item->valuestring[0] == '\0')
			return error_set(error, ERROR_SERVICE,
					 "the ids of workflow blocks must be strings");
		for (size_t i = 0; i < create->block_count; i++)
			if (strcmp(create->block_ids[i], item->valuestring) == 0)
				return error_set(error, ERROR_SERVICE,
						 "two workflow blocks have the id `%.100s`",
						 item->valuestring);
		create->block_ids[create->block_count++] = item->valuestring;
	}
	return 0;
}

static int read_create(struct arena *arena, const cJSON *document, struct create_request *create,
		       struct error *error)
{
	const char *ignored;
	const cJSON *list;

	memset(create, 0, sizeof(*create));
	if (json_get_int(document, "the body", "major", &create->major, error) != 0 ||
	    json_get_string(document, "the body", "cli_version", &ignored, error) != 0 ||
	    json_get_string(document, "the body", "sdk_version", &ignored, error) != 0 ||
	    json_get_array(document, "the body", "workflow_block_ids", &list, error) != 0)
		return -1;
	if (create->major < 1 || create->major > INT32_MAX)
		return error_set(error, ERROR_SERVICE, "the major version must be at least 1");
	return read_blocks(arena, list, create, error);
}

static int put_url(struct routes *routes, struct buf *out, const char *field, long long row,
		   const char *prefix, const char *name, struct error *error)
{
	char key[RANDOM_KEY_SIZE];

	if (uploads_add(&routes->uploads, row, prefix, name, key, error) != 0)
		return -1;
	buf_put_json_string(out, field, strlen(field));
	buf_printf(out, ":\"%s/upload/%s\"", routes->origin, key);
	return 0;
}

static int put_draft(struct routes *routes, const char *app_id, const struct create_request *create,
		     const struct local_draft *draft, struct buf *out, struct error *error)
{
	buf_putc(out, '{');
	buf_put_json_member(out, "app_id", app_id);
	buf_printf(out, ",\"major\":%lld,\"minor\":%lld", create->major, draft->minor);
	buf_put_json_member(out, "app_prod_version_bundle_id", draft->bundle_id);
	buf_putc(out, ',');
	if (put_url(routes, out, "client_bundle_upload_url", draft->row, LOCAL_CLIENT, "", error) !=
	    0)
		return -1;
	buf_putc(out, ',');
	if (put_url(routes, out, "server_bundle_upload_url", draft->row, LOCAL_SERVER, "", error) !=
	    0)
		return -1;
	buf_puts(out, ",\"workflow_block_bundle_upload_urls\":{");
	for (size_t i = 0; i < create->block_count; i++) {
		if (i > 0)
			buf_putc(out, ',');
		if (put_url(routes, out, create->block_ids[i], draft->row, LOCAL_BLOCK,
			    create->block_ids[i], error) != 0)
			return -1;
	}
	buf_puts(out, "}}");
	return 0;
}

static void create(struct routes *routes, const char *app_id, const struct create_request *create,
		   struct http_reply *reply)
{
	struct local_draft draft;
	struct error error = {0};

	if (local_store_begin(routes->store, app_id, create->major, create->block_ids,
			      create->block_count, &draft, &error) != 0 ||
	    put_draft(routes, app_id, create, &draft, &reply->body, &error) != 0)
		refuse_error(routes, reply, &error);
}

void begin_version(struct routes *routes, const struct route_request *request,
		   struct http_reply *reply)
{
	const char *app_id = find_app(routes, request, reply);
	struct error error = {0};
	struct create_request asked;
	struct arena *arena;
	cJSON *document;

	if (app_id == NULL)
		return;
	document = json_parse(request->body, request->body_len, "the body", NULL, &error);
	arena = arena_new();
	if (document == NULL || read_create(arena, document, &asked, &error) != 0)
		http_reply_refuse(reply, 400, error.message);
	else
		create(routes, app_id, &asked, reply);
	cJSON_Delete(document);
	arena_free(arena);
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
	const char *app_id = find_app(routes, request, reply);
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
		refuse_error(routes, reply, &error);
	else
		buf_puts(&reply->body, "{\"success\":true}");
}

void upload_bundle(struct routes *routes, const struct route_request *request,
		   struct http_reply *reply)
{
	const struct upload *upload =
		uploads_find(&routes->uploads, route_value(request->match, "key"));
	struct error error = {0};

	/* It was there when the request was let in; another one with this key may have been
	 * faster. */
	if (upload == NULL) {
		http_reply_refuse(reply, 404, "no upload is expected here");
	} else if (local_store_put(routes->store, upload->row, upload->kind, request->body,
				   request->body_len, &error) != 0) {
		refuse_error(routes, reply, &error);
	} else {
		uploads_end(&routes->uploads, upload);
		buf_puts(&reply->body, "{}");
	}
}
