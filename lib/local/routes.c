/* The endpoints of the local platform. They check what comes in as a real service would, so that
 * a mistake of our client shows here and not first against Attio. */
#include "local/routes.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/store.h"
#include "json/json.h"

#define APPS "/api/apps/"
#define BY_SLUG "by-slug/"
#define SLUG_LIMIT 214 /* npm's limit for a package name */
#define BLOCK_LIMIT 1000
#define SEGMENTS 7

void routes_dispose(struct routes *routes)
{
	for (size_t i = 0; i < routes->slot_count; i++)
		mem_free(routes->slots[i].kind);
	mem_free(routes->slots);
	routes->slots = NULL;
	routes->slot_count = 0;
}

void routes_refuse(struct routes_reply *reply, unsigned status, const char *message)
{
	reply->status = status;
	buf_clear(&reply->body);
	buf_puts(&reply->body, "{\"message\":");
	buf_put_json_string(&reply->body, message, strlen(message));
	buf_putc(&reply->body, '}');
}

static void refuse_method(struct routes_reply *reply, const char *allow)
{
	routes_refuse(reply, 405, "this method is not used here");
	reply->allow = allow;
}

/* What the store reports is the client's fault (an unknown version, a missing bundle) or ours. */
static void refuse_error(struct routes *routes, struct routes_reply *reply,
			 const struct error *error)
{
	if (error->kind == ERROR_NOT_FOUND) {
		routes_refuse(reply, 404, error->message);
	} else if (error->kind == ERROR_CONFLICT) {
		routes_refuse(reply, 400, error->message);
	} else {
		routes->failure = *error;
		routes_refuse(reply, 500, error->message);
	}
}

static void put_field(struct buf *out, const char *name, const char *text)
{
	buf_put_json_string(out, name, strlen(name));
	buf_putc(out, ':');
	buf_put_json_string(out, text, strlen(text));
}

/* ---- GET /api/apps/by-slug/SLUG ---- */

static void answer_app(struct routes *routes, const struct routes_request *request,
		       const char *slug, struct routes_reply *reply)
{
	char id[LOCAL_ID_SIZE];
	struct error error = {0};
	size_t len = strlen(slug);

	if (strcmp(request->method, "GET") != 0) {
		refuse_method(reply, "GET");
		return;
	}
	if (len == 0 || len > SLUG_LIMIT || utf8_invalid_at(slug, len) != len) {
		routes_refuse(reply, 400, "the slug is empty, too long or not UTF-8");
		return;
	}
	if (local_store_app(routes->store, slug, id, &error) != 0) {
		refuse_error(routes, reply, &error);
		return;
	}
	buf_puts(&reply->body, "{\"app\":{");
	put_field(&reply->body, "app_id", id);
	buf_putc(&reply->body, ',');
	put_field(&reply->body, "title", slug);
	buf_puts(&reply->body, "}}");
}

/* ---- GET /api/apps/APP/prod-versions ---- */

static void answer_versions(struct routes *routes, const char *app_id, struct routes_reply *reply)
{
	struct arena *arena = arena_new();
	struct local_version *versions;
	struct error error = {0};
	size_t count;

	if (local_store_versions(routes->store, arena, app_id, &versions, &count, &error) != 0) {
		refuse_error(routes, reply, &error);
		arena_free(arena);
		return;
	}
	buf_puts(&reply->body, "{\"app_prod_versions\":[");
	for (size_t i = 0; i < count; i++) {
		buf_printf(&reply->body, "%s{\"major\":%lld,\"minor\":%lld,", i > 0 ? "," : "",
			   versions[i].major, versions[i].minor);
		put_field(&reply->body, "created_at", versions[i].created_at);
		buf_puts(&reply->body,
			 ",\"released_at\":null,\"is_published\":false,"
			 "\"num_installations\":0,\"publication_status\":\"private\"}");
	}
	buf_puts(&reply->body, "]}");
	arena_free(arena);
}

