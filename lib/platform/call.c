/* The rules that all calls share: headers, statuses, what a refusal means. */
#include "platform/call.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "platform/api.h"
#include "platform/words.h"
#include "json/json.h"

#define MESSAGE_LIMIT 300 /* bytes */

/* The server's own words, if it has any fit to be shown, become the cause. */
static void put_server_message(const struct platform *platform, const struct buf *body,
			       struct error *error)
{
	struct error ignored = {0};
	cJSON *document;
	const char *message;

	if (body->len == 0)
		return;
	document = json_parse(body->ptr, body->len, "answer", NULL, &ignored);
	if (document == NULL)
		return;
	message = json_string_or_null(document, "message");
	if (message != NULL)
		message = words_shown(platform, message, MESSAGE_LIMIT);
	if (message != NULL && *message != '\0')
		error_why(error, "the server says: %s", message);
	cJSON_Delete(document);
}

static int status_error(const struct platform *platform, const struct call *call,
			const struct http_response *response, struct error *error)
{
	const char *host = platform->url.host;
	long status = response->status;

	if (status == 401) {
		error_set(error, ERROR_AUTH, "`%s` does not accept the token", host);
		put_server_message(platform, &response->body, error);
		return error_fix(error,
				 "set `ATTIO_TOKEN` to a developer's access token that has not "
				 "expired; a workspace's API key is something else");
	}
	if (status == 403) {
		error_set(error, ERROR_AUTH, "`%s` does not let this token %s", host, call->doing);
		put_server_message(platform, &response->body, error);
		return error_fix(error, "use the token of a developer who has access to the app");
	}
	if (status == 404 && call->not_found != NULL) {
		error_set(error, ERROR_NOT_FOUND, "%s", call->not_found);
		put_server_message(platform, &response->body, error);
		return error_fix(error, "create it at %s, or name another app with `--app SLUG`",
				 PLATFORM_PORTAL_URL);
	}
	if (status >= 300 && status < 400) {
		error_set(error, ERROR_SERVICE, "`%s` sends this call elsewhere (status %ld)", host,
			  status);
		return error_why(error, "redirects are not followed, so that the token stays with "
					"the host it is meant for");
	}
	if (status >= 500)
		error_set(error, ERROR_SERVICE, "`%s` failed to %s (status %ld)", host, call->doing,
			  status);
	else
		error_set(error, status == 409 ? ERROR_CONFLICT : ERROR_SERVICE,
			  "`%s` refuses to %s (status %ld)", host, call->doing, status);
	put_server_message(platform, &response->body, error);
	return -1;
}

int call_bad_answer(const struct platform *platform, struct error *error)
{
	char why[sizeof(error->why)];

	memcpy(why, error->why, sizeof(why));
	error_set(error, ERROR_SERVICE, "`%s` answered something unexpected: %s",
		  platform->url.host, error->message);
	return error_why(error, "%s", why);
}

static int parse_answer(const struct platform *platform, const struct http_response *response,
			cJSON **answer, struct error *error)
{
	const char *bytes = response->body.len > 0 ? response->body.ptr : "";

	*answer = json_parse(bytes, response->body.len, "the answer", NULL, error);
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
static int send_once(struct platform *platform, const struct call *call,
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

	return http_send(platform->client, &request, response, error);
}

static int take_token(struct platform *platform, bool refused, struct error *error)
{
	const struct signer *signer = &platform->signer;

	return signer->token == NULL
		       ? 0
		       : signer->token(signer->context, refused, &platform->token, error);
}

/* What is refused for its token was not done, so any call may be sent again with another one: the
 * token may have ended sooner than this machine's clock says. */
static int send_signed(struct platform *platform, const struct call *call,
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

int call_send(struct platform *platform, const struct call *call, cJSON **answer,
	      struct error *error)
{
	struct http_response response;
	int result;

	*answer = NULL;
	if (send_signed(platform, call, &response, error) != 0)
		return -1;
	if (response.status < 200 || response.status > 299)
		result = status_error(platform, call, &response, error);
	else
		result = parse_answer(platform, &response, answer, error);
	http_response_dispose(&response);
	return result;
}
