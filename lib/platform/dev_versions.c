#include "platform/dev_versions.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "app/dotenv.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "platform/api.h"
#include "platform/call.h"
#include "platform/versions.h"
#include "platform/words.h"
#include "json/json.h"

#define SHOWN 120 /* bytes of a name or a sentence of the server */

/* --- the environment ---------------------------------------------------------------------------
 */

static const char *problem_of(const char *name)
{
	static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	size_t len = strlen(name);

	if (str_starts(name, "ATTIO_") || str_starts(name, "__ATTIO"))
		return "begins as the platform's own names do";
	if (strchr(capitals, name[0]) == NULL || name[0] == '\0')
		return "must begin with a capital letter";
	if (strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != len)
		return "may hold capital letters, digits and underscores only";
	return NULL;
}

static void put_sentence(struct buf *out, const char *name, const char *text)
{
	if (out->len > 0)
		buf_puts(out, "; ");
	if (*name != '\0')
		buf_printf(out, "`%s` ", name);
	buf_puts(out, text);
}

static const char *keep(struct arena *arena, struct buf *text)
{
	const char *copy = text->len > 0 ? arena_strdup(arena, buf_cstr(text)) : NULL;

	buf_dispose(text);
	return copy;
}

const char *platform_env_problems(struct arena *arena, const struct env_variable *variables,
				  size_t count)
{
	struct buf text = {0};

	for (size_t i = 0; i < count; i++) {
		const char *problem = problem_of(variables[i].name);

		if (problem != NULL)
			put_sentence(&text, variables[i].name, problem);
	}
	return keep(arena, &text);
}

/* What the platform's words for it are; of others its own sentence is shown. */
static void put_verdict(const struct attio_api *platform, const cJSON *item, struct buf *out)
{
	static const struct {
		const char *code, *text;
	} known[] = {
		{"INVALID_KEY_FORMAT", "must begin with a capital letter, then hold capital "
				       "letters, digits and underscores only"},
		{"RESERVED_KEY_PREFIX", "begins as the platform's own names do"},
		{"EMPTY_VALUE", "has no value"},
		{"KEY_TOO_LONG", "is too long a name"},
		{"VALUE_TOO_LARGE", "has too large a value"},
		{"TOO_MANY_VARIABLES", "there are too many variables"},
	};
	const char *code = json_string_or_null(item, "code");
	const char *key = json_string_or_null(item, "key");
	const char *message = json_string_or_null(item, "message");
	const char *name = key != NULL ? words_shown(platform, key, SHOWN) : "";
	const cJSON *limit = cJSON_GetObjectItemCaseSensitive(item, "limit");
	const cJSON *bytes = cJSON_GetObjectItemCaseSensitive(item, "max_bytes");

	for (size_t i = 0; code != NULL && i < ARRAY_LEN(known); i++) {
		if (strcmp(known[i].code, code) != 0)
			continue;
		put_sentence(out, name, known[i].text);
		if (cJSON_IsNumber(bytes))
			buf_printf(out, " (at most %.0f bytes)", bytes->valuedouble);
		if (cJSON_IsNumber(limit))
			buf_printf(out, " (at most %.0f)", limit->valuedouble);
		return;
	}
	put_sentence(out, name,
		     message != NULL ? words_shown(platform, message, SHOWN) : "is refused");
}

static bool explain_refusal(const struct attio_api *platform, const struct http_response *response,
			    struct error *error)
{
	struct error ignored;
	cJSON *document;
	const cJSON *item;
	const char *code;
	struct buf text = {0};
	bool known;

	if (response->status != 400 || response->body.len == 0)
		return false;
	document =
		json_parse_answer(response->body.ptr, response->body.len, "the answer", &ignored);
	code = json_string_or_null(document, "code");
	known = code != NULL && strcmp(code, "ENV_VARIABLES_VALIDATION_FAILED") == 0;
	cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(document, "errors"))
		put_verdict(platform, item, &text);
	if (known) {
		error_set(error, ERROR_USAGE, "`%s` does not take the variables of your .env files",
			  platform->url.host);
		error_why(error, "%s", buf_cstr(&text));
		error_fix(error, "change `.env` or `.env.local`");
	}
	buf_dispose(&text);
	cJSON_Delete(document);
	return known;
}

