/* Within the room: the handlers of who somebody is, and of apps. */
#ifndef ATTIO_LOCAL_DEVELOPER_ACCOUNT_H
#define ATTIO_LOCAL_DEVELOPER_ACCOUNT_H

struct http_reply;
struct route_request;
struct routes;

void who_am_i(struct routes *routes, const struct route_request *request, struct http_reply *reply);
void list_dev_workspaces(struct routes *routes, const struct route_request *request,
			 struct http_reply *reply);
void list_developer_accounts(struct routes *routes, const struct route_request *request,
			     struct http_reply *reply);
void app_by_slug(struct routes *routes, const struct route_request *request,
		 struct http_reply *reply);
void make_app(struct routes *routes, const struct route_request *request, struct http_reply *reply);
void show_installation(struct routes *routes, const struct route_request *request,
		       struct http_reply *reply);

#endif
