/* Within the room: the handlers of versions and their bundles. They check what comes in as a
 * real service would, so that a mistake of our client shows here and not first against Attio. */
#ifndef ATTIO_LOCAL_DEVELOPER_VERSIONS_H
#define ATTIO_LOCAL_DEVELOPER_VERSIONS_H

struct http_reply;
struct route_request;
struct routes;

void list_versions(struct routes *routes, const struct route_request *request,
		   struct http_reply *reply);
void begin_version(struct routes *routes, const struct route_request *request,
		   struct http_reply *reply);
void complete_version(struct routes *routes, const struct route_request *request,
		      struct http_reply *reply);
void upload_bundle(struct routes *routes, const struct route_request *request,
		   struct http_reply *reply);

#endif
