/* See dev_versions.h. What the store keeps: dev_store.h. */
#include "local/developer/dev_versions.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "http/server.h"
#include "local/clock.h"
#include "local/developer/common.h"
#include "local/developer/dev_store.h"
#include "local/developer/environment.h"
#include "local/developer/uploads.h"
#include "local/route.h"
#include "local/routes.h"
#include "json/json.h"

/* ---- a dev version ---- */

struct wish {
	const char *workspace_id;
	const char *cli_version;
	const cJSON *variables;
};

static int read_wish(const cJSON *document, struct wish *wish, struct error *error)
{
	const cJSON *item;
	long long major;

	if (json_get_int(document, "the body", "major", &major, error) != 0 ||
	    json_get_string(document, "the body", "target_workspace_id", &wish->workspace_id,
			    error) != 0 ||
	    json_get_object(document, "the body", "environment_variables", &wish->variables,
			    error) != 0 ||
	    json_get_string(document, "the body", "cli_version", &wish->cli_version, error) != 0)
		return -1;
	if (major != 1)
		return error_set(error, ERROR_SERVICE,
				 "the major version of a dev version must be 1");
	cJSON_ArrayForEach(item, wish->variables)
	{
		if (!cJSON_IsString(item))
			return error_set(error, ERROR_SERVICE,
					 "the body, `environment_variables.%.100s`: not a string",
					 item->string);
	}
	return 0;
}

/* False with a refusal. */
static bool may_use_workspace(struct routes *routes, const struct route_request *request,
			      const char *workspace_id, struct http_reply *reply)
{
	char member_id[LOCAL_ID_SIZE], own[LOCAL_ID_SIZE];
	struct error error = {0};

	if (!developer_member(routes, request, member_id, reply))
		return false;
	if (developer_workspace(routes, member_id, own, &error) != 0)
		developer_error(routes, reply, &error);
	else if (strcmp(own, workspace_id) != 0)
		http_reply_refuse(reply, 403, "you are not an admin of this workspace");
	else
		return true;
	return false;
}

static void add_version(struct routes *routes, const char *app_id, const struct wish *wish,
			struct http_reply *reply)
{
	char id[LOCAL_ID_SIZE], now[CLOCK_TEXT_SIZE];
	struct buf environment = {0}, wrong = {0};
	struct error error = {0};

	json_print(&environment, wish->variables, false);
	clock_text(routes->clock, now);
	if (environment_check(wish->variables, &wrong)) {
		reply->status = 400;
		buf_printf(&reply->body,
			   "{\"code\":\"ENV_VARIABLES_VALIDATION_FAILED\",\"errors\":[%s]}",
			   buf_cstr(&wrong));
	} else if (dev_store_version(routes->store, app_id, buf_cstr(&environment),
				     wish->cli_version, now, id, &error) != 0) {
		developer_error(routes, reply, &error);
	} else {
		buf_putc(&reply->body, '{');
		buf_put_json_member(&reply->body, "app_id", app_id);
		buf_put_json_member(&reply->body, "app_dev_version_id", id);
		buf_putc(&reply->body, '}');
	}
	buf_dispose(&environment);
	buf_dispose(&wrong);
}

void make_dev_version(struct routes *routes, const struct route_request *request,
		      struct http_reply *reply)
{
	const char *app_id = developer_app(routes, request, reply);
	struct error error = {0};
	struct wish wish = {0};
	cJSON *document;

	if (app_id == NULL)
		return;
	document = developer_body(request, reply);
	if (document == NULL)
		return;
	if (read_wish(document, &wish, &error) != 0)
		http_reply_refuse(reply, 400, error.message);
	else if (may_use_workspace(routes, request, wish.workspace_id, reply))
		add_version(routes, app_id, &wish, reply);
	cJSON_Delete(document);
}

/* ---- a push to it ---- */

static int find_version(struct routes *routes, const struct route_request *request, long long *row,
			struct error *error)
{
	return dev_store_find(routes->store, route_value(request->match, "app_id"),
			      route_value(request->match, "app_dev_version_id"), row, error);
}

static int begin(struct routes *routes, const struct route_request *request, const cJSON *document,
		 struct buf *out, struct error *error)
{
	const char *sdk_version;
	char now[CLOCK_TEXT_SIZE];
	struct local_draft draft;
	struct block_ids ids;
	long long version;

	clock_text(routes->clock, now);
	if (json_get_string(document, "the body", "sdk_version", &sdk_version, error) != 0 ||
	    developer_block_ids(request->arena, document, &ids, error) != 0 ||
	    find_version(routes, request, &version, error) != 0 ||
	    dev_store_begin(routes->store, version, ids.items, ids.count, sdk_version, now, &draft,
			    error) != 0)
		return -1;
	buf_putc(out, '{');
	buf_put_json_member(out, "app_dev_version_id",
			    route_value(request->match, "app_dev_version_id"));
	buf_put_json_member(out, "app_dev_version_bundle_id", draft.bundle_id);
	buf_putc(out, ',');
	uploads_put_urls(routes, out, UPLOAD_DEV, draft.row, ids.items, ids.count);
	buf_putc(out, '}');
	return 0;
}

void begin_dev_bundle(struct routes *routes, const struct route_request *request,
		      struct http_reply *reply)
{
	struct error error = {0};
	cJSON *document;

	if (developer_app(routes, request, reply) == NULL)
		return;
	document = developer_body(request, reply);
	if (document == NULL)
		return;
	if (begin(routes, request, document, &reply->body, &error) != 0)
		developer_error(routes, reply, &error);
	cJSON_Delete(document);
}

void complete_dev_bundle(struct routes *routes, const struct route_request *request,
			 struct http_reply *reply)
{
	struct error error = {0};
	long long version, row;
	bool again;

	if (developer_app(routes, request, reply) == NULL)
		return;
	if (find_version(routes, request, &version, &error) != 0 ||
	    dev_store_complete(routes->store, version, route_value(request->match, "bundle_id"),
			       &row, &again, &error) != 0) {
		developer_error(routes, reply, &error);
		return;
	}
	buf_puts(&reply->body, "{\"success\":true}");
	if (!again && routes->listener.pushed != NULL)
		routes->listener.pushed(routes->listener.context, row);
}
