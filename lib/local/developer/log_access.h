/* Within the room: the handlers of leave to listen to logs, and of the service itself. */
#ifndef ATTIO_LOCAL_DEVELOPER_LOG_ACCESS_H
#define ATTIO_LOCAL_DEVELOPER_LOG_ACCESS_H

struct http_reply;
struct route_request;
struct routes;

void give_log_token(struct routes *routes, const struct route_request *request,
		    struct http_reply *reply);
void serve_logs(struct routes *routes, const struct route_request *request,
		struct http_reply *reply);

#endif
