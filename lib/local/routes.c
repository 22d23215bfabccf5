/* The table, and who is let in. */
#include "local/routes.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "http/server.h"
#include "local/route.h"
#include "local/versions.h"

/* Largest body of an API call and of a bundle, in bytes. */
#define CALL_LIMIT ((size_t)1 << 20)
#define BUNDLE_LIMIT ((size_t)64 << 20)

#define APPS "/api/apps"
#define VERSIONS APPS "/{app_id}/prod-versions"

static const struct route table[] = {
	/* The official CLI sends the slash of a scoped package name as it is. */
	{"GET", APPS "/by-slug/{slug...}", ROUTE_TOKEN, CALL_LIMIT, app_by_slug,
	 "the app with this slug, which is made when it is first seen"},
	{"GET", VERSIONS, ROUTE_TOKEN, CALL_LIMIT, list_versions, "completed versions of an app"},
	{"POST", VERSIONS, ROUTE_TOKEN, CALL_LIMIT, begin_version,
	 "begin a version; where to send its bundles"},
	{"POST", VERSIONS "/{major}/{minor}/bundles/{bundle_id}/complete", ROUTE_TOKEN, CALL_LIMIT,
	 complete_version, "make a version visible when all its bundles are there"},
	{"PUT", "/upload/{key}", ROUTE_KEY, BUNDLE_LIMIT, upload_bundle, "a bundle"},
};

const struct route *routes_table(size_t *count)
{
	*count = ARRAY_LEN(table);
	return table;
}

void routes_dispose(struct routes *routes)
{
	uploads_dispose(&routes->uploads);
}

static bool token_is_ours(const struct routes *routes, const char *authorization)
{
	static const char scheme[] = "Bearer ";

	return authorization != NULL && str_starts(authorization, scheme) &&
	       random_key_equal(authorization + strlen(scheme), routes->token);
}

size_t routes_admit(const struct routes *routes, const struct route_match *match,
		    const char *authorization, struct http_reply *reply)
{
	enum route_access access = match->route != NULL ? match->route->access : ROUTE_TOKEN;

	if (access == ROUTE_KEY &&
	    uploads_find(&routes->uploads, route_value(match, "key")) == NULL) {
		http_reply_refuse(reply, 404, "no upload is expected here");
	} else if (access == ROUTE_TOKEN && !token_is_ours(routes, authorization)) {
		http_reply_refuse(reply, 401, "the token is missing or wrong");
	} else if (match->status == 404) {
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