/* --- calls -------------------------------------------------------------------------------------
 */

static void put_version_body(struct buf *body, const char *workspace_id,
			     const struct env_variable *variables, size_t count)
{
	buf_puts(body, "{\"major\":1,\"target_workspace_id\":");
	buf_put_json_string(body, workspace_id, strlen(workspace_id));
	buf_puts(body, ",\"environment_variables\":{");
	for (size_t i = 0; i < count; i++)
		buf_put_json_member(body, variables[i].name, variables[i].value);
	buf_puts(body, "},\"cli_version\":\"" PLATFORM_CLI_VERSION "\"}");
}

int platform_dev_version_create(struct attio_api *platform, const char *app_id,
				const char *workspace_id, const struct env_variable *variables,
				size_t count, const char **version_id, struct error *error)
{
	struct buf body = {0};
	struct call call = {
		.method = "POST",
		.path = arena_printf(platform->arena, "/apps/%s/dev-versions", app_id),
		.doing = "create a development version",
		.explain = explain_refusal,
	};
	cJSON *answer;
	int result = -1;

	put_version_body(&body, workspace_id, variables, count);
	call.body = buf_cstr(&body);
	platform->hidden = variables;
	platform->hidden_count = count;
	if (call_send(platform, &call, &answer, error) == 0) {
		result = call_get_id(platform, answer, "the answer", "app_dev_version_id",
				     version_id, error);
		if (result != 0)
			result = call_bad_answer(platform, error);
		cJSON_Delete(answer);
	}
	platform->hidden = NULL;
	platform->hidden_count = 0;
	buf_dispose(&body);
	return result;
}

static void put_bundle_body(struct buf *body, const char *const *block_ids, size_t block_count)
{
	buf_puts(body, "{\"sdk_version\":\"" PLATFORM_SDK_VERSION "\",");
	call_put_block_ids(body, block_ids, block_count);
	buf_putc(body, '}');
}

static int read_bundle(struct attio_api *platform, const cJSON *answer,
		       const char *const *block_ids, size_t block_count,
		       struct platform_dev_bundle *bundle, struct error *error)
{
	const char *document = "the answer";

	if (call_get_id(platform, answer, document, "app_dev_version_bundle_id", &bundle->id,
			error) != 0 ||
	    call_get_upload_url(platform, answer, document, "client_bundle_upload_url",
				&bundle->client_url, error) != 0 ||
	    call_get_upload_url(platform, answer, document, "server_bundle_upload_url",
				&bundle->server_url, error) != 0)
		return -1;
	return call_get_block_urls(platform, answer, document, block_ids, block_count,
				   &bundle->block_urls, error);
}

int platform_dev_bundle_create(struct attio_api *platform, const char *app_id,
			       const char *version_id, const char *const *block_ids,
			       size_t block_count, struct platform_dev_bundle *bundle,
			       struct error *error)
{
	struct buf body = {0};
	struct call call = {
		.method = "POST",
		.path = arena_printf(platform->arena, "/apps/%s/dev-versions/%s/bundles", app_id,
				     version_id),
		.doing = "take a build",
		.not_found = "the development version is not there any more",
	};
	cJSON *answer;
	int result = -1;

	*bundle = (struct platform_dev_bundle){0};
	put_bundle_body(&body, block_ids, block_count);
	call.body = buf_cstr(&body);
	if (call_send(platform, &call, &answer, error) == 0) {
		result = read_bundle(platform, answer, block_ids, block_count, bundle, error);
		if (result != 0)
			result = call_bad_answer(platform, error);
		cJSON_Delete(answer);
	}
	buf_dispose(&body);
	return result;
}

int platform_dev_bundle_complete(struct attio_api *platform, const char *app_id,
				 const char *version_id, const struct platform_dev_bundle *bundle,
				 struct error *error)
{
	const struct call call = {
		.method = "POST",
		.path = arena_printf(platform->arena,
				     "/apps/%s/dev-versions/%s/bundles/%s/complete", app_id,
				     version_id, bundle->id),
		.body = "{}",
		.doing = "complete the build",
	};

	return call_complete(platform, &call, "the build", error);
}
