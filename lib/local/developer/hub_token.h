/* Within the room: leave to listen to logs, as a token that says itself what it is for and is
 * signed with the secret of the run. */
#ifndef ATTIO_LOCAL_DEVELOPER_HUB_TOKEN_H
#define ATTIO_LOCAL_DEVELOPER_HUB_TOKEN_H

#include <stdbool.h>

#include "base/random.h"

struct arena;
struct buf;

#define HUB_TOKEN_MINUTES 60
#define HUB_CHANNEL "ecosystem-app-logs:" /* then WORKSPACE:APP */

struct hub_token {
	const char *client_id;
	const char *const *channels; /* ends with NULL */
	long long until;             /* ms on the platform's clock */
};

void hub_token_put(struct buf *out, const char *secret, const struct hub_token *token);
/* What a token says, in the arena; whether it is over is the caller's to see. False: it is none of
 * ours. */
bool hub_token_read(struct arena *arena, const char *secret, const char *text,
		    struct hub_token *token);

#endif
