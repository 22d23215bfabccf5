/* The endpoints of versions: list, create, complete. */
#include "platform/versions.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "platform/api.h"
#include "platform/call.h"
#include "platform/words.h"
#include "json/json.h"

static int read_version(struct attio_api *platform, const cJSON *object, const char *document,
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

static int read_versions(struct attio_api *platform, const cJSON *answer,
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

int platform_versions(struct attio_api *platform, const char *app_id,
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
		   "{\"major\":%lld,\"cli_version\":\"" PLATFORM_CLI_VERSION
		   "\",\"sdk_version\":\"" PLATFORM_SDK_VERSION "\",",
		   major);
	call_put_block_ids(body, block_ids, block_count);
	buf_putc(body, '}');
}

static int read_draft(struct attio_api *platform, const cJSON *answer, struct platform_draft *draft,
		      struct error *error)
{
	const char *document = "the answer";

	if (call_get_id(platform, answer, document, "app_id", &draft->app_id, error) != 0 ||
	    json_get_int(answer, document, "major", &draft->major, error) != 0 ||
	    json_get_int(answer, document, "minor", &draft->minor, error) != 0 ||
	    call_get_id(platform, answer, document, "app_prod_version_bundle_id", &draft->bundle_id,
			error) != 0 ||
	    call_get_upload_url(platform, answer, document, "client_bundle_upload_url",
				&draft->client_url, error) != 0 ||
	    call_get_upload_url(platform, answer, document, "server_bundle_upload_url",
				&draft->server_url, error) != 0)
		return -1;
	return 0;
}

static int read_created(struct attio_api *platform, const cJSON *answer,
			const char *const *block_ids, size_t block_count,
			struct platform_draft *draft, struct error *error)
{
	if (read_draft(platform, answer, draft, error) == 0 &&
	    call_get_block_urls(platform, answer, "the answer", block_ids, block_count,
				&draft->block_urls, error) == 0)
		return 0;
	return call_bad_answer(platform, error);
}

static struct call create_call(struct attio_api *platform, const char *app_id)
{
	return (struct call){
		.method = "POST",
		.path = arena_printf(platform->arena, "/apps/%s/prod-versions", app_id),
		.doing = "create a version",
		.kept = true,
	};
}

int platform_version_create(struct attio_api *platform, const char *app_id, long long major,
			    const char *const *block_ids, size_t block_count,
			    struct platform_draft *draft, struct error *error)
{
	struct call call = create_call(platform, app_id);
	struct buf body = {0};
	cJSON *answer;
	int result = -1;

	memset(draft, 0, sizeof(*draft));
	put_create_body(&body, major, block_ids, block_count);
	call.body = buf_cstr(&body);
	if (call_send(platform, &call, &answer, error) == 0) {
		result = read_created(platform, answer, block_ids, block_count, draft, error);
		cJSON_Delete(answer);
	}
	buf_dispose(&body);
	return result;
}

int platform_version_created(struct attio_api *platform, const struct http_response *response,
			     const char *const *block_ids, size_t block_count,
			     struct platform_draft *draft, struct error *error)
{
	const struct call call = create_call(platform, "");
	cJSON *answer;
	int result;

	memset(draft, 0, sizeof(*draft));
	if (call_take(platform, &call, response, &answer, error) != 0)
		return -1;
	result = read_created(platform, answer, block_ids, block_count, draft, error);
	cJSON_Delete(answer);
	return result;
}

int platform_version_complete(struct attio_api *platform, const struct platform_draft *draft,
			      struct error *error)
{
	const struct call call = {
		.method = "POST",
		.path = arena_printf(platform->arena,
				     "/apps/%s/prod-versions/%lld/%lld/bundles/%s/complete",
				     draft->app_id, draft->major, draft->minor, draft->bundle_id),
		.body = "{}",
		.doing = "complete the version",
	};

	return call_complete(
		platform, &call,
		arena_printf(platform->arena, "the version %lld.%lld", draft->major, draft->minor),
		error);
}
