/* The rules that all calls share: headers, statuses, what a refusal means. */
#include "platform/call.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "platform/api.h"
#include "platform/words.h"
#include "json/json.h"

#define ID_LIMIT 1000 /* bytes of an id, which goes into addresses */

/* A status between 300 and 399: only some of them lead elsewhere. */
static int not_answered(const char *host, long status, struct error *error)
{
	if (status == 304)
		error_set(error, ERROR_SERVICE,
			  "`%s` answers that nothing has changed (status 304), which was not asked",
			  host);
	else if (status == 300)
		error_set(error, ERROR_SERVICE,
			  "`%s` offers several answers to this call (status 300)", host);
	else
		error_set(error, ERROR_SERVICE, "`%s` sends this call elsewhere (status %ld)", host,
			  status);
	if (status != 300 && status != 304)
		error_why(error, "redirects are not followed, so that the token stays with the "
				 "host it is meant for");
	return error_fix(error, "see whether `ATTIO_API_URL` is right, and whether a proxy or a "
				"sign-in page of the network answers in its place");
}

/* What is below an app may be gone; an endpoint that names nothing is there or it is not Attio. */
static enum error_kind refusal_kind(const struct call *call, long status)
{
	if (status == 409)
		return ERROR_CONFLICT;
	return status == 404 && strncmp(call->path, "/apps/", 6) == 0 ? ERROR_NOT_FOUND
								      : ERROR_SERVICE;
}

int call_refused(const struct attio_api *platform, const struct call *call,
		 const struct http_response *response, struct error *error)
{
	const char *host = platform->url.host;
	const char *words = words_of_answer(platform, &response->body);
	long status = response->status;

	if (call->explain != NULL && call->explain(platform, response, error))
		return -1;
	if (status == 401) {
		error_set(error, ERROR_AUTH, "`%s` does not accept the token", host);
		error_fix(error,
			  "run `attio login`, or give a developer's token, as it gets one, that "
			  "has not expired; a workspace's API key is something else");
	} else if (status == 403) {
		error_set(error, ERROR_AUTH, "`%s` does not let this token %s", host, call->doing);
		error_fix(error, "use the token of a developer who has access to the app");
	} else if (status == 404 && call->not_found != NULL) {
		error_set(error, ERROR_NOT_FOUND, "%s", call->not_found);
	} else if (status >= 300 && status < 400) {
		return not_answered(host, status, error);
	} else if (status == 429) {
		error_set(error, ERROR_SERVICE, "`%s` has had too many requests to %s (status 429)",
			  host, call->doing);
		if (response->retry_after > 0)
			error_fix(error, "run it again in %ld s", response->retry_after);
		else
			error_fix(error, "run it again in a minute");
	} else if (status == 407 || status == 511) {
		error_set(error, ERROR_SERVICE,
			  "the network wants a sign-in before `%s` is asked to %s (status %ld)",
			  host, call->doing, status);
		error_fix(error, "sign in to the network or to its proxy, and run it again");
	} else if (status >= 500 || status == 408 || status == 425) {
		error_set(error, ERROR_SERVICE, "`%s` failed to %s (status %ld)", host, call->doing,
			  status);
		error_fix(error, "it is not your app: run it again in a few minutes");
	} else {
		error_set(error, refusal_kind(call, status), "`%s` refuses to %s (status %ld)",
			  host, call->doing, status);
		error_fix(error, "%s",
			  *words != '\0' ? "put right what the server names, and run "
					   "it again"
					 : "see whether `ATTIO_API_URL` is right, and "
					   "whether attio is the newest one");
	}
	return *words != '\0' ? error_why(error, "the server says: %s", words) : -1;
}

/* "`app.app_id` is missing" of "app: `app_id` is missing", since the getters of lib/json name the
 * object where an answer's reader looks for a path from its top. */
static void put_path(const char *complaint, char *out, size_t size)
{
	static const char top[] = "the answer: `";
	const char *mark = strstr(complaint, ": `");

	if (strncmp(complaint, top, strlen(top)) == 0)
		snprintf(out, size, "%s", complaint + strlen(top) - 1);
	else if (mark != NULL && strcspn(complaint, " `") > (size_t)(mark - complaint))
		snprintf(out, size, "`%.*s.%s", (int)(mark - complaint), complaint, mark + 3);
	else
		snprintf(out, size, "%s", complaint);
}

int call_bad_answer(const struct attio_api *platform, struct error *error)
{
	char why[sizeof(error->why)];
	char what[sizeof(error->message)];

	memcpy(why, error->why, sizeof(why));
	put_path(error->message, what, sizeof(what));
	error_set(error, ERROR_SERVICE, "`%s` answered something unexpected: %s",
		  platform->url.host, what);
	error_fix(error, "see whether `ATTIO_API_URL` is right and no sign-in page of the network "
			 "answers in its place, and whether attio is the newest one");
	return error_why(error, "%s", why);
}

int call_parse(const struct attio_api *platform, const struct http_response *response,
	       cJSON **answer, struct error *error)
{
	const char *bytes = response->body.len > 0 ? response->body.ptr : "";

	*answer = json_parse_answer(bytes, response->body.len, "the answer", error);
	if (*answer == NULL)
		return call_bad_answer(platform, error);
	if (cJSON_IsObject(*answer))
		return 0;
	cJSON_Delete(*answer);
	*answer = NULL;
	error_set(error, ERROR_SERVICE, "the answer is not an object");
	return call_bad_answer(platform, error);
}

