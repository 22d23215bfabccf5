/* See common.h. */
#include "local/developer/common.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "http/server.h"
#include "local/clock.h"
#include "local/developer/tokens.h"
#include "local/route.h"
#include "local/routes.h"
#include "local/run/members.h"
#include "local/sql.h"
#include "json/json.h"

#define BLOCK_LIMIT 1000

void developer_error(struct routes *routes, struct http_reply *reply, const struct error *error)
{
	if (error->kind == ERROR_NOT_FOUND) {
		http_reply_refuse(reply, 404, error->message);
	} else if (error->kind == ERROR_CONFLICT || error->kind == ERROR_SERVICE) {
		http_reply_refuse(reply, 400, error->message);
	} else {
		routes->failure = *error;
		http_reply_refuse(reply, 500, error->message);
	}
}

const char *developer_app(struct routes *routes, const struct route_request *request,
			  struct http_reply *reply)
{
	const char *id = route_value(request->match, "app_id");
	struct error error = {0};
	bool found;

	if (local_store_has_app(routes->store, id, &found, &error) != 0) {
		developer_error(routes, reply, &error);
		return NULL;
	}
	if (!found) {
		http_reply_refuse(reply, 404, "there is no such app");
		return NULL;
	}
	return id;
}

bool developer_member(struct routes *routes, const struct route_request *request,
		      char member_id[LOCAL_ID_SIZE], struct http_reply *reply)
{
	/* It was let in: the header has a token, or the secret. */
	const char *token = strchr(request->authorization, ' ') + 1;
	enum token_state state;
	struct error error = {0};
	struct member admin;

	if (!random_key_equal(token, routes->token)) {
		if (tokens_member(routes->store, clock_ms(routes->clock), token, member_id, &state,
				  &error) == 0)
			return true;
	} else if (member_find(routes->store, NULL, &admin, &error) == 0) {
		memcpy(member_id, admin.id, sizeof(admin.id));
		return true;
	}
	developer_error(routes, reply, &error);
	return false;
}

int developer_workspace(struct routes *routes, const char *member_id,
			char workspace_id[LOCAL_ID_SIZE], struct error *error)
{
	bool found;
	int result = sql_find_text(routes->store,
				   "SELECT workspace.id FROM workspace, members WHERE members.id = "
				   "? AND access_level = 'admin'",
				   member_id, workspace_id, &found, error);

	if (result == 0 && !found)
		workspace_id[0] = '\0';
	return result;
}

cJSON *developer_body(const struct route_request *request, struct http_reply *reply)
{
	struct error error = {0};
	cJSON *document = json_parse(request->body, request->body_len, "the body", NULL, &error);

	if (document != NULL && cJSON_IsObject(document))
		return document;
	cJSON_Delete(document);
	http_reply_refuse(reply, 400,
			  document == NULL ? error.message : "the body must be a JSON object");
	return NULL;
}

int developer_block_ids(struct arena *arena, const cJSON *document, struct block_ids *ids,
			struct error *error)
{
	const cJSON *list, *item;
	int count;

	*ids = (struct block_ids){0};
	if (json_get_array(document, "the body", "workflow_block_ids", &list, error) != 0)
		return -1;
	count = cJSON_GetArraySize(list);
	if (count > BLOCK_LIMIT)
		return error_set(error, ERROR_SERVICE, "there are too many workflow blocks");
	ids->items = arena_alloc(arena, ((size_t)count + 1) * sizeof(const char *));
	cJSON_ArrayForEach(item, list)
	{
		if (!cJSON_IsString(item) || item->valuestring[0] == '\0')
			return error_set(error, ERROR_SERVICE,
					 "the ids of workflow blocks must be strings");
		for (size_t i = 0; i < ids->count; i++)
			if (strcmp(ids->items[i], item->valuestring) == 0)
				return error_set(error, ERROR_SERVICE,
						 "two workflow blocks have the id `%.100s`",
						 item->valuestring);
		ids->items[ids->count++] = item->valuestring;
	}
	return 0;
}