/* ---- POST /api/apps/APP/prod-versions ---- */

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

static int add_slot(struct routes *routes, long long row, const char *prefix, const char *name,
		    const char **key, struct error *error)
{
	struct upload_slot slot = {.row = row};
	size_t size = strlen(prefix) + strlen(name) + 1;

	if (random_key(slot.key, error) != 0)
		return -1;
	slot.kind = mem_alloc(size);
	memcpy(slot.kind, prefix, strlen(prefix));
	memcpy(slot.kind + strlen(prefix), name, strlen(name) + 1);
	routes->slots = mem_realloc(routes->slots, (routes->slot_count + 1) * sizeof(slot));
	routes->slots[routes->slot_count] = slot;
	*key = routes->slots[routes->slot_count].key;
	routes->slot_count++;
	return 0;
}

static int put_slot(struct routes *routes, struct buf *out, const char *field, long long row,
		    const char *prefix, const char *name, struct error *error)
{
	const char *key;

	if (add_slot(routes, row, prefix, name, &key, error) != 0)
		return -1;
	buf_put_json_string(out, field, strlen(field));
	buf_printf(out, ":\"%s" ROUTES_UPLOAD_PATH "%s\"", routes->origin, key);
	return 0;
}

static int put_draft(struct routes *routes, const char *app_id, const struct create_request *create,
		     const struct local_draft *draft, struct buf *out, struct error *error)
{
	buf_putc(out, '{');
	put_field(out, "app_id", app_id);
	buf_printf(out, ",\"major\":%lld,\"minor\":%lld,", create->major, draft->minor);
	put_field(out, "app_prod_version_bundle_id", draft->bundle_id);
	buf_putc(out, ',');
	if (put_slot(routes, out, "client_bundle_upload_url", draft->row, LOCAL_CLIENT, "",
		     error) != 0)
		return -1;
	buf_putc(out, ',');
	if (put_slot(routes, out, "server_bundle_upload_url", draft->row, LOCAL_SERVER, "",
		     error) != 0)
		return -1;
	buf_puts(out, ",\"workflow_block_bundle_upload_urls\":{");
	for (size_t i = 0; i < create->block_count; i++) {
		if (i > 0)
			buf_putc(out, ',');
		if (put_slot(routes, out, create->block_ids[i], draft->row, LOCAL_BLOCK,
			     create->block_ids[i], error) != 0)
			return -1;
	}
	buf_puts(out, "}}");
	return 0;
}

static void create_version(struct routes *routes, const char *app_id,
			   const struct create_request *create, struct routes_reply *reply)
{
	struct local_draft draft;
	struct error error = {0};

	if (local_store_begin(routes->store, app_id, create->major, create->block_ids,
			      create->block_count, &draft, &error) != 0 ||
	    put_draft(routes, app_id, create, &draft, &reply->body, &error) != 0)
		refuse_error(routes, reply, &error);
}

static void answer_create(struct routes *routes, const struct routes_request *request,
			  const char *app_id, struct routes_reply *reply)
{
	struct error error = {0};
	cJSON *document = json_parse(request->body, request->body_len, "the body", NULL, &error);
	struct arena *arena = arena_new();
	struct create_request create;

	if (document == NULL || read_create(arena, document, &create, &error) != 0)
		routes_refuse(reply, 400, error.message);
	else
		create_version(routes, app_id, &create, reply);
	cJSON_Delete(document);
	arena_free(arena);
}

/* ---- POST .../complete and PUT /upload/KEY ---- */

static bool read_number(const char *text, long long *number)
{
	char *end;

	if (text[0] < '0' || text[0] > '9' || strlen(text) > 10)
		return false;
	*number = strtoll(text, &end, 10);
	return *end == '\0';
}

static void answer_complete(struct routes *routes, char *const *segments,
			    struct routes_reply *reply)
{
	struct error error = {0};
	long long major;
	long long minor;

