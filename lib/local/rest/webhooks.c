/* Subscriptions to what happens in the workspace. Sending: deliver.h. */
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/random.h"
#include "base/str.h"
#include "local/rest/call.h"
#include "local/rest/endpoints.h"

#define WEBHOOK_HEAD                                                                               \
	"json_object('id', " SQL_ID1(                                                              \
		"webhook_id",                                                                      \
		"id") ", 'target_url', target_url, 'status', "                                     \
		      "status, 'subscriptions', json(subscriptions), 'created_at', created_at"
#define WEBHOOK WEBHOOK_HEAD ")"

int v2_webhooks_list(struct rest_call *call)
{
	const struct bind binds[] = {BIND_NUMBER(":limit", rest_number_param(call, "limit")),
				     BIND_NUMBER(":offset", rest_number_param(call, "offset")),
				     {0}};

	return rest_list(call,
			 "SELECT " WEBHOOK " FROM rest_webhooks ORDER BY created_at, row LIMIT "
			 ":limit OFFSET :offset",
			 binds);
}

static int answer_webhook(struct rest_call *call, const char *id)
{
	const struct bind binds[] = {BIND_TEXT(":id", id), {0}};
	bool found;

	if (rest_one(call, "SELECT " WEBHOOK " FROM rest_webhooks WHERE id = :id", binds, &found) !=
	    0)
		return -1;
	if (!found)
		return refusal_missing(call->refusal, "Webhook with ID \"%s\" was not found.", id);
	return 0;
}

int v2_webhooks_get(struct rest_call *call)
{
	return answer_webhook(call, rest_capture(call, "webhook_id"));
}

/* As they are answered: keys in their order. NULL in *json when the body has none. A target on this
 * machine may do without encryption. */
static int read_body(struct rest_call *call, const char **json)
{
	const cJSON *given = cJSON_GetObjectItemCaseSensitive(call->data, "subscriptions");
	const struct bind binds[] = {BIND_TEXT(":given", rest_json(call, given)), {0}};
	const char *url = rest_string(call, "target_url");

	*json = NULL;
	if (url != NULL && !str_starts(url, "https://") && !str_starts(url, "http://127.0.0.1:") &&
	    !str_starts(url, "http://localhost:")) {
		refusal_bad(call->refusal, "validation_type", "Body payload validation error.");
		return refusal_issue(call->refusal, "custom", "\"data\",\"target_url\"", NULL, NULL,
				     "Target URL must use https");
	}
	if (given == NULL)
		return 0;
	return rest_text(call,
			 "SELECT json_group_array(json_object('event_type', value ->> "
			 "'event_type', 'filter', json(value -> 'filter'))) FROM json_each(:given)",
			 binds, json);
}

/* 64 hexadecimal digits. */
static const char *new_secret(struct rest_call *call)
{
	char first[RANDOM_KEY_SIZE], second[RANDOM_KEY_SIZE];
	struct error error = {0};

	if (random_key(first, &error) != 0 || random_key(second, &error) != 0) {
		refusal_system(call->refusal, &error);
		return NULL;
	}
	return arena_printf(call->arena, "%s%s", first, second);
}

/* Only this answer holds the secret. */
int v2_webhooks_create(struct rest_call *call)
{
	const char *id = rest_uuid(call);
	const char *secret = new_secret(call);
	const char *subscriptions;
	bool found;

	if (id == NULL || secret == NULL || read_body(call, &subscriptions) != 0)
		return -1;
	const struct bind binds[] = {BIND_TEXT(":id", id),
				     BIND_TEXT(":url", rest_string(call, "target_url")),
				     BIND_TEXT(":subscriptions", subscriptions),
				     BIND_TEXT(":secret", secret),
				     BIND_TEXT(":now", call->now),
				     {0}};

	if (rest_run(call,
		     "INSERT INTO rest_webhooks (id, target_url, subscriptions, secret, "
		     "created_at) VALUES (:id, :url, :subscriptions, :secret, :now)",
		     binds) != 0)
		return -1;
	return rest_one(call,
			"SELECT " WEBHOOK_HEAD ", 'secret', secret) FROM rest_webhooks WHERE id = "
			":id",
			binds, &found);
}

int v2_webhooks_update(struct rest_call *call)
{
	const char *id = rest_capture(call, "webhook_id");
	const char *subscriptions;

	if (read_body(call, &subscriptions) != 0)
		return -1;
	const struct bind binds[] = {BIND_TEXT(":id", id),
				     BIND_TEXT(":url", rest_string(call, "target_url")),
				     BIND_TEXT(":subscriptions", subscriptions),
				     {0}};

	if (rest_run(call,
		     "UPDATE rest_webhooks SET target_url = coalesce(:url, target_url), "
		     "subscriptions = coalesce(:subscriptions, subscriptions) WHERE id = :id",
		     binds) != 0)
		return -1;
	return answer_webhook(call, id);
}

int v2_webhooks_delete(struct rest_call *call)
{
	const struct bind binds[] = {BIND_TEXT(":id", rest_capture(call, "webhook_id")), {0}};
	long long there;

	if (rest_number(call, "SELECT count(*) FROM rest_webhooks WHERE id = :id", binds, &there) !=
	    0)
		return -1;
	if (there == 0)
		return refusal_missing(call->refusal, "Webhook not found");
	if (rest_run(call, "DELETE FROM rest_webhooks WHERE id = :id", binds) != 0)
		return -1;
	return rest_empty(call);
}
