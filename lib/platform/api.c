/* The endpoints: paths, bodies and the shapes of the answers. Unknown fields of an answer are
 * ignored and unknown words (a new publication status) are passed on, so that an addition on the
 * platform's side breaks nothing here. */
#include "platform/api.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "platform/call.h"
#include "platform/words.h"
#include "json/json.h"

/* The release of the official CLI whose bundle format we build and whose calls we make
 * (lib/platform/README.md, Releases). */
#define CLI_VERSION "1.0.4"
#define SDK_VERSION "2026-07-24"
#define WORDS_LIMIT 200 /* bytes of a title, a state, a slug */

static bool token_is_sound(const char *token)
{
	if (*token == '\0')
		return false;
	for (; *token != '\0'; token++)
		if (*token <= ' ' || *token >= 0x7f)
			return false;
	return true;
}

int platform_init(struct platform *platform, struct arena *arena, struct http_client *client,
		  const struct addresses *addresses, const char *token, struct error *error)
{
	*platform = (struct platform){
		.arena = arena,
		.client = client,
		.addresses = *addresses,
		.token = token,
	};
	*platform = platform_at(platform, &platform->addresses.api);
	if (token_is_sound(token))
		return 0;
	error_set(error, ERROR_AUTH, "the token holds bytes that no token has");
	return error_fix(error, "set `ATTIO_TOKEN` to the token alone, without blanks");
}

struct platform platform_at(const struct platform *platform, const struct address *address)
{
	struct platform at = *platform;

	at.base_url = address->url;
	at.url = address->parts;
	return at;
}

/* A "." or ".." between slashes would be resolved on the way and lead to another endpoint. */
static bool has_dot_segment(const char *path)
{
	while (true) {
		size_t len = strcspn(path, "/");

		if ((len == 1 && path[0] == '.') || (len == 2 && strncmp(path, "..", 2) == 0))
			return true;
		if (path[len] == '\0')
			return false;
		path += len + 1;
	}
}

/* An id from an answer, as one segment of a path. NULL when it cannot be one. */
static const char *segment(struct platform *platform, const char *id)
{
	struct buf out = {0};
	const char *copy;

	if (*id == '\0' || has_dot_segment(id))
		return NULL;
	http_put_encoded(&out, id, "");
	copy = arena_strdup(platform->arena, buf_cstr(&out));
	buf_dispose(&out);
	return copy;
}

static int get_id(struct platform *platform, const cJSON *object, const char *document,
		  const char *key, const char **id, struct error *error)
{
	const char *text;

	if (json_get_string(object, document, key, &text, error) != 0)
		return -1;
	*id = segment(platform, text);
	if (*id == NULL)
		return error_set(error, ERROR_SERVICE, "%s: `%s` must be an id", document, key);
	return 0;
}

static int read_app(struct platform *platform, const cJSON *answer, struct platform_app *app,
		    struct error *error)
{
	const cJSON *object;
	const char *title;

	if (json_get_object(answer, "the answer", "app", &object, error) != 0 ||
	    get_id(platform, object, "app", "app_id", &app->id, error) != 0 ||
	    json_get_string(object, "app", "title", &title, error) != 0)
		return call_bad_answer(platform, error);
	app->title = words_shown(platform, title, WORDS_LIMIT);
	return 0;
}

int platform_app_by_slug(struct platform *platform, const char *slug, struct platform_app *app,
			 struct error *error)
{
	struct buf path = {0};
	struct call call = {.method = "GET", .doing = "look up the app"};
	cJSON *answer;
	int result = -1;

	if (*slug == '\0' || has_dot_segment(slug)) {
		error_set(error, ERROR_USAGE,
			  "an app's slug cannot be empty or hold `.` or `..` "
			  "between slashes");
		return error_fix(error, "give the slug with `--app SLUG`");
	}
	buf_puts(&path, "/apps/by-slug/");
	/* `@` and `/` stay, as the official CLI sends a scoped package name. */
	http_put_encoded(&path, slug, "@/");
	call.path = buf_cstr(&path);
	call.not_found = arena_printf(platform->arena, "there is no app `%s` on `%s`",
				      words_shown(platform, slug, WORDS_LIMIT), platform->url.host);
	if (call_send(platform, &call, &answer, error) == 0) {
		result = read_app(platform, answer, app, error);
		cJSON_Delete(answer);
	}
	buf_dispose(&path);
	return result;
}

