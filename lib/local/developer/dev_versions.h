/* Within the room: the handlers of dev versions. */
#ifndef ATTIO_LOCAL_DEVELOPER_DEV_VERSIONS_H
#define ATTIO_LOCAL_DEVELOPER_DEV_VERSIONS_H

struct http_reply;
struct route_request;
struct routes;

void make_dev_version(struct routes *routes, const struct route_request *request,
		      struct http_reply *reply);
void begin_dev_bundle(struct routes *routes, const struct route_request *request,
		      struct http_reply *reply);
void complete_dev_bundle(struct routes *routes, const struct route_request *request,
			 struct http_reply *reply);

#endif
