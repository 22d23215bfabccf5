/* Leave to read the log of an app in a workspace, from the developer API for the log service.
 * Errors as of all calls: platform/api.h. Facts: lib/platform/README.md, Logs. */
#ifndef ATTIO_PLATFORM_LOG_TOKEN_H
#define ATTIO_PLATFORM_LOG_TOKEN_H

struct error;
struct attio_api;

struct platform_log_token {
	const char *token;     /* a secret */
	const char *client_id; /* or NULL */
};

/* `client_id` is that of the token before, or NULL for the first one. */
int platform_log_token(struct attio_api *platform, const char *channel, const char *client_id,
		       struct platform_log_token *token, struct error *error);

#endif
