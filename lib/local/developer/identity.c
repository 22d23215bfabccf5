/* See identity.h. Sources: RFC 6749 (4.1, 5, 6), RFC 7636; parameters: lib/platform/README.md. */
#include "local/developer/identity.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "http/http.h"
#include "http/server.h"
#include "local/clock.h"
#include "local/developer/common.h"
#include "local/plain_page.h"
#include "local/rest/query.h"
#include "local/route.h"
#include "local/routes.h"
#include "local/run/rows.h"
#include "local/sql.h"

static const char title[] = "Sign in to the local platform";

static const char *given(const struct query *query, const char *name)
{
	const char *text = query_text(query, name);

	return text != NULL ? text : "";
}

/* ---- pages ---- */

static void tell(struct http_reply *reply, unsigned status, const char *what)
{
	reply->status = status;
	page_headers(reply, NULL);
	page_begin(&reply->body, title);
	buf_puts(&reply->body, "<p>");
	page_put(&reply->body, what);
	buf_puts(&reply->body, "</p>\n");
	page_end(&reply->body);
}

static int put_members(struct routes *routes, struct buf *out, struct error *error)
{
	sqlite3_stmt *statement = rows_open(
		routes->store, error,
		"SELECT id, trim(first_name || ' ' || last_name) || ' (' || email || ', ' || "
		"access_level || ')' FROM members WHERE access_level <> 'suspended' ORDER BY "
		"access_level <> 'admin', row",
		"");
	int result;
	bool row;

	if (statement == NULL)
		return -1;
	while ((result = sql_step(routes->store, statement, &row, error)) == 0 && row) {
		buf_puts(out, "<option value=\"");
		page_put(out, (const char *)sqlite3_column_text(statement, 0));
		buf_puts(out, "\">");
		page_put(out, (const char *)sqlite3_column_text(statement, 1));
		buf_puts(out, "</option>\n");
	}
	sql_release(routes->store, statement);
	return result;
}

static void show_form(struct routes *routes, const struct sign_in *sign_in, const char *warning,
		      struct http_reply *reply)
{
	struct buf *out = &reply->body;
	struct error error = {0};

	page_headers(reply, sign_in->redirect_uri);
	page_begin(out, title);
	buf_puts(out, "<p><b>Attio's developer tools</b> ask for access, at ");
	page_put(out, sign_in->redirect_uri);
	buf_puts(out, ".</p>\n<p><small>This page of the local platform stands in for Attio's own. "
		      "Nothing leaves this machine.</small></p>\n");
	if (warning != NULL) {
		buf_puts(out, "<p><b>");
		page_put(out, warning);
		buf_puts(out, "</b></p>\n");
	}
	buf_printf(out,
		   "<form method=\"post\" action=\"/oidc/authorize\">\n"
		   "<input type=\"hidden\" name=\"request\" value=\"%s\">\n"
		   "<label for=\"member\">Who signs in</label>\n"
		   "<select id=\"member\" name=\"member\">\n",
		   sign_in->id);
	if (put_members(routes, out, &error) != 0) {
		buf_clear(&reply->headers);
		developer_error(routes, reply, &error);
		return;
	}
	buf_puts(out, "</select>\n<label for=\"digits\">The six digits that attio dev has printed"
		      "</label>\n<input id=\"digits\" name=\"digits\" inputmode=\"numeric\" "
		      "autocomplete=\"off\">\n<button class=\"main\" name=\"choice\" "
		      "value=\"approve\">Approve</button>\n<button name=\"choice\" "
		      "value=\"deny\">Deny</button>\n</form>\n");
	page_end(out);
}

/* ---- the request ---- */

static void put_parameter(struct buf *out, char mark, const char *name, const char *value)
{
	buf_printf(out, "%c%s=", mark, name);
	http_put_encoded(out, value, "");
}

void identity_put_location(struct buf *out, const struct sign_in *sign_in, const char *error)
{
	buf_puts(out, sign_in->redirect_uri);
	if (error != NULL)
		put_parameter(out, '?', "error", error);
	else
		put_parameter(out, '?', "code", sign_in->code);
	if (sign_in->state[0] != '\0')
		put_parameter(out, '&', "state", sign_in->state);
}

static void lead_back(const struct sign_in *sign_in, const char *error, struct http_reply *reply)
{
	struct buf location = {0};

	identity_put_location(&location, sign_in, error);
	reply->status = 303;
	http_reply_header(reply, "Location", buf_cstr(&location));
	buf_dispose(&location);
}

