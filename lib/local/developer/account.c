/* See account.h. There is one workspace, one developer account, and every app is installed. */
#include "local/developer/account.h"

#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "http/server.h"
#include "local/developer/common.h"
#include "local/route.h"
#include "local/routes.h"
#include "local/run/rows.h"
#include "local/sql.h"
#include "json/json.h"

#define SLUG_LIMIT 214 /* npm's limit for a package name */
#define TITLE_LIMIT 200

#define ACCOUNT_ID "0d0c4a52-5a0e-4bb5-9b5c-1b6e2a7f3c10"
#define ACCOUNT_SLUG "local-developer"

/* ---- people ---- */

/* Appends the first column of the first row; *found tells whether there is one. */
static int put_row(struct routes *routes, struct buf *out, const char *sql, const char *value,
		   bool *found, struct error *error)
{
	sqlite3_stmt *statement = rows_open(routes->store, error, sql, "t", value);
	int result;

	if (statement == NULL)
		return -1;
	result = sql_step(routes->store, statement, found, error);
	if (result == 0 && *found)
		buf_puts(out, (const char *)sqlite3_column_text(statement, 0));
	sql_release(routes->store, statement);
	return result;
}

void who_am_i(struct routes *routes, const struct route_request *request, struct http_reply *reply)
{
	char member_id[LOCAL_ID_SIZE];
	struct error error = {0};
	bool found;

	if (!developer_member(routes, request, member_id, reply))
		return;
	if (put_row(routes, &reply->body,
		    "SELECT json_object('user', json_object('id', id, 'email_address', email, "
		    "'name', json_object('full', trim(first_name || ' ' || last_name)))) FROM "
		    "members WHERE id = ?",
		    member_id, &found, &error) != 0)
		developer_error(routes, reply, &error);
	else if (!found)
		http_reply_refuse(reply, 404, "there is no such user");
}

void list_dev_workspaces(struct routes *routes, const struct route_request *request,
			 struct http_reply *reply)
{
	char member_id[LOCAL_ID_SIZE];
	struct error error = {0};
	bool found;

	if (!developer_member(routes, request, member_id, reply))
		return;
	buf_puts(&reply->body, "{\"workspaces\":[");
	if (put_row(routes, &reply->body,
		    "SELECT json_object('workspace_id', workspace.id, 'slug', slug, 'name', name, "
		    "'logo_url', logo_url) FROM workspace, members WHERE members.id = ? AND "
		    "access_level = 'admin'",
		    member_id, &found, &error) != 0)
		developer_error(routes, reply, &error);
	else
		buf_puts(&reply->body, "]}");
}

void list_developer_accounts(struct routes *routes, const struct route_request *request,
			     struct http_reply *reply)
{
	(void)routes;
	(void)request;
	buf_puts(&reply->body, "{\"value\":[{\"developer_account_id\":\"" ACCOUNT_ID
			       "\",\"slug\":\"" ACCOUNT_SLUG "\",\"title\":\"Local developer\"}]}");
}

/* ---- apps ---- */

static bool slug_fits(const char *slug, struct http_reply *reply)
{
	size_t len = strlen(slug);

	if (len > 0 && len <= SLUG_LIMIT)
		return true;
	http_reply_refuse(reply, 400, "the slug is empty or too long");
	return false;
}

void app_by_slug(struct routes *routes, const struct route_request *request,
		 struct http_reply *reply)
{
	const char *slug = route_value(request->match, "slug");
	char id[LOCAL_ID_SIZE];
	struct error error = {0};
	bool found = true;

	if (!slug_fits(slug, reply))
		return;
	if ((routes->opens_apps && local_store_app(routes->store, slug, id, &error) != 0) ||
	    put_row(routes, &reply->body,
		    "SELECT json_object('app', json_object('app_id', id, 'title', coalesce(title, "
		    "slug))) FROM apps WHERE slug = ?",
		    slug, &found, &error) != 0)
		developer_error(routes, reply, &error);
	else if (!found)
		http_reply_refuse(reply, 404, "there is no app with this slug");
}

static int add_app(struct routes *routes, const char *slug, const char *title, bool *added,
		   struct buf *out, struct error *error)
{
	char id[RANDOM_UUID_SIZE];
	long long changed;

	if (random_uuid(id, error) != 0 ||
	    rows_run(routes->store, error, &changed,
		     "INSERT OR IGNORE INTO apps (id, slug, title) VALUES (?, ?, ?)", "ttt", id,
		     slug, title) != 0)
		return -1;
	*added = changed > 0;
	buf_putc(out, '{');
	buf_put_json_member(out, "app_id", id);
	buf_put_json_member(out, "title", title);
	buf_putc(out, '}');
	return 0;
}

void make_app(struct routes *routes, const struct route_request *request, struct http_reply *reply)
{
	const char *account = route_value(request->match, "account");
	const char *slug, *title;
	struct error error = {0};
	cJSON *document;
	bool added;

	if (strcmp(account, ACCOUNT_SLUG) != 0) {
		http_reply_refuse(reply, 404, "there is no such developer account");
		return;
	}
	document = developer_body(request, reply);
	if (document == NULL)
		return;
	if (json_get_string(document, "the body", "slug", &slug, &error) != 0 ||
	    json_get_string(document, "the body", "title", &title, &error) != 0)
		http_reply_refuse(reply, 400, error.message);
	else if (title[0] == '\0' || strlen(title) > TITLE_LIMIT)
		http_reply_refuse(reply, 422, "the title is empty or too long");
	else if (!slug_fits(slug, reply))
		;
	else if (add_app(routes, slug, title, &added, &reply->body, &error) != 0)
		developer_error(routes, reply, &error);
	else if (!added)
		http_reply_refuse(reply, 409, "an app with this slug already exists");
	cJSON_Delete(document);
}

void show_installation(struct routes *routes, const struct route_request *request,
		       struct http_reply *reply)
{
	const char *app_id = developer_app(routes, request, reply);
	const char *workspace_id = route_value(request->match, "workspace_id");
	char member_id[LOCAL_ID_SIZE], own[LOCAL_ID_SIZE];
	struct error error = {0};

	if (app_id == NULL || !developer_member(routes, request, member_id, reply))
		return;
	if (developer_workspace(routes, member_id, own, &error) != 0) {
		developer_error(routes, reply, &error);
	} else if (strcmp(own, workspace_id) != 0) {
		http_reply_refuse(reply, 403, "you are not an admin of this workspace");
	} else {
		buf_putc(&reply->body, '{');
		buf_put_json_member(&reply->body, "app_id", app_id);
		buf_put_json_member(&reply->body, "workspace_id", workspace_id);
		buf_putc(&reply->body, '}');
	}
}
