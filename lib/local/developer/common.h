/* Within the room: what the handlers of the developer API have in common. */
#ifndef ATTIO_LOCAL_DEVELOPER_COMMON_H
#define ATTIO_LOCAL_DEVELOPER_COMMON_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "local/store.h"

struct error;
struct http_reply;
struct route_request;
struct routes;

/* What the store reports is the client's fault (an unknown version, a missing bundle) or ours. */
void developer_error(struct routes *routes, struct http_reply *reply, const struct error *error);
/* The app that the path names, or NULL with a refusal. */
const char *developer_app(struct routes *routes, const struct route_request *request,
			  struct http_reply *reply);
/* Who asks: whose token it is; with the secret of the run the first admin. False with a refusal. */
bool developer_member(struct routes *routes, const struct route_request *request,
		      char member_id[LOCAL_ID_SIZE], struct http_reply *reply);
/* The workspace, if the member is its admin; else "". -1 with an error. */
int developer_workspace(struct routes *routes, const char *member_id,
			char workspace_id[LOCAL_ID_SIZE], struct error *error);
/* The request's body, an object; NULL with a refusal. */
cJSON *developer_body(const struct route_request *request, struct http_reply *reply);

/* The list `workflow_block_ids` of a body: strings, each once. Borrowed from the document, the
 * array in the arena. ERROR_SERVICE says what is wrong with it. */
struct arena;
struct block_ids {
	const char **items;
	size_t count;
};
int developer_block_ids(struct arena *arena, const cJSON *document, struct block_ids *ids,
			struct error *error);

#endif