/* What is wrong with a request whose client can be told; NULL: nothing. */
static const char *judge(const struct query *query)
{
	const char *challenge = given(query, "code_challenge");
	const char *scope = given(query, "scope");

	if (strcmp(given(query, "response_type"), "code") != 0)
		return "unsupported_response_type";
	if (strcmp(given(query, "code_challenge_method"), "S256") != 0 || strlen(challenge) != 43)
		return "invalid_request";
	return strcmp(scope, "openid offline_access") == 0 ? NULL : "invalid_scope";
}

void show_authorize(struct routes *routes, const struct route_request *request,
		    struct http_reply *reply)
{
	struct sign_in facts = {0};
	struct query query = {0};
	struct error error = {0};
	const char *wrong, *state, *redirect;
	struct sign_in *sign_in;

	if (query_read(&query, request->query, request->arena) != 0) {
		tell(reply, 400, "The address cannot be read.");
		return;
	}
	state = given(&query, "state");
	redirect = given(&query, "redirect_uri");
	/* Nobody is led to where a stranger says. */
	if (strcmp(given(&query, "client_id"), SIGN_IN_CLIENT) != 0) {
		tell(reply, 400, "The client_id is not that of Attio's developer tools.");
		return;
	}
	if (!sign_in_may_redirect(redirect)) {
		tell(reply, 400, "The redirect_uri is not http://localhost and a port.");
		return;
	}
	if (strlen(state) > SIGN_IN_STATE) {
		tell(reply, 400, "The state is too long.");
		return;
	}
	snprintf(facts.redirect_uri, sizeof(facts.redirect_uri), "%s", redirect);
	snprintf(facts.state, sizeof(facts.state), "%s", state);
	wrong = judge(&query);
	if (wrong != NULL) {
		lead_back(&facts, wrong, reply);
		return;
	}
	memcpy(facts.challenge, given(&query, "code_challenge"), 44);
	sign_in = sign_ins_add(&routes->sign_ins, &facts, clock_ms(routes->clock), &error);
	if (sign_in == NULL) {
		developer_error(routes, reply, &error);
		return;
	}
	if (routes->listener.asked != NULL)
		routes->listener.asked(routes->listener.context, sign_in);
	show_form(routes, sign_in, NULL, reply);
}

/* ---- the choice ---- */

static void approve(struct routes *routes, struct sign_in *sign_in, const char *member,
		    struct http_reply *reply)
{
	char id[LOCAL_ID_SIZE];
	struct error error = {0};
	bool found;

	if (sql_find_text(routes->store,
			  "SELECT id FROM members WHERE id = ? AND access_level <> 'suspended'",
			  member, id, &found, &error) != 0 ||
	    (found && sign_in_approve(sign_in, id, clock_ms(routes->clock), &error) != 0))
		developer_error(routes, reply, &error);
	else if (!found)
		tell(reply, 400, "There is no such workspace member.");
	else
		lead_back(sign_in, NULL, reply);
}

/* Each try costs one of a few: a million cannot be gone through. */
static void check_digits(struct routes *routes, struct sign_in *sign_in, const struct query *form,
			 struct http_reply *reply)
{
	if (routes->sign_ins.wrong >= SIGN_IN_TRIES_ALL) {
		tell(reply, 403,
		     "Wrong digits were tried too often: start attio dev anew, or say yes with "
		     "`attio api POST /sign-ins/ID/approve`.");
	} else if (random_key_equal(given(form, "digits"), sign_in->digits)) {
		approve(routes, sign_in, given(form, "member"), reply);
	} else if (routes->sign_ins.wrong++, ++sign_in->wrong >= SIGN_IN_TRIES) {
		lead_back(sign_in, "access_denied", reply);
		sign_ins_end(&routes->sign_ins, sign_in);
	} else {
		show_form(routes, sign_in, "These are not the digits.", reply);
	}
}

void take_authorize(struct routes *routes, const struct route_request *request,
		    struct http_reply *reply)
{
	struct query form = {0};
	struct sign_in *sign_in = NULL;
	const char *choice;

	if (query_read(&form, request->body, request->arena) == 0)
		sign_in = sign_ins_find(&routes->sign_ins, given(&form, "request"),
					clock_ms(routes->clock));
	if (sign_in == NULL) {
		tell(reply, 404,
		     "This request is over: it was answered, or it is too old. Sign in again.");
		return;
	}
	choice = given(&form, "choice");
	if (strcmp(choice, "approve") == 0) {
		check_digits(routes, sign_in, &form, reply);
	} else if (strcmp(choice, "deny") == 0) {
		lead_back(sign_in, "access_denied", reply);
		sign_ins_end(&routes->sign_ins, sign_in);
	} else {
		show_form(routes, sign_in, "Choose one of the buttons.", reply);
	}
}

void show_authorized(struct routes *routes, const struct route_request *request,
		     struct http_reply *reply)
{
	(void)routes;
	(void)request;
	tell(reply, 200, "You are signed in. You may close this page.");
}
