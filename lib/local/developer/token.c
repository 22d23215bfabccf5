/* The token endpoint; see identity.h. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "http/server.h"
#include "local/clock.h"
#include "local/developer/common.h"
#include "local/developer/identity.h"
#include "local/developer/tokens.h"
#include "local/rest/query.h"
#include "local/route.h"
#include "local/routes.h"

/* RFC 6749, 5.2: not the form of the other endpoints. */
static void refuse(struct http_reply *reply, const char *code, const char *description)
{
	reply->status = 400;
	buf_clear(&reply->body);
	buf_putc(&reply->body, '{');
	buf_put_json_member(&reply->body, "error", code);
	buf_put_json_member(&reply->body, "error_description", description);
	buf_putc(&reply->body, '}');
}

static void answer_pair(const struct token_pair *pair, struct http_reply *reply)
{
	struct buf *out = &reply->body;

	buf_putc(out, '{');
	buf_put_json_member(out, "access_token", pair->access);
	buf_put_json_member(out, "token_type", "Bearer");
	buf_put_json_member(out, "refresh_token", pair->refresh);
	buf_printf(out, ",\"expires_in\":%d}", TOKEN_SECONDS);
	http_reply_header(reply, "Pragma", "no-cache");
}

/* The code is taken first: whatever is wrong with the rest, it is worth nothing any more. */
static void exchange(struct routes *routes, const struct query *form, struct http_reply *reply)
{
	const char *code = query_text(form, "code");
	const char *redirect = query_text(form, "redirect_uri");
	const char *verifier = query_text(form, "code_verifier");
	struct sign_in sign_in;
	struct token_pair pair;
	struct error error = {0};

	if (code == NULL || redirect == NULL || verifier == NULL)
		refuse(reply, "invalid_request", "code, redirect_uri and code_verifier are needed");
	else if (!sign_ins_take(&routes->sign_ins, code, clock_ms(routes->clock), &sign_in))
		refuse(reply, "invalid_grant", "the code is unknown, was used or has expired");
	else if (strcmp(sign_in.redirect_uri, redirect) != 0)
		refuse(reply, "invalid_grant", "the redirect_uri is not that of the request");
	else if (!sign_in_verify(&sign_in, verifier))
		refuse(reply, "invalid_grant", "the code_verifier does not fit the challenge");
	else if (tokens_issue(routes->store, clock_ms(routes->clock), sign_in.member_id, &pair,
			      &error) != 0)
		developer_error(routes, reply, &error);
	else
		answer_pair(&pair, reply);
}

static void refresh(struct routes *routes, const struct query *form, struct http_reply *reply)
{
	const char *token = query_text(form, "refresh_token");
	enum token_state state;
	struct token_pair pair;
	struct error error = {0};

	if (token == NULL)
		refuse(reply, "invalid_request", "refresh_token is needed");
	else if (tokens_refresh(routes->store, clock_ms(routes->clock), token, &pair, &state,
				&error) != 0)
		developer_error(routes, reply, &error);
	else if (state != TOKEN_GOOD)
		refuse(reply, "invalid_grant",
		       state == TOKEN_EXPIRED ? "the refresh token has expired"
					      : "the refresh token is unknown or was used");
	else
		answer_pair(&pair, reply);
}

void give_token(struct routes *routes, const struct route_request *request,
		struct http_reply *reply)
{
	struct query form = {0};
	const char *type = NULL, *client = NULL;

	if (query_read(&form, request->body, request->arena) == 0) {
		type = query_text(&form, "grant_type");
		client = query_text(&form, "client_id");
	}
	if (type == NULL || client == NULL)
		refuse(reply, "invalid_request", "grant_type and client_id are needed, as a form");
	else if (strcmp(client, SIGN_IN_CLIENT) != 0)
		refuse(reply, "invalid_client", "there is no such client");
	else if (strcmp(type, "authorization_code") == 0)
		exchange(routes, &form, reply);
	else if (strcmp(type, "refresh_token") == 0)
		refresh(routes, &form, reply);
	else
		refuse(reply, "unsupported_grant_type",
		       "the grant_type must be authorization_code or refresh_token");
}
