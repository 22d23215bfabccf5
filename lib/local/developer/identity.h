/* Within the room: the handlers of signing in, in place of Attio's identity service. */
#ifndef ATTIO_LOCAL_DEVELOPER_IDENTITY_H
#define ATTIO_LOCAL_DEVELOPER_IDENTITY_H

struct buf;
struct http_reply;
struct route_request;
struct routes;
struct sign_in;

/* The page that asks, and what somebody chose on it. */
void show_authorize(struct routes *routes, const struct route_request *request,
		    struct http_reply *reply);
void take_authorize(struct routes *routes, const struct route_request *request,
		    struct http_reply *reply);
/* Where the browser goes once the page is over, for an address bar that stays. */
void show_authorized(struct routes *routes, const struct route_request *request,
		     struct http_reply *reply);
void give_token(struct routes *routes, const struct route_request *request,
		struct http_reply *reply);

/* Appends where an answered request leads: with the code it has, or with this error. */
void identity_put_location(struct buf *out, const struct sign_in *sign_in, const char *error);

#endif