	if (!read_number(segments[2], &major) || !read_number(segments[3], &minor))
		routes_refuse(reply, 404, "there is no such version");
	else if (local_store_complete(routes->store, segments[0], major, minor, segments[5],
				      &error) != 0)
		refuse_error(routes, reply, &error);
	else
		buf_puts(&reply->body, "{\"success\":true}");
}

static const struct upload_slot *find_slot(const struct routes *routes, const char *path)
{
	if (!str_starts(path, ROUTES_UPLOAD_PATH))
		return NULL;
	for (size_t i = 0; i < routes->slot_count; i++)
		if (random_key_equal(routes->slots[i].key, path + strlen(ROUTES_UPLOAD_PATH)))
			return &routes->slots[i];
	return NULL;
}

bool routes_is_upload(const struct routes *routes, const char *path)
{
	return find_slot(routes, path) != NULL;
}

static void answer_upload(struct routes *routes, const struct routes_request *request,
			  const struct upload_slot *slot, struct routes_reply *reply)
{
	struct error error = {0};

	if (strcmp(request->method, "PUT") != 0)
		refuse_method(reply, "PUT");
	else if (local_store_put(routes->store, slot->row, slot->kind, request->body,
				 request->body_len, &error) != 0)
		refuse_error(routes, reply, &error);
	else
		buf_puts(&reply->body, "{}");
}

/* ---- dispatch ---- */

static void answer_app_path(struct routes *routes, const struct routes_request *request,
			    char *const *segments, size_t count, struct routes_reply *reply)
{
	bool get = strcmp(request->method, "GET") == 0;
	bool post = strcmp(request->method, "POST") == 0;
	struct error error = {0};
	bool found;

	if (count < 2 || strcmp(segments[1], "prod-versions") != 0) {
		routes_refuse(reply, 404, "there is nothing at this path");
	} else if (local_store_has_app(routes->store, segments[0], &found, &error) != 0) {
		refuse_error(routes, reply, &error);
	} else if (!found) {
		routes_refuse(reply, 404, "there is no such app");
	} else if (count == 2) {
		if (get)
			answer_versions(routes, segments[0], reply);
		else if (post)
			answer_create(routes, request, segments[0], reply);
		else
			refuse_method(reply, "GET, POST");
	} else if (count == SEGMENTS && strcmp(segments[4], "bundles") == 0 &&
		   strcmp(segments[6], "complete") == 0) {
		if (post)
			answer_complete(routes, segments, reply);
		else
			refuse_method(reply, "POST");
	} else {
		routes_refuse(reply, 404, "there is nothing at this path");
	}
}

/* Splits at slashes, in place; a path with more than SEGMENTS parts gives SEGMENTS + 1. */
static size_t split(char *path, char **segments)
{
	size_t count = 0;

	while (path != NULL && count < SEGMENTS) {
		char *slash = strchr(path, '/');

		if (slash != NULL)
			*slash++ = '\0';
		segments[count++] = path;
		path = slash;
	}
	return path == NULL ? count : SEGMENTS + 1;
}

void routes_answer(struct routes *routes, const struct routes_request *request,
		   struct routes_reply *reply)
{
	const struct upload_slot *slot = find_slot(routes, request->path);
	char *segments[SEGMENTS] = {0};
	char *path;

	memset(reply, 0, sizeof(*reply));
	reply->status = 200;
	if (slot != NULL) {
		answer_upload(routes, request, slot, reply);
	} else if (!str_starts(request->path, APPS)) {
		routes_refuse(reply, 404, "there is nothing at this path");
	} else if (str_starts(request->path, APPS BY_SLUG)) {
		answer_app(routes, request, request->path + strlen(APPS BY_SLUG), reply);
	} else {
		path = mem_strdup(request->path + strlen(APPS));
		answer_app_path(routes, request, segments, split(path, segments), reply);
		mem_free(path);
	}
}
