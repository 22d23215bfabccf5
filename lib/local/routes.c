/* The table, and who is let in. */
#include "local/routes.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "http/server.h"
#include "local/clock.h"
#include "local/developer/account.h"
#include "local/developer/dev_versions.h"
#include "local/developer/identity.h"
#include "local/developer/log_access.h"
#include "local/developer/tokens.h"
#include "local/developer/uploads.h"
#include "local/developer/versions.h"
#include "local/route.h"

/* Largest body of an API call and of a bundle, in bytes. */
#define CALL_LIMIT ((size_t)1 << 20)
#define BUNDLE_LIMIT ((size_t)64 << 20)

#define APPS "/api/apps"
#define VERSIONS APPS "/{app_id}/prod-versions"
#define DEV_VERSIONS APPS "/{app_id}/dev-versions"
#define DEV_BUNDLES DEV_VERSIONS "/{app_dev_version_id}/bundles"

/* What the official CLI checks of each answer (lib/platform/README.md, Endpoints). */
#define URLS                                                                                       \
	"client_bundle_upload_url:string,server_bundle_upload_url:string,"                         \
	"workflow_block_bundle_upload_urls:any"
#define DONE "{success:bool}"

static const struct route table[] = {
	{"GET", "/oidc/authorize", ROUTE_OPEN, CALL_LIMIT, show_authorize,
	 "the page that asks somebody to sign in", NULL, NULL},
	{"POST", "/oidc/authorize", ROUTE_OPEN, CALL_LIMIT, take_authorize, "what was chosen on it",
	 NULL, NULL},
	{"GET", "/authorized", ROUTE_OPEN, CALL_LIMIT, show_authorized, "where the browser ends up",
	 NULL, NULL},
	{"POST", "/oidc/token", ROUTE_OPEN, CALL_LIMIT, give_token,
	 "tokens for a code, or for a refresh token", NULL,
	 "{access_token:string,token_type:string,refresh_token:string,expires_in:int}"},
	{"GET", "/api/auth/whoami", ROUTE_TOKEN, CALL_LIMIT, who_am_i, "who has signed in", NULL,
	 "{user:{id:string,email_address:string,name:{full:string}}}"},
	{"GET", "/api/dev-workspaces", ROUTE_TOKEN, CALL_LIMIT, list_dev_workspaces,
	 "workspaces of which they are an admin", NULL,
	 "{workspaces:[{workspace_id:string,slug:string,name:string,logo_url:string|null}]}"},
	{"GET", "/api/developer-accounts", ROUTE_TOKEN, CALL_LIMIT, list_developer_accounts,
	 "developer accounts, that apps belong to", NULL,
	 "{value:[{developer_account_id:string,slug:string,title:string}]}"},
	{"PUT", "/api/developer-accounts/{account}/apps", ROUTE_TOKEN, CALL_LIMIT, make_app,
	 "a new app", "{slug:string,title:string,avatar_id?:any}", "{app_id:string,title:string}"},
	/* The official CLI sends the slash of a scoped package name as it is. */
	{"GET", APPS "/by-slug/{slug...}", ROUTE_TOKEN, CALL_LIMIT, app_by_slug,
	 "the app with this slug", NULL, "{app:{app_id:string,title:string}}"},
	{"GET", VERSIONS, ROUTE_TOKEN, CALL_LIMIT, list_versions, "completed versions of an app",
	 NULL,
	 "{app_prod_versions:[{major:int,minor:int,created_at:time,released_at?:time|null,"
	 "is_published:bool,num_installations:int,publication_status:string}]}"},
	{"POST", VERSIONS, ROUTE_TOKEN, CALL_LIMIT, begin_version,
	 "begin a version; where to send its bundles",
	 "{major:int,cli_version:string,sdk_version:string,workflow_block_ids:[string]}",
	 "{app_id:string,major:int,minor:int,app_prod_version_bundle_id:string," URLS "}"},
	{"POST", VERSIONS "/{major}/{minor}/bundles/{bundle_id}/complete", ROUTE_TOKEN, CALL_LIMIT,
	 complete_version, "make a version visible when all its bundles are there", "{}", DONE},
	{"POST", DEV_VERSIONS, ROUTE_TOKEN, CALL_LIMIT, make_dev_version,
	 "a dev version, with its environment",
	 "{major:int,target_workspace_id:string,environment_variables:any,cli_version:string}",
	 "{app_id:string,app_dev_version_id:string}"},
	{"POST", DEV_BUNDLES, ROUTE_TOKEN, CALL_LIMIT, begin_dev_bundle,
	 "begin a push to it; where to send its bundles",
	 "{sdk_version:string,workflow_block_ids:[string]}",
	 "{app_dev_version_id:string,app_dev_version_bundle_id:string," URLS "}"},
	{"POST", DEV_BUNDLES "/{bundle_id}/complete", ROUTE_TOKEN, CALL_LIMIT, complete_dev_bundle,
	 "run what was pushed when all its bundles are there", "{}", DONE},
	{"GET", APPS "/{app_id}/workspace/{workspace_id}/dev-installation", ROUTE_TOKEN, CALL_LIMIT,
	 show_installation, "whether the app is installed in a workspace", NULL,
	 "{app_id:string,workspace_id:string}"},
	{"POST", "/api/integrations/ably/auth", ROUTE_TOKEN, CALL_LIMIT, give_log_token,
	 "leave to listen to the logs of an app",
	 "{token_params:{capability:string,clientId?:string}}",
	 "{token:string,issued:int,expires:int,capability:string,clientId?:string}"},
	/* The address of the real service has no path. */
	{"GET", "/", ROUTE_OPEN, CALL_LIMIT, serve_logs,
	 "the log service, over a WebSocket, for who has leave", NULL, NULL},
	{"PUT", "/upload/{of}/{row}/{kind...}", ROUTE_SIGNED, BUNDLE_LIMIT, upload_bundle,
	 "a bundle", NULL, "{}"},
};

