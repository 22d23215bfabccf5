#include "platform/log_token.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "platform/api.h"
#include "platform/call.h"
#include "json/json.h"

/* What we may do is a JSON text within the JSON. */
static void put_body(struct buf *body, const char *channel, const char *client_id)
{
	struct buf capability = {0};

	buf_putc(&capability, '{');
	buf_put_json_string(&capability, channel, strlen(channel));
	buf_puts(&capability, ":[\"subscribe\"]}");
	buf_puts(body, "{\"token_params\":{\"capability\":");
	buf_put_json_string(body, buf_cstr(&capability), capability.len);
	if (client_id != NULL) {
		buf_puts(body, ",\"clientId\":");
		buf_put_json_string(body, client_id, strlen(client_id));
	}
	buf_puts(body, "}}");
	buf_dispose(&capability);
}

int platform_log_token(struct attio_api *platform, const char *channel, const char *client_id,
		       struct platform_log_token *token, struct error *error)
{
	struct buf body = {0};
	struct call call = {
		.method = "POST",
		.path = "/integrations/ably/auth",
		.doing = "read the logs",
	};
	const char *text;
	cJSON *answer;
	int result = -1;

	*token = (struct platform_log_token){0};
	put_body(&body, channel, client_id);
	call.body = buf_cstr(&body);
	if (call_send(platform, &call, &answer, error) == 0) {
		result = json_get_string(answer, "the answer", "token", &text, error);
		if (result == 0 && *text == '\0')
			result = error_set(error, ERROR_SERVICE, "the answer: `token` is empty");
		if (result != 0)
			result = call_bad_answer(platform, error);
		else
			token->token = arena_strdup(platform->arena, text);
		text = json_string_or_null(answer, "clientId");
		if (text != NULL)
			token->client_id = arena_strdup(platform->arena, text);
		cJSON_Delete(answer);
	}
	buf_dispose(&body);
	return result;
}