static int read_version(struct platform *platform, const cJSON *object, const char *document,
			struct platform_version *version, struct error *error)
{
	const char *created_at;
	const char *status;

	if (json_get_int(object, document, "major", &version->major, error) != 0 ||
	    json_get_int(object, document, "minor", &version->minor, error) != 0 ||
	    json_get_int(object, document, "num_installations", &version->installs, error) != 0 ||
	    json_get_bool(object, document, "is_published", &version->published, error) != 0 ||
	    json_get_string(object, document, "created_at", &created_at, error) != 0 ||
	    json_get_string(object, document, "publication_status", &status, error) != 0)
		return -1;
	version->created_at = words_shown(platform, created_at, WORDS_LIMIT);
	version->status = words_shown(platform, status, WORDS_LIMIT);
	return 0;
}

static int read_versions(struct platform *platform, const cJSON *answer,
			 struct platform_version **versions, size_t *count, struct error *error)
{
	const cJSON *list;
	const cJSON *item;

	if (json_get_array(answer, "the answer", "app_prod_versions", &list, error) != 0)
		return call_bad_answer(platform, error);
	cJSON_ArrayForEach(item, list)
	{
		char document[64];
		struct platform_version *version;

		snprintf(document, sizeof(document), "app_prod_versions[%zu]", *count);
		version = arena_push(platform->arena, versions, count, sizeof(**versions));
		if (read_version(platform, item, document, version, error) != 0)
			return call_bad_answer(platform, error);
	}
	return 0;
}

int platform_versions(struct platform *platform, const char *app_id,
		      struct platform_version **versions, size_t *count, struct error *error)
{
	struct call call = {
		.method = "GET",
		.path = arena_printf(platform->arena, "/apps/%s/prod-versions", app_id),
		.doing = "list the versions",
	};
	cJSON *answer;
	int result;

	*versions = NULL;
	*count = 0;
	if (call_send(platform, &call, &answer, error) != 0)
		return -1;
	result = read_versions(platform, answer, versions, count, error);
	cJSON_Delete(answer);
	return result;
}

static void put_create_body(struct buf *body, long long major, const char *const *block_ids,
			    size_t block_count)
{
	buf_printf(body,
		   "{\"major\":%lld,\"cli_version\":\"" CLI_VERSION
		   "\",\"sdk_version\":\"" SDK_VERSION "\",\"workflow_block_ids\":[",
		   major);
	for (size_t i = 0; i < block_count; i++) {
		if (i > 0)
			buf_putc(body, ',');
		buf_put_json_string(body, block_ids[i], strlen(block_ids[i]));
	}
	buf_puts(body, "]}");
}

/* An upload URL gets the app's code: only over TLS, or within this machine when the API itself
 * is here. */
static int get_upload_url(struct platform *platform, const cJSON *object, const char *document,
			  const char *key, const char **url, struct error *error)
{
	struct error ignored = {0};
	struct http_url parts;

	if (json_get_string(object, document, key, url, error) != 0)
		return -1;
	if (http_url_parse(*url, &parts, &ignored) != 0 ||
	    !(parts.secure || (parts.loopback && platform->url.loopback)))
		return error_set(error, ERROR_SERVICE, "%s: `%s` must be an https URL", document,
				 key);
	*url = arena_strdup(platform->arena, *url);
	return 0;
}

static int read_block_urls(struct platform *platform, const cJSON *answer,
			   const char *const *block_ids, size_t block_count,
			   struct platform_draft *draft, struct error *error)
{
	const cJSON *urls;

	if (block_count == 0)
		return 0;
	if (json_get_object(answer, "the answer", "workflow_block_bundle_upload_urls", &urls,
			    error) != 0)
		return -1;
	draft->block_urls = arena_alloc(platform->arena, block_count * sizeof(const char *));
	for (size_t i = 0; i < block_count; i++)
		if (get_upload_url(platform, urls, "workflow_block_bundle_upload_urls",
				   block_ids[i], &draft->block_urls[i], error) != 0)
			return -1;
	return 0;
}