const struct route *routes_table(size_t *count)
{
	*count = ARRAY_LEN(table);
	return table;
}

/* Why the header lets nobody in; NULL: it does. */
static const char *refuse_token(struct routes *routes, const char *authorization)
{
	static const char scheme[] = "Bearer ";
	static const char unknown[] = "the token is missing or wrong";
	char member_id[RANDOM_UUID_SIZE];
	enum token_state state;
	const char *token;
	struct error error = {0};

	if (authorization == NULL || !str_starts(authorization, scheme))
		return unknown;
	token = authorization + strlen(scheme);
	if (random_key_equal(token, routes->token))
		return NULL;
	if (tokens_member(routes->store, clock_ms(routes->clock), token, member_id, &state,
			  &error) != 0) {
		routes->failure = error;
		return "the token cannot be looked up";
	}
	if (state == TOKEN_EXPIRED)
		return "the access token has expired";
	return state == TOKEN_GOOD ? NULL : unknown;
}

/* Whether its access rule lets it in. */
static bool may_come_in(struct routes *routes, const struct route_request *request,
			struct http_reply *reply)
{
	const struct route_match *match = request->match;
	enum route_access access = match->route != NULL ? match->route->access : ROUTE_TOKEN;
	const char *why = NULL;

	if (access == ROUTE_SIGNED && match->status == 0)
		why = uploads_refuse(routes, request);
	else if (access == ROUTE_TOKEN)
		why = refuse_token(routes, request->authorization);
	if (why != NULL)
		http_reply_refuse(reply, access == ROUTE_SIGNED ? 403 : 401, why);
	return why == NULL;
}

size_t routes_admit(struct routes *routes, const struct route_request *request,
		    struct http_reply *reply)
{
	const struct route_match *match = request->match;

	if (!may_come_in(routes, request, reply))
		return CALL_LIMIT;
	if (match->status == 404) {
		http_reply_refuse(reply, 404, "there is nothing at this path");
	} else if (match->status == 400) {
		http_reply_refuse(reply, 400, "the path is not UTF-8 in percent-encoding");
	} else if (match->status == 405) {
		http_reply_refuse(reply, 405, "this method is not used here");
		http_reply_header(reply, "Allow", match->allow);
	}
	return reply->status == 0 ? match->route->body_limit : CALL_LIMIT;
}

void routes_answer(struct routes *routes, const struct route_request *request,
		   struct http_reply *reply)
{
	reply->status = 200;
	request->match->route->answer(routes, request, reply);
}
