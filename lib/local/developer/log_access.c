/* See log_access.h. What is asked for is a capability: JSON in a string, {channel: [operation]}. */
#include "local/developer/log_access.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "http/server.h"
#include "local/clock.h"
#include "local/developer/common.h"
#include "local/developer/hub.h"
#include "local/developer/hub_token.h"
#include "local/route.h"
#include "local/routes.h"
#include "json/json.h"

#define CHANNELS_MOST 8

/* Whether it is the log of an app that is there, in their workspace; -1 with an error. */
static int judge(struct routes *routes, struct arena *arena, const char *workspace_id,
		 const char *channel, bool *good, struct error *error)
{
	const char *base = arena_printf(arena, HUB_CHANNEL "%s:", workspace_id);

	*good = false;
	if (workspace_id[0] == '\0' || !str_starts(channel, base))
		return 0;
	return local_store_has_app(routes->store, channel + strlen(base), good, error);
}

/* The channels of a capability in the arena; NULL with a refusal. */
static const char **read_channels(struct routes *routes, const struct route_request *request,
				  const char *workspace_id, const cJSON *capability,
				  struct http_reply *reply)
{
	const char **channels =
		arena_alloc(request->arena, (CHANNELS_MOST + 1) * sizeof(*channels));
	struct error error = {0};
	const cJSON *item;
	size_t count = 0;
	bool good = true;

	cJSON_ArrayForEach(item, capability)
	{
		if (count == CHANNELS_MOST) {
			good = false;
			break;
		}
		if (judge(routes, request->arena, workspace_id, item->string, &good, &error) != 0) {
			developer_error(routes, reply, &error);
			return NULL;
		}
		if (!good)
			break;
		channels[count++] = item->string;
	}
	if (good && count > 0)
		return channels;
	http_reply_refuse(reply, 403, "you may not listen to this channel");
	return NULL;
}

static void answer(struct routes *routes, const char *member_id, const char *capability,
		   const char *const *channels, struct http_reply *reply)
{
	long long now = clock_ms(routes->clock);
	struct hub_token token = {member_id, channels, now + HUB_TOKEN_MINUTES * 60 * 1000LL};
	struct buf text = {0};

	hub_token_put(&text, routes->token, &token);
	buf_putc(&reply->body, '{');
	buf_put_json_member(&reply->body, "token", buf_cstr(&text));
	buf_printf(&reply->body, ",\"issued\":%lld,\"expires\":%lld", now, token.until);
	buf_put_json_member(&reply->body, "capability", capability);
	buf_put_json_member(&reply->body, "clientId", member_id);
	buf_putc(&reply->body, '}');
	buf_dispose(&text);
}

static void give(struct routes *routes, const struct route_request *request, const cJSON *document,
		 struct http_reply *reply)
{
	char member_id[LOCAL_ID_SIZE], workspace_id[LOCAL_ID_SIZE];
	const char *text = NULL, **channels;
	const cJSON *params;
	struct error error = {0};
	cJSON *capability = NULL;

	if (json_get_object(document, "the body", "token_params", &params, &error) != 0 ||
	    json_get_string(params, "the body, token_params", "capability", &text, &error) != 0 ||
	    (capability = json_parse(text, strlen(text), "the capability", NULL, &error)) == NULL) {
		http_reply_refuse(reply, 400, error.message);
		return;
	}
	if (!developer_member(routes, request, member_id, reply)) {
		;
	} else if (developer_workspace(routes, member_id, workspace_id, &error) != 0) {
		developer_error(routes, reply, &error);
	} else {
		channels = read_channels(routes, request, workspace_id, capability, reply);
		if (channels != NULL)
			answer(routes, member_id, text, channels, reply);
	}
	cJSON_Delete(capability);
}

void give_log_token(struct routes *routes, const struct route_request *request,
		    struct http_reply *reply)
{
	cJSON *document = developer_body(request, reply);

	if (document != NULL)
		give(routes, request, document, reply);
	cJSON_Delete(document);
}

void serve_logs(struct routes *routes, const struct route_request *request,
		struct http_reply *reply)
{
	if (routes->hub == NULL)
		http_reply_refuse(reply, 404, "there is nothing at this path");
	else
		hub_answer(routes->hub, request->arena, request->query, reply);
}