static int read_draft(struct platform *platform, const cJSON *answer, struct platform_draft *draft,
		      struct error *error)
{
	const char *document = "the answer";

	if (get_id(platform, answer, document, "app_id", &draft->app_id, error) != 0 ||
	    json_get_int(answer, document, "major", &draft->major, error) != 0 ||
	    json_get_int(answer, document, "minor", &draft->minor, error) != 0 ||
	    get_id(platform, answer, document, "app_prod_version_bundle_id", &draft->bundle_id,
		   error) != 0 ||
	    get_upload_url(platform, answer, document, "client_bundle_upload_url",
			   &draft->client_url, error) != 0 ||
	    get_upload_url(platform, answer, document, "server_bundle_upload_url",
			   &draft->server_url, error) != 0)
		return -1;
	return 0;
}

int platform_version_create(struct platform *platform, const char *app_id, long long major,
			    const char *const *block_ids, size_t block_count,
			    struct platform_draft *draft, struct error *error)
{
	struct buf body = {0};
	struct call call = {
		.method = "POST",
		.path = arena_printf(platform->arena, "/apps/%s/prod-versions", app_id),
		.doing = "create a version",
	};
	cJSON *answer;
	int result = -1;

	memset(draft, 0, sizeof(*draft));
	put_create_body(&body, major, block_ids, block_count);
	call.body = buf_cstr(&body);
	if (call_send(platform, &call, &answer, error) == 0) {
		result = 0;
		if (read_draft(platform, answer, draft, error) != 0 ||
		    read_block_urls(platform, answer, block_ids, block_count, draft, error) != 0)
			result = call_bad_answer(platform, error);
		cJSON_Delete(answer);
	}
	buf_dispose(&body);
	return result;
}

int platform_upload(struct platform *platform, const struct platform_upload *uploads, size_t count,
		    struct error *error)
{
	static const char *const headers[] = {"Content-Type: text/javascript", NULL};
	struct http_request *requests = arena_alloc(platform->arena, count * sizeof(*requests));
	struct http_response *responses = arena_alloc(platform->arena, count * sizeof(*responses));
	int result = 0;

	for (size_t i = 0; i < count; i++)
		requests[i] = (struct http_request){
			.method = "PUT",
			.url = uploads[i].url,
			.headers = headers,
			.body = uploads[i].bytes,
			.body_len = uploads[i].len,
			.retry = true,
			.follow = true, /* new S3 buckets send elsewhere for their first hours */
		};
	if (http_send_all(platform->client, requests, responses, count, error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		/* The storage's own words may repeat the signed URL: only the status is told. */
		if (result == 0 && (responses[i].status < 200 || responses[i].status > 299)) {
			result = error_set(error, ERROR_SERVICE,
					   "the storage refused the bundle `%s` (status %ld)",
					   uploads[i].name, responses[i].status);
			error_fix(error, "deploy again; the version was not published");
		}
		http_response_dispose(&responses[i]);
	}
	return result;
}

int platform_version_complete(struct platform *platform, const struct platform_draft *draft,
			      struct error *error)
{
	struct call call = {
		.method = "POST",
		.path = arena_printf(platform->arena,
				     "/apps/%s/prod-versions/%lld/%lld/bundles/%s/complete",
				     draft->app_id, draft->major, draft->minor, draft->bundle_id),
		.body = "{}",
		.doing = "complete the version",
	};
	cJSON *answer;
	bool success;
	int result = 0;

	if (call_send(platform, &call, &answer, error) != 0)
		return -1;
	if (json_get_bool(answer, "the answer", "success", &success, error) != 0) {
		result = call_bad_answer(platform, error);
	} else if (!success) {
		result = error_set(error, ERROR_SERVICE,
				   "`%s` did not complete the version %lld.%lld",
				   platform->url.host, draft->major, draft->minor);
		error_fix(error, "deploy again; the version was not published");
	}
	cJSON_Delete(answer);
	return result;
}