/* One sending, with the token that is the platform's now. */
static int send_once(struct attio_api *platform, const struct call *call,
		     struct http_response *response, struct error *error)
{
	const char *headers[] = {
		"x-attio-platform: developer-cli",
		"Content-Type: application/json",
		arena_printf(platform->arena, "Authorization: Bearer %s", platform->token),
		NULL,
	};
	struct http_request request = {
		.method = call->method,
		.url = arena_printf(platform->arena, "%s%s", platform->base_url, call->path),
		.headers = headers,
		.body = call->body,
		.body_len = call->body != NULL ? strlen(call->body) : 0,
		.retry = strcmp(call->method, "GET") == 0,
	};

	const struct courier *courier = &platform->courier;
	bool kept = call->kept && courier->path != NULL;

	platform->status = 0;
	if ((kept ? courier->send(courier->context, &request, courier->path, platform->token,
				  response, error)
		  : http_send(platform->client, &request, response, error)) != 0)
		return -1;
	platform->status = response->status;
	return 0;
}

static int take_token(struct attio_api *platform, bool refused, struct error *error)
{
	const struct signer *signer = &platform->signer;

	return signer->token == NULL
		       ? 0
		       : signer->token(signer->context, refused, &platform->token, error);
}

/* What is refused for its token was not done, so any call may be sent again with another one: the
 * token may have ended sooner than this machine's clock says. */
static int send_signed(struct attio_api *platform, const struct call *call,
		       struct http_response *response, struct error *error)
{
	const char *first;

	if (take_token(platform, false, error) != 0 ||
	    send_once(platform, call, response, error) != 0)
		return -1;
	first = platform->token;
	if (response->status != 401)
		return 0;
	if (take_token(platform, true, error) != 0) {
		http_response_dispose(response);
		return -1;
	}
	if (platform->token == first)
		return 0;
	http_response_dispose(response);
	return send_once(platform, call, response, error);
}

int call_take(const struct attio_api *platform, const struct call *call,
	      const struct http_response *response, cJSON **answer, struct error *error)
{
	*answer = NULL;
	if (response->status < 200 || response->status > 299)
		return call_refused(platform, call, response, error);
	return call_parse(platform, response, answer, error);
}

int call_send(struct attio_api *platform, const struct call *call, cJSON **answer,
	      struct error *error)
{
	struct http_response response;
	int result;

	*answer = NULL;
	if (send_signed(platform, call, &response, error) != 0)
		return -1;
	result = call_take(platform, call, &response, answer, error);
	http_response_dispose(&response);
	return result;
}

bool call_has_dots(const char *path)
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
static const char *segment(struct attio_api *platform, const char *id)
{
	struct buf out = {0};
	const char *copy;

	if (*id == '\0' || strlen(id) > ID_LIMIT || call_has_dots(id))
		return NULL;
	http_put_encoded(&out, id, "");
	copy = arena_strdup(platform->arena, buf_cstr(&out));
	buf_dispose(&out);
	return copy;
}

int call_get_id(struct attio_api *platform, const cJSON *object, const char *document,
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

int call_get_upload_url(struct attio_api *platform, const cJSON *object, const char *document,
			const char *key, const char **url, struct error *error)
{
	struct error ignored = {0};
	struct buf out = {0};
	struct http_url parts;

	if (json_get_string(object, document, key, url, error) != 0)
		return -1;
	http_put_url(&out, *url);
	*url = arena_strdup(platform->arena, buf_cstr(&out));
	buf_dispose(&out);
	if (http_url_parse(*url, &parts, &ignored) != 0 ||
	    !(parts.secure || (parts.loopback && platform->url.loopback)))
		return error_set(error, ERROR_SERVICE, "%s: `%s` must be an https URL", document,
				 key);
	return 0;
}

int call_get_block_urls(struct attio_api *platform, const cJSON *object, const char *document,
			const char *const *block_ids, size_t block_count, const char ***urls,
			struct error *error)
{
	static const char key[] = "workflow_block_bundle_upload_urls";
	const cJSON *list;

	*urls = NULL;
	if (block_count == 0)
		return 0;
	if (json_get_object(object, document, key, &list, error) != 0)
		return -1;
	*urls = arena_alloc(platform->arena, block_count * sizeof(**urls));
	for (size_t i = 0; i < block_count; i++)
		if (call_get_upload_url(platform, list, key, block_ids[i], &(*urls)[i], error) != 0)
			return -1;
	return 0;
}

void call_put_block_ids(struct buf *body, const char *const *block_ids, size_t block_count)
{
	buf_puts(body, "\"workflow_block_ids\":[");
	for (size_t i = 0; i < block_count; i++) {
		if (i > 0)
			buf_putc(body, ',');
		buf_put_json_string(body, block_ids[i], strlen(block_ids[i]));
	}
	buf_putc(body, ']');
}

int call_complete(struct attio_api *platform, const struct call *call, const char *what,
		  struct error *error)
{
	cJSON *answer;
	bool success;
	int result = 0;

	if (call_send(platform, call, &answer, error) != 0)
		return -1;
	if (json_get_bool(answer, "the answer", "success", &success, error) != 0)
		result = call_bad_answer(platform, error);
	else if (!success)
		result = error_set(error, ERROR_SERVICE, "`%s` did not complete %s",
				   platform->url.host, what);
	cJSON_Delete(answer);
	return result;
}
